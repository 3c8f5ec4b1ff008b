"""QR codes are read back by another program, as picture, as matrix and as characters of a terminal."""

import re

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from kiosk.paper.qr import LONGEST, QUIET, TooLongForQrError, qr_matrix, qr_png, qr_text

CARD = "KC1:3f9a2c-1:164032-059620-138171-415360-302060-606287-606419-572341:123453"


def read(image: npt.NDArray[np.uint8]) -> str:
    text, *_ = cv2.QRCodeDetector().detectAndDecode(image)
    return str(text)


def picture(dark: list[list[bool]], scale: int = 6) -> npt.NDArray[np.uint8]:
    grey = np.where(np.array(dark), 0, 255).astype(np.uint8)
    return np.kron(grey, np.ones((scale, scale), np.uint8))


@pytest.mark.parametrize("text", [CARD, "KR1:6f1c0f52:" + "ab" * 32, "A", "考场３ 𬭚"])
def test_a_png_reads_back(text: str) -> None:
    image = cv2.imdecode(np.frombuffer(qr_png(text), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    assert read(image.astype(np.uint8)) == text


def test_a_matrix_reads_back_and_is_always_the_same() -> None:
    matrix = qr_matrix(CARD)
    assert matrix == qr_matrix(CARD)
    assert {len(row) for row in matrix} == {len(matrix)} == {37}
    size = len(matrix) + 2 * QUIET
    dark = [[False] * size for _ in range(size)]
    for y, row in enumerate(matrix):
        dark[y + QUIET][QUIET : QUIET + len(row)] = row
    assert read(picture(dark)) == CARD


def test_the_terminal_shows_the_same_code() -> None:
    rows = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in qr_text(CARD).splitlines()]
    upper = [[char not in "█▀" for char in row] for row in rows]
    lower = [[char not in "█▄" for char in row] for row in rows]
    dark = [line for pair in zip(upper, lower, strict=True) for line in pair]
    assert read(picture(dark)) == CARD
    assert qr_text(CARD).count("\x1b[0m\n") == len(rows)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(TooLongForQrError):
        qr_matrix("9" * (LONGEST + 1))
    with pytest.raises(TooLongForQrError):
        qr_png("𬭚" * LONGEST)
