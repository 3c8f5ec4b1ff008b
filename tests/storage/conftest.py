"""A small disk of its own, for tests that fill it or make it read-only; only root may make one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest


class SmallDisk:
    """One megabyte of memory as a file system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, *, leave: int = 0) -> Path:
        """Write until the disk is full, but for `leave` bytes; return the file that fills it."""
        ballast = self.folder / "ballast"
        with ballast.open("wb", buffering=0) as out, suppress(OSError):
            while out.write(bytes(4_096)):
                pass
        if leave:
            os.truncate(ballast, ballast.stat().st_size - leave)
        return ballast

    def forbid_writing(self) -> None:
        """Make the disk read-only."""
        subprocess.run(["mount", "-o", "remount,ro", str(self.folder)], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    if shutil.which("mount") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk to fill it")
    folder = tmp_path / "小 盘𬭚"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this machine does not let a test mount a small disk")
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
