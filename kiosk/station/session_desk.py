"""One session at this seat: its package, its journal, its cards and codes.

Rules: a wrong code costs a growing delay, kept in the journal; a typing slip costs nothing; a card acts only with its
PIN; a clock that went back is an incident; what the lock level does not allow is not opened. It does not know
candidates: the station does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.card import Card, WrongPinError
from kiosk.crypto.slots import WrongCodeError
from kiosk.errors import PackageError, StorageError, UnlockError
from kiosk.exam import session as s
from kiosk.exam.events import Place
from kiosk.exam.incident import IncidentKind
from kiosk.exam.round import Round, Session
from kiosk.exam.rules import LockLevel, RoundKind
from kiosk.exam.vocabulary import CardId, Instant, Millis
from kiosk.formats.package_file import RoundPackage
from kiosk.formats.slot_payload import SlotPayload
from kiosk.station.clock import Clock
from kiosk.station.home import Home, Identity, Post
from kiosk.station.last_seen import behind, believed, dated, remember
from kiosk.station.open_room import OpenRoom
from kiosk.station.room_keys import RoomKeys
from kiosk.station.session_log import SessionLog, has_begun, journal_name, session_key
from kiosk.storage.files import FileReadError, read_file, write_durably
from kiosk.storage.journal_store import Signatory

_BOOT = "boot"
_LONGEST_BOOT = 200


class LockTooWeakError(PackageError):
    """The round asks for a firmer lock than this program has engaged (`wanted`, `found`)."""

    code = "package/lock-too-weak"


class WaitError(UnlockError):
    """Too soon after a wrong code (`seconds` still to wait)."""

    code = "unlock/wait"


class CardBlockedError(UnlockError):
    """Five wrong PINs: this card is blocked here until another card acts (`card`)."""

    code = "unlock/card-blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this program was started."""

    program: str
    lock_level: LockLevel
    restarted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A card whose PIN was right a moment ago; every act of an invigilator needs one."""

    card: CardId


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What does not change while the program runs."""

    home: Home
    post: Post
    identity: Identity
    clock: Clock
    settings: Settings


