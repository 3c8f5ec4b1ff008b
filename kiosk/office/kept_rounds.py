"""The rounds an office has made, as it remembers them: the round in clear, the roster sealed to the office.

Rules: one folder for each package; nothing is overwritten; no code, share or PIN is ever in here.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.seal import open_sealed, seal
from kiosk.exam.round import Roster, Round
from kiosk.formats import canonical, codec
from kiosk.office.keys import AlreadyThereError, Office
from kiosk.storage.files import read_file, write_durably

ROUND_COPY, ROSTER_COPY = "round.json", "roster.age"
_LARGEST = 256 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRound:
    """A round as the office remembers it, with its roster."""

    round: Round
    roster: Roster


def kept_folder(office: Office, round_: Round) -> Path:
    """Return where the office keeps a round; AlreadyThereError when this package has been made before."""
    folder = office.folder / "rounds" / f"{round_.id}-{round_.room}-{round_.package}"
    if folder.exists():
        raise AlreadyThereError(what=folder.name)
    return folder


def keep_round(office: Office, round_: Round, roster: Roster) -> None:
    """Keep a round and its roster. AlreadyThereError, and what writing a file raises."""
    folder = kept_folder(office, round_)
    folder.mkdir(parents=True)
    sealed = seal(canonical.encode(codec.to_json(roster)), [office.identity.recipient])
    write_durably(folder / ROSTER_COPY, sealed)
    write_durably(folder / ROUND_COPY, canonical.encode(codec.to_json(round_)))


def load_rounds(office: Office) -> tuple[KeptRound, ...]:
    """Open every round the office has made, in the order of their folders. SealError, CanonicalError, ShapeError."""
    folders = sorted(path.parent for path in (office.folder / "rounds").glob(f"*/{ROUND_COPY}"))
    return tuple(_open_kept(folder, office) for folder in folders)


def _open_kept(folder: Path, office: Office) -> KeptRound:
    round_ = codec.from_json(Round, canonical.decode(read_file(folder / ROUND_COPY, limit=_LARGEST), limit=_LARGEST))
    data = open_sealed(read_file(folder / ROSTER_COPY, limit=_LARGEST), office.identity.secret)
    return KeptRound(round=round_, roster=codec.from_json(Roster, canonical.decode(data, limit=_LARGEST)))
