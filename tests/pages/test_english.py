"""Tests English as the second language: chosen by staff, a browser or a family member, and no Danish left on screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Message
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.actions import episodes, families, hand_over, responses, sessions, staff
from backend.clock import today
from backend.database import transaction
from backend.instruments import packs
from backend.models import AuditEntry
from scripts.translations import CATALOGUES, PLACEHOLDER, broken, mistakes, read, wanted
from tests.factories import PIN, Case, a_browser, a_case, a_house, a_session, a_submission, an_answer, somebody
from tests.factories import a_tablet as enrolled

ENGLISH = CATALOGUES / "en" / "LC_MESSAGES" / "messages.po"
SPOKEN = {"aria-label", "aria-valuetext", "title", "placeholder", "alt", "data-words", "data-unreached", "data-refused"}


class Words(HTMLParser):
    """Gathers what a page says, seen or heard; scripts and what is stored as data say nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if name in SPOKEN and value]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def said(html: str) -> str:
    """Gives what a page says, a line each, blanks made one."""
    words = Words()
    words.feed(html)
    return "\n".join(" ".join(part.split()) for part in words.said if part.strip())


def pattern(sentence: str) -> re.Pattern[str]:
    """Gives how a sentence is found on a page, whatever is filled in."""
    literal = [re.escape(part) for part in PLACEHOLDER.split(sentence)]
    return re.compile(r"(?<!\w)" + ".+".join(literal) + r"(?!\w)")


@cache
def danish() -> tuple[re.Pattern[str], ...]:
    """Gives the Danish sentences that can be told from English: those that no English sentence holds."""
    messages = [message for message in read(ENGLISH) if message.id]
    english = "\n".join(PLACEHOLDER.sub("x", str(message.string)) for message in messages)
    found = (pattern(str(message.id)) for message in messages)
    return tuple(one for one in found if not one.search(english))


def danish_in(html: str) -> list[str]:
    """Gives the Danish that a page says; a source that must be shown stands as it is in every language."""
    text = said(html)
    for source in {form.text("en").source for form in packs().values()} - {""}:
        text = text.replace(source, "")
    return [one.pattern for one in danish() if one.search(text)] + re.findall(r".*[æøåÆØÅ].*", text)


def english_staff(app: Flask, role: str = "therapist") -> tuple[FlaskClient, Case]:
    """Gives the browser of somebody who reads English, with a family that has curves, an alert and another rater."""
    with app.app_context():
        person = somebody(house := a_house(), "therapist")
        case = a_case(person, opened_on=today() - timedelta(days=60))
        rater = episodes.add_rater(person.actor, case.episode.id, case.member.id, "teacher", "Ms Green")
        for week, marks in enumerate(((4000, 9500), (5500, 9400), (2500, 7000))):
            held = a_session(case, today() - timedelta(days=50 - 14 * week))
            for form, mark in zip(("ors", "srs"), marks, strict=True):
                an_answer(case, held, form, mark)
            other = replace(a_submission(case, held, mark=6000), rater_id=rater.id)
            responses.submit(person.again(), other)
        families.add_member(person.actor, case.family.id, "Karim", "2016-02", "child")
        a_session(case)
        reader = person if role == "therapist" else somebody(house, role)
        staff.choose_language(reader.actor, "en")
        tablet = enrolled(person, "iPad 1")
    return a_browser(app, reader, tablet), case


def addresses(case: Case) -> Iterator[str]:
    """Gives the address of every staff screen of a case."""
    family, episode = f"/familier/{case.family.id}", f"/forloeb/{case.episode.id}"
    yield from ("/i-dag", "/forloeb", "/forloeb?q=nobody", "/familier/ny", "/skemaer", "/nowhere", family, episode)
    yield from ("/ipads", "/ipads/tilmeld", "/besoeg", "/besvarelser")
    yield from (f"{episode}/kurve/{case.member.id}", f"{episode}/kurve/{case.member.id}?vis=")
    yield from (f"/samtaler/{case.sessions[index].id}" for index in (0, 2, 3))


