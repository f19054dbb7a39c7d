"""Says who needs something first, and why, from curves that are judged; it judges no total and writes no words."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING
from enum import StrEnum
from itertools import takewhile
from typing import Final

from backend.scoring.change import Status
from backend.scoring.trajectory import Trajectory
from backend.scoring.zone import Zone

UNSCORED_DAYS: Final = 28  # families are met every fortnight or oftener: two meetings in a row without an answer
READY_TOTALS: Final = 3  # one total over the cut-off can be chance, three in a row hold


class Need(StrEnum):
    """What a case needs, in the order of urgency; unscored and follow_up depend on today's date, the others do not."""

    RED = "red"
    ALLIANCE = "alliance"
    DETERIORATED = "deteriorated"
    UNSCORED = "unscored"
    YELLOW = "yellow"
    FOLLOW_UP = "follow_up"
    READY = "ready"
    NEW = "new"
    GREEN = "green"

    @property
    def rank(self) -> int:
        """The place in the order, 0 for the most urgent."""
        return RANKS[self]


RANKS: Final[Mapping[Need, int]] = {need: place for place, need in enumerate(Need)}


class Early(StrEnum):
    """Why somebody cannot be judged yet: the reasons of `new`."""

    FIRST = "first"
    OTHERS = "others"
    SKIPPED = "skipped"
    INCOMPLETE = "incomplete"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason for one need: about whom, and the numbers that show why.

    key is the member, None for the whole family; rater is set where it is another person's curve; answer is the
    alliance answer that raised an alert. Reasons are the codes of the zone, of the alerts or Early. Unit: tenths, but
    for days and counts. reliable is the smallest change on screen that is reliable; totals counts them; over counts the
    last ones in a row at or over the cut-off; margin orders the grounds of one need, the lowest first.
    """

    need: Need
    key: Hashable | None = None
    rater: Hashable | None = None
    answer: Hashable | None = None
    reasons: tuple[str, ...] = ()
    form: str | None = None
    last: int | None = None
    target: int | None = None
    alarm: int | None = None
    cutoff: int | None = None
    change: int | None = None
    since_first: int | None = None
    reliable: int | None = None
    fell_most: str | None = None
    days: int | None = None
    totals: int = 0
    over: int = 0
    margin: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """One member's curves in one episode: the own outcome, alliance by answer, others' outcome by rater.

    alliances holds those whose last answer nobody has talked about with the member, by the id of that answer. skipped
    says that an own outcome form was skipped, answered that one was handed in, with or without a total.
    """

    key: Hashable
    outcome: Trajectory | None = None
    alliances: Mapping[Hashable, Trajectory] = field(default_factory=dict)
    others: Mapping[Hashable, Trajectory] = field(default_factory=dict)
    skipped: bool = False
    answered: bool = False


def grounds_of(members: Iterable[Judged]) -> tuple[Ground, ...]:
    """List every reason that does not depend on today's date, worst first; those who cannot be judged come last.

    The first one's need is the episode's. An episode that nobody has answered in has one ground, new, without a key.
    """
    people = tuple(members)
    ready = _all_ready(people)
    judged = [ground for one in people for ground in _judged(one, ready=ready)]
    early = [ground for one in people for ground in _early(one)]
    judged.sort(key=lambda ground: (ground.need.rank, ground.margin))
    early.sort(key=lambda ground: list(Early).index(Early(*ground.reasons)))
    return (*judged, *early) or (Ground(Need.NEW, reasons=(Early.NOTHING,)),)


def on_day(grounds: Sequence[Ground], day: date, *, since: date, due_on: date | None) -> tuple[Ground, ...]:
    """Add the needs that depend on the date: nobody scored since a day, and a follow-up that is due.

    Input: since is the day of the last outcome answer, or of the opening; due_on that of the first open follow-up. Both
    new grounds are about whom the worst other one is about, and keep its numbers. Those who cannot be judged stay last.
    """
    silent = (day - since).days
    found = [ground for ground in grounds if ground.need is not Need.NEW]
    if silent >= UNSCORED_DAYS:
        found.append(replace(grounds[0], need=Need.UNSCORED, reasons=(), days=silent))
    if due_on is not None and due_on <= day:
        found.append(replace(grounds[0], need=Need.FOLLOW_UP, reasons=(), days=(day - due_on).days))
    found.sort(key=lambda ground: ground.need.rank)
    return (*found, *(ground for ground in grounds if ground.need is Need.NEW))


def _judged(one: Judged, *, ready: bool) -> Iterable[Ground]:
    if one.outcome is not None and one.outcome.zone is not None:
        green = Need.READY if ready else Need.GREEN
        need = {Zone.RED: Need.RED, Zone.YELLOW: Need.YELLOW, Zone.GREEN: green}[one.outcome.zone]
        yield replace(_ground(need, one.key, one.outcome), reasons=one.outcome.counted[-1].reasons)
    for answer, alliance in one.alliances.items():
        last = alliance.last
        if last is not None and last.alerts:
            ground = _ground(Need.ALLIANCE, one.key, alliance)
            yield replace(ground, answer=answer, reasons=last.alerts, margin=alliance.totals[-1])
    for rater, other in one.others.items():
        if other.status is Status.DETERIORATED:
            yield replace(_ground(Need.DETERIORATED, one.key, other), rater=rater)


def _early(one: Judged) -> Iterable[Ground]:
    own, others = one.outcome, [rater for rater, curve in one.others.items() if curve.totals]
    if own is not None and own.totals:
        if own.zone is None:
            yield replace(_ground(Need.NEW, one.key, own), reasons=(Early.FIRST,))
    elif others:
        yield Ground(Need.NEW, one.key, rater=others[0], reasons=(Early.OTHERS,))
    elif one.answered or one.skipped:
        yield Ground(Need.NEW, one.key, reasons=(Early.INCOMPLETE if one.answered else Early.SKIPPED,))


def _ground(need: Need, key: Hashable, curve: Trajectory) -> Ground:
    last, limit = curve.counted[-1], curve.reliable_change
    return Ground(
        need,
        key,
        form=last.instrument,
        last=last.total,
        target=last.target,
        alarm=last.alarm,
        cutoff=curve.cutoff,
        change=last.change,
        since_first=last.since_first,
        reliable=None if limit is None else int((limit * 10).to_integral_value(ROUND_CEILING)),
        fell_most=last.fell_most,
        totals=len(curve.totals),
        over=_over(curve),
        margin=curve.totals[-1] - curve.totals[0],
    )


def _over(curve: Trajectory) -> int:
    """Count the last totals in a row at or over the cut-off."""
    return len(list(takewhile(lambda total: total >= curve.cutoff, reversed(curve.totals))))


def _all_ready(people: Iterable[Judged]) -> bool:
    """Say whether everybody with an own total is green and has been at or over the cut-off for READY_TOTALS."""
    curves = [one.outcome for one in people if one.outcome is not None and one.outcome.totals]
    return all(curve.zone is Zone.GREEN and _over(curve) >= READY_TOTALS for curve in curves)
