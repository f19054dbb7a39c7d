"""Tests of the plot box, the vertical scale, the session columns and the calendar axis."""

from datetime import date

import pytest

from backend.scoring import (
    Calendar,
    Scale,
    alliance_low,
    columns_of,
    outcome_low,
    sessions_of,
)
from backend.scoring.plot import pixels
from tests.scoring.making import BOX, FIRST_DAY, alliance, form, forms, outcome


def test_coordinates_are_rounded_to_a_tenth_of_a_pixel() -> None:
    assert pixels(12.3456) == 12.3


def test_a_box_has_its_right_and_lower_edges() -> None:
    assert (BOX.right, BOX.bottom) == (500, 220)


@pytest.mark.parametrize(("tenths", "y"), [(0, 220), (100, 170), (400, 20), (138, 151)])
def test_the_large_scale_runs_from_0_to_40(tenths: int, y: float) -> None:
    assert Scale(BOX, 0).y(tenths) == y


@pytest.mark.parametrize(("tenths", "y"), [(280, 220), (400, 20), (347, 108.3)])
def test_a_scale_may_begin_higher(tenths: int, y: float) -> None:
    assert Scale(BOX, 280).y(tenths) == y


def test_sessions_of_several_curves_are_collected_once_by_date() -> None:
    own = outcome([form(200, "a", date(2026, 5, 1)), form(210, "c", date(2026, 5, 20))])
    other = outcome([form(200, "b", date(2026, 5, 8)), form(None, "c", date(2026, 5, 20))])
    assert sessions_of([own, other]) == (("a", date(2026, 5, 1)), ("b", date(2026, 5, 8)), ("c", date(2026, 5, 20)))


def test_sessions_of_one_day_come_in_the_order_they_are_met() -> None:
    assert [key for key, _ in sessions_of([outcome([form(200, "b"), form(200, "a")])])] == ["b", "a"]


def test_columns_are_of_equal_width_with_their_middle_as_x() -> None:
    columns = columns_of([(key, FIRST_DAY) for key in "abcd"], BOX)
    assert [(column.key, column.x) for column in columns] == [("a", 150), ("b", 250), ("c", 350), ("d", 450)]
    assert columns[0].held_on == FIRST_DAY


def test_one_session_stands_in_the_middle_and_none_needs_no_column() -> None:
    assert [column.x for column in columns_of([("a", FIRST_DAY)], BOX)] == [300]
    assert columns_of([], BOX) == ()


@pytest.mark.parametrize(
    ("day", "x"),
    [
        (date(2026, 5, 1), 100),
        (date(2026, 5, 2), 140),
        (date(2026, 5, 4), 220),
        (date(2026, 5, 11), 500),
        (date(2026, 4, 1), 100),
        (date(2026, 6, 1), 500),
    ],
)
def test_a_day_stands_at_its_share_of_the_axis_or_on_the_edge(day: date, x: float) -> None:
    assert Calendar(date(2026, 5, 1), date(2026, 5, 11), BOX).x(day) == x


@pytest.mark.parametrize("end", [date(2026, 5, 1), date(2026, 4, 1)])
def test_an_axis_of_one_day_has_its_middle(end: date) -> None:
    assert Calendar(date(2026, 5, 1), end, BOX).x(date(2026, 5, 1)) == 300


def test_an_axis_of_two_days_has_its_edges() -> None:
    axis = Calendar(date(2026, 5, 1), date(2026, 5, 2), BOX)
    assert (axis.x(date(2026, 5, 1)), axis.x(date(2026, 5, 2))) == (100, 500)


def months(start: date, end: date) -> list[str]:
    return [day.isoformat()[:7] for day, _ in Calendar(start, end, BOX).months()]


def test_months_are_labelled_at_their_first_day_the_starting_one_at_the_edge() -> None:
    axis = Calendar(date(2026, 5, 11), date(2026, 7, 10), BOX)
    assert axis.months() == ((date(2026, 5, 1), 100), (date(2026, 6, 1), 240), (date(2026, 7, 1), 440))


@pytest.mark.parametrize(("day", "first"), [(1, "2026-05"), (16, "2026-05"), (17, "2026-06"), (31, "2026-06")])
def test_a_starting_month_more_than_half_over_has_no_label(day: int, first: str) -> None:
    assert months(date(2026, 5, day), date(2026, 7, 1))[0] == first


def test_an_axis_within_one_month_has_that_label() -> None:
    assert months(date(2026, 5, 20), date(2026, 5, 25)) == ["2026-05"]


def test_months_go_on_over_new_year() -> None:
    assert months(date(2026, 11, 1), date(2027, 2, 1)) == ["2026-11", "2026-12", "2027-01", "2027-02"]


@pytest.mark.parametrize(
    ("end", "count", "second"),
    [
        (date(2026, 12, 31), 12, "2026-02"),
        (date(2027, 1, 1), 7, "2026-03"),
        (date(2027, 12, 1), 12, "2026-03"),
        (date(2028, 1, 1), 9, "2026-04"),
        (date(2029, 1, 1), 7, "2026-07"),
        (date(2032, 1, 1), 7, "2027-01"),
        (date(2038, 1, 1), 7, "2028-01"),
        (date(2050, 1, 1), 7, "2030-01"),
        (date(2074, 1, 1), 1, None),
    ],
)
def test_at_most_twelve_months_are_labelled(end: date, count: int, second: str | None) -> None:
    labels = months(date(2026, 1, 1), end)
    assert (len(labels), labels[1] if second else None) == (count, second)


def test_small_outcome_pictures_begin_at_10_unless_anyone_is_under_it() -> None:
    high, low = outcome(forms([100, 400])), outcome(forms([300, 99]))
    assert (outcome_low([high]), outcome_low([high, low]), outcome_low([])) == (100, 0, 100)


def test_a_cutoff_under_10_is_never_cut_off_the_picture() -> None:
    assert outcome_low([outcome(forms([300]), cutoff=99)]) == 0


@pytest.mark.parametrize(
    ("totals", "low"), [([280], 280), ([400], 280), ([279], 240), ([240], 240), ([239, 400], 200), ([0], 0), ([], 280)]
)
def test_alliance_pictures_begin_at_28_or_lower_by_fours(totals: list[int], low: int) -> None:
    assert alliance_low([alliance(forms(totals)), alliance(forms([390]))]) == low


def test_alliance_pictures_of_nobody_begin_at_28() -> None:
    assert alliance_low([]) == 280
