"""An invigilator card is one page: a code the camera reads, the same share to type, and whose card it is."""

import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import cv2
import numpy as np
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from kiosk.crypto.card import Card
from kiosk.exam.vocabulary import CardId, Text
from kiosk.paper.card import CODE_WIDTH, HEIGHT, WIDTH, CardFace, card_svg
from kiosk.paper.qr import qr_matrix

CARD = Card(id="3f9a2c-1", share=bytes(range(16)))
"""One fixed card: OpenCV fails on about one code in a hundred in a single view, and a camera takes many views."""
SVG = "{http://www.w3.org/2000/svg}"


def face(**changes: Any) -> CardFace:
    made = CardFace(
        id=CardId(CARD.id),
        holder="欧阳𬭚 ０７",
        reserve=False,
        room=Text(zh="第三考场", en="Room three"),
        round=Text(zh="2026年第11批次", en="Round 11 of 2026"),
        groups=CARD.groups(),
        text=CARD.to_text(),
    )
    return replace(made, **changes)


def words(svg: bytes) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own file


def test_the_card_says_whose_it_is_in_both_languages() -> None:
    shown = words(card_svg(face(note=Text(zh="随身携带", en="Keep it on you"))))
    for text in ("监考员卡", "Invigilator card", "欧阳𬭚 ０７", "第三考场", "Room three", "3f9a2c-1", "随身携带"):
        assert text in shown
    assert [text for text in shown if re.fullmatch(r"\d{6}", text)] == list(CARD.groups())


def test_a_reserve_card_says_so() -> None:
    shown = words(card_svg(face(reserve=True)))
    assert "备用监考员卡" in shown
    assert "监考员卡" not in shown


def test_the_code_is_large_enough_and_has_its_quiet_zone() -> None:
    root = ET.fromstring(card_svg(face()))  # noqa: S314 - our own file
    assert (root.get("width"), root.get("height")) == (f"{WIDTH}mm", f"{HEIGHT}mm")
    group = root.find(f"{SVG}g")
    assert group is not None
    found = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)", group.get("transform") or "")
    assert found
    left, top, module = map(float, found.groups())
    width = module * len(qr_matrix(CARD.to_text()))
    assert abs(width - CODE_WIDTH) < 0.01
    assert CODE_WIDTH >= 60
    assert min(left, top) >= 4 * module
    texts = list(root.iter(f"{SVG}text"))
    assert all(
        float(node.get("x") or 0) > left + width + 4 * module or float(node.get("y") or 0) > top + width + 4 * module
        for node in texts
    )


def test_a_camera_reads_the_printed_card(qtbot: QtBot) -> None:
    renderer = QSvgRenderer(QByteArray(card_svg(face())))
    assert renderer.isValid()
    image = QImage(WIDTH * 5, HEIGHT * 5, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    text, *_ = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels[:, : image.width()]))
    assert Card.from_text(text) == CARD


def test_a_hostile_or_long_name_breaks_nothing() -> None:
    long = "司徒" * 60
    shown = words(card_svg(face(holder="</text><script>\x00\u202e&", room=Text(zh=long, en="x"))))
    assert "</text><script>  &" in shown
    cut = next(text for text in shown if text.startswith("司徒"))
    assert cut.endswith("…")
    assert len(cut) < 40


def test_the_share_is_not_in_the_repr() -> None:
    assert CARD.groups()[0] not in repr(face())
