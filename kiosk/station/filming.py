"""What the recorder should be doing now: looking for a card, keeping pictures of a sitting, or nothing.

Rules: pictures are kept while the sitting's duties ask for it and the round has a camera at all; they carry the head
of the journal as it stands on disk. It follows from what is there and from nothing that was remembered.
"""

from kiosk.exam.rules import CameraPolicy
from kiosk.exam.sitting import duties
from kiosk.formats.segment import Head
from kiosk.station.home import Home
from kiosk.station.recording import Wanted
from kiosk.station.session_desk import SessionDesk
from kiosk.station.sitting_desk import SittingDesk

_NO_HEAD = Head(seq=0, hash="0" * 64)


def to_film(home: Home, desk: SittingDesk | None, session: SessionDesk | None, *, scan: bool) -> tuple[Wanted, Head]:
    """Say what the recorder should do, and the journal's head; `desk` is None where no sitting may be filmed."""
    idle = Wanted(sitting=None, folder=None, recipients=(), kept=None, scan=scan)
    if desk is None or session is None or session.round.rules.evidence.camera is CameraPolicy.OFF:
        return idle, _NO_HEAD
    sitting = desk.sitting
    if not duties(sitting).recording:
        return idle, _NO_HEAD
    seq, digest = desk.writer.head
    wanted = Wanted(
        sitting=sitting.opened.sitting,
        folder=home.pictures(sitting.opened.sitting),
        recipients=session.round.recipients,
        kept=next(reversed(sitting.segments), None),
        scan=scan,
    )
    return wanted, Head(seq=seq, hash=digest)
