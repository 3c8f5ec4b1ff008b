"""Unlocking a seat: who may, with what, how often; what a wrong try costs and what a slip of the hand does not."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.crypto.card import Card, new_card
from kiosk.crypto.codes import encode_groups
from kiosk.errors import KioskError
from kiosk.exam import session as s
from kiosk.exam.rules import LockLevel
from kiosk.rehearsal.demo_world import SESSION
from kiosk.station.view import Stage
from tests.support.worlds import Clocks, SeatAtWork, fresh_world, locked_seat, open_seat

WRONG = " ".join(encode_groups("𬭚错误码".encode()[:8]))
WIDE = str.maketrans("0123456789 ", "０１２３４５６７８９　")


def begun(seat: SeatAtWork) -> SeatAtWork:
    seat.station.load(seat.world.made.package)
    seat.station.begin_session(SESSION)
    assert seat.at(Stage.LOCKED)
    return seat


def refusal(act: object, *given: object, **named: object) -> str:
    with pytest.raises(KioskError) as caught:
        act(*given, **named)  # type: ignore[operator]
    return caught.value.code


def cards(seat: SeatAtWork, count: int = 1) -> list[Card]:
    return [secret.card for secret in seat.world.made.secrets.cards[:count]]


def test_the_release_code_may_be_typed_as_people_type(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        begun(seat).station.desk.unlock(seat.world.release_code.translate(WIDE) + "\n", cards(seat))
        assert seat.at(Stage.SIGN_IN)
        assert seat.station.desk.log.state.phase is s.SessionPhase.UNLOCKED


def test_a_slip_costs_nothing_and_is_pointed_at(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        desk = begun(seat).station.desk
        groups = seat.world.release_code.split()
        slipped = groups[2][:-1] + str((int(groups[2][-1]) + 1) % 10)
        slips = {
            " ".join([*groups[:2], slipped, groups[3]]): "unlock/mistyped",
            " ".join(groups[:3]): "unlock/length",
            " ".join(groups).replace("0", "O", 1).replace("1", "l", 1) + ("O" if "0" not in "".join(groups) else ""): (
                "unlock/letter"
            ),
            "": "unlock/length",
            "9" * 100_000: "unlock/length",
            "第一组 𬭚": "unlock/letter",
        }
        for typed, code in slips.items():
            assert refusal(desk.unlock, typed, cards(seat)) == code, typed[:40]
        assert desk.log.state.wrong_codes == 0
        assert desk.wait() == 0


def test_wrong_codes_cost_one_two_four_seconds_and_a_restart_shortens_nothing(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        begun(seat)
        for seconds in (1, 2, 4):
            assert refusal(seat.station.desk.unlock, WRONG, cards(seat)) == "unlock/wrong-code"
            assert seat.station.desk.wait() == seconds * 1000
            seat.clocks.go(seconds * 1000 - 1)
            assert refusal(seat.station.desk.unlock, seat.world.release_code, cards(seat)) == "unlock/wait"
            if seconds < 4:
                seat.clocks.go(1)
        seat.restart()
        seat.station.begin_session(SESSION)
        assert seat.station.desk.wait() == 4_000
        seat.station.close()
        seat.clocks.reboot()
        seat.boot()
        seat.station.begin_session(SESSION)
        assert seat.station.desk.wait() == 4_000
        seat.clocks.go(4_000)
        seat.station.desk.unlock(seat.world.release_code, cards(seat))
        assert seat.station.desk.log.state.wrong_codes == 0


def test_cards_that_are_none_of_this_room(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    foreign = fresh_world(tmp_path / "b", "strict").card.card
    with locked_seat(tmp_path) as seat:
        desk = begun(seat).station.desk
        own = seat.world.card.card
        forged = replace(own, share=foreign.share)
        assert refusal(desk.card, foreign.to_text()) == "unlock/wrong-card"
        assert refusal(desk.card, forged.to_text()) == "unlock/wrong-card"
        assert refusal(desk.card, " ".join(new_card("x").groups())) == "unlock/wrong-card"
        assert refusal(desk.unlock, seat.world.release_code, [foreign]) == "unlock/wrong-card"
        for text in ("", "KC1:", "KC1:x:1-2:3", "https://例子.example/?a=1", "K" * 100_000, own.to_text()[:-1] + "x"):
            assert refusal(desk.card, text).startswith("unlock/"), text[:30]
        assert desk.card(" ".join(own.groups()).translate(WIDE)) == own
        assert desk.card(own.to_text()) == own
        assert desk.log.state.wrong_codes == 0


def test_five_wrong_pins_block_a_card_until_another_card_acts(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        desk, card, pin = seat.station.desk, seat.world.card.card, seat.world.card.pin
        wrong = str((int(pin) + 1) % 1_000_000).zfill(6)
        assert refusal(desk.authorise, card, "12345", "test") == "unlock/length"
        assert refusal(desk.authorise, card, "12345O", "test") == "unlock/letter"
        for _ in range(5):
            assert refusal(desk.authorise, card, wrong, "test") == "unlock/wrong-pin"
        assert refusal(desk.authorise, card, pin, "test") == "unlock/card-blocked"
        assert refusal(desk.card, card.to_text()) == "unlock/card-blocked"
        seat.restart()
        seat.station.begin_session(SESSION)
        assert refusal(seat.station.recover, card, pin) == "unlock/card-blocked"
        second = seat.world.second_card
        seat.station.recover(second.card, second.pin)
        assert seat.station.desk.authorise(card, pin.translate(WIDE), "test").card == card.id


def test_a_reserve_card_works_and_is_an_incident(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        reserve = next(place for place, one in enumerate(seat.world.made.secrets.cards) if one.reserve)
        seat.permit(which=reserve)
        kinds = [type(event).__name__ for event in session_events(seat)]
        assert kinds[-2:] == ["CardAccepted", "SeatIncident"]


def session_events(seat: SeatAtWork) -> list[s.SessionEvent]:
    from kiosk.formats.codec import decode_session_event  # noqa: PLC0415 - one test looks into the journal
    from kiosk.formats.journal import is_epoch  # noqa: PLC0415

    return [decode_session_event(one.body) for one in seat.station.desk.log.records() if not is_epoch(one)]


def test_the_second_seat_opens_with_stick_and_card(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as seat:
        begun(seat).station.desk.unlock(seat.world.release_code, cards(seat), stick=seat.world.stick)
        (file,) = seat.world.stick.glob("*.kunlock")
        second = begun(SeatAtWork(seat.world, Clocks(), seat.world.homes[1]))
        try:
            desk = second.station.desk
            other = seat.world.second_card.card
            assert refusal(desk.unlock_from_stick, file, [other]) == "unlock/other"
            whole = file.read_bytes()
            bad = file.with_name("damaged.kunlock")
            for place in range(0, len(whole), 7):
                bad.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
                assert refusal(desk.unlock_from_stick, bad, cards(seat)).startswith("unlock/")
            for data in (b"", whole[:-1], whole * 2, bytes(1 << 20)):
                bad.write_bytes(data)
                assert refusal(desk.unlock_from_stick, bad, cards(seat)) in {"unlock/damaged", "storage/file-read"}
            assert second.at(Stage.LOCKED)
            desk.unlock_from_stick(file, cards(seat))
            assert second.at(Stage.SIGN_IN)
        finally:
            second.station.close()


def test_the_unlock_file_of_another_round_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with locked_seat(tmp_path) as seat, locked_seat(tmp_path / "b") as other:
        begun(seat)
        desk = begun(other).station.desk
        share = desk.keys.release_share(other.world.release_code)
        keys = replace(desk.keys, session=replace(desk.session, id="s2"))  # type: ignore[arg-type]
        file = keys.write_unlock_file(tmp_path, share, other.world.card.card)
        assert refusal(desk.unlock_from_stick, file, cards(other)) == "unlock/other"
        assert refusal(seat.station.desk.unlock_from_stick, file, cards(seat)) == "unlock/other"


def test_a_pair_round_asks_for_two_cards(tmp_path: Path) -> None:
    with locked_seat(tmp_path, "strict") as seat:
        desk = begun(seat).station.desk
        code, two = seat.world.release_code, cards(seat, 2)
        assert refusal(desk.unlock, code, two[:1]) == "unlock/cards-needed"
        assert refusal(desk.unlock, code, [two[0], two[0]]) in {"unlock/cards-needed", "unlock/wrong-card"}
        assert seat.at(Stage.LOCKED)
        desk.unlock(code, two[::-1])
        assert seat.at(Stage.SIGN_IN)


def test_after_a_restart_a_card_and_its_pin_suffice(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        seat.restart()
        seat.station.begin_session(SESSION)
        assert seat.at(Stage.RECOVERY)
        second = seat.world.second_card
        seat.station.recover(second.card, second.pin)
        assert seat.at(Stage.SIGN_IN)


def test_a_resume_slot_opens_at_no_other_pc_and_not_when_it_was_changed(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        card, pin = seat.world.card.card, seat.world.card.pin
        slot = seat.station.desk.folder / f"resume-{card.id}.slot"
        second = begun(SeatAtWork(seat.world, Clocks(), seat.world.homes[1]))
        shutil.copy(slot, second.station.desk.folder)
        assert refusal(second.station.recover, card, pin) in {"unlock/damaged", "unlock/other"}
        assert second.at(Stage.LOCKED)
        second.station.close()

        seat.restart()
        seat.station.begin_session(SESSION)
        whole = slot.read_bytes()
        for data in (b"", whole[:-1], whole[:-1] + bytes([whole[-1] ^ 1])):
            slot.write_bytes(data)
            assert refusal(seat.station.recover, card, pin) == "unlock/damaged"
        slot.unlink()
        assert refusal(seat.station.recover, card, pin) == "storage/file-read"
        assert seat.at(Stage.RECOVERY)


@pytest.mark.parametrize("name", ["roster.db", "bank-rare-earth-smelter-junior-s1.db"])
def test_a_damaged_file_is_not_taken_for_a_wrong_code(tmp_path: Path, name: str) -> None:
    with open_seat(tmp_path) as seat:
        seat.restart()
        seat.station.begin_session(SESSION)
        (path,) = seat.home.opened.glob(f"*/{name}")
        whole = bytearray(path.read_bytes())
        whole[len(whole) // 2] ^= 1
        path.write_bytes(whole)
        code = refusal(seat.station.recover, seat.world.card.card, seat.world.card.pin)
        assert code in {"storage/unreadable", "bank/item-damaged"}
        assert seat.at(Stage.RECOVERY)
        seat.restart()
        seat.come_back()
        assert seat.at(Stage.SIGN_IN)


def test_an_examination_opens_only_behind_its_lock(tmp_path: Path) -> None:
    with locked_seat(tmp_path, "exam") as seat:
        seat.station.load(seat.world.made.package)
        assert refusal(seat.station.begin_session, SESSION) == "package/lock-too-weak"
        assert seat.at(Stage.NO_PACKAGE)
        assert not list(seat.home.folder.rglob("journal.db"))
        seat.level = LockLevel.DESKTOP
        seat.restart()
        seat.station.begin_session(SESSION)
        assert seat.at(Stage.LOCKED)


def test_the_rooms_clock_is_forgotten_after_a_reboot_however_long_ago_it_was(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        assert seat.now().room == seat.clocks.wall
        seat.restart()
        seat.come_back()
        assert seat.now().room == seat.clocks.wall
        for up in (1_000, 10 * 3_600_000):
            seat.station.close()
            seat.clocks.reboot(up)
            seat.boot()
            seat.come_back()
            assert seat.now().room is None
            seat.station.desk.set_room_time(seat.clocks.wall, seat.permit())


def test_closing_erases_the_secrets(tmp_path: Path) -> None:
    with open_seat(tmp_path) as seat:
        assert list(seat.station.desk.folder.glob("resume-*.slot"))
        assert list(seat.home.opened.rglob("*.db"))
        folder = seat.station.desk.folder
        seat.station.finish_session(seat.permit("close"))
        assert seat.at(Stage.CLOSED)
        assert not list(folder.glob("resume-*.slot"))
        assert not list(seat.home.opened.rglob("*.db"))
        seat.restart()
        seat.station.begin_session(SESSION)
        assert seat.at(Stage.CLOSED)
        assert refusal(seat.station.desk.unlock, seat.world.release_code, cards(seat)) == "sitting/illegal-session"
        assert seat.at(Stage.CLOSED)
        assert not list(folder.glob("resume-*.slot"))
