"""What the panel offers in each situation, and how facts, reasons and records are said."""

from dataclasses import replace

import pytest

from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.exam.rules import CameraPolicy, RuleProfile
from kiosk.exam.session import SessionPhase
from kiosk.exam.sitting import Phase, Sitting, replay
from kiosk.exam.vocabulary import MINUTE, Language, Millis, ReasonCode
from kiosk.office.presets import EXAM
from kiosk.station.view import Camera, Saved, Stage, View
from kiosk.ui.i18n import text
from kiosk.ui.present import panel
from kiosk.ui.present.panel import Deed
from tests.support import builders as b
from tests.ui.present import views as v
from tests.ui.present.test_lock import RECEIPT

ZH = Language.ZH
OPEN = SessionPhase.UNLOCKED
ACT = e.Act(card=b.CARD, reason=b.REASON, note="口头 ０７ 𬭚")


def suspended(*events: e.Event) -> Sitting:
    """A running sitting that an invigilator suspended, then more events."""
    stop = e.Suspended(at=b.at(5_000), cause=e.SuspendCause.INVIGILATOR, act=ACT)
    return v.running(stop, *events)


def deeds(view: View, phase: SessionPhase = OPEN) -> list[Deed]:
    """What is offered, in order."""
    return [offer.deed for offer in panel.offers(view, phase, ZH)]


class TestOffers:
    def test_a_suspended_seat(self) -> None:
        offered = deeds(v.view(suspended(), stage=Stage.SUSPENDED, start_code="123456"))
        assert offered == [
            Deed.RESUME,
            Deed.CREDIT,
            Deed.INCIDENT,
            Deed.START_CODE,
            Deed.CLOSE,
            Deed.COLLECT,
            Deed.VOID,
        ]

    def test_the_program_ends_only_in_a_rehearsal_or_when_all_is_closed(self) -> None:
        assert Deed.FINISH not in deeds(v.view(None, stage=Stage.SIGN_IN))
        assert Deed.FINISH in deeds(v.view(None, stage=Stage.SIGN_IN, rehearsal=True))
        assert deeds(v.view(None, stage=Stage.CLOSED), SessionPhase.CLOSED) == [Deed.FINISH]

    def test_an_open_sitting_keeps_the_session_open(self) -> None:
        offers = panel.offers(v.view(suspended(), stage=Stage.SUSPENDED), OPEN, ZH)
        close = next(offer for offer in offers if offer.deed is Deed.CLOSE)
        assert close.why == "结束本场：考生还没有交卷。"

    def test_the_bundle_goes_before_the_session_is_closed(self) -> None:
        ended = v.running(e.HandedIn(at=b.at(3_600_000)), rules=v.timing(earliest_hand_in=Millis(0)))
        view = v.view(ended, stage=Stage.RECEIPT, receipt=RECEIPT, evidence_ready=True)
        whys = {offer.deed: offer.why for offer in panel.offers(view, OPEN, ZH)}
        assert whys == {Deed.EXPORT: "", Deed.CLOSE: "结束本场：先导出成绩包。"}
        done = {offer.deed: offer.why for offer in panel.offers(replace(view, exported=True), OPEN, ZH)}
        assert done[Deed.CLOSE] == ""

    def test_the_pictures_are_waited_for(self) -> None:
        view = v.view(None, stage=Stage.RECEIPT, receipt=RECEIPT)
        offers = {offer.deed: offer.why for offer in panel.offers(view, OPEN, ZH)}
        assert offers[Deed.EXPORT].startswith("导出：影像还在封装")

    def test_after_a_fault_nothing_is_sent_any_more(self) -> None:
        view = v.view(suspended(), stage=Stage.FAULT, fault="journal/write")
        assert deeds(view) == [Deed.CLOSE]

    @pytest.mark.parametrize(
        ("policy", "camera", "offered"),
        [
            (CameraPolicy.REQUIRED, Camera.LOST, True),
            (CameraPolicy.REQUIRED, Camera.OFF, True),
            (CameraPolicy.REQUIRED, Camera.READY, False),
            (CameraPolicy.WARN, Camera.LOST, False),
        ],
    )
    def test_the_camera_is_waived_only_where_it_is_wanted_and_missing(
        self, policy: CameraPolicy, camera: Camera, offered: bool
    ) -> None:
        view = v.view(v.running(), stage=Stage.WAITING, camera=camera)
        assert view.round is not None
        rules = replace(view.round.rules, evidence=replace(view.round.rules.evidence, camera=policy))
        assert (Deed.WAIVE in deeds(replace(view, round=replace(view.round, rules=rules)))) is offered

    def test_the_likely_act_is_laid_ready(self) -> None:
        offers = panel.offers(v.view(suspended(), stage=Stage.SUSPENDED), OPEN, ZH)
        assert panel.first_offer(offers) is Deed.RESUME
        locked = panel.offers(v.view(None, stage=Stage.LOCKED), SessionPhase.LOCKED, ZH)
        assert panel.first_offer(locked) is None


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("stage", list(Stage))
def test_every_situation_has_words(stage: Stage, language: Language) -> None:
    name = panel.situation(v.view(None, stage=stage))
    assert text(f"staff.panel.{name}.title", language, seat="A-01")
    assert text(f"staff.panel.{name}.body", language)


