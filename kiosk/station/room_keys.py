"""Opening a session's keys: release code and cards once, afterwards a card alone.

Rules: a slot opens with the release share and every card it asks for; a wrong code and a wrong card are told apart;
what opened is wrapped again for each card of the room under this PC's secret, so that after a crash card and PIN
suffice, and is erased at closing. It does not count tries: the session journal does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.card import Card, check_pin
from kiosk.crypto.codes import RELEASE_GROUPS, decode_code
from kiosk.crypto.derive import hkdf, stretch
from kiosk.crypto.slots import SUITE, Slot, WrongCardError, find_card, find_slot, open_slot, shares_of
from kiosk.crypto.unlock import (
    MAX_FILE_BYTES,
    open_resume,
    resume_key,
    unlock_file_open,
    unlock_file_wrap,
    wrap_resume,
)
from kiosk.exam.round import CardEntry, Round, Session
from kiosk.exam.vocabulary import CardId, SittingId
from kiosk.formats.slot_payload import PURPOSE, SlotPayload, decode_payload, encode_payload
from kiosk.storage.files import erase, read_file, write_durably, write_private


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomKeys:
    """The slots of one session and how they open at this PC."""

    round: Round
    session: Session
    slots: Sequence[Slot]
    device_secret: bytes
    folder: Path

    def card_from(self, text: str) -> Card:
        """Read a card from its QR text or from its eight typed groups. UnlockError leaves; WrongCardError."""
        card = Card.from_text(text) if ":" in text else self._typed(text)
        self.entry(card)
        return card

    def _typed(self, text: str) -> Card:
        share = Card.from_groups("typed", text).share
        return find_card(self.slots, share)

    def entry(self, card: Card) -> CardEntry:
        """Return what the round says of a card. WrongCardError when it is not this room's."""
        found = self.round.card(CardId(card.id))
        if found is None or find_card(self.slots, card.share).id != card.id:
            raise WrongCardError(card=card.id)
        return found

    def check_pin(self, card: Card, pin: str) -> CardEntry:
        """Check a card's PIN. WrongPinError, CodeLengthError, LetterInCodeError."""
        entry = self.entry(card)
        check_pin(entry.pin_verifier, share=card.share, pin=pin, salt=entry.pin_salt)
        return entry

    def release_share(self, code: str) -> bytes:
        """Stretch a typed release code; about half a second. MistypedCodeError and its kin say where a slip is."""
        return stretch(decode_code(code, groups=RELEASE_GROUPS), salt=self.session.salt, suite=SUITE)

    def open(self, release: bytes, cards: Sequence[Card]) -> SlotPayload:
        """Open the session's keys. WrongCodeError, WrongCardError, CardsNeededError."""
        slot = find_slot(self.slots, cards=cards, purpose=PURPOSE, session=self.session.id)
        return decode_payload(open_slot(slot, release=release, shares=shares_of(cards)))

    def write_unlock_file(self, stick: Path, release: bytes, card: Card) -> Path:
        """Put the release share on the invigilator's stick, for the further seats. FileWriteError."""
        path = stick / f"{self.round.package_id}.{self.session.id}.{card.id}.kunlock".lower()
        names = {"package": self.round.package_id, "session": self.session.id}
        write_durably(path, unlock_file_wrap(release, room_salt=self.session.salt, card=card, **names))
        return path

    def read_unlock_file(self, path: Path, card: Card) -> bytes:
        """Read the release share from the stick. DamagedUnlockError, OtherUnlockError, FileReadError."""
        names = {"package": self.round.package_id, "session": self.session.id}
        data = read_file(path, limit=MAX_FILE_BYTES)
        return unlock_file_open(data, room_salt=self.session.salt, card=card, **names)

    def _slot_path(self, card: str) -> Path:
        return self.folder / f"resume-{card}.slot"

    @property
    def kept(self) -> bool:
        """Tell whether there is a resume slot: the seat was unlocked and not closed."""
        return any(self.folder.glob("resume-*.slot"))

    def keep(self, payload: SlotPayload) -> None:
        """Write a resume slot for every card of the room."""
        body = encode_payload(payload)
        names = {"package": self.round.package_id, "session": self.session.id}
        for card, key in payload.resume_keys.items():
            data = wrap_resume(body, device_secret=self.device_secret, resume_key=key, card=card, **names)
            write_private(self._slot_path(card), data)

    def resume(self, card: Card) -> SlotPayload:
        """Open the resume slot of a card. DamagedUnlockError, OtherUnlockError, FileReadError."""
        names = {"package": self.round.package_id, "session": self.session.id}
        data = read_file(self._slot_path(card.id), limit=MAX_FILE_BYTES)
        key = resume_key(card.share, **names)
        return decode_payload(
            open_resume(data, device_secret=self.device_secret, resume_key=key, card=card.id, **names)
        )

    def forget(self) -> None:
        """Erase every resume slot."""
        for path in self.folder.glob("resume-*.slot"):
            erase(path)

    def sitting_key(self, payload: SlotPayload, sitting: SittingId) -> bytes:
        """Derive the key of a sitting's journal: needs the room key and this PC's secret."""
        return hkdf([payload.room_key, self.device_secret, sitting.encode()], salt=b"", info=b"kiosk sitting journal 1")
