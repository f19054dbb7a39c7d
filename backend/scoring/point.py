"""Holds one scored form and its place on a curve, with what led up to it; a judge is asked, it knows no course."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol

from backend.scoring.marks import ScoringError, check_total
from backend.scoring.zone import Reason, Zone


class Flag(StrEnum):
    """What to talk about: three flags of a whole curve, two alerts of an alliance total."""

    INTAKE_AT_OR_OVER_CUTOFF = "intake_at_or_over_cutoff"
    SAWTOOTH = "sawtooth"
    FORM_CHANGED = "form_changed"
    ALLIANCE_UNDER_CUTOFF = "alliance_under_cutoff"
    ALLIANCE_FALLEN = "alliance_fallen"


@dataclass(frozen=True, slots=True)
class Scored:
    """One answered form: session key, date, instrument id, item scores in tenths 10…100, total in tenths or None.

    None means that an item is missing, so there is no total. Errors: ScoringError outside the ranges.
    """

    key: Hashable
    held_on: date
    instrument: str
    scores: Mapping[str, int] = field(hash=False)
    total: int | None

    def __post_init__(self) -> None:
        for item, score in self.scores.items():
            if type(score) is not int or not 10 <= score <= 100:
                raise ScoringError(f"The score of {item} is 10 to 100 tenths, not {score!r}.")
        if self.total is not None:
            check_total(self.total)
        object.__setattr__(self, "scores", MappingProxyType(dict(self.scores)))


@dataclass(frozen=True, slots=True)
class Point(Scored):
    """One form on its curve.

    n counts only forms with a total, from 1, and is None on the others; change is since the previous counted total and
    since_first since the first; fell_most is the item whose score fell most since the previous counted form, if any
    did. Target, alarm, zone and reasons are for outcome from n = 2; alerts for alliance. Unit: tenths.
    """

    n: int | None = None
    change: int | None = None
    since_first: int | None = None
    form_changed: bool = False
    fell_most: str | None = None
    target: int | None = None
    alarm: int | None = None
    zone: Zone | None = None
    reasons: tuple[Reason, ...] = ()
    alerts: tuple[Flag, ...] = ()

    def __post_init__(self) -> None:
        """Checks nothing again: a point is made of a form that was checked."""


class Verdict(NamedTuple):
    """What a total is judged to be: the last fields of a point, in their order and with their units."""

    target: int | None = None
    alarm: int | None = None
    zone: Zone | None = None
    reasons: tuple[Reason, ...] = ()
    alerts: tuple[Flag, ...] = ()


class Judge(Protocol):
    """Gives the verdict on a total by its n, itself, and its change since the one before and since the first."""

    def __call__(self, n: int, total: int, change: int | None, since_first: int | None, /) -> Verdict: ...


def no_judge(_n: int, _total: int, _change: int | None, _since_first: int | None) -> Verdict:
    """Judge nothing."""
    return Verdict()


def points_of(scored: Iterable[Scored], judge: Judge = no_judge) -> tuple[Point, ...]:
    """Number the forms of one curve, in the order given, compare each with the counted ones before it and judge it.

    Errors: ScoringError when a form is dated before the one it follows.
    """
    points: list[Point] = []
    totals: list[int] = []
    previous: Scored | None = None
    for form in scored:
        if points and form.held_on < points[-1].held_on:
            raise ScoringError(f"The forms are out of order: {form.held_on} follows {points[-1].held_on}.")
        points.append(_place(form, totals, previous, judge))
        if form.total is not None:
            totals.append(form.total)
            previous = form
    return tuple(points)


def _place(form: Scored, totals: Sequence[int], previous: Scored | None, judge: Judge) -> Point:
    asked = (form.key, form.held_on, form.instrument, form.scores, form.total)
    if form.total is None:
        return Point(*asked)
    n = len(totals) + 1
    if previous is None:
        return Point(*asked, n, None, None, False, None, *judge(n, form.total, None, None))
    change, since_first = form.total - totals[-1], form.total - totals[0]
    return Point(
        *asked,
        n,
        change,
        since_first,
        form.instrument != previous.instrument,
        _fell_most(previous.scores, form.scores),
        *judge(n, form.total, change, since_first),
    )


def _fell_most(before: Mapping[str, int], now: Mapping[str, int]) -> str | None:
    falls = {item: before[item] - score for item, score in now.items() if before.get(item, score) > score}
    return max(falls, key=lambda item: falls[item], default=None)
