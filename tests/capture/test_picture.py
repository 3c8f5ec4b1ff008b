"""Pictures come out in the right size and form, and a code reader survives whatever is held to the camera."""

import numpy as np
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from kiosk.capture import picture
from kiosk.capture.picture import Frame
from tests.capture.cards import CARD


def code(content: str | bytes) -> Frame:
    """Draw a code, four pixels to a module, as a colour picture."""
    mode = "byte" if isinstance(content, bytes) else None
    matrix = segno.make(content, micro=False, error="m", mode=mode).matrix_iter(scale=4, border=4)
    grey = np.array([[0 if dark else 255 for dark in row] for row in matrix], np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def held_up(content: str | bytes, *, degrees: float, side: int = 300, seed: int = 3) -> Frame:
    """A code as a camera sees it: turned, with noise."""
    frame = picture.canvas(colour=(150, 140, 130))
    picture.paste(frame, code(content), centre=(330, 235), side=side, degrees=degrees)
    return picture.add(frame, picture.grain(seed=seed, width=picture.WIDTH, height=picture.HEIGHT))


def test_a_card_is_read_turned_and_with_noise() -> None:
    reader = picture.CodeReader()
    read = [reader.text(held_up(CARD, degrees=degrees)) for degrees in range(-40, 41, 8)]
    assert set(read) - {None} == {CARD}
    assert read.count(CARD) >= 10
    assert reader.sees(held_up(CARD, degrees=8))


def test_chinese_text_is_read() -> None:
    assert picture.CodeReader().text(held_up("考场７-𬭚", degrees=5)) == "考场７-𬭚"


@pytest.mark.parametrize("content", ["x" * (picture.MOST_CODE_BYTES + 1), "two\nlines", "\x00"])
def test_a_strange_code_is_nothing(content: str) -> None:
    assert picture.CodeReader().text(code(content)) is None


def test_bytes_that_are_no_text_do_no_harm() -> None:
    read = picture.CodeReader().text(code(bytes([0xFF, 0xFE, 0x80, 0x81, 0xC8])))
    assert read is None or read.isprintable()


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_noise_is_no_code(width: int, height: int, seed: int) -> None:
    frame = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    assert picture.CodeReader().text(frame) is None
    picture.CodeReader().sees(frame)


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1280, 720), (320, 240), (3, 900), (1920, 4)])
def test_every_shape_fits(width: int, height: int) -> None:
    fitted = picture.fitted(picture.canvas(width=width, height=height, colour=(9, 9, 9)))
    assert fitted.shape == (480, 640, 3)


def test_nothing_of_a_wide_picture_is_cut_off() -> None:
    wide = picture.canvas(width=1280, height=720, colour=(255, 255, 255))
    fitted = picture.fitted(wide)
    assert (fitted[240] == 255).all()
    assert not (fitted[5] == 255).any()


def test_encoded_pictures_are_what_they_say() -> None:
    frame = held_up(CARD, degrees=0)
    webp, jpeg = picture.webp(frame), picture.jpeg(frame)
    assert (webp[:4], webp[8:12], jpeg[:3]) == (b"RIFF", b"WEBP", b"\xff\xd8\xff")
    for data in (webp, jpeg):
        decoded = picture.decoded(data)
        assert decoded is not None
        assert decoded.shape == frame.shape
    small = picture.decoded(picture.preview(frame))
    assert small is not None
    assert small.shape == (240, 320, 3)
    assert picture.decoded(b"") is None
    assert picture.decoded(b"no picture") is None
