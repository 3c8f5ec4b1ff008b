"""Numbers as people type them: what is read, what is no number, and that nothing is rounded on the way."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam.numbers import parse_number

READ = {
    "12": "12",
    "12.5": "12.5",
    "12,5": "12.5",
    "12，5": "12.5",
    "12。5": "12.5",
    "12·5": "12.5",
    "１２．５": "12.5",
    "　１２ ．５　": "12.5",
    "12.": "12",
    ".5": "0.5",
    ",5": "0.5",
    "+3": "3",
    "-3": "-3",
    "−3": "-3",
    "–3": "-3",
    "－３": "-3",
    "﹣3": "-3",
    "007": "7",
    "-0": "0",
    "1 000.5": "1000.5",
    "1\u00a0000": "1000",
    "1,250.5": "1250.5",
    "1,250,000": "1250000",
    "１，２５０，０００．５": "1250000.5",
    "1,250": "1.25",
    "1.2e3": "1200",
    "1.2E-3": "0.0012",
    "1.2×10^3": "1200",
    "1.2×10^-3": "0.0012",
    "1.2×10^(-3)": "0.0012",
    "1.2*10^3": "1200",
    "1.2x10^3": "1200",
    "１．２Ｘ１０＾３": "1200",
    "1.2×10³": "1200",
    "1.2×10⁻³": "0.0012",
    "1.2×10⁺¹²": "1200000000000",
    "1.2x10-3": "0.0012",
    "1.2x10+3": "1200",
    "1.2×10(3)": "1200",
    "1.2×10（－３）": "0.0012",
    "10^3": "1000",
    "-10²": "-100",
    "5×10⁰": "5",
}

NO_NUMBER = [
    "", " ", "　", "十二", "铼𬭚", "12𬭚", "abc", "e5", "x10^3", "10^", "^3", "²", "5²", "m²",
    "1.2x103", "1.2*100", "5×10", "10-3", "100-3", "1x10^(3", "1x10^3)", "2×10^5^3", "1x10^3e5", "1e3x10^2",
    "1.2.3", "1,2,3", "1,25,000", "1.250,5", "1,250.5.1", ",", ".", "-", "+", "--3", "+-3", "3-", "1/2", "½", "5%",
    "5 kg", "NaN", "nan", "Infinity", "-inf", "0x10", "1_000", "1e", "1e1234", "1e+-3", "٣", "३", "五", "3\x00",
    "\ud800", "3\ud862", "１２a", "12'5", "=1+1", "1;2",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "value"), READ.items(), ids=ascii)
def test_a_number_is_read(typed: str, value: str) -> None:
    assert parse_number(typed) == Decimal(value)


@pytest.mark.parametrize("typed", NO_NUMBER, ids=ascii)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert parse_number(typed) is None


def test_forty_characters_are_read_and_one_more_is_not() -> None:
    assert parse_number("1" * 40) == Decimal("1" * 40)
    assert parse_number("1" * 41) is None
    assert parse_number(" ".join("1" * 40)) == Decimal("1" * 40)


@pytest.mark.parametrize("part", ["1", "１", "𬭚", " ", "²", "ﷺ", "1,"])
def test_a_hundred_thousand_characters_are_no_number(part: str) -> None:
    assert parse_number(part * 100_000) is None


def test_nothing_is_rounded_whatever_precision_the_program_calculates_with() -> None:
    """The usual 28 digits would make these two numbers one."""
    with localcontext() as context:
        context.prec = 3
        longer = parse_number("1.00000000000000000000000000000000000001")
        assert longer is not None
        assert longer > 1
        assert longer.as_tuple().digits[-1] == 1
        assert parse_number("1234.5e2") == Decimal(123450)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_every_plain_decimal_is_read_as_itself_in_either_width_and_with_either_sign(value: Decimal) -> None:
    typed = str(value)
    assert parse_number(typed) == value
    wide = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
    assert parse_number(typed.translate(wide)) == value
    assert parse_number(typed.replace(".", ",")) == value
    assert parse_number(f"{value:,}") in {value, None if "." in typed else value}


@given(st.integers(-(10**6), 10**6), st.integers(-99, 99))
def test_every_power_of_ten_is_read_in_every_spelling(digits: int, power: int) -> None:
    value = Decimal(digits).scaleb(power)
    raised = str(power).translate(str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"))
    for spelling in (f"{digits}e{power}", f"{digits}×10^{power}", f"{digits}*10^({power})", f"{digits} × 10{raised}"):
        assert parse_number(spelling) == value


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or value.is_finite()


@given(st.text(alphabet="0123456789+-.,eExX*^()（）×⁻²³ １２３。，－", max_size=12))
def test_nothing_near_a_number_raises(text: str) -> None:
    value = parse_number(text)
    assert value is None or value.is_finite()
