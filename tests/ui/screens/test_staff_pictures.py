"""Every screen of the staff in both languages, three themes, small, and at three times the type: nothing is cut.

Pictures are kept where KIOSK_PICTURES names a folder, to be looked at by people.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt

from kiosk.capture import protocol as p
from kiosk.exam import events as e
from kiosk.exam.incident import IncidentKind
from kiosk.station.view import Stage
from kiosk.ui.bridge import Overlay
from kiosk.ui.i18n import Language
from kiosk.ui.theme.look import Look
from kiosk.ui.theme.tokens import Theme
from kiosk.ui.widgets.page import ScrollPage
from tests.support.ui import cut, keep_picture, settle, unnamed
from tests.ui.screens.candidate import SMALL, WIDE
from tests.ui.screens.staff import Invigilator, at_locked, at_open

LOOKS: dict[str, tuple[QSize, Look]] = {
    "zh": (WIDE, Look()),
    "en": (WIDE, Look(language=Language.EN)),
    "dark": (WIDE, Look(theme=Theme.DARK)),
    "contrast": (WIDE, Look(theme=Theme.CONTRAST)),
    "small-zh": (SMALL, Look()),
    "small-en": (SMALL, Look(language=Language.EN)),
    "wide-200": (WIDE, Look(scale=200)),
    "wide-300": (WIDE, Look(scale=300, theme=Theme.CONTRAST)),
    "small-300": (SMALL, Look(scale=300)),
    "small-300-en": (SMALL, Look(scale=300, language=Language.EN)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How to come to a screen."""

    place: Callable[[Path], AbstractContextManager[Invigilator]]
    play: Callable[[Invigilator], None]
    shown: str


def _nothing(_who: Invigilator) -> None:
    """It is there already."""


def _unlock(who: Invigilator) -> None:
    who.press("lock-act")
    who.hold("")


def _slip(who: Invigilator) -> None:
    _unlock(who)
    code = who.code()
    who.type(code[:12] + code[12:17] + str((int(code[17]) + 1) % 10) + code[18:21])
    who.show_card()


def _typed(who: Invigilator) -> None:
    who.press("lock-act")
    who.type("123456")


def _stick(who: Invigilator) -> None:
    desk = who.seat.station.desk
    card = who.card().card
    desk.keys.write_unlock_file(who.seat.world.stick, desk.keys.release_share(who.seat.world.release_code), card)
    _unlock(who)
    who.show_card()


def _refused(who: Invigilator) -> None:
    _unlock(who)
    who.type("000011000011000011000011")
    who.show_card()
    who.key(Qt.Key.Key_Return)
    for _ in range(200):
        who.wait_idle()
        if who.seat.station.desk.wait():
            break
    who.go(1)


def _gate(who: Invigilator) -> None:
    who.bridge.open_panel()
    who.hold(who.card().card.to_text())
    who.type("000000")
    who.key(Qt.Key.Key_Return)


def _panel(who: Invigilator) -> None:
    station = who.seat.station
    who.seat.respond(0, 5)
    who.go(63_000)
    station.send(e.IncidentRecorded(at=station.now(), kind=IncidentKind.CAMERA_LOST, detail="camera unplugged"))
    act = who.seat.act("口头 ０７ 𬭚 ~^**")
    station.send(e.IncidentRecorded(at=station.now(), kind=IncidentKind.NOTE, detail="note", act=act))
    who.open_panel()
    who.hold("")


def _credit(who: Invigilator) -> None:
    _panel(who)
    who.press("panel-credit")
    who.screen._form._reason.field.set_current("tech-input")  # type: ignore[attr-defined]
    who.screen._form._note.set_value("暂停前键盘失灵约 5 分钟，已更换。")  # type: ignore[attr-defined]
    who.screen._form._changed()  # type: ignore[attr-defined]


def _void(who: Invigilator) -> None:
    _panel(who)
    who.press("panel-void")
    who.screen._form._reason.field.set_current("cand-conduct")  # type: ignore[attr-defined]
    who.screen._form._changed()  # type: ignore[attr-defined]
    who.press("act-confirm")


def _start_code(who: Invigilator) -> None:
    who.open_panel()
    who.press("panel-start-code")


def _suspended(who: Invigilator) -> None:
    _panel(who)
    who.seat.film(1)
    who.key(Qt.Key.Key_Escape)
    who.key(Qt.Key.Key_Escape)


def _receipt(who: Invigilator) -> None:
    who.seat.respond(0, 5)
    who.seat.film(1)
    who.seat.hand_in()
    who.until(Stage.RECEIPT)
    who.seat.until(lambda: who.seat.station.view().evidence_ready)
    who.open_panel()


def _export(who: Invigilator) -> None:
    _receipt(who)
    who.bridge.open_overlay(Overlay.EXPORT)
    settle()


