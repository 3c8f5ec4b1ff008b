"""Unlocking at the real window: by camera and by keys, slips, wrong codes, wrong PINs, foreign cards, the stick."""

from pathlib import Path

from PySide6.QtCore import Qt

from kiosk.station.view import Stage
from tests.ui.screens.staff import at_locked


def test_card_code_and_pin_unlock(tmp_path: Path) -> None:
    with at_locked(tmp_path) as who:
        who.press("lock-act")
        assert who.screen.objectName() == "unlock"
        who.type(who.code())
        who.show_card()
        assert who.enabled("unlock-act")
        who.key(Qt.Key.Key_Return)
        who.wait_until_shown("sign-in")
        assert who.view.stage is Stage.SIGN_IN
        assert who.view.now.room is not None
        assert list(who.seat.world.stick.glob("*.kunlock"))
