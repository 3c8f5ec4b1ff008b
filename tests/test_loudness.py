"""The guards that make tests loud are themselves shown to bite."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUARD = ("-p", "tests.support.log_guard", "-p", "no:cacheprovider", "-q")


@pytest.fixture(autouse=True)
def tree_is_importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def outcome(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    """Run a test file of its own in a process of its own, so that its log is not this test's log."""
    pytester.makeini("[pytest]\nmarkers = expects_log(pattern): as in the tree\nfilterwarnings = error\n")
    pytester.makepyfile(f"import logging, pytest\nlog = logging.getLogger('kiosk.station')\n{body}")
    return pytester.runpytest_subprocess(*GUARD)


def test_a_stray_warning_in_the_log_fails_the_test(pytester: pytest.Pytester) -> None:
    result = outcome(pytester, "def test_it():\n    log.warning('考位 ３ 𬭚 is late')\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*unexpected: kiosk.station: WARNING: 考位 ３ 𬭚 is late*"])


def test_an_expected_warning_passes_and_information_is_free(pytester: pytest.Pytester) -> None:
    mark = "@pytest.mark.expects_log('is late')\n"
    outcome(
        pytester, f"{mark}def test_it():\n    log.warning('seat is late')\n    log.info('noted')\n"
    ).assert_outcomes(passed=1)


def test_an_expected_warning_that_stays_away_fails_the_test(pytester: pytest.Pytester) -> None:
    result = outcome(pytester, "@pytest.mark.expects_log('is late')\ndef test_it():\n    pass\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*did not come: is late*"])


def test_a_warning_while_clearing_away_is_an_error(pytester: pytest.Pytester) -> None:
    body = "@pytest.fixture\ndef seat():\n    yield\n    log.error('stick gone')\ndef test_it(seat):\n    pass\n"
    outcome(pytester, body).assert_outcomes(passed=1, errors=1)


def test_a_python_warning_fails_the_test(pytester: pytest.Pytester) -> None:
    outcome(pytester, "import warnings\ndef test_it():\n    warnings.warn('old')\n").assert_outcomes(failed=1)


def test_a_warning_of_qt_and_an_exception_in_a_slot_fail_the_test(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nqt_api = pyside6\nqt_log_level_fail = WARNING\nmarkers = expects_log(pattern): x\n")
    pytester.makepyfile(
        "from PySide6.QtCore import QTimer, qWarning\n"
        "def test_words(qtbot):\n    qWarning('something is off')\n"
        "def test_slot(qtbot):\n    QTimer.singleShot(0, lambda: 1 / 0)\n    qtbot.wait(50)\n"
    )
    pytester.runpytest_subprocess(*GUARD[2:]).assert_outcomes(failed=2)
