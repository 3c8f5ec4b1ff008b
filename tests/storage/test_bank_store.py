"""A bank as a file: what was written comes back, item by item, and nothing of it can be read without its key."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.exam.bank import Bank, ItemType
from kiosk.exam.form import compose
from kiosk.exam.vocabulary import ItemId, Text
from kiosk.formats.canonical import CanonicalError
from kiosk.storage import database
from kiosk.storage.bank_store import BankReader, DamagedItemError, write_bank
from kiosk.storage.database import DatabaseWriteError, OldSchemaError, UnreadableDatabaseError
from tests.exam.values import bank_of, item_of, small_bank

KEY = b"b" * 32


def large_bank() -> Bank:
    items = [item_of(f"题𬭚-{number:03d}", ItemType.SINGLE, f"A-{number % 50}", 4) for number in range(300)]
    return bank_of(items, [(ItemType.SINGLE, 40)], [("A", 40, [f"A-{number}" for number in range(50)])])


def written(folder: Path, bank: Bank) -> Path:
    write_bank(folder / "bank 题库.db", KEY, bank)
    return folder / "bank 题库.db"


@pytest.mark.parametrize("bank", [small_bank(), large_bank()], ids=["every type", "300 items"])
def test_a_bank_comes_back_whole_and_item_by_item(tmp_path: Path, bank: Bank) -> None:
    path = written(tmp_path, bank)
    assert list(tmp_path.iterdir()) == [path]
    reader = BankReader(path, KEY)
    assert reader.head == replace(bank, items=())
    for item in bank.items:
        assert reader.item(item.id) == item
    assert reader.whole() == bank
    assert compose(reader.whole(), b"seed") == compose(bank, b"seed")
    reader.close()
    assert list(tmp_path.iterdir()) == [path]


def test_no_text_of_a_bank_stands_in_the_file(tmp_path: Path) -> None:
    bank = large_bank()
    data = written(tmp_path, bank).read_bytes()
    for item in bank.items[:20]:
        for word in (item.id, item.stem.zh, item.stem.en, item.options[0].text.zh, item.options[0].id):
            assert word.encode() not in data
    assert "钕𬭚".encode() not in data
    assert b"CREATE TABLE" not in data


def test_an_item_that_is_not_there_or_not_readable_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, small_bank())
    connection = database.open_database(path, KEY)
    connection.execute("UPDATE item SET body = X'7b' WHERE id = 'item-2'")
    connection.execute("UPDATE item SET body = X'7b7d' WHERE id = 'item-3'")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    reader = BankReader(path, KEY)
    assert reader.item(ItemId("题𬭚-1")) == small_bank().items[0]
    for name in ("item-2", "item-3", "没有𬭚"):
        with pytest.raises(DamagedItemError) as refused:
            reader.item(ItemId(name))
        assert refused.value.data == {"item": name}
    reader.close()


def test_one_damaged_page_costs_its_items_and_no_others(tmp_path: Path) -> None:
    bank = large_bank()
    path = written(tmp_path, bank)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    reader = BankReader(path, KEY)
    lost = []
    for item in bank.items:
        try:
            assert reader.item(item.id) == item
        except DamagedItemError:
            lost.append(item.id)
    assert 0 < len(lost) < 30
    with pytest.raises(UnreadableDatabaseError):
        reader.whole()
    reader.close()


@pytest.mark.parametrize("harm", ["key", "text", "missing", "empty", "layout", "no head", "two heads"])
def test_what_is_no_bank_is_refused(tmp_path: Path, harm: str) -> None:
    path, key = written(tmp_path, small_bank()), KEY
    statements = {
        "layout": "PRAGMA user_version = 9",
        "no head": "DELETE FROM meta",
        "two heads": "INSERT INTO meta SELECT body FROM meta",
    }
    if harm == "key":
        key = b"x" * 32
    elif harm in {"text", "empty"}:
        path.write_text("" if harm == "empty" else "题库𬭚" * 2_000, encoding="utf-8")
    elif harm == "missing":
        path.unlink()
    else:
        connection = database.open_database(path, KEY)
        connection.execute(statements[harm])
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()
    wanted = OldSchemaError if harm in {"layout", "empty"} else UnreadableDatabaseError
    with pytest.raises(wanted):
        BankReader(path, key)


def test_a_bank_is_written_once(tmp_path: Path) -> None:
    path = written(tmp_path, small_bank())
    with pytest.raises(DatabaseWriteError):
        write_bank(path, KEY, replace(small_bank(), items=()))
    reader = BankReader(path, KEY)
    assert reader.whole() == small_bank()
    reader.close()


def test_a_bank_that_cannot_be_written_down_is_not_half_written(tmp_path: Path) -> None:
    """Half of a character pair has no bytes; nothing of the bank stands in the file then."""
    bank = small_bank()
    broken = replace(bank.items[3], stem=Text(zh="\ud862", en="x"))
    with pytest.raises(CanonicalError):
        write_bank(tmp_path / "b.db", KEY, replace(bank, items=(*bank.items[:3], broken)))
    with pytest.raises(UnreadableDatabaseError):
        BankReader(tmp_path / "b.db", KEY)
