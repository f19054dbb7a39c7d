"""Tests how a session shows what is no curve: faces, drawings, words, goals, well-being, anonymous answers, raters."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from backend.actions import episodes, families, responses, sessions
from tests.factories import Case, a_browser, a_case, a_goal, a_house, a_session, a_submission, a_tablet, somebody

WORDS = "At vi <b>spiser</b> sammen 🍲 – كل يوم"
STROKES = [[10, 20, 30, 40, 50, 60], [500, 500]]


def a_met_case(app: Flask, born: str = "1990-05") -> tuple[FlaskClient, Case, str]:
    with app.app_context():
        case = a_case(somebody(a_house()))
        alma = families.add_member(case.therapist.actor, case.family.id, "Alma", born, "child")
        held = a_session(case)
        sessions.choose_present(case.therapist.actor, held.id, [case.member.id, alma.id])
        tablet = a_tablet(case.therapist)
        case.member = alma
    return a_browser(app, case.therapist, tablet), case, f"/samtaler/{held.id}"


def given(app: Flask, case: Case, instrument: str, **changes: object) -> None:
    """Hands in Alma's answer to a form."""
    with app.app_context():
        submission = replace(a_submission(case, case.sessions[-1], instrument), **changes)  # type: ignore[arg-type]
        responses.submit(case.therapist.again(), submission)


def voices(html: str) -> str:
    return html.split('id="voices"')[1].split("more-forms", maxsplit=1)[0]


def test_the_children_and_the_grown_ups_share_the_rows_of_the_form_and_each_keeps_its_name(app: Flask) -> None:
    client, case, address = a_met_case(app, "2016-05")
    given(app, case, "cors")
    html = client.get(address).text
    assert html.count('class="marked"') == 4
    assert "ORS, ved start" in html
    assert "CORS" in html.split("total-row")[1]
    assert "CORS, ved start" not in html
    assert ">25,2<" in html


def test_a_small_child_shows_a_face_and_a_drawing_and_no_number(app: Flask) -> None:
    client, case, address = a_met_case(app, "2022-05")
    given(app, case, "ycors", answers={"face": 2, "drawing": {"strokes": STROKES}})
    html = client.get(address).text
    block = html.split("YCORS, ved start")[1].split("</tbody>")[0]
    assert '<svg class="face"' in block
    assert 'd="M10 20L30 40L50 60"' in block
    assert 'd="M500 500L500 500"' in block
    assert "ikke valideret – indgår ikke i kurver" in block
    assert 'class="total number"' not in block
    assert "0–40" not in block


def test_well_being_is_a_sum_of_a_hundred_with_its_source_and_its_answers_folded_away(app: Flask) -> None:
    client, case, address = a_met_case(app)
    given(app, case, "who-5")
    html = client.get(address).text
    shown = voices(html)
    assert '<strong class="total number">100</strong>' in shown
    assert "WHO-5 <span" in shown
    assert re.search(r"WHO|Verdenssundhedsorganisationen", shown.rpartition("</details>")[2])
    assert "Hele tiden" in shown


def test_participation_is_told_in_bands_of_words_apart_from_the_rows_of_the_curves(app: Flask) -> None:
    client, case, address = a_met_case(app, "2014-05")
    given(app, case, "boern-inddragelse")
    html = client.get(address).text
    assert "Børns inddragelse" in voices(html)
    assert voices(html).count("midt imellem") == 5
    assert "Inddragelse" not in html.split('class="board')[1].split("</table>")[0]


def test_an_anonymous_answer_says_so_and_nothing_else(app: Flask) -> None:
    client, case, address = a_met_case(app, "2014-05")
    given(app, case, "boern-inddragelse", anonymous=True)
    shown = voices(client.get(address).text)
    assert "Svaret er givet anonymt og kan ikke ses her." in shown
    assert "midt imellem" not in shown
    assert "marked-now" not in shown


def test_a_familys_words_are_shown_word_for_word(app: Flask) -> None:
    client, case, address = a_met_case(app)
    given(app, case, "familie-inddragelse", answers={"words": WORDS})
    escaped = WORDS.replace("<", "&lt;").replace(">", "&gt;")
    assert f'<bdi dir="auto">{escaped}</bdi>' in voices(client.get(address).text)


def test_goals_stand_in_the_familys_own_words_each_with_its_line(app: Flask) -> None:
    client, case, address = a_met_case(app)
    with app.app_context():
        goal = a_goal(case, WORDS)
    given(app, case, "maal", marks={str(goal.id): 6250})
    shown = voices(client.get(address).text)
    assert "كل يوم" in shown
    assert "6,6" in shown


