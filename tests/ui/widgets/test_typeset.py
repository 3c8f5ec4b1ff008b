"""Lines of Chinese: where they break, how high they stand, that nothing is cut."""

import re

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.ui.theme.look import Look
from kiosk.ui.theme.measures import Role
from kiosk.ui.widgets.paragraph import Paragraph
from kiosk.ui.widgets.typeset import Face, Typeset
from tests.support.ui import role, spoken, stand

STEM = (
    "用 P507–磺化煤油从氯化稀土料液中萃取分离稀土，P507 以二聚体 (HA)~2~ 参加反应（“萃取”），"
    "测得 Nd^3+^、Dy^3+^ 与 𬭚^2+^ 的 lgD 与平衡 pH 的关系如图 1。下列说法正确的是（　）。"
)
FACE = Face(24, False, 38)
LEAST_FOR_COMPANY = 6 * FACE.pixels
"""The blank, its word and one more do not fit into less."""


@pytest.mark.parametrize("width", range(120, 1000, 40))
def test_no_line_breaks_where_none_may(width: int) -> None:
    lines = Typeset(STEM, FACE).lines(width)
    assert "".join(lines) == Typeset(STEM, FACE).plain
    for line in lines[1:]:
        assert line[0] not in "，。、：；？！）”"
    for line in lines[:-1]:
        assert line.rstrip()[-1] not in "（“"
    text = "\n".join(lines)
    assert not re.search(r"（\n|\n　|　\n|\n）|是\n（", text)
    assert not re.search(r"(Nd|Dy|𬭚)\n[32]\+", text)
    if width > LEAST_FOR_COMPANY:
        assert len(re.sub(r"[，。、：；？！（）“”　]", "", lines[-1])) > 1


def test_a_narrow_line_still_holds_every_sign() -> None:
    assert "".join(Typeset("𬭚𬭚𬭚 abcdefghijklmnop（　）。", FACE).lines(30)) == "𬭚𬭚𬭚 abcdefghijklmnop（　）。"


def test_leading_is_ours_whatever_font_helps_out() -> None:
    plain, mixed = Typeset("普通文字", FACE), Typeset("普通 𬭚𫖯 ^2+^ 文字", FACE)
    assert plain.height(2000) == mixed.height(2000) == FACE.leading
    assert Typeset("一\n二\n\n四", FACE).height(500) == 4 * FACE.leading


def drawn(source: str, *, struck: bool = False) -> QImage:
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    Typeset(source, FACE).draw(painter, QPointF(10, 10), 380, QColor("black"), struck=struck)
    painter.end()
    return image


def ink_rows(image: QImage, left: int, right: int) -> list[int]:
    return [
        y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 128 for x in range(left, right))
    ]


def test_raised_and_lowered_parts_are_smaller_and_off_the_line() -> None:
    level, raised, lowered = (ink_rows(drawn(source), 0, 400) for source in ("2", "^2^", "~2~"))
    assert len(raised) < 0.8 * len(level)
    assert raised[-1] < level[-1]
    assert lowered[-1] > level[-1]


def test_a_strike_goes_through_the_words() -> None:
    assert drawn("划除") != drawn("划除", struck=True)


def test_a_paragraph_is_as_high_as_its_width_makes_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    part = Paragraph(STEM, Look(), role=Role.STEM, name="stem")
    column.addWidget(part)
    column.addStretch(1)
    column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    stand(window, QSize(900, 900))
    wide = part.height()
    assert part.height() >= part.needed_height() > 0
    stand(window, QSize(400, 900))
    assert part.height() >= part.needed_height() > wide
    part.set_look(Look(scale=200))
    stand(window, QSize(400, 2400))
    assert part.height() >= part.needed_height()


def test_a_line_is_never_longer_than_its_measure(qtbot: QtBot) -> None:
    part = Paragraph("稀土" * 60, Look(), measure=42)
    qtbot.addWidget(part)
    part.resize(3000, 400)
    assert max(len(line) for line in part.lines()) == 42


def test_a_paragraph_is_read_without_marks(qtbot: QtBot) -> None:
    part = Paragraph("Nd~2~Fe~14~B **不**是", Look())
    qtbot.addWidget(part)
    assert spoken(part) == "Nd2Fe14B 不是"
    assert "StaticText" in str(role(part))
