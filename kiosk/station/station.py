"""The seat: the one place where rules, journals, keys and camera meet.

Rules: every event of a sitting goes through `send`; whatever must succeed is a plain call that raises; nothing here
draws or asks. `pump` does what time and the other threads ask for and is called from the thread that owns the station.
The station keeps to the duties of the sitting: what must be recorded is, what must be sealed is.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kiosk.capture.protocol import Report
from kiosk.crypto.card import Card
from kiosk.errors import KioskError, SittingError
from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.bank import Item
from kiosk.exam.incident import IncidentKind
from kiosk.exam.round import RosterEntry
from kiosk.exam.rules import RoundKind
from kiosk.exam.sitting import Phase, Sitting
from kiosk.exam.vocabulary import Instant, ItemId, Language, SessionId, SittingId
from kiosk.formats.package_file import RoundPackage
from kiosk.station import entrance, recovery
from kiosk.station.clock import Clock
from kiosk.station.filming import to_film
from kiosk.station.glance import Situation, stage_of, view_of
from kiosk.station.home import Home
from kiosk.station.last_seen import believed
from kiosk.station.loading import Loader
from kiosk.station.open_room import OpenRoom
from kiosk.station.outbox import Outbox, sealer_for
from kiosk.station.recording import Link, Recording
from kiosk.station.session_desk import Permit, Seat, SessionDesk, Settings
from kiosk.station.shown_item import ShownItem
from kiosk.station.sitting_desk import SittingDesk
from kiosk.station.view import Camera, Refusal, Stage, View

MakeLink = Callable[[Callable[[Report], None]], Link]

_MOST_EARLY = 32
"""How many incidents are kept until there is a session whose journal takes them."""


class SittingOpenError(SittingError):
    """The session cannot be closed here while a sitting has not been sealed."""

    code = "sitting/open"


class Station:
    """One seat, from the locked screen to the exported bundle."""

    def __init__(
        self, home: Home, clock: Clock, settings: Settings, make_link: MakeLink | None, wake: Callable[[], None]
    ) -> None:
        """Take up a seat; NotEnrolledError when the folder is none. `wake` is called from any thread."""
        self._seat = Seat(home=home, post=home.post(), identity=home.identity(), clock=clock, settings=settings)
        self._wake = wake
        self._loader = Loader(home=home, post=self._seat.post, identity=self._seat.identity, program=settings.program)
        self.recording = Recording(make_link, wake)
        self.package: RoundPackage | None = self._loader.newest(clock.now())
        self.session: SessionDesk | None = None
        self._entry: RosterEntry | None = None
        self._desk: SittingDesk | None = None
        self._outbox: Outbox | None = None
        self._shown = ShownItem()
        self._scanning = False
        self._camera_waived = False
        self._exported = False
        self._closed = False
        self._early: deque[e.IncidentRecorded] = deque(maxlen=_MOST_EARLY)
        self.fault: str | None = None
        self.refusal: Refusal | None = None

    # the package and the session

    def load(self, path: Path) -> RoundPackage:
        """Take a package from a stick. PackageError and TrustError leaves; the file is left as it was."""
        self.package = self._loader.load(path, self._seat.clock.now())
        return self.package

    def begin_session(self, name: SessionId) -> None:
        """Begin a session, or go on with one that had begun. LockTooWeakError, JournalError leaves."""
        assert self.package is not None  # noqa: S101 - the screen offers sessions of a package only
        session = self.package.round.session(name)
        self.session = SessionDesk(self._seat, self.package, session, self._loader.lay_out(self.package))

    def begin_nearest_session(self) -> None:
        """Begin the session of the package whose start is nearest. Errors as begin_session."""
        now = self._seat.clock.now()
        self.package = self.package or self._loader.newest(now)
        if self.package is not None:
            at = believed(self._seat.home, now)
            nearest = min(self.package.round.sessions, key=lambda session: abs(session.start - at))
            self.begin_session(nearest.id)

    def out_of_date(self) -> KioskError | None:
        """Say why no package that is kept here can be used today, if it is a matter of dates; or None."""
        return None if self.package else self._loader.out_of_date(self._seat.clock.now())

    @property
    def desk(self) -> SessionDesk:
        """The session that was begun."""
        assert self.session is not None  # noqa: S101 - screens behind it are not shown before
        return self.session

    @property
    def _room(self) -> OpenRoom:
        room = self.desk.room
        assert room is not None  # noqa: S101 - screens behind it are not shown before
        return room

    def recover(self, card: Card, pin: str) -> Permit:
        """Open the seat again after a restart, with card and PIN; an open sitting comes back covered.

        A journal that does not hold becomes a fault of this seat; what is intact of it is sealed for the office.
        """
        permit = self.desk.authorise(card, pin, "recover")
        self.desk.recover(card)
        try:
            recovery.reclaim(self._seat, self.desk)
            sitting = recovery.last_sitting(self.desk)
            if sitting is not None:
                self._take_up(sitting, permit)
        except KioskError:
            self.desk.cover()
            raise
        return permit

    def _take_up(self, name: SittingId, permit: Permit) -> None:
        found = recovery.take_up(self._seat, self.desk, name, permit.card, self._wake)
        self._entry = next((entry for entry in self._room.roster.entries if entry.number == found.number), None)
        self._desk, self._outbox, self.fault = found.desk, self._new_outbox(), found.fault
        self._exported = name in self.desk.log.state.exported
        if found.sitting is not None and self._outbox.take_up(found.sitting, self._seat.home.pictures(name)):
            if self._desk is not None:
                self._desk.close()
        elif found.salvaged is not None:
            pictures, now = self._seat.home.pictures(name), self._seat.clock.now()
            self._outbox.seal(found.salvaged, found.records, pictures, now)

    # letting a candidate in

    def sign_in(self, typed: str) -> RosterEntry:
        """Find who signs in. RosterError leaves."""
        recovery.reclaim(self._seat, self.desk)
        self._entry = entrance.admit(self.desk, self._room, typed, self._seat.clock.now())
        return self._entry

    def sign_out(self) -> None:
        """Go back to sign-in: the candidate said that the data are not theirs."""
        self._entry = None

    def confirm_person(self) -> None:
        """The candidate confirmed name and number: draw the form and open the sitting. NoFormError, JournalError."""
        assert self._entry is not None  # noqa: S101 - sign_in comes first
        now = self._seat.clock.now()
        first = entrance.seat(self.desk, self._room, self._entry, self._seat.settings, now)
        folder = self._seat.home.sitting(first.sitting)
        key = self.desk.keys.sitting_key(self._room.payload, first.sitting)
        recovery.seal_key(folder, key, self.desk.round.recipients)
        desk = SittingDesk.begin(
            folder, key, self.desk.signatory, first=first, rules=self.desk.round.rules, wake=self._wake
        )
        self.desk.log.record(s.SittingOpened(at=now, sitting=first.sitting))
        self._desk, self._outbox = desk, self._new_outbox()

    def identify(self, permit: Permit) -> None:
        """An invigilator takes the candidate for the one on the roster."""
        self.send(e.Identified(at=self._seat.clock.now(), card=permit.card))

    def brief(self, language: Language) -> None:
        """The candidate read the briefing and consents."""
        self.send(e.Briefed(at=self._seat.clock.now(), language=language))
        if not self.desk.round.rules.practice:
            self.ready()

    def ready(self) -> None:
        """Practice is over."""
        self.send(e.Ready(at=self._seat.clock.now()))

    def waive_camera(self, first: Permit, second: Permit, act: e.Act) -> None:
        """Two invigilators let a candidate start without a picture, with a reason."""
        if first.card != second.card:
            now = self._seat.clock.now()
            detail = f"{first.card} {second.card}"
            self.send(e.IncidentRecorded(at=now, kind=IncidentKind.CAMERA_ABSENT, detail=detail, act=act))
            self._camera_waived = True

    def start(self, typed: str) -> None:
        """Start with the code read aloud. WrongStartCodeError, WaitError, CameraRequiredError, IllegalEventError."""
        filmed = self._camera_waived or self.recording.camera is Camera.READY
        entrance.demand_start(self.desk, self._room, typed, filmed=filmed)
        now = self._seat.clock.now()
        self.send(e.Started(at=now, late=entrance.late_by(self.desk, now)))
        self.view_item(self.sitting.opened.form.items[0].item)

    # the sitting

    @property
    def sitting(self) -> Sitting:
        """The sitting as it stands."""
        assert self._desk is not None  # noqa: S101 - screens behind it are not shown before
        return self._desk.sitting

    def send(self, event: e.Event) -> None:
        """Hand an event to the sitting: the only door. IllegalEventError; a failed journal becomes the seat's fault."""
        assert self._desk is not None  # noqa: S101 - screens behind it are not shown before
        self._desk.send(event)

    def fail(self, detail: str) -> None:
        """The program made a mistake somewhere: cover the item, stop the time, put it on record."""
        now = self._seat.clock.now()
        desk = self._desk
        if desk is None or desk.sitting.phase.closed or desk.sitting.phase is Phase.SUSPENDED:
            return
        try:
            self.send(e.IncidentRecorded(at=now, kind=IncidentKind.PROGRAM_FAULT, detail=detail))
            self.send(e.Suspended(at=now, cause=e.SuspendCause.PROGRAM_FAULT, act=None))
        except KioskError as error:
            self.fault = error.code

    def view_item(self, item: ItemId) -> None:
        """Put an item on the screen."""
        self.send(e.Viewed(at=self._seat.clock.now(), item=item))

    def respond(self, item: ItemId, response: e.Response | None) -> None:
        """Give, change or clear a response."""
        self.send(e.Responded(at=self._seat.clock.now(), item=item, response=response))

    def typing(self, item: ItemId, text: str) -> None:
        """Note what stands in an input that is not committed yet."""
        if self._desk is not None:
            self._desk.typing(item, e.Entered(text=text) if text.strip() else None)

    def now(self) -> Instant:
        """Read the clocks, for events a screen makes."""
        return self._seat.clock.now()

    def scan(self, *, wanted: bool) -> None:
        """Look for a card with the camera, or stop looking."""
        self._scanning = wanted
        self.recording.preview(8 if wanted else 0)
        self.pump()

    def code_seen(self) -> str | None:
        """Return the text of the card the camera found, once."""
        text, self.recording.code = self.recording.code, None
        return text

    # what goes on by itself

    def pump(self) -> None:
        """Do what time, the journal's thread and the recorder ask for; what fails becomes the seat's fault.

        Called often, from one thread.
        """
        now = self._seat.clock.now()
        try:
            self._report_early()
            for event in self.recording.events(now):
                self._report(event)
            if self._desk is not None and self.fault is None:
                self._desk.on_time(now)
                if self._desk.writer.failure is not None:
                    self.fault = self._desk.writer.failure.code
            desk = self._desk if self.fault is None else None
            self.recording.want(*to_film(self._seat.home, desk, self.session, scan=self._scanning))
            if desk is not None and self._outbox is not None:
                pictures = self._seat.home.pictures(desk.sitting.opened.sitting)
                self._outbox.seal_when_over(desk, pictures, now, settled=self.recording.settled)
        except KioskError as error:
            self.fault = self.fault or error.code

    def observe(self, kind: IncidentKind, detail: str) -> None:
        """Put an observation on record: in the open sitting, else in the session journal as soon as there is one."""
        self._early.append(e.IncidentRecorded(at=self._seat.clock.now(), kind=kind, detail=detail))
        self.pump()

    def _report_early(self) -> None:
        while self._early and self.session is not None:
            self._report(self._early.popleft())

    def _report(self, event: e.Event) -> None:
        if self._desk is not None and self.fault is None and not (self._outbox and self._outbox.receipt):
            self.send(event)
        elif isinstance(event, e.IncidentRecorded) and self.session is None:
            self._early.append(event)
        elif isinstance(event, e.IncidentRecorded) and self._session_open:
            self.desk.log.record(s.SeatIncident(at=event.at, kind=event.kind, detail=event.detail))

    @property
    def _session_open(self) -> bool:
        return self.session is not None and self.session.log.state.phase is not s.SessionPhase.CLOSED

    def _new_outbox(self) -> Outbox:
        return Outbox(sealer_for(self._seat, self.desk, rehearsal=self._rehearsal), self.desk, self._wake)

    # leaving

    def export(self, folder: Path, progress: Callable[[str, int, int], None]) -> tuple[Path, ...]:
        """Copy the bundles of the last sitting to a stick, read back. StorageError leaves."""
        assert self._outbox is not None  # noqa: S101 - the screen offers it after sealing
        written = self._outbox.export(folder, self._seat.clock.now(), progress)
        self._exported = True
        return written

    def finish_session(self, permit: Permit) -> None:
        """Close the session at this seat; its secrets are erased. SittingOpenError while a sitting is not sealed."""
        if self._desk is not None and self.fault is None and not (self._outbox and self._outbox.receipt):
            raise SittingOpenError
        self.desk.finish(permit)
        self._entry = self._desk = None

    def close(self) -> None:
        """Stop everything; whatever is open stays open on record, with the segment that was cut short."""
        if self._closed:
            return
        self._closed = True
        self.recording.close()
        with suppress(KioskError):
            for event in self.recording.events(self._seat.clock.now()):
                self._report(event)
        if self._desk is not None and not (self._outbox and self._outbox.receipt):
            self._desk.close()
        if self._session_open:
            self.desk.close()

    # what screens see

    @property
    def _rehearsal(self) -> bool:
        package = self.package
        return package is None or package.signer.rehearsal or package.round.rules.kind is not RoundKind.EXAM

    def view(self) -> View:
        """Return everything a screen may know now."""
        now = self._seat.clock.now()
        situation = Situation(
            seat=self._seat,
            package=self.package,
            session=self.session,
            entry=self._entry,
            desk=self._desk,
            outbox=self._outbox,
            fault=self.fault,
            refusal=self.refusal,
        )
        stage = stage_of(situation)
        item = self._item() if stage is Stage.EXAM else None
        view = view_of(situation, stage, now)
        return replace(
            view,
            item=item,
            item_damaged=stage is Stage.EXAM and self._shown.damaged,
            rehearsal=self._rehearsal,
            camera=self.recording.state,
            exported=self._exported,
        )

    def _item(self) -> Item | None:
        if self._shown.turn_to(self._room, self.sitting):
            current = self.sitting.current or ""
            self.send(e.IncidentRecorded(at=self._seat.clock.now(), kind=IncidentKind.ITEM_DAMAGED, detail=current))
        return self._shown.item
