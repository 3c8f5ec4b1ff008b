"""A compiled bank tells a room what to ask and nothing about what is right."""

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from kiosk.exam.bank import ItemType, check_bank
from kiosk.exam.form import compose
from kiosk.exam.scoring import ChoiceKey, NumberKey
from kiosk.exam.vocabulary import BankId, ItemId, Level
from kiosk.formats import canonical, codec
from kiosk.office.bank_build import apportion, content_digest
from kiosk.office.compile import (
    CompiledBank,
    RefusedSourceError,
    bank_digest,
    compile_bank,
    decode_keys,
    encode_keys,
    write_bank,
)
from kiosk.storage.bank_store import BankReader
from kiosk.storage.database import open_database
from tests.support import bank_folders as f

NAME = BankId("small-junior-s1")


def compiled() -> CompiledBank:
    return compile_bank(f.linted(), Level.JUNIOR, NAME)


def everything_in(path: Path, key: bytes) -> bytes:
    """Every row of every table of a bank, decrypted, and the schema."""
    connection = open_database(path, key, read_only=True)
    try:
        tables = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
        names = [name for name, sql in tables if sql and sql.startswith("CREATE TABLE")]
        rows = [row for name in names for row in connection.execute(f"SELECT * FROM {name}")]  # noqa: S608 - our tables
        assert len(rows) == 1 + 32
        return repr((tables, rows)).encode() + b"".join(cell for row in rows for cell in row if isinstance(cell, bytes))
    finally:
        connection.close()


SECRETS = (f.SECRET_SOURCE, f.EXPLAINED_BY, "出题人钱七", "424242.5", "0.0625", '"answer"', '"tolerance"', "reviewer")


def leaks(content: bytes) -> list[str]:
    return [secret for secret in SECRETS if secret.encode() in content]


def test_the_compiled_file_holds_no_answer_tolerance_source_or_author(tmp_path: Path) -> None:
    path = tmp_path / "bank.db"
    key = write_bank(path, compiled().bank)
    content = everything_in(path, key)
    assert "电解槽温度".encode() in content
    assert leaks(content) == []


def test_a_leaked_field_would_be_found(tmp_path: Path) -> None:
    rows = f.item_rows()
    numeric = next(row for row in rows if row["type"] == "numeric")
    numeric["stem_zh"] += f"（答案 {numeric['answer']}，误差 {numeric['tolerance']}，{f.SECRET_SOURCE}）"
    path = tmp_path / "bank.db"
    key = write_bank(path, compile_bank(f.linted(f.files(rows)), Level.JUNIOR, NAME).bank)
    assert leaks(everything_in(path, key)) == [f.SECRET_SOURCE, "424242.5", "0.0625"]


def test_the_file_on_disk_is_encrypted_under_a_key_of_its_own(tmp_path: Path) -> None:
    bank = compiled().bank
    keys = {write_bank(tmp_path / name, bank) for name in ("one.db", "two.db")}
    assert len(keys) == 2
    data = (tmp_path / "one.db").read_bytes()
    assert "电解槽".encode() not in data
    assert not data.startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "one.db").execute("SELECT * FROM item")


def test_a_bank_reads_back_as_it_was_compiled(tmp_path: Path) -> None:
    made = compiled().bank
    reader = BankReader(tmp_path / "bank.db", write_bank(tmp_path / "bank.db", made))
    try:
        assert reader.whole() == made
    finally:
        reader.close()


def test_option_identities_and_places_say_nothing() -> None:
    places: Counter[int] = Counter()
    seen: set[str] = set()
    for _ in range(40):
        made = compiled()
        for item in made.bank.items:
            key = made.keys.keys[item.id]
            if item.type is ItemType.SINGLE and isinstance(key, ChoiceKey):
                places[next(n for n, option in enumerate(item.options) if option.id in key.options)] += 1
                seen.update(option.id for option in item.options)
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > sum(places.values()) / 8
    assert len(seen) == 4 * sum(places.values())


def test_items_stand_in_an_order_of_chance() -> None:
    orders = {tuple(item.id for item in compiled().bank.items) for _ in range(5)}
    assert len(orders) == 5


def test_keys_belong_to_the_items_and_read_back() -> None:
    made = compiled()
    check_bank(made.bank)
    keys = made.keys
    assert decode_keys(encode_keys(keys)) == keys
    by_id = made.bank.by_id
    assert set(keys.keys) == set(by_id)
    for name, key in keys.keys.items():
        item = by_id[name]
        assert (key.version, key.digest) == (item.version, item.digest)
        if isinstance(key, ChoiceKey):
            assert key.options <= {option.id for option in item.options}
    numeric = next(key for key in keys.keys.values() if isinstance(key, NumberKey))
    assert (numeric.value, numeric.tolerance) == ("424242.5", "0.0625")


