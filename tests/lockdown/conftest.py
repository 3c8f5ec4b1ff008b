"""A real X server for one test, where Xvfb is installed."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from kiosk.lockdown.machine import SystemMachine

TOOLS = ("Xvfb", "setxkbmap", "xkbcomp")


@pytest.fixture
def desktop() -> Iterator[SystemMachine]:
    """A PC whose screen is an X server of its own."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", "-noreset", "-screen", "0", "640x480x24"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    unset = ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XAUTHORITY")
    yield SystemMachine(
        {key: value for key, value in os.environ.items() if key not in unset} | {"DISPLAY": f":{number}"}
    )
    server.terminate()
    server.wait()
