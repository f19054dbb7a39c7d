"""Holds the proof that the browser's arithmetic of a mark is the formula written in exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from random import Random

from tests.browser.line.conftest import OpenForm

IN_THE_BROWSER = """async (rows) => {
    const { markAt } = await import("/static/js/line.js");
    return rows.map(([x, left, width, direction]) => markAt(x, left, width, direction));
}"""
SIXTY_FOURTHS = 64  # the grid that browsers lay out on


def mark_at(x: float, left: float, width: float, direction: str) -> int:
    """Gives the mark by exact fractions: from the low end, cut to the line, rounded half up."""
    place = (Fraction(x) - Fraction(left)) / Fraction(width)
    from_low = 1 - place if direction == "rtl" else place
    return floor(10_000 * min(max(from_low, Fraction(0)), Fraction(1)) + Fraction(1, 2))


def rows(count: int) -> list[tuple[float, float, float, str]]:
    """Gives points on and beside lines of many lengths, the same ones every time."""
    chance = Random(20_261_124)
    made = []
    for _ in range(count):
        width = chance.randint(280 * SIXTY_FOURTHS, 900 * SIXTY_FOURTHS) / SIXTY_FOURTHS
        left = chance.randint(0, 400 * SIXTY_FOURTHS) / SIXTY_FOURTHS
        x = left + chance.randint(-40 * SIXTY_FOURTHS, int(width + 40) * SIXTY_FOURTHS) / SIXTY_FOURTHS
        made.append((x, left, width, chance.choice(("ltr", "rtl"))))
    return made


def test_twenty_thousand_points_give_the_same_marks_as_exact_fractions(open_form: OpenForm) -> None:
    asked = rows(20_000)
    assert open_form().page.evaluate(IN_THE_BROWSER, asked) == [mark_at(*row) for row in asked]


def test_halves_are_rounded_up_from_the_low_end_in_both_directions(open_form: OpenForm) -> None:
    halves = [(half / 2, 0.0, 10_000.0, "ltr") for half in range(1, 20_000, 2)]
    turned = [(10_000 - half / 2, 0.0, 10_000.0, "rtl") for half in range(1, 20_000, 2)]
    expected = [half // 2 + 1 for half in range(1, 20_000, 2)]
    assert open_form().page.evaluate(IN_THE_BROWSER, halves) == expected
    assert open_form().page.evaluate(IN_THE_BROWSER, turned) == expected


def test_every_mark_can_be_reached_and_stays_itself(open_form: OpenForm) -> None:
    asked = [(100 + mark * 620 / 10_000, 100.0, 620.0, "ltr") for mark in range(10_001)]
    assert open_form().page.evaluate(IN_THE_BROWSER, asked) == list(range(10_001))
