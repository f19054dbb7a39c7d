"""Holds the family of the pictures: its totals, lines, zones and days are those that the pictures show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.demo.showcase import JONAS, MAJA, MARIA, NOAH, showcase
from backend.instruments import packs
from backend.scoring import (
    OPEN_REFERENCE,
    AgeGroup,
    Flag,
    Scored,
    Status,
    Trajectory,
    Zone,
    age_on,
    alliance_trajectory,
    outcome_trajectory,
    reliable_change,
    score_tenths,
)
from tests.demo.making import UNTIL, totals

EPISODE = showcase(UNTIL).episodes[0]


def curve(member: int, group: AgeGroup) -> Trajectory:
    """Gives a member's own outcome curve."""
    form = packs()["ors"]
    line = totals(EPISODE)[(member, None, "ors")]
    return outcome_trajectory(
        [Scored(n, UNTIL, "ors", {}, total) for n, total in enumerate(line)],
        group=group,
        cutoff=form.cutoffs[group],
        reliable_change=reliable_change(form.sd, form.alpha),
        course=OPEN_REFERENCE,
    )


@pytest.mark.parametrize(
    ("member", "rater", "instrument", "wanted"),
    [
        (MARIA, None, "ors", [138, 169, 194, 218, 206, 231, 243, 222, 205]),
        (MARIA, None, "srs", [340, 352, 364, 370, 368, 375, 379, 371, 347]),
        (MARIA, 0, "ors", [130, 156, 184, 201, 162]),
        (JONAS, None, "ors", [223, 240, 265, 257, 274, 279, 286]),
        (JONAS, 1, "ors", [210, 224, 236, 229]),
        (MAJA, 2, "ors", [211, 225, 234, 220, 219]),
        (NOAH, 3, "cors", [252, 260, 276]),
    ],
)
def test_the_totals_are_those_of_the_pictures(
    member: int, rater: int | None, instrument: str, wanted: list[int]
) -> None:
    assert totals(EPISODE)[(member, rater, instrument)] == wanted


def test_maria_is_yellow_between_the_lines_and_has_improved() -> None:
    maria = curve(MARIA, AgeGroup.ADULT)
    assert maria.last is not None
    assert (maria.zone, maria.last.target, maria.last.alarm) == (Zone.YELLOW, 220, 184)
    assert (maria.status, maria.last.since_first) == (Status.IMPROVED, 67)


def test_jonas_is_green_and_maja_has_fallen_into_red() -> None:
    assert curve(JONAS, AgeGroup.ADULT).zone is Zone.GREEN
    maja = curve(MAJA, AgeGroup.ADOLESCENT)
    assert maja.last is not None
    assert (maja.zone, maja.last.since_first) == (Zone.RED, -72)


def test_maria_s_alliance_has_fallen_most_on_goals() -> None:
    form = packs()["srs"]
    given = [a for held in EPISODE.sessions for a in held.answers if (a.member, a.instrument) == (MARIA, "srs")]
    scored = [
        Scored(n, UNTIL, "srs", dict(zip([i.id for i in form.items], map(score_tenths, a.marks), strict=True)), total)
        for n, (a, total) in enumerate(zip(given, totals(EPISODE)[(MARIA, None, "srs")], strict=True))
    ]
    last = alliance_trajectory(scored, cutoff=form.cutoffs["all"]).points[-1]
    assert last.fell_most == "goals"
    assert (last.change, set(last.alerts)) == (-24, {Flag.ALLIANCE_UNDER_CUTOFF, Flag.ALLIANCE_FALLEN})
    assert dict(last.scores) == {"relationship": 92, "goals": 80, "approach": 87, "overall": 93}


def test_the_days_are_those_of_the_pictures_and_move_with_the_day_asked_for() -> None:
    assert [held.held_on for held in EPISODE.sessions] == [
        date(2026, 5, 12),
        date(2026, 5, 26),
        date(2026, 6, 9),
        date(2026, 6, 23),
        date(2026, 8, 18),
        date(2026, 9, 8),
        date(2026, 9, 29),
        date(2026, 10, 27),
        date(2026, 11, 24),
    ]
    later = showcase(UNTIL + timedelta(days=400)).episodes[0]
    assert [held.held_on - timedelta(days=400) for held in later.sessions] == [h.held_on for h in EPISODE.sessions]


def test_the_last_session_is_today_and_still_going_on() -> None:
    assert [held.ended for held in EPISODE.sessions] == [True] * 8 + [False]


@pytest.mark.parametrize("until", [UNTIL, date(2027, 1, 1), date(2028, 2, 29)])
def test_everybody_keeps_the_age_of_the_pictures(until: date) -> None:
    ages = {member.alias: age_on(member.birth_month, until) for member in showcase(until).members}
    assert ages == {"Maria": 38, "Jonas": 41, "Maja": 14, "Noah": 9}


def test_what_changed_around_the_family_and_who_disagreed_is_that_of_the_pictures() -> None:
    assert [(event.kind, event.name, event.since, event.until) for event in EPISODE.events] == [
        ("intervention", "familiebehandling", date(2026, 6, 9), None),
        ("pause", "sommerferie", date(2026, 6, 28), date(2026, 8, 16)),
        ("intervention", "støttekontaktperson", date(2026, 8, 26), None),
        ("authority", "ny rådgiver", date(2026, 10, 1), None),
    ]
    assert EPISODE.events[0].agreement == {MARIA: (True, ""), JONAS: (False, "Vi mangler hænder, ikke snak.")}
    assert EPISODE.events[2].member == MAJA


def test_the_goals_are_in_the_words_and_at_the_numbers_of_the_pictures() -> None:
    assert [goal.words.split()[0] for goal in EPISODE.goals] == ["Maja", "At", "Vi"]
    marked = [a for a in EPISODE.sessions[-1].answers if a.instrument == "maal"]
    last = {goal: score_tenths(mark) for a in marked for goal, mark in zip(a.goals, a.marks, strict=True)}
    assert last == {0: 32, 1: 29, 2: 79}
