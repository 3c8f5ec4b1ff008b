"""No part cuts its words, in any theme, at any size of type; with KIOSK_PICTURES=FOLDER pictures of it are kept."""

import pytest
from PySide6.QtCore import QSize, Qt
from pytestqt.qtbot import QtBot

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.tokens import Theme
from kiosk.ui.widgets.restyle import restyle
from tests.support.ui import assert_nothing_cut, keep_picture, stand, unnamed
from tests.ui.widgets.gallery import Components, ExamPage, StaffPage

TITLES = {Theme.LIGHT: "浅色 Light", Theme.DARK: "深色 Dark", Theme.CONTRAST: "高对比 High contrast"}


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("scale", [100, 200])
def test_components(qtbot: QtBot, theme: Theme, scale: int) -> None:
    page = Components(Look(theme=theme, scale=scale), TITLES[theme])
    qtbot.addWidget(page)
    stand(page, QSize(680, 1240) if scale == 100 else QSize(1160, 2100))
    page.focus.setFocus(Qt.FocusReason.TabFocusReason)
    keep_picture(page, f"components-{theme.value}-{scale}")
    assert_nothing_cut(page)
    assert not unnamed(page)


@pytest.mark.parametrize(
    ("theme", "size"),
    [(Theme.LIGHT, QSize(1920, 1080)), (Theme.DARK, QSize(1920, 1080)), (Theme.LIGHT, QSize(1024, 768))],
)
def test_exam_page(qtbot: QtBot, theme: Theme, size: QSize) -> None:
    page = ExamPage(Look(theme=theme).fitted(size.width()))
    qtbot.addWidget(page)
    stand(page, size)
    page.options.rows[2].setFocus(Qt.FocusReason.TabFocusReason)
    keep_picture(page, f"exam-{theme.value}-{size.width()}")
    assert_nothing_cut(page)


@pytest.mark.parametrize("scale", [100, 200])
def test_staff_page(qtbot: QtBot, scale: int) -> None:
    page = StaffPage(Look(scale=scale))
    qtbot.addWidget(page)
    stand(page, QSize(1920, 1480) if scale == 100 else QSize(2800, 2700))
    page.code.go_to(4)
    keep_picture(page, f"staff-{scale}")
    assert_nothing_cut(page)


def test_one_page_takes_every_look(qtbot: QtBot) -> None:
    page = Components(Look(), TITLES[Theme.LIGHT])
    qtbot.addWidget(page)
    stand(page, QSize(1700, 3000))
    for theme in Theme:
        for scale in (100, 150, 300):
            restyle(page, Look(theme=theme, scale=scale))
            assert_nothing_cut(page)
