"""The table of scores opens in a spreadsheet without running anything, and says what is known and no more."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam.vocabulary import Points, SittingId
from kiosk.office.report import (
    EvidenceState,
    Filed,
    RosterLine,
    RosterState,
    decimal,
    harmless,
    scores_csv,
)
from tests.support import builders as b

FILED = Filed(
    digest="ab" * 32,
    sitting=SittingId("s"),
    records=3,
    head="cd" * 32,
    state=RosterState.HANDED_IN,
    by_clock=False,
    points=Points(625),
    most=Points(1_000),
    evidence=EvidenceState.COMPLETE,
    alarms=(),
)


def line(name: str, counted: Filed | None = FILED) -> RosterLine:
    entry = replace(b.roster().entries[0], name=name)
    state = counted.state if counted else RosterState.MISSING
    bundles = (counted,) if counted else ()
    return RosterLine(round=b.round_(("age1x",)), entry=entry, state=state, counted=counted, bundles=bundles)


def rows(*lines: RosterLine) -> list[dict[str, str]]:
    text = scores_csv(lines).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_scores_are_decimal_text_under_a_byte_order_mark() -> None:
    data = scores_csv([line("欧阳𬭚 ０７")])
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    (row,) = rows(line("欧阳𬭚 ０７"))
    assert (row["name"], row["points"], row["of"], row["state"]) == ("欧阳𬭚 ０７", "62.5", "100.0", "handed-in")


def test_who_has_no_score_has_an_empty_cell_and_not_zero() -> None:
    missing, open_ = rows(line("甲", None), line("乙", replace(FILED, points=None, most=None)))
    assert (missing["points"], missing["state"]) == ("", "missing")
    assert (open_["points"], open_["state"]) == ("", "handed-in")
    assert rows(line("丙", replace(FILED, points=Points(0))))[0]["points"] == "0.0"


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u3000=1", "＝1", "\u200b=1", "\x00=1", "'=1"],
)
def test_no_cell_begins_like_a_formula(name: str) -> None:
    (row,) = rows(line(name))
    assert row["name"].startswith("'")
    assert row["name"].isprintable()


@given(st.text(max_size=20))
def test_no_text_becomes_a_formula_or_another_row(name: str) -> None:
    (row,) = rows(line(name))
    assert not row["name"].lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert row["number"] == b.roster().entries[0].number


def test_a_harmless_cell_is_left_alone() -> None:
    assert harmless("2026110700107") == "2026110700107"
    assert harmless("") == ""
    assert [decimal(Points(5)), decimal(Points(1_000)), decimal(None)] == ["0.5", "100.0", ""]
