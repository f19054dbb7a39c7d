"""Tests what staff does with one-time links: made within their limits, listed, reminded, revoked; by whom they may."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import episodes, invitations, links, sessions
from backend.actions.chosen_forms import NOT_FOR_RATERS
from backend.actions.link_choices import link_choices
from backend.actions.sessions import Wish
from backend.clock import now, today
from backend.database import transaction
from backend.instruments import packs
from backend.models import Link
from backend.problems import Problem
from backend.security.links import bearer_of
from tests.actions.linking import a_link, a_teacher, in_danish, sealed
from tests.factories import Case, a_case, a_goal, a_house, a_session, somebody


def refused(make: object, *given: object, **named: object) -> Problem:
    with pytest.raises(Problem) as caught:
        make(*given, **named)  # type: ignore[operator]
    return caught.value


def states(case: Case) -> list[str]:
    return [view.state for view in links.links_of(case.therapist.actor, case.episode.id)]


@pytest.fixture
def case(app: Flask) -> Case:
    with app.app_context():
        return a_case(somebody(a_house()))


def test_a_link_lasts_seven_days_unless_told_otherwise(app: Flask, case: Case) -> None:
    with app.app_context():
        held = a_session(case)
        week, month = a_link(case, held), a_link(case, held, "srs", days=30)
    assert week.view.expires_at - week.view.created_at == timedelta(days=7)
    assert month.view.expires_at - month.view.created_at == timedelta(days=30)
    assert (week.view.who, week.view.state, week.view.made_by) == ("Maria", "waiting", "Anne Krog")


@pytest.mark.parametrize("days", [0, -1, 31])
def test_a_link_lasts_from_one_day_to_thirty(app: Flask, case: Case, days: int) -> None:
    with app.app_context():
        problem = refused(a_link, case, a_session(case), days=days)
    assert problem.fields == {"days": "Vælg fra 1 til 30 dage."}


def test_a_link_needs_a_form_that_exists_and_is_licensed(app: Flask, case: Case) -> None:
    with app.app_context():
        assert "instrument" in refused(a_link, case, a_session(case), "findes-ikke").fields
        unlicensed = a_case(somebody(a_house(licensed=False)))
        assert refused(a_link, unlicensed, a_session(unlicensed)).kind == "no-licence"


def test_a_link_belongs_to_an_open_episode_and_its_own_family(app: Flask, case: Case) -> None:
    with app.app_context():
        held, other = a_session(case), a_case(case.therapist)
        assert refused(links.make_link, case.therapist.actor, held.id, other.member.id, "ors").kind == "missing"
        assert refused(links.make_link, case.therapist.actor, held.id, uuid4(), "ors").kind == "missing"
        assert refused(a_link, case, held, rater_id=uuid4()).kind == "missing"
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
        assert refused(a_link, case, held).kind == "closed"


def test_a_rater_is_asked_only_what_is_worded_for_raters(app: Flask, case: Case) -> None:
    with app.app_context():
        held, rater = a_session(case), a_teacher(case)
        a_goal(case)
        for form in packs().values():
            if form.for_raters:
                assert a_link(case, held, form.id, rater_id=rater.id).view.who == "Marias lærer"
            else:
                wave = "baseline" if form.waves else None
                problem = refused(a_link, case, held, form.id, rater_id=rater.id, wave=wave)
                assert problem.fields == {"rater_id": NOT_FOR_RATERS}


def test_an_older_link_that_asks_a_rater_anything_else_is_as_revoked(app: Flask, case: Case) -> None:
    with app.app_context():
        made = a_link(case, a_session(case), rater_id=a_teacher(case).id)
        with transaction(case.therapist.actor.agency_id) as session:
            session.get_one(Link, (case.therapist.actor.agency_id, made.view.id)).instrument = "who-5"
        assert states(case) == ["revoked"]
        problem = refused(invitations.begin, bearer_of(made.token, "127.0.0.1"), "da")
        assert problem.detail == invitations.GONE["revoked"]


def test_goals_are_asked_about_when_there_are_some(app: Flask, case: Case) -> None:
    with app.app_context():
        assert "instrument" in refused(a_link, case, a_session(case), "maal").fields


def test_a_survey_in_waves_is_asked_in_one_of_them(app: Flask, case: Case) -> None:
    with app.app_context():
        held = a_session(case)
        assert "wave" in refused(a_link, case, held, "foraeldre-oplevelse").fields
        assert a_link(case, held, "foraeldre-oplevelse", wave="midway").view.wave == "midway"
        assert a_link(case, held, wave="midway").view.wave is None


def test_a_new_link_to_the_same_form_ends_the_one_before(app: Flask, case: Case) -> None:
    with app.app_context():
        held = a_session(case)
        for _ in range(2):
            a_link(case, held)
        a_link(case, held, "srs")
        a_link(case, held, rater_id=a_teacher(case).id)
        assert sorted(states(case)) == ["revoked", "waiting", "waiting", "waiting"]


def test_a_page_that_is_sent_twice_makes_one_link(app: Flask, case: Case) -> None:
    with app.app_context():
        held, name = a_session(case), uuid4()
        a_link(case, held, link_id=name)
        assert refused(a_link, case, held, link_id=name).kind == "conflict"
        assert states(case) == ["waiting"]


def test_revoking_and_closing_end_a_link(app: Flask, case: Case) -> None:
    with app.app_context():
        held, actor = a_session(case), case.therapist.actor
        links.revoke_link(actor, a_link(case, held).view.id)
        assert states(case) == ["revoked"]
        a_link(case, held, "srs")
        assert [view.form.id for view in links.awaited(actor)] == ["srs"]
        episodes.close_episode(actor, case.episode.id, today(), "planned")
        assert states(case) == ["revoked", "revoked"]
        assert links.awaited(actor) == []


def test_the_first_to_expire_is_waited_for_first_and_a_reminder_is_kept(app: Flask, case: Case) -> None:
    with app.app_context():
        held, actor = a_session(case), case.therapist.actor
        late = a_link(case, held, days=14)
        a_link(case, held, "srs", days=2)
        links.remind_link(actor, late.view.id)
        first, second = links.awaited(actor)
        assert (first.form.id, second.form.id) == ("srs", "ors")
        assert first.reminded_at is None
        assert second.reminded_at is not None
        assert second.reminded_at <= now()
        assert [view.id for view in links.links_in(actor, held.id)] == [first.id, second.id]


def test_links_of_another_therapist_are_missing(app: Flask, case: Case) -> None:
    with app.app_context():
        made = a_link(case, a_session(case))
        stranger = somebody(a_house()).actor
        for act in (links.revoke_link, links.remind_link):
            assert refused(act, stranger, made.view.id).kind == "missing"
        assert links.awaited(stranger) == []
        assert links.links_of(stranger, case.episode.id) == []


def test_everybody_who_can_be_asked_is_offered_with_a_fitting_form(app: Flask, case: Case) -> None:
    with app.app_context():
        held = a_session(case)
        a_teacher(case)
        member, rater = link_choices(case.therapist.actor, held.id).asked
    assert (member.who, member.proposed) == ("Maria", "srs")
    assert (rater.who, rater.relation, rater.proposed) == ("Marias lærer", "teacher", "ors")
    assert "maal" not in {form.id for form in member.forms}
    assert {form.id for form in rater.forms} == {"ors", "cors", "ycors"}


def test_without_a_licence_only_free_forms_are_offered(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house(licensed=False)))
        asked = link_choices(case.therapist.actor, a_session(case).id).asked
    assert [form.requires_licence for one in asked for form in one.forms if form.requires_licence] == []


def test_after_a_group_its_own_form_is_offered(app: Flask, case: Case) -> None:
    with app.app_context():
        held = episodes.hold_session(case.therapist.actor, case.episode.id, today(), "group")
        (member,) = link_choices(case.therapist.actor, held.id).asked
    assert member.proposed == "gsrs"


def test_a_member_without_a_chosen_form_is_offered_one_by_age(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()), birth_month=f"{today().year - 8}-01")
        held = a_session(case)
        (member,) = link_choices(case.therapist.actor, held.id).asked
    assert member.proposed == "csrs"


def test_the_form_that_staff_chose_by_maturity_is_proposed(app: Flask, case: Case) -> None:
    with app.app_context():
        held, actor = a_session(case), case.therapist.actor
        sessions.choose_present(actor, held.id, [case.member.id], {case.member.id: Wish(start="cors", end="csrs")})
        a_teacher(case)
        member, rater = link_choices(actor, held.id).asked
    assert (member.proposed, rater.proposed) == ("csrs", "cors")


def test_a_used_link_cannot_be_revoked(app: Flask, case: Case) -> None:
    with app.app_context():
        actor, made = case.therapist.actor, a_link(case, a_session(case))
        bearer = bearer_of(made.token, "127.0.0.1")
        begun = invitations.begin(bearer, "da").as_json(in_danish)
        assert invitations.answer(bearer, sealed(case, begun)).outcome == "created"
        links.revoke_link(actor, made.view.id)
        assert states(case) == ["used"]
