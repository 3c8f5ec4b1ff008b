"""What is only shown: clock, banner, progress, pictures, steps, saved mark, frames, and the ring around the focus."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.exam.vocabulary import Language
from kiosk.ui.theme.dress import dress_window, qt_palette
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.paint import colour
from kiosk.ui.theme.stylesheet import stylesheet
from kiosk.ui.theme.tokens import COLOURS, Theme, Token
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.button import Button
from kiosk.ui.widgets.clock import Clock, Mood, clock_words
from kiosk.ui.widgets.facts import Fact, FactList, FactRow
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.focus_ring import REACH, FocusRing, ring_host
from kiosk.ui.widgets.frames import Card, FootBar, LockBand, TopBar
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.page import ScrollPage
from kiosk.ui.widgets.pictures import QUIET, LiveView, Photo, QrView
from kiosk.ui.widgets.progress import Progress, Share, widths
from kiosk.ui.widgets.restyle import restyle
from kiosk.ui.widgets.saved import SavedMark, Saving
from kiosk.ui.widgets.shown import set_shown
from kiosk.ui.widgets.sign import State, StatusSign
from kiosk.ui.widgets.steps import StepBar
from tests.support.ui import assert_nothing_cut, role, settle, spoken, stand


class Hold:
    """Puts parts into a window and keeps it alive until the test is over."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._windows: list[QWidget] = []

    def __call__(self, *items: QWidget, size: QSize | None = None) -> QWidget:
        window = QWidget()
        self._windows.append(window)
        self._qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for part in items:
            column.addWidget(part)
        column.addStretch(1)
        dress_window(window, Look())
        stand(window, size or QSize(900, 600))
        return window


@pytest.fixture
def hold(qtbot: QtBot) -> Hold:
    return Hold(qtbot)


@pytest.mark.parametrize(
    ("seconds", "short", "words"),
    [
        (3749, False, "01:02:29"),
        (0, False, "00:00:00"),
        (-5, False, "00:00:00"),
        (3749, True, "01:02"),
        (601, True, "00:10"),
        (600, True, "10:00"),
        (59, True, "00:59"),
    ],
)
def test_figures_of_the_clock(seconds: int, short: bool, words: str) -> None:
    assert clock_words(seconds, short=short) == words


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("language", list(Language))
def test_no_state_of_the_clock_takes_other_room(hold: Hold, short: bool, language: Language) -> None:
    clock = Clock(Look(language=language), short=short)
    hold(clock)
    sizes, pictures = set(), []
    for mood in Mood:
        clock.show_time(59, mood)
        sizes.add((clock.sizeHint().width(), clock.sizeHint().height()))
        pictures.append(clock.grab().toImage())
    clock.show_time(59, Mood.CALM, hidden=True)
    sizes.add((clock.sizeHint().width(), clock.sizeHint().height()))
    pictures.append(clock.grab().toImage())
    assert len(sizes) == 1
    assert all(a != b for at, a in enumerate(pictures) for b in pictures[:at])


@pytest.mark.parametrize("theme", list(Theme))
def test_the_clock_is_never_red(hold: Hold, theme: Theme) -> None:
    clock = Clock(Look(theme=theme))
    hold(clock)
    clock.show_time(5, Mood.LAST_MINUTE)
    image = clock.grab().toImage()
    seen = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
    assert COLOURS[theme][Token.BAD] not in seen


def test_the_clock_is_named_by_the_minute_and_asks_to_be_hidden(qtbot: QtBot, hold: Hold) -> None:
    clock = Clock(Look())
    hold(clock)
    clock.show_time(3749, Mood.CALM)
    assert spoken(clock) == "剩余时间 01:02"
    clock.show_time(3748, Mood.CALM)
    assert spoken(clock) == "剩余时间 01:02"
    spy = QSignalSpy(clock.clicked)
    QTest.mouseClick(clock, Qt.MouseButton.LeftButton)
    assert spy.count() == 1
    clock.show_time(3748, Mood.CALM, hidden=True)
    assert clock.accessibleDescription() == "显示时间"
    fixed = Clock(Look(), can_hide=False)
    qtbot.addWidget(fixed)
    fixed.show_time(9, Mood.CALM, hidden=True)
    assert fixed.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_banner_stays_until_it_is_settled(hold: Hold) -> None:
    banner = Banner(Look())
    hold(banner)
    assert banner.isHidden()
    banner.show_words(State.BAD, "第 3 组有数字输错", "只改这一组即可。", "改第 3 组")
    assert spoken(banner) == "第 3 组有数字输错 只改这一组即可。"
    spy = QSignalSpy(banner.acted)
    button = banner.findChild(Button, "banner-action")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert spy.count() == 1
    assert not banner.isHidden()
    banner.show_words(State.OK, "好了")
    assert button.isHidden()
    banner.settle()
    assert banner.isHidden()


