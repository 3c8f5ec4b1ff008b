"""One file for each screen; each draws a `Shown` and calls the bridge. `MAKERS` names them for the window.

A screen's module is loaded when the screen is first needed: the locked screen is there before the exam is read in.
"""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from kiosk.ui.bridge import Bridge
    from kiosk.ui.screens.screen import Screen
    from kiosk.ui.theme.look import Look
    from kiosk.ui.window import MakeScreen


def _maker(module: str, kind: str) -> "MakeScreen":
    def make(bridge: "Bridge", look: "Look") -> "Screen":
        return cast("Screen", getattr(import_module(f"{__name__}.{module}"), kind)(bridge, look))

    return make


MAKERS: Mapping[str, "MakeScreen"] = MappingProxyType(
    {
        "lock": _maker("lock", "LockScreen"),
        "unlock": _maker("unlock", "UnlockScreen"),
        "gate": _maker("gate", "GateScreen"),
        "sign-in": _maker("sign_in", "SignInScreen"),
        "briefing": _maker("briefing", "BriefingScreen"),
        "practice": _maker("practice", "PracticeScreen"),
        "waiting": _maker("waiting", "WaitingScreen"),
        "exam": _maker("exam", "ExamScreen"),
        "review": _maker("review", "ReviewScreen"),
        "receipt": _maker("receipt", "ReceiptScreen"),
        "panel": _maker("panel", "PanelScreen"),
        "export": _maker("export", "ExportScreen"),
    }
)
