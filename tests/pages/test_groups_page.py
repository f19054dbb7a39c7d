"""Tests the screens of groups: the list, a new meeting, everybody's forms, the tablet and the link for one person."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import episodes, families, groups, responses
from backend.actions.family_choice import OFFERED
from backend.actions.group_view import group_view
from backend.actions.hand_over import hand_over_one
from backend.actions.responses import Submission
from backend.actions.sessions import begin_today
from backend.clock import today
from backend.instruments import packs
from backend.models import GroupMeeting
from tests.factories import PIN, Case, Person, a_browser, a_case, a_house, a_tablet, marks_of, somebody


def a_group(app: Flask, count: int = 2) -> tuple[Person, GroupMeeting, list[Case]]:
    """Gives a therapist with a meeting of so many families of one person each."""
    with app.app_context():
        person = somebody(a_house())
        cases = [a_case(person) for _ in range(count)]
        group = groups.create_group(person.actor, "Forældregruppe", today(), [case.member.id for case in cases])
    return person, group, cases


def an_answer_of(app: Flask, person: Person, group: GroupMeeting, place: int, mark: int) -> None:
    """Hands in the group's own form for one of its people, counted from 0: the same mark on every line."""
    form = packs()["gsrs"]
    with app.app_context():
        one = group_view(person.actor, group.id).people[place]
        marks = marks_of("gsrs", mark)
        place_of = (one.session_id, one.member_id, None)
        responses.submit(person.again(), Submission(uuid4(), *place_of, form.id, form.version, "da", marks))


def said(html: str) -> str:
    return " ".join(html.split())


def test_the_list_is_reached_from_the_menu_and_says_when_it_is_empty(app: Flask) -> None:
    with app.app_context():
        browser = a_browser(app, somebody(a_house()))
    assert 'href="/grupper"' in browser.get("/i-dag").text
    html = browser.get("/grupper").text
    assert "Ingen gruppemøder endnu." in html
    assert "Du har ingen familier med et åbent forløb." in browser.get("/grupper/ny").text


@pytest.mark.parametrize("role", ["evaluator", "admin"])
def test_roles_without_families_have_no_groups_in_the_menu(app: Flask, role: str) -> None:
    with app.app_context():
        browser = a_browser(app, somebody(a_house(), role))
    assert 'href="/grupper"' not in browser.get("/i-dag").text


def test_a_meeting_is_made_of_members_of_several_families(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = [a_case(person), a_case(person)]
    browser = a_browser(app, person)
    form = browser.get("/grupper/ny").text
    assert all(case.family.alias in form for case in cases)
    chosen = [str(case.member.id) for case in cases]
    answer = browser.post("/grupper", data={"name": "Mødregruppe", "held_on": "", "members": chosen})
    assert answer.status_code == 303
    html = said(browser.get(answer.headers["Location"]).text)
    assert "<h1>Mødregruppe</h1>" in html
    assert html.count("Giv iPad’en") == 4
    assert "To personer." in html
    assert "to personer" in browser.get("/grupper").text


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "group-name", "Skriv noget her."),
        ({"held_on": "snart"}, "group-held_on", "Skriv en dato"),
        ({"held_on": "2999-01-01"}, "group-held_on", "Datoen ligger i fremtiden."),
        ({"members": []}, "members", "Vælg mindst én, der er med i gruppen."),
        ({"members": ["ingen"]}, "members", "Vælg en fra listen."),
    ],
)
def test_a_mistaken_meeting_is_refused_at_its_field_and_kept(
    app: Flask, changes: dict[str, object], field: str, sentence: str
) -> None:
    with app.app_context():
        person = somebody(a_house())
        case = a_case(person)
    given = {"name": "Gruppen", "held_on": today().isoformat(), "members": [str(case.member.id)]} | changes
    answer = a_browser(app, person).post("/grupper", data=given)
    assert answer.status_code == 422
    assert re.search(rf'id="{field}-error"[^>]*>{re.escape(sentence)}', answer.text)
    assert f'value="{case.member.id}"{" checked" if given["members"] == [str(case.member.id)] else ""}>' in answer.text


