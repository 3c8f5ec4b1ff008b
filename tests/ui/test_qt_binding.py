"""The Qt binding that is installed does not lose references: PySide6 6.12.0 killed a kiosk on CPython 3.11 in minutes.

Every call that returns nothing dropped one reference to None there, until none was left.
"""

import gc
import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 200_000
NOISE = 1_000
IMMORTAL = sys.version_info >= (3, 12)
why = "None is immortal from CPython 3.12 on: its references are not counted, so none can be lost"


@pytest.mark.skipif(IMMORTAL, reason=why)
def test_two_hundred_thousand_calls_leave_the_references_to_none_alone(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    gc.collect()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("题 12")
    drift = sys.getrefcount(None) - before
    assert abs(drift) < NOISE, f"{CALLS} calls changed the references to None by {drift}"
