"""Makes the published vectors of the file formats anew: `python -m tests.support.make_vectors`.

Needed only when a format gets a new version: keys and seals are drawn afresh, so every run gives other bytes. The keys
in the vectors guard nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.crypto import chain
from kiosk.formats.codec import encode_event
from kiosk.formats.container import Limits
from kiosk.formats.journal import Record, record_to_line
from kiosk.formats.source import BytesSource
from kiosk.formats.stored_zip import read_directory
from tests.crypto.world import world
from tests.formats.test_codec import one_of_each_event, one_of_each_session_event
from tests.support import builders as b
from tests.support.bundles import NOW, evidence, made, office, package, result

FOLDER = Path(__file__).parent.parent / "vectors"


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write one vector file, readable by people."""
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def events() -> None:
    """One body of each kind of event."""
    both = {"events": one_of_each_event(), "session_events": one_of_each_session_event()}
    bodies = {
        name: [*{type(event): encode_event(event).decode() for event in kinds}.values()] for name, kinds in both.items()
    }
    what = (
        "One event of each class (kiosk/formats/canonical.md, Values): a reader accepts each and writes the same bytes."
    )
    write_json(FOLDER / "events.json", {"what": what, **bodies})


def journal() -> None:
    """A sitting's journal, and what tampering with it must be called."""
    records = made().content.records
    lines = [record_to_line(record).decode() for record in records]
    value = {
        "what": (
            "A journal (kiosk/formats/journal.md). `rows` of an attack are ranges [from, to) of `lines`, or a line of "
            "its own; a reader with trust anchor and office key refuses it with `code`."
        ),
        "journal": b.SITTING,
        "at": NOW,
        "root": world().root.chain_pem.decode(),
        "chain": world().workstation.chain_pem.decode(),
        "secret": office().secret,
        "head": records[-1].hash.hex(),
        "lines": lines,
        "attacks": _attacks(records),
    }
    write_json(FOLDER / "journal.json", value)


def _attacks(records: Sequence[Record]) -> list[dict[str, Any]]:
    end, epoch = len(records), next(record.seq for record in records[1:] if record.epoch == 1)

    def line(record: Record) -> str:
        return record_to_line(record).decode()

    edited = replace(records[4], body=records[5].body)
    rehashed = _chained(records[:3], replace(records[3], body=records[4].body))
    forged = _chained(records, replace(records[-1], seq=end, tag=bytes(32)))
    return [
        {"why": "a body was changed", "rows": [[0, 4], line(edited), [5, end]], "code": "journal/hash"},
        {"why": "a record was taken out", "rows": [[0, 4], [5, end]], "code": "journal/numbering"},
        {"why": "two records were exchanged", "rows": [[0, 4], [5, 6], [4, 5], [6, end]], "code": "journal/numbering"},
        {"why": "a record stands twice", "rows": [[0, 5], [4, end]], "code": "journal/numbering"},
        {"why": "the beginning was cut", "rows": [[1, end]], "code": "journal/numbering"},
        {"why": "everything was cut", "rows": [], "code": "journal/empty"},
        {
            "why": "an epoch was taken out and the rest numbered anew",
            "rows": [[0, epoch], *(line(replace(one, seq=one.seq - 1)) for one in records[epoch + 1 :])],
            "code": "journal/epoch",
        },
        {"why": "changed and hashed anew without the key", "rows": [[0, 3], line(rehashed)], "code": "journal/tag"},
        {"why": "a record was added without the key", "rows": [[0, end], line(forged)], "code": "journal/tag"},
    ]


def _chained(before: Sequence[Record], record: Record) -> Record:
    mark = chain.row_hash(before[-1].hash, record.seq, record.epoch, record.body)
    return replace(record, hash=mark)


def bundles() -> None:
    """A result, its evidence and a package, and single changes with the code each must be refused with."""
    folder = FOLDER / "bundle"
    folder.mkdir(exist_ok=True)
    files = {"sound.kresult": result(), "sound.kevidence": evidence(), "sound.kround": package()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "root.pem").write_bytes(world().root.chain_pem)
    (folder / "office.key").write_text(f"# for tests only\n{office().secret}\n", encoding="ascii")
    value = {
        "what": (
            "Containers (kiosk/formats/container.md). Each refusal is one change to a sound file: `xor` 1 at "
            "`offset`, `cut` to so many bytes, or `append` one zero byte; a reader refuses it with `code`."
        ),
        "at": NOW,
        "program": "0.1.0",
        "room": b.ROOM,
        "centre": b.CENTRE,
        "name": b.NAME,
        "records": made().header.records,
        "head": made().header.head,
        "refused": [
            one
            for name, family in (("sound.kresult", "bundle"), ("sound.kround", "package"))
            for one in _refusals(name, files[name], family)
        ],
    }
    write_json(folder / "expected.json", value)


def _refusals(name: str, data: bytes, family: str) -> list[dict[str, Any]]:
    entries = {entry.name: entry for entry in read_directory(BytesSource(data), Limits())}
    codes = dict.fromkeys(entries, f"{family}/damaged")
    codes["tagmanifest-sha256.sig"] = codes["tagmanifest-sha256.txt"] = f"{family}/damaged"
    flips = [
        {
            "file": name,
            "why": f"{member}, last byte",
            "xor": 1,
            "offset": entry.offset + entry.size - 1,
            "code": codes[member],
        }
        for member, entry in entries.items()
    ]
    return [
        *flips,
        {"file": name, "why": "the magic", "xor": 1, "offset": 0, "code": f"{family}/not-a-{family}"},
        {"file": name, "why": "the date of a member", "xor": 1, "offset": 12, "code": f"{family}/damaged"},
        {"file": name, "why": "half of the file", "cut": len(data) // 2, "code": f"{family}/damaged"},
        {"file": name, "why": "all but one byte", "cut": len(data) - 1, "code": f"{family}/damaged"},
        {"file": name, "why": "nothing", "cut": 0, "code": f"{family}/not-a-{family}"},
        {"file": name, "why": "one byte more", "append": 1, "code": f"{family}/damaged"},
    ]


if __name__ == "__main__":
    events()
    journal()
    bundles()
