"""Values of the exam as plain JSON values and back, driven by the declared types alone.

Rules: canonical.md, "Values". Reading is strict: a field too few or too many, a value of another type, an unknown
member of an enumeration or an unsorted set is refused. The outermost object and every member of a union name their
class in the field `class` (a word no field of ours can have); everything else is known from the declaration.
It does not know bytes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from operator import attrgetter, methodcaller
from types import MappingProxyType, NoneType, UnionType
from typing import (
    Any,
    ClassVar,
    Final,
    NewType,
    TypeAlias,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    overload,
)

from kiosk.errors import FormatError
from kiosk.exam.events import Event
from kiosk.exam.session import SessionEvent
from kiosk.formats import canonical
from kiosk.formats.canonical import JsonValue

T = TypeVar("T")

TAG: Final = "class"
LARGEST_EVENT: Final = 1 << 20
"""Bytes an event may have: the form of the first one is the largest thing in a journal."""

_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_Value: TypeAlias = Any  # of whatever type was declared: the forms below are made from declarations at run time
_Hint: TypeAlias = Any  # a declared type, which need not be a class


class ShapeError(FormatError):
    """A JSON value is not the value that was declared (`where` in it, `expected` what)."""

    code: ClassVar[str] = "format/shape"


class _MisfitError(Exception):
    """On its way up: collects the path to the misfit, innermost first."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected
        self.path: list[str] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How one declared type is written and read; made once for each type."""

    write: Callable[[_Value], _Value]
    read: Callable[[_Value], _Value]


def to_json(value: object) -> JsonValue:
    """Return a dataclass as a JSON object that names its class."""
    written: JsonValue = _write_member(value)
    return written


@overload
def from_json(kind: type[T], value: JsonValue) -> T: ...


@overload
def from_json(kind: UnionType, value: JsonValue) -> _Value: ...


def from_json(kind: _Hint, value: JsonValue) -> _Value:
    """Return the dataclass, or the member of the union of dataclasses, that `to_json` wrote; ShapeError otherwise."""
    try:
        return _member_form(_members(kind)).read(value)
    except _MisfitError as misfit:
        raise ShapeError(where=".".join(reversed(misfit.path)), expected=misfit.expected) from None


def encode_event(event: Event | SessionEvent) -> bytes:
    """Write an event as the body of a journal record."""
    return canonical.encode(to_json(event))


def decode_event(body: bytes) -> Event:
    """Read an event of a sitting; CanonicalError or ShapeError."""
    event: Event = from_json(Event, canonical.decode(body, limit=LARGEST_EVENT))
    return event


def decode_session_event(body: bytes) -> SessionEvent:
    """Read an event of a session; CanonicalError or ShapeError."""
    event: SessionEvent = from_json(SessionEvent, canonical.decode(body, limit=LARGEST_EVENT))
    return event


@cache
def _form(hint: _Hint) -> _Form:
    """Return how a declared type is written and read; TypeError for one that has no form in JSON."""
    if isinstance(hint, NewType):
        return _form(hint.__supertype__)
    if hint in {bool, int, str}:
        return _plain_form(hint)
    if hint is bytes:
        return _Form(write=methodcaller("hex"), read=_read_hex)
    maker = _CONTAINERS.get(get_origin(hint))
    if maker is not None:
        return maker(get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_form(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass_form(hint)
    raise TypeError(hint)


def _plain_form(kind: type) -> _Form:
    def read(value: _Value) -> _Value:
        if type(value) is not kind:
            raise _MisfitError(kind.__name__)
        return value

    return _Form(write=_itself, read=read)


def _itself(value: _Value) -> _Value:
    return value


def _read_hex(value: _Value) -> bytes:
    if type(value) is not str or not _HEX.fullmatch(value):
        raise _MisfitError("hex")
    return bytes.fromhex(value)


def _enum_form(kind: type[Enum]) -> _Form:
    known = {member.value: member for member in kind}

    def read(value: _Value) -> Enum:
        if type(value) is not str or value not in known:
            raise _MisfitError(kind.__name__)
        return known[value]

    return _Form(write=attrgetter("value"), read=read)


def _tuple_form(args: tuple[_Hint, ...]) -> _Form:
    if args[1:] != (...,):
        raise TypeError(args)
    part = _form(args[0])
    return _Form(
        write=lambda values: [part.write(value) for value in values],
        read=lambda value: tuple(_read_list(part, value)),
    )


def _set_form(args: tuple[_Hint, ...]) -> _Form:
    part = _form(args[0])

    def read(value: _Value) -> frozenset[_Value]:
        members = _read_list(part, value)
        if value != sorted(set(value)):
            raise _MisfitError("sorted")
        return frozenset(members)

    return _Form(write=lambda values: sorted(part.write(value) for value in values), read=read)


def _read_list(part: _Form, value: _Value) -> list[_Value]:
    if type(value) is not list:
        raise _MisfitError("list")
    return [_at(str(place), part, one) for place, one in enumerate(value)]


def _mapping_form(args: tuple[_Hint, ...]) -> _Form:
    part = _form(args[1])

    def read(value: _Value) -> Mapping[str, _Value]:
        if type(value) is not dict:
            raise _MisfitError("object")
        return MappingProxyType({key: _at(key, part, one) for key, one in value.items()})

    return _Form(write=lambda values: {key: part.write(value) for key, value in values.items()}, read=read)


def _union_form(args: tuple[_Hint, ...]) -> _Form:
    members = tuple(member for member in args if member is not NoneType)
    part = _form(members[0]) if len(members) == 1 else _member_form(members)
    if len(members) == len(args):
        return part
    return _Form(
        write=lambda value: None if value is None else part.write(value),
        read=lambda value: None if value is None else part.read(value),
    )


_CONTAINERS: Mapping[_Hint, Callable[[tuple[_Hint, ...]], _Form]] = MappingProxyType(
    {tuple: _tuple_form, frozenset: _set_form, Mapping: _mapping_form, Union: _union_form, UnionType: _union_form}
)


def _members(kind: _Hint) -> tuple[type, ...]:
    return get_args(kind) if isinstance(kind, UnionType) else (kind,)


def _write_member(value: _Value) -> _Value:
    kind: _Hint = type(value)
    return {TAG: kind.__name__, **_dataclass_form(kind).write(value)}


@cache
def _member_form(members: tuple[type, ...]) -> _Form:
    """Return the form of an object that names its class, one of these."""
    known = {member.__name__: _dataclass_form(member) for member in members}
    expected = " or ".join(known)

    def read(value: _Value) -> _Value:
        tag = value.get(TAG) if type(value) is dict else None
        if type(tag) is not str or tag not in known:
            raise _MisfitError(expected)
        return known[tag].read({name: part for name, part in value.items() if name != TAG})

    return _Form(write=_write_member, read=read)


@cache
def _dataclass_form(kind: _Hint) -> _Form:
    hints = get_type_hints(kind)
    parts = [(field.name, attrgetter(field.name), _form(hints[field.name])) for field in fields(kind)]
    names = {name for name, _, _ in parts}

    def read(value: _Value) -> _Value:
        if type(value) is not dict or value.keys() != names:
            raise _MisfitError(kind.__name__)
        return kind(**{name: _at(name, part, value[name]) for name, _, part in parts})

    return _Form(write=lambda value: {name: part.write(get(value)) for name, get, part in parts}, read=read)


def _at(where: str, part: _Form, value: _Value) -> _Value:
    try:
        return part.read(value)
    except _MisfitError as misfit:
        misfit.path.append(where)
        raise
