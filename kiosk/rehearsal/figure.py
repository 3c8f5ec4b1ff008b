"""What a bench finds: one figure, what it is compared with, its bar, and whether it holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of a bench; the bar is the largest value that holds."""

    name: str
    value: float
    unit: str
    against: str
    bar: float

    @property
    def holds(self) -> bool:
        """Tell whether the value is within its bar."""
        return self.value <= self.bar
