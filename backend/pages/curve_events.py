"""Finds where the changes in an episode stand on the axis of a picture, by date or between two sessions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise
from string import ascii_lowercase
from typing import Final
from uuid import UUID

from backend.actions.event_view import EventRow
from backend.pages.curve_columns import SheetColumn
from backend.pages.landmarks import Happening, Landmark, landmarks
from backend.pages.language import told
from backend.pages.language import translated as _
from backend.scoring import Box, Calendar

GAP_DAYS: Final = 42
BAND: Final = 14  # pixels at most, half of a pause that no session lies in
SMALLEST: Final = 1.5


def on_calendar(events: Iterable[EventRow], calendar: Calendar, width: float) -> tuple[Landmark, ...]:
    """Places events by date, a pause as long as it was. Unit: pixels, words between 0 and the width."""
    return landmarks((_dated(event, calendar) for event in events), 0, width)


def _dated(event: EventRow, calendar: Calendar) -> Happening:
    x, end = calendar.x(event.since), calendar.x(event.until or event.since)
    pause = event.kind == "pause" and end > x
    return Happening(event.kind, name_of(event), x, end if pause else None, event=event)


def name_of(event: EventRow) -> str:
    """Gives the words of an event as they stand over a picture."""
    return str(told(event.name))


def events_about(events: Iterable[EventRow], member_id: UUID) -> list[EventRow]:
    """Gives the events of the whole family and of one member."""
    return [event for event in events if event.member_id in {None, member_id}]


def on_columns(
    events: Sequence[EventRow], columns: Sequence[SheetColumn], box: Box, width: float
) -> tuple[Landmark, ...]:
    """Places events and long gaps between the sessions around them, side by side where several share a place.

    A pause that fills a gap gives it its name. Unit: pixels, words between 0 and the width.
    """
    days = [column.held_on for column in columns]
    happened = [_lettered(event, i, days) for i, event in enumerate(events)]
    gaps = [gap for gap in _gaps(columns) if not any(_fills(what, gap.slot, days) for _day, what in happened)]
    dated = [*happened, *((days[gap.slot - 1], gap) for gap in gaps)]
    weeks = {gap.slot: gap.words for gap in _gaps(columns)}
    named = [(day, _with_weeks(what, weeks, days)) for day, what in dated]
    ordered = [what for _day, what in sorted(named, key=lambda one: (one[1].slot, one[0]))]
    edges = [box.left, *(column.x for column in columns), box.right]
    return landmarks(_spread(ordered, edges, days), 0, width)


def _lettered(event: EventRow, i: int, days: Sequence[date]) -> tuple[date, Happening]:
    letter = ascii_lowercase[i] if i < len(ascii_lowercase) else str(i + 1)
    slot = bisect_right(days, event.since)
    return event.since, Happening(event.kind, name_of(event), 0, None, slot, i, letter, event)


def _gaps(columns: Sequence[SheetColumn]) -> list[Happening]:
    found = []
    for slot, (before, after) in enumerate(pairwise(columns), start=1):
        weeks = round((after.held_on - before.held_on).days / 7)
        if (after.held_on - before.held_on).days >= GAP_DAYS:
            met = after.number > before.number + 1
            words = _("%(weeks)s uger uden svar", weeks=weeks) if met else _("pause, %(weeks)s uger", weeks=weeks)
            found.append(Happening("gap", words, 0, slot=slot))
    return found


def _fills(what: Happening, slot: int, days: Sequence[date]) -> bool:
    return what.kind == "pause" and what.slot == slot == _last_slot(what, days)


def _last_slot(what: Happening, days: Sequence[date]) -> int:
    event = what.event
    return bisect_right(days, event.until or event.since) if event and what.kind == "pause" else what.slot


def _with_weeks(what: Happening, gaps: dict[int, str], days: Sequence[date]) -> Happening:
    if what.slot in gaps and _fills(what, what.slot, days):
        weeks = round((days[what.slot] - days[what.slot - 1]).days / 7)
        return replace(what, words=_("%(pause)s, %(weeks)s uger", pause=what.words, weeks=weeks))
    return what


def _spread(ordered: Iterable[Happening], edges: Sequence[float], days: Sequence[date]) -> list[Happening]:
    placed = []
    for slot, group in groupby(ordered, key=lambda what: what.slot):
        here = list(group)
        step = (edges[slot + 1] - edges[slot]) / (len(here) + 1)
        for i, what in enumerate(here, start=1):
            x = edges[slot] + i * step
            placed.append(_wide(what, x, step, edges, days) if what.kind == "pause" else replace(what, x=round(x, 1)))
    return placed


def _wide(what: Happening, x: float, step: float, edges: Sequence[float], days: Sequence[date]) -> Happening:
    half = max(min(step * 0.6, BAND), SMALLEST)
    last = _last_slot(what, days)
    end = x + half if last == what.slot else (edges[last] + edges[last + 1]) / 2
    start = x - half if last == what.slot else x
    return replace(what, x=round(start, 1), end=round(end, 1))
