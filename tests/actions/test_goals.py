"""Tests a family's own goals: kept word for word, reworded with their history, ended, marked by more than one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import episodes, families, goals, responses
from backend.actions.goal_view import goals_of
from backend.clock import today
from backend.instruments import packs
from backend.models import Goal
from backend.problems import Problem
from tests.factories import Case, a_case, a_house, a_session, a_submission, somebody

CHILD_BORN = f"{today().year - 8}-02"
LONG = ("Vi vil spise sammen uden at råbe 🙂 " * 100)[:1_999].strip() + "."
VERBATIM = [
    "At vi  griner\n\n  igen, 'altså' & <rigtigt>",
    "👩‍👧‍👦" * 250,
    "\u200fأريد أن ننام\u200f بهدوء \u202eABC\u202c",
    "Cafe\u0301 og å",
    LONG,
    "x" * 2_000,
]


def a_goal(case: Case, words: str = "At vi spiser sammen", **changes: object) -> Goal:
    return goals.write_goal(case.therapist.actor, case.episode.id, words, **({"aim": "improve"} | changes))  # type: ignore[arg-type]


def a_mark(case: Case, goal: Goal, mark: int) -> None:
    """Marks one goal in a session of today, as the member."""
    form = packs()["maal"]
    submission = a_submission(case, a_session(case))
    given = replace(submission, instrument=form.id, version=form.version, marks={str(goal.id): mark})
    responses.submit(case.therapist.again(), given)


@pytest.mark.parametrize("words", VERBATIM)
def test_a_goal_is_kept_word_for_word(app: Flask, words: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_goal(case, f"  {words}\n")
        (found,) = goals_of(case.therapist.actor, case.episode.id)
    assert found.words == words


def test_only_the_line_ends_of_a_browser_are_made_alike() -> None:
    assert goals.verbatim("words", " en\r\nto\rtre ") == "en\nto\ntre"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Skriv målet med familiens egne ord."),
        (" \n\u200f\u200b", "Skriv målet med familiens egne ord."),
        ("x" * 2_001, "Skriv højst 2000 tegn. Der er 2001."),
        ("Sove\0roligt", "Teksten indeholder tegn, der ikke kan vises."),
        ("Sove \ud800", "Teksten indeholder tegn, der ikke kan vises."),
        ("Noah 010114-1234 sover", "Det ligner et CPR-nummer."),
    ],
)
def test_words_that_cannot_be_kept_are_refused_with_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(Problem) as refused:
        goals.verbatim("words", words)
    assert refused.value.fields["words"].startswith(sentence)


def test_what_an_emoji_is_made_of_counts_by_its_signs() -> None:
    family = "👩‍👧‍👦"
    assert len(family) == 5
    assert any(unicodedata.category(sign) == "Cf" for sign in family)
    assert goals.verbatim("words", family) == family


def test_a_goal_belongs_to_a_child_a_grown_up_or_the_family(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        child = families.add_member(actor, case.family.id, "Noah", CHILD_BORN, "child")
        other = families.add_member(actor, case.family.id, "Ida", CHILD_BORN, "other")
        written = [a_goal(case, member_id=one) for one in (None, case.member.id, child.id, other.id)]
        shown = goals_of(actor, case.episode.id)
    assert [goal.level for goal in written] == ["family", "parent", "child", "child"]
    assert [(view.level, view.whose) for view in shown] == [
        ("child", "Noah"),
        ("child", "Ida"),
        ("parent", "Maria"),
        ("family", None),
    ]


def test_keeping_what_is_can_be_a_goal(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_goal(case, "At vi taler pænt", aim="keep")
        (found,) = goals_of(case.therapist.actor, case.episode.id)
        with pytest.raises(Problem) as refused:
            a_goal(case, aim="forget")
    assert found.aim == "keep"
    assert "aim" in refused.value.fields


def test_new_words_keep_the_old_ones_and_every_mark(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        first = a_goal(case, "Ro om morgenen", member_id=case.member.id)
        a_mark(case, first, 2_000)
        second = goals.reword_goal(actor, first.id, "Ro hele dagen", "keep")
        a_mark(case, second, 7_000)
        (found,) = goals_of(actor, case.episode.id)
    assert (found.id, found.words, found.aim, found.whose) == (second.id, "Ro hele dagen", "keep", "Maria")
    assert [(old.words, old.aim) for old in found.earlier] == [("Ro om morgenen", "improve")]
    (voice,) = found.voices
    assert (voice.name, [given.mark for given in voice.marks], voice.before) == ("Maria", [2_000, 7_000], 2_000)
    assert voice.last.score == 73


def test_the_same_words_again_change_nothing(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        first = a_goal(case)
        again = goals.reword_goal(case.therapist.actor, first.id, first.words, first.aim)
        (found,) = goals_of(case.therapist.actor, case.episode.id)
    assert again.id == first.id
    assert found.earlier == ()


def test_an_ended_goal_comes_last_and_takes_no_new_words(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor = case.therapist.actor
        ended = goals.end_goal(actor, a_goal(case, "Første", member_id=case.member.id).id)
        a_goal(case, "Andet")
        shown = goals_of(actor, case.episode.id)
        for action in (
            lambda: goals.end_goal(actor, ended.id),
            lambda: goals.reword_goal(actor, ended.id, "x", "keep"),
        ):
            with pytest.raises(Problem) as refused:
                action()
            assert refused.value.kind == "conflict"
    assert [(view.words, view.until) for view in shown] == [("Andet", None), ("Første", today())]


def test_a_reworded_goal_cannot_be_reworded_behind_its_new_words(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        first = a_goal(case)
        goals.reword_goal(case.therapist.actor, first.id, "Nyt", "improve")
        with pytest.raises(Problem) as refused:
            goals.reword_goal(case.therapist.actor, first.id, "Noget tredje", "improve")
    assert refused.value.kind == "conflict"


def test_goals_of_others_and_of_nobody_are_missing(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, other = a_case(somebody(house)), a_case(somebody(house))
        goal, stranger = a_goal(case), other.therapist.actor
        for action in (
            lambda: goals.reword_goal(stranger, goal.id, "x", "keep"),
            lambda: goals.end_goal(stranger, goal.id),
            lambda: goals.end_goal(stranger, uuid4()),
            lambda: goals_of(stranger, case.episode.id),
            lambda: goals.write_goal(stranger, other.episode.id, "x", "keep", case.member.id),
        ):
            with pytest.raises(Problem) as refused:
                action()
            assert refused.value.kind == "missing"


def test_somebody_of_another_own_family_has_no_goal_here(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case, other = a_case(therapist), a_case(therapist)
        with pytest.raises(Problem) as refused:
            a_goal(case, member_id=other.member.id)
    assert refused.value.kind == "missing"


def test_a_closed_episode_takes_no_goal(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        goal = a_goal(case)
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        for action in (lambda: a_goal(case), lambda: goals.end_goal(case.therapist.actor, goal.id)):
            with pytest.raises(Problem) as refused:
                action()
            assert refused.value.kind == "closed"
        assert len(goals_of(case.therapist.actor, case.episode.id)) == 1
