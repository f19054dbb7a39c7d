"""Holds the search over everything that staff types, within the families that the actor may see; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, null, or_, select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting
from backend.actions.found_text import Part, folded, holds, may_hold, parts_of, wanted_words
from backend.actions.search_sources import SOURCES, Source
from backend.models import Family
from backend.problems import Sentence, invalid
from backend.security.access import visible_families
from backend.security.actor import Actor

LONGEST: Final = 200
SHORTEST: Final = 2
SHOWN: Final = 10
COUNTED: Final = 500  # what is in every note is not counted to its end
AT_A_TIME: Final = 200  # rows

Span = tuple[date, date]


@dataclass(frozen=True)
class Hit:
    """One thing that was found: the text with the hits marked, and the ids of where it is."""

    kind: str
    parts: tuple[Part, ...]
    family: str
    whom: str | None
    on: date | None
    family_id: UUID
    episode_id: UUID | None
    session_id: UUID | None
    group_id: UUID | None


@dataclass(frozen=True)
class Hits:
    """What was found of one kind: the first ten, and how many more there are; `at_least` when nobody counted on."""

    kind: str
    shown: tuple[Hit, ...]
    more: int
    at_least: bool


def search(actor: Actor, text: str, spans: Sequence[Span] = ()) -> tuple[Hits, ...]:
    """Finds everything with all of the words in it, or on one of the days; kinds in the order of their sources.

    A word may also be in the family's alias, as long as one is in the text itself; a text that names days is one word.
    An empty text finds nothing. Errors:
    `invalid` for one letter of an alphabet with cases, more than 200 characters, what looks like a CPR number.
    """
    text = checks.text("q", text, LONGEST, required=False)
    if 0 < len(text) < SHORTEST and (text.isascii() or text.lower() != text.upper()):
        raise invalid(q=Sentence("Skriv mindst to tegn."))
    words = (" ".join(folded(text).split()),) if spans else wanted_words(text)
    with acting(actor, "search") as act:
        act.witness(None)
        if not words:
            return ()
        found = [_told(s, words, _rows(act.session, actor, s, words, spans)) for s in SOURCES]
    return tuple(hits for hits in found if hits.shown)


def _told(source: Source, words: Sequence[str], rows: Iterator[Row[Any]]) -> Hits:
    found = list(islice(rows, COUNTED + 1))
    shown = tuple(_hit(source, row, words) for row in found[:SHOWN])
    return Hits(source.kind, shown, len(found[SHOWN:COUNTED]), at_least=len(found) > COUNTED)


def _hit(source: Source, row: Row[Any], words: Sequence[str]) -> Hit:
    place = (row.family_id, row.episode_id, row.session_id, row.group_id)
    return Hit(source.kind, parts_of(_text(source, row), words), row.family, row.whom, row.on, *place)


def _rows(
    session: Session, actor: Actor, source: Source, words: Sequence[str], spans: Sequence[Span]
) -> Iterator[Row[Any]]:
    """Gives what a source holds; the database lets perhaps too much through, and each row is looked at again."""
    conditions, seen = tuple(_conditions(source, words, spans)), set[UUID]()
    if not conditions:
        return
    statement = _statement(actor, source, or_(*conditions)).execution_options(yield_per=AT_A_TIME)
    for row in session.execute(statement):
        day = row.on is not None and source.by_day and any(first <= row.on <= last for first, last in spans)
        if row.id not in seen and (day or (source.by_words and _is_about(_text(source, row), row.family, words))):
            seen.add(row.id)
            yield row


def _text(source: Source, row: Row[Any]) -> str:
    return " · ".join(filter(None, row[: len(source.texts)]))


def _is_about(text: str, family: str, words: Sequence[str]) -> bool:
    known = folded(text)
    return any(word in known for word in words) and holds(words, text, family)


def _statement(actor: Actor, source: Source, condition: ColumnElement[bool]) -> Select[Any]:
    named = {
        "id": source.row.id,
        "on": source.on,
        "whom": source.whom,
        "family": Family.alias,
        "family_id": Family.id,
        "episode_id": source.episode_id,
        "session_id": source.session_id,
        "group_id": source.group_id,
    }
    columns = [(null() if column is None else column).label(name) for name, column in named.items()]
    statement = source.joined(select(*source.texts, *columns).select_from(source.row))
    return statement.where(visible_families(actor), condition).order_by(*source.order)


def _conditions(source: Source, words: Sequence[str], spans: Sequence[Span]) -> Iterator[ColumnElement[bool]]:
    if source.by_words:
        in_text = or_(*(condition for word in words for condition in may_hold([word], *source.texts)))
        yield and_(in_text, *may_hold(words, *source.texts, Family.alias))
    if source.by_day and source.on is not None:
        yield from (source.on.between(first, last) for first, last in spans)
