"""Tests the screens of the agency's tablets: the list, what is missing, revoking, and enrolling the one at hand."""

from __future__ import annotations

import pytest
from flask import Flask

from backend.actions import inbox, tablets
from tests.factories import Device, House, Person, a_browser, a_house, a_tablet, somebody


def a_keeper(app: Flask, role: str = "therapist", house: House | None = None) -> Person:
    with app.app_context():
        return somebody(house or a_house(), role)


def an_ipad(app: Flask, person: Person, name: str = "Annes iPad", **state: object) -> Device:
    with app.app_context():
        tablet = a_tablet(person, name)
        inbox.deposit(tablet.depositor, [], state)
        return tablet


def test_the_list_says_what_a_tablet_last_told(app: Flask) -> None:
    person = a_keeper(app)
    an_ipad(app, person, next_seq=3, waiting=[1, 2], oldest_at="2026-01-05T15:40:00Z", persisted=False)
    html = a_browser(app, person).get("/ipads").text
    for told in (
        "Annes iPad",
        "af Anne Krog",
        "2 besvarelser, den ældste fra 5. jan. kl. 16.40",
        "iPad’en kan selv slette det",
        "Sidste kontakt",
    ):
        assert told in html
    assert "mangler" not in html


def test_one_waiting_answer_and_storage_that_lasts_are_told(app: Flask) -> None:
    person = a_keeper(app)
    an_ipad(app, person, next_seq=2, waiting=[1], oldest_at="2026-01-05T15:40:00Z", persisted=True)
    html = a_browser(app, person).get("/ipads").text
    assert "1 besvarelse fra 5. jan. kl. 16.40" in html
    assert "<dd>sikret</dd>" in html


def test_an_agency_without_a_tablet_is_told_how_to_begin(app: Flask) -> None:
    assert "Ingen iPad er tilmeldt endnu" in a_browser(app, a_keeper(app)).get("/ipads").text


