"""Marked text: what is said is never lost, and nothing in it can do anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.widgets.breaks import forbidden, lonely
from kiosk.ui.widgets.markup import Run, Shift, escape, parse, plain

SUB, SUP = Shift.SUB, Shift.SUP


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("Nd~2~Fe~14~B", [Run("Nd"), Run("2", shift=SUB), Run("Fe"), Run("14", shift=SUB), Run("B")]),
        ("RE^3+^ 与 H^+^", [Run("RE"), Run("3+", shift=SUP), Run(" 与 H"), Run("+", shift=SUP)]),
        ("𬭚^2+^", [Run("𬭚"), Run("2+", shift=SUP)]),
        ("**不正确**的是", [Run("不正确", bold=True), Run("的是")]),
        ("**H~2~O**", [Run("H", bold=True), Run("2", True, SUB), Run("O", bold=True)]),
        ("5~10 mm 和 20~30 mm", [Run("5~10 mm 和 20~30 mm")]),
        ("5~10、20~30", [Run("5~10、20~30")]),
        (r"a\~b\~c \*\* \\", [Run(r"a~b~c ** " + "\\")]),
        ("**x", [Run("**x")]),
        ("~~", [Run("~~")]),
        ("^", [Run("^")]),
        ("２＾３", [Run("２＾３")]),
        ("", []),
        ('<img src="//host/x"><b>粗</b>', [Run('<img src="//host/x"><b>粗</b>')]),
    ],
)
def test_marks(source: str, runs: list[Run]) -> None:
    assert list(parse(source)[0]) == runs


def test_a_newline_ends_a_paragraph() -> None:
    assert [len(paragraph) for paragraph in parse("一\n\r\n二\r三")] == [1, 0, 1, 1]
    assert plain("H~2~O\n**粗**") == "H2O\n粗"


@given(st.text(st.sampled_from("~^*\\ab 中𬭚２，\n")))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert plain(escape(text)) == text


@given(st.text(st.sampled_from("~^*\\ab 中𬭚")))
def test_no_letter_is_lost(source: str) -> None:
    assert [sign for sign in plain(source) if sign not in "~^*\\"] == [sign for sign in source if sign not in "~^*\\"]


def test_a_long_hostile_text_is_read_at_once() -> None:
    source = "~a^" * 20_000 + "**" * 20_000
    assert len(plain(source)) > 60_000


def test_no_line_may_start_with_closing_or_end_with_opening_signs() -> None:
    stem = "下列说法（ ）正确的是（　）。"
    allowed = set(range(1, len(stem))) - forbidden(stem)
    for at in allowed:
        assert stem[at] not in "，。）"
        assert stem[at - 1] != "（"
    assert stem.index("（　") in forbidden(stem)


def test_a_line_that_would_hold_one_character_is_lonely() -> None:
    assert lonely("符")
    assert lonely("符。")
    assert not lonely("相符")
    assert not lonely("B")
    assert not lonely("12")
