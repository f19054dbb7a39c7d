"""Holds who an invented family consists of: names, ages, places and who else may mark about a child; no marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final

from backend.demo.invented import InventedMember, InventedRater
from backend.demo.names import CHILDREN, GROWN_UPS, PLANTS
from backend.scoring import AgeGroup, age_group, age_on

HOUSEHOLDS: Final = {("parent", "parent"): 50, ("parent",): 33, ("parent", "partner"): 12, ("grandparent",): 5}
YOUNG_FROM, MARKS_FROM = 13, 6  # years
LANGUAGES: Final = {"da": 88, "en": 4, "ar": 2, "uk": 2, "tr": 2, "so": 1, "pl": 1}
OTHERS: Final = {"teacher": "Klasselærer", "pedagogue": "Pædagog", "psychologist": "Skolepsykolog"}


@dataclass(frozen=True, slots=True)
class Household:
    """The members of one family, grown-ups first, all of them born before the day it was first met."""

    members: tuple[InventedMember, ...]

    def ages(self, on: date) -> tuple[int, ...]:
        """Gives everybody's age on a day. Unit: whole years."""
        return tuple(age_on(member.birth_month, on) for member in self.members)

    def groups(self, on: date) -> tuple[AgeGroup, ...]:
        """Gives everybody's age group on a day."""
        return tuple(age_group(age) for age in self.ages(on))

    def raters(self, rng: Random, on: date) -> tuple[InventedRater, ...]:
        """Draws somebody who marks about the child, for half of the children from six up."""
        ages = self.ages(on)
        children = [place for place, age in enumerate(ages) if MARKS_FROM <= age < 18]
        return tuple(self._rater(rng, child) for child in children if rng.random() < 0.5)

    def _rater(self, rng: Random, child: int) -> InventedRater:
        relation = rng.choices(("parent", *OTHERS), (5, 3, 1, 1))[0]
        return InventedRater(child, relation, OTHERS.get(relation, self.members[0].alias))


def family_alias(number: int) -> str:
    """Gives the alias of the family of a number, from 0, unlike all others: a plant and a number."""
    plant = number % len(PLANTS)
    return f"{PLANTS[plant]} {1 + plant * 5 % 9 + number // len(PLANTS)}"


def household(rng: Random, met_on: date, today: date) -> Household:
    """Draws a family first met on a day; the child's place is by its age today."""
    places = rng.choices(list(HOUSEHOLDS), list(HOUSEHOLDS.values()))[0]
    count = rng.choices((1, 2, 3), (4, 4, 2))[0]
    language = rng.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
    youngest = 55 if places[0] == "grandparent" else 26
    grown_up = [youngest + rng.randrange(26) for _ in places]
    oldest_child = min(17, min(grown_up) - 18)
    children = [int(rng.triangular(0, oldest_child + 1, oldest_child)) for _ in range(count)]
    births = [_born(rng, met_on, age) for age in (*grown_up, *children)]
    names = rng.sample(GROWN_UPS, len(places)) + rng.sample(CHILDREN, count)
    grown = len(places)
    placed = [*places, *("young" if age_on(birth, today) >= YOUNG_FROM else "child" for birth in births[grown:])]
    people = zip(names, births, placed, strict=True)
    return Household(tuple(InventedMember(name, birth, place, language) for name, birth, place in people))


def _born(rng: Random, on: date, age: int) -> str:
    months = on.year * 12 + on.month - 1 - age * 12 - rng.randrange(12)
    return f"{months // 12:04}-{months % 12 + 1:02}"