def test_what_is_missing_is_counted_and_ends_when_staff_has_said_what_happened(app: Flask) -> None:
    person = a_keeper(app)
    tablet = an_ipad(app, person, next_seq=4, waiting=[2])
    client = a_browser(app, person)
    assert "2 besvarelser mangler: nr. 1 og 3." in client.get("/ipads").text
    told = client.get("/i-dag").text
    assert "2 besvarelser mangler: nr. 1 og 3." in told
    assert f"/ipads#ipad-{tablet.id}" in told
    wrong = client.post(f"/ipads/{tablet.id}/goer-rede", data={"note": ""})
    assert wrong.status_code == 422
    assert f'id="account-{tablet.id}-note-error"' in wrong.text
    answer = client.post(f"/ipads/{tablet.id}/goer-rede", data={"note": "Tabt i vandet"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ipads")
    html = client.get("/ipads").text
    assert "mangler" not in html
    assert "Tabt i vandet" in html


def test_one_missing_answer_is_told_in_the_singular_and_an_emptied_storage_says_so(app: Flask) -> None:
    person = a_keeper(app)
    tablet = an_ipad(app, person, next_seq=2, waiting=[1])
    with app.app_context():
        inbox.deposit(tablet.depositor, [], {"next_seq": 2, "waiting": []})
    html = a_browser(app, person).get("/ipads").text
    assert "1 besvarelse mangler: nr. 1." in html
    assert "Nr. 1 lå på iPad’en før, men gør det ikke længere: iPad’ens lager er blevet tømt." in html
    assert "Er den tabt, så spørg familien igen." in html


def test_many_missing_answers_are_counted_truly_and_the_first_are_named(app: Flask) -> None:
    person = a_keeper(app)
    an_ipad(app, person, next_seq=71, waiting=[])
    assert "70 besvarelser mangler, de første er nr. 1, 2, 3, 4 og 5." in a_browser(app, person).get("/ipads").text


def test_a_revoked_tablet_says_so_and_cannot_be_revoked_again(app: Flask) -> None:
    person = a_keeper(app)
    tablet = an_ipad(app, person)
    client = a_browser(app, person)
    assert f'action="/ipads/{tablet.id}/tilbagekald"' in client.get("/ipads").text
    assert client.post(f"/ipads/{tablet.id}/tilbagekald").status_code == 303
    html = client.get("/ipads").text
    assert "Tilbagekaldt i dag" in html
    assert "/tilbagekald" not in html


def test_a_colleague_sees_a_tablet_and_a_leader_may_also_decide_about_it(app: Flask) -> None:
    with app.app_context():
        house = a_house()
    tablet = an_ipad(app, a_keeper(app, house=house), next_seq=2, waiting=[])
    colleague = a_browser(app, a_keeper(app, house=house))
    html = colleague.get("/ipads").text
    assert "1 besvarelse mangler" in html
    assert "/tilbagekald" not in html
    assert "/goer-rede" not in html
    assert "hvad der skete" not in html, "nobody is asked to write where there is no field"
    assert colleague.post(f"/ipads/{tablet.id}/tilbagekald").status_code == 403
    for role in ("leader", "admin"):
        assert f"/ipads/{tablet.id}/tilbagekald" in a_browser(app, a_keeper(app, role, house)).get("/ipads").text


def test_another_agencys_tablet_is_not_on_the_list_and_is_nobody_here(app: Flask) -> None:
    stranger = a_keeper(app)
    an_ipad(app, stranger, "Fremmed iPad")
    with app.app_context():
        tablet = a_tablet(stranger)
    html = a_browser(app, a_keeper(app), tablet).get("/ipads").text
    assert "Fremmed iPad" not in html
    assert "data-enrolled" not in html


def test_the_tablet_at_hand_is_known_by_its_cookie(app: Flask) -> None:
    person = a_keeper(app)
    tablet = an_ipad(app, person, "Teamets iPad 2")
    for path in ("/i-dag", "/ipads"):
        assert "data-enrolled" not in a_browser(app, person).get(path).text
        html = a_browser(app, person, tablet).get(path).text
        assert 'data-enrolled="1"' in html
        assert '<dd data-tablet="name">Teamets iPad 2</dd>' in html


def test_a_tablet_that_was_enrolled_again_is_shown_as_replaced(app: Flask) -> None:
    person = a_keeper(app)
    with app.app_context():
        former = a_tablet(person)
        tablets.enrol(person.actor, "Annes iPad 2", persisted=True, former=former.depositor)
    assert "Tilmeldt på ny i dag" in a_browser(app, person).get("/ipads").text


def test_the_proposed_name_is_the_owners_and_not_taken(app: Flask) -> None:
    person = a_keeper(app)
    client = a_browser(app, person)
    assert 'value="Annes iPad"' in client.get("/ipads/tilmeld").text
    an_ipad(app, person)
    assert 'value="Annes iPad 2"' in client.get("/ipads/tilmeld").text


@pytest.mark.parametrize(
    ("query", "leads_to"),
    [
        ("", "/i-dag"),
        ("?samtale=//elsewhere.invalid", "/i-dag"),
        ("?samtale=5f0c3a52-8a53-4a3f-9d0c-0f2f3f6f8a11", "/samtaler/5f0c3a52-8a53-4a3f-9d0c-0f2f3f6f8a11"),
        ("?til=besoeg", "/besoeg"),
        ("?til=elsewhere", "/i-dag"),
    ],
)
def test_enrolling_leads_back_to_where_it_was_needed_and_nowhere_else(app: Flask, query: str, leads_to: str) -> None:
    html = a_browser(app, a_keeper(app)).get(f"/ipads/tilmeld{query}").text
    assert f'data-next="{leads_to}"' in html


def test_an_admin_enrols_and_is_led_to_no_family(app: Flask) -> None:
    admin = a_browser(app, a_keeper(app, "admin"))
    html = admin.get("/ipads/tilmeld?samtale=5f0c3a52-8a53-4a3f-9d0c-0f2f3f6f8a11").text
    assert 'data-next="/i-dag"' in html
    assert "/besoeg" not in admin.get("/ipads").text


def test_an_evaluator_has_nothing_to_do_with_tablets(app: Flask) -> None:
    client = a_browser(app, a_keeper(app, "evaluator"))
    assert client.get("/ipads").status_code == 403
    assert 'href="/ipads"' not in client.get("/i-dag").text
