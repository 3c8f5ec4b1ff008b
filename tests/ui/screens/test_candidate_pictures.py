"""Every screen of a candidate at several sizes, languages and themes: nothing cut, nothing wider than its page.

KIOSK_PICTURES=folder keeps a picture of each, in more looks.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize

from kiosk.capture import protocol as p
from kiosk.exam import events as e
from kiosk.exam.bank import ItemType
from kiosk.exam.vocabulary import MINUTE, Language
from kiosk.station.view import Stage
from kiosk.ui.bridge import Overlay
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.tokens import Theme
from tests.support.ui import cut, keep_picture, settle
from tests.ui.screens.candidate import SMALL, WIDE, Candidate, candidate, too_wide
from tests.ui.widgets.gallery import portrait

ZH, EN = Language.ZH, Language.EN
LOOKS: tuple[tuple[QSize, Look], ...] = (
    (WIDE, Look()),
    (WIDE, Look(language=EN, theme=Theme.DARK)),
    (SMALL, Look()),
    (SMALL, Look(language=EN)),
    (SMALL, Look(scale=300, theme=Theme.CONTRAST)),
    (SMALL, Look(scale=300, language=EN)),
)
MORE: tuple[tuple[QSize, Look], ...] = (
    *(
        (size, Look(theme=theme, language=language))
        for size in (WIDE, SMALL)
        for theme in Theme
        for language in (ZH, EN)
    ),
    *((SMALL, Look(scale=300, theme=theme, language=language)) for theme in Theme for language in (ZH, EN)),
    *((WIDE, Look(scale=scale)) for scale in (125, 150, 200, 250, 300)),
    *((SMALL, Look(scale=scale, language=EN)) for scale in (125, 150, 200)),
    (QSize(1280, 800), Look()),
)
KEEPING = bool(os.environ.get("KIOSK_PICTURES"))


def jpeg() -> bytes:
    """What the camera sees."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    portrait().save(buffer, "JPG")  # type: ignore[call-overload]
    return bytes(data.data())


def check(sitter: Candidate, name: str, looks: tuple[tuple[QSize, Look], ...] = MORE if KEEPING else LOOKS) -> None:
    """Show a screen in every look; nothing may be cut."""
    for size, look in looks:
        sitter.look(look)
        sitter.window.resize(size)
        settle()
        sitter.bridge.pump()
        sitter.screen.entered()
        settle()
        label = f"{name}-{size.width()}-{look.scale}-{look.language.value}-{look.theme.value}"
        assert sitter.window.size() == size, f"{label}: the window grew to {sitter.window.size()}"
        assert not cut(sitter.window), f"{label}: {cut(sitter.window)}"
        assert not too_wide(sitter), f"{label}: {too_wide(sitter)}"
        keep_picture(sitter.window, label)


@pytest.fixture
def sitter(tmp_path: Path) -> Iterator[Candidate]:
    with candidate(tmp_path) as made:
        yield made


def test_from_sign_in_to_waiting(sitter: Candidate) -> None:
    station, seat = sitter.seat.station, sitter.seat
    check(sitter, "sign-in")
    sitter.type("202611040042")
    sitter.press("find")
    check(sitter, "sign-in-refused", LOOKS)
    station.sign_in(seat.number)
    check(sitter, "confirm")
    station.confirm_person()
    seat.link.report(p.Viewfinder(jpeg=jpeg(), covered=False, mono=1))
    check(sitter, "identity")
    station.identify(seat.permit("identify"))
    check(sitter, "briefing")


def test_practice_and_waiting(sitter: Candidate) -> None:
    sitter.seat.identify()
    sitter.seat.station.brief(ZH)
    sitter.bridge.pump()
    sitter.type("c")
    check(sitter, "practice")
    sitter.seat.station.ready()
    sitter.bridge.pump()
    sitter.type("000000" if sitter.seat.start_code() != "000000" else "000001")
    sitter.press("start")
    check(sitter, "waiting")


def test_the_exam(sitter: Candidate) -> None:
    seat, station = sitter.seat, sitter.seat.station
    seat.sit()
    seat.respond(0, 4)
    station.send(e.Marked(at=seat.now(), item=seat.items[2], marked=True))
    station.view_item(seat.items[6])
    option = station.sitting.opened.form.items[6].options[3]
    station.send(e.Struck(at=seat.now(), item=seat.items[6], option=option, struck=True))
    check(sitter, "exam")
    for kind in (ItemType.MULTIPLE, ItemType.TRUE_FALSE, ItemType.NUMERIC):
        station.view_item(next(entry.item for entry in station.sitting.opened.form.items if entry.type is kind))
        check(sitter, f"exam-{kind.value}", LOOKS)
    sitter.go(46 * MINUTE)
    check(sitter, "exam-warned")


def test_the_longest_items_of_the_form(sitter: Candidate) -> None:
    seat, station = sitter.seat, sitter.seat.station
    seat.sit()
    lengths = {
        item.id: len(item.stem.en) + sum(len(option.text.en) for option in item.options)
        for item in seat.world.bank.bank.items
    }
    for name in sorted(seat.items, key=lambda item: lengths[item])[-3:]:
        station.view_item(name)
        check(sitter, f"exam-{name}".lower(), LOOKS)


def test_review_tools_and_receipt(sitter: Candidate) -> None:
    seat = sitter.seat
    seat.sit()
    seat.respond(0, 30)
    sitter.bridge.open_overlay(Overlay.REVIEW)
    check(sitter, "review")
    sitter.look(Look())
    sitter.press("hand-in")
    check(sitter, "review-sure", LOOKS)
    seat.hand_in()
    sitter.until(Stage.RECEIPT)
    check(sitter, "receipt")


def test_the_pages_of_large_type(sitter: Candidate) -> None:
    sitter.seat.sit()
    sitter.bridge.pump()
    for language in (ZH, EN):
        sitter.look(Look(scale=300, language=language))
        sitter.window.resize(SMALL)
        settle()
        for name, back in (("tools-fold", "tools-close"), ("all-items", "palette-close")):
            sitter.press(name)
            assert not cut(sitter.window), f"{name}: {cut(sitter.window)}"
            assert not too_wide(sitter), name
            keep_picture(sitter.window, f"{name}-1024-300-{language.value}")
            sitter.press(back)
