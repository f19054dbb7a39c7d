"""Tests how a family's curve is laid out: inside its frame, mirrored for leftward reading, a hard week named."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.pages.together_picture import BOTTOM, HEIGHT, TOP, WIDTH, hard_week, upright
from backend.scoring import OPEN_REFERENCE, AgeGroup, Scored, Trajectory, outcome_trajectory

RC = Decimal("6.6")


def a_trajectory(*totals: int) -> Trajectory:
    day = date(2026, 1, 5)
    scored = [Scored(n, day + timedelta(weeks=n), "ors", {}, total) for n, total in enumerate(totals)]
    return outcome_trajectory(scored, group=AgeGroup.ADULT, cutoff=250, reliable_change=RC, course=OPEN_REFERENCE)


def test_the_ends_of_the_scale_are_the_ends_of_the_line() -> None:
    low, high = upright(a_trajectory(0, 400)).strokes
    assert (low.y, high.y) == (BOTTOM, TOP)


def test_one_session_stands_where_today_stands() -> None:
    assert upright(a_trajectory(200)).strokes[0].x == upright(a_trajectory(100, 200)).last.x


@given(st.lists(st.integers(0, 400), min_size=1, max_size=300))
def test_every_stroke_lies_inside_and_none_is_too_thin_to_see(totals: list[int]) -> None:
    picture = upright(a_trajectory(*totals))
    assert len(picture.strokes) == len(totals)
    assert all(
        one.x - one.half >= 0 and one.x + one.half <= WIDTH and TOP <= one.y <= BOTTOM for one in picture.strokes
    )
    assert all(one.half >= 1 for one in picture.strokes)
    assert picture.hard is None or picture.hard[1] < HEIGHT


@given(st.lists(st.integers(0, 400), min_size=2, max_size=40))
def test_the_curve_is_never_higher_or_lower_than_its_strokes(totals: list[int]) -> None:
    picture = upright(a_trajectory(*totals))
    numbers = picture.path.replace("M", " ").replace("C", " ").split()
    heights = [float(each) for each in numbers[1::2]]
    lowest, highest = max(one.y for one in picture.strokes), min(one.y for one in picture.strokes)
    assert highest - 0.1 <= min(heights)
    assert max(heights) <= lowest + 0.1


def test_a_language_read_leftwards_begins_on_the_right() -> None:
    plain, mirrored = upright(a_trajectory(100, 300)), upright(a_trajectory(100, 300), mirrored=True)
    assert [one.x for one in mirrored.strokes] == [WIDTH - one.x for one in plain.strokes]
    assert mirrored.axis == WIDTH - plain.axis


@pytest.mark.parametrize(
    ("totals", "place"),
    [
        ((200, 134, 200), 1),
        ((200, 135, 200), None),
        ((200, 134), None),
        ((134, 200, 210), None),
        ((300, 200, 290, 150, 260), 3),
        ((), None),
    ],
)
def test_a_hard_week_lies_a_sure_change_under_one_before_and_one_after(
    totals: tuple[int, ...], place: int | None
) -> None:
    assert hard_week(totals, RC) == place
    assert hard_week(totals, None) is None


def test_the_words_on_the_dashed_line_keep_off_the_curve() -> None:
    over = upright(a_trajectory(270, 265, 270, 300))
    under = upright(a_trajectory(230, 235, 230, 220))
    assert over.cutoff_words > over.cutoff
    assert under.cutoff_words < under.cutoff