def test_answers_are_shown_one_by_one_and_the_group_from_three(app: Flask) -> None:
    person, group, _ = a_group(app, 3)
    browser = a_browser(app, person)
    for place, mark in enumerate((8_000, 9_500)):
        an_answer_of(app, person, group, place, mark)
    html = said(browser.get(f"/grupper/{group.id}").text)
    assert '<strong class="number">32,0</strong>' in html
    assert "Vises, når mindst tre har svaret. Nu: to." in html
    an_answer_of(app, person, group, 2, 9_000)
    html = said(browser.get(f"/grupper/{group.id}").text)
    assert '<dd class="number"><strong>36,0</strong></dd>' in html
    assert '<dd class="number">32,0–38,0</dd>' in html


def test_more_people_are_added_on_the_screen_of_the_meeting(app: Flask) -> None:
    person, group, cases = a_group(app)
    with app.app_context():
        joins = families.add_member(person.actor, cases[0].family.id, "Karim", "1980-04", "partner")
    browser = a_browser(app, person)
    assert f'value="{joins.id}"' in browser.get(f"/grupper/{group.id}").text
    nobody = browser.post(f"/grupper/{group.id}/personer")
    assert nobody.status_code == 422
    assert 'id="members-error"' in nobody.text
    added = browser.post(f"/grupper/{group.id}/personer", data={"members": [str(joins.id)]})
    assert added.status_code == 303
    html = browser.get(f"/grupper/{group.id}").text
    assert "Karim" in html
    assert f'value="{joins.id}">' in html.split("Tilføj personer")[0]


def given(app: Flask, person: Person, group: GroupMeeting) -> dict[str, str]:
    with app.app_context():
        one = group_view(person.actor, group.id).people[0]
    return {"session_id": str(one.session_id), "member_id": str(one.member_id), "instrument": one.end.form.id}


def test_the_tablet_is_handed_over_to_one_person_for_one_form(app: Flask) -> None:
    person, group, _ = a_group(app)
    with app.app_context():
        tablet = a_tablet(person)
    browser = a_browser(app, person, tablet)
    answer = browser.post(f"/grupper/{group.id}/giv", data=given(app, person, group))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tablet")
    turns = browser.get("/tablet/ture").get_json()["turns"]
    assert [(turn["who"], turn["instrument"]) for turn in turns] == [("Maria", "gsrs")]


def test_a_tablet_that_is_not_enrolled_is_enrolled_first(app: Flask) -> None:
    person, group, _ = a_group(app)
    wanted = given(app, person, group)
    answer = a_browser(app, person).post(f"/grupper/{group.id}/giv", data=wanted)
    assert answer.headers["Location"] == f"/ipads/tilmeld?samtale={wanted['session_id']}"


def test_a_form_that_has_been_answered_is_not_given_again(app: Flask) -> None:
    person, group, _ = a_group(app)
    with app.app_context():
        tablet = a_tablet(person)
    wanted = given(app, person, group)
    an_answer_of(app, person, group, 0, 9_000)
    answer = a_browser(app, person, tablet).post(f"/grupper/{group.id}/giv", data=wanted)
    assert answer.status_code == 422
    assert "Maria har allerede svaret" in answer.text


def test_nonsense_instead_of_a_person_is_refused(app: Flask) -> None:
    person, group, _ = a_group(app)
    answer = a_browser(app, person).post(f"/grupper/{group.id}/giv", data={"session_id": "x"})
    assert answer.status_code == 422
    assert "Vælg en fra listen." in answer.text


def test_a_link_to_one_person_is_made_from_the_meeting(app: Flask) -> None:
    person, group, _ = a_group(app)
    browser, address = a_browser(app, person), f"/grupper/{group.id}"
    forms = re.findall(r'action="(/samtaler/[^"]+/svar-links)"(.*?)</form>', browser.get(address).text, re.DOTALL)
    action, inside = forms[0]
    fields = dict(re.findall(r'name="(id|member_id|form|days)" value="([^"]+)"', inside))
    assert set(fields) == {"id", "member_id", "form", "days"}
    answer = browser.post(action, data=fields)
    assert answer.status_code == 200
    assert "/svar/" in answer.text


def test_people_of_a_closed_episode_are_given_nothing_more(app: Flask) -> None:
    person, group, cases = a_group(app, 1)
    with app.app_context():
        episodes.close_episode(person.actor, cases[0].episode.id, today(), "planned")
    html = a_browser(app, person).get(f"/grupper/{group.id}").text
    assert "Giv iPad’en" not in html
    assert "ikke udfyldt" in html


