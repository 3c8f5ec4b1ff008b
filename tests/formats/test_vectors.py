"""The published vectors hold: whoever reads our files in another language can check himself against them."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.errors import KioskError
from kiosk.exam.vocabulary import CentreId, RoomId
from kiosk.formats.bundle_file import open_envelope, open_evidence, open_result
from kiosk.formats.codec import decode_event, decode_session_event, encode_event
from kiosk.formats.journal import check_chain, check_epochs, check_tags, record_from_line
from kiosk.formats.package_file import open_package
from kiosk.formats.source import BytesSource

FOLDER = Path(__file__).parent.parent / "vectors"
BUNDLE = FOLDER / "bundle"


def loaded(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


EXPECTED = loaded("bundle/expected.json")
ROOT = (BUNDLE / "root.pem").read_bytes()
SECRET = (BUNDLE / "office.key").read_text(encoding="ascii").splitlines()[-1]


def test_events() -> None:
    vectors = loaded("events.json")
    for body in vectors["events"]:
        assert encode_event(decode_event(body.encode())) == body.encode()
    for body in vectors["session_events"]:
        assert encode_event(decode_session_event(body.encode())) == body.encode()


def check_journal(lines: list[str]) -> str:
    vectors = loaded("journal.json")
    records = [record_from_line(line.encode()) for line in lines]
    end = check_chain(vectors["journal"], records)
    trust = {"chain_pem": vectors["chain"].encode(), "root_pem": vectors["root"].encode(), "at": vectors["at"]}
    check_epochs(vectors["journal"], records, **trust)
    check_tags(records, vectors["secret"])
    return end.head.hex()


def test_the_journal_holds() -> None:
    vectors = loaded("journal.json")
    assert check_journal(vectors["lines"]) == vectors["head"]


@pytest.mark.parametrize("attack", loaded("journal.json")["attacks"], ids=lambda attack: attack["why"])
def test_an_attack_on_the_journal(attack: Any) -> None:
    lines = loaded("journal.json")["lines"]
    rows: list[str] = []
    for part in attack["rows"]:
        rows += [part] if isinstance(part, str) else lines[part[0] : part[1]]
    with pytest.raises(KioskError) as refused:
        check_journal(rows)
    assert refused.value.code == attack["code"]


def opened(name: str, data: bytes) -> Any:
    source, at = BytesSource(data), EXPECTED["at"]
    if name.endswith(".kround"):
        room, centre = RoomId(EXPECTED["room"]), CentreId(EXPECTED["centre"])
        said: dict[str, Any] = {"at": at, "program": EXPECTED["program"], "newest": 0}
        return open_package(source, root_pem=ROOT, room=room, centre=centre, **said)
    return open_result(open_envelope(source, root_pem=ROOT, at=at), SECRET, root_pem=ROOT)


def test_the_files_hold() -> None:
    found = opened("sound.kresult", (BUNDLE / "sound.kresult").read_bytes())
    assert found.summary.person.name == EXPECTED["name"]
    assert (found.header.records, found.header.head) == (EXPECTED["records"], EXPECTED["head"])
    evidence = open_evidence(BytesSource((BUNDLE / "sound.kevidence").read_bytes()), found.header, root_pem=ROOT)
    assert (evidence.damaged, evidence.missing, len(evidence.names)) == ((), (), 2)
    package = opened("sound.kround", (BUNDLE / "sound.kround").read_bytes())
    assert (package.round.room, package.round.centre) == (EXPECTED["room"], EXPECTED["centre"])


@pytest.mark.parametrize("change", EXPECTED["refused"], ids=lambda change: f"{change['file']} {change['why']}")
def test_a_change_is_refused_by_its_name(change: Any) -> None:
    data = bytearray((BUNDLE / change["file"]).read_bytes())
    if "xor" in change:
        data[change["offset"]] ^= change["xor"]
    data += bytes(change.get("append", 0))
    with pytest.raises(KioskError) as refused:
        opened(change["file"], bytes(data)[: change.get("cut", len(data))])
    assert refused.value.code == change["code"]