class SessionDesk:
    """A session that was begun (or found begun) at this seat."""

    def __init__(self, seat: Seat, package: RoundPackage, session: Session, opened: Path) -> None:
        """Open or begin the session's journal. LockTooWeakError, JournalError leaves."""
        self._seat = seat
        self.package = package
        self.session = session
        self._opened = opened
        self.room: OpenRoom | None = None
        self.rebooted = False
        _check_lock(package.round, seat.settings.lock_level)
        round_, post = package.round, seat.post
        self.place = Place(
            round=round_.id,
            package=round_.package,
            room=round_.room,
            session=session.id,
            seat=post.seat,
            workstation=post.workstation,
        )
        name = journal_name(round_.id, round_.package, round_.room, session.id, post.seat)
        self.folder = seat.home.session(name)
        self.keys = RoomKeys(
            round=round_,
            session=session,
            slots=package.slots,
            device_secret=seat.identity.device_secret,
            folder=self.folder,
        )
        self.log = self._open_log(name)
        self.resumable = self.log.state.phase is s.SessionPhase.LOCKED and self.keys.kept
        self._judge_clock()

    @property
    def round(self) -> Round:
        """The round of the package."""
        return self.package.round

    @property
    def signatory(self) -> Signatory:
        """Who signs the journals here, and who can read their keys."""
        identity = self._seat.identity
        return Signatory(key=identity.key, chain_pem=identity.chain_pem, recipients=self.round.recipients)

    def _open_log(self, name: str) -> SessionLog:
        seat = self._seat
        key = session_key(seat.identity.device_secret, name)
        now = seat.clock.now()
        first = s.SessionOpened(
            at=now,
            place=self.place,
            package_digest=self.package.digest,
            program=seat.settings.program,
            lock_level=seat.settings.lock_level,
        )
        if has_begun(self.folder, name):
            log = SessionLog.reopen(self.folder, name, key, self.signatory, first)
            self.rebooted = self._boot_before() != seat.clock.boot or now.mono < log.state.last.mono
            self._note_boot()
            log.record(s.ProgramRestarted(at=now, rebooted=self.rebooted))
            if log.state.room is not None:
                seat.clock.set_room(log.state.room.room, log.state.room.at.mono)
            return log
        log = SessionLog.begin(self.folder, name, key, self.signatory, first)
        self._note_boot()
        return log

    def _judge_clock(self) -> None:
        """Put it on record when the PC's clock is behind what was believed here, and remember what is now."""
        now = self._seat.clock.now()
        back = behind(self._seat.home, now)
        if back:
            self.log.record(s.SeatIncident(at=now, kind=IncidentKind.CLOCK_JUMPED, detail=f"{-back:+d} ms"))
        self.remember_time()

    def remember_time(self) -> None:
        """Remember that it is as late as it is."""
        remember(self._seat.home, self.now(), self.round)

    def now(self) -> Instant:
        """Read the clocks."""
        return self._seat.clock.now()

    def believed(self, now: Instant) -> int:
        """Return the room's time, or while it is not confirmed what there is instead (milliseconds UTC)."""
        return now.room if now.room is not None else believed(self._seat.home, now)

    def _boot_before(self) -> str:
        """Return which run of the PC this session was last open in; empty when that is not known."""
        try:
            return read_file(self.folder / _BOOT, limit=_LONGEST_BOOT).decode(errors="replace")
        except FileReadError:
            return ""

    def _note_boot(self) -> None:
        write_durably(self.folder / _BOOT, self._seat.clock.boot.encode()[:_LONGEST_BOOT])

    def wait(self) -> Millis:
        """Return how long the next code is still refused."""
        return s.code_delay(self.log.state, self._seat.clock.now())

    def card(self, text: str) -> Card:
        """Read a card. UnlockError leaves; CardBlockedError."""
        card = self.keys.card_from(text)
        if s.card_blocked(self.log.state, CardId(card.id)):
            raise CardBlockedError(card=card.id)
        return card

    def authorise(self, card: Card, pin: str, purpose: str) -> Permit:
        """Check a card's PIN and put its use on record. WrongPinError, CardBlockedError, WaitError, typing errors."""
        _demand_none_left(s.pin_delay(self.log.state, self._seat.clock.now()))
        if s.card_blocked(self.log.state, CardId(card.id)):
            raise CardBlockedError(card=card.id)
        now = self._seat.clock.now()
        try:
            entry = self.keys.check_pin(card, pin)
        except WrongPinError:
            self.log.record(s.PinRefused(at=now, card=CardId(card.id)))
            raise
        self.log.record(s.CardAccepted(at=now, card=entry.id, purpose=purpose))
        if entry.reserve:
            self.log.record(s.SeatIncident(at=now, kind=IncidentKind.RESERVE_CARD, detail=entry.id))
        return Permit(card=entry.id)

    def unlock(self, code: str, cards: Sequence[Card], stick: Path | None = None) -> None:
        """Unlock with the release code; leave unlock files on the stick. WaitError, WrongCodeError, typing errors."""
        self.demand_no_wait()
        release = self.keys.release_share(code)
        self._open(release, cards, "release-code")
        for card in cards if stick else ():
            assert stick is not None  # noqa: S101 - the loop is empty otherwise
            self.keys.write_unlock_file(stick, release, card)

    def unlock_from_stick(self, file: Path, cards: Sequence[Card]) -> None:
        """Unlock with the file another seat left on the stick. UnlockError leaves."""
        self.demand_no_wait()
        release = self.keys.read_unlock_file(file, cards[0])
        self._open(release, cards, "unlock-file")

    def _open(self, release: bytes, cards: Sequence[Card], by: str) -> None:
        ids = tuple(CardId(card.id) for card in cards)
        s.apply_session(self.log.state, s.Unlocked(at=self._seat.clock.now(), cards=ids, by=by))
        try:
            payload = self.keys.open(release, cards)
        except WrongCodeError:
            self.log.record(s.CodeRefused(at=self._seat.clock.now(), what="release-code"))
            raise
        self._enter(payload)
        self.keys.keep(payload)
        self.log.record(s.Unlocked(at=self._seat.clock.now(), cards=ids, by=by))

    def recover(self, card: Card) -> None:
        """Open the seat again after a crash, with a card alone (its PIN was checked). UnlockError, StorageError leaves.

        Where the journal has lost the unlocking, it is put on record again; where the slots do not open, it takes the
        release code.
        """
        try:
            payload = self.keys.resume(card)
        except (UnlockError, StorageError):
            self.resumable = False
            raise
        self._enter(payload)
        if self.log.state.phase is s.SessionPhase.LOCKED:
            cards = (CardId(card.id),)
            self.log.record(s.Unlocked(at=self._seat.clock.now(), cards=cards, by="resume-slot"))

    def _enter(self, payload: SlotPayload) -> None:
        room = OpenRoom(self._opened, self.round, self.session, payload)
        if self.room is not None:
            self.room.close()
        self.room = room

    def set_room_time(self, room: int, permit: Permit) -> None:
        """Take the room's clock (milliseconds UTC now) as an invigilator read it, on a PC that may not know the day."""
        now = self._seat.clock.now()
        room = dated(self._seat.home, now, room, self.session.start)
        self.log.record(s.RoomTimeSet(at=now, room=room, card=permit.card))
        self._seat.clock.set_room(room, now.mono)

    def refuse_code(self, what: str) -> None:
        """Put a wrong, well-formed code on record."""
        self.log.record(s.CodeRefused(at=self._seat.clock.now(), what=what))

    def demand_no_wait(self) -> None:
        """Refuse to try another code too soon. WaitError."""
        _demand_none_left(self.wait())

    def finish(self, permit: Permit) -> None:
        """Close the session here: the secrets are erased, the sealed banks removed."""
        self.log.record(s.SessionClosed(at=self._seat.clock.now(), card=permit.card))
        self.cover()
        self.keys.forget()
        for path in self._opened.glob("*.db"):
            path.unlink()
        self.close()

    def cover(self) -> None:
        """Close roster and banks; card and PIN open them again."""
        if self.room is not None:
            self.room.close()
            self.room = None

    def close(self) -> None:
        """Close files; the session stays open on record."""
        self.cover()
        self.log.close()


def _demand_none_left(left: Millis) -> None:
    if left > 0:
        raise WaitError(seconds=-(-left // 1000))


def _check_lock(round_: Round, found: LockLevel) -> None:
    rules = round_.rules
    if found is LockLevel.PRACTICE:
        allowed = rules.kind in {RoundKind.DEMO, RoundKind.PRACTICE}
    else:
        allowed = not found < rules.lock_level
    if not allowed:
        raise LockTooWeakError(wanted=rules.lock_level.value, found=found.value)
