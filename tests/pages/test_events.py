"""Tests of the screen of one change and of the list on the episode: typed, shown, put anew, withdrawn, each mistake."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families, intervention_types
from backend.actions.overview import EpisodeView, episode_view
from backend.clock import today
from tests.factories import Case, a_browser, a_case, a_house, somebody


def a_desk(app: Flask) -> tuple[Case, FlaskClient, str]:
    """Gives a case with a second parent, its therapist's browser, and the address of its changes."""
    with app.app_context():
        case = a_case(somebody(a_house(licensed=False)))
        families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
    return case, a_browser(app, case.therapist), f"/forloeb/{case.episode.id}/aendringer"


def stored(app: Flask, case: Case) -> EpisodeView:
    with app.app_context():
        return episode_view(case.therapist.actor, case.episode.id)


def change(app: Flask, case: Case, **changes: str) -> dict[str, str]:
    """Gives what is typed about a change: Maria agrees, Jonas does not."""
    with app.app_context():
        kind = intervention_types.types(case.therapist.actor)[1]
    maria, jonas = sorted(stored(app, case).members, key=lambda one: one.person.alias != "Maria")
    given = {
        "kind": "intervention",
        "type_id": str(kind.id),
        "name": "familiebehandling",
        "since": "9.6.2026",
        "until": "",
        "member_id": "",
        "reason": "Skænderier fyldte mere end struktur.",
        f"agrees-{maria.person.id}": "yes",
        f"words-{maria.person.id}": "",
        f"agrees-{jonas.person.id}": "no",
        f"words-{jonas.person.id}": "Vi mangler hænder, ikke snak. <b>",
    }
    return given | changes


def said(html: str) -> str:
    return " ".join(html.split())


def test_an_empty_log_offers_to_write(app: Flask) -> None:
    case, browser, address = a_desk(app)
    html = browser.get(f"/forloeb/{case.episode.id}").text
    assert "Ingen endnu. Skriv, når hjælpen skifter" in html
    assert f'href="{address}/ny"' in html
    assert browser.get(f"{address}/ny").status_code == 200


