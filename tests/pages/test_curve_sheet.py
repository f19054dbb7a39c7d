"""Tests of the large curve as it is drawn: places, labels, sentences, the table under it and what stands beside."""

from __future__ import annotations

import re

import pytest

from backend.pages.curve_sheet import CHOICES, OUTCOME_BOX, USUAL, Shown, sheet
from tests.pages.curve_case import (
    MARIA,
    SRS,
    a_person,
    a_view,
    alone,
    curve_page,
    drawing,
    fortnightly,
    held,
    ors,
    rows_of,
    seen,
    solsikke,
    walk,
)

__all__ = ["drawing"]
pytestmark = pytest.mark.usefixtures("drawing")


def test_every_total_has_its_dot_and_the_other_rater_hollow_ones() -> None:
    html = curve_page(solsikke())
    assert html.count('class="dot-own') == len(MARIA) + len(SRS)
    assert html.count('class="dot-other"') == 5


def test_a_number_stands_under_its_point() -> None:
    view = solsikke()
    columns = sheet(view, view.members[0].person.id, Shown.of(())).columns
    step = OUTCOME_BOX.width / 9
    assert [column.x for column in columns] == [round(OUTCOME_BOX.left + (n + 0.5) * step, 1) for n in range(9)]
    assert (OUTCOME_BOX.left / 832, 1 - OUTCOME_BOX.right / 832) == pytest.approx((0.18029, 0.15865), abs=1e-4)


def test_the_lines_are_labelled_at_their_ends_with_the_values_of_today() -> None:
    ends = [text for text in seen(curve_page(solsikke()), "text") if re.search(r"\d,\d|Cut-off|Grænse", text)]
    expected = [
        "eller 6,6 under start",
        "13,8",
        "24,3",
        "Cut-off 25",
        "Mållinje 22,0",
        "Alarmlinje 18,4",
        "Maria 20,5",
        "Jonas 16,2",
    ]
    assert ends == [*expected, "Grænse 36", "34,7 faldet 2,4"]


def test_the_screen_says_zone_status_and_change_with_the_numbers_behind() -> None:
    html = " ".join(curve_page(solsikke()).split())
    assert "Gul zone: 20,5 ligger mellem alarmlinjen 18,4 og mållinjen 22,0." in html
    assert "Bedret siden start: op 6,7, og grænsen for sikker ændring er 6,6." in html
    assert "Ned 1,7 fra sidst." in html


def test_the_course_is_named_with_what_it_is_not() -> None:
    html = " ".join(curve_page(solsikke()).split())
    assert "Linjens åbne referenceforløb v1 – ikke FIT-Outcomes’ kurve." in html
    assert "Beregnet for en voksen med start 13,8." in html
    assert "Grænsen for sikker ændring er 6,6." in html


def test_the_table_holds_every_number_of_the_picture() -> None:
    rows = rows_of(curve_page(solsikke()))
    assert rows["Samtale"][:9] == [str(number) for number in range(1, 10)]
    assert rows["2026"][:2] == ["12.5.", "26.5."]
    assert rows["ORS i alt, 0–40"][:9] == ["13,8", "16,9", "19,4", "21,8", "20,6", "23,1", "24,3", "22,2", "20,5"]
    assert rows["Zone"][:9] == ["–", "Grøn", "Grøn", "Grøn", "Gul", "Grøn", "Grøn", "Grøn", "Gul"]
    assert rows["Mållinje"][:3] == ["–", "16,2", "18,9"]
    assert rows["Alarmlinje"][8] == "18,4"
    assert rows["Jonas om Maria"][:9] == ["13,0", "", "15,6", "", "18,4", "", "20,1", "", "16,2"]
    assert rows["SRS i alt, 0–40"][:9] == ["34,0", "35,2", "36,4", "37,0", "36,8", "37,5", "37,9", "37,1", "34,7"]
    assert rows["fra sidst"][:9] == ["–", "+1,2", "+1,2", "+0,6", "−0,2", "+0,7", "+0,4", "−0,8", "−2,4"]
    assert {"Personligt, 1–10", "Nære relationer", "Socialt", "Generelt"} <= set(rows)


def test_a_swatch_stands_beside_every_zone_of_the_table() -> None:
    html = curve_page(solsikke())
    table = html[html.index("<table") : html.index("</table>")]
    assert (table.count("swatch-green"), table.count("swatch-yellow"), table.count("swatch-red")) == (6, 2, 0)


def test_zones_differ_by_pattern_and_are_named_in_the_picture() -> None:
    html = curve_page(solsikke())
    for zone in ("yellow", "red"):
        assert html.count(f'id="curve-outcome-{zone}"') == 1
        assert f'fill="url(#curve-outcome-{zone})"' in html
    assert {"Grøn zone: på eller over mållinjen", "Gul zone: skraveret, mellem linjerne"} <= set(seen(html, "text"))
    assert "curve-legend" not in html


def test_where_the_curve_needs_the_room_the_zones_are_named_under_it() -> None:
    html = alone([20, 53, 60])
    assert "Gul zone: skraveret, mellem linjerne" not in seen(html, "text")
    assert html.count("curve-legend") == 1
    assert "Rød: under alarmlinjen eller 6,6 under start" in html


def test_every_picture_has_a_title_and_says_in_words_what_it_shows() -> None:
    html = curve_page(solsikke())
    for name in ("outcome", "alliance"):
        assert f'role="img" aria-labelledby="curve-{name}-title" aria-describedby="curve-{name}-words"' in html
        assert html.count(f'id="curve-{name}-title"') == html.count(f'id="curve-{name}-words"') == 1
    told = " ".join(seen(html, "desc"))
    assert "Maria har ni tal. Det første er 13,8, det højeste 24,3 og det seneste 20,5." in told
    assert "Jonas har svaret om Maria, senest 16,2." in told
    assert "Grænsen er 36. Billedet viser fra 28 til 40." in told


