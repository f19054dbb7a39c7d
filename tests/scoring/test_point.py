"""Tests of forms and of their numbering and comparison along one curve."""

from datetime import date

import pytest

from backend.scoring import Point, Scored, ScoringError
from backend.scoring.point import points_of
from tests.scoring.making import FIRST_DAY, form, forms


def test_only_forms_with_a_total_are_counted() -> None:
    points = points_of(forms([None, 200, None, 230, 210]))
    assert [point.n for point in points] == [None, 1, None, 2, 3]
    assert [point.change for point in points] == [None, None, None, 30, -20]
    assert [point.since_first for point in points] == [None, None, None, 30, 10]


def test_a_point_keeps_all_of_its_form() -> None:
    for total in (None, 200):
        scored = form(total, "a", FIRST_DAY, "cors", {"personal": 55})
        for point in (points_of([scored])[0], points_of([form(180), scored])[1]):
            kept = (point.key, point.held_on, point.instrument, point.scores, point.total)
            assert kept == ("a", FIRST_DAY, "cors", {"personal": 55}, total)


def test_a_point_without_a_total_is_compared_with_nothing() -> None:
    point = points_of([form(200, scores={"a": 50}), form(None, instrument="cors", scores={"a": 40})])[1]
    assert point == Point(1, FIRST_DAY, "cors", {"a": 40}, None)


def test_a_change_of_form_is_seen_against_the_last_counted_form() -> None:
    points = points_of([form(200), form(None, instrument="cors"), form(210), form(220, instrument="cors"),
                        form(230, instrument="cors")])  # fmt: skip
    assert [point.form_changed for point in points] == [False, False, False, True, False]


def test_the_item_that_fell_most_is_named() -> None:
    before = {"a": 50, "b": 60, "c": 70, "d": 40}
    points = points_of([form(200, scores=before), form(180, scores={"a": 49, "b": 40, "c": 60, "d": 90})])
    assert [point.fell_most for point in points] == [None, "b"]


def test_of_two_items_that_fell_alike_the_first_is_named() -> None:
    assert points_of([form(200, scores={"a": 50, "b": 60}), form(180, scores={"a": 40, "b": 50})])[1].fell_most == "a"


def test_no_item_is_named_when_none_fell() -> None:
    assert points_of([form(200, scores={"a": 50, "b": 60}), form(200, scores={"a": 50, "b": 61})])[1].fell_most is None


def test_items_that_were_not_asked_before_cannot_fall() -> None:
    assert points_of([form(200, scores={"a": 100}), form(200, scores={"b": 10})])[1].fell_most is None


def test_sessions_of_one_day_keep_the_order_given() -> None:
    assert [point.key for point in points_of([form(200, "b"), form(210, "a")])] == ["b", "a"]


@pytest.mark.parametrize("total", [200, None])
def test_a_form_dated_before_the_one_it_follows_is_refused(total: int | None) -> None:
    with pytest.raises(ScoringError, match="out of order: 2026-05-11 follows 2026-05-12"):
        points_of([form(total), form(total, held_on=date(2026, 5, 11))])


def test_a_form_dated_before_the_last_but_after_the_first_is_refused() -> None:
    days = [date(2026, 5, day) for day in (1, 20, 10)]
    with pytest.raises(ScoringError, match="2026-05-10 follows 2026-05-20"):
        points_of([form(200, held_on=day) for day in days])


def test_no_forms_make_no_points() -> None:
    assert points_of([]) == ()


@pytest.mark.parametrize("score", [9, 101, True, 5.5, None])
def test_a_score_outside_1_to_10_is_refused(score: object) -> None:
    with pytest.raises(ScoringError, match="The score of goals is 10 to 100 tenths, not "):
        form(200, scores={"goals": score})


def test_scores_of_1_and_10_are_kept() -> None:
    assert form(200, scores={"a": 10, "b": 100}).scores == {"a": 10, "b": 100}


@pytest.mark.parametrize("total", [-1, 401, 20.0])
def test_a_total_outside_the_scale_is_refused(total: object) -> None:
    with pytest.raises(ScoringError, match="total"):
        form(total)


def test_a_form_does_not_change_with_the_scores_it_was_made_from() -> None:
    scores = {"a": 50}
    scored = form(200, scores=scores)
    scores["a"] = 60
    assert scored.scores == {"a": 50}
    with pytest.raises(TypeError):
        scored.scores["a"] = 60


def test_equal_forms_are_equal_and_usable_as_keys() -> None:
    assert {form(200, scores={"a": 50}): 1}[form(200, scores={"a": 50})] == 1
    assert form(200, scores={"a": 50}) != form(200, scores={"a": 51})
    assert isinstance(points_of([form(200)])[0], Scored)
