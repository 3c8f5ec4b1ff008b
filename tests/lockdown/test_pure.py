"""The decisions of lockdown that need no PC: level reached, restart or not, what the kiosk is told."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam.rules import LockLevel
from kiosk.lockdown.feature import Finding, State
from kiosk.lockdown.handover import VARIABLE, HandoverError, child_command, from_environment, to_environment
from kiosk.lockdown.level import Probe, level_reached
from kiosk.lockdown.restart import RestartPolicy, Verdict, judge


def test_desktop_needs_each_of_its_conditions() -> None:
    for x11, windowed, covered, grabbed in itertools.product([True, False], repeat=4):
        probe = Probe(x11=x11, windowed=windowed, screens_covered=covered, keyboard_grabbed=grabbed)
        level, findings = level_reached(probe)
        assert (level is LockLevel.DESKTOP) == (x11 and not windowed and covered and grabbed)
        assert (level is LockLevel.PRACTICE) == any(finding.state is State.OPEN for finding in findings)


@pytest.mark.parametrize(("foreign", "level"), [(None, "desktop"), (1, "desktop"), (0, "session")])
def test_session_is_claimed_only_when_the_clients_were_counted(foreign: int | None, level: str) -> None:
    probe = Probe(x11=True, windowed=False, screens_covered=True, keyboard_grabbed=True, foreign_clients=foreign)
    assert level_reached(probe)[0] is LockLevel(level)
    windowed = Probe(x11=True, windowed=True, screens_covered=True, keyboard_grabbed=True, foreign_clients=foreign)
    assert level_reached(windowed)[0] is LockLevel.PRACTICE


@pytest.mark.parametrize("code", [1, 2, 139, -9, -15, 255])
def test_five_deaths_within_a_minute_are_too_many(code: int) -> None:
    policy = RestartPolicy()
    deaths: list[int] = []
    for at in (0, 10, 20, 30):
        assert judge(policy, deaths, code=code, at=at) is Verdict.RESTART
        deaths.append(at)
    assert judge(policy, deaths, code=code, at=59_999) is Verdict.GIVE_UP
    assert judge(policy, deaths, code=code, at=60_000) is Verdict.RESTART


@given(st.lists(st.integers(0, 10**6)), st.integers(0, 10**7))
def test_an_ending_is_final_whatever_came_before(deaths: list[int], at: int) -> None:
    policy = RestartPolicy(endings=frozenset({0, 3}))
    assert judge(policy, sorted(deaths), code=3, at=at) is Verdict.ENDED
    assert judge(policy, sorted(deaths), code=0, at=at) is Verdict.ENDED
    assert judge(policy, sorted(deaths), code=1, at=at) is not Verdict.ENDED


@given(st.lists(st.builds(Finding, name=st.text(), state=st.sampled_from(State), detail=st.text())))
def test_the_kiosk_hears_what_the_supervisor_found(findings: list[Finding]) -> None:
    assert from_environment(to_environment(findings)) == tuple(findings)


def test_a_kiosk_without_a_supervisor_knows_it() -> None:
    assert from_environment({}) is None


@pytest.mark.parametrize(
    "text",
    ["", "{", "3", '[["a"]]', '[["名","不","１"]]', '["abc"]', "null", '[["a","holds",1]]', "[" * 100_000, '{"𬭚":1}'],
)
def test_a_strange_message_is_refused(text: str) -> None:
    with pytest.raises(HandoverError):
        from_environment({VARIABLE: text})


def test_only_a_restart_is_told_as_one() -> None:
    assert child_command(["kiosk", "考场３"], 0) == ("kiosk", "考场３")
    assert child_command(["kiosk", "考场３"], 2) == ("kiosk", "考场３", "--restarted", "2")
