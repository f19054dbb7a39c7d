"""Tests of the words about changes in an episode: days, titles, who agreed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from flask import Flask

from backend.actions.event_view import Agreement, EventRow
from backend.pages.event_words import change_days, change_title, everybody_agreed, span
from backend.pages.language import speaking

SPRING, AUTUMN = date(2026, 5, 3), date(2026, 11, 2)


def an_event(*agrees: bool, words: str = "", until: date | None = None, member: str | None = None) -> EventRow:
    agreement = tuple(Agreement(UUID(int=n), "Maria", one, words) for n, one in enumerate(agrees))
    at = datetime(2026, 5, 3, tzinfo=UTC)
    return EventRow(
        UUID(int=9), "life", "ny skole", None, member, SPRING, until, "", agreement, (), "Anne Krog", at
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "since", "until", "words"),
    [
        ("da", SPRING, AUTUMN, "3. maj – 2. november 2026"),
        ("da", date(2025, 5, 3), AUTUMN, "3. maj 2025 – 2. november 2026"),
        ("da", SPRING, None, "3. maj 2026"),
        ("da", SPRING, SPRING, "3. maj 2026"),
        ("en", SPRING, AUTUMN, "3 May – 2 November 2026"),
    ],
)
def test_the_days_of_an_episode_in_full(app: Flask, language: str, since: date, until: date | None, words: str) -> None:
    with app.test_request_context(), speaking(language):
        assert span(since, until) == words


def test_a_change_of_one_day_has_one_day_and_a_longer_one_two(app: Flask) -> None:
    with app.test_request_context(), speaking("da"):
        days = [change_days(an_event(until=until)) for until in (None, SPRING, date(2026, 5, 9))]
    assert days == ["3. maj", "3. maj", "3. maj – 9. maj"]


def test_a_title_begins_large_and_names_whom_it_is_about(app: Flask) -> None:
    with app.test_request_context(), speaking("da"):
        assert (change_title(an_event()), change_title(an_event(member="Maja"))) == ("Ny skole", "Ny skole, Maja")


def test_a_family_agrees_when_everybody_was_asked_and_said_no_more() -> None:
    assert everybody_agreed(an_event(True, True), 2)
    assert not everybody_agreed(an_event(True), 2)
    assert not everybody_agreed(an_event(True), 1)
    assert not everybody_agreed(an_event(True, False), 2)
    assert not everybody_agreed(an_event(True, True, words="Ja"), 2)