def refusals(case: Case) -> Iterator[tuple[str, dict[str, str]]]:
    """Gives forms that are filled in wrongly, one for each thing that can be wrong."""
    family, episode, held = (f"/familier/{case.family.id}", f"/forloeb/{case.episode.id}", case.sessions[3].id)
    tomorrow = (today() + timedelta(days=1)).isoformat()
    for alias in ("", "010190-1234", "x" * 81, "\x01", case.family.alias):
        yield "/familier", {"alias": alias}
    for month in ("no month", "1850-01"):
        yield f"{family}/medlemmer", {"alias": "Ida", "birth_month": month, "place": "child"}
    yield f"{family}/medlemmer", {"alias": "Maria", "birth_month": "1990-05", "place": "child"}
    yield f"{family}/forloeb", {}
    for closed_on in ("no day", tomorrow, "2001-01-01"):
        yield f"{episode}/afslut", {"closed_on": closed_on, "reason": "planned"}
    yield f"{episode}/bedoemmere", {"member_id": "nobody"}
    yield f"{episode}/samtaler", {"kind": "nothing"}
    for present in ("", str(case.family.id)):
        yield f"/samtaler/{held}/giv", {"choosing": "1", "phase": "start", "present": present}
    yield f"/samtaler/{held}/giv", {"phase": "start"}
    yield "/sprog", {"language": "fo"}
    yield "/skemaer/licenser", {}


def test_somebody_who_reads_english_finds_no_danish_on_any_screen(app: Flask) -> None:
    client, case = english_staff(app)
    for address in addresses(case):
        html = client.get(address).text
        assert (address, danish_in(html)) == (address, [])
        assert '<html lang="en">' in html
    curve = client.get(f"/forloeb/{case.episode.id}/kurve/{case.member.id}").text
    for words in ("Red zone", "Target line", "Ms Green about Maria", "Most on “Relationship”", "since last time"):
        assert words in curve


def test_somebody_who_reads_english_is_refused_in_english(app: Flask) -> None:
    client, case = english_staff(app)
    for address, typed in refusals(case):
        answer = client.post(address, data=typed)
        assert answer.status_code >= 400
        assert (address, typed, danish_in(answer.text)) == (address, typed, [])


def test_programs_are_told_in_danish_whoever_asks(app: Flask) -> None:
    client, case = english_staff(app)
    told = client.post("/api/v1/families", json={"alias": case.family.alias}).json
    assert told["title"] == "Det passer ikke med det, der allerede er gemt"
    assert told["errors"] == {"alias": "Det navn er taget. Vælg et andet."}


@pytest.mark.parametrize("role", ["leader", "evaluator", "admin"])
def test_every_role_reads_english(app: Flask, role: str) -> None:
    client, _ = english_staff(app, role)
    for address in ("/i-dag", "/skemaer", "/forloeb"):
        assert (address, danish_in(client.get(address).text)) == (address, [])
    assert (
        danish_in(client.post("/skemaer/licenser", data={"expires_on": "2001-01-01", "instrument": "ors"}).text) == []
    )


