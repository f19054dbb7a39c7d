"""Tests of the large curve where there is little or much to draw: nobody, one total, gaps, hundreds of sessions."""

from __future__ import annotations

import pytest

from tests.pages.curve_case import (
    a_person,
    a_view,
    alone,
    curve_page,
    drawing,
    fortnightly,
    ors,
    rows_of,
    seen,
    srs,
    walk,
)

__all__ = ["drawing"]
pytestmark = pytest.mark.usefixtures("drawing")


def test_one_total_has_a_dot_and_no_lines_and_says_when_the_zone_comes() -> None:
    html = alone([138])
    assert html.count('class="dot-own') == 1
    assert "stroke-own" not in html
    assert "line-target" not in html
    assert "Det første tal er 13,8. Zonen vises fra andet tal." in html
    assert "Zone" not in rows_of(html)


def test_somebody_who_has_not_answered_has_an_empty_picture_with_the_cutoff_of_the_age() -> None:
    for age, cutoff in ((38, "25"), (15, "28"), (9, "32")):
        person = a_person("Emil", age)
        html = curve_page(a_view(fortnightly(2), (person, [])))
        assert f"Cut-off {cutoff}" in seen(html, "text")
        assert "Ingen tal endnu" in seen(html, "text")
        assert "Emil har ikke svaret endnu." in html
        assert "<table" not in html
        assert 'name="vis"' not in html


def test_somebody_whom_only_others_have_rated_has_their_curve_and_no_zone() -> None:
    rows, noah = fortnightly(3), a_person("Noah", 9, "child")
    html = curve_page(a_view(rows, (noah, [ors(noah, rows, [252, 260, 276], "Klasselærer")])))
    assert (html.count("dot-other"), html.count("dot-own")) == (3, 0)
    assert "Noah har ikke selv svaret." in html
    assert "Klasselærer satte senest 27,6." in html
    assert "Grøn zone" not in html
    assert rows_of(html)["Klasselærer om Noah"][:3] == ["25,2", "26,0", "27,6"]
    assert "ORS i alt, 0–40" not in rows_of(html)


def test_somebody_with_the_other_form_alone_is_told_so() -> None:
    rows, maria = fortnightly(2), a_person()
    html = curve_page(a_view(rows, (maria, [srs(maria, rows, [300, 200])])))
    assert "Maria har ikke udfyldt ORS endnu." in html
    assert "vist fra 20" in seen(html, "text")
    assert "Marias SRS faldt 10,0 fra sidst – tal om det" in html


def test_forms_without_a_total_have_a_column_but_no_dot_and_are_counted_in_words() -> None:
    html = alone([138, None, 194])
    assert html.count('class="dot-own') == 2
    assert rows_of(html)["ORS i alt, 0–40"][:3] == ["13,8", "– ikke alle linjer er sat", "19,4"]
    assert rows_of(html)["Generelt"][:3] == ["4,1", "–", "5,3"]
    assert "Ét skema mangler en eller flere linjer. Det har ingen sum og er ikke på kurven." in html
    assert "To skemaer mangler" in alone([None, 138, None])


def test_a_curve_of_unfinished_forms_alone_says_so() -> None:
    html = alone([None, None])
    assert "dot-own" not in html
    assert "Ingen af skemaerne er udfyldt helt, så der er ikke noget tal endnu." in html
    assert "Ingen tal endnu" in seen(html, "text")


def test_two_sessions_of_one_day_have_a_column_each_in_their_order() -> None:
    html = alone([138, 169, 194], days=0)
    assert html.count('class="dot-own') == 3
    assert rows_of(html)["2026"][:3] == ["12.5."] * 3
    assert rows_of(html)["ORS i alt, 0–40"][:3] == ["13,8", "16,9", "19,4"]


@pytest.mark.parametrize(("number", "dots"), [(11, 11), (12, 12), (61, 61), (62, 1), (300, 1)])
def test_dots_are_left_out_where_they_would_run_together(number: int, dots: int) -> None:
    html = alone(walk(number), days=7)
    assert html.count('class="dot-own') == dots
    assert html.count('class="stroke-own"') == 1


def test_a_table_too_wide_for_the_picture_scrolls_by_itself_and_the_picture_has_an_axis() -> None:
    narrow, wide = alone(walk(11), days=7), alone(walk(60), days=7)
    assert "curve-numbers-wide" not in narrow
    assert 'class="curve-numbers-wide" role="region" tabindex="0"' in wide
    assert [text for text in seen(wide, "text") if text in {"1", "11", "21", "31", "41", "51"}] == [
        "1", "11", "21", "31", "41", "51",
    ]  # fmt: skip
    assert len(rows_of(wide)["ORS i alt, 0–40"]) == 60
    assert "2026–2027" in rows_of(wide)
    assert "Tabellen viser de seneste 12 samtaler; kurven viser alle 60." in wide
