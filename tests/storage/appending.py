"""How the tests start tests/storage/appender.py, and how they read what strace saw of it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.storage.journals import signatory

APPENDER = Path(__file__).parent / "appender.py"


def prepared(folder: Path) -> Path:
    """Leave the keys the program needs, and return where its journal will be."""
    by = signatory()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "key.pem").write_bytes(by.key.to_pem())
    (folder / "chain.pem").write_bytes(by.chain_pem)
    (folder / "recipient").write_text(by.recipients[0], encoding="utf-8")
    return folder / "j"


def command(journal: Path, count: int, *statements: str) -> list[str]:
    return [sys.executable, str(APPENDER), str(journal), str(count), *statements]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One thing the program asked of the system, or said: what, of which file, where, which bytes."""

    what: str
    file: str = ""
    offset: int = 0
    data: bytes = b""


CALLS = "pwrite64,write,lseek,fsync,fdatasync,ftruncate,unlink"
_HANDLE = re.compile(r"^(?:\d+\s+)?(\w+)\((\d+)<((?:\\x..)*|[^<>]*)>(.*)\)\s+= (\d+)")
_UNLINK = re.compile(r"^(?:\d+\s+)?unlink\(\"((?:\\x..)*)\"\)\s+= 0")


def traced(folder: Path, count: int, *statements: str) -> list[Call]:
    """Run the program under strace and return its calls in order; skip where strace is missing or not allowed."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: what the program asks of the disk cannot be seen")
    journal, log = prepared(folder), folder / "trace"
    options = ["-f", "-qq", "-y", "-xx", "-s", "200000", "-o", str(log), "-e", f"trace={CALLS}", "-e", "signal=none"]
    if subprocess.run([strace, *options, "true"], capture_output=True, check=False).returncode:
        pytest.skip("strace may not trace here")
    done = subprocess.run(
        [strace, *options, *command(journal, count, *statements)], capture_output=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == b"%d" % (count - 1)
    return list(_calls(log.read_text(encoding="utf-8").splitlines(), journal))


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _calls(lines: list[str], journal: Path) -> Iterator[Call]:
    """Yield what was said and what was done to the journal's files; `.` is its folder."""
    places: dict[str, int] = {}
    for line in lines:
        if gone := _UNLINK.match(line):
            path = Path(_bytes(gone[1]).decode())
            if path.parent == journal:
                yield Call(what="unlink", file=path.name)
        elif found := _HANDLE.match(line):
            what, handle, raw, words, result = found.groups()
            path = Path((_bytes(raw) if raw.startswith("\\x") else raw.encode()).decode())
            arguments = words.split(", ")
            if what == "write" and handle == "1":
                yield Call(what="says", data=_bytes(arguments[1].strip('"')))
            elif journal in {path, path.parent}:
                yield from _on_file(what, "." if path == journal else path.name, arguments, int(result), places)


def _on_file(what: str, file: str, arguments: list[str], result: int, places: dict[str, int]) -> Iterator[Call]:
    if what == "lseek":
        places[file] = result
    elif what in {"fsync", "fdatasync"}:
        yield Call(what="sync", file=file)
    elif what == "ftruncate":
        yield Call(what="cut", file=file, offset=int(arguments[1]))
    else:
        data = _bytes(arguments[1].strip('"'))[:result]
        offset = int(arguments[3]) if what == "pwrite64" else places.get(file, 0)
        places[file] = offset + result
        yield Call(what="write", file=file, offset=offset, data=data)
