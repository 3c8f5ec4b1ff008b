"""What the unlock screen does when everything is in: cards with their PINs, release code or unlock file, room clock.

Rules: a card acts only with its PIN; the room's clock is confirmed by the first card; once the keys are open the seat
is unlocked, even if the stick then takes no unlock file. It keeps no code, card or PIN.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.crypto.card import PIN_DIGITS, SHARE_GROUPS
from kiosk.crypto.codes import RELEASE_GROUPS, GroupState, check_group
from kiosk.errors import StorageError
from kiosk.exam.vocabulary import CardId, Millis
from kiosk.station.session_desk import SessionDesk
from kiosk.station.station import Station

__all__ = [
    "PIN_DIGITS",
    "RELEASE_GROUPS",
    "SHARE_GROUPS",
    "KnownCard",
    "ShownCard",
    "group_passes",
    "know_card",
    "unlock_seat",
]

UNLOCK = "unlock"
"""The purpose under which a card's use is put on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCard:
    """A card of this room: whose it is, and what was read of it."""

    id: CardId
    holder: str
    reserve: bool
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    """A card's text with the PIN that was typed for it."""

    text: str = field(repr=False)
    pin: str = field(repr=False)


def group_passes(digits: str) -> bool:
    """Tell whether six digits pass the check of their group; that finds slips, it does not know the code."""
    return check_group(digits) is GroupState.OK


def know_card(desk: SessionDesk, text: str) -> KnownCard:
    """Read a card and say whose it is. UnlockError leaves; CardBlockedError."""
    entry = desk.keys.entry(desk.card(text))
    return KnownCard(id=entry.id, holder=entry.holder, reserve=entry.reserve, text=text)


def unlock_seat(
    station: Station, shown: Sequence[ShownCard], *, code: str, file: Path | None, stick: Path | None, ahead: Millis
) -> StorageError | None:
    """Unlock with a typed code, or with the first card's unlock file; `ahead` is the room's clock less the PC's.

    Returns why no unlock file was left on the stick, if so. UnlockError leaves and WaitError: the seat stays locked.
    """
    desk = station.desk
    cards = [desk.card(each.text) for each in shown]
    permits = [desk.authorise(card, each.pin, UNLOCK) for card, each in zip(cards, shown, strict=True)]
    unwritten = None
    try:
        if file is not None:
            desk.unlock_from_stick(file, cards)
        else:
            desk.unlock(code, cards, stick=stick)
    except StorageError as error:
        if desk.room is None:
            raise
        unwritten = error
    desk.set_room_time(station.now().wall + ahead, permits[0])
    return unwritten
