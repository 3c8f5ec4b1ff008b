"""A make-believe PC: an X server and a process whose settings are a file, with a hook at every single step.

Rules: it behaves as the real tools were seen to behave under Xvfb: setting XKB options compiles the map anew and loses
what was changed by hand, loading a map brings it back. The file outlives the process, as a real X server would.
"""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

from kiosk.lockdown.machine import CommandFailedError, NotHereError, ProcessGuard

SETTINGS = {
    "blanking": "yes",
    "exposures": "yes",
    "timeout": "600",
    "cycle": "300",
    "dpms": "Enabled",
    "options": "compose:ralt,terminate:ctrl_alt_bksp",
    "by_hand": "稀土 ６００ 𬭚",
}


class PowerCutError(BaseException):
    """The process ends here and now; no handler of the program may catch it."""


def never(_: int) -> None:
    """No step is special."""


def power_cut_at(step: int) -> Callable[[int], None]:
    """Raise at the given step."""

    def hook(now: int) -> None:
        if now == step:
            raise PowerCutError

    return hook


def kill_at(step: int) -> Callable[[int], None]:
    """Kill this very process at the given step, as kill -9 does."""

    def hook(now: int) -> None:
        if now == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return hook


class FakeMachine:
    """A PC in a folder; `hook` is called with 1, 2, 3 ... before each thing done to it."""

    def __init__(self, folder: Path, hook: Callable[[int], None] = never, *, process: int = 100) -> None:
        self.file = folder / "settings.json"
        self.hook = hook
        self.steps = 0
        self.process = process
        self.process_guard = ProcessGuard(dumpable=1, core_limit=-1)
        self.machine_id = "a" * 32
        self.boot = "boot-1"
        self.server = "socket-1"
        self.environment = {"DISPLAY": ":0"}
        self.missing: set[str] = set()
        self.refusing: set[tuple[str, ...]] = set()
        if not self.file.exists():
            self.save(SETTINGS)

    def load(self) -> dict[str, str]:
        settings: dict[str, str] = json.loads(self.file.read_bytes())
        return settings

    def save(self, settings: dict[str, str]) -> None:
        self.file.write_text(json.dumps(settings, sort_keys=True, indent=1), "utf-8")

    def _step(self) -> None:
        self.steps += 1
        self.hook(self.steps)

    def run(self, *command: str, text: str = "") -> str:
        self._step()
        tool, *words = command
        if tool in self.missing:
            raise NotHereError(what=f"tool {tool}")
        if any(set(refused) <= set(command) for refused in self.refusing):
            raise CommandFailedError(tool=tool, status=1)
        return {"xset": self._xset, "setxkbmap": self._setxkbmap, "xkbcomp": self._xkbcomp}[tool](words, text)

    def read(self, path: Path) -> str:
        self._step()
        known = {
            "/etc/machine-id": self.machine_id,
            "/proc/sys/kernel/hostname": "考场-３\n",
            "/proc/sys/kernel/random/boot_id": self.boot + "\n",
            "/proc/self/stat": f"{self.process} (a (b) c) S " + " ".join(str(number) for number in range(4, 52)),
        }
        if str(path) not in known:
            raise NotHereError(what=str(path))
        return known[str(path)]

    def stamp(self, path: Path) -> str:
        self._step()
        return self.server if path.name == "X0" else ""

    def variable(self, name: str) -> str:
        return self.environment.get(name, "")

    def guard(self) -> ProcessGuard:
        self._step()
        return self.process_guard

    def set_guard(self, guard: ProcessGuard) -> None:
        self._step()
        self.process_guard = guard

    def _xset(self, words: list[str], _: str) -> str:
        settings = self.load()
        match words[2:]:
            case ["q"]:
                return (
                    "Screen Saver:\n"
                    f"  prefer blanking:  {settings['blanking']}    allow exposures:  {settings['exposures']}\n"
                    f"  timeout:  {settings['timeout']}    cycle:  {settings['cycle']}\n"
                    "DPMS (Energy Star):\n  Standby: 600    Suspend: 600    Off: 600\n"
                    f"  DPMS is {settings['dpms']}\n"
                )
            case ["s", "off", "s", "noblank"]:
                settings |= {"timeout": "0", "blanking": "no"}
            case ["s", timeout, cycle, "s", ("blank" | "noblank") as blank, "s", ("expose" | "noexpose") as expose]:
                settings |= {"timeout": timeout, "cycle": cycle}
                settings |= {"blanking": "yes" if blank == "blank" else "no"}
                settings |= {"exposures": "yes" if expose == "expose" else "no"}
            case ["-dpms" | "+dpms" as switch]:
                settings["dpms"] = "Enabled" if switch == "+dpms" else "Disabled"
            case _:
                raise CommandFailedError(tool="xset", status=1)
        self.save(settings)
        return ""

    def _setxkbmap(self, words: list[str], _: str) -> str:
        settings = self.load()
        match words[2:]:
            case ["-query"]:
                options = f"options:    {settings['options']}\n" if settings["options"] else ""
                return f"rules:      evdev\nmodel:      pc105\nlayout:     us\n{options}"
            case ["-option", "", *rest]:
                settings |= {"options": rest[1] if rest else "", "by_hand": ""}
            case _:
                raise CommandFailedError(tool="setxkbmap", status=1)
        self.save(settings)
        return ""

    def _xkbcomp(self, words: list[str], text: str) -> str:
        settings = self.load()
        if words[1] == "-":
            settings["by_hand"] = text.splitlines()[-1]
            self.save(settings)
            return ""
        keys = "Terminate_Server\n" if "terminate:" in settings["options"] else ""
        keys += "" if "srvrkeys:none" in settings["options"] else "XF86Switch_VT_1\n"
        return f"interpret Terminate_Server\nxkb_symbols {settings['options']}\n{keys}{settings['by_hand']}\n"
