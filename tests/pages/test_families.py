"""Tests the list of families, its search, and adding a family."""

from __future__ import annotations

from flask import Flask

from backend.actions import families
from tests.factories import Person, a_browser, a_case, a_house, a_session, somebody

FRAGMENT = {"HX-Request": "true"}


def a_therapist_with_families(*aliases: str) -> Person:
    person = somebody(a_house())
    for alias in aliases:
        family = families.add_family(person.actor, alias)
        families.add_member(person.actor, family.id, f"{alias[:3]}-barn", "2012-04", "child")
    return person


def test_the_list_shows_members_last_session_and_the_open_episode(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        a_session(case)
    html = a_browser(app, case.therapist).get("/familier").text
    for shown in (case.family.alias, "Maria", "i dag", f"/forloeb/{case.episode.id}", f"/familier/{case.family.id}"):
        assert shown in html


def test_a_search_finds_families_and_persons_whatever_the_case(app: Flask) -> None:
    with app.app_context():
        person = a_therapist_with_families("Ærø 1", "Birk 2")
    client = a_browser(app, person)
    by_family, by_person = client.get("/familier?q=ÆRØ").text, client.get("/familier?q=bir-BARN").text
    assert "Ærø 1" in by_family
    assert "Birk 2" not in by_family
    assert "Birk 2" in by_person
    assert "Ærø 1" not in by_person


def test_the_same_address_gives_a_page_and_a_fragment_with_the_same_list(app: Flask) -> None:
    with app.app_context():
        person = a_therapist_with_families("Eng 1", "Eng 2")
    client = a_browser(app, person)
    page, fragment = client.get("/familier?q=Eng").text, client.get("/familier?q=Eng", headers=FRAGMENT).text
    assert "<html" in page
    assert 'value="Eng"' in page
    assert "<html" not in fragment
    assert fragment.strip() in page


def test_a_search_without_a_hit_says_what_was_searched_and_escapes_it(app: Flask) -> None:
    with app.app_context():
        person = a_therapist_with_families("Eng 1")
    html = a_browser(app, person).get("/familier?q=<b>").text
    assert "Ingen familie eller person hedder noget med ”&lt;b&gt;”." in html


def test_somebody_without_families_is_told_how_to_begin(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    assert "Begynd med Ny familie." in a_browser(app, person).get("/familier").text


def test_only_ones_own_families_are_listed(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        case = a_case(somebody(house))
        other = somebody(house)
    assert case.family.alias not in a_browser(app, other).get("/familier").text


def test_a_new_family_leads_to_its_own_page(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app, person)
    assert "Ny familie" in client.get("/familier/ny").text
    answer = client.post("/familier", data={"alias": " Solsikke 12 "})
    assert answer.status_code == 303
    assert "<h1>Solsikke 12</h1>" in client.get(answer.headers["Location"]).text


def test_a_mistake_in_a_new_family_is_told_at_the_field_and_what_was_typed_is_kept(app: Flask) -> None:
    with app.app_context():
        person = somebody(a_house())
    client = a_browser(app, person)
    answer = client.post("/familier", data={"alias": "Mor 010190-1234"})
    assert answer.status_code == 422
    assert 'value="Mor 010190-1234"' in answer.text
    assert 'aria-describedby="family-alias-help family-alias-error" aria-invalid="true"' in answer.text
    assert "Det ligner et CPR-nummer" in answer.text
    assert "Mor 010190-1234" not in client.get("/familier").text


def test_a_family_name_that_is_taken_is_a_conflict_told_at_the_field(app: Flask) -> None:
    with app.app_context():
        person = a_therapist_with_families("Eng 1")
    answer = a_browser(app, person).post("/familier", data={"alias": "Eng 1"})
    assert answer.status_code == 409
    assert "Det navn er taget." in answer.text
    assert 'aria-invalid="true"' in answer.text
