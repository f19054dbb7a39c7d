"""Tests of the small curves of an episode: one calendar, one scale, and every case with little or much to draw."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.actions.overview import EpisodeView
from backend.pages.small_multiples import multiples
from backend.vocabulary import EVENT_KINDS
from tests.pages.curve_case import (
    FIRST,
    MARIA,
    a_person,
    a_view,
    an_event,
    drawing,
    episode_page,
    fortnightly,
    held,
    ors,
    solsikke,
    srs,
)

__all__ = ["drawing"]
pytestmark = pytest.mark.usefixtures("drawing")

LARGEST = 20 * 1024  # bytes, compressed


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def mixed() -> EpisodeView:
    rows = fortnightly(4)
    ada, bo, ida, emil = a_person("Ada"), a_person("Bo"), a_person("Ida", 9, "child"), a_person("Emil", 15, "young")
    return a_view(
        rows,
        (ada, [ors(ada, rows, [300, 310, 320, 330]), ors(ada, rows, {2: 290}, "Bo")]),
        (bo, []),
        (ida, [ors(ida, rows, [252, 260], "Klasselærer")]),
        (emil, [ors(emil, rows, [None])]),
    )


def test_every_member_has_a_row_that_leads_to_the_large_curve() -> None:
    view = mixed()
    html = episode_page(view)
    links = [f"/forloeb/{view.id}/kurve/{member.person.id}" for member in view.members]
    assert re.findall(r'class="row-link" href="(/forloeb/[^"]+)"', html) == links
    assert html.count('<svg class="curve-small" ') == 3


def test_own_lines_are_drawn_solid_and_others_apart() -> None:
    html = episode_page(solsikke())
    assert (html.count('class="stroke-own"'), html.count('class="stroke-other"')) == (1, 1)
    own, other = re.search(r'class="speck-own" d="([^"]+)"', html), re.search(r'class="speck-other" d="([^"]+)"', html)
    assert own is not None
    assert other is not None
    assert (own[1].count("M"), other[1].count("M")) == (len(MARIA), 5)


def test_last_values_are_labelled_with_who_answered() -> None:
    labels = re.findall(r'<text class="end [^>]+>(.*?)</text>', episode_page(mixed()))
    assert [words(label) for label in labels] == ["33,0 selv", "29,0 Bo", "26,0 Klasselærer"]


def test_zone_and_reason_stand_beside_the_curve() -> None:
    told = words(episode_page(solsikke()))
    assert "Gul zone 20,5 ligger mellem alarmlinjen 18,4 og mållinjen 22,0. SRS faldt 2,4 til 34,7." in told


def test_what_is_missing_is_said_for_each_member() -> None:
    told = words(episode_page(mixed()))
    assert "Bo forælder, 38 år ingen tal endnu" in told
    assert "Ida barn, 9 år Kun andre har svaret." in told
    assert "Emil ung, 15 år Ingen af skemaerne er udfyldt helt." in told


def test_an_alliance_under_its_limit_is_said_though_it_rose() -> None:
    rows, maria = fortnightly(2), a_person()
    view = a_view(rows, (maria, [ors(maria, rows, [200, 210]), srs(maria, rows, [340, 341])]))
    assert "SRS er 34,1, under grænsen." in words(episode_page(view))


def test_all_rows_share_one_calendar_from_the_opening_to_the_last_session() -> None:
    view = solsikke()
    drawn = multiples(view)
    assert (drawn.calendar.start, drawn.calendar.end) == (FIRST - timedelta(days=7), FIRST + timedelta(days=196))
    picture = drawn.rows[0].picture
    assert picture is not None
    assert picture.own.dots[-1].x == picture.box.right


def test_the_scale_begins_at_ten_for_all_unless_somebody_is_lower() -> None:
    assert "vist fra 10" in words(episode_page(mixed()))
    rows, ada, bo = fortnightly(2), a_person("Ada"), a_person("Bo")
    low = a_view(rows, (ada, [ors(ada, rows, [300, 310])]), (bo, [ors(bo, rows, [99, 120])]))
    assert "vist fra" not in words(episode_page(low))
    assert {row.picture.scale.low for row in multiples(low).rows if row.picture} == {0}


def test_the_axis_names_each_year_once() -> None:
    rows, maria = held((0, 200, 400)), a_person()
    html = episode_page(a_view(rows, (maria, [ors(maria, rows, [200, 210, 220])])))
    axis = html[html.index("curve-months") :]
    assert (axis.count(">2026<"), axis.count(">2027<")) == (1, 1)


def test_every_small_picture_has_its_own_title_and_words() -> None:
    html = episode_page(mixed())
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert "ORS i alt for Ada over tid" in html
    told = words(html)
    assert "Ada selv: første 30,0, seneste 33,0. Bo om Ada: første 29,0, seneste 29,0. Klinisk cut-off er 25." in told


def test_an_episode_with_nobody_and_nothing_is_calm() -> None:
    told = words(episode_page(a_view(())))
    assert "Der er ingen i familien endnu." in told
    assert "Ingen samtaler endnu." in told
    assert "Zoner efter" not in told


def test_the_head_counts_the_sessions_in_words() -> None:
    view = replace(solsikke(), programme=None)
    assert "Åbnet 5. maj 2026. Ni samtaler, senest" in words(episode_page(view))


def test_older_sessions_are_folded_away() -> None:
    html = episode_page(solsikke())
    assert re.findall(r"Samtale (\d)<", html) == list("987654321")
    assert "Seks tidligere" in html


def test_a_closed_episode_says_why_and_can_be_taken_up_again_but_not_changed() -> None:
    html = episode_page(replace(solsikke(), closed_on=FIRST + timedelta(days=200), close_reason="planned"))
    assert "Afsluttet 28. november 2026, afsluttet som planlagt." in html
    asked = re.findall(r'<form [^>]*action="([^"]+)"', html[html.index("<main") :])
    assert [address.rpartition("/")[2] for address in asked] == ["genaabn"]


def test_closing_shows_the_last_zone_of_everyone() -> None:
    told = words(episode_page(mixed()))
    assert "Ada: grøn zone, 33,0" in told
    assert "Bo: ingen tal" in told
    assert "Maria: gul zone, 20,5" in words(episode_page(solsikke()))


def test_what_happened_runs_through_all_rows_by_date_with_the_words_on_top_once() -> None:
    happened = (an_event("pause", "sommerferie", 42, 70), an_event("authority", "ny rådgiver", 98))
    html = episode_page(replace(mixed(), events=happened))
    calendar = multiples(replace(mixed(), events=happened)).calendar
    x, start, end = (f"{calendar.x(FIRST + timedelta(days=n)):g}" for n in (98, 42, 70))
    assert html.count(f'<path class="event-line event-authority" d="M{x} 0V100"/>') == 1
    assert html.count(f'<path class="event-band" d="M{start} 0H{end}V100H{start}z"/>') == 1
    assert "Ændringer undervejs: 23. juni – 21. juli 2026: sommerferie; 18. august 2026: ny rådgiver." in words(html)
    assert calendar.end == FIRST + timedelta(days=98)


def test_an_episode_where_nothing_happened_has_no_room_for_it() -> None:
    assert "multiple-marks" not in episode_page(solsikke())


def test_eight_members_of_sixty_sessions_and_three_raters_stay_a_small_page() -> None:
    rows = held(range(0, 540, 9))
    members = []
    for number in range(8):
        person = a_person(f"Person {number}")
        raters = [
            ors(person, rows, [(97 * n * (number + 2) + 31 * k) % 400 for n in range(60)], rater)
            for k, rater in enumerate((None, "Jonas", "Klasselærer"))
        ]
        members.append((person, raters))
    events = tuple(an_event(EVENT_KINDS[n % 4], f"ændring {n}", 11 * n, 11 * n + 5) for n in range(40))
    html = episode_page(replace(a_view(rows, *members), events=events))
    pictures = "".join(re.findall(r'<svg class="(?:curve-small|marks-behind).*?</svg>', html, re.DOTALL))
    assert pictures.count("<polyline") == 24
    assert len(gzip.compress(pictures.encode())) <= LARGEST
