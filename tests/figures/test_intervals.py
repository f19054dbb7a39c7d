"""Tests of a share's Wilson interval against published figures and against the equation that it solves."""

from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.figures import FiguresError, percent, wilson
from backend.figures.intervals import Z_95


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (21, 72, (29, 20, 41)),
        (11, 24, (46, 28, 65)),
        (0, 10, (0, 0, 28)),
        (10, 10, (100, 72, 100)),
        (1, 1, (100, 21, 100)),
        (302, 339, (89, 85, 92)),
    ],
)
def test_a_share_is_told_with_its_interval(part: int, whole: int, told: tuple[int, int, int]) -> None:
    share = wilson(part, whole)
    assert (percent(share.value), percent(share.low), percent(share.high)) == told


@given(st.integers(1, 20_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_both_ends_are_where_the_score_test_is_exactly_at_its_limit(counts: tuple[int, int]) -> None:
    part, whole = counts
    share, seen, z = wilson(part, whole), Fraction(part, whole), Fraction(Z_95)
    for end in {Fraction(share.low), Fraction(share.high)} - {Fraction(0), Fraction(1)}:
        missed = (seen - end) ** 2 - z**2 * end * (1 - end) / whole
        assert abs(missed) < Fraction(1, 10**30)
    assert 0 <= share.low <= share.value <= share.high <= 1


@given(st.integers(1, 500).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_those_who_did_not_have_the_mirrored_interval(counts: tuple[int, int]) -> None:
    part, whole = counts
    share, rest = wilson(part, whole), wilson(whole - part, whole)
    assert abs(1 - Fraction(share.low) - Fraction(rest.high)) < Fraction(1, 10**30)
    assert abs(1 - Fraction(share.high) - Fraction(rest.low)) < Fraction(1, 10**30)


def test_the_limit_is_that_of_ninety_five_percent() -> None:
    assert abs(NormalDist().cdf(float(Z_95)) - 0.975) < 1e-15


def test_an_interval_narrows_as_more_is_counted() -> None:
    widths = [wilson(n, 2 * n).high - wilson(n, 2 * n).low for n in (5, 50, 500, 5000)]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (-1, 3), (4, 3), (1, -1), (1.0, 2), (True, 2)])
def test_counts_that_are_no_share_are_refused(part: int, whole: int) -> None:
    with pytest.raises(FiguresError, match="part of a whole"):
        wilson(part, whole)


@pytest.mark.parametrize(("share", "told"), [("0", 0), ("0.004999", 0), ("0.005", 1), ("0.285", 29), ("1", 100)])
def test_percent_are_rounded_half_up(share: str, told: int) -> None:
    assert percent(Decimal(share)) == told


@pytest.mark.parametrize("share", ["-0.01", "1.01"])
def test_what_is_no_share_has_no_percent(share: str) -> None:
    with pytest.raises(FiguresError, match="0 to 1"):
        percent(Decimal(share))
