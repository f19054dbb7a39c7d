"""Tests the steps of a follow-up: promised, called, changed, moved and taken back, each step once, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask

from backend.actions import follow_ups
from backend.actions.follow_ups import REFUSED, STEPS
from backend.actions.working_days import next_working_day
from backend.clock import today
from backend.models import FollowUp
from backend.problems import Problem
from backend.vocabulary import FOLLOW_UP_STATES
from tests.actions.following import TO_STATE, a_follow_up, step, stored, verbs
from tests.factories import a_case, a_house, somebody


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 19), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 12, 29), date(2026, 12, 30)),
    ],
)
def test_the_next_working_day_is_never_in_a_weekend(day: date, following: date) -> None:
    assert next_working_day(day) == following


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 4, 1), date(2026, 4, 7)),  # from skærtorsdag to anden påskedag
        (date(2026, 4, 30), date(2026, 5, 1)),  # store bededag until 2023
        (date(2023, 5, 4), date(2023, 5, 8)),
        (date(2026, 5, 13), date(2026, 5, 15)),  # Kristi himmelfart
        (date(2026, 5, 22), date(2026, 5, 26)),  # anden pinsedag
        (date(2026, 6, 4), date(2026, 6, 5)),
        (date(2026, 12, 23), date(2026, 12, 24)),
        (date(2026, 12, 24), date(2026, 12, 28)),  # jul
        (date(2026, 12, 31), date(2027, 1, 4)),  # nytår, then a weekend
    ],
)
def test_the_next_working_day_is_never_a_public_holiday(day: date, following: date) -> None:
    assert next_working_day(day) == following


def test_a_talk_is_promised_for_the_next_working_day_unless_told_otherwise(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        assert a_follow_up(case).due_on == next_working_day(today())
        assert a_follow_up(case, "En anden", due_on=today()).due_on == today()


def test_the_same_words_sent_twice_by_hand_are_one_follow_up(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        assert a_follow_up(case).id == a_follow_up(case).id
        whole = follow_ups.promise(case.therapist.actor, case.episode.id, None, "Ring om skolemødet")
        assert len(stored(case)) == 2
        assert whole.member_id is None


@pytest.mark.parametrize("state", FOLLOW_UP_STATES)
@pytest.mark.parametrize("verb", STEPS)
def test_each_step_starts_where_it_may_and_is_refused_with_a_sentence_elsewhere(
    app: Flask, verb: str, state: str
) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        row = a_follow_up(case)
        for before in TO_STATE[state]:
            row = step(case, before, row)
        if state in STEPS[verb].starts:
            assert step(case, verb, row).state == STEPS[verb].ends
        elif state == STEPS[verb].ends and verb != "reopen":
            assert step(case, verb, row).state == state  # said twice
        else:
            with pytest.raises(Problem) as refused:
                step(case, verb, row)
            assert (refused.value.kind, refused.value.detail) == ("conflict", REFUSED[state])
            assert stored(case)[0].state == state


def test_each_step_leaves_one_entry_without_words(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        before = len(verbs(case))
        row = a_follow_up(case)
        for verb in ("move", "call", "adjust", "reopen", "withdraw"):
            step(case, verb, row)
        assert verbs(case)[before:] == [
            f"follow_up.{verb}" for verb in ("promise", "move", "call", "adjust", "reopen", "withdraw")
        ]


def test_what_was_agreed_is_kept_word_for_word_and_stands_until_new_words(app: Flask) -> None:
    words = "نتحدث ببطء 🙂\n\n  – og 'altså' & <roligt> \u202eABC\u202c"
    with app.app_context():
        case = a_case(somebody(a_house()))
        row = a_follow_up(case)
        assert follow_ups.call(case.therapist.actor, row.id, f" {words}\r\n").agreed == words
        assert follow_ups.adjust(case.therapist.actor, row.id).agreed == words
        with pytest.raises(Problem):
            follow_ups.call(case.therapist.actor, row.id, "andre ord")
        assert stored(case)[0].agreed == words


def test_a_change_without_any_words_is_refused(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        row = follow_ups.call(case.therapist.actor, a_follow_up(case).id)
        with pytest.raises(Problem) as refused:
            follow_ups.adjust(case.therapist.actor, row.id, " \u200f\n")
        assert refused.value.fields == {"agreed": "Skriv, hvad I aftalte."}
        assert stored(case)[0].state == "called"


@pytest.mark.parametrize("words", ["👩‍👧‍👦" * 400, "\u200fأريد أن ننام\u200f" * 110, "x" * 2_000])
def test_two_thousand_characters_of_any_script_are_kept(app: Flask, words: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        assert a_follow_up(case, words).words == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Skriv, hvad I skal tale om."),
        (" \n\u200b", "Skriv, hvad I skal tale om."),
        ("x" * 2_001, "Skriv højst 2000 tegn. Der er 2001."),
        ("Ring\0nu", "Teksten indeholder tegn, der ikke kan vises. Skriv den igen."),
        ("Ring om 010114-1234", "Det ligner et CPR-nummer. Skriv det ikke her; brug et dæknavn."),
    ],
)
def test_words_that_cannot_be_kept_are_refused(app: Flask, words: str, sentence: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        with pytest.raises(Problem) as refused:
            follow_ups.promise(case.therapist.actor, case.episode.id, None, words)
        assert refused.value.fields == {"words": sentence}
        assert stored(case) == []


def test_a_call_to_somebody_needs_no_words(app: Flask) -> None:
    with app.app_context():
        assert a_follow_up(a_case(somebody(a_house())), "").words == ""


@pytest.mark.parametrize(
    ("days", "sentence"),
    [(-1, "Dagen er gået. Vælg i dag eller en senere dag."), (367, "Vælg en dag inden for et år.")],
)
def test_a_day_that_is_over_or_far_away_is_refused(app: Flask, days: int, sentence: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        row, day = a_follow_up(case), today() + timedelta(days=days)
        ways: tuple[Callable[[], FollowUp], ...] = (
            lambda: a_follow_up(case, due_on=day),
            lambda: follow_ups.move(case.therapist.actor, row.id, day),
        )
        for way in ways:
            with pytest.raises(Problem) as refused:
                way()
            assert refused.value.fields == {"due_on": sentence}
        assert [one.due_on for one in stored(case)] == [row.due_on]
