"""Holds the families that show every voice: children, languages, raters, goals, participation, a group of eight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any, Final

from backend.demo.invented import (
    InventedAnswer,
    InventedEpisode,
    InventedEvent,
    InventedFamily,
    InventedGoal,
    InventedMember,
    InventedRater,
    InventedSession,
)
from backend.demo.marking import capture_of, leaning, marks_of
from backend.instruments import packs

GROUP: Final = "Forældregruppen, 3. gang"
GROUP_BEFORE: Final = 1  # days before the day it is asked for
DAYS_BEFORE: Final = (85, 64, 43, 22, 8)
OPENED: Final = 92
AMAL, OMAR, SAMI, LINA = range(4)
PEOPLE: Final = (
    ("Amal", 34, "parent", "ar"),
    ("Omar", 39, "parent", "da"),
    ("Sami", 8, "child", "da"),
    ("Lina", 5, "child", "da"),
)
RATERS: Final = (
    InventedRater(SAMI, "teacher", "Klasselærer"),
    InventedRater(SAMI, "grandparent", "Mormor"),
    InventedRater(AMAL, "friend", "Veninde"),
)
TEACHER, GRANDMOTHER, FRIEND = range(3)
OTHERS: Final = (("Viben 2", "Bodil", "Tage"), ("Svalen 4", "Ragna", "Egil"), ("Mejsen 6", "Ellinor", "Osvald"))


@dataclass(frozen=True, slots=True)
class Totals:
    """What one person's lines add up to in each session, by its number. Unit: tenths, 0…400."""

    member: int
    rater: int | None
    instrument: str
    totals: Mapping[int, int]


LINES: Final = (
    Totals(AMAL, None, "ors", {1: 161, 2: 178, 3: 203, 4: 219, 5: 231}),
    Totals(AMAL, None, "srs", {1: 352, 2: 361, 3: 370, 4: 366, 5: 378}),
    Totals(AMAL, FRIEND, "ors", {1: 150, 4: 232}),
    Totals(OMAR, None, "ors", {1: 214, 3: 236, 5: 252}),
    Totals(OMAR, None, "srs", {1: 344, 3: 349, 5: 366}),
    Totals(SAMI, None, "cors", {1: 236, 2: 251, 3: 268, 4: 290, 5: 306}),
    Totals(SAMI, None, "csrs", {1: 348, 2: 372, 3: 361, 4: 380, 5: 388}),
    Totals(SAMI, TEACHER, "cors", {1: 198, 3: 231, 5: 244}),
    Totals(SAMI, GRANDMOTHER, "cors", {2: 262, 5: 301}),
)
FACES: Final = {1: (2, 3), 3: (3, 4), 5: (4, 4)}  # what Lina chose at start and end, by session
GOAL_MARKS: Final = (  # who, in which session, the mark on each goal
    (SAMI, 1, {0: 2_100}),
    (SAMI, 2, {0: 3_400}),
    (SAMI, 3, {2: 4_900, 3: 8_800}),
    (SAMI, 4, {2: 6_300, 3: 8_300}),
    (SAMI, 5, {2: 7_700, 3: 9_100}),
    (AMAL, 1, {1: 1_600}),
    (AMAL, 3, {1: 2_900, 3: 7_400}),
    (AMAL, 5, {1: 5_200, 3: 8_000}),
)
HEARD: Final = {2: (False, (8_900, 9_700, 7_400, 6_100, 9_300)), 4: (True, (4_200, 5_300, 2_000, 3_100, 4_600))}
WAVES: Final = {1: ("baseline", 3), 3: ("midway", 4)}
WELL: Final = {1: (1, 2, 1, 0, 2), 3: (3, 2, 3, 2, 3)}
FACE: Final = (
    (500, 120, 760, 200, 880, 440, 840, 700, 640, 870, 400, 880, 180, 740, 110, 480, 210, 230, 420, 130, 500, 120),
    (370, 380, 372, 400),
    (630, 380, 632, 402),
    (340, 620, 430, 700, 520, 725, 610, 695, 680, 610),
)


def voices(until: date) -> Iterator[InventedFamily]:
    """Gives the family with every voice in it, then the families that share its group, on a day."""
    yield _every_voice(until)
    for number, (alias, *names) in enumerate(OTHERS):
        yield _in_the_group(until, number, alias, names)


def _every_voice(until: date) -> InventedFamily:
    days = [until - timedelta(days=before) for before in DAYS_BEFORE]
    sessions = tuple(_session(number, day) for number, day in enumerate(days, start=1))
    members = tuple(InventedMember(alias, _born(until, age), place, spoken) for alias, age, place, spoken in PEOPLE)
    group = _group_session(until, {AMAL: (238, 366), OMAR: (255, 352)})
    opened_on = until - timedelta(days=OPENED)
    episode = InventedEpisode(
        "Familiebehandling",
        opened_on,
        None,
        None,
        RATERS,
        (*sessions, group),
        _goals(days[0], days[2]),
        _changes(days[1]),
    )
    return InventedFamily("Regnbue 7", (0,), members, (episode,))


