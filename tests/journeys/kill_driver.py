"""A seat that is worked at by a program of its own until somebody kills it.

It takes up the open sitting of a seat with card and PIN and responds as fast as the disk allows. For each response that
was acknowledged as saved it prints one line, and the time used; after as many as it was told it hands in and seals.
Words on standard input, one line of JSON: home, card, pin, hand_in_after, seed.
"""

import json
import random
import sys
import threading
from pathlib import Path

from kiosk.crypto.card import Card
from kiosk.exam import events as e
from kiosk.exam.bank import ItemType
from kiosk.exam.form import FormItem
from kiosk.exam.rules import LockLevel
from kiosk.exam.sitting import Phase
from kiosk.formats.codec import to_json
from kiosk.station.clock import SeatClock
from kiosk.station.home import Home
from kiosk.station.session_desk import Settings
from kiosk.station.station import Station
from kiosk.station.view import Stage


def main() -> None:
    """Play until killed, or until the bundle is sealed."""
    words = json.loads(sys.stdin.readline())
    chance = random.Random(words["seed"])  # noqa: S311 - it decides what is tried, nothing secret
    bell = threading.Event()
    settings = Settings(program="0.1.0", lock_level=LockLevel.PRACTICE)
    station = Station(Home(folder=Path(words["home"])), SeatClock(), settings, None, bell.set)
    station.begin_nearest_session()
    permit = station.recover(Card.from_text(words["card"]), words["pin"])
    if station.sitting.phase is Phase.SUSPENDED:
        reason = station.desk.round.rules.reasons[0].code
        station.send(e.Resumed(at=station.now(), act=e.Act(card=permit.card, reason=reason)))
    say(station, "ready", None, None)
    for number in range(words["hand_in_after"]):
        if station.sitting.phase is not Phase.RUNNING:
            break
        entry = chance.choice(station.sitting.opened.form.items)
        response = made_up(entry, number, chance)
        station.view_item(entry.item)
        station.respond(entry.item, response)
        while station.view().saved.pending:
            bell.wait(0.05)
            bell.clear()
            station.pump()
        say(station, "saved", entry.item, response)
    if station.sitting.phase is Phase.RUNNING:
        station.send(e.HandedIn(at=station.now()))
    while station.view().stage is not Stage.RECEIPT:
        bell.wait(0.05)
        bell.clear()
        station.pump()
    say(station, "sealed", None, None)
    station.close()


def made_up(entry: FormItem, number: int, chance: random.Random) -> e.Response | None:
    """A legal response: now and then it is cleared."""
    if number % 9 == 8:
        return None
    if entry.type is ItemType.NUMERIC:
        return e.Entered(text=f"１{number}．５")
    if entry.type is ItemType.MULTIPLE:
        picked = {option for option in entry.options if chance.random() < 0.5}
        return e.Chosen(options=tuple(one for one in entry.options if one in picked) or entry.options[:1])
    return e.Chosen(options=(chance.choice(entry.options),))


def say(station: Station, what: str, item: str | None, response: e.Response | None) -> None:
    """Tell the other end, at once."""
    used = station.sitting.ledger.used_at(station.now())
    line = {"what": what, "item": item, "response": None if response is None else to_json(response), "used": used}
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
