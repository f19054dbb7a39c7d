"""Tests the tablet handed over for exactly one turn: any form, by a member or by a collateral rater about one."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from flask import Flask

from backend.actions import episodes, families, goals, hand_over, responses
from backend.actions.chosen_forms import NOT_FOR_RATERS
from backend.actions.sitting import Sitting
from backend.clock import today
from backend.problems import Problem
from tests.factories import PIN, Case, a_case, a_goal, a_house, a_session, a_submission, somebody

WORDS = "At vi spiser sammen 🍲 – كل يوم"


def a_met_case(**kinds: bool) -> Case:
    case = a_case(somebody(a_house(**kinds)))
    a_session(case)
    return case


def given(case: Case, instrument: str, *, rater_id: UUID | None = None, wave: str | None = None) -> Sitting:
    """Hands the tablet over for one turn and gives what the tablet is told."""
    ids = (case.sessions[-1].id, case.member.id)
    hand_over.hand_over_one(case.therapist.again(), *ids, instrument, rater_id=rater_id, wave=wave)
    return hand_over.sitting(case.therapist.again())


def test_one_turn_is_handed_over_and_no_other_and_is_gone_when_answered(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
        before = given(case, "familie-inddragelse")
        (turn,) = before.turns
        assert (turn.who, turn.form.id, turn.rater_id, turn.about) == ("Maria", "familie-inddragelse", None, None)
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[-1], "familie-inddragelse"))
        after = hand_over.sitting(case.therapist.again())
        assert (after.id, after.turns) == (before.id, ())
        assert hand_over.unlock(case.therapist.again(), PIN) == case.sessions[-1].id


def test_a_collateral_rater_answers_about_the_member_in_danish(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
        (turn,) = given(case, "ors", rater_id=rater.id).turns
        assert (turn.who, turn.about, turn.member_id, turn.rater_id) == (
            "Lærer Bo",
            "Maria",
            case.member.id,
            rater.id,
        )
        assert (turn.language, turn.child, turn.seen_by) == ("da", False, "Anne, teamets leder og familien")


@pytest.mark.parametrize("instrument", ["srs", "who-5", "familie-inddragelse", "maal"])
def test_a_collateral_rater_is_not_given_what_only_the_member_can_answer(app: Flask, instrument: str) -> None:
    with app.app_context():
        case = a_met_case()
        a_goal(case)
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
        with pytest.raises(Problem) as refused:
            given(case, instrument, rater_id=rater.id, wave="baseline" if instrument == "who-5" else None)
        assert refused.value.fields == {"rater_id": NOT_FOR_RATERS}
        assert case.therapist.again().hand_over is None


def test_a_childs_own_turn_says_so_and_a_raters_about_the_child_does_not(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        alma = families.add_member(case.therapist.actor, case.family.id, "Alma", "2018-04", "child")
        case.member = alma
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, alma.id, "parent", "Mor")
        assert given(case, "cors").turns[0].child
        assert not given(case, "cors", rater_id=rater.id).turns[0].child


def test_open_goals_of_the_member_and_of_the_family_come_word_for_word(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        actor, episode_id = case.therapist.actor, case.episode.id
        jonas = families.add_member(actor, case.family.id, "Jonas", "1985-01", "parent")
        shared = a_goal(case, WORDS)
        own = goals.write_goal(actor, episode_id, "Mere ro", "keep", case.member.id)
        goals.write_goal(actor, episode_id, "Jonas’ eget", "improve", jonas.id)
        goals.end_goal(actor, goals.write_goal(actor, episode_id, "Nået", "improve").id)
        (turn,) = given(case, "maal").turns
        assert {(goal.id, goal.words) for goal in turn.goals} == {(shared.id, WORDS), (own.id, "Mere ro")}
        (told,) = given(case, "maal").as_json(lambda sentence, _: str(sentence), "")["turns"]
        assert {"id": str(shared.id), "words": WORDS} in told["goals"]


def test_a_form_about_goals_needs_one(app: Flask) -> None:
    with app.app_context(), pytest.raises(Problem) as refused:
        given(a_met_case(), "maal")
    assert "Der er ingen mål endnu." in refused.value.fields["instrument"]


@pytest.mark.parametrize(("instrument", "wave"), [("who-5", None), ("who-5", "sometime"), ("ors", "baseline")])
def test_a_wave_is_asked_for_where_the_form_has_waves_and_nowhere_else(app: Flask, instrument: str, wave: str) -> None:
    with app.app_context(), pytest.raises(Problem) as refused:
        given(a_met_case(), instrument, wave=wave)
    assert list(refused.value.fields) == ["wave"]


def test_the_wave_is_told_and_another_wave_may_follow(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        assert given(case, "who-5", wave="baseline").turns[0].wave == "baseline"
        responses.submit(case.therapist.again(), a_submission(case, case.sessions[-1], "who-5"))
        with pytest.raises(Problem) as refused:
            given(case, "who-5", wave="baseline")
        assert refused.value.fields["instrument"] == "Maria har allerede svaret på skemaet i dag."
        assert given(case, "who-5", wave="final").turns[0].wave == "final"


def test_strangers_and_unknown_forms_are_refused_and_nothing_is_locked(app: Flask) -> None:
    with app.app_context():
        case, other = a_met_case(), a_met_case()
        stranger = episodes.add_rater(other.therapist.actor, other.episode.id, other.member.id, "teacher", "Bo")
        actor, session_id = case.therapist.actor, case.sessions[-1].id
        for member_id, rater_id, instrument, kind in (
            (other.member.id, None, "ors", "missing"),
            (case.member.id, stranger.id, "ors", "missing"),
            (case.member.id, uuid4(), "ors", "missing"),
            (case.member.id, None, "mmpi", "invalid"),
        ):
            with pytest.raises(Problem) as refused:
                hand_over.hand_over_one(actor, session_id, member_id, instrument, rater_id=rater_id)
            assert refused.value.kind == kind
        assert case.therapist.again().hand_over is None


def test_a_closed_episode_and_a_missing_licence_are_refused(app: Flask) -> None:
    with app.app_context():
        closed, bare = a_met_case(), a_met_case(licensed=False)
        episodes.close_episode(closed.therapist.actor, closed.episode.id, today(), "planned")
        for case, instrument, kind in ((closed, "familie-inddragelse", "closed"), (bare, "ors", "no-licence")):
            with pytest.raises(Problem) as refused:
                given(case, instrument)
            assert refused.value.kind == kind
        assert given(bare, "familie-inddragelse").turns
