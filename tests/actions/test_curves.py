"""Tests which answers make which curve: own and others' apart, a child's and a grown-up's form together, no other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask

from backend.actions import episodes, responses
from backend.actions.trajectories import Curve, member_trajectories
from backend.problems import Problem
from backend.scoring import AgeGroup, Flag
from backend.vocabulary import RELATIONS
from tests.factories import Case, a_case, a_house, a_session, a_submission, somebody

FIRST = date(2026, 2, 2)


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        return a_case(somebody(a_house()), birth_month="2013-06")


def answer(case: Case, form: str, mark: int, week: int, rater_id: UUID | None = None) -> None:
    held = a_session(case, FIRST + timedelta(weeks=week))
    responses.submit(case.therapist.actor, a_submission(case, held, form, mark, rater_id=rater_id))


def curves(case: Case) -> dict[tuple[UUID | None, str], Curve]:
    found = member_trajectories(case.therapist.actor, case.member.id, case.episode.id)
    return {(curve.rater_id, curve.family): curve for curve in found}


def test_a_childs_and_a_grown_ups_form_share_a_curve_that_says_where_it_changed(app: Flask, case: Case) -> None:
    with app.app_context():
        for week, form in enumerate(["cors", "cors", "ors"]):
            answer(case, form, 5000 + 1000 * week, week)
        (curve,) = curves(case).values()
    assert curve.forms == ("cors", "cors", "ors")
    assert [point.form_changed for point in curve.trajectory.points] == [False, False, True]
    assert curve.trajectory.totals == (200, 240, 280)
    assert Flag.FORM_CHANGED in curve.trajectory.flags
    assert (curve.family, curve.instrument.id) == ("ors", "ors")


@pytest.mark.parametrize(("forms", "points"), [(["ors"], "6.600"), (["cors"], "9.979"), (["cors", "ors"], "9.979")])
def test_a_change_on_a_mixed_curve_is_reliable_only_if_it_is_on_each_of_its_forms(
    app: Flask, case: Case, forms: list[str], points: str
) -> None:
    with app.app_context():
        for week, form in enumerate(forms):
            answer(case, form, 5000, week)
        (curve,) = curves(case).values()
    assert curve.trajectory.reliable_change == Decimal(points)


def test_the_group_that_was_frozen_stays_when_the_form_changes(app: Flask, case: Case) -> None:
    with app.app_context():
        answer(case, "cors", 5000, 0)
        answer(case, "ors", 5000, 25)
        (curve,) = curves(case).values()
    assert (curve.trajectory.cutoff_group, curve.trajectory.cutoff) == (AgeGroup.CHILD, 320)


def test_what_others_mark_about_a_member_is_never_in_the_members_own_curve(app: Flask, case: Case) -> None:
    with app.app_context():
        actor = case.therapist.actor
        teacher, father = (
            episodes.add_rater(actor, case.episode.id, case.member.id, relation, relation).id
            for relation in ("teacher", "parent")
        )
        for rater_id, mark in ((None, 2500), (teacher, 5000), (father, 7500)):
            answer(case, "ors", mark, 0, rater_id)
        totals = {rater_id: curve.trajectory.totals for (rater_id, _), curve in curves(case).items()}
    assert totals == {None: (100,), teacher: (200,), father: (300,)}


def test_a_groups_alliance_is_a_curve_of_its_own(app: Flask, case: Case) -> None:
    with app.app_context():
        for week, form in enumerate(["srs", "gsrs", "csrs", "cgsrs"]):
            answer(case, form, 9000, week)
        found = {family: curve.forms for (_, family), curve in curves(case).items()}
    assert found == {"srs": ("srs", "csrs"), "gsrs": ("gsrs", "cgsrs")}


@pytest.mark.parametrize("relation", RELATIONS)
def test_any_relation_may_rate_a_grown_up_too(app: Flask, relation: str) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, relation, "Søs")
        answer(case, "ors", 5000, 0, rater.id)
        assert [curve.relation for curve in curves(case).values()] == [relation]


def test_the_familys_own_caseworker_is_refused_with_a_sentence(app: Flask, case: Case) -> None:
    with app.app_context(), pytest.raises(Problem) as refused:
        episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "caseworker", "Hanne")
    assert refused.value.fields["relation"].startswith("Familiens egen socialrådgiver kan ikke være bedømmer")
