"""Taking a round package from a stick ahead of the day, and finding it again on the day.

Rules: a package is verified before anything of it is kept; the file kept is the very file that was verified; within a
round the highest package number wins and an older one, or another one of the same number, is refused; of several rounds
the one whose session is nearest is in use. The sealed members are laid out for the database only when a session begins,
and only verified bytes are.
"""

from dataclasses import dataclass
from pathlib import Path

from kiosk.crypto.path import ExpiredError
from kiosk.errors import KioskError
from kiosk.exam.vocabulary import Instant, RoundId
from kiosk.formats.package_file import OlderPackageError, PackageExpiredError, RoundPackage, open_package
from kiosk.station.home import Home, Identity, Post
from kiosk.station.last_seen import believed, remember
from kiosk.storage.files import FileSource, chunks_of, make_folder, write_durably


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """Verifies packages for one seat."""

    home: Home
    post: Post
    identity: Identity
    program: str

    def verify(self, path: Path, now: Instant, newest: int = 0) -> RoundPackage:
        """Verify a package file for this seat. PackageError and TrustError leaves; the file is left as it was."""
        source = FileSource(path)
        try:
            return open_package(
                source,
                root_pem=self.identity.root_pem,
                at=believed(self.home, now) // 1000,
                program=self.program,
                room=self.post.room,
                centre=self.post.centre,
                newest=newest,
            )
        except KioskError:
            source.close()
            raise

    def load(self, path: Path, now: Instant) -> RoundPackage:
        """Verify a package and keep a copy of it here. What does not verify is not kept."""
        package = self._load(path, now)
        remember(self.home, now, package.round)
        return package

    def _load(self, path: Path, now: Instant) -> RoundPackage:
        offered = self.verify(path, now)
        known = self._newest_by_round(now).get(offered.round.id)
        newest = known.round.package if known else 0
        package = self.verify(path, now, newest)
        if known and known.round.package == package.round.package:
            if known.digest != package.digest:
                raise OlderPackageError(newest=newest, found=package.round.package)
            return known
        name = f"{package.round.id}-{package.round.room}-{package.round.package}.kround".lower()
        copy = make_folder(self.home.packages) / name
        write_durably(copy, chunks_of(path))
        try:
            return self.verify(copy, now, newest)
        except KioskError:
            copy.unlink()
            raise

    def newest(self, now: Instant) -> RoundPackage | None:
        """Return the newest package of the round whose session is nearest, of those that still verify; or None."""
        at = believed(self.home, now)
        return min(self._newest_by_round(now).values(), key=lambda one: _distance(one, at), default=None)

    def out_of_date(self, now: Instant) -> KioskError | None:
        """Say why the file that was kept last does not verify, if that is a matter of its dates or the PC's clock."""
        for path in sorted(self.home.packages.glob("*.kround"), key=lambda path: path.stat().st_mtime_ns, reverse=True):
            try:
                self.verify(path, now)
            except (PackageExpiredError, ExpiredError) as error:
                return error
            except KioskError:
                continue
        return None

    def _newest_by_round(self, now: Instant) -> dict[RoundId, RoundPackage]:
        found: dict[RoundId, RoundPackage] = {}
        for path in sorted(self.home.packages.glob("*.kround")):
            try:
                package = self.verify(path, now)
            except KioskError:
                continue
            known = found.get(package.round.id)
            if known is None or package.round.package > known.round.package:
                found[package.round.id] = package
        return found

    def lay_out(self, package: RoundPackage) -> Path:
        """Write the sealed banks and the roster where the database can open them; return the folder."""
        folder = make_folder(self.home.opened / package.digest[:16])
        for name in ("roster.db", *(entry.file for entry in package.round.banks)):
            write_durably(folder / name, package.read(name))
        return folder


def _distance(package: RoundPackage, at: int) -> int:
    return min(abs(session.start - at) for session in package.round.sessions)
