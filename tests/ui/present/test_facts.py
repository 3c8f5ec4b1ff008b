"""Times, points, numbers and names as people read them."""

import subprocess
import sys
from typing import NamedTuple

import pytest

from kiosk.exam.vocabulary import BankId, Instant, Language, Level, Millis, Points
from kiosk.ui.present import facts
from tests.support import builders as b

ZH, EN = Language.ZH, Language.EN


class Booked(NamedTuple):
    bank: BankId


@pytest.mark.parametrize(
    ("worth", "zh", "en"),
    [
        (10, "1 分", "1 point"),
        (25, "2.5 分", "2.5 points"),
        (5, "0.5 分", "0.5 points"),
        (1000, "100 分", "100 points"),
    ],
)
def test_points_are_whole_or_with_one_decimal(worth: int, zh: str, en: str) -> None:
    assert facts.points(Points(worth), ZH) == zh
    assert facts.points(Points(worth), EN) == en


@pytest.mark.parametrize(
    ("ms", "zh"),
    [
        (0, "0 秒"),
        (1, "1 秒"),
        (59_000, "59 秒"),
        (59_001, "1 分 0 秒"),
        (582_000, "9 分 42 秒"),
        (3_600_000, "1 小时 0 分"),
        (5_430_000, "1 小时 30 分"),
    ],
)
def test_time_left_is_said_as_people_say_it(ms: int, zh: str) -> None:
    assert facts.left_words(Millis(ms), ZH) == zh


def test_minutes_are_rounded_up() -> None:
    assert facts.minutes(Millis(60_001), ZH) == "2 分钟"
    assert facts.minutes(Millis(60_000), EN) == "1 minute"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("202611040042", "2026 1104 0042"),
        ("20261", "2026 1"),
        ("", ""),
        ("B-𬭚-07", "B-𬭚-07"),
        ("２０２６１１", "２０２６１１"),
    ],
)
def test_numbers_of_figures_stand_in_groups(number: str, shown: str) -> None:
    assert facts.number_groups(number) == shown


def test_times_are_those_of_the_rooms_clock() -> None:
    now = Instant(mono=Millis(0), wall=1_000, room=61_000)
    assert facts.room_time(500, now) == 60_500
    assert facts.time_now(now) == 61_000
    alone = Instant(mono=Millis(0), wall=1_000)
    assert facts.room_time(500, alone) == 500
    assert facts.time_now(alone) == 1_000


def test_times_are_figures() -> None:
    assert len(facts.time_of_day(b.START)) == len("14:27:31")
    assert facts.time_of_day(b.START).startswith(facts.hour_and_minute(b.START))
    assert facts.date_and_time(b.START).endswith(facts.time_of_day(b.START))


def test_who_is_examined_in_what() -> None:
    round_ = b.round_(("age1x",))
    assert facts.subject_words(round_, Booked(b.BANK), ZH) == "稀土火法冶炼工  |  五级/初级工"
    assert facts.subject_words(round_, Booked(b.BANK), EN) == "Rare-earth smelter  |  Level 5 (junior)"
    assert facts.seat_words("A-17", ZH) == "机位 A-17"


@pytest.mark.parametrize("level", list(Level))
def test_every_level_has_a_name(level: Level) -> None:
    assert facts.level_words(level, ZH) != facts.level_words(level, EN)


def test_nothing_here_needs_qt() -> None:
    names = "briefing exam facts item practice receipt review sign_in waiting"
    modules = ", ".join(f"kiosk.ui.present.{name}" for name in names.split())
    script = f"import sys, {modules}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
