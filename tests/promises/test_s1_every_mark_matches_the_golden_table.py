"""Promise S1: all 10,001 marks match a golden table computed independently, in exact fractions."""

from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from math import floor
from pathlib import Path

from backend.scoring import MARK_MAX, as_decimal, millimetres, score_tenths

GOLDEN = Path(__file__).with_name("s1_golden_marks.sha256")
HALF = Fraction(1, 2)


def line(mark: int, score: str, centimetres: str) -> str:
    return f"{mark};{score};{centimetres}\n"


def one_decimal(value: Fraction) -> str:
    tenths = floor(value * 10 + HALF)
    return f"{tenths // 10}.{tenths % 10}"


def golden_table() -> str:
    """The table from the definitions alone: 1 + 9·m/10000 and 10·m/10000, each to one decimal, half up."""
    place = [Fraction(mark, 10_000) for mark in range(10_001)]
    return "".join(line(m, one_decimal(1 + 9 * x), one_decimal(10 * x)) for m, x in enumerate(place))


def scored_table() -> str:
    marks = range(MARK_MAX + 1)
    return "".join(line(m, str(as_decimal(score_tenths(m))), str(as_decimal(millimetres(m)))) for m in marks)


def test_every_mark_has_the_score_and_length_of_the_golden_table() -> None:
    assert scored_table() == golden_table()


def test_the_golden_table_itself_is_the_recorded_one() -> None:
    assert sha256(golden_table().encode()).hexdigest() == GOLDEN.read_text(encoding="ascii").split()[0]


def test_a_higher_mark_never_has_a_lower_score_and_no_step_is_left_out() -> None:
    scores = [score_tenths(mark) for mark in range(MARK_MAX + 1)]
    lengths = [millimetres(mark) for mark in range(MARK_MAX + 1)]
    assert {later - now for now, later in pairwise(scores)} == {0, 1}
    assert {later - now for now, later in pairwise(lengths)} == {0, 1}


def test_the_ends_of_the_line_are_exactly_1_and_10() -> None:
    assert (str(as_decimal(score_tenths(0))), str(as_decimal(score_tenths(MARK_MAX)))) == ("1.0", "10.0")
    assert (str(as_decimal(millimetres(0))), str(as_decimal(millimetres(MARK_MAX)))) == ("0.0", "10.0")
