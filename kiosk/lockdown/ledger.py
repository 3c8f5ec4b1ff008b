"""The undo record of a PC: what was there before each change, on disk before the change is made.

Rules: one file per machine. A line is the SHA-256 of (machine identity, newline, JSON) in hex, a space, the JSON, a
newline; the identity inside the digest binds every line to this PC. The first line opens the file, each other line is
one change; lines are only appended, each in one write and one fsync. What is undone leaves the record by one atomic
replacement of the file, so an interrupted undoing is simply done again. An unfinished last line was never
acknowledged, so the change it announces was never made: it does not count. Anything else that does not verify is
damage, and a file that is damaged or of another PC is moved aside under another name, never deleted or changed.
It refuses to know what the values mean.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import LockdownError
from kiosk.lockdown.feature import Before

VERSION = 1
SIZE_LIMIT = 4 * 1024 * 1024  # bytes; a keyboard map is 70 kB, everything else some hundred
_DIGEST = 64


class LedgerUnwritableError(LockdownError):
    """The undo record cannot be read or kept (`errno`), so nothing may be changed."""

    code = "lockdown/ledger-unwritable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One announced change: the feature's name and what was there before."""

    feature: str
    before: Before


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a ledger's bytes say: changes not yet undone (oldest first) and the numbers of lines that are damaged."""

    pending: tuple[Entry, ...] = ()
    damaged: tuple[int, ...] = ()
    written_by: str = ""  # identity in the first line, if that line is intact, whoever wrote it
    version: int = VERSION


def read_story(data: bytes, identity: str) -> Story:
    """Return what `data` says to the machine called `identity`; any bytes give a story."""
    *lines, tail = data.split(b"\n")
    damaged = set()
    for whole in (tail, tail[:-1]):
        if _verified(whole, identity):
            lines.append(whole)
            damaged |= {len(lines)} if whole != tail else set()  # its newline has become something else
            break
    if not lines:
        damaged.add(1)  # the file came into being with its first line in it, so it lost that line
    pending = []
    for number, line in enumerate(lines, start=1):
        body = _verified(line, identity)
        entry = _entry(body)
        if entry is not None:
            pending.append(entry)
        if body.get("line") != number or (entry is None) != (number == 1):
            damaged.add(number)
    header = _own_header(lines[0]) if lines else {}
    written_by, version = header.get("machine"), header.get("version")
    return Story(
        pending=tuple(pending),
        damaged=tuple(sorted(damaged)),
        written_by=written_by if isinstance(written_by, str) else "",
        version=version if isinstance(version, int) else VERSION,
    )


def load(path: Path, identity: str) -> Story:
    """Read the ledger at `path`; no file is a finished story; `LedgerUnwritableError` when it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        return Story()
    except OSError as error:
        raise LedgerUnwritableError(errno=error.errno or 0) from error
    story = read_story(data, identity)
    return story if len(data) <= SIZE_LIMIT else Story(pending=story.pending, damaged=(*story.damaged, 0))


def replace(path: Path, identity: str, pending: Iterable[Entry] = ()) -> None:
    """Make the ledger say exactly `pending`, atomically: before and after a power cut it is one or the other."""
    bodies: list[Mapping[str, object]] = [{"kind": "opened", "machine": identity, "version": VERSION}]
    bodies += [_body(entry) for entry in pending]
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        _append_durably(part, b"".join(_line(body, number, identity) for number, body in enumerate(bodies, start=1)))
        part.rename(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise LedgerUnwritableError(errno=error.errno or 0) from error


def set_aside(path: Path, why: str) -> Path:
    """Rename a ledger that cannot be used to the first free `<name>.<why>-<n>` beside it."""
    number = 1
    while (kept := path.with_name(f"{path.name}.{why}-{number}")).exists():
        number += 1
    try:
        path.rename(kept)
        _sync_folder(path.parent)
    except OSError as error:
        raise LedgerUnwritableError(errno=error.errno or 0) from error
    return kept


class Ledger:
    """The undo record while the PC is locked: it grows line by line and is emptied when all is undone."""

    def __init__(self, path: Path, identity: str) -> None:
        """Begin a new record that keeps what an earlier one could not undo; `sequence.repair` comes first."""
        story = load(path, identity)
        if story.damaged:  # never written over: repair sets it aside
            raise LedgerUnwritableError(errno=errno.EBADMSG)
        self.path = path
        self.identity = identity
        self._pending = list(story.pending)
        self._broken = False
        replace(path, identity, self._pending)

    @property
    def pending(self) -> tuple[Entry, ...]:
        """Changes announced and not yet undone, oldest first."""
        return tuple(self._pending)

    def record(self, feature: str, before: Before) -> None:
        """Write down what was there before; only when this has returned may the change be made.

        The oldest value of a thing is the one to bring back, so a second line for the same thing is not written.
        """
        if any(entry.feature == feature and entry.before.scope == before.scope for entry in self._pending):
            return
        entry = Entry(feature=feature, before=before)
        self._append(_line(_body(entry), len(self._pending) + 2, self.identity))
        self._pending.append(entry)

    def keep(self, pending: Iterable[Entry]) -> None:
        """Everything but `pending` is undone."""
        self._pending = list(pending)
        replace(self.path, self.identity, self._pending)
        self._broken = False

    def _append(self, line: bytes) -> None:
        if self._broken:
            raise LedgerUnwritableError(errno=errno.EIO)
        try:
            _append_durably(self.path, line)
        except OSError as error:
            self._broken = True  # half a line may stand there, and nothing may be glued to it
            raise LedgerUnwritableError(errno=error.errno or 0) from error


def _body(entry: Entry) -> Mapping[str, object]:
    before = entry.before
    return {"kind": "before", "feature": entry.feature, "scope": before.scope, "values": dict(before.values)}


def _entry(body: Mapping[str, object]) -> Entry | None:
    match body:
        case {"kind": "before", "feature": str(feature), "scope": str(scope), "values": dict(values)}:
            texts = {str(key): str(value) for key, value in values.items()}
            return Entry(feature=feature, before=Before(scope=scope, values=texts))
    return None


def _line(body: Mapping[str, object], number: int, identity: str) -> bytes:
    text = json.dumps({**body, "line": number}, sort_keys=True, separators=(",", ":")).encode("ascii")
    return _digest(text, identity) + b" " + text + b"\n"


def _digest(text: bytes, identity: str) -> bytes:
    return hashlib.sha256(identity.encode("ascii") + b"\n" + text).hexdigest().encode("ascii")


def _verified(line: bytes, identity: str) -> Mapping[str, object]:
    """Return the JSON of an intact line of this machine, empty for any other bytes."""
    text = line[_DIGEST + 1 :]
    if line[: _DIGEST + 1] != _digest(text, identity) + b" ":
        return {}
    return _parsed(text)


def _own_header(line: bytes) -> Mapping[str, object]:
    """Return the first line as whoever wrote it meant it, empty when it does not verify under its own name."""
    machine = _parsed(line[_DIGEST + 1 :]).get("machine")
    return _verified(line, machine) if isinstance(machine, str) and machine.isascii() else {}


def _parsed(text: bytes) -> Mapping[str, object]:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _append_durably(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        if os.write(handle, data) != len(data):
            raise OSError(errno.ENOSPC, path.name)
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
