"""Files that are there when we say so: whole or absent, read back, never through a link or a pipe on a stick."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.formats.source import Source
from kiosk.storage.files import (
    FileReadError,
    FileSource,
    FileWriteError,
    ReadBackError,
    chunks_of,
    erase,
    file_digest,
    free_bytes,
    read_file,
    sync_folder,
    write_durably,
    write_private,
)

BIG = 3 * (1 << 20) + 7
ODD = bytes(range(256)) * 13 + b"\r\n\x1a" + "钕𬭚０７".encode()


@pytest.mark.parametrize("name", ["a.kresult", "结果 𬭚　０７.kresult", "100%#?", "长" * 80, ".hidden"])
@pytest.mark.parametrize("data", [b"", ODD, bytes(BIG)], ids=["empty", "odd", "big"])
def test_a_file_is_whole_alone_and_its_digest_is_returned(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    digest = write_durably(path, data)
    assert path.read_bytes() == data
    assert digest == hashlib.sha256(data).hexdigest() == file_digest(path)
    assert list(tmp_path.iterdir()) == [path]


def test_pieces_are_written_in_order_and_progress_counts_bytes(tmp_path: Path) -> None:
    told: list[int] = []
    digest = write_durably(tmp_path / "f", iter(["题".encode(), b"", "𬭚".encode()]), told.append)
    assert told == [3, 3, 7]
    assert digest == hashlib.sha256("题𬭚".encode()).hexdigest()


def test_a_file_replaces_an_older_one(tmp_path: Path) -> None:
    write_durably(tmp_path / "f", b"older and longer")
    write_durably(tmp_path / "f", b"new")
    assert (tmp_path / "f").read_bytes() == b"new"


class StickPulledError(Exception):
    """What the source of a copy may raise."""


def failing() -> Iterator[bytes]:
    yield b"the first piece"
    raise StickPulledError


def test_whatever_the_source_raises_nothing_is_left_behind(tmp_path: Path) -> None:
    write_durably(tmp_path / "f", b"older")
    with pytest.raises(StickPulledError):
        write_durably(tmp_path / "f", failing())
    with pytest.raises(FileReadError):
        write_durably(tmp_path / "g", chunks_of(tmp_path / "missing"))
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert (tmp_path / "f").read_bytes() == b"older"


def test_what_is_read_back_otherwise_is_refused_and_taken_away(tmp_path: Path) -> None:
    """Another program writes into the file while it is being written: a stick that lies looks the same."""
    path = tmp_path / "f"

    def disturb(written: int) -> None:
        if written == 2 * len(ODD) * 100:
            with (tmp_path / "f.part").open("rb+") as other:
                other.write(b"\xff")

    with pytest.raises(ReadBackError) as refused:
        write_durably(path, (ODD * 100 for _ in range(2)), disturb)
    assert refused.value.data == {"file": "f"}
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_back_is_refused(tmp_path: Path) -> None:
    """The name is taken by a link to nowhere the moment the file was written: nothing can be opened there."""
    with pytest.raises(FileWriteError):
        write_durably(tmp_path / "missing" / "f", b"x")

    def vanish(_written: int) -> None:
        (tmp_path / "f.part").unlink()

    with pytest.raises(FileWriteError):
        write_durably(tmp_path / "f", b"x", vanish)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["missing/f", "file/f", "长" * 84, "长" * 90])
def test_an_impossible_place_is_our_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileWriteError) as refused:
        write_durably(tmp_path / place, b"x")
    assert refused.value.data["detail"]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_with_the_name_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    with pytest.raises(FileWriteError):
        write_durably(tmp_path / "f", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["f"]


@pytest.mark.parametrize("write", [write_durably, write_private])
def test_a_link_prepared_on_a_stick_leads_nowhere(tmp_path: Path, write: object) -> None:
    """Somebody guessed the name and left links to a file of ours."""
    ours = tmp_path / "journal.db"
    ours.write_bytes(b"precious")
    for name in ("f", "f.part"):
        (tmp_path / name).symlink_to(ours)
    assert callable(write)
    write(tmp_path / "f", b"new")
    assert ours.read_bytes() == b"precious"
    assert not (tmp_path / "f").is_symlink()
    assert (tmp_path / "f").read_bytes() == b"new"


@given(st.binary(max_size=400), st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_source_gives_any_part_and_fewer_bytes_only_at_the_end(
    tmp_path: Path, data: bytes, parts: list[tuple[int, int]]
) -> None:
    (tmp_path / "f").write_bytes(data)
    opened = FileSource(tmp_path / "f")
    source: Source = opened
    assert source.size == len(data)
    for offset, length in parts:
        assert source.read_at(offset, length) == data[offset : offset + length]
    opened.close()


def test_a_source_reads_more_than_one_piece_and_keeps_its_file_when_the_name_is_given_away(tmp_path: Path) -> None:
    path = tmp_path / "f"
    data = os.urandom(BIG)
    path.write_bytes(data)
    source = FileSource(path)
    (tmp_path / "swapped").write_bytes(b"something else")
    (tmp_path / "swapped").replace(path)
    assert source.read_at(0, BIG) == data
    source.close()
    with pytest.raises(FileReadError):
        source.read_at(0, 1)


def test_a_place_before_the_beginning_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x")
    source = FileSource(tmp_path / "f")
    with pytest.raises(FileReadError):
        source.read_at(-1, 1)
    source.close()


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """A pipe that somebody named like a bundle would wait for ever; a folder has a size too."""
    os.mkfifo(tmp_path / "pipe.kresult")
    (tmp_path / "folder.kresult").mkdir()
    for name in ("pipe.kresult", "folder.kresult", "missing.kresult", "pipe.kresult/f"):
        for read in (FileSource, lambda path: read_file(path, limit=9), lambda path: list(chunks_of(path))):
            with pytest.raises(FileReadError) as refused:
                read(tmp_path / name)
            assert refused.value.data["detail"]


def test_a_small_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"123")
    assert read_file(tmp_path / "f", limit=3) == b"123"
    with pytest.raises(FileReadError) as refused:
        read_file(tmp_path / "f", limit=2)
    assert refused.value.data == {"file": "f", "detail": "too large"}


def test_a_file_comes_in_pieces_of_at_most_a_mebibyte(tmp_path: Path) -> None:
    data = os.urandom(BIG)
    (tmp_path / "f").write_bytes(data)
    pieces = list(chunks_of(tmp_path / "f"))
    assert [len(piece) for piece in pieces] == [1 << 20] * 3 + [7]
    assert b"".join(pieces) == data
    (tmp_path / "empty").write_bytes(b"")
    assert list(chunks_of(tmp_path / "empty")) == []


def test_the_digest_of_what_cannot_be_read_is_our_error(tmp_path: Path) -> None:
    with pytest.raises(FileReadError):
        file_digest(tmp_path / "missing")


def test_a_secret_is_whole_and_for_this_account_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "device.secret"
    write_private(path, b"one")
    path.chmod(0o644)
    write_private(path, ODD)
    assert path.read_bytes() == ODD
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileWriteError):
        write_private(tmp_path / "file" / "device.secret", b"x")


def test_an_erased_secret_is_overwritten_before_it_is_removed(tmp_path: Path) -> None:
    """A second name of the same file shows what was left on the disk."""
    path, second = tmp_path / "密钥.slot", tmp_path / "second name"
    write_private(path, b"secret" * 100)
    second.hardlink_to(path)
    erase(path)
    assert not path.exists()
    assert second.read_bytes() == bytes(600)
    erase(path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(FileWriteError):
        erase(tmp_path / "folder")


def test_a_folder_can_be_synced_and_measured(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    assert free_bytes(tmp_path) > 0
    with pytest.raises(FileReadError):
        free_bytes(tmp_path / "missing")
