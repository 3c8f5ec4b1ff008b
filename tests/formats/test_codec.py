"""Every value of an examination survives being written down, and nothing else is taken for one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exam import events as e
from kiosk.exam import session as s
from kiosk.exam.incident import IncidentKind
from kiosk.exam.round import Roster, Round
from kiosk.exam.scoring import ChoiceKey, Key, NumberKey
from kiosk.exam.vocabulary import ItemId, Language, Millis, OptionId
from kiosk.formats import canonical, codec
from kiosk.formats.canonical import JsonValue
from kiosk.formats.codec import ShapeError, decode_event, decode_session_event, encode_event, from_json, to_json
from tests.support import builders as b

NOTE = "报告 ０７ 𬭚"


def one_of_each_event() -> tuple[e.Event, ...]:
    item = b.form().items[0].item
    rest: tuple[e.Event, ...] = (
        e.TimeExpired(at=b.at(1), in_progress=e.InProgress(item=item, response=e.Entered(text="１２．５"))),
        e.TimeExpired(at=b.at(1), in_progress=None),
        e.Collected(at=b.at(2), act=b.act()),
        e.Voided(at=b.at(2), act=b.act()),
        e.Suspended(at=b.at(3, room=False), cause=e.SuspendCause.SAVE_FAILED, act=None),
    )
    return (*b.sitting_events(segments=(b.segment(1, 1, b"x"),)), *rest)


def one_of_each_session_event() -> tuple[s.SessionEvent, ...]:
    return (*b.session_events(), *b.later_session_events())


def test_the_builders_have_every_kind_of_event() -> None:
    assert {type(event) for event in one_of_each_event()} == set(get_args(e.Event))
    assert {type(event) for event in one_of_each_session_event()} == set(get_args(s.SessionEvent))


@pytest.mark.parametrize("event", one_of_each_event(), ids=lambda event: type(event).__name__)
def test_events_survive(event: e.Event) -> None:
    body = encode_event(event)
    assert decode_event(body) == event
    assert encode_event(decode_event(body)) == body
    with pytest.raises(ShapeError):
        decode_session_event(body)


@pytest.mark.parametrize("event", one_of_each_session_event(), ids=lambda event: type(event).__name__)
def test_session_events_survive(event: s.SessionEvent) -> None:
    body = encode_event(event)
    assert decode_session_event(body) == event
    with pytest.raises(ShapeError):
        decode_event(body)


def test_an_event_reads_as_the_specification_says() -> None:
    event = e.IncidentRecorded(at=b.at(5, room=False), kind=IncidentKind.NOTE, detail=NOTE)
    assert encode_event(event).decode() == (
        f'{{"act":null,"at":{{"mono":3600005,"room":null,"wall":{b.START + 5}}},"class":"IncidentRecorded",'
        f'"detail":"{NOTE}","kind":"note"}}'
    )
    response = e.Responded(at=b.at(5), item=ItemId("i"), response=e.Chosen(options=(OptionId("o"),)))
    assert b'"response":{"class":"Chosen","options":["o"]}' in encode_event(response)


def test_rounds_banks_and_rosters_survive() -> None:
    for kind, value in ((Round, b.round_(("age1",))), (Roster, b.roster()), (type(b.bank()), b.bank())):
        assert from_json(kind, canonical.decode(canonical.encode(to_json(value)), limit=1 << 20)) == value


def test_a_union_is_read_by_its_members() -> None:
    keys: tuple[Key, ...] = (
        ChoiceKey(version=1, digest="a", options=frozenset({OptionId("𬭚"), OptionId("b"), OptionId("a")})),
        NumberKey(version=2, digest="b", value="１", tolerance="0"),
    )
    for key in keys:
        found: Key = from_json(Key, to_json(key))
        assert found == key
    assert to_json(keys[0]) == {"class": "ChoiceKey", "digest": "a", "options": ["a", "b", "𬭚"], "version": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Every declared type there is."""

    flag: bool
    count: int
    words: tuple[str, ...]
    data: bytes
    marks: frozenset[Language]
    table: Mapping[ItemId, Millis]
    maybe: e.Response | None
    one: e.Chosen | e.Entered
    act: e.Act | None


