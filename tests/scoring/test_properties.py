"""Properties of scoring that hold for every input, searched by hypothesis; single numbers stand in the other files."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backend.scoring import (
    OPEN_REFERENCE,
    AgeGroup,
    Zone,
    age_on,
    expected,
    millimetres,
    sawtooth,
    score_tenths,
    spread,
    status,
    total_tenths,
    zone_of,
)
from backend.scoring.course import lines_tenths
from tests.scoring.making import RC, forms, outcome

MARKS = st.integers(0, 10_000)
TOTALS = st.integers(0, 400)
GROUPS = st.sampled_from(AgeGroup)


@given(MARKS, MARKS)
def test_a_higher_mark_never_scores_lower(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert score_tenths(low) <= score_tenths(high)
    assert millimetres(low) <= millimetres(high)


@given(st.lists(MARKS, min_size=4, max_size=4), st.randoms())
def test_the_order_of_the_items_does_not_change_the_total(marks: list[int], order) -> None:
    shuffled = order.sample(marks, 4)
    assert total_tenths(shuffled) == total_tenths(marks)
    assert abs(total_tenths(marks) - sum(marks) / 100) <= 2


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.dates(date(2100, 1, 1), date(2199, 12, 31)))
def test_an_age_grows_by_one_in_the_birth_month_only(birth: date, on: date) -> None:
    before = date(on.year, on.month, 1)
    earlier = date(before.year - (before.month == 1), (before.month - 2) % 12 + 1, 28)
    turned = age_on((birth.year, birth.month), on) - age_on((birth.year, birth.month), earlier)
    assert turned == (birth.month == on.month)


@given(TOTALS, TOTALS, TOTALS)
def test_the_status_turns_round_when_the_curve_does(first: int, last: int, cutoff: int) -> None:
    forth, back = status(first, last, cutoff, RC), status(last, first, cutoff, RC)
    assert (forth in ("recovered", "improved")) == (back == "deteriorated")


@given(st.lists(TOTALS, max_size=30))
def test_a_sawtooth_upside_down_is_a_sawtooth(totals: list[int]) -> None:
    assert sawtooth(totals, RC) == sawtooth([400 - total for total in totals], RC)


@given(st.lists(TOTALS, max_size=30))
def test_resting_on_a_total_makes_no_sawtooth(totals: list[int]) -> None:
    assert sawtooth([total for total in totals for _ in range(2)], RC) == sawtooth(totals, RC)


@given(st.lists(TOTALS, max_size=5))
def test_fewer_than_six_totals_are_never_a_sawtooth(totals: list[int]) -> None:
    assert not sawtooth(totals, RC)


@given(GROUPS, TOTALS, st.integers(1, 300))
def test_more_is_expected_later_and_never_less_than_the_intake(group: AgeGroup, intake: int, n: int) -> None:
    now, later = expected(OPEN_REFERENCE, group, intake, n), expected(OPEN_REFERENCE, group, intake, n + 1)
    assert Decimal(intake) / 10 <= now <= later <= 40


@given(GROUPS, TOTALS, st.integers(2, 300))
def test_the_alarm_line_is_never_over_the_target_line(group: AgeGroup, intake: int, n: int) -> None:
    target, alarm = lines_tenths(OPEN_REFERENCE, group, intake, n)
    assert 0 <= alarm <= target <= 400


@given(GROUPS, TOTALS, st.integers(2, 60), TOTALS, TOTALS)
def test_a_higher_total_is_never_in_a_worse_zone(group: AgeGroup, intake: int, n: int, one: int, other: int) -> None:
    target, alarm = lines_tenths(OPEN_REFERENCE, group, intake, n)
    order = [Zone.RED, Zone.YELLOW, Zone.GREEN]
    low, high = (order.index(zone_of(total, intake, target, alarm, RC)[0]) for total in sorted((one, other)))
    assert low <= high


@given(st.lists(st.none() | TOTALS, max_size=40))
def test_missing_totals_change_nothing_about_the_others(totals: list[int | None]) -> None:
    whole, dense = outcome(forms(totals)), outcome(forms([total for total in totals if total is not None]))
    assert [(point.n, point.total, point.zone, point.reasons) for point in whole.counted] == [
        (point.n, point.total, point.zone, point.reasons) for point in dense.points
    ]
    assert (whole.status, whole.flags, len(whole.points)) == (dense.status, dense.flags, len(totals))


@given(st.lists(st.floats(0, 400), max_size=12))
def test_spread_labels_are_apart_and_in_order(wanted: list[float]) -> None:
    placed = spread(wanted, 18, 0, 400)
    inked = [placed[i] for i in sorted(range(len(wanted)), key=lambda i: wanted[i])]
    assert all(lower - upper >= 17.89 for upper, lower in pairwise(inked))
    assert all(0 <= y <= 400 for y in placed)
