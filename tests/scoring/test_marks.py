"""Tests of mark, score, millimetres and total; the golden table of every mark stands with the promises."""

from decimal import Decimal, localcontext

import pytest

from backend.scoring import (
    MARK_MAX,
    SCORING_VERSION,
    TOTAL_MAX,
    ScoringError,
    as_decimal,
    check_mark,
    check_total,
    millimetres,
    score_tenths,
    total_tenths,
)

VECTORS = [
    (0, 10, 0),
    (49, 10, 0),
    (50, 10, 1),
    (55, 10, 1),
    (56, 11, 1),
    (499, 14, 5),
    (500, 15, 5),
    (611, 15, 6),
    (612, 16, 6),
    (5000, 55, 50),
    (6250, 66, 63),
    (9944, 99, 99),
    (9945, 100, 99),
    (9949, 100, 99),
    (9950, 100, 100),
    (10_000, 100, 100),
]


@pytest.mark.parametrize(("mark", "tenths", "length"), VECTORS)
def test_a_mark_gives_its_published_score_and_length(mark: int, tenths: int, length: int) -> None:
    assert (score_tenths(mark), millimetres(mark)) == (tenths, length)


def test_the_line_has_10000_places_and_the_total_400_tenths() -> None:
    assert (MARK_MAX, TOTAL_MAX, SCORING_VERSION) == (10_000, 400, 1)


@pytest.mark.parametrize("convert", [check_mark, score_tenths, millimetres])
@pytest.mark.parametrize("mark", [-1, 10_001])
def test_a_mark_outside_the_line_is_refused(convert, mark: int) -> None:
    with pytest.raises(ScoringError, match=f"{mark} is outside the line: use a whole number from 0 to 10000"):
        convert(mark)


@pytest.mark.parametrize("convert", [check_mark, score_tenths, millimetres])
@pytest.mark.parametrize("mark", [True, False, 5.0, "5", None, Decimal(5)])
def test_what_is_not_a_whole_number_is_no_mark(convert, mark: object) -> None:
    with pytest.raises(ScoringError, match="whole number from 0 to 10000, not "):
        convert(mark)


@pytest.mark.parametrize("mark", [0, 10_000])
def test_both_ends_of_the_line_are_marks(mark: int) -> None:
    assert check_mark(mark) == mark


def test_four_marks_of_6250_make_25_2() -> None:
    assert total_tenths([6250] * 4) == 252


def test_a_total_adds_millimetres_and_not_scores() -> None:
    assert total_tenths(iter([0, 49, 50, 10_000])) == 101


def test_the_total_runs_from_0_to_40() -> None:
    assert (total_tenths([0] * 4), total_tenths([10_000] * 4)) == (0, 400)


@pytest.mark.parametrize("count", [0, 3, 5])
def test_a_total_of_other_than_four_marks_is_refused(count: int) -> None:
    with pytest.raises(ScoringError, match=f"exactly 4 marks, not {count}"):
        total_tenths([5000] * count)


def test_a_total_with_a_mark_outside_the_line_is_refused() -> None:
    with pytest.raises(ScoringError, match="10001 is outside"):
        total_tenths([0, 0, 0, 10_001])


@pytest.mark.parametrize("total", [0, 400])
def test_both_ends_of_the_scale_are_totals(total: int) -> None:
    assert check_total(total) == total


@pytest.mark.parametrize("total", [-1, 401])
def test_a_total_outside_the_scale_is_refused(total: int) -> None:
    with pytest.raises(ScoringError, match=f"The total {total} is outside 0 to 400 tenths"):
        check_total(total)


@pytest.mark.parametrize("total", [True, 25.2, "252", None])
def test_what_is_not_a_whole_number_of_tenths_is_no_total(total: object) -> None:
    with pytest.raises(ScoringError, match="whole number of tenths from 0 to 400, not "):
        check_total(total)


@pytest.mark.parametrize(("tenths", "text"), [(252, "25.2"), (400, "40.0"), (0, "0.0"), (-7, "-0.7"), (10, "1.0")])
def test_tenths_are_written_with_exactly_one_decimal(tenths: int, text: str) -> None:
    assert str(as_decimal(tenths)) == text


def test_a_callers_own_decimal_settings_change_nothing() -> None:
    with localcontext(prec=2):
        assert str(as_decimal(399)) == "39.9"


def test_a_number_of_28_digits_is_still_exact() -> None:
    digits = "1234567890123456789012345678"
    assert str(as_decimal(int(digits))) == f"{digits[:-1]}.{digits[-1]}"
