"""A test in which the program warned, and the test did not expect it, has failed.

`@pytest.mark.expects_log("pattern")` names a warning that the test provokes; it fails when that warning stays away.
Qt's warnings and exceptions in slots are pytest-qt's part, Python's warnings are pytest's.
"""

import logging
import re
from collections.abc import Generator

import pytest


class Collector(logging.Handler):
    """Keep every record from WARNING up that reaches the root logger."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        self.records.append(record)


def line(record: logging.LogRecord) -> str:
    """Return the one line that patterns are compared with."""
    return f"{record.name}: {record.levelname}: {record.getMessage()}"


def judged(lines: list[str], patterns: list[str]) -> list[str]:
    """Return what is wrong: warnings that nobody expected, expectations that nothing met."""
    stray = [f"unexpected: {text}" for text in lines if not any(re.search(pattern, text) for pattern in patterns)]
    unmet = [f"did not come: {pattern}" for pattern in patterns if not any(re.search(pattern, text) for text in lines)]
    return stray + unmet


def watched(patterns: list[str]) -> Generator[None, object, object]:
    """Let one phase of a test run and fail it for what its log says."""
    collector = Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    try:
        result = yield
    finally:
        root.removeHandler(collector)
    wrong = judged([line(record) for record in collector.records], patterns)
    if wrong:
        pytest.fail("the log of this test:\n  " + "\n  ".join(wrong), pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Nothing may warn while a test is set up."""
    del item
    return (yield from watched([]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Only what the test names may warn while it runs."""
    return (yield from watched([str(marker.args[0]) for marker in item.iter_markers("expects_log")]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Nothing may warn while a test is cleared away."""
    del item
    return (yield from watched([]))
