"""Makes a round for one room: the signed package for the stick, and the secrets for the people of that room.

Rules: every key, seed, share, code and PIN is drawn afresh; a package is never made twice under one number. The office
keeps a copy of the round in clear and of the roster sealed to itself, and nothing of the secrets: they are returned
once, to be printed and handed out. A slot holds the keys of one session, for one card or, where the rules ask for two
people, for each pair of cards. It does not know the day: the dates are part of the plan.
"""

import io
import secrets
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.crypto.card import new_card, new_pin, pin_verifier
from kiosk.crypto.codes import decode_groups, encode_groups
from kiosk.crypto.derive import SUITE, key_check, new_salt, new_secret, stretch
from kiosk.crypto.slots import Slot, shares_of, slot_header, wrap_slot
from kiosk.crypto.unlock import resume_key
from kiosk.errors import OfficeError
from kiosk.exam.bank import Bank
from kiosk.exam.round import BankEntry, CardEntry, Roster, Round, Session, check_roster, check_round
from kiosk.exam.vocabulary import BankId, CardId
from kiosk.formats.names import odd_name
from kiosk.formats.package_file import ROSTER, write_package
from kiosk.formats.slot_payload import PURPOSE, BankSecret, SlotPayload, encode_payload
from kiosk.office.compile import CompiledBank
from kiosk.office.kept_rounds import keep_round, kept_folder
from kiosk.office.keys import AlreadyThereError, BadNameError, Office, demand_bank_name
from kiosk.office.round_plan import CardSecret, MadeRound, RoundPlan, RoundSecrets, SessionPlan
from kiosk.storage import bank_store, roster_store
from kiosk.storage.files import read_file, write_durably

RELEASE_GROUPS = (4, 8)
_GROUP_BYTES = 2
_CARD_BYTES = 3
_LARGEST = 256 << 20


class ReleaseLengthError(OfficeError):
    """A release code has four or eight groups (`groups`)."""

    code = "office/release-length"


class UnknownBankError(OfficeError):
    """A session wants a bank that was not handed over (`bank`)."""

    code = "office/unknown-bank"


def package_name(round_: Round) -> str:
    """Return the file name of a round's package."""
    return f"{round_.id}-{round_.room}.kround"


def make_round(
    plan: RoundPlan,
    roster: Roster,
    banks: Sequence[CompiledBank],
    *,
    office: Office,
    into: Path,
    release_groups: int = RELEASE_GROUPS[0],
) -> MadeRound:
    """Make the package file in the folder `into`, keep its round and roster in the office, return the secrets.

    Each session costs half a second, for stretching its release code. Raises UnsoundRoundError, UnsoundRosterError,
    UnknownBankError, AlreadyThereError, BadNameError, ReleaseLengthError, and what writing a file raises.
    """
    if release_groups not in RELEASE_GROUPS:
        raise ReleaseLengthError(groups=release_groups)
    odd = odd_name([plan.id, plan.room])
    if odd is not None:
        raise BadNameError(name=odd)
    for bank in banks:
        demand_bank_name(bank.bank.id)
    sealed_banks = {bank.bank.id: bank.bank for bank in banks}
    draft = _Draft(plan, sealed_banks, release_groups, office.identity.recipient)
    check_round(draft.round)
    check_roster(roster, draft.round)
    kept_folder(office, draft.round)
    target = into / package_name(draft.round)
    if target.exists():
        raise AlreadyThereError(what=target.name)
    out = io.BytesIO()
    signer = office.signer()
    slots = tuple(draft.slots())
    digest = write_package(out, draft.round, slots, draft.files(roster), key=signer.key, chain_pem=signer.chain_pem)
    for bank in banks:
        if office.keys(bank.bank.id) != bank.keys:
            office.keep_keys(bank.keys)
    keep_round(office, draft.round, roster)
    into.mkdir(parents=True, exist_ok=True)
    write_durably(target, out.getvalue())
    return MadeRound(round=draft.round, package=target, digest=digest, secrets=draft.secrets())


