"""Holds the plan of an invented agency and the families that follow from its seed; it reads and stores nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp
from random import Random
from typing import Final

from backend.demo.household import Household, family_alias, household
from backend.demo.invented import InventedEpisode, InventedFamily
from backend.demo.showcase import showcase
from backend.demo.sitting import Sitting
from backend.demo.voices import voices

SESSIONS_MEAN, SESSIONS_K = 4.8, 1.79
GAPS: Final = {7: 60, 14: 30, 21: 10}
REASONS: Final = {"planned": 72, "moved_on": 12, "unilateral": 16}
AFTER_LAST: Final = {"planned": 0, "moved_on": 7, "unilateral": 28}
PROGRAMMES: Final = ("Familiebehandling", "Støttekontaktperson", "Ungestøtte", None)
SATURDAY: Final = 5
YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the agency is and what it is like.

    `until` is its present day. `sessions` is the number of sessions of every episode, None = drawn as in the clinical
    notes §7. Shares are 0…1: families whose newest episode is open, and families with an earlier, closed one.
    """

    until: date
    seed: int = 9
    families: int = 120
    teams: int = 3
    therapists: int = 12
    years: int = 3
    sessions: int | None = None
    open_share: float = 0.45
    earlier_share: float = 0.3
    with_showcase: bool = True


def families(plan: Plan) -> Iterator[InventedFamily]:
    """Gives the families of a plan, those that are shown first; each is the same however many there are."""
    shown = [showcase(plan.until), *voices(plan.until)][: plan.families] if plan.with_showcase else []
    yield from shown
    for number in range(len(shown), plan.families):
        yield _family(Random(f"{plan.seed}/{number}"), plan, number)  # noqa: S311


def _family(rng: Random, plan: Plan, number: int) -> InventedFamily:
    days, now_open = _newest(rng, plan)
    history = [days]
    if rng.random() < plan.earlier_share:
        last = days[0] - timedelta(days=7 + rng.randrange(60, 300))
        history.insert(0, _days(rng, _weekday(last), _count(rng, plan)))
    people = household(rng, history[0][0] - timedelta(days=7), plan.until)
    episodes = tuple(_episode(rng, people, days, now_open and days is history[-1], plan.until) for days in history)
    return InventedFamily(family_alias(number), _therapists(rng, plan, number), people.members, episodes)


def _therapists(rng: Random, plan: Plan, number: int) -> tuple[int, ...]:
    own = number % plan.therapists
    colleague = (own + plan.teams) % plan.therapists
    shared = rng.random() < 0.15 and colleague != own
    return (own, colleague) if shared else (own,)


def _newest(rng: Random, plan: Plan) -> tuple[list[date], bool]:
    """Draws the session days of a family's newest episode, and whether it is open."""
    count = _count(rng, plan)
    if rng.random() < plan.open_share:
        ago = rng.choices((0, rng.randrange(1, 14), rng.randrange(20, 50)), (25, 65, 10))[0]
        days = _days(rng, _weekday(plan.until - timedelta(days=ago)), count)
        return (days if ago else [*days[:-1], plan.until]), True
    ago = rng.randrange(30, plan.years * YEAR)
    return _days(rng, _weekday(plan.until - timedelta(days=ago)), count), False


def _count(rng: Random, plan: Plan) -> int:
    return plan.sessions or 1 + negative_binomial(rng, SESSIONS_MEAN, SESSIONS_K)


def negative_binomial(rng: Random, mean: float, k: float) -> int:
    """Draws from the negative binomial distribution: a Poisson number whose rate is gamma distributed with shape k."""
    least = exp(-rng.gammavariate(k, mean / k))
    drawn, product = 0, rng.random()
    while product > least:
        drawn += 1
        product *= rng.random()
    return drawn


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _days(rng: Random, last: date, count: int) -> list[date]:
    days = [last]
    for gap in rng.choices(list(GAPS), list(GAPS.values()), k=count - 1):
        days.insert(0, days[0] - timedelta(days=gap))
    return days


def _episode(rng: Random, people: Household, days: list[date], now_open: bool, until: date) -> InventedEpisode:
    opened_on = days[0] - timedelta(days=7)
    reason = rng.choices(list(REASONS), list(REASONS.values()))[0]
    raters = people.raters(rng, opened_on)
    sitting = Sitting.drawn(rng, people, raters, opened_on)
    sessions = tuple(sitting.session(rng, day, still_to_come=now_open and day == until) for day in days)
    return InventedEpisode(
        programme=rng.choice(PROGRAMMES),
        opened_on=opened_on,
        closed_on=None if now_open else days[-1] + timedelta(days=AFTER_LAST[reason]),
        close_reason=None if now_open else reason,
        raters=raters,
        sessions=sessions,
    )
