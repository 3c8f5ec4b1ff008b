"""What leaves the seat: a bundle the office takes, equal to what was given, and an export that is whole or absent."""

from pathlib import Path

import pytest

from kiosk.errors import KioskError
from kiosk.exam import session as s
from kiosk.exam.scoring import Verdict
from kiosk.formats.bundle_file import open_envelope
from kiosk.formats.source import BytesSource
from kiosk.office.collect import collect
from kiosk.office.report import EvidenceState, Outcome, RosterState
from kiosk.station.view import Stage
from tests.station.test_recovery import examined
from tests.station.test_session_desk import session_events
from tests.support.disk import NO_PLACE_TO_WRITE, full_disk
from tests.support.worlds import SeatAtWork, open_seat, tree


def sealed(seat: SeatAtWork) -> None:
    seat.sit()
    seat.film(3)
    seat.respond(0, 40)
    seat.hand_in()
    seat.until(lambda: seat.station.view().evidence_ready)


def test_the_office_finds_what_was_given(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        sealed(seat)
        plan, found = seat.plan(), examined(seat)
        given = {item: response for item, response in plan.responses.items() if response is not None}
        assert dict(found.sitting.responses) == given
        assert found.score is not None
        assert found.score.points == plan.points
        verdicts = [one.verdict for one in found.score.items]
        assert (verdicts.count(Verdict.RIGHT), verdicts.count(Verdict.WRONG)) == (plan.right, plan.wrong)
        assert found.alarms == ()
        assert [item.item for item in found.opened.summary.items] == list(seat.items)
        assert found.entry.name == "张示例"


def test_nothing_in_clear_names_the_person_or_an_item(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        sealed(seat)
        secrets = [seat.number.encode(), "张示例".encode(), seat.items[0].encode(), b"journal.jsonl"]
        for path in (*seat.home.outbox.iterdir(), *(seat.home.folder / "sittings").rglob("*.*")):
            data = path.read_bytes()
            assert not [secret for secret in secrets if secret in data], path.name


def test_the_receipt_is_the_bundles_and_says_no_score(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        sealed(seat)
        receipt = seat.station.view().receipt
        envelope = open_envelope(BytesSource(seat.bundle.read_bytes()), root_pem=seat.world.office.root_pem)
        assert receipt is not None
        assert (receipt.answered, receipt.items, receipt.segments) == (39, 40, 3)
        assert receipt.ended_wall == envelope.header.ended
        assert not {name for name in dir(receipt) if "point" in name or "score" in name}
        assert envelope.header.rehearsal


def test_evidence_that_was_damaged_leaves_the_result_valid(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.film(4)
        seat.respond(0, 40)
        pictures = sorted((seat.home.folder / "sittings").rglob("segment-*.age"))
        pictures[0].unlink()
        data = bytearray(pictures[1].read_bytes())
        data[len(data) // 2] ^= 1
        pictures[1].write_bytes(data)
        pictures[2].write_bytes(b"")
        seat.hand_in()
        seat.until(lambda: seat.station.view().evidence_ready)
        seat.station.export(seat.world.stick, lambda *_: None)
        report = collect([seat.world.stick], seat.world.office, tmp_path / "collected")
        assert [line.outcome for line in report.lines] == [Outcome.ACCEPTED] * 2
        line = report.roster[0]
        assert (line.state, line.counted and line.counted.evidence) == (RosterState.HANDED_IN, EvidenceState.DAMAGED)
        assert line.counted is not None
        assert line.counted.points == seat.plan().points


def test_evidence_that_cannot_be_made_keeps_nothing_from_the_office(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.sit()
        seat.film(1)
        seat.home.outbox.mkdir()
        name = f"demo-2026-a-01-{seat.station.sitting.opened.sitting}.making"
        (seat.home.outbox / name).mkdir()
        seat.hand_in()
        seat.until(lambda: seat.station.view().evidence_ready)
        written = seat.station.export(seat.world.stick, lambda *_: None)
        assert [path.suffix for path in written] == [".kresult"]
        report = collect([seat.world.stick], seat.world.office, tmp_path / "collected")
        counted = report.roster[0].counted
        assert counted is not None
        assert counted.evidence is EvidenceState.MISSING


def test_an_export_tells_how_far_it_is_and_is_put_on_record(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        sealed(seat)
        heard: list[tuple[str, int, int]] = []
        stick = tmp_path / "优盘 １ 𬭚"
        stick.mkdir()
        written = seat.station.export(stick, lambda *step: heard.append(step))
        assert [path.read_bytes() for path in written] == [
            (seat.home.outbox / path.name).read_bytes() for path in written
        ]
        assert {(name, whole) for name, _, whole in heard} == {(path.name, path.stat().st_size) for path in written}
        assert all(done <= whole for _, done, whole in heard)
        exported = [event for event in session_events(seat) if isinstance(event, s.Exported)]
        assert [event.medium for event in exported] == [stick.name] * 2
        assert seat.station.view().exported
        assert seat.at(Stage.RECEIPT)


@pytest.mark.parametrize("medium", ["full", "read-only", "gone", "a file"])
def test_an_export_that_fails_leaves_nothing_half_done_and_can_be_tried_again(tmp_path: Path, medium: str) -> None:
    with open_seat(tmp_path) as seat:
        sealed(seat)
        stick = tmp_path / "stick"
        stick.mkdir()
        folder = {"read-only": NO_PLACE_TO_WRITE, "gone": tmp_path / "没有", "a file": seat.bundle}.get(medium, stick)
        outbox = tree(seat.home.outbox)
        with pytest.raises(KioskError) as caught, full_disk(1_000 if medium == "full" else 1 << 30):
            seat.station.export(folder, lambda *_: None)
        assert caught.value.code == "storage/file-write"
        assert list(stick.iterdir()) == []
        assert tree(seat.home.outbox) == outbox
        assert not seat.station.view().exported
        assert not [event for event in session_events(seat) if isinstance(event, s.Exported)]
        assert seat.station.fault is None
        assert len(seat.station.export(stick, lambda *_: None)) == 2
