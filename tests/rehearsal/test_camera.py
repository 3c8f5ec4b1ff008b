"""The synthetic camera gives pictures like a camera's, and does what a rehearsal tells it through its folder."""

from pathlib import Path

import pytest

from kiosk.capture.picture import HEIGHT, WIDTH, CodeReader
from kiosk.capture.source import CameraLostError, CameraSource, CameraUnavailableError, FileSource, UnknownSourceError
from kiosk.rehearsal.camera import MOST_SHOWN_BYTES, SyntheticSource, source_of
from tests.capture.cards import CARD, hold_up


def test_no_two_pictures_are_equal() -> None:
    source = source_of("synthetic")
    source.open()
    pictures = []
    for _ in range(6):
        source.grab()
        pictures.append(source.picture())
    assert {picture.shape for picture in pictures} == {(HEIGHT, WIDTH, 3)}
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)
    source.close()


def test_what_is_held_up_can_be_read(tmp_path: Path) -> None:
    source = SyntheticSource(tmp_path)
    source.open()
    reader = CodeReader()
    assert not reader.sees(source.picture())
    assert reader.text(source.picture()) is None
    hold_up(tmp_path)
    read = []
    for _ in range(8):
        source.grab()
        read.append(reader.text(source.picture()))
    assert set(read) - {None} == {CARD}
    assert read.count(CARD) >= 6
    (tmp_path / "show.png").unlink()
    assert not reader.sees(source.picture())


@pytest.mark.parametrize("content", [b"", b"\x89PNG half written", bytes(MOST_SHOWN_BYTES + 1)])
def test_what_cannot_be_shown_is_not_shown(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "show.png").write_bytes(content)
    source = SyntheticSource(tmp_path)
    source.open()
    assert source.picture().shape == (HEIGHT, WIDTH, 3)


def test_it_can_be_covered_and_unplugged(tmp_path: Path) -> None:
    source = SyntheticSource(tmp_path)
    source.open()
    light = float(source.picture().mean())
    (tmp_path / "dark").touch()
    assert float(source.picture().mean()) < 10 < light
    (tmp_path / "unplugged").touch()
    with pytest.raises(CameraLostError):
        source.grab()
    with pytest.raises(CameraUnavailableError):
        source.open()


def test_words_name_sources(tmp_path: Path) -> None:
    assert isinstance(source_of("synthetic"), SyntheticSource)
    assert isinstance(source_of(f"synthetic:{tmp_path}"), SyntheticSource)
    assert isinstance(source_of("file:视频.mkv"), FileSource)
    assert isinstance(source_of("0"), CameraSource)
    assert "rehearsal" in source_of("synthetic").identity


@pytest.mark.parametrize("words", ["", "synthetic:", "synthetics", "file:", "０", "-1", "1234", "/dev/video0", "𬭚"])
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(UnknownSourceError):
        source_of(words)
