"""The demo's sheet of paper holds the card up, takes it away, and shows nothing cut."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.crypto.card import new_card
from kiosk.rehearsal.demo_sheet import Sheet, SheetWindow
from kiosk.ui.theme.look import Look
from kiosk.ui.widgets.button import Button
from tests.support.ui import assert_nothing_cut


def sheet(controls: Path | None) -> Sheet:
    return Sheet(
        release_code="253242 232254 560285 668855",
        card=new_card("58aa4c-1").to_text(),
        holder="示例监考𬭚",
        pin="240371",
        candidates=("A-01  202611040041  张示例", "A-02  202611040042  李𬭚样"),
        controls=controls,
    )


def test_the_button_holds_the_card_up_and_takes_it_away(qtbot: QtBot, tmp_path: Path) -> None:
    window = SheetWindow(sheet(tmp_path), Look())
    qtbot.addWidget(window)
    window.show()
    assert_nothing_cut(window)
    button = window.findChild(Button, "demo-hold")
    assert button is not None
    seen = []
    for _ in range(3):
        button.click()
        seen.append((tmp_path / "show.png").exists())
    assert seen == [True, False, True]


@pytest.mark.parametrize("drawn", [True, False])
def test_only_a_drawn_camera_can_be_shown_a_card(qtbot: QtBot, tmp_path: Path, drawn: bool) -> None:
    window = SheetWindow(sheet(tmp_path if drawn else None), Look())
    qtbot.addWidget(window)
    window.show()
    button = window.findChild(Button, "demo-hold")
    assert button is not None
    assert button.isVisible() is drawn
