"""A real source opens only when pictures come out of it, and says why when none do."""

from pathlib import Path

import pytest

from kiosk.capture import picture
from kiosk.capture.source import CameraLostError, CameraSource, CameraUnavailableError, FileSource, capped
from kiosk.capture.vision import cv2


def film(path: Path, pictures: int) -> None:
    """A short film whose pictures grow lighter."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 50, (320, 240))
    for number in range(pictures):
        writer.write(picture.canvas(width=320, height=240, colour=(40 * number, 40 * number, 40 * number)))
    writer.release()


def play(source: FileSource, pictures: int) -> None:
    for _ in range(pictures):
        source.grab()


def test_a_film_is_played_again_and_again(tmp_path: Path) -> None:
    film(tmp_path / "考场.avi", 4)
    source = FileSource(tmp_path / "考场.avi")
    source.open()
    seen = []
    for _ in range(9):
        source.grab()
        seen.append(round(float(source.picture().mean()) / 40))
    source.close()
    assert seen == [1, 2, 3, 0, 1, 2, 3, 0, 1]
    with pytest.raises(CameraLostError):
        source.grab()
    with pytest.raises(CameraLostError):
        source.picture()


def test_a_film_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(CameraUnavailableError) as refusal:
        FileSource(tmp_path / "none.avi").open()
    assert refusal.value.data == {"cause": "absent"}
    (tmp_path / "text.avi").write_text("no film")
    with pytest.raises(CameraUnavailableError) as refusal:
        FileSource(tmp_path / "text.avi").open()
    assert refusal.value.data == {"cause": "unreadable"}


def test_a_film_that_vanishes(tmp_path: Path) -> None:
    film(tmp_path / "film.avi", 2)
    source = FileSource(tmp_path / "film.avi")
    source.open()
    (tmp_path / "film.avi").unlink()
    with pytest.raises(CameraLostError):
        play(source, 4)


def test_a_camera_that_is_not_there() -> None:
    source = CameraSource(999)
    with pytest.raises(CameraUnavailableError) as refusal:
        source.open()
    assert refusal.value.data == {"cause": "absent"}
    with pytest.raises(CameraLostError):
        source.grab()
    with pytest.raises(CameraLostError):
        source.picture()
    source.close()
    assert source.identity == "video999"


def test_pictures_are_brought_to_colour_and_size() -> None:
    grey = picture.canvas(width=64, height=48)[:, :, 0]
    assert capped(grey).shape == (48, 64, 3)
    assert capped(picture.canvas(width=4000, height=3000)).shape == (480, 640, 3)
    assert capped(picture.canvas(width=1280, height=720)).shape == (720, 1280, 3)