def test_a_parents_survey_shows_the_means_of_its_themes_and_its_wave(app: Flask) -> None:
    client, case, address = a_met_case(app)
    given(app, case, "foraeldre-oplevelse")
    shown = voices(client.get(address).text)
    assert shown.split("</dl>")[0].count("6,0") == 6
    assert "Gennemsnit af svarene i hvert tema, 1–6." in shown
    assert ", før" in shown


def test_a_raters_answer_is_kept_back_until_the_member_has_answered(app: Flask) -> None:
    client, case, address = a_met_case(app, "2014-05")
    with app.app_context():
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
    given(app, case, "cors", rater_id=rater.id)
    html = client.get(address).text
    assert "Lærer Bo har svaret. Svaret vises, når begge har svaret." in html
    assert "25,2" not in html
    given(app, case, "cors")
    html = client.get(address).text
    assert "Lærer Bo: <strong" in html
    assert html.count("25,2") == 2


def test_a_child_who_is_not_here_is_shown_by_the_raters_answer_alone(app: Flask) -> None:
    client, case, address = a_met_case(app, "2014-05")
    with app.app_context():
        noah = families.add_member(case.therapist.actor, case.family.id, "Noah", "2016-03", "child")
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, noah.id, "teacher", "Lærer Bo")
    given(app, case, "cors", member_id=noah.id, rater_id=rater.id)
    html = client.get(address).text
    assert "Lærer Bo: <strong" in html
    assert f'value="{noah.id}" checked' not in html
    assert html.count("ikke udfyldt endnu") == 2, "the two who are here are asked at the end"


def test_other_forms_are_folded_away_with_a_button_a_person(app: Flask) -> None:
    client, case, address = a_met_case(app, "2014-05")
    with app.app_context():
        rater = episodes.add_rater(case.therapist.actor, case.episode.id, case.member.id, "teacher", "Lærer Bo")
    fold = client.get(address).text.split('<details class="card panel more-forms">')[1].split("</details>")[0]
    assert "lærer, om Alma" in fold
    assert str(rater.id) in fold
    assert fold.count('value="foraeldre-oplevelse"') == 1, "for the grown-up alone"
    assert fold.count('value="boern-inddragelse"') == 1, "for the child alone"
    assert 'value="maal"' not in fold, "there is no goal yet"


def test_one_tap_gives_the_tablet_for_one_turn(app: Flask) -> None:
    client, case, address = a_met_case(app)
    wish = {"member_id": str(case.member.id), "instrument": "who-5", "wave": "midway"}
    answer = client.post(f"{address}/giv-en", data=wish)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tablet")
    (turn,) = client.get("/tablet/ture").json["turns"]
    assert (turn["instrument"], turn["wave"], turn["who"], turn["phase"]) == ("who-5", "midway", "Alma", "any")


def test_a_tablet_that_is_not_enrolled_is_enrolled_before_one_turn_too(app: Flask) -> None:
    _, case, address = a_met_case(app)
    wish = {"member_id": str(case.member.id), "instrument": "familie-inddragelse"}
    answer = a_browser(app, case.therapist).post(f"{address}/giv-en", data=wish)
    assert answer.headers["Location"].startswith("/ipads/tilmeld")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"instrument": "maal"}, "Der er ingen mål endnu."),
        ({"instrument": "who-5"}, "Vælg, om det er før, undervejs eller efter forløbet."),
        ({"member_id": "ingen"}, "Vælg en fra listen."),
        ({"rater_id": "ingen"}, "Vælg en fra listen."),
    ],
)
def test_a_turn_that_cannot_be_given_says_why_in_the_open_fold(
    app: Flask, wrong: dict[str, str], sentence: str
) -> None:
    client, case, address = a_met_case(app)
    wish = {"member_id": str(case.member.id), "instrument": "familie-inddragelse"} | wrong
    answer = client.post(f"{address}/giv-en", data=wish)
    assert answer.status_code == 422
    assert sentence in answer.text.split('<details class="card panel more-forms" open>')[1]


def test_a_stranger_is_missing(app: Flask) -> None:
    client, _, address = a_met_case(app)
    wish = {"member_id": str(UUID(int=5)), "instrument": "familie-inddragelse"}
    assert client.post(f"{address}/giv-en", data=wish).status_code == 404
