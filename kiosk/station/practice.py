"""The practice items every seat carries: about nothing that is examined, one for each way of responding.

Rules: what is answered here is judged on the spot, shown to the candidate, and written nowhere.
"""

from dataclasses import dataclass

from kiosk.exam.bank import Item, ItemType, Option
from kiosk.exam.events import Chosen, Entered, Response
from kiosk.exam.numbers import parse_number
from kiosk.exam.vocabulary import ItemId, OptionId, PointCode, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeItem:
    """An item with its key, which only practice items bring to a seat."""

    item: Item
    right: frozenset[OptionId]
    value: str | None

    def is_right(self, response: Response) -> bool:
        """Tell whether a practice response is right."""
        match response:
            case Chosen(options=options):
                return frozenset(options) == self.right
            case Entered(text=text):
                return self.value is not None and parse_number(text) == parse_number(self.value)


def _options(*texts: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(
        Option(id=OptionId(f"practice-{place}"), text=Text(zh=zh, en=en), fixed=True)
        for place, (zh, en) in enumerate(texts)
    )


def _practice(
    name: str,
    kind: ItemType,
    stem: Text,
    options: tuple[Option, ...] = (),
    *,
    right: tuple[int, ...] = (),
    value: str | None = None,
) -> PracticeItem:
    item = Item(
        id=ItemId(f"practice-{name}"),
        version=1,
        digest="practice",
        type=kind,
        point=PointCode("practice"),
        stem=stem,
        options=options,
        shuffle=False,
        unit=Text(zh="分钟", en="min") if value else None,
    )
    return PracticeItem(item=item, right=frozenset(options[place].id for place in right), value=value)


PRACTICE: tuple[PracticeItem, ...] = (
    _practice(
        "single",
        ItemType.SINGLE,
        Text(
            zh="练习：一年中白天最长的一天，在北半球是（　）。",
            en="Practice: in the northern hemisphere, the longest day of the year is at the",
        ),
        _options(
            ("春分", "spring equinox"),
            ("夏至", "summer solstice"),
            ("秋分", "autumn equinox"),
            ("冬至", "winter solstice"),
        ),
        right=(1,),
    ),
    _practice(
        "multiple",
        ItemType.MULTIPLE,
        Text(
            zh="练习：下列属于金属的有（　）。（多选）", en="Practice: which of these are metals? (several are right)"
        ),
        _options(("铁", "iron"), ("铜", "copper"), ("硫", "sulphur"), ("铝", "aluminium")),
        right=(0, 1, 3),
    ),
    _practice(
        "true-false",
        ItemType.TRUE_FALSE,
        Text(zh="练习：一小时等于六十分钟。", en="Practice: one hour is sixty minutes."),
        _options(("正确", "True"), ("错误", "False")),
        right=(0,),
    ),
    _practice(
        "numeric",
        ItemType.NUMERIC,
        Text(
            zh="练习：考试 9:00 开始，10:30 结束，共多少分钟？",
            en="Practice: an exam begins at 9:00 and ends at 10:30. How many minutes is that?",
        ),
        value="90",
    ),
)
