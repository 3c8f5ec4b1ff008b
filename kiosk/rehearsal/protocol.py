"""The short record of a rehearsal: what was done, what was found, and whether it held."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step: its name, what was found, whether it held."""

    what: str
    found: str
    held: bool


@dataclass(slots=True)
class Protocol:
    """The lines so far; each is shown as it is written."""

    show: Callable[[Line], None]
    lines: list[Line] = field(default_factory=list)

    def note(self, what: str, found: str, *, held: bool = True) -> None:
        """Write a line."""
        line = Line(what=what, found=found, held=held)
        self.lines.append(line)
        self.show(line)

    @property
    def held(self) -> bool:
        """Tell whether everything held, and something was done at all."""
        return bool(self.lines) and all(line.held for line in self.lines)
