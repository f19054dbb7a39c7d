"""Holds what the family of the pictures wants, marked over time, and what changed around it; no other answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from backend.demo.invented import InventedAnswer, InventedEvent, InventedGoal

MARIA, JONAS, MAJA, NOAH = range(4)
SCHOOL, DOOR, SUPPER = range(3)
GOAL_MARKS: Final = {  # the mark on each goal, by who marked and in which session
    MARIA: {
        1: {SCHOOL: 1_600},
        3: {SCHOOL: 2_600},
        5: {SCHOOL: 3_400, SUPPER: 5_400},
        7: {SCHOOL: 3_200, SUPPER: 6_600},
        9: {SCHOOL: 2_400, SUPPER: 7_700},
    },
    MAJA: {3: {DOOR: 1_900}, 5: {DOOR: 3_000}, 7: {DOOR: 3_100}, 9: {DOOR: 2_100}},
}
FAMILY_TREATMENT, CONTACT_PERSON = "Familiebehandling (FAMBH)", "Støttekontaktperson (SKP)"


def goals(first: date, third: date, fifth: date) -> tuple[InventedGoal, ...]:
    """Gives the family's goals, from the days of its first, third and fifth session."""
    return (
        InventedGoal(MARIA, "parent", "Maja skal kunne gå i skole uden ondt i maven.", "improve", first),
        InventedGoal(MAJA, "child", "At jeg ikke bliver råbt ad, når jeg lukker døren.", "improve", third),
        InventedGoal(None, "family", "Vi spiser sammen tre gange om ugen.", "improve", fifth),
    )


def goal_answers(number: int) -> Iterator[InventedAnswer]:
    """Gives what was marked on the goals in a session, by its number."""
    for member, marked in GOAL_MARKS.items():
        if number in marked:
            marks = marked[number]
            yield InventedAnswer(member, None, "maal", tuple(marks.values()), 20, None, {}, goals=tuple(marks))


def changes(until: date) -> tuple[InventedEvent, ...]:
    """Gives what changed around the family up to a day, with who agreed."""

    def before(days: int) -> date:
        return until - timedelta(days=days)

    return (
        InventedEvent(
            "intervention",
            "familiebehandling",
            before(168),
            reason="Fra PPS til familiebehandling. Skænderier fyldte mere end struktur.",
            type=FAMILY_TREATMENT,
            agreement={MARIA: (True, ""), JONAS: (False, "Vi mangler hænder, ikke snak.")},
        ),
        InventedEvent("pause", "sommerferie", before(149), before(100)),
        InventedEvent(
            "intervention",
            "støttekontaktperson",
            before(90),
            reason="Fordi hun ikke ville med til samtaler.",
            type=CONTACT_PERSON,
            member=MAJA,
            agreement=dict.fromkeys((MARIA, JONAS, MAJA, NOAH), (True, "")),
        ),
        InventedEvent(
            "authority", "ny rådgiver", before(54), reason="Sagen skiftede hånd i kommunen. Familien blev hørt."
        ),
    )
