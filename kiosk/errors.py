"""Every refusal the kiosk can make, as one tree with stable codes.

KioskError
├── BankError        bank/...       a question bank or its source is not sound
├── SittingError     sitting/...    an event that the rules do not allow now
├── SealError        seal/...       confidentiality: not for this key, damaged
├── TrustError       trust/...      origin: signature, chain, role, dates
├── UnlockError      unlock/...     codes, cards, PINs, slots
├── PackageError     package/...    the round package (.kround)
├── JournalError     journal/...    the chained record of a sitting or session
├── BundleError      bundle/...     result and evidence bundles
├── StorageError     storage/...    disks, databases, sticks
├── RosterError      roster/...     candidates, seats, bookings
├── CaptureError     capture/...    camera and recorder
├── LockdownError    lockdown/...   the machine and its ledger
├── OfficeError      office/...     what the coordinator's side cannot do
├── FormatError      format/...     bytes that are not in one of our encodings
└── PaperError       paper/...      what cannot be printed

A leaf is defined beside the code that raises it. It carries a stable `code` for logs and support and data for
whoever words it. There are no sentences for people here: those live in ui/i18n, in both languages.
"""

from typing import ClassVar


class KioskError(Exception):
    """An expected refusal: a stable code and the facts a sentence about it needs."""

    code: ClassVar[str] = "kiosk"

    def __init__(self, **data: str | int) -> None:
        super().__init__(f"{self.code} {data}" if data else self.code)
        self.data = data


class BankError(KioskError):
    """A question bank or its source is not sound."""

    code = "bank"


class SittingError(KioskError):
    """The rules of the sitting do not allow this now."""

    code = "sitting"


class SealError(KioskError):
    """A sealed file cannot be opened, or cannot be sealed."""

    code = "seal"


class TrustError(KioskError):
    """A signature, certificate or role does not hold."""

    code = "trust"


class UnlockError(KioskError):
    """A code, card, PIN or slot does not open anything."""

    code = "unlock"


class PackageError(KioskError):
    """A round package is not acceptable here and now."""

    code = "package"


class JournalError(KioskError):
    """A journal is damaged, shortened, swapped, or cannot be written."""

    code = "journal"


class BundleError(KioskError):
    """A result or evidence bundle is not acceptable."""

    code = "bundle"


class StorageError(KioskError):
    """A disk, database or stick does not do what is needed."""

    code = "storage"


class RosterError(KioskError):
    """A candidate, seat or booking is not as the roster has it."""

    code = "roster"


class CaptureError(KioskError):
    """The camera or its recorder does not work."""

    code = "capture"


class LockdownError(KioskError):
    """The machine cannot be locked, released or repaired as asked."""

    code = "lockdown"


class OfficeError(KioskError):
    """Something on the coordinator's side cannot be done."""

    code = "office"


class FormatError(KioskError):
    """Bytes are not in the encoding they must be in."""

    code = "format"


class PaperError(KioskError):
    """Something cannot be printed as asked."""

    code = "paper"
