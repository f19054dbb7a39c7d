"""Holds the one family that every picture shows, Solsikke 12, mark by mark; its days follow the day it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Final

from backend.demo.invented import (
    InventedAnswer,
    InventedEpisode,
    InventedFamily,
    InventedMember,
    InventedRater,
    InventedSession,
)
from backend.demo.marking import PER_MILLIMETRE, capture_of
from backend.demo.showcase_log import changes, goal_answers, goals
from backend.instruments import packs

Lengths = tuple[int, int, int, int]  # millimetres, in the order of the form's items

DAYS_BEFORE: Final = (196, 182, 168, 154, 98, 77, 56, 28, 0)
OPENED: Final = 203
MARIA, JONAS, MAJA, NOAH = range(4)
AGES: Final = (("Maria", 38, "parent"), ("Jonas", 41, "parent"), ("Maja", 14, "young"), ("Noah", 9, "child"))
RATERS: Final = (
    InventedRater(MARIA, "other", "Jonas"),
    InventedRater(JONAS, "other", "Maria"),
    InventedRater(MAJA, "parent", "Maria"),
    InventedRater(NOAH, "teacher", "Klasselærer"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """Everything one person marked about one member on one form, by the session's number."""

    member: int
    rater: int | None
    instrument: str
    marked: Mapping[int, Lengths]


ROWS: Final = (
    Row(
        MARIA,
        None,
        "ors",
        {
            1: (31, 29, 40, 38),
            2: (38, 38, 48, 45),
            3: (46, 42, 54, 52),
            4: (52, 51, 58, 57),
            5: (48, 47, 56, 55),
            6: (58, 54, 61, 58),
            7: (63, 56, 64, 60),
            8: (60, 50, 56, 56),
            9: (57, 45, 50, 53),
        },
    ),
    Row(
        MARIA,
        None,
        "srs",
        {
            1: (86, 86, 83, 85),
            2: (85, 89, 87, 91),
            3: (93, 92, 88, 91),
            4: (92, 93, 89, 96),
            5: (93, 94, 90, 91),
            6: (92, 94, 92, 97),
            7: (96, 94, 92, 97),
            8: (94, 94, 90, 93),
            9: (91, 78, 86, 92),
        },
    ),
    Row(
        MARIA,
        0,
        "ors",
        {1: (36, 28, 36, 30), 3: (42, 36, 41, 37), 5: (48, 40, 50, 46), 7: (52, 46, 54, 49), 9: (42, 37, 46, 37)},
    ),
    Row(
        JONAS,
        None,
        "ors",
        {
            1: (56, 55, 53, 59),
            2: (62, 57, 60, 61),
            4: (68, 64, 65, 68),
            5: (66, 63, 60, 68),
            7: (74, 66, 64, 70),
            8: (73, 68, 66, 72),
            9: (73, 70, 69, 74),
        },
    ),
    Row(
        JONAS,
        None,
        "srs",
        {
            1: (90, 91, 86, 91),
            2: (90, 92, 88, 92),
            4: (90, 91, 92, 93),
            5: (90, 93, 89, 92),
            7: (93, 94, 91, 92),
            8: (93, 97, 91, 91),
            9: (95, 94, 93, 96),
        },
    ),
    Row(JONAS, 1, "ors", {1: (52, 50, 55, 53), 4: (57, 52, 58, 57), 7: (61, 57, 59, 59), 9: (60, 54, 56, 59)}),
    Row(
        MAJA,
        None,
        "ors",
        {
            1: (57, 67, 57, 62),
            2: (61, 67, 63, 65),
            3: (64, 72, 64, 69),
            4: (63, 74, 68, 69),
            5: (62, 70, 63, 66),
            7: (58, 68, 58, 61),
            8: (49, 54, 50, 50),
            9: (36, 52, 39, 44),
        },
    ),
    Row(
        MAJA,
        None,
        "srs",
        {
            1: (92, 89, 89, 92),
            2: (93, 89, 89, 95),
            3: (95, 93, 89, 94),
            4: (93, 91, 91, 93),
            5: (92, 91, 88, 94),
            7: (95, 89, 92, 96),
            8: (95, 90, 93, 91),
            9: (92, 90, 89, 93),
        },
    ),
    Row(
        MAJA,
        2,
        "ors",
        {1: (54, 56, 48, 53), 3: (54, 58, 53, 60), 5: (57, 59, 59, 59), 7: (54, 54, 54, 58), 9: (54, 56, 54, 55)},
    ),
    Row(NOAH, 3, "cors", {2: (59, 63, 62, 68), 5: (63, 68, 61, 68), 8: (64, 70, 68, 74)}),
)


def showcase(until: date) -> InventedFamily:
    """Gives the family with its ninth session on a day, still going on, as the pictures show it."""
    days = [until - timedelta(days=before) for before in DAYS_BEFORE]
    sessions = tuple(_session(number, day, until) for number, day in enumerate(days, start=1))
    opened_on = until - timedelta(days=OPENED)
    members = tuple(InventedMember(alias, _born(until, age), place) for alias, age, place in AGES)
    wanted = goals(days[0], days[2], days[4])
    episode = InventedEpisode("Familiebehandling", opened_on, None, None, RATERS, sessions, wanted, changes(until))
    return InventedFamily("Solsikke 12", (0,), members, (episode,))


def _session(number: int, day: date, until: date) -> InventedSession:
    answers = (*_answers(number), *goal_answers(number))
    present = tuple(sorted({answer.member for answer in answers if answer.rater is None}))
    return InventedSession(day, time(9), "family", present, answers, ended=day != until)


def _answers(number: int) -> Iterator[InventedAnswer]:
    for row in ROWS:
        if number in row.marked:
            rng = Random(f"{row}/{number}")  # noqa: S311
            form = packs()[row.instrument]
            marks = tuple(length * PER_MILLIMETRE for length in row.marked[number])
            minute = 5 if form.phase == "start" else 50
            capture = capture_of(rng, [item.id for item in form.items])
            yield InventedAnswer(row.member, row.rater, row.instrument, marks, minute, None, capture)


def _born(until: date, age: int) -> str:
    months = until.year * 12 + until.month - 1 - age * 12 - 5
    return f"{months // 12:04}-{months % 12 + 1:02}"