def test_a_void_sitting_is_called_so() -> None:
    sitting = v.running(e.Voided(at=b.at(9_000), act=ACT))
    assert panel.situation(v.view(sitting, stage=Stage.RECEIPT)) == "void"


class TestFacts:
    def test_only_what_is_saved_counts(self) -> None:
        sitting = v.running(v.viewed(1), v.responded(1, v.first(1)))
        saved = Saved(pending=frozenset({v.entry(1).item}), last_wall=None, late=False)
        line = panel.facts(v.view(sitting, saved=saved), ZH)[0]
        assert line.value == f"已答 0 / {len(sitting.opened.form.items)}"
        assert panel.facts(v.view(sitting), ZH)[0].value.startswith("已答 1 ")

    def test_credits_are_summed(self) -> None:
        credit = e.Credited(at=b.at(6_000), amount=Millis(2 * MINUTE), act=ACT)
        sitting = suspended(credit, replace(credit, at=b.at(7_000)))
        values = {line.label: line.value for line in panel.facts(v.view(sitting, stage=Stage.SUSPENDED), ZH)}
        assert values["已补时"] == "4 分钟"

    def test_time_left_with_a_credit(self) -> None:
        now, then = panel.after_credit(v.view(suspended(), stage=Stage.SUSPENDED), 5)
        assert now < then

    def test_the_identity(self) -> None:
        seen, _ = panel.identity_words(v.view(v.running()), ZH)
        assert seen
        fresh = replay(b.seated(), (), b.rules())
        assert fresh.phase is Phase.SEATED
        seen, words = panel.identity_words(v.view(fresh), ZH)
        assert not seen
        assert words == "身份未核验"


class TestReasons:
    def test_they_stand_family_by_family(self) -> None:
        words = [reason.words for reason in panel.reasons(EXAM, ZH)]
        families = [word.partition("：")[0] for word in words]
        assert families == sorted(families, key=["环境", "考生", "监考", "设备", "其他"].index)
        assert "设备：键盘或鼠标故障" in words

    def test_another_reason_wants_a_note(self) -> None:
        assert panel.note_wanted(EXAM, ReasonCode("other"))
        assert not panel.note_wanted(EXAM, ReasonCode("tech-input"))
        assert not panel.note_wanted(EXAM, None)

    @pytest.mark.parametrize(
        ("deed", "restarted", "wanted"),
        [(Deed.RESUME, False, "staff-check"), (Deed.RESUME, True, "tech-restart"), (Deed.CREDIT, False, None)],
    )
    def test_only_going_on_has_a_reason_laid_ready(self, deed: Deed, restarted: bool, wanted: str | None) -> None:
        events = (e.Recovered(at=b.at(5_000), rebooted=False),) if restarted else ()
        view = v.view(v.running(*events), restarted=restarted)
        assert view.round is not None
        view = replace(view, round=replace(view.round, rules=_with_reasons(view.round.rules)))
        assert panel.likely_reason(view, deed) == wanted

    def test_a_round_without_that_reason_leaves_it_open(self) -> None:
        assert panel.likely_reason(v.view(suspended()), Deed.RESUME) is None or b.REASON == "staff-check"


class TestRecords:
    def test_they_say_what_and_who_newest_first(self) -> None:
        lost = e.IncidentRecorded(at=b.at(2_000), kind=IncidentKind.CAMERA_LOST, detail="unplugged")
        note = e.IncidentRecorded(at=b.at(3_000), kind=IncidentKind.NOTE, detail="x", act=ACT)
        rows = panel.records(v.view(v.running(lost, note)), ZH)
        assert rows[0].words.startswith("记录事件：")
        assert rows[0].words.endswith("口头 ０７ 𬭚")
        assert rows[0].sign == "ok"
        assert (rows[1].words, rows[1].who, rows[1].sign) == ("摄像头断开", "本机", "warn")
        assert rows[-1].words in {"开考，开考码一致", "考生已读考前说明"}

    def test_there_are_six_at_most(self) -> None:
        lost = [e.IncidentRecorded(at=b.at(n * 1_000), kind=IncidentKind.CAMERA_LOST, detail="") for n in range(1, 10)]
        assert len(panel.records(v.view(v.running(*lost)), ZH)) == 6

    @pytest.mark.parametrize(
        ("event", "words"),
        [
            (e.Voided(at=b.at(9_000), act=ACT), "作废"),
            (e.Collected(at=b.at(9_000), act=ACT), "强制收卷"),
        ],
    )
    def test_the_end(self, event: e.Event, words: str) -> None:
        assert panel.records(v.view(v.running(event)), ZH)[0].words == words

    def test_a_card_of_nobody_is_this_pc(self) -> None:
        assert panel.holder(v.view(None, round=None), b.CARD, ZH) == "本机"

    def test_without_a_sitting_there_are_none(self) -> None:
        assert panel.records(v.view(None), ZH) == ()
        assert panel.facts(v.view(None), ZH) == ()


def _with_reasons(rules: RuleProfile) -> RuleProfile:
    return replace(rules, reasons=EXAM.reasons)
