"""Tests how a rater is asked no more, and that nothing that was answered goes with that."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import episodes, links, raters, responses
from backend.actions.link_choices import link_choices
from backend.actions.overview import episode_view
from backend.clock import today
from backend.models import Rater
from backend.problems import Problem
from tests.factories import Case, a_case, a_house, a_session, a_submission, somebody


def a_rater(case: Case) -> Rater:
    return episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lise")


def listed(case: Case) -> list[str]:
    return [rater.alias for rater in episode_view(case.therapist.actor, case.episode.id).raters]


def test_a_rater_who_has_not_been_asked_is_taken_away(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        rater = a_rater(case)
        raters.remove_rater(case.therapist.actor, case.episode.id, rater.id)
        assert listed(case) == []


def test_a_rater_who_has_answered_is_asked_no_more_and_stays_on_the_curve(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        rater, held = a_rater(case), a_session(case)
        responses.submit(case.therapist.again(), replace(a_submission(case, held), rater_id=rater.id))
        raters.remove_rater(case.therapist.actor, case.episode.id, rater.id)
        shown = episode_view(case.therapist.actor, case.episode.id)
        choices = link_choices(case.therapist.actor, held.id)
    assert [(one.alias, one.until) for one in shown.raters] == [("Lise", today())]
    assert [curve.rater for curve in shown.members[0].collateral] == ["Lise"]
    assert [one.rater_id for one in choices.asked] == [None]


def test_a_rater_who_has_a_link_is_asked_no_more_and_the_link_ends(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        rater, held = a_rater(case), a_session(case)
        links.make_link(case.therapist.actor, held.id, case.member.id, "ors", rater_id=rater.id)
        raters.remove_rater(case.therapist.actor, case.episode.id, rater.id)
        assert [one.state for one in links.links_of(case.therapist.actor, case.episode.id)] == ["revoked"]
        assert listed(case) == ["Lise"]


def test_a_closed_episode_keeps_its_raters(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        rater = a_rater(case)
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        with pytest.raises(Problem) as refused:
            raters.remove_rater(case.therapist.actor, case.episode.id, rater.id)
    assert refused.value.kind == "closed"


def test_raters_of_other_episodes_and_of_nobody_are_missing(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case, other = a_case(somebody(house)), a_case(somebody(house))
        rater = a_rater(case)
        for episode_id, rater_id in (
            (case.episode.id, rater.id),
            (other.episode.id, rater.id),
            (other.episode.id, uuid4()),
        ):
            with pytest.raises(Problem) as refused:
                raters.remove_rater(other.therapist.actor, episode_id, rater_id)
            assert refused.value.kind == "missing"
        assert listed(case) == ["Lise"]
