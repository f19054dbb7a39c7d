"""Tests the family's goals on the screen of an episode: written, reworded, ended, shown with marks, each mistake."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, goals, responses
from backend.actions.goal_view import GoalMark, GoalView, goals_of
from backend.clock import today
from backend.instruments import packs
from backend.pages.goal_lines import mark_words
from tests.factories import Case, a_browser, a_case, a_house, a_session, a_submission, somebody


def a_desk(app: Flask) -> tuple[Case, FlaskClient, str]:
    """Gives a case, its therapist's browser, and the episode's address."""
    with app.app_context():
        case = a_case(somebody(a_house()))
    return case, a_browser(app, case.therapist), f"/forloeb/{case.episode.id}"


def stored(app: Flask, case: Case) -> tuple[GoalView, ...]:
    with app.app_context():
        return goals_of(case.therapist.actor, case.episode.id)


def goal(case: Case, **changes: str) -> dict[str, str]:
    return {"member_id": str(case.member.id), "words": "At vi spiser sammen", "aim": "improve"} | changes


def said(html: str) -> str:
    return " ".join(html.split())


def test_an_episode_without_goals_offers_to_write_one(app: Flask) -> None:
    _, browser, address = a_desk(app)
    html = browser.get(address).text
    assert "Ingen mål endnu." in html
    assert re.search(r"<details>\s*<summary>Skriv et mål", html)


def test_a_goal_is_written_in_one_field_and_shown_apart_from_the_text_around_it(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/maal", data=goal(case, words="نريد أن نأكل معا <b>"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#maal")
    html = said(browser.get(address).text)
    assert '<bdi dir="auto">نريد أن نأكل معا &lt;b&gt;</bdi>' in html
    assert "Ikke markeret endnu." in html


def test_a_goal_can_be_the_whole_family_s_and_to_keep_what_is(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(f"{address}/maal", data=goal(case, member_id="familie", aim="keep"))
    (found,) = stored(app, case)
    assert (found.level, found.aim) == ("family", "keep")
    assert 'Hele familien <span class="chip">fasthold</span>' in browser.get(address).text


@pytest.mark.parametrize("words", ["x" * 241, "en\nto\ntre\nfire\nfem"])
def test_a_long_goal_is_folded_and_whole_inside(app: Flask, words: str) -> None:
    case, browser, address = a_desk(app)
    browser.post(f"{address}/maal", data=goal(case, words=words))
    html = browser.get(address).text
    assert f'<details class="goal-long"><summary><bdi dir="auto">{words}</bdi>' in html


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"words": " "}, "words", "Skriv målet med familiens egne ord."),
        ({"words": "a\0b"}, "words", "Teksten indeholder tegn, der ikke kan vises."),
        ({"words": "å" * 2_001}, "words", "Skriv højst 2000 tegn. Der er 2001."),
        ({"member_id": "alle"}, "member_id", "Vælg, hvis mål det er."),
    ],
)
def test_a_mistaken_goal_is_refused_at_its_field_and_kept(
    app: Flask, changes: dict[str, str], field: str, sentence: str
) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/maal", data=goal(case, **changes))
    assert answer.status_code == 422
    assert re.search(rf'id="goal-{field}-error">{re.escape(sentence)}', answer.text)
    assert re.search(r"<details open>\s*<summary>Skriv et mål", answer.text)
    assert (changes.get("words") or "At vi spiser sammen") in answer.text
    assert stored(app, case) == ()


def test_a_goal_without_a_wish_is_refused(app: Flask) -> None:
    case, browser, address = a_desk(app)
    answer = browser.post(f"{address}/maal", data=goal(case, aim=""))
    assert answer.status_code == 422
    assert 'id="goal-aim-error"' in answer.text


def test_new_words_are_saved_and_the_old_ones_stay_as_history(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(f"{address}/maal", data=goal(case, words="Ro om morgenen"))
    (first,) = stored(app, case)
    answer = browser.post(f"{address}/maal/{first.id}/ord", data={"words": "Ro hele dagen", "aim": "keep"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}#maal")
    html = said(browser.get(address).text)
    assert html.index("Ro hele dagen") < html.index("Tidligere ord") < html.index("Ro om morgenen")


def test_mistaken_new_words_leave_the_goal_as_it_was(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(f"{address}/maal", data=goal(case))
    (first,) = stored(app, case)
    answer = browser.post(f"{address}/maal/{first.id}/ord", data={"words": "", "aim": "keep"})
    assert answer.status_code == 422
    assert f'id="goal-{first.id}-words-error"' in answer.text
    assert stored(app, case) == (first,)


def test_an_ended_goal_is_folded_away(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(f"{address}/maal", data=goal(case))
    (first,) = stored(app, case)
    assert browser.post(f"{address}/maal/{first.id}/slut").status_code == 303
    html = said(browser.get(address).text)
    assert html.index("Afsluttede mål") < html.index("At vi spiser sammen")
    assert f"/maal/{first.id}/slut" not in html


def test_marks_are_shown_as_lines_in_words_and_over_time(app: Flask) -> None:
    case, browser, address = a_desk(app)
    browser.post(f"{address}/maal", data=goal(case))
    (first,) = stored(app, case)
    form = packs()["maal"]
    with app.app_context():
        for mark in (1_000, 9_000):
            given = replace(a_submission(case, a_session(case)), instrument=form.id, version=form.version)
            responses.submit(case.therapist.again(), replace(given, marks={str(first.id): mark}))
    html = said(browser.get(address).text)
    assert '<strong class="number">9,1</strong> tæt på ”Helt sådan nu”' in html
    assert 'aria-label="Maria over tid: første 1,9, seneste 9,1"' in html
    assert "samtale 2," in html


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (0, "tæt på ”Slet ikke sådan nu”"),
        (1_500, "tæt på ”Slet ikke sådan nu”"),
        (1_501, "nærmest ”Slet ikke sådan nu”"),
        (3_999, "nærmest ”Slet ikke sådan nu”"),
        (4_000, "omkring midten"),
        (6_000, "omkring midten"),
        (6_001, "nærmest ”Helt sådan nu”"),
        (8_500, "tæt på ”Helt sådan nu”"),
        (10_000, "tæt på ”Helt sådan nu”"),
    ],
)
def test_a_mark_is_told_by_the_words_at_its_ends(app: Flask, mark: int, words: str) -> None:
    with app.test_request_context():
        assert mark_words(GoalMark(1, today(), mark, 10)) == words


@pytest.mark.parametrize("door", ["", "/{goal}/ord", "/{goal}/slut"])
def test_a_closed_episode_takes_no_goal(app: Flask, door: str) -> None:
    case, browser, address = a_desk(app)
    with app.app_context():
        made = goals.write_goal(case.therapist.actor, case.episode.id, "Ro", "keep")
        episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    answer = browser.post(f"{address}/maal" + door.format(goal=made.id), data=goal(case))
    assert answer.status_code == 409
    assert "Forløbet er afsluttet" in answer.text
    assert "Skriv et mål" not in browser.get(address).text


@pytest.mark.parametrize("door", ["", "/{goal}/ord", "/{goal}/slut"])
def test_another_therapists_goal_is_missing_byte_for_byte(app: Flask, door: str) -> None:
    case, _, address = a_desk(app)
    with app.app_context():
        made = goals.write_goal(case.therapist.actor, case.episode.id, "Ro", "keep")
        stranger = a_browser(app, somebody(a_house()))
    foreign = stranger.post(f"{address}/maal" + door.format(goal=made.id), data=goal(case))
    unknown = stranger.post(f"/forloeb/{uuid4()}/maal" + door.format(goal=uuid4()), data=goal(case))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.data == unknown.data
