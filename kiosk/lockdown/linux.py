"""What is changed on a Linux desktop under X11 during an exam: no blanking, no server keys, no looking into memory.

Rules: each feature is there only where its tool is, changes one thing, and checks by looking at the server or the
process afterwards. Values belong to one X server (boot, display and socket) or one process; with that they end, and
nothing is forced upon the next one. Under Wayland the X tools reach only a go-between and would report a lock that
is none, so there these features are unavailable.
It refuses to know windows, grabs, clipboard and full screen: those are the screens' own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import LockdownError
from kiosk.exam.rules import LockLevel
from kiosk.lockdown.feature import Before, Feature, Finding, State
from kiosk.lockdown.machine import CommandFailedError, Machine, NotHereError, ProcessGuard

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_OWN_STAT = Path("/proc/self/stat")
_SOCKETS = Path("/tmp/.X11-unix")  # noqa: S108  where X puts its sockets, not a file of ours
_LOCAL_DISPLAY = re.compile(r"(?:unix)?:(\d+)(?:\.\d+)?")
_SAVER = re.compile(
    r"prefer blanking:\s+(yes|no)\s+allow exposures:\s+(yes|no)\s+timeout:\s+(\d+)\s+cycle:\s+(\d+)",
)
_SERVER_SYMBOLS = re.compile(r"Terminate_Server|XF86Switch_VT_\d|XF86ClearGrab|XF86Ungrab")
_SERVER_OPTIONS = ("terminate:", "srvrkeys:", "grab:")


class NoDisplayError(LockdownError):
    """There is nothing here that screens could be shown on."""

    code = "lockdown/no-display"


def demand_display(machine: Machine) -> None:
    """Refuse to start where there is neither an X server nor another display. NoDisplayError."""
    if not any(machine.variable(name) for name in _DISPLAYS):
        raise NoDisplayError


def on_x11(machine: Machine) -> bool:
    """Whether this process's screens are those of an X server on this PC."""
    try:
        _display(machine)
    except NotHereError:
        return False
    return True


def features_for(level: LockLevel) -> tuple[Feature, ...]:
    """Return the features of a lock level, in the order they are engaged; practice changes nothing but ourselves."""
    own = (MemoryPrivacy(),)
    return own if level is LockLevel.PRACTICE else (*own, ScreenSaverOff(), DisplayPowerOff(), ServerKeysOff())


def shield_process(machine: Machine) -> Finding:
    """Let nobody look into the calling process or its core; it ends with the process, so no ledger knows of it.

    Starting a program lifts it (execve(2)), so the kiosk and the recorder call this themselves, before any key.
    """
    feature = MemoryPrivacy()
    feature.engage(machine, feature.read(machine))
    return feature.status(machine)


def _display(machine: Machine) -> str:
    if machine.variable("WAYLAND_DISPLAY") or machine.variable("XDG_SESSION_TYPE") == "wayland":
        raise NotHereError(what="wayland")
    display = machine.variable("DISPLAY")
    if not display:
        raise NotHereError(what="display")
    local = _LOCAL_DISPLAY.fullmatch(display)
    if local is None:
        raise NotHereError(what="local display")
    return f":{local[1]}"


def _server(machine: Machine, display: str) -> str:
    """Name one running X server: a restart of the PC or of the server gives another name; "" for none."""
    stamp = machine.stamp(_SOCKETS / f"X{display[1:]}")
    return f"x11 {machine.read(_BOOT_ID).strip()} {stamp}" if stamp else ""


@dataclass(frozen=True, slots=True)
class _OnServer:
    """What the features of an X server share: whose values these are, and whether it still runs."""

    def _before(self, machine: Machine, display: str, values: dict[str, str]) -> Before:
        scope = _server(machine, display)
        if not scope:
            raise NotHereError(what="local display")
        return Before(scope=scope, values={"display": display, **values})

    def exists(self, machine: Machine, before: Before) -> bool:
        """Whether the very same X server still runs."""
        return _server(machine, before.values["display"]) == before.scope


@dataclass(frozen=True, slots=True)
class ScreenSaverOff(_OnServer):
    """The X server does not blank the screen while a candidate reads."""

    name: str = "screen-saver"

    def read(self, machine: Machine) -> Before:
        """Return blanking, exposures, timeout and cycle."""
        display = _display(machine)
        blanking, exposures, timeout, cycle = self._look(machine, display)
        values = {"blanking": blanking, "exposures": exposures, "timeout": timeout, "cycle": cycle}
        return self._before(machine, display, values)

    def engage(self, machine: Machine, before: Before) -> None:
        """Set the timeout to 0 and prefer no blanking."""
        machine.run("xset", "-display", before.values["display"], "s", "off", "s", "noblank")

    def status(self, machine: Machine) -> Finding:
        """Ask the server."""
        blanking, _, timeout, _ = self._look(machine, _display(machine))
        holds = (blanking, timeout) == ("no", "0")
        return Finding(name=self.name, state=State.HOLDS if holds else State.OPEN)

    def release(self, machine: Machine, before: Before) -> None:
        """Set all four again."""
        was = before.values
        blank = "blank" if was["blanking"] == "yes" else "noblank"
        expose = "expose" if was["exposures"] == "yes" else "noexpose"
        command = ("s", was["timeout"], was["cycle"], "s", blank, "s", expose)
        machine.run("xset", "-display", was["display"], *command)

    def _look(self, machine: Machine, display: str) -> Sequence[str]:
        found = _SAVER.search(machine.run("xset", "-display", display, "q"))
        if found is None:
            raise CommandFailedError(tool="xset", status=0)
        return found.groups()


