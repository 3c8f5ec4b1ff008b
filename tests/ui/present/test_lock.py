"""What a locked seat says: by cause, in both languages, with figures only where they are known."""

from typing import Any

import pytest

from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.vocabulary import Language
from kiosk.station.view import Receipt, Refusal, Saved, Stage
from kiosk.ui.present.length import length
from kiosk.ui.present.lock import Around, Deed, Line, cause, lock_words, place_words, room_code
from tests.support import builders as b
from tests.ui.present import views as v

RECEIPT = Receipt(
    code="AAAA BBBB CCCC",
    digest="ab" * 32,
    qr=((True,),),
    ended_wall=0,
    by_clock=False,
    answered=7,
    items=9,
    segments=3,
)
FAULT = IncidentKind.PROGRAM_FAULT


def suspended(*events: e.Event, cause: e.SuspendCause = e.SuspendCause.INVIGILATOR, ms: int = 5_000) -> object:
    """A sitting that was suspended."""
    act = e.Act(card=b.CARD, reason=b.REASON) if cause is e.SuspendCause.INVIGILATOR else None
    return v.running(*events, e.Suspended(at=b.at(ms), cause=cause, act=act))


class TestCause:
    @pytest.mark.parametrize(
        ("stage", "changes", "around", "wanted"),
        [
            (Stage.NO_PACKAGE, {"round": None, "session": None}, Around(), "no-package"),
            (Stage.LOCKED, {}, Around(), "locked"),
            (Stage.RECOVERY, {}, Around(), "recovery-empty"),
            (Stage.RECOVERY, {}, Around(sitting_waits=True), "recovery"),
            (Stage.SEALING, {}, Around(), "sealing"),
            (Stage.FAULT, {"fault": "journal/write"}, Around(), "fault"),
            (Stage.FAULT, {"fault": "journal/damaged", "receipt": RECEIPT}, Around(), "fault-sealed"),
            (Stage.CLOSED, {}, Around(), "closed"),
            (Stage.CLOSED, {"receipt": RECEIPT}, Around(), "closed-left"),
            (Stage.CLOSED, {"receipt": RECEIPT, "exported": True}, Around(), "closed"),
        ],
    )
    def test_of_a_stage(self, stage: Stage, changes: dict[str, Any], around: Around, wanted: str) -> None:
        assert cause(v.view(None, stage=stage, **changes), around) == wanted

    def test_the_invigilator_suspended(self) -> None:
        assert cause(v.view(suspended(), stage=Stage.SUSPENDED), Around()) == "suspended-staff"  # type: ignore[arg-type]

    def test_the_program_suspended(self) -> None:
        incident = e.IncidentRecorded(at=b.at(5_000), kind=FAULT, detail="ZeroDivisionError")
        sitting = suspended(incident, cause=e.SuspendCause.PROGRAM_FAULT)
        assert cause(v.view(sitting, stage=Stage.SUSPENDED), Around()) == "suspended-fault"  # type: ignore[arg-type]

    def test_an_earlier_fault_is_not_the_cause(self) -> None:
        incident = e.IncidentRecorded(at=b.at(4_000), kind=FAULT, detail="ZeroDivisionError")
        assert cause(v.view(suspended(incident), stage=Stage.SUSPENDED), Around()) == "suspended-staff"  # type: ignore[arg-type]

    def test_a_restart_suspended(self) -> None:
        sitting = v.running(e.Recovered(at=b.at(5_000), rebooted=False))
        view = v.view(sitting, stage=Stage.SUSPENDED, restarted=True)
        assert cause(view, Around()) == "suspended-restarted"


class TestWords:
    @pytest.mark.parametrize("language", list(Language))
    @pytest.mark.parametrize("stage", list(Stage))
    def test_every_stage_says_cause_safety_and_what_to_do(self, stage: Stage, language: Language) -> None:
        sitting = suspended() if stage is Stage.SUSPENDED else None
        words = lock_words(v.view(sitting, stage=stage, fault="journal/write"), Around(), language)  # type: ignore[arg-type]
        assert words.title != words.other_title
        assert all((words.title, words.happened, words.safe, words.to_do, words.staff))
        assert bool(words.deed_words) is (words.deed is not Deed.NONE)

    def test_the_other_language_stands_below(self) -> None:
        view = v.view(None, stage=Stage.LOCKED)
        here, there = (lock_words(view, Around(), language) for language in Language)
        assert (here.title, here.other_title) == (there.other_title, there.title)

    def test_a_suspended_seat_shows_its_figures(self) -> None:
        sitting = suspended(v.viewed(1), v.responded(1, v.first(1)))
        saved = Saved(pending=frozenset(), last_wall=b.at(2_000).wall, late=False)
        words = lock_words(v.view(sitting, stage=Stage.SUSPENDED, saved=saved), Around(), Language.ZH)  # type: ignore[arg-type]
        shown = {line.label: line.value for line in words.facts}
        assert shown["已保存作答"] == "1 题"
        assert "最后一次保存" in shown
        assert shown["剩余时间，已停表"] == length(sitting.ledger.remaining(b.at(10_000)))  # type: ignore[attr-defined]
        assert "影像已封存至" not in shown, "nothing was recorded"

    def test_what_is_on_its_way_is_not_called_saved(self) -> None:
        sitting = suspended(v.viewed(1), v.responded(1, v.first(1)))
        saved = Saved(pending=frozenset({v.entry(1).item}), last_wall=None, late=True)
        words = lock_words(v.view(sitting, stage=Stage.SUSPENDED, saved=saved), Around(), Language.EN)  # type: ignore[arg-type]
        assert words.facts[0] == Line(label="Saved answers", value="0 answers")

    def test_a_fault_gives_its_code(self) -> None:
        words = lock_words(v.view(None, stage=Stage.FAULT, fault="journal/write"), Around(), Language.ZH)
        assert "journal/write" in words.detail

    def test_without_a_package_on_the_stick_nothing_can_be_loaded(self) -> None:
        view = v.view(None, stage=Stage.NO_PACKAGE, round=None, session=None)
        without, found = (lock_words(view, Around(packages=count), Language.ZH) for count in (0, 1))
        assert (without.deed_ready, found.deed_ready) == (False, True)
        assert without.why_not
        assert not found.why_not

    def test_a_refused_package_says_why(self) -> None:
        refused = Refusal(code="package/other-room", data=(("expected", "2-03"), ("found", "２-04 𬭚")))
        view = v.view(None, stage=Stage.NO_PACKAGE, round=None, session=None, refusal=refused)
        words = lock_words(view, Around(packages=1), Language.ZH)
        assert "２-04 𬭚" in words.happened
        assert "package/other-room" in words.detail


def test_the_room_code_is_the_same_everywhere() -> None:
    assert room_code("5d82f41a" + "0" * 56) == "5D82 F41A"
    assert room_code("") == ""


def test_the_place_names_room_session_and_start() -> None:
    words = place_words(v.view(None), Language.ZH)
    session = b.round_(("age1x",)).sessions[0]
    assert session.name.zh in words
    assert words.count("|") == 1
    assert place_words(v.view(None, round=None, session=None), Language.ZH) == ""


@pytest.mark.parametrize(
    ("millis", "shown"), [(0, "00:00:00"), (1, "00:00:01"), (-5, "00:00:00"), (3_754_000, "01:02:34")]
)
def test_a_length_is_rounded_up(millis: int, shown: str) -> None:
    assert length(millis) == shown