def test_the_way_danish_is_found_finds_it(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    client = a_browser(app, case.therapist)
    for address in ("/i-dag", "/skemaer", "/familier/ny"):
        assert len(danish_in(client.get(address).text)) > 5


def test_staff_change_the_language_and_come_back_to_the_same_screen(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
    client, address = a_browser(app, case.therapist), f"/familier/{case.family.id}"
    html = client.get(f"{address}?q=1").text
    assert 'lang="en">English</button>' in html
    assert f'name="back" value="{address}?q=1"' in html
    answer = client.post("/sprog", data={"language": "en", "back": address})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    for _ in range(2):
        assert 'lang="da">Dansk</button>' in client.get(address).text
    with app.app_context(), transaction(case.therapist.actor.agency_id) as session:
        assert session.scalars(select(AuditEntry).where(AuditEntry.verb == "staff.choose_language")).one()
    client.post("/sprog", data={"language": "da", "back": address})
    assert '<html lang="da">' in client.get(address).text


@pytest.mark.parametrize("back", ["", "//elsewhere.invalid", "https://elsewhere.invalid", "/\\elsewhere", "/\t/else"])
def test_changing_the_language_never_leads_elsewhere(app: Flask, back: str) -> None:
    with app.app_context():
        person = somebody(a_house())
    answer = a_browser(app, person).post("/sprog", data={"language": "en", "back": back})
    assert answer.headers["Location"] == "/i-dag"


def test_numbers_and_days_follow_the_language(app: Flask) -> None:
    client, case = english_staff(app)
    html = client.get(f"/samtaler/{case.sessions[2].id}").text
    held = case.sessions[2].held_on
    assert f"{held.day} {held:%B} {held.year}" in html
    assert re.search(r">10\.0<", html)
    assert not re.search(r"\d,\d", said(html))


def test_the_login_screen_follows_the_browser(app: Flask) -> None:
    client = a_browser(app)
    html = client.get("/log-ind", headers={"Accept-Language": "en-GB, da;q=0.5"}).text
    assert '<html lang="en">' in html
    assert danish_in(html) == []
    wrong = client.post("/log-ind", data={"email": "a"}, headers={"Accept-Language": "en"})
    assert "E-mail or password is not right" in wrong.text
    assert '<html lang="da">' in client.get("/log-ind", headers={"Accept-Language": "de"}).text


def test_an_english_member_reads_english_from_hand_to_hand_while_staff_reads_danish(app: Flask) -> None:
    client, _ = a_tablet(app, staff_reads="da", member_reads="en")
    told = client.get("/tablet/ture").json
    assert told["staff"]["language"] == "da"
    (turn,) = told["turns"]
    assert (turn["language"], turn["seen_by"]) == ("en", "Anne, the team’s leader and you")


def test_a_danish_member_reads_danish_while_staff_reads_english(app: Flask) -> None:
    client, case = a_tablet(app, staff_reads="en", member_reads="da")
    told = client.get("/tablet/ture").json
    assert told["staff"]["language"] == "en"
    (turn,) = told["turns"]
    assert (turn["language"], turn["seen_by"]) == ("da", "Anne, teamets leder og dig")
    client.post("/tablet/laas-op", json={"pin": PIN})
    assert danish_in(client.get(f"/samtaler/{case.sessions[0].id}").text) == []


def test_the_screens_of_the_tablet_are_said_in_english(app: Flask) -> None:
    client = a_browser(app)
    screens, form = client.get("/tablet/ord/en").text, client.get("/tablet/skema/ors/1/en").text
    for html in (screens, form):
        assert 'lang="en" dir="ltr"' in html
        assert danish_in(html) == []
    assert 'I’m <span data-slot="next"></span>' in screens
    assert "How have you been this past week?" in form
    assert 'Your answers are seen by <span data-slot="seen_by"></span>.' in form


def a_tablet(app: Flask, *, staff_reads: str, member_reads: str) -> tuple[FlaskClient, Case]:
    """Gives a tablet in the hands of one member, after staff has handed it over."""
    with app.app_context():
        case = a_case(somebody(a_house()))
        sara = families.add_member(case.therapist.actor, case.family.id, "Sara", "1988-01", "parent", member_reads)
        held = a_session(case)
        staff.choose_language(case.therapist.actor, staff_reads)
        sessions.choose_present(case.therapist.actor, held.id, [sara.id])
        hand_over.hand_over(case.therapist.actor, held.id, "start")
    return a_browser(app, case.therapist), case


def test_no_digit_is_said_to_a_family() -> None:
    family = [m for m in read(ENGLISH) if any(name.startswith("frontend/templates/family/") for name, _ in m.locations)]
    assert len(family) > 30
    assert [m.string for m in family if re.search(r"\d", str(m.string))] == []


@pytest.mark.parametrize(
    "text", ["I am Ida", "I am %(navn)s", "I am %(name)s %(name)s", 'I am "%(name)s"', "<b>%(name)s"]
)
def test_a_translation_with_other_placeholders_or_markup_is_broken(text: str) -> None:
    assert broken(Message("Jeg er %(name)s", text))
    assert not broken(Message("Jeg er %(name)s", "I’m %(name)s"))


def test_every_sentence_is_translated_and_a_missing_or_stale_one_is_found() -> None:
    template = wanted()
    assert list(mistakes(ENGLISH, template)) == []
    template.add("Der er %(number)s nye.")
    assert "no finished translation of 'Der er %(number)s nye.'" in " ".join(mistakes(ENGLISH, template))
    template.delete("Log ind")
    assert "'Log ind' is on no screen any more" in " ".join(mistakes(ENGLISH, template))
