"""Makes plans and gathers what is in invented families for the demo tests; it tests nothing itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

from backend.demo import Plan, families
from backend.demo.invented import InventedAnswer, InventedEpisode, InventedFamily
from backend.instruments import packs
from backend.scoring import total_tenths

UNTIL = date(2026, 11, 24)
Key = tuple[int, int | None, str]


@cache
def many(**wanted: Any) -> tuple[InventedFamily, ...]:
    """Gives the families of a plan without the showcase, 1,000 unless told otherwise; each plan is drawn once."""
    plan: dict[str, Any] = {"until": UNTIL, "families": 1000, "with_showcase": False}
    return tuple(families(Plan(**(plan | wanted))))


def episodes(invented: Iterable[InventedFamily]) -> Iterator[tuple[InventedFamily, InventedEpisode]]:
    """Gives every episode with its family."""
    for family in invented:
        for episode in family.episodes:
            yield family, episode


def answers(invented: Iterable[InventedFamily]) -> Iterator[InventedAnswer]:
    """Gives every answer, skipped forms included."""
    for _, episode in episodes(invented):
        for held in episode.sessions:
            yield from held.answers


def totals(episode: InventedEpisode) -> dict[Key, list[int]]:
    """Gives the totals of an episode in order, by member, rater and instrument. Unit: tenths."""
    found: dict[Key, list[int]] = defaultdict(list)
    for held in episode.sessions:
        for answer in held.answers:
            if answer.marks and packs()[answer.instrument].on_curve:
                found[(answer.member, answer.rater, answer.instrument)].append(total_tenths(answer.marks))
    return found