def test_parts_without_a_parent_never_become_windows(qtbot: QtBot, hold: Hold) -> None:
    banner, field = Banner(Look()), Field("准考证号", Look(), name="number", unit="℃")
    label = Label("好", Look())
    for part in (banner, field, label):
        qtbot.addWidget(part)
    banner.show_words(State.WARN, "还有 10 分钟")
    set_shown(label, shown=True)
    assert not banner.isVisible()
    assert not label.isVisible()
    window = hold(banner, label, field)
    assert banner.isVisibleTo(window)
    assert label.isVisibleTo(window)


def test_what_is_missing_is_seen_however_little() -> None:
    parts = widths([Share(1390), Share(1, Token.BAD)], 1391, 300.0)
    assert parts[1] == 8.0
    assert sum(parts) <= 300.0
    assert widths([Share(0)], 10, 300.0) == [0.0]
    assert widths([Share(1)], 0, 300.0) == [0.0]


def test_progress_has_its_numbers(hold: Hold) -> None:
    bar = Progress(Look(), label="导出")
    hold(bar)
    bar.show_progress(1362, 1391, missing=5)
    assert (bar.value(), bar.maximum(), bar.accessibleDescription()) == (1362, 1391, "1,362 / 1,391")
    assert role(bar) == QAccessible.Role.ProgressBar
    image = bar.grab().toImage()
    found = {image.pixelColor(x, image.height() // 2).name().upper() for x in range(image.width())}
    assert {COLOURS[Theme.LIGHT][Token.ACCENT], COLOURS[Theme.LIGHT][Token.BAD]} <= found


def red_picture() -> QImage:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 10, 30))
    return image


@pytest.mark.parametrize("theme", list(Theme))
def test_a_picture_is_never_tinted(hold: Hold, theme: Theme) -> None:
    photo = Photo(QSize(120, 160), Look(theme=theme), alt="张示例")
    hold(photo)
    photo.set_image(red_picture())
    assert photo.grab().toImage().pixelColor(60, 80) == QColor(200, 10, 30)
    assert spoken(photo) == "张示例"
    photo.set_image(None)
    assert photo.grab().toImage().pixelColor(60, 20) != QColor(200, 10, 30)


def test_a_found_code_is_covered_at_once(hold: Hold) -> None:
    live = LiveView(QSize(288, 186), Look(), alt="摄像头画面")
    hold(live)
    live.set_image(red_picture())
    live.set_finder(True)
    live.set_found("已读到监考卡")
    assert live.covered
    image = live.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 288, 4) for y in range(0, 186, 4)}
    assert QColor(200, 10, 30).name() not in colours
    live.set_found("")
    assert live.grab().toImage().pixelColor(10, 90) == QColor(200, 10, 30)


@pytest.mark.parametrize("theme", list(Theme))
def test_a_code_is_black_on_white_with_its_quiet_zone(hold: Hold, theme: Theme) -> None:
    qr = QrView(37 * 4, Look(theme=theme), alt="回执码")
    hold(qr)
    qr.set_matrix([[True] * 29 for _ in range(29)])
    image = qr.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).name() for x in range(image.width())]
    assert row[: QUIET * 4] == ["#ffffff"] * QUIET * 4
    assert row[QUIET * 4 : -QUIET * 4] == ["#000000"] * 29 * 4
    assert row[-QUIET * 4 :] == ["#ffffff"] * QUIET * 4


def test_steps_are_said_in_words(hold: Hold) -> None:
    steps = StepBar(Look(), current=1)
    hold(steps)
    assert spoken(steps) == "签到，已完成；身份核验，当前；考前说明，未开始；开考，未开始"
    wide = steps.sizeHint().width()
    restyle(steps, Look(narrow=True, language=Language.EN))
    assert steps.sizeHint().width() < wide
    steps.set_current(4)
    assert "not yet" not in spoken(steps)


def test_the_saved_mark_never_moves_and_never_lies(hold: Hold) -> None:
    mark = SavedMark(Look())
    hold(mark)
    width = mark.sizeHint().width()
    heard = []
    for saving, time in (
        (Saving.NOTHING, ""),
        (Saving.SAVING, ""),
        (Saving.SAVED, "14:27:31"),
        (Saving.SAVING, ""),
        (Saving.STOPPED, ""),
    ):
        mark.show_saving(saving, time)
        heard.append(spoken(mark))
        assert mark.sizeHint().width() == width
    assert heard == ["还没有作答", "正在保存", "已保存 14:27:31", "正在保存", "没有保存"]


