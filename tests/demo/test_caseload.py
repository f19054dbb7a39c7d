"""Holds what must be true of every invented family: its people, its days, who marks, and that the seed decides all."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from backend.demo import Plan, families
from backend.demo.household import family_alias
from backend.demo.names import CHILDREN, GROWN_UPS
from backend.scoring import age_on
from backend.vocabulary import FAMILY_LANGUAGES
from tests.demo.making import UNTIL, answers, episodes, many


def test_the_same_seed_gives_the_same_families() -> None:
    plan = Plan(until=UNTIL, families=60)
    assert list(families(plan)) == list(families(plan))


def test_another_seed_gives_other_families() -> None:
    assert many(families=60, seed=1) != many(families=60, seed=2)


def test_a_family_stays_the_same_however_many_there_are() -> None:
    assert many(families=80)[:20] == many(families=20)


def test_a_later_day_moves_the_sessions_and_changes_no_mark() -> None:
    moved = many(families=40, until=UNTIL + timedelta(days=7))
    assert [a.marks for a in answers(moved)] == [a.marks for a in answers(many(families=40))]


def test_the_demo_begins_with_the_showcase() -> None:
    assert next(families(Plan(until=UNTIL))).alias == "Solsikke 12"


def test_families_that_are_shown_come_before_the_drawn_ones_and_count_among_them() -> None:
    assert [family.alias for family in families(Plan(until=UNTIL, families=3))] == [
        "Solsikke 12",
        "Regnbue 7",
        "Viben 2",
    ]
    assert len({family.alias for family in families(Plan(until=UNTIL))}) == Plan(until=UNTIL).families


def test_a_plan_for_nobody_gives_nobody() -> None:
    assert list(families(Plan(until=UNTIL, families=0))) == []


def test_a_plan_can_fix_the_number_of_sessions() -> None:
    assert {len(episode.sessions) for _, episode in episodes(many(families=30, sessions=20))} == {20}


def test_no_two_families_share_an_alias() -> None:
    assert len({family_alias(number) for number in range(10_000)} | {"Solsikke 12"}) == 10_001


def test_people_have_an_invented_first_name_that_is_their_own_in_the_family() -> None:
    for family in many(families=300):
        names = [member.alias for member in family.members]
        assert set(names) <= {*GROWN_UPS, *CHILDREN}
        assert len(set(names)) == len(names)


def test_there_are_members_of_every_age() -> None:
    ages = {
        age_on(member.birth_month, episode.opened_on)
        for family, episode in episodes(many())
        for member in family.members
    }
    assert set(range(18)) <= ages
    assert max(ages) >= 60


def test_everybody_is_born_before_the_family_is_met() -> None:
    for family in many():
        first = family.episodes[0].opened_on
        assert all(age_on(member.birth_month, first) >= 0 for member in family.members)


def test_parents_are_grown_up_when_their_children_are_born() -> None:
    for family in many():
        ages = {place: [] for place in ("parent", "child", "young")} | {"partner": [], "grandparent": []}
        for member in family.members:
            ages[member.place].append(age_on(member.birth_month, UNTIL))
        assert min([*ages["parent"], *ages["grandparent"]]) - max([*ages["child"], *ages["young"]]) >= 17


def test_everybody_from_six_marks_the_forms_for_that_age() -> None:
    own = {
        (answer.instrument, age_on(family.members[answer.member].birth_month, episode.opened_on) >= 13)
        for family, episode in episodes(many())
        for held in episode.sessions
        for answer in held.answers
        if answer.rater is None
    }
    assert own == {("ors", True), ("srs", True), ("cors", False), ("csrs", False)}


def test_nobody_under_six_marks_lines() -> None:
    ages = {
        age_on(family.members[answer.member].birth_month, episode.opened_on)
        for family, episode in episodes(many())
        for held in episode.sessions
        for answer in held.answers
    }
    assert min(ages) == 6


def test_nobody_marks_about_a_child_under_six() -> None:
    rated = {
        age_on(family.members[rater.member].birth_month, episode.opened_on)
        for family, episode in episodes(many())
        for rater in episode.raters
    }
    assert (min(rated), max(rated)) == (6, 17)


def test_collateral_raters_mark_the_outcome_form_of_the_one_they_rate() -> None:
    rated = {
        (answer.instrument, age_on(family.members[answer.member].birth_month, episode.opened_on) >= 13)
        for family, episode in episodes(many())
        for held in episode.sessions
        for answer in held.answers
        if answer.rater is not None
    }
    assert rated == {("ors", True), ("cors", False)}


def test_forms_are_answered_in_several_languages() -> None:
    spoken = {member.language for family in many() for member in family.members}
    assert spoken == set(FAMILY_LANGUAGES)


def test_sessions_are_at_least_a_week_apart_and_inside_their_episode() -> None:
    for _, episode in episodes(many()):
        days = [held.held_on for held in episode.sessions]
        assert all((later - earlier).days >= 7 for earlier, later in pairwise(days))
        assert episode.opened_on <= days[0]
        assert days[-1] <= (episode.closed_on or UNTIL) <= UNTIL


def test_sessions_are_held_on_weekdays_but_for_the_present_day() -> None:
    sunday = UNTIL + timedelta(days=5)
    days = {held.held_on for _, episode in episodes(many(until=sunday)) for held in episode.sessions}
    assert sunday in days
    assert all(day.weekday() < 5 for day in days - {sunday})


def test_only_the_newest_episode_can_be_open_and_the_earlier_one_ends_before_it() -> None:
    for family in many():
        for earlier, later in pairwise(family.episodes):
            assert earlier.closed_on is not None
            assert earlier.closed_on < later.opened_on


def test_nobody_has_answered_yet_in_a_session_that_is_not_over() -> None:
    going_on = [held for _, episode in episodes(many()) for held in episode.sessions if not held.ended]
    assert {held.held_on for held in going_on} == {UNTIL}
    assert not any(held.answers for held in going_on)
    assert all(held.present for held in going_on)


def test_who_answers_for_oneself_is_present() -> None:
    for _, episode in episodes(many(families=300)):
        for held in episode.sessions:
            assert {answer.member for answer in held.answers if answer.rater is None} <= set(held.present)


@pytest.mark.parametrize("therapists", [1, 2, 12])
def test_families_are_shared_out_among_the_therapists(therapists: int) -> None:
    own = [family.therapists[0] for family in many(families=24, therapists=therapists, teams=1)]
    assert {own.count(number) for number in range(therapists)} == {24 // therapists}
