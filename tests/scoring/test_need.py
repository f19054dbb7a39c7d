"""Tests the order of need and the numbers of each reason, exactly on every threshold."""

from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from backend.scoring import (
    READY_TOTALS,
    UNSCORED_DAYS,
    Early,
    Flag,
    Ground,
    Judged,
    Need,
    Reason,
    Trajectory,
    grounds_of,
    on_day,
)
from tests.scoring.making import alliance, form, forms, outcome

TODAY = date(2026, 11, 24)
GREEN = (200, 232)


def own(totals: Sequence[int | None]) -> Trajectory:
    return outcome(forms(totals))


def srs(totals: Sequence[int | None]) -> Trajectory:
    return alliance(forms(totals, "srs"))


def needs(*people: Judged) -> list[tuple[Need, object]]:
    return [(ground.need, ground.key) for ground in grounds_of(people)]


def test_the_needs_stand_in_the_order_of_urgency() -> None:
    words = "red alliance deteriorated unscored yellow follow_up ready new green"
    assert [str(need) for need in Need] == words.split()
    assert [need.rank for need in Need] == list(range(9))


def test_the_reasons_for_judging_nobody_are_kept_under_words_that_stay() -> None:
    assert [str(reason) for reason in Early] == ["first", "others", "skipped", "incomplete", "nothing"]


def test_a_reason_without_numbers_counts_nothing() -> None:
    bare = Ground(Need.NEW)
    assert (bare.totals, bare.over, bare.margin, bare.reasons, bare.key) == (0, 0, 0, (), None)


def test_the_periods_are_those_that_the_screen_names() -> None:
    assert (UNSCORED_DAYS, READY_TOTALS) == (28, 3)


@pytest.mark.parametrize(
    ("totals", "need", "reasons"),
    [
        ((200, 134), Need.RED, (Reason.BELOW_ALARM, Reason.FALLEN_BY_RELIABLE_CHANGE)),
        ((200, 196), Need.YELLOW, (Reason.BETWEEN,)),
        ((200, 195), Need.YELLOW, (Reason.BETWEEN,)),
        ((200, 170), Need.RED, (Reason.BELOW_ALARM,)),
        ((200, 240, 170), Need.RED, (Reason.BELOW_ALARM,)),
        ((200, 240), Need.GREEN, (Reason.AT_OR_ABOVE_TARGET,)),
    ],
)
def test_an_own_curve_needs_what_its_zone_says(
    totals: tuple[int, ...], need: Need, reasons: tuple[Reason, ...]
) -> None:
    (ground,) = grounds_of([Judged("Maria", own(totals))])
    assert (ground.need, ground.key, ground.rater, ground.reasons) == (need, "Maria", None, reasons)


def test_a_reason_carries_the_numbers_that_show_why() -> None:
    first, last = {"a": 60, "b": 50}, {"a": 58, "b": 30}
    curve = outcome([form(250, 1, scores=first), form(170, 2, scores=last)])
    point = curve.last
    assert point is not None
    assert grounds_of([Judged("Maja", curve)]) == (
        Ground(
            Need.RED,
            "Maja",
            reasons=(Reason.BELOW_ALARM, Reason.FALLEN_BY_RELIABLE_CHANGE),
            form="ors",
            last=170,
            target=point.target,
            alarm=point.alarm,
            cutoff=250,
            change=-80,
            since_first=-80,
            reliable=66,
            fell_most="b",
            totals=2,
            over=0,
            margin=-80,
        ),
    )


def test_the_smallest_reliable_change_is_told_rounded_up() -> None:
    (ground,) = grounds_of([Judged(1, outcome(forms((200, 240)), reliable_change=Decimal("9.979")))])
    assert ground.reliable == 100


@pytest.mark.parametrize(
    ("totals", "alerts"),
    [
        ((360, 360), None),
        ((359,), (Flag.ALLIANCE_UNDER_CUTOFF,)),
        ((390, 381), None),
        ((390, 380), (Flag.ALLIANCE_FALLEN,)),
        ((370, 350), (Flag.ALLIANCE_UNDER_CUTOFF, Flag.ALLIANCE_FALLEN)),
        ((350, 370), None),
        ((350, None), (Flag.ALLIANCE_UNDER_CUTOFF,)),
        ((None,), None),
    ],
)
def test_an_alliance_needs_somebody_by_its_last_total(
    totals: tuple[int | None, ...], alerts: tuple[Flag, ...] | None
) -> None:
    found = grounds_of([Judged("Karim", own(GREEN), {"answer": srs(totals)})])
    assert [(g.answer, g.reasons, g.reliable) for g in found if g.need is Need.ALLIANCE] == (
        [("answer", alerts, None)] if alerts else []
    )