def test_the_ring_follows_the_focus_and_stays_off_the_part(hold: Hold) -> None:
    first, second = Button("上一题", Look(), name="back"), Field("准考证号", Look(), name="number")
    window = hold(first, second)
    ring = FocusRing(window, Look())
    first.setFocus()
    settle()
    assert ring.geometry() == first.geometry().adjusted(-REACH, -REACH, REACH, REACH)
    second.editor.setFocus()
    settle()
    host, _radius = ring_host(second.editor)
    assert host is not second.editor
    at = host.mapTo(window, QPoint(0, 0))
    assert ring.geometry() == QRect(at, host.size()).adjusted(-REACH, -REACH, REACH, REACH)
    window.resize(700, 500)
    settle()
    assert ring.geometry().width() == host.width() + 2 * REACH
    second.hide()
    settle()
    assert ring.geometry() == first.geometry().adjusted(-REACH, -REACH, REACH, REACH)


def test_the_ring_can_be_seen_and_lets_clicks_through(hold: Hold) -> None:
    button = Button("好", Look(), name="ok")
    window = hold(button)
    ring = FocusRing(window, Look())
    button.setFocus()
    settle()
    image = window.grab().toImage()
    at = button.geometry()
    assert image.pixelColor(at.center().x(), at.top() - REACH + 1) == colour(Look(), Token.FOCUS)
    assert image.pixelColor(at.center().x(), at.top() - 1) == colour(Look(), Token.PAGE)
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    button.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
    assert ring.isHidden()


def test_a_page_scrolls_the_focus_into_view_with_room_to_spare(hold: Hold) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    buttons = [Button(f"第 {n} 行", Look(), name=f"row-{n}") for n in range(30)]
    for button in buttons:
        column.addWidget(button)
    page = ScrollPage(content, Look())
    window = hold(size=QSize(400, 300))
    layout = window.layout()
    assert isinstance(layout, QLayout)
    layout.addWidget(page)
    ring = FocusRing(window, Look())
    stand(window, QSize(400, 300))
    buttons[15].setFocus()
    settle()
    top = buttons[15].mapTo(page.viewport(), QPoint(0, 0)).y()
    assert 24 <= top <= page.viewport().height() - buttons[15].height() - 24
    page.verticalScrollBar().setValue(0)
    settle()
    assert ring.isHidden()


def test_frames_hold_their_words_at_every_size(hold: Hold) -> None:
    bar, foot = TopBar(Look(), title="稀土冶炼工", facts="张示例𬭚 | 机位 A-17"), FootBar(Look())
    foot.left.addWidget(Button("上一题", Look(), name="back"))
    band, card = LockBand(Look()), Card(Look(), heading="监考卡", note="1 / 2 已读取")
    band.set_words(label="机位", seat="A-17", room="考场 2-03", since_label="锁定于", since="14:27:33")
    facts = FactList([Fact("姓名", "张示例"), Fact("单位", "示例冶炼分厂" * 6)], Look())
    row = FactRow([Fact("已答", "76"), Fact("未答", "4", Token.WARN)], Look())
    card.body.addWidget(facts)
    card.body.addWidget(row)
    window = hold(bar, card, foot, StatusSign(State.OK, "正常", Look()), band, size=QSize(1200, 2400))
    assert (bar.height(), foot.height()) == (72, 76)
    for look in (Look(narrow=True), Look(theme=Theme.CONTRAST, scale=200), Look(scale=300, narrow=True)):
        restyle(window, look)
        assert_nothing_cut(window)
    facts.set_facts([Fact("姓名", "李示例")])
    row.set_facts([Fact("已答", "77"), Fact("未答", "3")])
    bar.set_words("稀土冶炼工")
    settle()
    assert_nothing_cut(window)


def test_nothing_falls_back_to_the_desktop() -> None:
    for theme in Theme:
        palette = qt_palette(Look(theme=theme))
        names = {palette.color(role_).name().upper() for role_ in (palette.ColorRole.Window, palette.ColorRole.Base)}
        assert names <= set(COLOURS[theme].values())
        sheet = stylesheet(Look(theme=theme))
        used = {word.strip(";").upper() for word in sheet.split() if word.startswith("#")}
        assert used <= set(COLOURS[theme].values())


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_leaves_ink(hold: Hold, icon: Icon) -> None:
    button = Button("名称", Look(), name="icon", icon=icon, icon_only=True)
    plain = Button("名称", Look(), name="none", icon_only=True)
    hold(button, plain)
    button.resize(48, 48)
    plain.resize(48, 48)
    assert button.grab().toImage() != plain.grab().toImage()
    assert spoken(button) == "名称"
