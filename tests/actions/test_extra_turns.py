"""Tests which turns can be given besides start and end: by age, by goals, in waves, and by collateral raters."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from backend.actions import episodes, families, licences
from backend.actions.extra_turns import Extra
from backend.actions.session_view import session_view
from tests.factories import Case, House, a_case, a_goal, a_house, a_session, an_answer, somebody


def a_met_case(house: House | None = None) -> Case:
    case = a_case(somebody(house or a_house()))
    a_session(case)
    return case


def a_child(case: Case, born: str) -> UUID:
    return families.add_member(case.therapist.actor, case.family.id, f"Barn {born}", born, "child").id


def extras(case: Case) -> tuple[Extra, ...]:
    return session_view(case.therapist.again(), case.sessions[-1].id).extras


def forms_of_one(case: Case, member_id: UUID) -> set[str]:
    return {one.form.id for one in extras(case) if one.member_id == member_id and one.rater_id is None}


def test_each_is_offered_the_forms_for_the_age(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        young, child, small = (a_child(case, born) for born in ("2010-03", "2018-03", "2022-03"))
        assert forms_of_one(case, case.member.id) == {"who-5", "familie-inddragelse", "foraeldre-oplevelse"}
        assert forms_of_one(case, young) == {"who-5", "familie-inddragelse", "boern-inddragelse"}
        assert forms_of_one(case, child) == {"familie-inddragelse", "boern-inddragelse"}
        assert forms_of_one(case, small) == set()


def test_goals_are_offered_when_there_is_one(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        assert "maal" not in forms_of_one(case, case.member.id)
        a_goal(case)
        assert "maal" in forms_of_one(case, case.member.id)


def test_a_survey_is_offered_in_each_wave_until_it_is_answered(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        an_answer(case, case.sessions[-1], "who-5")
        waves = {one.wave: one.answered for one in extras(case) if one.form.id == "who-5"}
        assert waves == {"baseline": True, "midway": False, "final": False}


def test_raters_have_the_form_of_the_one_they_rate_and_the_childrens_for_a_small_child(app: Flask) -> None:
    with app.app_context():
        case = a_met_case()
        small = a_child(case, "2022-03")
        for member_id, alias in ((case.member.id, "Ven Bo"), (small, "Pædagog Eva")):
            episodes.add_rater(case.therapist.actor, case.episode.id, member_id, "other", alias)
        rated = [(one.who, one.form.id, one.relation) for one in extras(case) if one.rater_id]
        assert rated == [("Pædagog Eva", "cors", "other"), ("Ven Bo", "ors", "other")]


def test_nobody_is_rated_where_no_form_with_a_curve_is_licensed(app: Flask) -> None:
    with app.app_context():
        house = a_house(licensed=False)
        licences.record_licence(somebody(house, "admin").actor, "ycors", "Licensgiver", "Alle")
        case = a_met_case(house)
        episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "friend", "Ven Bo")
        assert [one.who for one in extras(case) if one.rater_id] == []
