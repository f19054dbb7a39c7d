"""Tests of the zone of one total, exactly at the lines."""

from decimal import Decimal

import pytest

from backend.scoring import zone_of
from tests.scoring.making import RC


@pytest.mark.parametrize(
    ("total", "zone", "reasons"),
    [
        (400, "green", ["at_or_above_target"]),
        (220, "green", ["at_or_above_target"]),
        (219, "yellow", ["between"]),
        (184, "yellow", ["between"]),
        (183, "red", ["below_alarm"]),
        (73, "red", ["below_alarm"]),
        (72, "red", ["below_alarm", "fallen_by_reliable_change"]),
    ],
)
def test_a_total_lies_in_its_zone_for_its_reasons(total: int, zone: str, reasons: list[str]) -> None:
    assert zone_of(total, 138, 220, 184, RC) == (zone, tuple(reasons))


def test_a_reliable_fall_is_red_above_the_alarm_line() -> None:
    assert zone_of(184, 250, 220, 184, RC) == ("red", ("fallen_by_reliable_change",))
    assert zone_of(185, 250, 220, 184, RC) == ("yellow", ("between",))


def test_a_reliable_fall_is_red_even_over_the_target_line() -> None:
    assert zone_of(320, 340, 314, 278, Decimal(2)) == ("red", ("fallen_by_reliable_change",))
