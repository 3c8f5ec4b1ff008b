"""An identifier may stand in a file name on anybody's disk, in any script."""

import pytest

from kiosk.formats.names import odd_name


@pytest.mark.parametrize("name", ["07", "０７", "考场3", "𬭚", "2026-11", "a.b(c)+#", "A 01", "x" * 64])
def test_a_name(name: str) -> None:
    assert odd_name(["ok", name]) is None


@pytest.mark.parametrize(
    "name",
    [
        "",
        " a",
        "a ",
        "a.",
        "a-",
        ".a",
        "-a",
        "../a",
        "a/b",
        "a\\b",
        "a:b",
        "a\nb",
        "a\n",
        "a\x00",
        "a\u202eb",
        "x" * 65,
    ],
)
def test_no_name(name: str) -> None:
    assert odd_name(["ok", name]) == name
