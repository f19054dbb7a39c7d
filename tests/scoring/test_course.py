"""Tests of the expected course and its target and alarm lines against numbers worked out by hand."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import factorial

import pytest

from backend.scoring import (
    OPEN_REFERENCE,
    AgeGroup,
    Course,
    Parameters,
    ScoringError,
    expected,
)
from backend.scoring.course import lines_tenths

ADULT, CHILD, ADOLESCENT = AgeGroup.ADULT, AgeGroup.CHILD, AgeGroup.ADOLESCENT


def flat(sigma: str = "6.0", **changes: str) -> Parameters:
    numbers = {"a": "0", "b": "0", "tau": "1.5", "sigma": sigma} | changes
    return Parameters(**{name: Decimal(number) for name, number in numbers.items()})


def course(parameters: Parameters) -> Course:
    return Course("own", 2, "Eget forløb", dict.fromkeys(AgeGroup, parameters))


def test_the_built_in_course_is_named_as_linjens_own() -> None:
    assert (OPEN_REFERENCE.id, OPEN_REFERENCE.version) == ("linjen-open", 1)
    assert OPEN_REFERENCE.label == "Linjens åbne referenceforløb v1"


def test_the_built_in_course_has_the_published_parameters() -> None:
    adult, young = OPEN_REFERENCE.parameters[ADULT], OPEN_REFERENCE.parameters[CHILD]
    assert [str(n) for n in (adult.a, adult.b, adult.tau, adult.sigma)] == ["18.5", "0.55", "1.6", "6.0"]
    assert [str(n) for n in (young.a, young.b, young.tau, young.sigma)] == ["20.0", "0.58", "1.5", "6.0"]
    assert OPEN_REFERENCE.parameters[ADOLESCENT] == young


def test_the_first_total_is_expected_to_be_itself() -> None:
    assert expected(OPEN_REFERENCE, ADULT, 138, 1) == Decimal("13.8")


def by_fractions(group: AgeGroup, intake: int, n: int) -> Fraction:
    """The formula again in exact fractions, e to the power of y as its Taylor series of 1/y."""
    a, b, tau = (Fraction(text) for text in (("18.5", "0.55", "1.6") if group is ADULT else ("20", "0.58", "1.5")))
    x, power = Fraction(intake, 10), (n - 1) / tau
    e_to_power = sum(power**k / factorial(k) for k in range(90))
    return min(x + max(Fraction(0), a - b * x) * (1 - 1 / e_to_power), Fraction(40))


@pytest.mark.parametrize("group", AgeGroup)
@pytest.mark.parametrize("intake", [0, 138, 200, 337, 345, 400])
@pytest.mark.parametrize("n", [1, 2, 3, 9, 20])
def test_the_expected_course_follows_the_formula(group: AgeGroup, intake: int, n: int) -> None:
    assert abs(Fraction(expected(OPEN_REFERENCE, group, intake, n)) - by_fractions(group, intake, n)) < Fraction(
        1, 10**20
    )


def test_the_expected_course_of_300_sessions_has_reached_its_end() -> None:
    assert abs(expected(OPEN_REFERENCE, ADULT, 0, 300) - Decimal("18.5")) < Decimal("1e-20")


def test_no_gain_is_expected_from_a_high_intake() -> None:
    assert expected(OPEN_REFERENCE, ADULT, 337, 9) == Decimal("33.7")
    assert expected(OPEN_REFERENCE, ADULT, 336, 9) > Decimal("33.6")


def test_the_expected_course_stays_on_the_scale() -> None:
    assert expected(course(flat(a="30")), ADULT, 390, 50) == 40


def test_the_expected_course_ignores_a_callers_decimal_settings() -> None:
    own = course(flat(a="17.25"))
    plain = expected(own, ADULT, 138, 4)
    own_again = course(flat(a="17.250"))
    with localcontext(prec=3):
        assert expected(own_again, ADULT, 138, 5) > plain
        assert lines_tenths(own, ADULT, 138, 6)[0] == 278


def test_target_and_alarm_of_the_drawn_example_are_reproduced() -> None:
    lines = [lines_tenths(OPEN_REFERENCE, ADULT, 138, n) for n in range(2, 10)]
    assert lines == [(162, 127), (189, 154), (204, 168), (212, 176), (216, 180), (218, 182), (219, 184), (220, 184)]


def test_lines_are_rounded_half_up() -> None:
    assert lines_tenths(course(flat(sigma="1.25")), ADULT, 200, 2) == (195, 187)
    assert lines_tenths(course(flat(sigma="1.2502")), ADULT, 200, 2) == (194, 187)
    assert lines_tenths(course(flat(sigma="3.75")), ADULT, 200, 2) == (184, 161)


def test_lines_stay_on_the_scale() -> None:
    assert lines_tenths(OPEN_REFERENCE, ADULT, 0, 2)[1] == 24
    assert lines_tenths(course(flat()), ADULT, 0, 2) == (0, 0)
    assert lines_tenths(course(flat()), ADULT, 26, 2) == (0, 0)
    assert lines_tenths(course(flat()), ADULT, 27, 2) == (1, 0)
    assert lines_tenths(course(flat(sigma="0.0001")), ADULT, 400, 2) == (400, 400)


def test_there_is_no_line_at_the_first_total() -> None:
    with pytest.raises(ScoringError, match="begin at the second total, not at 1"):
        lines_tenths(OPEN_REFERENCE, ADULT, 138, 1)


@pytest.mark.parametrize("n", [0, -1])
def test_totals_are_counted_from_1(n: int) -> None:
    with pytest.raises(ScoringError, match=f"counted from 1, not {n}"):
        expected(OPEN_REFERENCE, ADULT, 138, n)


@pytest.mark.parametrize("intake", [-1, 401])
def test_an_intake_outside_the_scale_is_refused(intake: int) -> None:
    with pytest.raises(ScoringError, match="outside 0 to 400"):
        expected(OPEN_REFERENCE, ADULT, intake, 2)


@pytest.mark.parametrize("group", AgeGroup)
def test_a_course_needs_every_age_group(group: AgeGroup) -> None:
    with pytest.raises(ScoringError, match=f"The course own has no parameters for {group.value}."):
        Course("own", 1, "Eget", {other: flat() for other in AgeGroup if other is not group})


def test_all_missing_age_groups_are_named_at_once() -> None:
    with pytest.raises(ScoringError, match="child, adolescent, adult"):
        Course("own", 1, "Eget", {})


@pytest.mark.parametrize(("name", "number"), [("tau", "0"), ("sigma", "0"), ("tau", "-1"), ("sigma", "-1")])
def test_tau_and_sigma_are_above_0(name: str, number: str) -> None:
    with pytest.raises(ScoringError, match="above 0, not "):
        flat(**{name: number})


def test_a_course_may_rise_within_half_a_session() -> None:
    quick = course(flat(a="10", tau="0.5"))
    assert expected(quick, ADULT, 200, 2) > Decimal("28.6")


@pytest.mark.parametrize("name", ["a", "b", "tau", "sigma"])
@pytest.mark.parametrize("number", ["NaN", "Infinity"])
def test_parameters_are_finite(name: str, number: str) -> None:
    with pytest.raises(ScoringError, match=r"^The parameters of a course are finite numbers\.$"):
        flat(**{name: number})


def test_a_course_does_not_change_with_the_table_it_was_made_from() -> None:
    table = dict.fromkeys(AgeGroup, flat())
    own = Course("own", 1, "Eget", table)
    table[ADULT] = flat(sigma="9")
    assert own.parameters[ADULT] == flat()
    with pytest.raises(TypeError):
        own.parameters[ADULT] = flat(sigma="9")


def test_equal_courses_are_equal_and_usable_as_keys() -> None:
    assert {course(flat()): 1}[course(flat())] == 1
    assert course(flat()) != course(flat(sigma="5"))
