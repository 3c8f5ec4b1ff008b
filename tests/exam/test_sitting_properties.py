"""Any order of events, drawn by chance: what must hold after each of them, and after a restart at each of them.

A machine sends events to a sitting as the clock goes on, legal and illegal ones, crashes and reboots; an oracle beside
it keeps its own books of time and responses from what was accepted.
"""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.exam import events as e
from kiosk.exam.sitting import IllegalEventError, Phase, Sitting, apply, deadline, duties, open_sitting, replay
from kiosk.exam.time_ledger import TICK
from kiosk.exam.vocabulary import MINUTE, ItemId, Language, Millis, OptionId
from tests.exam.values import ACT, CARD, FORM, HOUR, RULES, at, kept, noted, seated, timed

STRANGER = ItemId("题𬭚-99")
ITEMS = [entry.item for entry in FORM.items]
OPTIONS = [option for entry in FORM.items for option in entry.options]

spells = st.one_of(st.integers(0, 6_000), st.integers(0, 20 * MINUTE))
items = st.sampled_from([*ITEMS, STRANGER])
options = st.sampled_from([*OPTIONS, OptionId("别处")])
responses = st.one_of(
    st.none(),
    st.builds(lambda drawn: e.Chosen(options=tuple(drawn)), st.lists(options, max_size=3)),
    st.builds(
        lambda entry, place: e.Chosen(options=entry.options[place : place + 1]),
        st.sampled_from(FORM.items),
        st.integers(0, 4),
    ),
    st.builds(lambda text: e.Entered(text=text), st.text(alphabet="１2.,- 𬭚\ud800", max_size=5)),
)


class AnyOrder(RuleBasedStateMachine):
    """A sitting, the journal of what it accepted, and the oracle's own books."""

    def __init__(self) -> None:
        super().__init__()
        self.mono = 0
        self.profile = RULES
        self.sitting = open_sitting(seated(), RULES)
        self.journal: list[e.Event] = []
        self.true_used = 0
        self.crashes = 0
        self.written: dict[ItemId, e.Response] = {}

    @initialize(
        extra=st.sampled_from([0, 15 * MINUTE]), earliest=st.sampled_from([0, 30, 90]), last=st.sampled_from([0, 10])
    )
    def open(self, extra: int, earliest: int, last: int) -> None:
        self.profile = timed(earliest=earliest * MINUTE, last=last * MINUTE)
        self.sitting = open_sitting(seated(extra=extra), self.profile)

    def send(self, event: e.Event) -> bool:
        before, shown = self.sitting, repr(self.sitting)
        try:
            self.sitting = apply(before, event)
        except IllegalEventError:
            assert self.sitting is before
            assert repr(before) == shown
            return False
        self.journal.append(event)
        return True

    @rule(spell=spells)
    def time_goes_by(self, spell: int) -> None:
        """Let the boot-time clock go on as a seat does: it ticks, and ends the sitting when time is up."""
        end = self.mono + spell
        while self.sitting.phase is Phase.RUNNING and self.mono < end:
            due = deadline(self.sitting)
            assert due is not None
            step = min(end - self.mono, TICK, max(0, due - self.mono))
            self.mono += step
            self.true_used += step
            if self.mono >= due:
                assert self.send(e.TimeExpired(at=at(self.mono), in_progress=None))
            elif step == TICK:
                assert self.send(e.Tick(at=at(self.mono), used=self.sitting.ledger.used_at(at(self.mono))))
        self.mono = max(self.mono, end)

    @rule(late=st.sampled_from([0, 5 * MINUTE, 20 * MINUTE]), language=st.sampled_from(Language))
    def comes_in(self, late: int, language: Language) -> None:
        now = at(self.mono)
        self.send(e.Identified(at=now, card=CARD))
        self.send(e.Briefed(at=now, language=language))
        self.send(e.Ready(at=now))
        self.send(e.Started(at=now, late=Millis(late)))

    @rule(item=items, response=responses)
    def responds(self, item: ItemId, response: e.Response | None) -> None:
        if not self.send(e.Responded(at=at(self.mono), item=item, response=response)):
            return
        if response is None:
            self.written.pop(item, None)
        else:
            self.written[item] = response

    @rule(item=items, option=options, wanted=st.booleans())
    def looks_marks_and_strikes(self, item: ItemId, option: OptionId, wanted: bool) -> None:
        self.send(e.Viewed(at=at(self.mono), item=item))
        self.send(e.Marked(at=at(self.mono), item=item, marked=wanted))
        self.send(e.Struck(at=at(self.mono), item=item, option=option, struck=wanted))

    @rule(used=st.integers(0, 2 * HOUR), scale=st.integers(50, 350))
    def something_is_wrong(self, used: int, scale: int) -> None:
        self.send(e.Tick(at=at(self.mono), used=Millis(used)))
        self.send(e.TimeExpired(at=at(self.mono), in_progress=None))
        self.send(e.DisplayChosen(at=at(self.mono), language=Language.EN, scale=scale, theme=e.Theme.DARK))

    @rule(cause=st.sampled_from(e.SuspendCause))
    def is_suspended(self, cause: e.SuspendCause) -> None:
        self.send(e.Suspended(at=at(self.mono), cause=cause, act=ACT))

    @rule()
    def is_resumed(self) -> None:
        self.send(e.Resumed(at=at(self.mono), act=ACT))

    @rule(amount=st.integers(-MINUTE, 40 * MINUTE))
    def is_credited(self, amount: int) -> None:
        self.send(e.Credited(at=at(self.mono), amount=Millis(amount), act=ACT))

    @rule()
    def is_observed(self) -> None:
        self.send(noted(self.mono))
        self.send(kept(self.mono))

    @rule(down=st.integers(0, HOUR), rebooted=st.booleans())
    def crashes_and_comes_back(self, down: int, rebooted: bool) -> None:
        """Lose everything but the journal, for a while; after a reboot the boot-time clock begins again."""
        self.sitting = replay(self.sitting.opened, self.journal, self.profile)
        if self.sitting.phase.closed:
            return
        self.crashes += self.sitting.phase is Phase.RUNNING
        self.mono = 0 if rebooted else self.mono + down
        assert self.send(e.Recovered(at=at(self.mono), rebooted=rebooted))

    @rule(end=st.sampled_from(["hand-in", "collect", "void"]), sure=st.integers(0, 3))
    def ends(self, end: str, sure: int) -> None:
        now = at(self.mono)
        if sure:
            return
        events: dict[str, e.Event] = {
            "hand-in": e.HandedIn(at=now),
            "collect": e.Collected(at=now, act=ACT),
            "void": e.Voided(at=now, act=ACT),
        }
        self.send(events[end])

    @invariant()
    def time_is_within_the_allowance_and_true_to_a_tick_for_each_crash(self) -> None:
        ledger = self.sitting.ledger
        used = ledger.used_at(at(self.mono))
        assert 0 <= used <= ledger.allowance
        assert self.true_used <= used <= self.true_used + self.crashes * TICK
        assert used + ledger.remaining(at(self.mono)) == ledger.allowance

    @invariant()
    def the_clock_runs_exactly_while_the_sitting_runs(self) -> None:
        running = self.sitting.phase is Phase.RUNNING
        assert (self.sitting.ledger.since is not None) == running
        assert (deadline(self.sitting) is not None) == running
        assert (duties(self.sitting).item_visible, duties(self.sitting).ticking) == (running, running)

    @invariant()
    def responses_are_those_that_were_accepted_and_of_the_form(self) -> None:
        assert dict(self.sitting.responses) == self.written
        for item, response in self.sitting.responses.items():
            entry = self.sitting.form_item(item)
            assert entry is not None
            if isinstance(response, e.Chosen):
                assert set(response.options) <= set(entry.options)

    @invariant()
    def a_closed_sitting_has_an_end_and_owes_a_bundle(self) -> None:
        closed = self.sitting.phase.closed
        assert (self.sitting.ended is not None) == closed == duties(self.sitting).bundle
        assert not (closed and duties(self.sitting).recording)

    def teardown(self) -> None:
        """Replay equals live, and every beginning of the journal can be taken up again after a power cut."""
        first = self.sitting.opened
        assert replay(first, self.journal, self.profile) == self.sitting
        state = open_sitting(first, self.profile)
        for event in [None, *self.journal]:
            state = apply(state, event) if event else state
            resumes(state)


