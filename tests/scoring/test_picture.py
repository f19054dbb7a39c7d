"""Tests of the layout of large and small pictures, number by number."""

from datetime import date
from itertools import pairwise

import pytest

from backend.scoring import (
    Band,
    Box,
    Calendar,
    Picture,
    ScoringError,
    Trajectory,
    columns_of,
    curve_picture,
    sessions_of,
    small_picture,
)
from tests.scoring.making import BOX, alliance, form, forms, outcome


def large(own: Trajectory, *others: Trajectory, low: int = 0, box: Box = BOX) -> Picture:
    return curve_picture(own, others, columns=columns_of(sessions_of([own, *others]), box), box=box, low=low)


def test_dots_stand_at_their_sessions_and_totals() -> None:
    curve = outcome(forms([200, None, 240, 220]))
    own = large(curve).own
    assert [(dot.x, dot.y) for dot in own.dots] == [(150, 120), (350, 100), (450, 110)]
    assert [dot.point for dot in own.dots] == list(curve.counted)


def test_one_stroke_joins_the_dots_of_one_form() -> None:
    assert large(outcome(forms([200, None, 240, 220]))).own.strokes == (((150, 120), (350, 100), (450, 110)),)


def test_the_stroke_is_broken_where_the_form_changes() -> None:
    changed = [form(200, 1), form(240, 2), form(220, 3, instrument="cors"), form(260, 4, instrument="cors")]
    assert large(outcome(changed)).own.strokes == (((150, 120), (250, 100)), ((350, 110), (450, 90)))


def test_a_curve_without_totals_has_no_stroke_dot_line_or_band() -> None:
    picture = large(outcome(forms([None, None])))
    assert (picture.own.dots, picture.own.strokes, picture.own.valued) == ((), (), ())
    assert (picture.target, picture.alarm, picture.yellow, picture.red) == ((), (), None, None)
    assert [(label.end.kind, label.end.tenths) for label in picture.ends] == [("cutoff", 250)]


def test_target_and_alarm_run_from_the_second_total_to_the_right_edge() -> None:
    picture = large(outcome(forms([138, 169, 194])))
    assert picture.target == ((300, 139), (433.3, 125.5), (500, 125.5))
    assert picture.alarm == ((300, 156.5), (433.3, 143), (500, 143))


def test_points_where_both_lines_go_on_level_are_left_out() -> None:
    curve = outcome(forms([100] * 18))
    picture = large(curve)
    assert [(p.target, p.alarm) for p in curve.points[8:14]] == [
        (203, 167),
        (203, 167),
        (203, 168),
        (203, 168),
        (204, 168),
        (204, 168),
    ]
    kept = [dot.x for dot in picture.own.dots[1:13]]
    assert [x for x, _ in picture.target] == [x for x, _ in picture.alarm] == [*kept, 500]
    assert [y for _, y in picture.target] == [picture.scale.y(p.target or 0) for p in curve.points[1:13]] + [118]
    assert [y for _, y in picture.alarm] == [picture.scale.y(p.alarm or 0) for p in curve.points[1:13]] + [136]


def test_lines_that_are_level_all_along_have_their_ends() -> None:
    picture = large(outcome(forms([350] * 5)))
    assert picture.target == ((220, 58), (500, 58))
    assert picture.alarm == ((220, 76), (500, 76))


def test_yellow_lies_between_the_lines_and_red_fades_out_36_pixels_below() -> None:
    picture = large(outcome(forms([138, 169, 194])))
    assert picture.yellow == Band(picture.target, picture.alarm)
    assert picture.red is not None
    assert picture.red.top == picture.alarm
    assert picture.red.bottom == ((300, 192.5), (433.3, 179), (500, 179))


def test_red_stops_at_the_axis() -> None:
    red = large(outcome(forms([20, 30]))).red
    assert red is not None
    assert max(y for _, y in red.bottom) == 220


def test_one_total_has_no_lines_and_its_label_alone_at_the_end() -> None:
    picture = large(outcome(forms([138])))
    assert (picture.target, picture.alarm, picture.yellow, picture.red, picture.own.valued) == ((), (), None, None, ())
    assert [(label.end.kind, label.end.tenths) for label in picture.ends] == [("cutoff", 250), ("own", 138)]


def test_every_line_has_a_label_at_its_end() -> None:
    own, other = outcome(forms([138, 169, 194])), outcome(forms([130, None, None]))
    labels = large(own, other).ends
    assert [(label.end.kind, label.end.tenths, label.end.rater) for label in labels] == [
        ("cutoff", 250, 0),
        ("target", 189, 0),
        ("alarm", 154, 0),
        ("own", 194, 0),
        ("other", 130, 1),
    ]
    assert [label.line_y for label in labels] == [95, 125.5, 143, 123, 155]
    heights = sorted(label.y for label in labels)
    assert all(lower - upper >= 17.9 for upper, lower in pairwise(heights))


