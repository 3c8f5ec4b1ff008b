"""The words: levels are compared as levels, texts have two languages, half a character is no text."""

import pytest

from kiosk.exam.rules import LockLevel
from kiosk.exam.vocabulary import Language, Level, Text, is_whole


def test_levels_rise_from_apprentice_to_chief_technician() -> None:
    assert sorted(Level) == list(Level)
    assert Level.JUNIOR < Level.SENIOR < Level.SENIOR_TECHNICIAN
    assert not Level.SENIOR < Level.SENIOR
    assert max(Level) is Level.CHIEF_TECHNICIAN


def test_a_session_lock_is_firmer_than_a_desktop_lock_and_that_than_none() -> None:
    assert LockLevel.PRACTICE < LockLevel.DESKTOP < LockLevel.SESSION
    assert not LockLevel.SESSION < LockLevel.SESSION


def test_a_text_is_in_both_languages() -> None:
    text = Text(zh="铼𬭚", en="rhenium")
    assert (text.of(Language.ZH), text.of(Language.EN)) == ("铼𬭚", "rhenium")


@pytest.mark.parametrize("text", ["", "王𬭚　０７", "\x00", "\ufffe"])
def test_every_text_with_whole_characters_can_be_written_down(text: str) -> None:
    assert is_whole(text)
    assert text.encode().decode() == text


@pytest.mark.parametrize("text", ["\ud862", "王\udeda", "\udeda\ud862"])
def test_half_of_a_pair_cannot(text: str) -> None:
    assert not is_whole(text)
    with pytest.raises(UnicodeEncodeError):
        text.encode()
