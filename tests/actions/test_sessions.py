"""Tests which form each member is given: by age, by choice, as remembered, in a group, and as it was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from backend.actions import episodes, families, licences, responses, sessions
from backend.actions.chosen_forms import Forms
from backend.actions.session_view import Attendance, session_view
from backend.actions.sessions import Wish
from backend.clock import today
from backend.database import transaction
from backend.instruments import pack
from backend.models import Member, TherapySession
from backend.problems import Problem
from tests.factories import Case, a_case, a_house, a_session, a_submission, an_answer, somebody


def a_family(born: str) -> tuple[Case, UUID]:
    """Makes a family with a child who was born in a month, and a session; gives the child's id too."""
    case = a_case(somebody(a_house()))
    a_session(case)
    return case, families.add_member(case.therapist.actor, case.family.id, "Alma", born, "child").id


def seen(case: Case, member_id: UUID, held: TherapySession | None = None) -> Attendance:
    view = session_view(case.therapist.again(), (held or case.sessions[-1]).id)
    return next(one for one in view.people if one.person.id == member_id)


def forms(case: Case, member_id: UUID, held: TherapySession | None = None) -> tuple[str, str]:
    one = seen(case, member_id, held)
    return one.start.id, one.end.id


def choose(case: Case, member_id: UUID, **wish: str) -> None:
    sessions.choose_present(case.therapist.again(), case.sessions[-1].id, [member_id], {member_id: Wish(**wish)})


@pytest.mark.parametrize(
    ("born", "expected"),
    [("1990-05", ("ors", "srs")), ("2016-05", ("cors", "csrs")), ("2022-05", ("ycors", "ycsrs"))],
)
def test_the_form_is_proposed_by_age(app: Flask, born: str, expected: tuple[str, str]) -> None:
    with app.app_context():
        case, alma = a_family(born)
        assert forms(case, alma) == expected


def test_a_form_for_another_age_brings_its_own_form_for_the_end_and_is_remembered(app: Flask) -> None:
    with app.app_context():
        case, alma = a_family("2016-05")
        choose(case, alma, start="ors")
        assert forms(case, alma) == ("ors", "srs")
        choose(case, alma, start="ors", end="csrs")
        assert forms(case, alma) == ("ors", "csrs")
        choose(case, alma, start="ors")
        assert forms(case, alma) == ("ors", "csrs"), "what is chosen again is no change"
        a_session(case)
        assert forms(case, alma) == ("ors", "csrs")
        choose(case, alma, start="ycors")
        assert forms(case, alma) == ("ycors", "ycsrs")


def test_an_answered_form_stays_and_the_end_can_still_be_changed(app: Flask) -> None:
    with app.app_context():
        case, alma = a_family("2016-05")
        choose(case, alma)
        responses.submit(case.therapist.again(), replace(a_submission(case, case.sessions[-1], "cors"), member_id=alma))
        choose(case, alma, start="ors", end="srs")
        assert forms(case, alma) == ("cors", "srs")


def test_what_was_answered_is_remembered_where_nothing_was_chosen(app: Flask) -> None:
    with app.app_context():
        case, alma = a_family("2016-05")
        given = replace(a_submission(case, case.sessions[-1], "ors"), member_id=alma)
        responses.submit(case.therapist.again(), given)
        a_session(case)
        assert forms(case, alma)[0] == "ors"


def test_a_group_has_its_own_form_for_the_end_and_the_next_talk_its_own_again(app: Flask) -> None:
    with app.app_context():
        case, alma = a_family("2016-05")
        choose(case, alma)
        group = episodes.hold_session(case.therapist.actor, case.episode.id, today(), "group")
        assert forms(case, alma, group) == ("cors", "cgsrs")
        assert forms(case, case.member.id, group) == ("ors", "gsrs")
        sessions.choose_present(case.therapist.again(), group.id, [alma])
        a_session(case)
        assert forms(case, alma) == ("cors", "csrs")


def test_a_form_that_is_not_licensed_is_not_proposed(app: Flask) -> None:
    with app.app_context():
        house = a_house(licensed=False)
        for form in ("ors", "srs"):
            licences.record_licence(somebody(house, "admin").actor, form, "Licensgiver", "Alle")
        case = a_case(somebody(house))
        a_session(case)
        noah = families.add_member(case.therapist.actor, case.family.id, "Noah", "2016-05", "child")
        assert forms(case, noah.id) == ("ors", "srs")
        with pytest.raises(Problem) as refused:
            choose(case, noah.id, start="cors")
        assert list(refused.value.fields) == ["present"]


def test_a_raters_answer_is_hidden_until_the_member_who_is_here_has_answered_too(app: Flask) -> None:
    with app.app_context():
        case, _ = a_family("2016-05")
        choose(case, case.member.id)
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "friend", "Bo")
        held = case.sessions[-1]
        theirs = replace(a_submission(case, held, mark=4000), rater_id=rater.id)
        responses.submit(case.therapist.again(), theirs)
        (alone,) = seen(case, case.member.id).others
        assert (alone.hidden, alone.rater, alone.total, alone.lines) == (True, "Bo", None, ())
        an_answer(case, held)
        (beside,) = seen(case, case.member.id).others
        assert (beside.hidden, beside.total) == (False, 160)


def test_a_raters_answer_about_somebody_who_does_not_answer_is_not_kept_back(app: Flask) -> None:
    with app.app_context():
        case, alma = a_family("2016-05")
        choose(case, case.member.id)
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, alma, "pedagogue", "Bo")
        theirs = replace(a_submission(case, case.sessions[-1], "cors"), member_id=alma, rater_id=rater.id)
        responses.submit(case.therapist.again(), theirs)
        assert [one.total for one in seen(case, alma).others] == [252]


def test_an_anonymous_answer_gives_nothing_of_what_was_answered(app: Flask) -> None:
    with app.app_context():
        case, alma = a_family("2016-05")
        given = a_submission(case, case.sessions[-1], "boern-inddragelse", anonymous=True)
        responses.submit(case.therapist.again(), replace(given, member_id=alma))
        (voice,) = seen(case, alma).voices
        assert voice.anonymous
        assert (voice.lines, voice.given, voice.total) == ((), {}, None)


@pytest.mark.parametrize(
    ("used", "expected"),
    [("ors", ("ors", "srs")), ("srs", ("cors", "srs")), ("boern-inddragelse", ("cors", "csrs"))],
)
def test_whoever_answers_unasked_was_here_with_that_form(app: Flask, used: str, expected: tuple[str, str]) -> None:
    with app.app_context():
        case, alma = a_family("2016-05")
        agency_id = case.therapist.actor.agency_id
        with transaction(agency_id) as session:
            held = session.get_one(TherapySession, (agency_id, case.sessions[-1].id))
            offered = Forms.of(session, case.family.id, held.held_on, held.kind)
            sessions.make_present(session, offered, held, session.get_one(Member, (agency_id, alma)), pack(used))
        assert seen(case, alma).present
        assert forms(case, alma) == expected


def test_the_day_of_the_session_decides_the_age(app: Flask) -> None:
    with app.app_context():
        turned = today().replace(day=1)
        born = f"{turned.year - 13}-{turned.month:02}"
        case, alma = a_family(born)
        before = a_session(case, turned - timedelta(days=1))
        assert forms(case, alma)[0] == "cors"
        assert forms(case, alma, case.sessions[0])[0] == "ors"
        assert before.held_on < turned