def test_labels_of_other_raters_are_counted_from_1() -> None:
    own, empty, third = outcome(forms([138])), outcome(forms([None])), outcome(forms([300]))
    labels = large(own, empty, third).ends
    assert [(label.end.kind, label.end.rater) for label in labels] == [("cutoff", 0), ("own", 0), ("other", 2)]


def test_other_raters_stand_at_the_same_sessions() -> None:
    own, other = outcome(forms([200, 210, 220, 230])), outcome([form(180, 3, date(2026, 5, 26))])
    picture = large(own, other)
    assert len(picture.others) == 1
    assert [(dot.x, dot.y) for dot in picture.others[0].dots] == [(350, 130)]


def test_lines_and_dots_are_the_persons_own_when_others_are_beside() -> None:
    own, other = outcome(forms([138, 169, 194])), outcome(forms([338, 369, 394]))
    alone, beside = large(own), large(own, other)
    assert (beside.own, beside.target, beside.alarm) == (alone.own, alone.target, alone.alarm)
    assert beside.others == (large(other).own,)


def test_a_large_picture_begins_at_0_unless_told() -> None:
    curve = outcome(forms([200]))
    picture = curve_picture(curve, columns=columns_of(sessions_of([curve]), BOX), box=BOX)
    assert picture == large(curve, low=0)
    assert picture.scale.low == 0


def test_a_session_without_a_column_is_refused() -> None:
    curve = outcome(forms([200, 210]))
    with pytest.raises(ScoringError, match="The session 2 has no column in the picture"):
        curve_picture(curve, columns=columns_of(sessions_of([curve])[:1], BOX), box=BOX)


def test_the_large_outcome_picture_has_a_line_for_every_ten() -> None:
    assert large(outcome(forms([200]))).gridlines == ((0, 220), (100, 170), (200, 120), (300, 70), (400, 20))


def test_a_picture_that_begins_higher_has_lines_at_its_ends_only() -> None:
    picture = large(alliance(forms([370, 347])), low=280)
    assert picture.gridlines == ((280, 220), (400, 20))
    assert picture.cutoff_y == 86.7
    assert [dot.y for dot in picture.own.dots] == [70, 108.3]
    assert (picture.target, picture.alarm, picture.yellow, picture.red) == ((), (), None, None)
    assert (picture.box, picture.scale.low) == (BOX, 280)


@pytest.mark.parametrize(
    ("totals", "valued"),
    [
        ([138, 169, 243, 205], [138, 243]),
        ([138, 169, 205, 243], [138]),
        ([243, 169, 205, 138], [243]),
        ([138, 243, 243, 205], [138, 243]),
        ([138, 243], [138]),
    ],
)
def test_the_first_and_the_highest_dot_have_their_value_written(totals: list[int], valued: list[int]) -> None:
    assert [dot.point.total for dot in large(outcome(forms(totals))).own.valued] == valued


@pytest.mark.parametrize(("width", "valued"), [(120, 2), (119, 1)])
def test_a_highest_dot_too_near_the_first_has_no_value_written(width: float, valued: int) -> None:
    assert len(large(outcome(forms([138, 243, 205])), box=Box(0, 0, width, 200)).own.valued) == valued


def test_the_first_of_two_equal_highest_dots_has_its_value_written() -> None:
    assert large(outcome(forms([138, 243, 243, 205]))).own.valued[1].x == 250


def test_a_small_picture_stands_on_calendar_time() -> None:
    own, other = outcome(forms([200, 250], days=20)), outcome(forms([310], days=20))
    picture = small_picture(own, [other], calendar=Calendar(date(2026, 5, 2), date(2026, 6, 11), BOX), low=100)
    assert [(dot.x, dot.y) for dot in picture.own.dots] == [(200, 153.3), (400, 120)]
    assert [(dot.x, dot.y) for dot in picture.others[0].dots] == [(200, 80)]
    assert picture.own.strokes == (((200, 153.3), (400, 120)),)


def test_a_small_picture_has_no_lines_of_a_course_and_labels_of_raters_only() -> None:
    own, other = outcome(forms([200, 250])), outcome(forms([310]))
    picture = small_picture(own, [other], calendar=Calendar(date(2026, 5, 2), date(2026, 6, 11), BOX), low=100)
    assert (picture.target, picture.alarm, picture.yellow, picture.red) == ((), (), None, None)
    assert [(label.end.kind, label.end.tenths, label.end.rater) for label in picture.ends] == [
        ("own", 250, 0),
        ("other", 310, 1),
    ]
    assert (picture.gridlines, picture.cutoff_y) == (((100, 220), (400, 20)), 120)
    assert (picture.box, picture.scale.low) == (BOX, 100)


def test_a_small_picture_without_other_raters_has_none() -> None:
    calendar = Calendar(date(2026, 5, 2), date(2026, 6, 11), BOX)
    assert small_picture(outcome(forms([200])), calendar=calendar, low=0).others == ()
