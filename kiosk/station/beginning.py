"""How a seat begins its day: a package from a file or a stick, then the session whose start is nearest.

Rules: what is refused is kept at the station to be shown, never raised, so that no seat is left with an empty screen;
a seat that has a package of its own goes on with that; the newest file of a stick is tried first; the refusal of a
package for another room or centre is told only when there is nothing better to say; a package of its own that is out of
date is told where nothing else was refused, because the PC's clock may be wrong. The files are left as they were.
"""

from collections.abc import Iterable
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.formats.package_file import OtherCentreError, OtherRoomError
from kiosk.station.station import Station
from kiosk.station.stick_files import packages
from kiosk.station.view import Refusal

_FOR_OTHERS = frozenset({OtherCentreError.code, OtherRoomError.code})


def take_up(station: Station, package: Path | None = None) -> None:
    """Load a package if one is given, then begin the nearest session; `station.refusal` says what did not work."""
    station.refusal = None
    try:
        if package is not None:
            station.load(package)
    except KioskError as error:
        station.refusal = _refusal(error)
    try:
        station.begin_nearest_session()
    except KioskError as error:
        station.refusal = _refusal(error)
    stale = station.out_of_date()
    if stale is not None and station.refusal is None:
        station.refusal = _refusal(stale)


def take_up_from_sticks(station: Station, folders: Iterable[Path]) -> None:
    """Try the packages of the sticks one after the other until a session begins; without any, try again as it is."""
    refusals: list[Refusal] = []
    for path in packages(folders) or (None,):
        take_up(station, path)
        if station.session is not None:
            return
        if station.refusal is not None:
            refusals.append(station.refusal)
    refusals.sort(key=lambda refusal: refusal.code in _FOR_OTHERS)
    station.refusal = next(iter(refusals), None)


def _refusal(error: KioskError) -> Refusal:
    return Refusal(code=error.code, data=tuple(error.data.items()))
