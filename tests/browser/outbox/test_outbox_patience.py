"""Tests when the sender tries again by itself: longer each time, as long as the server asks, at once when it may."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.browser.outbox.faults import INBOX, Faults
from tests.browser.outbox.tablet import Tablet, stored
from tests.support.servers import Server

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
START = """async () => (await import("/static/js/sender.js")).startSending()"""
IDLE = """() => navigator.locks.request("linjen-send", () => {})"""


@pytest.fixture
def patient(tablet: Tablet) -> Tablet:
    """A tablet whose clock stands still at 09:01 until a test moves it."""
    tablet.page.clock.install(time=NOW)
    tablet.reload()
    tablet.page.clock.pause_at(NOW + timedelta(minutes=1))
    return tablet


def starts(tablet: Tablet) -> None:
    """Starts the sender and waits until its first request has been answered."""
    with tablet.page.expect_request(INBOX):
        tablet.page.evaluate(START)
    tablet.page.evaluate(IDLE)


def waits(tablet: Tablet, milliseconds: int) -> None:
    """Lets time pass on the tablet, and whatever that starts come to its end."""
    tablet.page.clock.fast_forward(milliseconds)
    tablet.page.evaluate(IDLE)


def test_the_sender_tries_again_by_itself_and_waits_longer_each_time(
    patient: Tablet, faults: Faults, live_server: Server
) -> None:
    faults.then("500", "lose request", "503", "lose answer")
    identity = patient.deposit()
    starts(patient)
    for attempt, whole in enumerate((1_000, 2_000, 4_000), start=1):
        waits(patient, whole * 7 // 10)
        assert len(faults.seen) == attempt, "too early"
        with patient.page.expect_request(INBOX):
            waits(patient, whole * 3 // 10)
    assert patient.until(reached=False)["waiting"] == 1
    with patient.page.expect_request(INBOX):
        waits(patient, 8_000)
    patient.until(waiting=0, reached=True)
    assert stored(live_server)[identity] == 1


def test_no_wait_is_longer_than_five_minutes(patient: Tablet, faults: Faults) -> None:
    faults.then(*["500"] * 12)
    patient.deposit()
    starts(patient)
    for _ in range(12):
        with patient.page.expect_request(INBOX):
            waits(patient, 300_000)
    patient.until(waiting=0)


@pytest.mark.parametrize("as_date", [False, True])
def test_a_server_that_asks_for_time_is_given_it(patient: Tablet, faults: Faults, as_date: bool) -> None:
    moment = format_datetime(NOW + timedelta(minutes=3), usegmt=True)
    faults.then(f"429 {moment if as_date else 120}")
    patient.deposit()
    starts(patient)
    patient.deposit()
    waits(patient, 119_000)
    assert len(faults.seen) == 1
    with patient.page.expect_request(INBOX):
        waits(patient, 1_000)
    patient.until(waiting=0)


@pytest.mark.parametrize("event", ["online", "visibilitychange"])
def test_what_waits_is_sent_when_the_network_or_the_page_comes_back(
    patient: Tablet, faults: Faults, event: str
) -> None:
    faults.then("lose request")
    patient.deposit()
    starts(patient)
    target = "window" if event == "online" else "document"
    with patient.page.expect_request(INBOX):
        patient.page.evaluate(f"() => {target}.dispatchEvent(new Event('{event}'))")
    patient.until(waiting=0)


def test_a_tablet_that_nobody_knows_asks_again_after_five_minutes(patient: Tablet, faults: Faults) -> None:
    faults.then("401")
    patient.deposit()
    starts(patient)
    waits(patient, 299_000)
    assert len(faults.seen) == 1
    assert patient.until(stopped="not-enrolled")["waiting"] == 1
    with patient.page.expect_request(INBOX):
        waits(patient, 1_000)
    patient.until(waiting=0, stopped=None)


def test_a_page_with_nothing_to_send_greets_a_server_not_heard_for_a_minute(patient: Tablet, faults: Faults) -> None:
    starts(patient)
    patient.reload()
    patient.page.evaluate(START)
    patient.page.evaluate(IDLE)
    assert len(faults.seen) == 1
    patient.page.clock.fast_forward(61_000)
    patient.reload()
    starts(patient)
    assert len(faults.seen) == 2