@dataclass(frozen=True, slots=True)
class DisplayPowerOff(_OnServer):
    """The display does not switch itself off (DPMS); its times stay as they are, only the switch is turned."""

    name: str = "display-power"

    def read(self, machine: Machine) -> Before:
        """Return the switch; `NotHereError` where server or display has none."""
        display = _display(machine)
        return self._before(machine, display, {"dpms": self._look(machine, display)})

    def engage(self, machine: Machine, before: Before) -> None:
        """Turn the switch off."""
        machine.run("xset", "-display", before.values["display"], "-dpms")

    def status(self, machine: Machine) -> Finding:
        """Ask the server."""
        holds = self._look(machine, _display(machine)) == "Disabled"
        return Finding(name=self.name, state=State.HOLDS if holds else State.OPEN)

    def release(self, machine: Machine, before: Before) -> None:
        """Turn the switch to what it was."""
        switch = "+dpms" if before.values["dpms"] == "Enabled" else "-dpms"
        machine.run("xset", "-display", before.values["display"], switch)

    def _look(self, machine: Machine, display: str) -> str:
        found = re.search(r"DPMS is (Enabled|Disabled)", machine.run("xset", "-display", display, "q"))
        if found is None:  # Xvfb has none, and a display may not be capable of it
            raise NotHereError(what="dpms")
        return found[1]


@dataclass(frozen=True, slots=True)
class ServerKeysOff(_OnServer):
    """No key ends the X server, leaves its virtual terminal or breaks a grab.

    Setting XKB options compiles the keyboard map anew and loses what was changed in it by hand (xmodmap), so the
    whole map is kept too and loaded again where the rules alone do not give the same map.
    """

    name: str = "server-keys"

    def read(self, machine: Machine) -> Before:
        """Return the options and the whole compiled map."""
        display = _display(machine)
        answer = machine.run("setxkbmap", "-display", display, "-query")
        options = re.search(r"^options:[ \t]*(.*)$", answer, re.MULTILINE)
        values = {"options": options[1].strip() if options else "", "keymap": self._keymap(machine, display)}
        return self._before(machine, display, values)

    def engage(self, machine: Machine, before: Before) -> None:
        """Keep the person's own options (compose, layout keys), drop those that give a key power over the server."""
        options = [option for option in before.values["options"].split(",") if option]
        kept = [option for option in options if not option.startswith(_SERVER_OPTIONS)]
        self._set_options(machine, before.values["display"], ",".join([*kept, "srvrkeys:none"]))

    def status(self, machine: Machine) -> Finding:
        """Look at the compiled map: an input method that loads its own map undoes the options, and shows here."""
        symbols = self._keymap(machine, _display(machine)).partition("xkb_symbols")[2]
        found = _SERVER_SYMBOLS.search(symbols)
        if found:
            return Finding(name=self.name, state=State.OPEN, detail=found[0])
        return Finding(name=self.name, state=State.HOLDS if symbols else State.UNKNOWN)

    def release(self, machine: Machine, before: Before) -> None:
        """Set the options, then the map itself where they do not give it back."""
        display, keymap = before.values["display"], before.values["keymap"]
        self._set_options(machine, display, before.values["options"])
        if self._keymap(machine, display) != keymap:
            machine.run("xkbcomp", "-w0", "-", display, text=keymap)

    def _keymap(self, machine: Machine, display: str) -> str:
        return machine.run("xkbcomp", "-w0", display, "-")

    def _set_options(self, machine: Machine, display: str, options: str) -> None:
        chosen = ("-option", options) if options else ()
        machine.run("setxkbmap", "-display", display, "-option", "", *chosen)  # the empty one clears the others


@dataclass(frozen=True, slots=True)
class MemoryPrivacy:
    """No other program of the account reads this process's memory, attaches to it, or finds its core on the disk.

    The limit on cores is inherited by the kiosk; the ban on looking in is not (see `shield_process`).
    """

    name: str = "memory-privacy"

    def read(self, machine: Machine) -> Before:
        """Return what prctl and the core limit say."""
        guard = machine.guard()
        values = {"dumpable": str(guard.dumpable), "core_limit": str(guard.core_limit)}
        return Before(scope=self._process(machine), values=values)

    def engage(self, machine: Machine, before: Before) -> None:  # noqa: ARG002  the protocol's shape
        """Close both."""
        machine.set_guard(ProcessGuard(dumpable=0, core_limit=0))

    def status(self, machine: Machine) -> Finding:
        """Ask the kernel."""
        holds = machine.guard() == ProcessGuard(dumpable=0, core_limit=0)
        return Finding(name=self.name, state=State.HOLDS if holds else State.OPEN)

    def exists(self, machine: Machine, before: Before) -> bool:
        """Whether this is still the process that engaged it."""
        return self._process(machine) == before.scope

    def release(self, machine: Machine, before: Before) -> None:
        """Set both again."""
        was = before.values
        guard = ProcessGuard(dumpable=int(was["dumpable"]), core_limit=int(was["core_limit"]))
        machine.set_guard(guard)

    def _process(self, machine: Machine) -> str:
        """Name this process for ever: a number comes round again, number and start time within a boot do not."""
        number, rest = machine.read(_OWN_STAT).split(" ", 1)
        started = rest.rpartition(")")[2].split()[19]  # proc(5): field 22
        return f"process {machine.read(_BOOT_ID).strip()} {number} {started}"
