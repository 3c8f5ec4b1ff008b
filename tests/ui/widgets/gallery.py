"""Every part of the screens on one page, in all its states: for the eye, and for the tests that nothing is cut."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from kiosk.ui.theme.dress import dress_window
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.theme.tokens import Token
from kiosk.ui.widgets.banner import Banner
from kiosk.ui.widgets.button import Button, Kind, Size
from kiosk.ui.widgets.cell import CellState
from kiosk.ui.widgets.cell_grid import Section
from kiosk.ui.widgets.check_row import CheckRow
from kiosk.ui.widgets.clock import Clock, Mood
from kiosk.ui.widgets.code_field import CodeField
from kiosk.ui.widgets.digits import DigitBox
from kiosk.ui.widgets.drop_down import DropDown
from kiosk.ui.widgets.facts import Fact, FactList, FactRow
from kiosk.ui.widgets.field import Field
from kiosk.ui.widgets.focus_ring import FocusRing
from kiosk.ui.widgets.frames import Card, FootBar, Ground, LockBand, TopBar
from kiosk.ui.widgets.icons import Icon
from kiosk.ui.widgets.label import Label
from kiosk.ui.widgets.minutes import MinuteStepper
from kiosk.ui.widgets.option import OptionState
from kiosk.ui.widgets.option_list import TRUE_FALSE, OptionList
from kiosk.ui.widgets.palette import ItemPalette, PaletteStrip
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.pictures import LiveView, Photo, QrView
from kiosk.ui.widgets.progress import Progress, Share
from kiosk.ui.widgets.saved import SavedMark, Saving
from kiosk.ui.widgets.sign import State, StatusSign
from kiosk.ui.widgets.steps import StepBar
from kiosk.ui.widgets.text_area import TextArea
from kiosk.ui.widgets.tools import LanguageSwitch, ThemeButton, TypeStepper

STEM = (
    "用 P507–磺化煤油从氯化稀土料液中萃取分离稀土，P507 以二聚体 (HA)~2~ 参加反应：\n"
    "萃取剂浓度和温度一定时，测得 Nd^3+^、Dy^3+^ 的 lgD 与平衡 pH 的关系如图 1。下列说法**不正确**的是（　）。"
)
OPTIONS = (
    "直线的斜率约为 3，与每萃入 1 个 RE^3+^ 置换出 3 个 H^+^ 相符",
    "平衡 pH 升高，稀土的分配比 D 减小",
    "平衡 pH 相同时，Nd^3+^ 的分配比大于 Dy^3+^",
    "提高水相酸度，有利于稀土由水相进入有机相",
)
STATES = (OptionState(selected=True), OptionState(selected=True, saved=True), OptionState(), OptionState(struck=True))
SECTIONS = (Section("一、单项选择题", 1, 40), Section("二、多项选择题", 41, 60), Section("三、判断题", 61, 80))


def portrait() -> QImage:
    """A made-up picture of somebody."""
    size = QSize(640, 480)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("#A3ADAA"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width, height = size.width(), size.height()
    for name, x, y, w, h in (
        ("#34576A", 0.3, 0.72, 0.4, 0.5),
        ("#2B2F33", 0.39, 0.2, 0.22, 0.4),
        ("#D8B79E", 0.41, 0.3, 0.18, 0.34),
    ):
        painter.setBrush(QColor(name))
        painter.setPen(QColor(name))
        painter.drawEllipse(round(x * width), round(y * height), round(w * width), round(h * height))
    painter.end()
    return image


def states() -> dict[int, CellState]:
    """The palette of look/exam.png."""
    marked = {9, 17, 23, 24}
    return {n: CellState(seen=n < 26, answered=n < 24, marked=n in marked) for n in range(1, 81)}


def rows(*items: QWidget | QLayout, spacing: int) -> QVBoxLayout:
    """A column."""
    column = QVBoxLayout()
    column.setSpacing(spacing)
    for item in items:
        if isinstance(item, QWidget):
            column.addWidget(item)
        else:
            column.addLayout(item)
    return column


def line(*items: QWidget, spacing: int) -> QHBoxLayout:
    """A row, left aligned."""
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for item in items:
        row.addWidget(item)
    row.addStretch(1)
    return row


class Components(QWidget):
    """The page of look/components.png."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self.look = look
        self.focus = Button("下一题", look, name="next", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT)
        self.options = OptionList("ABCD", ("料液酸度", "萃取剂皂化度", "相比 O/A", "搅拌电机的颜色"), look)
        self.options.set_states((STATES[2], STATES[1], STATES[0], STATES[3]))
        column = rows(
            Label(title, look, role=Role.HEADING),
            self._caption("按钮：主要（焦点）、次要、按下、危险、不可用"),
            self._buttons(),
            self._caption("选项：未选、已选、焦点、划除"),
            self.options,
            self._caption("题号：未看、未答、已答、标记、已答并标记、当前"),
            self._cells(),
            self._caption("计时：平常、最后 10 分钟、最后 1 分钟、已停表"),
            self._clocks(),
            self._caption("状态：形状和文字都要有"),
            self._signs(),
            self._caption("提示条"),
            *self._banners(),
            spacing=look.space(12),
        )
        column.setContentsMargins(40, 40, 40, 40)
        column.addStretch(1)
        self.setLayout(column)
        dress_window(self, look)
        self.ring = FocusRing(self, look)

    def _caption(self, words: str) -> Label:
        return Label(words, self.look, role=Role.TOOL, ink=Token.INK2)

    def _buttons(self) -> QHBoxLayout:
        look = self.look
        marked = Button("已标记", look, name="marked", icon=Icon.FLAG)
        marked.set_on(True)
        disabled = Button("解锁", look, name="unlock", icon=Icon.LOCK)
        disabled.setEnabled(False)
        back = Button("上一题", look, name="back")
        void = Button("作废…", look, name="void", kind=Kind.DANGER)
        return line(self.focus, back, marked, void, disabled, spacing=10)

    def _cells(self) -> PaletteStrip:
        strip = PaletteStrip(self.look, ground=Token.PAGE)
        cells = {21: CellState(), 22: CellState(seen=True), 23: CellState(seen=True, answered=True)}
        cells |= {24: CellState(seen=True, marked=True), 25: CellState(seen=True, answered=True, marked=True)}
        strip.set_states(cells | {26: CellState(seen=True)}, 26)
        return strip

    def _clocks(self) -> QLayout:
        grid = QGridLayout()
        for at, (seconds, mood) in enumerate(
            ((3749, Mood.CALM), (582, Mood.WARN), (42, Mood.LAST_MINUTE), (2955, Mood.STOPPED))
        ):
            clock = Clock(self.look, name=f"clock-{at}")
            clock.show_time(seconds, mood)
            grid.addWidget(clock, at // 2, at % 2)
        grid.setColumnStretch(2, 1)
        return grid

    def _signs(self) -> QLayout:
        words = ("正常", "提醒", "不合格", "进行中", "等待", "说明", "停表")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        for at, (state, word) in enumerate(zip(State, words, strict=True)):
            grid.addWidget(StatusSign(state, word, self.look, role=Role.LABEL), at // 4, at % 4)
        grid.setColumnStretch(4, 1)
        return grid

    def _banners(self) -> list[QWidget]:
        shown: list[QWidget] = []
        for state, title, body, action in (
            (State.WARN, "还有 10 分钟", "到 15:30 自动交卷，已保存的都算。", ""),
            (State.OK, "已读回核对，40 份成绩包完整", "", ""),
            (
                State.BAD,
                "第 3 组有数字输错",
                "请对照启封码通知单，只改这一组。输错数字不计次数，也不会延时。",
                "改第 3 组",
            ),
        ):
            banner = Banner(self.look, name=f"banner-{state.value}")
            banner.show_words(state, title, body, action)
            shown.append(banner)
        return shown


class ExamPage(QWidget):
    """The page of look/exam.png, from parts only."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.palette_ = ItemPalette(look)
        self.palette_.set_sections(SECTIONS)
        self.palette_.set_states(states(), 23)
        self.options = OptionList("ABCD", OPTIONS, look)
        self.options.set_states((STATES[1], STATES[2], STATES[2], STATES[3]))
        top, foot = self._top(), self._foot()
        rail = Ground(look, name="rail")
        rail.setFixedWidth(236 if look.narrow else 344)
        inside = QVBoxLayout(rail)
        side = look.space(16 if look.narrow else 24)
        inside.setContentsMargins(side, side, side, side)
        inside.addLayout(self._person())
        inside.addWidget(self.palette_, 1)
        sheet = QVBoxLayout()
        margin = look.space(24 if look.narrow else 56)
        sheet.setContentsMargins(margin, look.space(32), margin, 0)
        sheet.setSpacing(look.space(16))
        sheet.addLayout(self._heading())
        body = QHBoxLayout()
        body.setSpacing(look.space(40))
        body.addLayout(rows(Paragraph(STEM, look, role=Role.STEM), self.options, spacing=look.space(24)), 1)
        if not look.narrow:
            card = Card(look, heading="图 1")
            card.setFixedWidth(560)
            body.addWidget(card)
        sheet.addLayout(body)
        sheet.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(sheet, 1)
        right.addWidget(foot)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(rail)
        middle.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addLayout(middle, 1)
        dress_window(self, look)
        self.ring = FocusRing(self, look)

    def _top(self) -> TopBar:
        look = self.look
        bar = TopBar(
            look, title="稀土冶炼工 | 三级/高级工", facts="" if look.narrow else "理论知识考试", stacked=True, side=28
        )
        clock = Clock(look)
        clock.show_time(3749, Mood.CALM)
        for tool in (LanguageSwitch(look), TypeStepper(look), ThemeButton(look)):
            bar.right.addWidget(tool)
        bar.add_separator()
        bar.right.addWidget(clock)
        return bar

    def _foot(self) -> FootBar:
        look = self.look
        foot = FootBar(look)
        marked = Button("已标记", look, name="mark", icon=Icon.FLAG)
        marked.set_on(True)
        saved = SavedMark(look)
        saved.show_saving(Saving.SAVED, "14:27:31")
        foot.left.addWidget(Button("上一题", look, name="previous", icon=Icon.CHEVRON_LEFT))
        foot.left.addWidget(Button("下一题", look, name="next", kind=Kind.PRIMARY, icon_after=Icon.CHEVRON_RIGHT))
        foot.left.addWidget(marked)
        foot.left.addWidget(Button("清除作答", look, name="clear", kind=Kind.QUIET, icon=Icon.ERASER))
        if not look.narrow:
            foot.left.addWidget(Button("计算器", look, name="calculator", kind=Kind.QUIET, icon=Icon.CALCULATOR))
            foot.right.addWidget(saved)
        foot.right.addWidget(Button("检查并交卷", look, name="review"))
        return foot

    def _person(self) -> QHBoxLayout:
        look = self.look
        photo = Photo(QSize(66, 88), look, alt="张示例")
        photo.set_image(portrait())
        row = QHBoxLayout()
        row.setSpacing(look.space(16))
        if not look.narrow:
            row.addWidget(photo)
        words = rows(
            Label("张示例", look, role=Role.RAIL),
            Label("2026 1104 0042", look, role=Role.TOOL, ink=Token.INK2),
            Label("机位 A-17", look, role=Role.TOOL, ink=Token.INK2),
            spacing=0,
        )
        row.addLayout(words, 1)
        return row

    def _heading(self) -> QHBoxLayout:
        look = self.look
        return line(
            Label("第 23 题", look, role=Role.HEADING),
            Label("共 80 题", look, role=Role.LABEL, ink=Token.INK2),
            spacing=12,
        )


class StaffPage(QWidget):
    """Parts that invigilators handle."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        band = LockBand(look)
        band.set_words(label="机位", seat="A-17", room="考场 2-03", since_label="锁定于", since="14:27:33")
        grid = QGridLayout()
        grid.setContentsMargins(look.space(24), look.space(24), look.space(24), look.space(24))
        grid.setSpacing(look.space(24))
        grid.addWidget(self._code(), 0, 0, 1, 2)
        grid.addWidget(self._camera(), 1, 0)
        grid.addWidget(self._panel(), 1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(band)
        row.addLayout(grid, 1)
        dress_window(self, look)
        self.ring = FocusRing(self, look)

    def _code(self) -> Card:
        look = self.look
        self.code = CodeField(4, look, lambda group: group != "640317", columns=2 if look.narrow else 4)
        box = self.code.findChildren(DigitBox)[0]
        box.put("283041519882640317412")
        card = Card(look, heading="启封码", note="4 组，每组 6 位数字")
        pin = DigitBox(look, gap_after=0, hidden=True, label="PIN", name="pin")
        pin.put("12")
        pin.setFixedWidth(pin.sizeHint().width())
        card.body.addWidget(StepBar(look, current=1))
        card.body.addWidget(self.code)
        card.body.addWidget(
            FactRow([Fact("已保存作答", "23 题"), Fact("剩余时间", "01:02:29"), Fact("未答", "4", Token.WARN)], look)
        )
        card.body.addWidget(pin)
        return card

    def _camera(self) -> Card:
        look = self.look
        card = Card(look, heading="监考卡", note="1 / 2 已读取")
        size = QSize(288, 186)
        live, found = LiveView(size, look, alt="摄像头画面"), LiveView(size, look, alt="摄像头画面", name="found")
        live.set_image(portrait())
        live.set_finder(True)
        found.set_image(portrait())
        found.set_found("已读到监考卡")
        matrix = [[(x * y + x + y) % 3 == 0 for x in range(29)] for y in range(29)]
        qr = QrView(148, look, alt="回执码")
        qr.set_matrix(matrix)
        pictures = QHBoxLayout()
        pictures.addWidget(live)
        pictures.addWidget(found)
        pictures.addStretch(1)
        facts = FactList(
            [Fact("姓名", "张示例𬭚"), Fact("单位", "示例冶炼分厂"), Fact("考试时间", "14:00–15:30（90 分钟）")], look
        )
        below = QHBoxLayout()
        below.addWidget(qr)
        below.addWidget(facts, 1)
        card.body.addLayout(pictures)
        card.body.addLayout(below)
        for at, words in enumerate(("脸与报名照片相符", "证件与姓名相符")):
            check = CheckRow(words, look, name=f"check-{at}")
            check.setChecked(at == 0)
            card.body.addWidget(check)
        progress = Progress(look, label="导出")
        progress.show_shares([Share(38)], [Share(1, Token.BAD)], 40)
        card.body.addWidget(progress)
        return card

    def _panel(self) -> Card:
        look = self.look
        card = Card(look, heading="补时")
        reasons = [("device", "设备原因：键盘或鼠标故障"), ("room", "考场原因：停电"), ("other", "其他，写在说明里")]
        self.reason = DropDown(reasons, look, label="原因", name="reason", current="device")
        note = TextArea("说明，可不填", look, name="note")
        note.set_value("暂停前键盘失灵约 5 分钟，已更换。")
        number = Field("准考证号", look, name="number", role=Role.CARD, bold=True)
        number.set_value("2026 1104 0042")
        number.set_state(State.OK, "与本机位的安排一致")
        numeric = Field("分配比", look, name="numeric", unit="mol/L", width=320)
        numeric.set_value("１２.5")
        truth = OptionList(TRUE_FALSE, ("正确", "错误"), look, can_strike=False)
        many = OptionList("A", ("多选题的一项",), look, multiple=True)
        many.set_states((OptionState(selected=True, saved=True),))
        card.body.addWidget(MinuteStepper(look))
        for part in (self.reason, note, number, numeric, truth, many):
            card.body.addWidget(part)
        card.body.addWidget(Button("监考员解锁", look, name="open", kind=Kind.PRIMARY, size=Size.LARGE, icon=Icon.KEY))
        return card
