"""The linter refuses what is wrong with file, row and reason, and nothing an author writes makes it fail."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.office.bank_lint import Linted, judge, lint_folder
from kiosk.office.bank_source import BANK, BLUEPRINT, ITEM_COLUMNS, ITEMS, OUTLINE, parse_source
from kiosk.office.findings import Severity
from tests.support import bank_folders as f

REAL_BANK = Path(__file__).parents[2] / "question_banks" / "rare-earth-smelter"


def codes(linted: Linted, *, file: str = ITEMS) -> set[tuple[int, str, str]]:
    return {(one.row, one.column, one.code) for one in linted.findings if one.file == file}


def with_item(**changes: str) -> Linted:
    """The small bank with its second item, a single choice in row 3, changed."""
    rows = f.item_rows()
    rows[1] |= changes
    return f.linted(f.files(rows))


def test_a_sound_bank_has_no_findings() -> None:
    assert f.linted().findings == ()


def test_the_bank_of_the_tree_has_no_errors() -> None:
    linted = lint_folder(REAL_BANK)
    assert [one for one in linted.findings if one.severity is Severity.ERROR] == []
    assert not linted.refused


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"answer": ""}, "answer", "item/no-answer"),
        ({"answer": "E"}, "answer", "item/answer-outside-options"),
        ({"answer": "AB"}, "answer", "item/answer-not-single"),
        ({"type": "multiple", "answer": "AA"}, "answer", "item/answer-twice"),
        ({"B_zh": "选项 A 𬭚 T-A-0051"}, "B_zh", "item/duplicate-option"),
        ({"A_zh": "１０５０ ℃", "B_zh": "1050  °C"}, "B_zh", "item/duplicate-option"),
        ({"point": "A-999"}, "point", "item/unknown-point"),
        ({"levels": "senior"}, "levels", "item/level-not-in-bank"),
        ({"stem_zh": "反向\u202e题干"}, "stem_zh", "text/hidden-character"),
        ({"stem_zh": "零宽\u200b题干"}, "stem_zh", "text/hidden-character"),
        ({"stem_en": "bell \a"}, "stem_en", "text/hidden-character"),
        ({"B_en": "private \ue000 use"}, "B_en", "text/hidden-character"),
        ({"stem_zh": "H~2O"}, "stem_zh", "text/markup"),
        ({"stem_zh": "**粗~体**~"}, "stem_zh", "text/markup"),
        ({"stem_zh": "空~~标记"}, "stem_zh", "text/markup"),
        ({"stem_zh": "反斜杠\\"}, "stem_zh", "text/markup"),
        ({"stem_zh": "看<img src=//host/x>图"}, "stem_zh", "text/html"),
        ({"C_en": "a &nbsp; b"}, "C_en", "text/html"),
        ({"stem_zh": "题" * 2_001}, "stem_zh", "text/too-long"),
        ({"D_zh": "以上都对"}, "D_zh", "item/option-must-be-fixed"),
        ({"D_zh": "以上选项都是"}, "D_zh", "item/option-must-be-fixed"),
        ({"D_en": "All of the above"}, "D_en", "item/option-must-be-fixed"),
        ({"D_en": "none of these"}, "D_en", "item/option-must-be-fixed"),
        ({"fixed_options": "F"}, "fixed_options", "item/fixed-outside-options"),
        ({"tolerance": "1"}, "tolerance", "item/tolerance-not-numeric"),
        ({"type": "true_false", "answer": "T"}, "A_zh", "item/options-not-wanted"),
        ({"type": "true_false"}, "answer", "item/answer"),
        ({"type": "numeric"}, "answer", "item/not-a-number"),
        ({"type": "numeric", "answer": "5", "tolerance": "-1"}, "tolerance", "item/negative-tolerance"),
        ({"type": "numeric", "answer": "5", "tolerance": "约1"}, "tolerance", "item/not-a-number"),
        ({"id": "T-A-0001"}, "id", "item/id-twice"),
    ],
)
def test_what_is_wrong_with_an_item_is_refused(changes: f.Cells, column: str, code: str) -> None:
    linted = with_item(**changes)
    assert (3, column, code) in codes(linted)
    assert linted.refused


@pytest.mark.parametrize(
    "changes",
    [
        {"D_zh": "以上都对", "D_en": "All of the above", "fixed_options": "D"},
        {"D_zh": "以上都对", "D_en": "All of the above", "shuffle": "no"},
        {"stem_zh": "a < b，x\\~y，**H^+^** 浓度，Sm\\*，星号 * 单个"},
        {"stem_zh": "两行\n题干 𬭚 １２３"},
        {"A_zh": "CO", "B_zh": "Co"},
        {"type": "numeric", "answer": "１.２×10^-3", "A_zh": "", "A_en": "", "B_zh": "", "B_en": "", "C_zh": ""}
        | {"C_en": "", "D_zh": "", "D_en": ""},
    ],
)
def test_what_is_right_is_not_refused(changes: f.Cells) -> None:
    assert with_item(**changes).findings == ()


def test_an_item_without_reviewer_is_a_warning() -> None:
    linted = with_item(reviewer="")
    assert codes(linted) == {(3, "reviewer", "item/no-reviewer")}
    assert not linted.refused


def test_the_same_task_twice_is_refused_and_a_stem_with_other_options_is_not() -> None:
    rows = f.item_rows()
    twin = rows[1] | {"id": "T-A-9001", "stem_zh": rows[1]["stem_zh"].replace("１０５０", "1050 ")}
    assert (len(rows) + 2, "stem_zh", "item/duplicate-stem") in codes(f.linted(f.files([*rows, twin])))
    assert f.linted(f.files([*rows, twin | {"A_zh": "别的选项"}])).findings == ()
    assert f.linted(f.files([*rows, twin | {"status": "retired"}])).findings == ()


def test_weights_and_points_must_add_up() -> None:
    outline = f.outline_rows()
    outline[0]["weight"] = "20"
    assert (0, "weight", "outline/weights") in codes(f.linted(f.files(outline=outline)), file=OUTLINE)
    blueprint = f.blueprint_rows()
    blueprint[0]["points"] = "12.6"
    assert (0, "points", "blueprint/points-total") in codes(f.linted(f.files(blueprint=blueprint)), file=BLUEPRINT)


def test_weights_that_leave_a_range_undecided_are_refused() -> None:
    outline = f.outline_rows()
    outline[0]["weight"] = outline[9]["weight"] = "50"
    blueprint = [
        {"level": "junior", "type": "single", "count": "5", "points": "20"},
    ]
    linted = f.linted(f.files(outline=outline, blueprint=blueprint))
    assert (0, "weight", "outline/weights-undecided") in codes(linted, file=OUTLINE)


def test_too_few_items_are_refused_with_the_type_that_is_short() -> None:
    blueprint = f.blueprint_rows()
    blueprint[0]["count"], blueprint[3]["count"] = "0", "5"
    linted = f.linted(f.files(blueprint=blueprint))
    assert (0, "", "bank/too-few-items") in codes(linted)
    assert (0, "count", "blueprint/type-short") in codes(linted, file=BLUEPRINT)


def test_too_few_points_in_a_range_are_refused() -> None:
    rows = [row for row in f.item_rows() if row["point"] not in {f"B-{number:03}" for number in range(1, 6)}]
    linted = f.linted(f.files(rows))
    assert (0, "weight", "outline/range-short") in codes(linted, file=OUTLINE)


def test_items_that_are_not_active_do_not_fill_a_form() -> None:
    rows = [row | {"status": "draft"} for row in f.item_rows()]
    assert (0, "", "bank/too-few-items") in codes(f.linted(f.files(rows)))


def test_codes_and_types_stand_once_and_levels_are_known() -> None:
    outline = f.outline_rows()
    outline[2]["code"] = "A-001"
    outline.append(outline[0] | {"level": "senior"})
    linted = f.linted(f.files(outline=outline, blueprint=[*f.blueprint_rows(), f.blueprint_rows()[0]]))
    assert (4, "code", "outline/code-twice") in codes(linted, file=OUTLINE)
    assert (6, "type", "blueprint/type-twice") in codes(linted, file=BLUEPRINT)
    assert (0, "levels", "bank/level-missing") in codes(linted, file=BANK)


CELL = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["A", "ABCD", "T", "1e999", "-0", "∞", "١٢", "~", "**", "^", "\\", "=cmd", "\x00", "junior"]),
)


@given(st.dictionaries(st.sampled_from(ITEM_COLUMNS), CELL, min_size=1))
def test_hostile_items_give_findings_and_never_exceptions(changes: f.Cells) -> None:
    rows = f.item_rows()
    rows[1] |= changes
    for one in f.linted(f.files(rows)).findings:
        assert one.file
        assert one.detail.isprintable()


@given(st.sampled_from([BANK, OUTLINE, BLUEPRINT, ITEMS]), st.binary(max_size=200), st.floats(0, 1))
def test_hostile_files_give_findings_and_never_exceptions(name: str, junk: bytes, where: float) -> None:
    files = f.files()
    cut = int(len(files[name]) * where)
    files[name] = files[name][:cut] + junk + files[name][cut + len(junk) :]
    judge(*parse_source(files))
