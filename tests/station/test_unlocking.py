"""Unlocking a seat in one step: cards, PINs, code or file, the room's clock; a refusal leaves it locked."""

from pathlib import Path

import pytest

from kiosk.crypto.card import WrongPinError
from kiosk.crypto.slots import WrongCardError, WrongCodeError
from kiosk.errors import StorageError
from kiosk.exam.session import SessionPhase
from kiosk.exam.vocabulary import MINUTE, Millis
from kiosk.rehearsal.demo_world import SESSION
from kiosk.station.unlocking import ShownCard, group_passes, know_card, unlock_seat
from kiosk.station.view import Stage
from tests.support.worlds import SeatAtWork, locked_seat

NO_TIME = Millis(0)


def begun(seat: SeatAtWork) -> SeatAtWork:
    """The session was begun, nothing is unlocked."""
    seat.station.load(seat.world.made.package)
    seat.station.begin_session(SESSION)
    return seat


def shown(seat: SeatAtWork, which: int = 0, pin: str | None = None) -> ShownCard:
    """A card with its PIN, or with another."""
    secret = seat.world.made.secrets.cards[which]
    return ShownCard(text=secret.card.to_text(), pin=pin or secret.pin)


def unlock(seat: SeatAtWork, *cards: ShownCard, code: str | None = None, **more: object) -> StorageError | None:
    """Unlock with the release code unless something else is said."""
    wanted: dict[str, object] = {"file": None, "stick": seat.world.stick, "ahead": NO_TIME, **more}
    release = seat.world.release_code if code is None else code
    return unlock_seat(seat.station, cards or (shown(seat),), code=release, **wanted)  # type: ignore[arg-type]


def test_code_and_card_unlock_and_confirm_the_clock(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as fresh:
        seat = begun(fresh)
        assert unlock(seat, ahead=Millis(-3 * MINUTE)) is None
        assert seat.stage is Stage.SIGN_IN
        now = seat.now()
        assert now.room == now.wall - 3 * MINUTE
        (file,) = seat.world.stick.glob("*.kunlock")
        assert seat.home.post().seat not in file.name


def test_the_file_that_was_left_unlocks_another_seat(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as fresh:
        seat = begun(fresh)
        unlock(seat)
        (file,) = seat.world.stick.glob("*.kunlock")
        other = SeatAtWork(seat.world, seat.clocks, seat.world.homes[1])
        try:
            begun(other)
            unlock(other, code="", file=file)
            assert other.stage is Stage.SIGN_IN
        finally:
            other.station.close()


@pytest.mark.parametrize(
    ("code", "pin", "error"), [("000011 000011 000011 000011", None, WrongCodeError), (None, "000000", WrongPinError)]
)
def test_what_is_wrong_leaves_the_seat_locked(
    code: str | None, pin: str | None, error: type[Exception], tmp_path: Path
) -> None:
    with locked_seat(tmp_path) as fresh:
        seat = begun(fresh)
        with pytest.raises(error):
            unlock(seat, shown(seat, pin=pin), code=code)
        assert seat.station.desk.log.state.phase is SessionPhase.LOCKED
        assert seat.now().room is None
        assert not list(seat.world.stick.glob("*.kunlock"))


def test_a_stick_that_takes_no_file_is_told_and_the_seat_is_unlocked(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as fresh:
        seat = begun(fresh)
        unwritten = unlock(seat, stick=tmp_path / "gone 𬭚")
        assert unwritten is not None
        assert unwritten.code == "storage/file-write"
        assert seat.stage is Stage.SIGN_IN
        assert seat.now().room is not None


def test_a_file_that_cannot_be_read_leaves_the_seat_locked(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as fresh:
        seat = begun(fresh)
        with pytest.raises(StorageError):
            unlock(seat, file=tmp_path / "gone.kunlock")
        assert seat.stage is Stage.LOCKED


def test_a_known_card_says_whose_it_is(tmp_path: Path) -> None:
    with locked_seat(tmp_path) as fresh:
        seat = begun(fresh)
        secret = seat.world.made.secrets.cards[2]
        card = know_card(seat.station.desk, secret.card.to_text())
        assert (card.id, card.holder, card.reserve) == (secret.card.id, "备用卡一", True)
        typed = know_card(seat.station.desk, " ".join(secret.card.groups()))
        assert typed.id == card.id
        assert secret.card.to_text() not in repr(card), "a share is never shown"
        with pytest.raises(WrongCardError):
            know_card(seat.station.desk, " ".join(["000011"] * 8))


def test_a_group_passes_or_does_not() -> None:
    assert group_passes("000011")
    assert not group_passes("000012")
    assert not group_passes("00001")
    assert not group_passes("考生 ０７")
