"""What an unlocked seat may read: the roster, the banks, one item at a time.

Rules: each key is checked against the package's check value before its file is opened, so that a damaged file is not
taken for a wrong code. A form is drawn once, from the seed inside the sealed payload and the roster entry.
"""

import hmac
from pathlib import Path

from kiosk.crypto.derive import key_check
from kiosk.errors import PackageError
from kiosk.exam.bank import Item, check_bank
from kiosk.exam.form import Form, compose
from kiosk.exam.round import Roster, RosterEntry, Round, Session, check_roster
from kiosk.exam.shuffle import derived_seed
from kiosk.exam.vocabulary import BankId, ItemId
from kiosk.formats.slot_payload import SlotPayload
from kiosk.storage.bank_store import BankReader
from kiosk.storage.roster_store import read_roster


class KeyMismatchError(PackageError):
    """A key that came out of a slot is not the one its file was sealed with (`where`)."""

    code = "package/key-mismatch"


class OpenRoom:
    """The roster and the banks of an unlocked session."""

    def __init__(self, folder: Path, round_: Round, session: Session, payload: SlotPayload) -> None:
        """Open everything, so that a damaged file is found now. PackageError, BankError, StorageError leaves."""
        self.payload = payload
        self._round = round_
        if not hmac.compare_digest(session.key_check, key_check(payload.room_key)):
            raise KeyMismatchError(where=session.id)
        self.roster: Roster = read_roster(folder / "roster.db", payload.roster_key)
        check_roster(self.roster, round_)
        self._banks: dict[BankId, BankReader] = {}
        for name in session.banks:
            self._open_bank(folder, name)

    def _open_bank(self, folder: Path, name: BankId) -> None:
        entry, secret = self._round.bank(name), self.payload.banks[name]
        if not hmac.compare_digest(entry.key_check, key_check(secret.key)):
            raise KeyMismatchError(where=name)
        reader = BankReader(folder / entry.file, secret.key)
        check_bank(reader.whole())
        self._banks[name] = reader

    def form(self, entry: RosterEntry) -> Form:
        """Draw the form of a candidate. NoFormError."""
        rules = self._round.rules
        seed = derived_seed(self.payload.banks[entry.bank].seed, self._round.id, entry.session, entry.number)
        bank = self._banks[entry.bank].whole()
        return compose(bank, seed, shuffle_items=rules.shuffle_items, shuffle_options=rules.shuffle_options)

    def item(self, bank: BankId, item: ItemId) -> Item:
        """Return one item to be shown. DamagedItemError."""
        return self._banks[bank].item(item)

    def close(self) -> None:
        """Close every file."""
        for reader in self._banks.values():
            reader.close()
