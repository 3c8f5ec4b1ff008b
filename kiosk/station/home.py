"""The folder of one seat: who this workstation is, what it trusts, and where its journals and bundles lie.

Rules: the trust anchor is written by the installer alone and never changed by a package or a stick; key and device
secret are files of the kiosk's account. It does not verify anything: it knows names and reads small files.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.sign import SigningKey
from kiosk.errors import StorageError
from kiosk.exam.vocabulary import CentreId, RoomId, SeatId, SittingId, WorkstationId
from kiosk.storage.files import read_file, write_durably, write_private

_SMALL = 64 << 10


class NotEnrolledError(StorageError):
    """The folder is no seat of ours (`folder`)."""

    code = "storage/not-enrolled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where this workstation stands."""

    workstation: WorkstationId
    centre: CentreId
    room: RoomId
    seat: SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What this workstation signs and wraps with, and the root it trusts."""

    key: SigningKey
    chain_pem: bytes
    root_pem: bytes
    device_secret: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The seat's folder."""

    folder: Path

    @property
    def packages(self) -> Path:
        """Verified packages, ahead of the day."""
        return self.folder / "packages"

    @property
    def opened(self) -> Path:
        """The sealed banks and the roster of the package in use."""
        return self.folder / "opened"

    @property
    def outbox(self) -> Path:
        """Bundles that were sealed here; they stay until the office acknowledged them."""
        return self.folder / "outbox"

    @property
    def last_seen(self) -> Path:
        """The latest time that was believed here."""
        return self.folder / "last-seen"

    @property
    def sittings(self) -> Path:
        """Every sitting that was begun here, each in a folder of its own."""
        return self.folder / "sittings"

    def session(self, name: str) -> Path:
        """The folder of a session's journal."""
        return self.folder / "sessions" / name

    def sitting(self, sitting: SittingId) -> Path:
        """The folder of a sitting's journal and pictures."""
        return self.sittings / sitting

    def pictures(self, sitting: SittingId) -> Path:
        """The folder of a sitting's segments."""
        return self.sitting(sitting) / "pictures"

    def post(self) -> Post:
        """Return where this workstation stands. NotEnrolledError."""
        try:
            raw = json.loads(read_file(self.folder / "station.json", limit=_SMALL))
            return Post(
                workstation=WorkstationId(raw["workstation"]),
                centre=CentreId(raw["centre"]),
                room=RoomId(raw["room"]),
                seat=SeatId(raw["seat"]),
            )
        except (StorageError, ValueError, KeyError, TypeError) as error:
            raise NotEnrolledError(folder=self.folder.name) from error

    def identity(self) -> Identity:
        """Return the workstation's keys. NotEnrolledError."""
        try:
            return Identity(
                key=SigningKey.from_pem(read_file(self.folder / "workstation.key.pem", limit=_SMALL)),
                chain_pem=read_file(self.folder / "signer.pem", limit=_SMALL),
                root_pem=read_file(self.folder / "root.pem", limit=_SMALL),
                device_secret=read_file(self.folder / "device.secret", limit=_SMALL),
            )
        except StorageError as error:
            raise NotEnrolledError(folder=self.folder.name) from error


def enrol(home: Home, post: Post, identity: Identity) -> None:
    """Write a seat's folder: what `station accept` does with an answer of the centre, and the demo with its own."""
    home.folder.mkdir(parents=True, exist_ok=True)
    write_private(home.folder / "workstation.key.pem", identity.key.to_pem())
    write_private(home.folder / "device.secret", identity.device_secret)
    write_durably(home.folder / "signer.pem", identity.chain_pem)
    write_durably(home.folder / "root.pem", identity.root_pem)
    names = {"workstation": post.workstation, "centre": post.centre, "room": post.room, "seat": post.seat}
    write_durably(home.folder / "station.json", json.dumps(names, ensure_ascii=False).encode())