def _exported(who: Invigilator) -> None:
    _export(who)
    who.press("export-act")
    for _ in range(100):
        who.wait_idle()
        if who.view.exported:
            break


def _closed(who: Invigilator) -> None:
    who.seat.station.finish_session(who.seat.permit("close"))
    who.go(1)


def _fault(who: Invigilator) -> None:
    who.seat.respond(0, 3)
    who.seat.station.fault = "journal/damaged"
    who.go(1)


def _bad_package(who: Invigilator) -> None:
    path = who.seat.world.made.package
    path.write_bytes(path.read_bytes()[:-3000])
    who.press("lock-act")


def _sealing(who: Invigilator) -> None:
    who.seat.respond(0, 3)
    who.seat.film(1)
    who.seat.link.answers = False
    who.seat.station.send(e.HandedIn(at=who.seat.now()))
    who.go(1)


def _gate_typed(who: Invigilator) -> None:
    who.bridge.open_panel()
    who.press("gate-reader-switch")
    groups = who.card().card.groups()
    who.type("".join(groups[:3]) + "123456" + groups[4][:3])


def _waive(who: Invigilator) -> None:
    who.seat.wait()
    who.seat.link.report(p.Lost(part=p.Part.CAMERA, cause="unplugged"))
    who.go(40)
    who.open_panel()
    who.press("panel-waive")


def _recovery(folder: Path) -> AbstractContextManager[Invigilator]:
    return at_open(folder, restart=True)


SCENES: dict[str, Scene] = {
    "lock-no-package": Scene(place=lambda f: at_locked(f, loaded=False), play=_nothing, shown="lock"),
    "lock-no-stick": Scene(place=lambda f: at_locked(f, loaded=False, sticks=False), play=_nothing, shown="lock"),
    "lock-refused": Scene(place=lambda f: at_locked(f, loaded=False), play=_bad_package, shown="lock"),
    "lock-sealing": Scene(place=at_open, play=_sealing, shown="lock"),
    "lock-locked": Scene(place=at_locked, play=_nothing, shown="lock"),
    "lock-recovery": Scene(place=_recovery, play=_nothing, shown="lock"),
    "lock-suspended": Scene(place=at_open, play=_suspended, shown="lock"),
    "lock-fault": Scene(place=at_open, play=_fault, shown="lock"),
    "lock-closed": Scene(place=lambda f: at_open(f, sitting=False), play=_closed, shown="lock"),
    "unlock-empty": Scene(place=at_locked, play=_unlock, shown="unlock"),
    "unlock-slip": Scene(place=lambda f: at_locked(f, "strict"), play=_slip, shown="unlock"),
    "unlock-typed": Scene(place=lambda f: at_locked(f, camera=False), play=_typed, shown="unlock"),
    "unlock-stick": Scene(place=at_locked, play=_stick, shown="unlock"),
    "unlock-refused": Scene(place=at_locked, play=_refused, shown="unlock"),
    "gate": Scene(place=at_open, play=_gate, shown="gate"),
    "gate-typed": Scene(place=at_open, play=_gate_typed, shown="gate"),
    "panel-waive": Scene(place=lambda f: at_open(f, "strict", sitting=False), play=_waive, shown="panel"),
    "panel": Scene(place=at_open, play=_panel, shown="panel"),
    "panel-credit": Scene(place=at_open, play=_credit, shown="panel"),
    "panel-void": Scene(place=at_open, play=_void, shown="panel"),
    "panel-start-code": Scene(place=lambda f: at_open(f, sitting=False), play=_start_code, shown="panel"),
    "panel-receipt": Scene(place=at_open, play=_receipt, shown="panel"),
    "export": Scene(place=at_open, play=_export, shown="export"),
    "export-done": Scene(place=at_open, play=_exported, shown="export"),
}


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_cut(scene: str, tmp_path: Path) -> None:
    known = SCENES[scene]
    with known.place(tmp_path) as who:
        known.play(who)
        assert who.screen.objectName() == known.shown
        found = [f"{name}: {fault}" for name in LOOKS for fault in faults(who, scene, name)]
    assert not found, "\n".join(found)


def faults(who: Invigilator, scene: str, name: str) -> Iterator[str]:
    """What does not fit, or has no name, in one look."""
    size, look = LOOKS[name]
    who.window.resize(size)
    who.look(replace(look, reduce_motion=True))
    settle()
    if who.window.size() != size:
        yield f"the window grew to {who.window.width()} x {who.window.height()}"
    yield from cut(who.window)
    for page in who.screen.findChildren(ScrollPage):
        content = page.widget()
        if page.isVisible() and content is not None and content.width() > page.viewport().width():
            yield f"{page.objectName()} is wider than it is seen"
    yield from (f"{part} has no name" for part in unnamed(who.window))
    keep_picture(who.window, f"{scene}-{name}")
