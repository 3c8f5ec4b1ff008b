"""Every test of the screens runs in the program's own font, style and palette."""

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.ui.theme.dress import dress_application
from kiosk.ui.theme.fonts import register_fonts
from kiosk.ui.theme.look import Look


@pytest.fixture(autouse=True, scope="session")
def dressed(qapp: QApplication) -> None:
    """Once for all tests: fonts and style."""
    register_fonts()
    dress_application(qapp, Look())
