"""Tests of whole curves: zones, status, flags and alerts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backend.scoring import OPEN_REFERENCE, AgeGroup, ScoringError, due_again
from tests.scoring.making import FIRST_DAY, RC, alliance, form, forms, outcome

DRAWN = [138, 169, 194, 218, 206, 231, 243, 222, 205]


def test_the_drawn_example_is_reproduced() -> None:
    curve = outcome(forms(DRAWN))
    assert [point.target for point in curve.points] == [None, 162, 189, 204, 212, 216, 218, 219, 220]
    assert [point.alarm for point in curve.points] == [None, 127, 154, 168, 176, 180, 182, 184, 184]
    assert [point.zone for point in curve.points] == [
        None,
        "green",
        "green",
        "green",
        "yellow",
        *["green"] * 3,
        "yellow",
    ]
    assert [point.change for point in curve.points][-2:] == [-21, -17]
    assert curve.points[-1].since_first == 67
    assert (curve.zone, curve.status, curve.flags) == ("yellow", "improved", ())


def test_a_curve_keeps_what_it_was_judged_by() -> None:
    curve = outcome(forms(DRAWN), group=AgeGroup.CHILD, cutoff=320, reliable_change=Decimal(5))
    assert (curve.cutoff_group, curve.cutoff, curve.reliable_change) == (AgeGroup.CHILD, 320, Decimal(5))
    assert curve.course is OPEN_REFERENCE


def test_the_group_chooses_the_lines() -> None:
    child = outcome(forms([200, 200]), group=AgeGroup.CHILD).points[1]
    adult = outcome(forms([200, 200])).points[1]
    assert (child.target, child.alarm, adult.target, adult.alarm) == (214, 179, 208, 173)


def test_reasons_stand_on_every_judged_point() -> None:
    reasons = [point.reasons for point in outcome(forms([200, 208, 207, 134])).points]
    assert reasons == [(), ("at_or_above_target",), ("between",), ("below_alarm", "fallen_by_reliable_change")]


def test_one_total_has_no_zone_and_no_status() -> None:
    curve = outcome(forms([200]))
    assert (curve.zone, curve.status, curve.points[0].n, curve.totals) == (None, None, 1, (200,))
    assert (curve.points[0].target, curve.points[0].alarm, curve.points[0].reasons) == (None, None, ())


def test_two_totals_have_a_status() -> None:
    assert outcome(forms([200, 266])).status == "recovered"


def test_the_status_compares_the_first_total_with_the_last_and_not_with_the_best() -> None:
    assert outcome(forms([200, 400, 200])).status == "unchanged"


@pytest.mark.parametrize("totals", [[], [None], [None, None, None]])
def test_a_curve_without_any_total_is_judged_nothing(totals: list[None]) -> None:
    for curve in (outcome(forms(totals)), alliance(forms(totals))):
        assert (curve.last, curve.zone, curve.status, curve.flags) == (None, None, None, ())
        assert (curve.counted, curve.totals, len(curve.points)) == ((), (), len(totals))


def test_points_without_a_total_stay_on_the_curve_uncounted() -> None:
    curve = outcome(forms([None, 200, None, 240, None]))
    assert [point.n for point in curve.points] == [None, 1, None, 2, None]
    assert [point.zone for point in curve.points] == [None, None, None, "green", None]
    assert [point.key for point in curve.counted] == [2, 4]
    assert curve.last is curve.points[3]
    assert curve.zone == "green"


def test_three_hundred_sessions_are_judged() -> None:
    curve = outcome(forms([200, 260] * 150, days=0))
    assert (len(curve.points), curve.points[-1].n, curve.points[-1].target) == (300, 300, 249)


def test_two_sessions_of_one_day_are_both_counted() -> None:
    assert [point.n for point in outcome([form(200, "a"), form(210, "b")]).points] == [1, 2]


def test_forms_out_of_order_are_refused() -> None:
    scored = [form(200), form(210, held_on=FIRST_DAY - timedelta(days=1))]
    for build in (outcome, alliance):
        with pytest.raises(ScoringError, match="out of order"):
            build(scored)


@pytest.mark.parametrize("cutoff", [-1, 401])
def test_a_cutoff_outside_the_scale_is_refused_even_without_forms(cutoff: int) -> None:
    for build in (outcome, alliance):
        with pytest.raises(ScoringError, match="outside 0 to 400"):
            build([], cutoff=cutoff)


@pytest.mark.parametrize(
    ("first", "flags"), [(249, ()), (250, ("intake_at_or_over_cutoff",)), (251, ("intake_at_or_over_cutoff",))]
)
def test_an_intake_at_or_over_the_cutoff_is_flagged(first: int, flags: tuple[str, ...]) -> None:
    assert outcome(forms([first, 200])).flags == flags


def test_a_later_total_over_the_cutoff_is_not_flagged_as_intake() -> None:
    assert outcome(forms([200, 250])).flags == ()


def test_a_sawtooth_is_flagged() -> None:
    assert outcome(forms([100, 166, 100, 166, 100, 166])).flags == ("sawtooth",)
    assert outcome(forms([100, 166, 100, 166, 100, 166]), reliable_change=Decimal(7)).flags == ()


def test_a_change_of_form_is_flagged() -> None:
    changed = [form(200), form(210, instrument="cors")]
    assert outcome(changed).flags == alliance(changed, cutoff=200).flags == ("form_changed",)


def test_flags_come_in_a_fixed_order() -> None:
    totals = [*forms([266, 200, 266, 200, 266], "cors"), form(200, held_on=date(2027, 1, 1))]
    assert outcome(totals).flags == ("intake_at_or_over_cutoff", "sawtooth", "form_changed")


def test_the_intake_of_a_course_is_the_first_total() -> None:
    assert [point.target for point in outcome(forms([None, 138, 400, 0])).points] == [None, None, 162, 189]


@pytest.mark.parametrize(
    ("totals", "alerts"),
    [
        ([360], ()),
        ([359], ("alliance_under_cutoff",)),
        ([380, 371], ()),
        ([380, 370], ("alliance_fallen",)),
        ([371, 347], ("alliance_under_cutoff", "alliance_fallen")),
        ([400, None, 390], ("alliance_fallen",)),
        ([350, 370], ()),
    ],
)
def test_an_alliance_total_raises_its_alerts(totals: list[int | None], alerts: tuple[str, ...]) -> None:
    curve = alliance(forms(totals, "srs"))
    assert curve.points[-1].alerts == curve.flags == alerts


def test_only_the_last_alliance_total_flags_the_curve() -> None:
    curve = alliance(forms([350, 390, None], "srs"))
    assert [point.alerts for point in curve.points] == [("alliance_under_cutoff",), (), ()]
    assert curve.flags == ()


def test_a_form_without_a_total_does_not_clear_the_alert() -> None:
    assert alliance(forms([350, None], "srs")).flags == ("alliance_under_cutoff",)


def test_an_alliance_alert_names_the_item_that_fell_most() -> None:
    before, now = {"relationship": 95, "goals": 95}, {"relationship": 90, "goals": 70}
    assert alliance([form(380, scores=before), form(350, scores=now)]).points[1].fell_most == "goals"


def test_an_alliance_curve_has_no_course_zone_or_status() -> None:
    curve = alliance(forms([370, 300], "srs"))
    assert (curve.cutoff_group, curve.reliable_change, curve.course, curve.status, curve.zone) == (None,) * 5
    assert (curve.cutoff, curve.points[1].target, curve.points[1].alarm) == (360, None, None)


def test_a_form_change_and_alerts_of_an_alliance_curve_come_together() -> None:
    curve = alliance([form(380), form(350, instrument="csrs")])
    assert curve.flags == ("form_changed", "alliance_under_cutoff", "alliance_fallen")


@pytest.mark.parametrize(("days", "due"), [(0, False), (6, False), (7, True), (8, True), (-1, False)])
def test_an_outcome_form_is_due_again_from_the_seventh_day(days: int, due: bool) -> None:
    assert due_again(FIRST_DAY, FIRST_DAY + timedelta(days=days)) is due


def test_an_impossible_reliable_change_is_refused() -> None:
    with pytest.raises(ScoringError, match="above 0 points"):
        outcome(forms([200, 210]), reliable_change=-RC)
