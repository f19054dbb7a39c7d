"""Holds the demo's every voice: each form that the house has is answered, by the one it is made for, as it must be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from backend.demo.invented import InventedAnswer, InventedFamily
from backend.demo.names import PLANTS
from backend.demo.voices import AMAL, GROUP, LINA, SAMI, voices
from backend.instruments import check_answer, packs
from backend.scoring import age_on
from tests.demo.making import UNTIL, totals

FAMILIES = tuple(voices(UNTIL))
REGNBUE = FAMILIES[0].episodes[0]


def given(*families: InventedFamily) -> Iterator[InventedAnswer]:
    for family in families:
        for episode in family.episodes:
            for held in episode.sessions:
                yield from held.answers


def test_every_kind_of_voice_is_heard() -> None:
    told = {(answer.member, answer.instrument) for answer in given(FAMILIES[0]) if answer.rater is None}
    children = {(SAMI, "cors"), (SAMI, "csrs"), (SAMI, "boern-inddragelse"), (LINA, "ycors"), (LINA, "ycsrs")}
    grown_up = {(AMAL, "ors"), (AMAL, "gsrs"), (AMAL, "who-5"), (AMAL, "foraeldre-oplevelse")}
    assert children | grown_up | {(SAMI, "maal")} <= told


@pytest.mark.parametrize("until", [UNTIL, date(2027, 1, 1), date(2028, 2, 29)])
def test_the_children_stay_of_the_age_of_their_forms(until: date) -> None:
    family = next(voices(until))
    first, last = family.episodes[0].opened_on, until
    assert [age_on(family.members[SAMI].birth_month, day) for day in (first, last)] == [8, 8]
    assert age_on(family.members[LINA].birth_month, first) < 6
    assert age_on(family.members[LINA].birth_month, last) == 5


def test_every_answer_is_one_that_its_form_takes() -> None:
    for answer in given(*FAMILIES):
        form = packs()[answer.instrument]
        names = [str(goal) for goal in answer.goals] or [item.id for item in form.items if item.type == "line"]
        marks = dict(zip(names, answer.marks, strict=True)) if answer.marks else {}
        assert check_answer(form, marks, answer.answers, frozenset(map(str, answer.goals))).marks == marks
        assert (answer.anonymous is not None) == form.may_be_anonymous
        assert (answer.wave is not None) == form.waves


def test_a_mother_reads_arabic_and_writes_her_goal_in_it() -> None:
    assert FAMILIES[0].members[AMAL].language == "ar"
    assert any("\u0621" <= sign <= "\u064a" for goal in REGNBUE.goals for sign in goal.words if goal.member == AMAL)


def test_goals_have_history_and_one_is_to_keep_what_is() -> None:
    replaced = [REGNBUE.goals[goal.replaces] for goal in REGNBUE.goals if goal.replaces is not None]
    assert [goal.until for goal in replaced] == [REGNBUE.sessions[2].held_on]
    assert {goal.aim for goal in REGNBUE.goals} == {"improve", "keep"}
    assert {goal.level for goal in REGNBUE.goals} == {"child", "parent", "family"}


def test_one_of_the_child_s_two_answers_about_being_heard_is_anonymous() -> None:
    heard = [answer.anonymous for answer in given(FAMILIES[0]) if answer.instrument == "boern-inddragelse"]
    assert heard == [False, True]


def test_the_parents_survey_has_two_waves() -> None:
    waves = [answer.wave for answer in given(FAMILIES[0]) if answer.instrument == "foraeldre-oplevelse"]
    assert waves == ["baseline", "midway"]


def test_teacher_and_grandmother_rate_beside_the_child() -> None:
    assert totals(REGNBUE)[(SAMI, 0, "cors")] == [198, 231, 244]
    assert totals(REGNBUE)[(SAMI, 1, "cors")] == [262, 301]
    assert totals(REGNBUE)[(SAMI, None, "cors")] == [236, 251, 268, 290, 306]


def test_eight_people_of_four_families_meet_in_one_group() -> None:
    met = [held for family in FAMILIES for e in family.episodes for held in e.sessions if held.group == GROUP]
    assert len(met) == 4
    assert sum(len(held.present) for held in met) == 8
    assert {held.held_on for held in met} == {UNTIL - timedelta(days=1)}
    answered = [answer for held in met for answer in held.answers if answer.instrument == "gsrs"]
    assert len(answered) == 6


def test_the_aliases_are_none_that_a_drawn_family_could_have() -> None:
    assert not {family.alias.split()[0] for family in FAMILIES} & set(PLANTS)
