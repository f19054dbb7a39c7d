"""Tests how typed dates and months are read, also where the browser has no calendar."""

from __future__ import annotations

from datetime import date

import pytest

from backend.pages.typed import typed_day, typed_month
from backend.problems import Problem

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("text", ["2026-11-24", "24.11.2026", " 24/11 2026 ", "24-11-2026"])
def test_a_date_is_read_as_calendars_send_it_and_as_danes_write_it(text: str) -> None:
    assert typed_day("day", text) == DAY


def test_nothing_typed_is_the_default() -> None:
    assert typed_day("day", "", DAY) == typed_day("day", None, DAY) == DAY


@pytest.mark.parametrize("text", ["", "i går", "2026-02-30", "30.2.2026", "24.11.26", "2026-11-24T10:00"])
def test_what_is_no_date_is_told_at_its_field(text: str) -> None:
    with pytest.raises(Problem) as told:
        typed_day("opened_on", text)
    assert (told.value.status, list(told.value.fields)) == (422, ["opened_on"])


@pytest.mark.parametrize(
    ("text", "month"),
    [("2014-03", "2014-03"), ("3-2014", "2014-03"), (" 03/2014 ", "2014-03"), ("marts", "marts"), (None, "")],
)
def test_a_month_is_read_both_ways_and_anything_else_is_left_to_be_refused(text: str | None, month: str) -> None:
    assert typed_month(text) == month
