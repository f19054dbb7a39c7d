"""Tests of taking a closed episode up again: a new one that points at it, goals along, one open at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask

from backend.actions import episodes, goals
from backend.actions.goal_view import goals_of
from backend.actions.overview import episode_view
from backend.clock import today
from backend.models import Episode
from backend.problems import Problem
from tests.factories import Case, a_case, a_house, somebody

CLOSED = date(2026, 3, 1)
WORDS = "At vi spiser sammen 🙂 \u200fשלום\u200f"


@pytest.fixture
def case(app: Flask) -> Iterator[Case]:
    with app.app_context():
        yield a_case(somebody(a_house(licensed=False)))


def closed(case: Case) -> None:
    episodes.close_episode(case.therapist.actor, case.episode.id, CLOSED, "unilateral")


def opened(case: Case, on: date | None = None, *, take_goals: bool = False) -> Episode:
    return episodes.reopen(case.therapist.actor, case.episode.id, on or today(), take_goals=take_goals)


def test_it_is_a_new_episode_and_each_points_at_the_other(case: Case) -> None:
    closed(case)
    new = opened(case)
    old_view, new_view = (episode_view(case.therapist.actor, one) for one in (case.episode.id, new.id))
    assert new_view.follows is not None
    assert old_view.followed_by is not None
    assert (new_view.follows.id, new_view.follows.opened_on, new_view.follows.closed_on) == (
        case.episode.id, case.episode.opened_on, CLOSED,
    )  # fmt: skip
    assert old_view.followed_by.id == new.id
    assert (old_view.follows, new_view.followed_by, old_view.closed_on, new_view.closed_on) == (
        None, None, CLOSED, None,
    )  # fmt: skip


def test_asked_twice_it_is_one(case: Case) -> None:
    closed(case)
    assert opened(case).id == opened(case).id


def test_open_goals_go_along_word_for_word_and_ended_ones_stay(case: Case) -> None:
    actor = case.therapist.actor
    ended = goals.write_goal(actor, case.episode.id, "Ro", "keep", case.member.id)
    goals.end_goal(actor, ended.id)
    goals.write_goal(actor, case.episode.id, WORDS, "improve", case.member.id)
    closed(case)
    new = opened(case, take_goals=True)
    (goal,) = goals_of(actor, new.id)
    assert (goal.words, goal.aim, goal.whose, goal.since, goal.earlier) == (WORDS, "improve", "Maria", today(), ())
    assert {one.words for one in goals_of(actor, case.episode.id)} == {"Ro", WORDS}


def test_without_asking_no_goal_goes_along(case: Case) -> None:
    goals.write_goal(case.therapist.actor, case.episode.id, WORDS, "improve")
    closed(case)
    assert goals_of(case.therapist.actor, opened(case).id) == ()


def test_one_episode_is_open_at_a_time(case: Case) -> None:
    with pytest.raises(Problem, match="conflict"):
        opened(case)
    closed(case)
    episodes.open_episode(case.therapist.actor, case.family.id, today())
    with pytest.raises(Problem, match="conflict"):
        opened(case)


@pytest.mark.parametrize("day", [CLOSED - timedelta(days=1), today() + timedelta(days=1)])
def test_a_day_before_the_last_closing_or_to_come_is_refused(case: Case, day: date) -> None:
    closed(case)
    with pytest.raises(Problem) as told:
        opened(case, day)
    assert set(told.value.fields) == {"opened_on"}


def test_another_therapist_s_episode_is_missing(case: Case) -> None:
    closed(case)
    with pytest.raises(Problem, match="missing"):
        episodes.reopen(somebody(a_house(licensed=False)).actor, case.episode.id, today())
