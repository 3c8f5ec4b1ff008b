"""Sittings brought to each phase, and the question why an event is refused."""

from dataclasses import replace

import pytest

from kiosk.exam import events as e
from kiosk.exam.sitting import IllegalEventError, Phase, Sitting, apply
from kiosk.exam.vocabulary import MINUTE, Language
from tests.exam.values import ACT, CARD, HOUR, START, at, opened, running, waiting

LATE = START + HOUR
"""When the time of a sitting that began at START is up."""


def suspended(sitting: Sitting, mono: int) -> Sitting:
    return apply(sitting, e.Suspended(at=at(mono), cause=e.SuspendCause.INVIGILATOR, act=ACT))


def at_phase(phase: Phase) -> Sitting:
    identified = apply(opened(), e.Identified(at=at(1), card=CARD))
    return {
        Phase.SEATED: opened(),
        Phase.IDENTIFIED: identified,
        Phase.BRIEFED: apply(identified, e.Briefed(at=at(2), language=Language.ZH)),
        Phase.WAITING: waiting(),
        Phase.RUNNING: running(),
        Phase.SUSPENDED: suspended(running(), START + 1),
        Phase.HANDED_IN: apply(running(), e.HandedIn(at=at(START + 40 * MINUTE))),
        Phase.COLLECTED: apply(running(), e.Collected(at=at(START + 1), act=ACT)),
        Phase.VOID: apply(running(), e.Voided(at=at(START + 1), act=ACT)),
    }[phase]


def why(sitting: Sitting, event: e.Event) -> str:
    untouched = replace(sitting)
    with pytest.raises(IllegalEventError) as refused:
        apply(sitting, event)
    assert sitting == untouched
    return str(refused.value.data["why"])