def test_ids_are_unique_on_the_page() -> None:
    ids = re.findall(r'\bid="([^"]+)"', curve_page(solsikke()))
    assert sorted(ids) == sorted(set(ids))


def test_a_long_time_between_two_sessions_is_named() -> None:
    assert "pause, 8 uger" in seen(curve_page(solsikke()), "text")


def test_a_long_time_without_answers_is_no_pause_when_the_family_came() -> None:
    rows, maria = fortnightly(5), a_person()
    jonas = a_person("Jonas")
    view = a_view(rows, (maria, [ors(maria, rows, {1: 200, 5: 210})]), (jonas, [ors(jonas, rows, walk(5))]))
    assert "8 uger uden svar" in seen(curve_page(view), "text")


def test_words_of_pauses_near_each_other_stand_whole_in_two_rows_and_then_not_at_all() -> None:
    rows, maria = held([60 * n for n in range(11)]), a_person()
    drawn = sheet(view := a_view(rows, (maria, [ors(maria, rows, walk(11))])), maria.id, Shown.of([]))
    rows_used = [mark.label.row for mark in drawn.marks if mark.label]
    assert rows_used == [n % 2 for n in range(len(rows_used))]
    assert 7 <= len(rows_used) < len(drawn.marks) == 10
    assert seen(curve_page(view), "text").count("pause, 9 uger") == len(rows_used)


@pytest.mark.parametrize("off", CHOICES)
def test_each_part_can_be_turned_off_in_picture_table_and_reading(off: str) -> None:
    html = curve_page(solsikke(), "", *(choice for choice in CHOICES if choice != off))
    signs = {
        "andre": "stroke-other",
        "forloeb": "line-target",
        "srs": "curve-alliance-title",
        "spoergsmaal": "curve-items-title",
    }
    rows = {"andre": "Jonas om Maria", "forloeb": "Mållinje", "srs": "SRS i alt, 0–40"}
    read = {
        "andre": "Jonas om Maria",
        "forloeb": "mållinje",
        "srs": "SRS 34,7",
        "spoergsmaal": "Hver linje: Personligt",
    }
    said = seen(html, "li")[-1]
    assert {choice: sign in html for choice, sign in signs.items()} == {c: c != off for c in CHOICES}
    assert {choice: row in rows_of(html) for choice, row in rows.items()} == {c: c != off for c in USUAL}
    assert {choice: words in said for choice, words in read.items()} == {c: c != off for c in CHOICES}
    assert len(re.findall(r'value="\w+" checked', html)) == 3


def test_without_the_course_the_other_labels_stand_where_their_lines_end() -> None:
    view = solsikke()
    panel = sheet(view, view.members[0].person.id, Shown.of(["", "andre"])).outcome_panel
    assert [(label.end.kind, label.end.tenths) for label in panel.ends] == [
        ("cutoff", 250),
        ("own", 205),
        ("other", 162),
    ]
    assert all(label.y == label.line_y for label in panel.ends)
    assert (panel.target, panel.alarm, panel.yellow, panel.red) == ((), (), None, None)


def test_an_address_that_says_nothing_shows_what_is_usual_and_an_empty_choice_nothing() -> None:
    assert Shown.of([]) == Shown(others=True, course=True, alliance=True, items=False)
    assert Shown.of([""]) == Shown(others=False, course=False, alliance=False, items=False)
    assert Shown.of(["", "srs", "noget andet"]) == Shown(others=False, course=False, alliance=True, items=False)
    assert Shown.of(["", "spoergsmaal"]).items


def test_each_question_stands_by_itself_with_first_and_last_score() -> None:
    html = curve_page(solsikke())
    assert seen(html, "dt") == ["Personligt", "Nære relationer", "Socialt", "Generelt"]
    assert seen(html, "dd")[0] == "5,6start 4,1"
    assert html.count('class="stroke-spark"') == 4


@pytest.mark.parametrize(
    ("own", "other", "sentence"),
    [
        (
            [138, 205],
            [130, 162],
            "Jonas satte 4,3 lavere, end Maria selv gjorde i samtale 2. I samtale 1 var det 0,8 lavere.",
        ),
        (
            [138, 205],
            [140, 210],
            "Jonas satte 0,5 højere, end Maria selv gjorde i samtale 2. I samtale 1 var det 0,2 højere.",
        ),
        (
            [138, 205],
            [138, 210],
            "Jonas satte 0,5 højere, end Maria selv gjorde i samtale 2. I samtale 1 var de enige.",
        ),
        ([138], [130], "Jonas satte 0,8 lavere, end Maria selv gjorde i samtale 1.</p>"),
    ],
)
def test_a_difference_between_two_raters_is_said_with_its_sessions(
    own: list[int], other: list[int], sentence: str
) -> None:
    rows, maria = fortnightly(2), a_person()
    view = a_view(rows, (maria, [ors(maria, rows, own), ors(maria, rows, other, "Jonas")]))
    assert sentence in " ".join(curve_page(view).split()).replace(" </p>", "</p>")


def test_raters_who_agree_are_no_difference_to_talk_about() -> None:
    rows, maria = fortnightly(1), a_person()
    assert "Forskel at tale om" not in curve_page(
        a_view(rows, (maria, [ors(maria, rows, [138]), ors(maria, rows, [138], "Jonas")]))
    )


def test_nothing_on_the_screen_needs_what_the_content_policy_forbids() -> None:
    html = curve_page(solsikke())
    assert not re.search(r"\sstyle=|<style|\son\w+=|data:", html)
