"""Compiles a bank source into the bank a room gets and the keys that stay in the office.

Rules: nothing is compiled from a source with errors. Option identities are drawn by chance for each compilation, items
and the options that may move stand in an order drawn by chance, so neither place nor name says what is right. A bank
is written under a random key of its own. Keys are kept sealed to the office, one file for each bank.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kiosk.crypto.derive import new_secret
from kiosk.errors import BankError
from kiosk.exam.bank import Bank, Blueprint, Item, check_bank
from kiosk.exam.scoring import Key
from kiosk.exam.vocabulary import BankId, ItemId, Level, Occupation, OptionId
from kiosk.formats import canonical, codec
from kiosk.formats.canonical import JsonValue
from kiosk.office.bank_build import build
from kiosk.office.bank_lint import Linted
from kiosk.office.findings import Severity
from kiosk.storage import bank_store

_CHANCE = secrets.SystemRandom()
_OPTION_BYTES = 6
_LARGEST_KEYS = 64 << 20


class RefusedSourceError(BankError):
    """The source has errors (`errors` of them), or does not hold the level (`level`)."""

    code = "bank/source-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankKeys:
    """What the office keeps of a bank to score by: the right responses, and the blueprint every form must follow."""

    bank: BankId
    digest: str
    occupation: Occupation
    level: Level
    blueprint: Blueprint
    keys: Mapping[ItemId, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledBank:
    """A bank as a room gets it, with the keys beside it."""

    bank: Bank
    keys: BankKeys


def compile_bank(linted: Linted, level: Level, bank: BankId) -> CompiledBank:
    """Compile one level. RefusedSourceError, UnsoundBankError."""
    source = linted.source
    if source is None or linted.refused:
        errors = sum(one.severity is Severity.ERROR for one in linted.findings)
        raise RefusedSourceError(errors=errors, level=level.value)
    if level not in source.levels:
        raise RefusedSourceError(errors=0, level=level.value)
    built, keys = build(source, level, bank, lambda: OptionId(secrets.token_hex(_OPTION_BYTES)))
    items = [_scattered(item) for item in built.items]
    _CHANCE.shuffle(items)
    made = replace(built, items=tuple(items))
    check_bank(made)
    kept = BankKeys(
        bank=bank,
        digest=bank_digest(made),
        occupation=made.occupation,
        level=level,
        blueprint=made.blueprint,
        keys=keys,
    )
    return CompiledBank(bank=made, keys=kept)


def _scattered(item: Item) -> Item:
    """Put the options that may move into an order drawn by chance; the author's order is a habit, and habits tell."""
    if not item.shuffle:
        return item
    free = [option for option in item.options if not option.fixed]
    _CHANCE.shuffle(free)
    return replace(item, options=tuple(option if option.fixed else free.pop() for option in item.options))


def bank_digest(bank: Bank) -> str:
    """Return the SHA-256, in hex, of a bank's content: equal for every compilation of the same source and level."""
    content: list[JsonValue] = [
        codec.to_json(bank.occupation),
        bank.level.value,
        codec.to_json(bank.blueprint),
        *sorted(f"{item.id} {item.version} {item.digest}" for item in bank.items),
    ]
    return hashlib.sha256(canonical.encode(content)).hexdigest()


def write_bank(path: Path, bank: Bank) -> bytes:
    """Write a bank into a new encrypted file and return its random 32-byte key."""
    key = new_secret()
    bank_store.write_bank(path, key, bank)
    return key


def encode_keys(keys: BankKeys) -> bytes:
    """Write the keys of a bank as canonical JSON, to be sealed."""
    return canonical.encode(codec.to_json(keys))


def decode_keys(data: bytes) -> BankKeys:
    """Read the keys of a bank. CanonicalError, ShapeError."""
    return codec.from_json(BankKeys, canonical.decode(data, limit=_LARGEST_KEYS))
