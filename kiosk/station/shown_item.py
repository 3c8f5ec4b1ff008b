"""The item on the screen, decrypted once when it is turned to, not at every look.

Rules: an item that does not open is said to be damaged once; the others are not touched by it.
"""

from kiosk.errors import KioskError
from kiosk.exam.bank import Item
from kiosk.exam.sitting import Sitting
from kiosk.exam.vocabulary import ItemId
from kiosk.station.open_room import OpenRoom


class ShownItem:
    """Remembers the item that was turned to last."""

    def __init__(self) -> None:
        self._last: ItemId | None = None
        self.item: Item | None = None

    @property
    def damaged(self) -> bool:
        """Whether the item that was turned to last does not open."""
        return self._last is not None and self.item is None

    def turn_to(self, room: OpenRoom, sitting: Sitting) -> bool:
        """Follow the sitting to its current item; tell whether one was met for the first time that does not open."""
        if sitting.current == self._last:
            return False
        self._last, self.item = sitting.current, None
        if sitting.current is not None:
            try:
                self.item = room.item(sitting.opened.form.bank, sitting.current)
            except KioskError:
                return True
        return False
