"""A source gives bytes at a place, and fewer only at its end."""

from pathlib import Path

from kiosk.formats.source import BytesSource, Source
from kiosk.storage.files import FileSource

DATA = "０７ 𬭚".encode() * 3


def test_memory_and_file_are_the_same_source(tmp_path: Path) -> None:
    (tmp_path / "文件𬭚").write_bytes(DATA)
    file = FileSource(tmp_path / "文件𬭚")
    sources: tuple[Source, ...] = (BytesSource(DATA), file)
    for source in sources:
        assert source.size == len(DATA)
        assert source.read_at(0, len(DATA)) == DATA
        assert source.read_at(3, 4) == DATA[3:7]
        assert source.read_at(len(DATA) - 1, 9) == DATA[-1:]
        assert source.read_at(len(DATA) + 5, 9) == b""
    file.close()