def _goals(first: date, reworded: date) -> tuple[InventedGoal, ...]:
    return (
        InventedGoal(SAMI, "child", "At jeg kan sove i min egen seng hele natten.", "improve", first, reworded),
        InventedGoal(AMAL, "parent", "أريد أن نتناول العشاء معًا دون صراخ.", "improve", first),
        InventedGoal(
            SAMI,
            "child",
            "At jeg kan sove i min egen seng, også når det blæser, og at døren må stå på klem 🌙",
            "improve",
            reworded,
            replaces=0,
        ),
        InventedGoal(None, "family", "Vi bliver ved med at spille kort om søndagen.", "keep", reworded),
    )


def _changes(second: date) -> tuple[InventedEvent, ...]:
    said = {AMAL: (False, "نحتاج إلى مزيد من الوقت."), SAMI: (True, "")}
    return (InventedEvent("life", "ny skole", second, reason="Familien flyttede.", member=SAMI, agreement=said),)


def _session(number: int, day: date) -> InventedSession:
    answers = tuple(_answers(number))
    present = tuple(sorted({answer.member for answer in answers if answer.rater is None}))
    return InventedSession(day, time(13), "family", present, answers, ended=True)


def _answers(number: int) -> Iterator[InventedAnswer]:
    for row in LINES:
        if number in row.totals:
            yield _lines(row.member, row.rater, row.instrument, row.totals[number], f"{row}/{number}")
    if number in FACES:
        first, last = FACES[number]
        drawn = {"face": first, "drawing": {"strokes": [list(stroke) for stroke in FACE]}}
        yield _told(LINA, "ycors", 6, drawn)
        yield _told(LINA, "ycsrs", 52, {"face": last})
    for member, marked_in, marks in GOAL_MARKS:
        if marked_in == number:
            yield InventedAnswer(member, None, "maal", tuple(marks.values()), 20, None, {}, goals=tuple(marks))
    if number in HEARD:
        anonymous, heard = HEARD[number]
        yield InventedAnswer(SAMI, None, "boern-inddragelse", heard, 30, None, {}, anonymous=anonymous)
    if number in WAVES:
        wave, middle = WAVES[number]
        choices = {item.id: middle + place % 2 for place, item in enumerate(packs()["foraeldre-oplevelse"].items)}
        yield _told(AMAL, "foraeldre-oplevelse", 35, choices, wave)
        items = [item.id for item in packs()["who-5"].items]
        yield _told(AMAL, "who-5", 40, dict(zip(items, WELL[number], strict=True)), wave)


def _told(
    member: int, instrument: str, minute: int, answers: Mapping[str, Any], wave: str | None = None
) -> InventedAnswer:
    return InventedAnswer(member, None, instrument, (), minute, None, {}, answers, wave=wave)


def _lines(member: int, rater: int | None, instrument: str, total: int, seed: str) -> InventedAnswer:
    """Marks the four lines of a form so that they add up to a total. Unit: tenths."""
    rng, form = Random(seed), packs()[instrument]  # noqa: S311
    marks = marks_of(rng, total, leaning(rng))
    capture = capture_of(rng, [item.id for item in form.items])
    return InventedAnswer(member, rater, instrument, marks, 5 if form.phase == "start" else 50, None, capture)


def _in_the_group(until: date, number: int, alias: str, names: list[str]) -> InventedFamily:
    """Gives a family of two grown-ups who are in the group; the last of them have not answered its own form yet."""
    members = tuple(
        InventedMember(name, _born(until, 31 + 3 * number + place), "parent") for place, name in enumerate(names)
    )
    first = (188 + 21 * number, 205 + 17 * number)
    begun = tuple(_lines(place, None, "ors", total, f"{alias}/{place}") for place, total in enumerate(first))
    day = until - timedelta(days=30)
    met = InventedSession(day, time(10), "family", (0, 1), begun, ended=True)
    last = number == len(OTHERS) - 1
    said = {place: (total + 24, None if last else 322 + 17 * number + 9 * place) for place, total in enumerate(first)}
    episode = InventedEpisode(
        "Familiebehandling", day - timedelta(days=7), None, None, (), (met, _group_session(until, said))
    )
    return InventedFamily(alias, (0,), members, (episode,))


def _group_session(until: date, totals: Mapping[int, tuple[int, int | None]]) -> InventedSession:
    """Gives a family's part of the group: each member's totals at start and end, None where the end is still open."""
    answers = [
        _lines(member, None, form, total, f"{GROUP}/{member}/{total}")
        for member, pair in totals.items()
        for form, total in zip(("ors", "gsrs"), pair, strict=True)
        if total is not None
    ]
    day = until - timedelta(days=GROUP_BEFORE)
    return InventedSession(day, time(17), "group", tuple(totals), tuple(answers), ended=True, group=GROUP)


def _born(until: date, age: int) -> str:
    months = until.year * 12 + until.month - 1 - age * 12 - 5
    return f"{months // 12:04}-{months % 12 + 1:02}"
