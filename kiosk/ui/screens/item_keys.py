"""The keys that the exam and the practice share, and how they pass fields that would keep them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

KeyPair = tuple[Qt.Key, bool]
"""A key, and whether Ctrl is held."""

STEPS: dict[KeyPair, int] = {
    (Qt.Key.Key_Left, True): -1,
    (Qt.Key.Key_Right, True): 1,
    (Qt.Key.Key_PageUp, False): -1,
    (Qt.Key.Key_PageDown, False): 1,
}
SCROLLS: dict[KeyPair, int] = {(Qt.Key.Key_Up, True): -1, (Qt.Key.Key_Down, True): 1}
MARK: KeyPair = (Qt.Key.Key_M, True)
PASSED: frozenset[KeyPair] = frozenset({*STEPS, *SCROLLS, MARK})


def key_pair(event: QKeyEvent) -> KeyPair:
    """The key of an event with whether Ctrl is held."""
    return Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