def test_a_change_is_listed_with_who_agreed_and_the_disagreement_verbatim(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(address, data=change(app, case))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/forloeb/{case.episode.id}#aendringer")
    html = said(browser.get(f"/forloeb/{case.episode.id}").text)
    assert '<p class="event-when">9. jun.</p>' in html
    assert '<h3 class="event-name">Familiebehandling</h3>' in html
    assert '<span class="muted">Maria enig</span>, <strong>Jonas uenig</strong>: ”' in html
    assert '<bdi class="event-said" dir="auto">Vi mangler hænder, ikke snak. &lt;b&gt;</bdi>”' in html


def test_a_whole_family_that_agrees_is_said_in_two_words(app: Flask) -> None:
    case, browser, address = a_desk(app)
    given = change(app, case, member_id=str(case.member.id))
    agreed = {key: "yes" if key.startswith("agrees") else value for key, value in given.items()}
    silent = {key: "" if key.startswith("words") else value for key, value in agreed.items()}
    browser.post(address, data=silent)
    html = said(browser.get(f"/forloeb/{case.episode.id}").text)
    assert "Familien enig." in html
    assert "Familiebehandling til Maria" in html


def test_a_pause_is_listed_with_both_days(app: Flask) -> None:
    case, browser, address = a_desk(app)
    holiday = {"kind": "pause", "name": "sommerferie", "since": "2026-06-28", "until": "2026-08-16", "type_id": ""}
    browser.post(address, data=change(app, case) | holiday)
    html = browser.get(f"/forloeb/{case.episode.id}").text
    assert "28. jun. – 16. aug." in html


def test_a_change_is_put_anew_and_what_it_was_is_folded_away(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(address, data=change(app, case))
    (first,) = stored(app, case).events
    form = said(browser.get(f"{address}/{first.id}").text)
    assert 'value="2026-06-09"' in form
    assert "Skænderier fyldte mere end struktur." in form
    assert re.search(r'value="no" checked', form)
    browser.post(f"{address}/{first.id}", data=change(app, case, reason="Skole"))
    html = said(browser.get(f"/forloeb/{case.episode.id}").text)
    fold = html[html.index('<details class="event-history">') :]
    assert "Før: Familiebehandling, 9. jun.. Skrevet af Anne Krog i dag kl." in fold.replace("</span>", "")
    assert "Skænderier fyldte mere end struktur." in fold
    assert "Sådan stod der før" in browser.get(f"{address}/{stored(app, case).events[0].id}").text


def test_a_withdrawn_change_is_under_its_own_fold(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(address, data=change(app, case))
    (made,) = stored(app, case).events
    answer = browser.post(f"{address}/{made.id}/traek")
    assert (answer.status_code, stored(app, case).events) == (303, ())
    html = said(browser.get(f"/forloeb/{case.episode.id}").text)
    assert html.index("Trukket tilbage") < html.index("Familiebehandling</h3>")
    assert browser.get(f"{address}/{made.id}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "Vælg en af dem."),
        ({"type_id": "nej"}, "type_id", "Vælg en fra listen."),
        ({"since": "i går"}, "since", "Skriv en dato, for eksempel 24.11.2026."),
        ({"since": "2026-01-04"}, "since", "Datoen kan tidligst være 5.1.2026."),
        ({"until": "2026-06-08"}, "until", "Slutdagen ligger før begyndelsen."),
        ({"name": "x" * 41}, "name", "Skriv højst 40 tegn."),
        ({"reason": "å" * 2_001}, "reason", "Skriv højst 2000 tegn. Der er 2001."),
    ],
)
def test_a_mistake_stands_at_its_field_and_what_was_typed_stays(
    app: Flask, changes: dict[str, str], field: str, sentence: str
) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(address, data=change(app, case, **changes))
    assert answer.status_code == 422
    assert re.search(rf'id="event-{field}-error">{re.escape(sentence)}', answer.text)
    assert "Vi mangler hænder, ikke snak. &lt;b&gt;" in answer.text
    assert stored(app, case).events == ()


def test_words_without_saying_what_they_belong_to_are_asked_about(app: Flask) -> None:
    case, browser, address = a_desk(app)
    unsaid = {key: "" if value == "no" else value for key, value in change(app, case).items()}
    answer = browser.post(address, data=unsaid)
    assert answer.status_code == 422
    assert "Vælg enig eller uenig, så ordene hører til noget." in answer.text


def test_sent_twice_it_is_written_once(app: Flask) -> None:
    case, browser, address = a_desk(app)
    given = change(app, case)
    assert [browser.post(address, data=given).status_code for _ in range(2)] == [303, 303]
    assert len(stored(app, case).events) == 1


def test_a_closed_episode_shows_its_log_and_takes_nothing_more(app: Flask) -> None:
    case, browser, address = a_desk(app)
    given = change(app, case)
    browser.post(address, data=given)
    (made,) = stored(app, case).events
    with app.app_context():
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    html = browser.get(f"/forloeb/{case.episode.id}").text
    assert "Jonas uenig" in html
    assert f"{address}/" not in html
    assert browser.post(address, data=given).status_code == 409
    assert "her kan ikke skrives mere" in browser.get(f"{address}/ny").text
    assert browser.get(f"{address}/{made.id}").status_code == 404


def test_another_therapist_s_change_is_missing_byte_for_byte(app: Flask) -> None:
    case, browser, address = a_desk(app)
    given = change(app, case)
    browser.post(address, data=given)
    (made,) = stored(app, case).events
    with app.app_context():
        stranger = a_browser(app, somebody(a_house(licensed=False)))
    for method, door in (("GET", f"/{made.id}"), ("POST", f"/{made.id}"), ("POST", f"/{made.id}/traek"), ("POST", "")):
        data = given if method == "POST" else None
        foreign = stranger.open(f"{address}{door}", method=method, data=data)
        unknown = stranger.open(f"/forloeb/{uuid4()}/aendringer{door}", method=method, data=data)
        assert foreign.status_code == unknown.status_code == 404
        assert foreign.data == unknown.data
    assert browser.get(f"{address}/{uuid4()}").status_code == 404
