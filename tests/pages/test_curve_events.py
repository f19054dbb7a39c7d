"""Tests where what happened stands on a curve, and how its words are cut, pushed apart, or left to a letter."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from backend.actions.event_view import EventRow
from backend.pages.curve_sheet import OUTCOME_BOX, Sheet, Shown, sheet
from backend.pages.landmarks import Happening, cut, landmarks
from tests.pages.curve_case import (
    a_person,
    a_view,
    an_event,
    curve_page,
    drawing,
    fortnightly,
    ors,
    rows_of,
    seen,
    solsikke,
    walk,
)

__all__ = ["drawing"]
pytestmark = pytest.mark.usefixtures("drawing")


def drawn(*events: EventRow, sessions: int = 4) -> Sheet:
    rows, maria = fortnightly(sessions), a_person()
    view = a_view(rows, (maria, [ors(maria, rows, walk(sessions))]))
    return sheet(replace(view, events=events), maria.id, Shown.of([]))


def places(one: Sheet) -> list[float]:
    return [mark.what.x for mark in one.marks]


def test_an_event_stands_midway_between_the_sessions_around_it() -> None:
    one = drawn(an_event("life", "flyttet", 20))
    first, second = one.columns[1].x, one.columns[2].x
    assert places(one) == [round((first + second) / 2, 1)]


def test_an_event_of_the_day_of_a_session_stands_after_it() -> None:
    assert drawn(an_event("life", "flyttet", 14)).changes[0].slot == 2


def test_events_before_and_after_all_sessions_stand_inside_the_picture() -> None:
    before, after = places(drawn(an_event("life", "før", -30), an_event("life", "efter", 300)))
    assert OUTCOME_BOX.left < before < after < OUTCOME_BOX.right


def test_events_in_one_place_stand_side_by_side_by_date() -> None:
    one = drawn(an_event("authority", "ny rådgiver", 24), an_event("life", "flyttet", 16))
    assert [mark.what.words for mark in one.marks] == ["flyttet", "ny rådgiver"]
    step = one.columns[2].x - one.columns[1].x
    assert [x - one.columns[1].x for x in places(one)] == pytest.approx([step / 3, 2 * step / 3], abs=0.2)


def test_an_event_of_somebody_else_is_not_on_this_curve() -> None:
    assert drawn(an_event("intervention", "støttekontaktperson", 20, about=a_person("Maja"))).marks == ()


def test_a_pause_between_two_sessions_is_a_narrow_band_and_a_longer_one_reaches_over_them() -> None:
    short, long = (
        drawn(an_event("pause", "ferie", 16, 20)).marks[0].what,
        drawn(an_event("pause", "ferie", 16, 40)).marks[0].what,
    )
    assert short.end is not None
    assert short.end - short.x == pytest.approx(28)
    assert long.end is not None
    assert long.end - long.x == pytest.approx(OUTCOME_BOX.width / 4, abs=0.2)


def test_a_pause_gives_its_name_to_the_gap_that_it_fills() -> None:
    view = replace(solsikke(), events=(an_event("pause", "sommerferie", 46, 88),))
    words = seen(curve_page(view), "text")
    assert "sommerferie, 8 uger" in words
    assert "pause, 8 uger" not in words


def test_a_change_around_the_family_is_told_apart_by_its_colour_and_its_word() -> None:
    html = curve_page(replace(solsikke(), events=(an_event("authority", "ny behandler", 142),)))
    assert html.count('class="event-line event-authority"') == 2
    assert 'class="event event-authority"' in html


def test_a_change_of_form_stands_on_its_session() -> None:
    rows, maja = fortnightly(4), a_person("Maja", 13, "young")
    html = curve_page(a_view(rows, (maja, [ors(maja, rows, (200, 215, 222, 235), forms=("cors", "ors"))])))
    assert html.count('class="form-change"') == 1
    assert "nyt skema: ORS" in seen(html, "text")


def test_the_table_has_a_letter_by_the_session_after_and_the_words_under_it() -> None:
    events = an_event("life", "flyttet", 20), an_event("authority", "ny rådgiver", 24), an_event("life", "job", 300)
    rows, maria = fortnightly(4), a_person()
    html = curve_page(replace(a_view(rows, (maria, [ors(maria, rows, walk(4))])), events=events))
    moved, advised, worked = "a: 1. juni 2026: flyttet.", "b: 5. juni 2026: ny rådgiver.", "c: 8. marts 2027: job."
    assert rows_of(html)["Ændringer"][:4] == ["", "", f"{moved} {advised}", worked]
    assert [*seen(html, "dt")[:3], *seen(html, "dd")[:3]] == [
        *("a", "b", "c"),
        *("1. juni 2026: flyttet", "5. juni 2026: ny rådgiver", "8. marts 2027: job"),
    ]


@pytest.mark.parametrize(
    ("words", "longest", "shown"),
    [
        ("ny rådgiver", 11, "ny rådgiver"),
        ("ny rådgiver i kommunen", 16, "ny rådgiver i…"),
        ("støttekontaktperson", 12, "støttekonta…"),
        ("skole, ny klasse", 8, "skole…"),
    ],
)
def test_words_are_cut_at_a_blank_where_one_is_near(words: str, longest: int, shown: str) -> None:
    assert cut(words, longest) == shown


def test_words_never_touch_each_other_and_stay_between_the_edges() -> None:
    many = [Happening("life", f"ændring nummer {n}", 20.0 * n, letter="a") for n in range(30)]
    labels = [mark.label for mark in landmarks(many, 0, 600) if mark.label]
    assert labels
    for row in (0, 1):
        edges = [(one.x - len(one.words) * 3.9, one.x + len(one.words) * 3.9) for one in labels if one.row == row]
        assert all(left >= 0 and right <= 600 for left, right in edges)
        assert all(left - right >= 13.9 for (_, right), (left, _) in pairwise(edges))


def test_where_words_have_no_room_letters_stand_and_where_these_have_none_nothing_does() -> None:
    near = [Happening("life", "ændring", 300 + 12 * n, letter="abc"[n]) for n in range(3)]
    assert {mark.label.words for mark in landmarks(near, 0, 600) if mark.label} >= {"a", "b", "c"}
    same = [Happening("life", "ændring", 300, letter="abc"[n]) for n in range(3)]
    assert [mark.label is None for mark in landmarks(same, 0, 600)] == [False, False, True]
