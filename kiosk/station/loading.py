"""Taking a round package from a stick ahead of the day, and finding it again on the day.

Rules: a package is verified before anything of it is kept; the file kept is the very file that was verified; the
highest package number of a round wins and an older one is refused. The sealed members are laid out for the database
only when a session begins, and only verified bytes are.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.exam.vocabulary import Instant
from kiosk.formats.package_file import RoundPackage, open_package
from kiosk.station.home import Home, Identity, Post
from kiosk.storage.files import FileSource, chunks_of, write_durably


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """Verifies packages for one seat."""

    home: Home
    post: Post
    identity: Identity
    program: str

    def verify(self, path: Path, now: Instant, newest: int = 0) -> RoundPackage:
        """Verify a package file for this seat. PackageError and TrustError leaves; the file is left as it was."""
        return open_package(
            FileSource(path),
            root_pem=self.identity.root_pem,
            at=_seconds(now),
            program=self.program,
            room=self.post.room,
            centre=self.post.centre,
            newest=newest,
        )

    def load(self, path: Path, now: Instant) -> RoundPackage:
        """Verify a package and keep a copy of it here."""
        known = self.newest(now)
        newest = known.round.package if known else 0
        package = self.verify(path, now, newest)
        self.home.packages.mkdir(parents=True, exist_ok=True)
        copy = self.home.packages / f"{package.round.id}-{package.round.room}-{package.round.package}.kround".lower()
        if not copy.exists():
            write_durably(copy, chunks_of(path))
        return self.verify(copy, now, newest)

    def newest(self, now: Instant) -> RoundPackage | None:
        """Return the package with the highest number that still verifies here, or None."""
        best: RoundPackage | None = None
        for path in sorted(self.home.packages.glob("*.kround")):
            try:
                package = self.verify(path, now)
            except KioskError:
                continue
            if best is None or package.round.package > best.round.package:
                best = package
        return best

    def lay_out(self, package: RoundPackage) -> Path:
        """Write the sealed banks and the roster where the database can open them; return the folder."""
        folder = self.home.opened / package.digest[:16]
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("roster.db", *(entry.file for entry in package.round.banks)):
            write_durably(folder / name, package.read(name))
        return folder


def _seconds(now: Instant) -> int:
    return (now.room if now.room is not None else now.wall) // 1000
