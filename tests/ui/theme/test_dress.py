"""A window takes new colours while it is open, not only when it is made."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.ui.theme.dress import dress_window
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.tokens import COLOURS, Theme, Token


@pytest.mark.parametrize("theme", [Theme.DARK, Theme.CONTRAST])
def test_an_open_window_takes_another_theme_and_comes_back(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    window.resize(80, 80)
    look = Look()
    shown = []
    for now in (look, replace(look, theme=theme), look):
        dress_window(window, now)
        shown.append(window.grab().toImage().pixelColor(40, 40).name().upper())
    assert shown == [COLOURS[now][Token.PAGE].upper() for now in (Theme.LIGHT, theme, Theme.LIGHT)]
