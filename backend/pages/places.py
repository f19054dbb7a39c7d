"""Holds how an address says where a list goes on, and how that is read again; it judges no value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_type_hints
from uuid import UUID

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BETWEEN: Final = "_"
LARGEST: Final = 1_000
YEARS: Final = range(2000, 3000)  # outside them a database may know no such moment

Place = TypeVar("Place", bound="DataclassInstance")


def place_told(place: DataclassInstance | None) -> str | None:
    """Says a place in one word: its numbers, days, moments and ids; nothing where there is none."""
    if place is None:
        return None
    return BETWEEN.join(part.isoformat() if isinstance(part, date) else str(part) for part in astuple(place))


def place_heard(kind: type[Place], text: str | None) -> Place | None:
    """Reads a place of a kind; what is none of it is the beginning of the list."""
    readers = [READERS[hint] for hint in get_type_hints(kind).values()]
    try:
        return kind(*(read(part) for read, part in zip(readers, (text or "").split(BETWEEN), strict=True)))
    except ValueError:
        return None


def _number(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError
    return number


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or moment.year not in YEARS:
        raise ValueError
    return moment


READERS: Final[Mapping[Any, Callable[[str], Any]]] = {
    int: _number,
    date: date.fromisoformat,
    datetime: _moment,
    UUID: UUID,
}
