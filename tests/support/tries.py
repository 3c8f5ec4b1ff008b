"""For tests that try something often: chance that can be played again, and the count told to whoever reads along."""

import random

Chance = random.Random


def chance(seed: object) -> Chance:
    """Make chance that falls the same way for the same seed."""
    return random.Random(str(seed))  # noqa: S311 - it decides what is tried, nothing secret


def tell(text: str) -> None:
    """Say what was counted; `pytest -s` shows it."""
    print(text)  # noqa: T201 - the count is what one wants to know
