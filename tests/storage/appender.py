"""A program that appends to a journal without end (or `count` times) and says on its output which record is durable.

Started by the tests of kill -9, of fsync and of power cuts: python appender.py FOLDER COUNT [SQL ...]
Each line it writes is one number that it calls written. The statements are run on the journal's own connection first.
"""

import os
import sys
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from kiosk.crypto.sign import SigningKey  # noqa: E402 - the path comes first
from kiosk.storage.journal_store import JournalStore, Signatory  # noqa: E402
from tests.storage.journals import JOURNAL, KEY, body, numbers  # noqa: E402


def signatory(folder: Path) -> Signatory:
    """Read who signs, as the test left it beside the journal."""
    return Signatory(
        key=SigningKey.from_pem((folder.parent / "key.pem").read_bytes()),
        chain_pem=(folder.parent / "chain.pem").read_bytes(),
        recipients=((folder.parent / "recipient").read_text(encoding="utf-8"),),
    )


def main() -> None:
    """Append until the end or until somebody kills this program."""
    folder, most, *statements = Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
    by, start = signatory(folder), 0
    if (folder / "journal.db").exists():
        store, records = JournalStore.reopen(folder, JOURNAL, KEY, by)
        start = len(numbers(records))
    else:
        store = JournalStore.create(folder, JOURNAL, KEY, by)
    for statement in statements:
        store._connection.execute(statement)
    os.write(1, b"ready\n")
    for number in range(start, start + most) if most else count(start):
        store.append([body(number, size=number * 37 % 700)])
        if number % 10 == 0:
            store.sync_head()
        os.write(1, b"%d\n" % number)


if __name__ == "__main__":
    main()
