"""Drawing the form of one candidate from a bank, by its weight table.

Rules: exactly the blueprint's number of items of each type and from each range; at most one item for an assessment
point; the same bank, blueprint and seed give the same form everywhere. The choice is a flow through a small network
(type -> point -> range), so a form is found whenever one exists; the seed decides among the possible ones.
It does not know whose form it is.
"""

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass

from kiosk.errors import BankError
from kiosk.exam.bank import Bank, Item, ItemType
from kiosk.exam.shuffle import shuffled
from kiosk.exam.vocabulary import BankId, ItemId, Millis, OptionId, PointCode, Points, RangeCode


class NoFormError(BankError):
    """The bank cannot fill its blueprint (`missing` items are lacking)."""

    code = "bank/no-form"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormItem:
    """One place of a form: which item, in which version, worth how much, options in the order shown."""

    item: ItemId
    version: int
    digest: str
    type: ItemType
    points: Points
    options: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The items and orders drawn for one candidate. Made once, recorded, never composed again."""

    bank: BankId
    duration: Millis
    items: tuple[FormItem, ...]

    def place(self, item: ItemId) -> int:
        """Return the place of an item in the form, counted from 0; ValueError when it is not in it."""
        return [entry.item for entry in self.items].index(item)


def compose(bank: Bank, seed: bytes, *, shuffle_items: bool = True, shuffle_options: bool = True) -> Form:
    """Draw a form from a sound bank (see check_bank). NoFormError when the blueprint cannot be filled."""
    chosen = _choose(bank, seed)
    places: list[FormItem] = []
    for rule in bank.blueprint.types:
        block = chosen[rule.type]
        order = shuffled(block, seed, f"items/{rule.type.value}") if shuffle_items else _by_id(block)
        places += [_place(item, rule.points, seed, shuffle_options=shuffle_options) for item in order]
    return Form(bank=bank.id, duration=bank.blueprint.duration, items=tuple(places))


def _by_id(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: item.id))


def _place(item: Item, points: Points, seed: bytes, *, shuffle_options: bool) -> FormItem:
    order = tuple(option.id for option in item.options)
    if item.shuffle and shuffle_options:
        free = [place for place, option in enumerate(item.options) if not option.fixed]
        moved = list(order)
        for place, source in zip(free, shuffled(free, seed, f"options/{item.id}"), strict=True):
            moved[place] = order[source]
        order = tuple(moved)
    return FormItem(
        item=item.id, version=item.version, digest=item.digest, type=item.type, points=points, options=order
    )


def _choose(bank: Bank, seed: bytes) -> dict[ItemType, list[Item]]:
    """Pick one item for each matched (type, point); which one is decided by the seed."""
    stock: dict[tuple[ItemType, PointCode], list[Item]] = defaultdict(list)
    for item in _by_id(bank.items):
        stock[item.type, item.point].append(item)
    pairs = _Flow(bank, seed, stock.keys()).solve()
    chosen: dict[ItemType, list[Item]] = defaultdict(list)
    for kind, point in sorted(pairs, key=lambda pair: (pair[0].value, pair[1])):
        chosen[kind].append(shuffled(stock[kind, point], seed, f"draw/{kind.value}/{point}")[0])
    return chosen


_Step = tuple[str, str]


class _Flow:
    """Types supply items, points carry at most one, ranges take their share: augmenting paths, one item at a time."""

    def __init__(self, bank: Bank, seed: bytes, stock: Container[tuple[ItemType, PointCode]]) -> None:
        blueprint = bank.blueprint
        self._want = {rule.type: rule.count for rule in blueprint.types}
        self._room = {rule.code: rule.count for rule in blueprint.ranges}
        self._range: dict[PointCode, RangeCode] = {
            point: rule.code for rule in blueprint.ranges for point in rule.points
        }
        points = shuffled(sorted(self._range), seed, "points")
        self._can = {kind: [point for point in points if (kind, point) in stock] for kind in self._want}
        self._by: dict[PointCode, ItemType] = {}
        self._taken: dict[RangeCode, set[PointCode]] = {code: set() for code in self._room}
        self._seed = seed

    def solve(self) -> list[tuple[ItemType, PointCode]]:
        turns = [kind for kind, count in self._want.items() for _ in range(count)]
        missing = sum(not self._augment(kind, set()) for kind in shuffled(turns, self._seed, "turns"))
        if missing:
            raise NoFormError(missing=missing)
        return [(kind, point) for point, kind in self._by.items()]

    def _augment(self, kind: ItemType, been: set[_Step]) -> bool:
        """Give one more item to `kind`, moving earlier choices aside where that makes room."""
        if _again(been, "type", kind.value):
            return False
        for point in self._can[kind]:
            if _again(been, "take", point):
                continue
            holder = self._by.get(point)
            free = self._make_room(self._range[point], been) if holder is None else self._augment(holder, been)
            if free:
                self._by[point] = kind
                self._taken[self._range[point]].add(point)
                return True
        return False

    def _make_room(self, code: RangeCode, been: set[_Step]) -> bool:
        """Free one place in a full range by finding its holder an item elsewhere."""
        taken = self._taken[code]
        if len(taken) < self._room[code]:
            return True
        for point in sorted(taken):
            if not _again(been, "leave", point) and self._augment(self._by[point], been):
                del self._by[point]
                taken.discard(point)
                return True
        return False


def _again(been: set[_Step], how: str, where: str) -> bool:
    """Tell whether a search has been at this step already, and note that it is there now."""
    step = (how, where)
    known = step in been
    been.add(step)
    return known