def test_the_lower_of_two_alliances_comes_first() -> None:
    curves: dict[Hashable, Trajectory] = {"a": srs((300, 340)), "b": srs((330,)), "c": srs((395, 385))}
    assert [ground.answer for ground in grounds_of([Judged(1, None, curves)])] == ["b", "a", "c"]


def test_what_others_see_deteriorate_is_theirs_and_never_a_zone_of_the_member() -> None:
    others: dict[Hashable, Trajectory] = {"lærer": own((250, 184)), "far": own((250, 185)), "mor": own((250,))}
    found = grounds_of([Judged("Noah", own(GREEN), {}, others)])
    assert [(g.need, g.rater, g.since_first) for g in found] == [
        (Need.DETERIORATED, "lærer", -66),
        (Need.GREEN, None, 32),
    ]


def test_reasons_stand_by_need_and_within_one_need_by_how_far_somebody_has_fallen() -> None:
    people = [
        Judged("green", own((200, 240))),
        Judged("fell 67", own((250, 183))),
        Judged("yellow", own((200, 196))),
        Judged("fell 90", own((250, 160))),
        Judged("alliance", own((200, 250)), {"answer": srs((340,))}),
        Judged("deteriorated", None, {}, {"far": own((250, 180))}),
    ]
    assert needs(*people) == [
        (Need.RED, "fell 90"),
        (Need.RED, "fell 67"),
        (Need.ALLIANCE, "alliance"),
        (Need.DETERIORATED, "deteriorated"),
        (Need.YELLOW, "yellow"),
        (Need.GREEN, "green"),
        (Need.GREEN, "alliance"),
        (Need.NEW, "deteriorated"),
    ]


@pytest.mark.parametrize(
    ("totals", "ready"),
    [
        ((200, 250, 250, 250), True),
        ((200, 249, 250, 250), False),
        ((200, 250, 249, 250, 250), False),
        ((250, 260), False),
        ((255, 280, 290), True),
    ],
)
def test_one_is_ready_with_three_totals_in_a_row_at_or_over_the_cut_off(totals: tuple[int, ...], ready: bool) -> None:
    assert needs(Judged(1, own(totals))) == [(Need.READY if ready else Need.GREEN, 1)]


def test_a_family_is_ready_when_everybody_with_an_own_total_is() -> None:
    over, short = own((255, 280, 290, 295)), own((200, 240, 260))
    assert needs(Judged(1, over), Judged(2, own((270, 280, 290)))) == [(Need.READY, 2), (Need.READY, 1)]
    assert needs(Judged(1, over), Judged(2, short)) == [(Need.GREEN, 1), (Need.GREEN, 2)]
    assert needs(Judged(1, over), Judged(2, own((260,)))) == [(Need.GREEN, 1), (Need.NEW, 2)]
    only_others = Judged(2, None, {}, {"lærer": own((100, 100))})
    assert needs(Judged(1, over), only_others) == [(Need.READY, 1), (Need.NEW, 2)]
    assert needs(Judged(1, over), Judged(2, own((None,)), answered=True)) == [(Need.READY, 1), (Need.NEW, 2)]


def test_over_the_cut_off_but_not_green_is_not_ready() -> None:
    low = outcome(forms((200, 190, 195)), cutoff=150)
    assert needs(Judged(1, low)) == [(Need.YELLOW, 1)]
    assert needs(Judged(1, low), Judged(2, own((255, 280, 290)))) == [(Need.YELLOW, 1), (Need.GREEN, 2)]


