"""kill -9 at any moment: no acknowledged response is lost, form and time come back.

A process of its own works at the seat and says which responses were acknowledged as saved; it is killed at a random
moment, before, between or after responses, or while it hands in and seals. KIOSK_KILLS sets how often.
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.exam.rules import LockLevel
from kiosk.exam.sitting import Phase
from kiosk.formats.codec import to_json
from kiosk.formats.source import BytesSource
from kiosk.office.examine import open_desk, verify_bundle
from kiosk.office.kept_rounds import load_rounds
from kiosk.rehearsal.demo_world import SESSION
from kiosk.station.clock import SeatClock
from kiosk.station.session_desk import Settings
from kiosk.station.station import Station
from kiosk.station.view import Stage
from tests.support.tries import Chance, chance, tell
from tests.support.worlds import PROGRAM, SeatAtWork, open_seat

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KIOSK_KILLS", "5"))
MOST_RESPONSES = 25
SEATS_WORTH = 40
"""Restarts of one sitting before a new one is begun: each costs up to five seconds of its time."""


@dataclass(slots=True)
class Told:
    """What the killed process had said, over all its lives."""

    responses: dict[str, Any] = field(default_factory=dict)
    used: int = 0
    at: float = 0.0
    last: str = ""
    ever: int = 0

    def hear(self, line: str) -> None:
        said = json.loads(line)
        self.last, self.used, self.at = said["what"], said["used"], time.monotonic()
        if said["what"] == "saved":
            self.ever += 1
            self.responses[said["item"]] = said["response"]


def test_no_acknowledged_response_is_lost(tmp_path: Path) -> None:
    luck = chance(os.environ.get("KIOSK_SEED", "2026"))
    moments: dict[str, int] = {}
    acknowledged = sealed_whole = 0
    for seat in seats(tmp_path):
        told = Told()
        items = seat.station.sitting.opened.form.items
        seat.station.close()
        stage = Stage.SUSPENDED
        for _ in range(SEATS_WORTH):
            told.last = "nothing"
            if live_and_die(seat, told, luck):
                moments[told.last] = moments.get(told.last, 0) + 1
            stage = comes_back(seat, told, items)
            if stage is Stage.RECEIPT or sum(moments.values()) == KILLS:
                break
        acknowledged += told.ever
        sealed_whole += stage is Stage.RECEIPT
        if sum(moments.values()) >= KILLS:
            break
    heard = ", ".join(f"{count} after {what}" for what, count in sorted(moments.items()))
    tell(f"{KILLS} kills ({heard}); {acknowledged} acknowledged responses, none lost; {sealed_whole} bundles whole")


def seats(folder: Path) -> Iterator[SeatAtWork]:
    """Running sittings, as many as one asks for."""
    for number in itertools.count():
        own = folder / f"考场 {number}"
        own.mkdir()
        with open_seat(own, with_link=False) as seat:
            seat.sit()
            yield seat


def live_and_die(seat: SeatAtWork, told: Told, luck: Chance) -> bool:
    """Let the driver work and kill it: after some lines and a little while, so at any place of what it does.

    Tells whether it was killed; now and then it is done before.
    """
    card, lines, pause = seat.world.card, 0, 0.0
    hand_in_after = MOST_RESPONSES
    match luck.choice(["start", "work", "work", "work", "end"]):
        case "start":
            pause = luck.uniform(0, 0.9)
        case "work":
            lines, pause = luck.randrange(1, hand_in_after), luck.choice([0.0, luck.uniform(0, 0.01)])
        case _:
            lines, pause = 4, luck.uniform(0, 0.06)
            hand_in_after = 3
    words = {
        "home": str(seat.home.folder),
        "card": card.card.to_text(),
        "pin": card.pin,
        "hand_in_after": hand_in_after,
        "seed": luck.random(),
    }
    driver = subprocess.Popen(
        [sys.executable, str(ROOT / "tests" / "journeys" / "kill_driver.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert driver.stdin is not None
    assert driver.stdout is not None
    driver.stdin.write(json.dumps(words) + "\n")
    driver.stdin.flush()
    for _ in range(lines):
        line = driver.stdout.readline()
        if not line:
            break
        told.hear(line)
    try:
        driver.wait(pause)
    except subprocess.TimeoutExpired:
        driver.send_signal(signal.SIGKILL)
    for line in driver.stdout:
        if line.endswith("\n"):
            told.hear(line)
    driver.wait()
    driver.stdin.close()
    driver.stdout.close()
    assert driver.returncode in {0, -signal.SIGKILL}
    return driver.returncode != 0


def comes_back(seat: SeatAtWork, told: Told, items: object) -> Stage:
    """Start the program again, as an invigilator does with card and PIN, and compare."""
    settings = Settings(program=PROGRAM, lock_level=LockLevel.PRACTICE, restarted=True)
    station = Station(seat.home, SeatClock(), settings, None, seat._bell.set)
    try:
        station.begin_session(SESSION)
        station.recover(seat.world.card.card, seat.world.card.pin)
        assert station.fault is None
        sitting = station.sitting
        assert sitting.opened.form.items == items
        found: dict[str, Any] = {item: to_json(response) for item, response in sitting.responses.items()}
        lost = {item: said for item, said in told.responses.items() if found.get(item) != said}
        assert len(lost) <= 1, "one response may have been saved and not been said any more"
        assert not lost or sitting.current in lost, (lost, sitting.current)
        told.responses = {item: found.get(item) for item in {*told.responses, *found}}
        if sitting.phase is not Phase.SUSPENDED:
            return sealed(seat, station)
        elapsed = (time.monotonic() - told.at) * 1000 if told.at else 0
        assert told.used <= sitting.ledger.used <= told.used + 5_000 + elapsed
        told.used = sitting.ledger.used
        return station.view().stage
    finally:
        station.close()


def sealed(seat: SeatAtWork, station: Station) -> Stage:
    """A sitting that was handed in reaches the office whole, also when the kill came while it was sealed."""
    responses = station.sitting.responses
    deadline = time.monotonic() + 20
    while station.view().stage is not Stage.RECEIPT:
        assert time.monotonic() < deadline
        seat._bell.wait(0.05)
        station.pump()
    office = seat.world.office
    (path,) = seat.home.outbox.glob("*.kresult")
    found = verify_bundle(BytesSource(path.read_bytes()), open_desk(office, load_rounds(office)))
    assert found.sitting.responses == responses
    return Stage.RECEIPT