def test_the_right_options_are_the_authors() -> None:
    made = compiled()
    item = made.bank.by_id[ItemId("T-A-0051")]
    key = made.keys.keys[item.id]
    assert isinstance(key, ChoiceKey)
    assert [option.text.zh for option in item.options if option.id in key.options] == ["选项 C 𬭚 T-A-0051"]


def test_true_and_false_are_made_here_and_keep_their_place() -> None:
    made = compiled()
    item = next(item for item in made.bank.items if item.type is ItemType.TRUE_FALSE)
    assert [(option.text.zh, option.text.en, option.fixed) for option in item.options] == [
        ("正确", "True", True),
        ("错误", "False", True),
    ]
    key = made.keys.keys[item.id]
    assert isinstance(key, ChoiceKey)
    assert key.options == {item.options[1].id}


def test_fixed_options_keep_their_place_and_order_without_shuffle_is_the_authors() -> None:
    rows = f.item_rows()
    rows[1] |= {"D_zh": "以上都对", "D_en": "All of the above", "fixed_options": "D"}
    rows[3] |= {"shuffle": "no"}
    linted = f.linted(f.files(rows))
    for _ in range(10):
        bank = compile_bank(linted, Level.JUNIOR, NAME).bank.by_id
        assert bank[ItemId("T-A-0051")].options[3].text.zh == "以上都对"
        assert [option.text.zh[3] for option in bank[ItemId(rows[3]["id"])].options] == list("ABCD")


def test_digests_depend_on_content_alone() -> None:
    one, two = compiled(), compiled()
    assert one.bank != two.bank
    assert one.keys.digest == two.keys.digest == bank_digest(one.bank)
    digests = {item.id: item.digest for item in one.bank.items}
    assert digests == {item.id: item.digest for item in two.bank.items}
    assert all(content_digest(item) == item.digest for item in one.bank.items)


def test_the_answer_is_not_in_the_digest_and_the_text_is() -> None:
    rows = f.item_rows()
    rows[1] |= {"answer": "A", "source": "别处", "difficulty": "0.1"}
    rows[3] |= {"C_en": "another text"}
    before, after = compiled(), compile_bank(f.linted(f.files(rows)), Level.JUNIOR, NAME)
    changed = [name for name, item in before.bank.by_id.items() if after.bank.by_id[name].digest != item.digest]
    assert changed == [rows[3]["id"]]
    assert before.keys.keys[ItemId("T-A-0051")] != after.keys.keys[ItemId("T-A-0051")]


def test_forms_can_be_drawn_and_weights_are_exact() -> None:
    bank = compiled().bank
    assert [rule.count for rule in bank.blueprint.ranges] == [2, 6]
    form = compose(bank, b"\x07" * 32)
    assert len(form.items) == 8
    assert sum(entry.points for entry in form.items) == 1_000


def test_only_active_items_of_the_level_are_compiled() -> None:
    rows = f.item_rows()
    rows[1] |= {"status": "retired"}
    bank = compile_bank(f.linted(f.files(rows)), Level.JUNIOR, NAME).bank
    assert ItemId("T-A-0051") not in bank.by_id
    assert len(bank.items) == len(rows) - 1


def test_nothing_is_compiled_from_a_source_with_errors() -> None:
    rows = f.item_rows()
    rows[1]["answer"] = "F"
    with pytest.raises(RefusedSourceError) as refused:
        compile_bank(f.linted(f.files(rows)), Level.JUNIOR, NAME)
    assert refused.value.data["errors"] == 1
    with pytest.raises(RefusedSourceError):
        compile_bank(f.linted(), Level.SENIOR, NAME)
    with pytest.raises(RefusedSourceError):
        compile_bank(f.linted({}), Level.JUNIOR, NAME)


@pytest.mark.parametrize(
    ("weights", "count", "shares", "tie"),
    [
        ((5, 25, 15, 10, 20, 10, 5, 5, 5), 40, (2, 10, 6, 4, 8, 4, 2, 2, 2), False),
        ((5, 25, 15, 10, 20, 10, 5, 5, 5), 100, (5, 25, 15, 10, 20, 10, 5, 5, 5), False),
        ((34, 33, 33), 10, (4, 3, 3), False),
        ((50, 50), 5, (3, 2), True),
        ((60, 40), 0, (0, 0), False),
        ((0, 0), 3, (0, 0), True),
        ((), 0, (), False),
    ],
)
def test_places_are_shared_by_largest_remainder(
    weights: tuple[int, ...], count: int, shares: tuple[int, ...], *, tie: bool
) -> None:
    assert apportion(weights, count) == (shares, tie)


def test_keys_are_one_canonical_text() -> None:
    keys = compiled().keys
    assert canonical.encode(codec.to_json(keys)) == encode_keys(keys)
    with pytest.raises(canonical.CanonicalError):
        decode_keys(encode_keys(keys) + b" ")
