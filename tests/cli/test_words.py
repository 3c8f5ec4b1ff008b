"""How the command line says things."""

import pytest

from kiosk.cli.demo import camera_words
from kiosk.cli.kiosk import link_for
from kiosk.cli.words import in_both, reason_of, refused
from kiosk.errors import KioskError
from kiosk.exam.round import WrongSeatError


def test_a_refusal_has_three_parts_in_both_languages() -> None:
    block = refused(WrongSeatError(number="２０２６ 𬭚", seat="A-02")).splitlines()
    assert len(block) == 3
    assert block[2] == "[roster/wrong-seat number=２０２６ 𬭚, seat=A-02]"


def test_a_code_without_words_of_its_own_has_those_of_its_family() -> None:
    class OddError(KioskError):
        code = "journal/odd"

    assert refused(OddError()).endswith("[journal/odd]")
    assert reason_of("nothing/known", {}).endswith("[nothing/known]")


def test_sentences_come_in_both_languages() -> None:
    said = in_both("cli.demo-held")
    assert any(char > "\u4e00" for char in said)
    assert "All" in said


@pytest.mark.parametrize(
    ("given", "words"),
    [("0", "0"), ("file:a.mp4", "file:a.mp4"), ("片子.mp4", "file:片子.mp4")],
)
def test_the_camera_is_named_as_the_recorder_knows_it(given: str, words: str, tmp_path: object) -> None:
    assert camera_words(given, tmp_path) == words  # type: ignore[arg-type]
    assert camera_words("synthetic", tmp_path) == f"synthetic:{tmp_path}"  # type: ignore[arg-type]


def test_no_camera_is_no_recorder() -> None:
    assert link_for("none") is None
    assert link_for("0") is not None