def resumes(sitting: Sitting) -> None:
    if sitting.phase.closed:
        return
    covered = apply(sitting, e.Recovered(at=at(0), rebooted=True))
    resumed = apply(covered, e.Resumed(at=at(1), act=ACT))
    expected = sitting.before if sitting.phase is Phase.SUSPENDED else sitting.phase
    assert resumed.phase is expected
    for name in ("responses", "marked", "struck", "seen", "current", "display", "segments"):
        assert getattr(resumed, name) == getattr(sitting, name)
    assert 0 <= resumed.ledger.used - sitting.ledger.used_at(sitting.last) <= TICK


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)

EVENTS = st.sampled_from(
    [
        lambda now: e.Identified(at=now, card=CARD),
        lambda now: e.Briefed(at=now, language=Language.ZH),
        lambda now: e.Ready(at=now),
        lambda now: e.Started(at=now, late=Millis(0)),
        lambda now: e.Resumed(at=now, act=ACT),
        lambda now: e.Recovered(at=now, rebooted=False),
        lambda now: e.Suspended(at=now, cause=e.SuspendCause.PROGRAM_FAULT, act=None),
        lambda now: e.Credited(at=now, amount=Millis(MINUTE), act=ACT),
        lambda now: e.HandedIn(at=now),
        lambda now: e.TimeExpired(at=now, in_progress=None),
        lambda now: e.Viewed(at=now, item=ITEMS[0]),
    ]
)


@given(st.lists(st.tuples(st.integers(0, 3 * HOUR), EVENTS), max_size=30))
def test_even_a_shell_that_never_looks_at_the_clock_grants_no_more_than_the_allowance(
    drawn: list[tuple[int, object]],
) -> None:
    """No ticks, no end of time sent: whatever comes hours late, used time stays within what was granted."""
    sitting, mono = open_sitting(seated(), RULES), 0
    for spell, make in drawn:
        mono += spell
        assert callable(make)
        try:
            sitting = apply(sitting, make(at(mono)))
        except IllegalEventError:
            continue
        assert 0 <= sitting.ledger.used <= sitting.ledger.allowance