class _Draft:
    """A round while it is being made: every secret drawn once, used where it belongs."""

    def __init__(self, plan: RoundPlan, banks: Mapping[BankId, Bank], release_groups: int, recipient: str) -> None:
        for session in plan.sessions:
            for bank in session.banks:
                if bank not in banks:
                    raise UnknownBankError(bank=bank)
        self._banks = banks
        self._cards = tuple(_cards(plan))
        self._roster_key = new_secret()
        self._bank_secrets = {bank: BankSecret(key=new_secret(), seed=new_secret()) for bank in banks}
        self._room_keys = {session.id: new_secret() for session in plan.sessions}
        size = release_groups * _GROUP_BYTES
        self._releases = {session.id: encode_groups(secrets.token_bytes(size)) for session in plan.sessions}
        self.round = self._round(plan, recipient)

    def secrets(self) -> RoundSecrets:
        """Return what is handed out."""
        return RoundSecrets(releases=self._releases, cards=self._cards)

    def slots(self) -> Iterator[Slot]:
        """Wrap the keys of every session for every card, or every pair of cards."""
        size = 2 if self.round.rules.pairs else 1
        for session in self.round.sessions:
            release = stretch(decode_groups(self._releases[session.id]), salt=session.salt, suite=SUITE)
            payload = encode_payload(self._payload(session))
            for cards in combinations([entry.card for entry in self._cards], size):
                header = slot_header(package=self.round.package_id, session=session.id, cards=cards, purpose=PURPOSE)
                yield wrap_slot(payload, release=release, shares=shares_of(cards), header=header)

    def files(self, roster: Roster) -> dict[str, bytes]:
        """Write the sealed files of the package; they are encrypted before they touch the disk."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / ROSTER
            roster_store.write_roster(path, self._roster_key, roster)
            files = {ROSTER: read_file(path, limit=_LARGEST)}
            for entry in self.round.banks:
                path = Path(folder) / entry.file
                bank_store.write_bank(path, self._bank_secrets[entry.id].key, self._banks[entry.id])
                files[entry.file] = read_file(path, limit=_LARGEST)
        return files

    def _payload(self, session: Session) -> SlotPayload:
        package = self.round.package_id
        return SlotPayload(
            room_key=self._room_keys[session.id],
            roster_key=self._roster_key,
            banks={bank: self._bank_secrets[bank] for bank in session.banks},
            resume_keys={
                CardId(entry.card.id): resume_key(entry.card.share, package, session.id) for entry in self._cards
            },
        )

    def _round(self, plan: RoundPlan, recipient: str) -> Round:
        return Round(
            id=plan.id,
            name=plan.name,
            centre=plan.centre,
            room=plan.room,
            room_name=plan.room_name,
            package=plan.package,
            minimum_program=plan.minimum_program,
            not_before=plan.not_before,
            not_after=plan.not_after,
            seats=plan.seats,
            sessions=tuple(self._session(session) for session in plan.sessions),
            banks=tuple(self._bank(bank) for bank in self._banks.values()),
            cards=tuple(_entry(card) for card in self._cards),
            recipients=tuple(dict.fromkeys((recipient, *plan.recipients))),
            denied=plan.denied,
            rules=plan.rules,
        )

    def _session(self, plan: SessionPlan) -> Session:
        check = key_check(self._room_keys[plan.id])
        return Session(id=plan.id, name=plan.name, start=plan.start, salt=new_salt(), key_check=check, banks=plan.banks)

    def _bank(self, bank: Bank) -> BankEntry:
        return BankEntry(
            id=bank.id,
            file=f"bank-{bank.id}.db",
            occupation=bank.occupation,
            level=bank.level,
            key_check=key_check(self._bank_secrets[bank.id].key),
        )


def _cards(plan: RoundPlan) -> Iterator[CardSecret]:
    """Draw the cards; an id is 24 random bits and a number, so that no two rounds have the same card."""
    mark = secrets.token_hex(_CARD_BYTES)
    holders = [(holder, False) for holder in plan.holders] + [(holder, True) for holder in plan.reserves]
    for number, (holder, reserve) in enumerate(holders, start=1):
        yield CardSecret(card=new_card(f"{mark}-{number}"), holder=holder, reserve=reserve, pin=new_pin())


def _entry(secret: CardSecret) -> CardEntry:
    salt = new_salt()
    return CardEntry(
        id=CardId(secret.card.id),
        holder=secret.holder,
        reserve=secret.reserve,
        pin_salt=salt,
        pin_verifier=pin_verifier(secret.card.share, secret.pin, salt=salt),
    )
