"""Holds how a wanted total becomes marks: exact, on the line, uneven, and told as the browser tells it."""

from __future__ import annotations

from random import Random

import pytest

from backend.api.responses import Capture
from backend.demo.marking import capture_of, leaning, marks_of
from backend.scoring import check_mark, total_tenths


def test_four_marks_give_every_total_exactly() -> None:
    rng = Random(1)
    for total in range(401):
        marks = marks_of(rng, total, leaning(rng))
        assert total_tenths(marks) == total
        assert [check_mark(mark) for mark in marks] == list(marks)


def test_a_person_leans_the_same_way_from_form_to_form() -> None:
    rng = Random(2)
    lean = (20.0, 0.0, 0.0, -20.0)
    for _ in range(50):
        first, *_, last = marks_of(rng, 200, lean)
        assert first > last


def test_marks_are_no_round_numbers_of_millimetres() -> None:
    rng = Random(3)
    assert any(mark % 100 for mark in marks_of(rng, 252, leaning(rng)))


@pytest.mark.parametrize("seed", range(20))
def test_the_circumstances_are_what_the_form_on_the_tablet_may_send(seed: int) -> None:
    capture = capture_of(Random(seed), ["personal", "close", "social", "overall"])
    assert Capture().validate(dict(capture)) == {}
    assert set(capture) == set(Capture().fields)