SAMPLE = Sample(
    flag=True,
    count=3,
    words=("𬭚", "０７"),
    data=b"\x00\xff",
    marks=frozenset({Language.EN, Language.ZH}),
    table={ItemId("𬭚"): Millis(5)},
    maybe=None,
    one=e.Entered(text="1"),
    act=b.act(),
)


def test_every_declared_type_has_a_form() -> None:
    written = to_json(SAMPLE)
    assert written == {
        "class": "Sample",
        "flag": True,
        "count": 3,
        "words": ["𬭚", "０７"],
        "data": "00ff",
        "marks": ["en", "zh-CN"],
        "table": {"𬭚": 5},
        "maybe": None,
        "one": {"class": "Entered", "text": "1"},
        "act": {"card": "A1", "note": "口头报告 ０７ 𬭚", "reason": "fire"},
    }
    assert from_json(Sample, written) == SAMPLE


MISFITS: tuple[tuple[str, Any, str], ...] = (
    ("flag", 1, "flag"),
    ("count", True, "count"),
    ("count", "3", "count"),
    ("words", "𬭚", "words"),
    ("words", ["a", None], "words.1"),
    ("data", "0", "data"),
    ("data", "FF", "data"),
    ("data", "ff\n", "data"),
    ("data", 5, "data"),
    ("marks", ["zh-CN", "en"], "marks"),
    ("marks", ["en", "en"], "marks"),
    ("marks", ["fr"], "marks.0"),
    ("marks", [1], "marks.0"),
    ("table", [], "table"),
    ("table", {"a": "b"}, "table.a"),
    ("maybe", {"text": "no class"}, "maybe"),
    ("maybe", {"class": "Act", "text": "1"}, "maybe"),
    ("maybe", {"class": ["Entered"], "text": "1"}, "maybe"),
    ("one", None, "one"),
    ("one", {"class": "Entered"}, "one"),
    ("one", {"class": "Entered", "text": "1", "more": 1}, "one"),
    ("act", {"class": "Act", "card": "a", "reason": "b", "note": ""}, "act"),
    ("act", [], "act"),
)


@pytest.mark.parametrize(("field", "value", "where"), MISFITS)
def test_another_shape_is_refused_and_the_place_is_named(field: str, value: JsonValue, where: str) -> None:
    written = to_json(SAMPLE)
    assert isinstance(written, dict)
    with pytest.raises(ShapeError) as refused:
        from_json(Sample, {**written, field: value})
    assert refused.value.data["where"] == where


def test_fields_are_a_closed_set_and_the_class_is_named() -> None:
    written = to_json(SAMPLE)
    assert isinstance(written, dict)
    for name in written:
        with pytest.raises(ShapeError):
            from_json(Sample, {key: value for key, value in written.items() if key != name})
    odd_values: tuple[JsonValue, ...] = ({**written, "more": 1}, {**written, "class": "Other"}, [written], None)
    for odd in odd_values:
        with pytest.raises(ShapeError):
            from_json(Sample, odd)


def test_a_type_without_a_form_is_a_mistake_of_ours() -> None:
    @dataclass(frozen=True)
    class Odd:
        value: float

    @dataclass(frozen=True)
    class Pair:
        value: tuple[int, str]

    for kind in (Odd, Pair, int):
        with pytest.raises(TypeError):
            from_json(kind, {})


def test_no_field_of_ours_can_be_taken_for_the_class() -> None:
    for kind in _all_dataclasses([e.Event, s.SessionEvent, Key, Round, Roster]):
        assert codec.TAG not in {field.name for field in fields(kind)}


def _all_dataclasses(kinds: Iterable[Any]) -> Iterable[Any]:
    return [member for kind in kinds for member in (get_args(kind) or (kind,)) if is_dataclass(member)]


@given(st.data())
def test_a_mutated_event_is_refused_or_another_event(data: st.DataObject) -> None:
    body = bytearray(encode_event(data.draw(st.sampled_from(one_of_each_event()))))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        event = decode_event(bytes(body))
    except (canonical.CanonicalError, ShapeError):
        return
    assert encode_event(event) == bytes(body)


def test_a_form_is_made_once_for_each_type() -> None:
    assert codec._dataclass_form(e.Tick) is codec._dataclass_form(e.Tick)
