"""Holds who marks what from session to session of one invented episode; it knows no calendar beyond the day given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from random import Random
from typing import Final

from backend.demo.household import MARKS_FROM, Household
from backend.demo.invented import InventedAnswer, InventedRater, InventedSession
from backend.demo.marking import capture_of, leaning, marks_of
from backend.demo.totals import Life, alliance_totals, outcome_totals
from backend.instruments import form_for, packs

START, END = 5, 55  # minutes into the session
COMES, SKIPS, RATES = 0.92, 0.08, 0.5
REASONS: Final = (
    "Nåede det ikke i dag",
    "Havde ikke lyst i dag",
    "Kom først til sidst",
    "Vi talte om noget akut",
    "Gik før tid",
)


@dataclass(frozen=True, slots=True)
class Hand:
    """One person's way with one form: who marks about whom, the totals still to come, and the lean of the marks."""

    member: int
    rater: int | None
    instrument: str
    minute: int
    totals: Iterator[int]
    lean: tuple[float, ...]

    def answer(self, rng: Random) -> InventedAnswer:
        """Hands in one form, or skips it."""
        items = [item.id for item in packs()[self.instrument].items]
        if rng.random() < SKIPS:
            return InventedAnswer(self.member, self.rater, self.instrument, (), self.minute, rng.choice(REASONS), {})
        marks = marks_of(rng, next(self.totals), self.lean)
        capture = capture_of(rng, items)
        return InventedAnswer(self.member, self.rater, self.instrument, marks, self.minute, None, capture)


@dataclass(frozen=True, slots=True)
class Sitting:
    """Everybody who marks in one episode: those who mark for themselves, and the collateral raters."""

    own: tuple[tuple[Hand, Hand], ...]
    others: tuple[Hand, ...]

    @classmethod
    def drawn(cls, rng: Random, people: Household, raters: tuple[InventedRater, ...], on: date) -> Sitting:
        """Draws a life for every member; who is 6 or more when the episode opens marks the form for that age.

        A collateral rater marks the form of the one who is rated.
        """
        lives = [Life.drawn(rng, group) for group in people.groups(on)]
        start, end = ([form_for(phase, age).id for age in people.ages(on)] for phase in ("start", "end"))
        own = tuple(
            (
                Hand(place, None, start[place], START, outcome_totals(rng, lives[place]), leaning(rng)),
                Hand(place, None, end[place], END, alliance_totals(rng), leaning(rng)),
            )
            for place, age in enumerate(people.ages(on))
            if age >= MARKS_FROM
        )
        others = tuple(
            Hand(who.member, place, start[who.member], START, _seen(rng, lives[who.member]), leaning(rng))
            for place, who in enumerate(raters)
        )
        return cls(own, others)

    def session(self, rng: Random, day: date, *, still_to_come: bool) -> InventedSession:
        """Holds one session; in one still to come nobody has answered yet."""
        here = [pair for pair in self.own if rng.random() < COMES] or list(self.own[:1])
        marking = [hand for pair in here for hand in pair]
        marking += [hand for hand in self.others if rng.random() < RATES]
        answers = () if still_to_come else tuple(hand.answer(rng) for hand in marking)
        kind = "individual" if len(here) == 1 else rng.choices(("family", "network"), (9, 1))[0]
        begins = time(rng.randrange(8, 16), rng.choice((0, 15, 30, 45)))
        present = tuple(start.member for start, _ in here)
        return InventedSession(day, begins, kind, present, answers, ended=not still_to_come)


def _seen(rng: Random, life: Life) -> Iterator[int]:
    return outcome_totals(rng, life.seen_by_another(rng))