def test_a_colleague_s_people_are_counted_and_not_named(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        leader, therapist, colleague = somebody(house, "leader"), somebody(house), somebody(house)
        mine, theirs = a_case(therapist), a_case(colleague)
        both = [mine.member.id, theirs.member.id]
        group = groups.create_group(leader.actor, "Gruppen", today() - timedelta(days=1), both)
    html = a_browser(app, therapist).get(f"/grupper/{group.id}").text
    assert mine.family.alias in html
    assert theirs.family.alias not in html
    assert "og én anden" in html
    assert a_browser(app, leader).get(f"/grupper/{group.id}").text.count("Giv iPad’en") == 4


def test_a_foreign_meeting_is_missing(app: Flask) -> None:
    _, group, _ = a_group(app)
    with app.app_context():
        stranger = a_browser(app, somebody(a_house()))
    assert stranger.get(f"/grupper/{group.id}").status_code == 404


def test_staff_comes_back_to_the_group_that_the_tablet_was_given_in(app: Flask) -> None:
    person, group, cases = a_group(app)
    with app.app_context():
        session_id = group_view(person.actor, group.id).people[0].session_id
        hand_over_one(person.actor, session_id, cases[0].member.id, "gsrs")
        tablet = a_tablet(person)
    browser = a_browser(app, person, tablet)
    assert browser.get("/tablet/ture").json["next"] == f"/grupper/{group.id}"
    assert browser.post("/tablet/laas-op", json={"pin": PIN}).json == {"next": f"/grupper/{group.id}"}
    assert f'href="/grupper/{group.id}"' in browser.get(f"/samtaler/{session_id}").text


def test_a_group_of_today_is_not_the_familys_own_session_of_today(app: Flask) -> None:
    person, group, cases = a_group(app)
    with app.app_context():
        own = begin_today(person.actor, cases[0].episode.id)
        in_group = group_view(person.actor, group.id).people[0].session_id
        assert own != in_group
        assert begin_today(person.actor, cases[0].episode.id) == own


def test_what_was_typed_and_ticked_outlives_a_search_without_script(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
        cases = [a_case(person) for _ in range(OFFERED + 1)]
        sought = families.add_member(person.actor, cases[0].family.id, "Ægir", "2015-03", "child")
    browser = a_browser(app, person)
    form = browser.get("/grupper/ny").text
    assert form.count('class="choose-family"') == OFFERED
    assert 'formmethod="get" formaction="/grupper/ny" formnovalidate' in form
    ticked = str(cases[1].member.id)
    asked = {"name": "Mødregruppe", "held_on": "2026-11-02", "members": [ticked], "q": "ægir"}
    found = browser.get("/grupper/ny", query_string=asked).text
    assert 'value="Mødregruppe"' in found
    assert 'value="2026-11-02"' in found
    assert f'value="{ticked}" checked>' in found
    assert f'value="{sought.id}">' in found
    assert found.count('class="choose-family"') == 2
    made = browser.post("/grupper", data=asked | {"held_on": "", "members": [ticked, str(sought.id)]})
    assert "To personer." in said(browser.get(made.headers["Location"]).text)


def test_a_search_for_whom_to_add_opens_the_fold_and_a_piece_is_fetched_alone(app: Flask) -> None:
    person, group, _ = a_group(app)
    with app.app_context():
        joins = a_case(person)
    browser = a_browser(app, person)
    html = browser.get(f"/grupper/{group.id}", query_string={"q": joins.family.alias}).text
    assert "<details open>" in html
    assert f'value="{joins.member.id}">' in html
    piece = browser.get(f"/grupper/{group.id}?q=maria", headers={"HX-Request": "true"}).text
    assert f'value="{joins.member.id}">' in piece
    assert "<html" not in piece
    foreign = browser.get(f"/grupper/{uuid4()}?q=maria", headers={"HX-Request": "true"})
    assert foreign.status_code == 404


def test_a_mistake_keeps_who_was_ticked_to_be_added(app: Flask) -> None:
    person, group, _ = a_group(app)
    with app.app_context():
        joins = a_case(person)
    given = {"members": [str(joins.member.id), str(uuid4())]}
    answer = a_browser(app, person).post(f"/grupper/{group.id}/personer", data=given)
    assert answer.status_code == 404
    assert f'value="{joins.member.id}" checked>' in answer.text
