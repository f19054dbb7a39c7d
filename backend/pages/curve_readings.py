"""Holds what one session of a large curve says when it is pointed at: number, day, totals, change, zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from backend.pages.curve_columns import SheetColumn
from backend.pages.curve_sheet import Sheet
from backend.pages.formats import day, tenths
from backend.pages.language import translated as _
from backend.pages.sentences import change_sentence
from backend.pages.words import zone_word
from backend.scoring import Point


@dataclass(frozen=True)
class Reading:
    """One session in words, its number, and its place on the picture. Unit: x in pixels."""

    number: int
    x: float
    words: str


def readings(sheet: Sheet) -> tuple[Reading, ...]:
    """Gives one reading for each column, with what is shown and nothing that is turned off."""
    return tuple(Reading(column.number, column.x, " ".join(_parts(sheet, column))) for column in sheet.columns)


def _parts(sheet: Sheet, column: SheetColumn) -> Iterator[str]:
    yield _("Samtale %(number)s, %(day)s.", number=column.number, day=day(column.held_on))
    yield from _own(sheet, column)
    if sheet.shown.others:
        for curve, point in zip(sheet.others, column.others, strict=True):
            if point is not None and point.total is not None:
                now = tenths(point.total)
                yield _("%(rater)s om %(name)s %(now)s.", rater=curve.rater, name=sheet.person.alias, now=now)
    if sheet.shown.alliance and sheet.alliance:
        yield from _form(sheet.alliance.instrument.id, column.alliance, column, "alliance")
    if sheet.lanes and column.own:
        named = {lane.item: lane.name for lane in sheet.lanes}
        scores = (f"{named[item]} {tenths(score)}" for item, score in column.own.scores.items() if item in named)
        yield _("Hver linje: %(scores)s.", scores=", ".join(scores))


def _own(sheet: Sheet, column: SheetColumn) -> Iterator[str]:
    point = column.own
    yield from _form(sheet.instrument.id, point, column, "outcome")
    if point and point.zone and sheet.shown.course:
        yield _(
            "%(zone)s, mållinje %(target)s og alarmlinje %(alarm)s.",
            zone=zone_word(point.zone),
            target=tenths(point.target),
            alarm=tenths(point.alarm),
        )


def _form(form: str, point: Point | None, column: SheetColumn, kind: str) -> Iterator[str]:
    skip = column.skip(kind)
    if point is not None and point.total is not None:
        yield _("%(form)s %(now)s.", form=point.instrument.upper(), now=tenths(point.total))
        if point.change is not None:
            yield change_sentence(point)
    elif point is not None:
        yield _("%(form)s uden sum: ikke alle linjer er sat.", form=point.instrument.upper())
    elif skip is not None:
        named = {"form": skip.instrument.id.upper(), "reason": skip.reason}
        words = _("%(form)s sprunget over, ”%(reason)s”.") if skip.reason else _("%(form)s sprunget over.")
        yield words % named
    else:
        yield _("Intet svar på %(form)s.", form=form.upper())