def test_the_totals_over_the_cut_off_are_counted_from_the_last() -> None:
    counts = [grounds_of([Judged(1, own(totals))])[0].over for totals in ((260, 200, 250, 251), (200, 240), (250, 249))]
    assert counts == [2, 0, 0]


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (Judged(1, own((200,))), Early.FIRST),
        (Judged(1, own((None, 200)), answered=True), Early.FIRST),
        (Judged(1, None, {}, {"lærer": own((200, 240))}), Early.OTHERS),
        (Judged(1, own((None,)), {}, {"lærer": own((200,))}, answered=True), Early.OTHERS),
        (Judged(1, None, {}, {"lærer": own((None,))}, skipped=True), Early.SKIPPED),
        (Judged(1, None, skipped=True), Early.SKIPPED),
        (Judged(1, own((None,)), skipped=True, answered=True), Early.INCOMPLETE),
        (Judged(1, None, answered=True), Early.INCOMPLETE),
    ],
)
def test_who_cannot_be_judged_has_neither_zone_nor_green_but_a_reason(person: Judged, reason: Early) -> None:
    (ground,) = grounds_of([person])
    assert (ground.need, ground.key, ground.reasons) == (Need.NEW, 1, (reason,))
    assert (ground.target, ground.alarm) == (None, None)


def test_only_a_first_total_of_ones_own_is_told_as_a_number() -> None:
    (first,) = grounds_of([Judged(1, own((200,)))])
    (others,) = grounds_of([Judged(1, None, {}, {"lærer": own((200,)), "far": own((210,))})])
    assert (first.last, first.rater) == (200, None)
    assert (others.last, others.rater) == (None, "lærer")


def test_an_episode_that_nobody_has_answered_in_is_new() -> None:
    nothing = (Ground(Need.NEW, None, reasons=(Early.NOTHING,)),)
    assert grounds_of([]) == nothing
    assert grounds_of([Judged(1)]) == nothing


def test_those_who_cannot_be_judged_stand_last_the_one_with_a_total_first() -> None:
    people = [
        Judged("incomplete", answered=True),
        Judged("skipped", skipped=True),
        Judged("others", None, {}, {"far": own((200,))}),
        Judged("first", own((200,))),
        Judged("green", own(GREEN)),
    ]
    assert [key for _, key in needs(*people)] == ["green", "first", "others", "skipped", "incomplete"]


def asked(*grounds: Ground, silent: int = 0, due: int | None = None) -> list[tuple[Need, int | None]]:
    due_on = None if due is None else TODAY - timedelta(days=due)
    found = on_day(grounds, TODAY, since=TODAY - timedelta(days=silent), due_on=due_on)
    return [(ground.need, ground.days) for ground in found]


def test_nobody_scored_counts_from_the_twenty_eighth_day() -> None:
    green = Ground(Need.GREEN, 1)
    assert asked(green, silent=27) == [(Need.GREEN, None)]
    assert asked(green, silent=28) == [(Need.UNSCORED, 28), (Need.GREEN, None)]


def test_a_follow_up_counts_from_the_day_it_is_due() -> None:
    green = Ground(Need.GREEN, 1)
    assert asked(green, due=-1) == [(Need.GREEN, None)]
    assert asked(green, due=0) == [(Need.FOLLOW_UP, 0), (Need.GREEN, None)]
    assert asked(green, due=3) == [(Need.FOLLOW_UP, 3), (Need.GREEN, None)]


def test_what_depends_on_the_date_stands_in_its_place_in_the_order() -> None:
    every = [Ground(need, need) for need in (Need.RED, Need.YELLOW, Need.READY)]
    assert [need for need, _ in asked(*every, silent=40, due=1)] == [
        Need.RED, Need.UNSCORED, Need.YELLOW, Need.FOLLOW_UP, Need.READY,
    ]  # fmt: skip
    new = Ground(Need.NEW, 1, reasons=(Early.FIRST,))
    assert [need for need, _ in asked(new, silent=40, due=1)] == [Need.UNSCORED, Need.FOLLOW_UP, Need.NEW]
    assert [need for need, _ in asked(Ground(Need.GREEN, 2), new)] == [Need.GREEN, Need.NEW]


def test_it_is_about_whom_the_worst_other_reason_is_about_with_the_same_numbers() -> None:
    yellow = Ground(Need.YELLOW, "Ali", reasons=(Reason.BETWEEN,), last=241, target=254)
    green = Ground(Need.GREEN, "Mona", last=300)
    unscored, after, due, _ = on_day([yellow, green], TODAY, since=TODAY - timedelta(days=30), due_on=TODAY)
    assert (unscored.key, unscored.last, unscored.reasons, unscored.days) == ("Ali", 241, (), 30)
    assert after == yellow
    assert (due.key, due.last, due.reasons, due.days) == ("Ali", 241, (), 0)
