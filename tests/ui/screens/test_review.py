"""Review and handing in, at the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.exam.vocabulary import MINUTE
from kiosk.station.view import Stage
from kiosk.ui.bridge import Overlay
from tests.ui.screens.candidate import Candidate, candidate

KEY = Qt.Key


@pytest.fixture
def sitter(tmp_path: Path) -> Iterator[Candidate]:
    with candidate(tmp_path) as made:
        made.seat.sit()
        made.seat.respond(0, 3)
        made.bridge.open_overlay(Overlay.REVIEW)
        made.bridge.pump()
        yield made


def current(sitter: Candidate) -> str | None:
    assert sitter.view.sitting is not None
    return sitter.view.sitting.current


def test_the_focus_is_on_going_back_while_something_is_open(sitter: Candidate) -> None:
    assert sitter.focus.objectName() == "go-back"
    assert sitter.words("go-back") == "回到第 4 题"
    sitter.key(KEY.Key_Return)
    assert sitter.over(Overlay.NONE)
    assert current(sitter) == sitter.seat.items[3]


def test_a_row_leads_to_its_item(sitter: Candidate) -> None:
    assert sitter.words("review-row-7").startswith("第 7 题: ")
    sitter.press("review-row-7")
    assert current(sitter) == sitter.seat.items[6]


def test_handing_in_takes_two_steps_and_the_second_names_its_effect(sitter: Candidate) -> None:
    sitter.press("hand-in")
    assert sitter.at(Stage.EXAM)
    assert sitter.words("hand-in") == "交卷，37 题留空"
    sitter.key(KEY.Key_Escape)
    assert sitter.words("hand-in") == "现在交卷…"
    sitter.press("hand-in")
    sitter.press("go-back")
    assert sitter.words("hand-in") == "现在交卷…"
    assert sitter.over(Overlay.REVIEW)
    sitter.press("hand-in")
    sitter.press("hand-in")
    sitter.until(Stage.RECEIPT)
    assert sitter.over(Overlay.NONE)


def test_esc_goes_back_to_the_item(sitter: Candidate) -> None:
    sitter.key(KEY.Key_Escape)
    assert sitter.over(Overlay.NONE)
    assert sitter.has("item-sheet")


def test_asking_once_is_forgotten_when_the_review_is_left(sitter: Candidate) -> None:
    sitter.press("hand-in")
    sitter.bridge.close_overlay()
    sitter.bridge.open_overlay(Overlay.REVIEW)
    assert sitter.words("hand-in") == "现在交卷…"


def test_the_clock_goes_on(sitter: Candidate) -> None:
    before = sitter.words("review-under")
    sitter.go(5 * MINUTE)
    assert sitter.words("review-under") != before
    assert sitter.words("clock").endswith("00:55")


def test_time_up_closes_the_review(sitter: Candidate) -> None:
    sitter.press("hand-in")
    sitter.go(60 * MINUTE)
    sitter.until(Stage.RECEIPT)
    assert sitter.words("receipt-title").startswith("时间到")


def test_the_reason_stands_beside_the_button_while_it_is_too_early(tmp_path: Path) -> None:
    with candidate(tmp_path, "strict") as sitter:
        sitter.seat.sit()
        sitter.bridge.open_overlay(Overlay.REVIEW)
        assert not sitter.part("hand-in").isEnabled()
        assert sitter.words("review-reason") == "10 分 0 秒后才能交卷。"
        sitter.go(10 * MINUTE)
        assert sitter.part("hand-in").isEnabled()
