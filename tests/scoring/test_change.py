"""Tests of reliable change, status and saw-tooth, exactly at their thresholds."""

from decimal import Decimal, localcontext

import pytest

from backend.scoring import ScoringError, is_reliable, reliable_change, sawtooth, status
from tests.scoring.making import RC


@pytest.mark.parametrize(("sd", "alpha", "points"), [("9", ".93", "6.600"), ("9", ".84", "9.979"), ("1", "0", "2.772")])
def test_reliable_change_follows_from_sd_and_alpha(sd: str, alpha: str, points: str) -> None:
    assert str(reliable_change(Decimal(sd), Decimal(alpha))) == points


def test_reliable_change_is_rounded_half_up() -> None:
    assert str(reliable_change(Decimal("0.0125"), Decimal("0.5"))) == "0.025"


def test_reliable_change_ignores_a_callers_decimal_settings() -> None:
    with localcontext(prec=2):
        assert str(reliable_change(Decimal(9), Decimal(".93"))) == "6.600"


@pytest.mark.parametrize(
    ("sd", "alpha"),
    [("0", ".9"), ("-1", ".9"), ("9", "1"), ("9", "-.1"), ("NaN", ".9"), ("9", "NaN"), ("Infinity", "0")],
)
def test_an_impossible_sd_or_alpha_is_refused(sd: str, alpha: str) -> None:
    with pytest.raises(ScoringError, match="SD above 0 and an alpha from 0 to below 1, not "):
        reliable_change(Decimal(sd), Decimal(alpha))


@pytest.mark.parametrize(
    ("tenths", "rc", "reached"),
    [(66, "6.600", True), (65, "6.600", False), (67, "6.600", True), (-66, "6.600", False), (99, "9.979", False),
     (100, "9.979", True), (50, "5", True), (49, "5", False)],
)  # fmt: skip
def test_a_rise_equal_to_reliable_change_is_reliable(tenths: int, rc: str, reached: bool) -> None:
    assert is_reliable(tenths, Decimal(rc)) is reached


def test_a_reliable_rise_ignores_a_callers_decimal_settings() -> None:
    with localcontext(prec=1):
        assert not is_reliable(65, RC)


@pytest.mark.parametrize("rc", ["0", "-5"])
def test_a_reliable_change_of_nothing_is_refused(rc: str) -> None:
    with pytest.raises(ScoringError, match=f"above 0 points, not {rc}"):
        is_reliable(10, Decimal(rc))


@pytest.mark.parametrize(
    ("first", "last", "cutoff", "name"),
    [
        (184, 250, 250, "recovered"),
        (249, 315, 250, "recovered"),
        (184, 250, 251, "improved"),
        (250, 316, 250, "improved"),
        (183, 249, 250, "improved"),
        (185, 250, 250, "unchanged"),
        (250, 185, 250, "unchanged"),
        (200, 200, 250, "unchanged"),
        (250, 184, 250, "deteriorated"),
        (66, 0, 250, "deteriorated"),
    ],
)
def test_the_change_from_first_to_last_has_its_name(first: int, last: int, cutoff: int, name: str) -> None:
    assert status(first, last, cutoff, RC) == name


def test_four_reliable_turns_are_a_sawtooth() -> None:
    assert sawtooth([100, 166, 100, 166, 100, 166], RC)
    assert sawtooth([166, 100, 166, 100, 166, 100], RC)


def test_three_turns_are_no_sawtooth() -> None:
    assert not sawtooth([100, 166, 100, 166, 100], RC)
    assert not sawtooth([166, 100, 166, 100, 166], RC)


@pytest.mark.parametrize("small", range(6))
def test_one_swing_a_tenth_too_small_is_no_sawtooth(small: int) -> None:
    totals = [100, 166, 100, 166, 100, 166]
    totals[small] += 1 if totals[small] == 100 else -1
    assert not sawtooth(totals, RC)


def test_small_steps_within_a_swing_are_no_turns() -> None:
    assert sawtooth([100, 130, 128, 166, 150, 155, 100, 110, 166, 120, 100, 99, 166], RC)


def test_a_swing_is_measured_from_the_turning_point_and_not_from_the_start() -> None:
    assert sawtooth([206, 140, 190, 180, 206, 140, 206, 140], RC)
    assert not sawtooth([100, 200, 150, 210, 160, 220, 170, 230], RC)


def in_steps(*turning_points: int) -> list[int]:
    steps = [turning_points[0]]
    for point in turning_points[1:]:
        steps += range(steps[-1], point, 20 if point > steps[-1] else -20)[1:]
        steps.append(point)
    return steps


def test_swings_in_small_steps_turn_as_well() -> None:
    assert sawtooth(in_steps(300, 100, 180, 100, 180, 100), RC)
    assert sawtooth(in_steps(100, 300, 220, 300, 220, 300), RC)
    assert not sawtooth(in_steps(300, 100, 180, 100, 180), RC)
    assert not sawtooth(in_steps(300, 100, 160, 100, 160, 100), RC)


def test_the_first_swing_is_measured_from_the_first_totals_only() -> None:
    assert not sawtooth([100, 400, 300, 400, 200], RC)
    assert not sawtooth([300, 0, 100, 0, 200], RC)


def test_a_start_at_the_very_ends_of_the_scale_is_no_swing() -> None:
    assert not sawtooth([0, 10, 0, 10, 0], Decimal("0.1"))
    assert not sawtooth([400, 390, 400, 390, 400], Decimal("0.1"))


def test_a_reliable_change_of_less_than_a_point_is_used_as_it_is() -> None:
    assert is_reliable(5, Decimal("0.5"))
    assert not is_reliable(4, Decimal("0.5"))


def test_a_long_climb_and_fall_turn_once() -> None:
    assert not sawtooth([*range(0, 401, 10), *range(400, -1, -10)], Decimal(5))


def test_no_totals_and_equal_totals_are_no_sawtooth() -> None:
    assert not sawtooth([], RC)
    assert not sawtooth([200] * 9, RC)
