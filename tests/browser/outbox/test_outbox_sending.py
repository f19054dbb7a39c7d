"""Tests how what waits is sent: through every fault of the way, each exactly once, and no row in another's way."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.outbox.faults import Faults
from tests.browser.outbox.tablet import NotKept, Tablet, received, stored
from tests.support.servers import Server

START = """async () => (await import("/static/js/sender.js")).startSending()"""
BEGIN = """async () => { const { sendNow } = await import("/static/js/sender.js"); window.sending = sendNow(); }"""
NO_PATIENCE = """() => {
  AbortSignal.timeout = () => {
    const limit = new AbortController();
    window.giveUp = () => limit.abort();
    return limit.signal;
  };
}"""
NO_WAITING_FOR_LOCKS = """() => {
  const { fetch } = window;
  window.fetch = (address, { signal, ...rest }) => fetch(address, rest);
  AbortSignal.timeout = () => AbortSignal.abort();
}"""
MANY = """async ([answer, count]) => {
  const { deposit } = await import("/static/js/outbox.js");
  const ids = [];
  for (let n = 0; n < count; n += 1) ids.push(await deposit(answer));
  return ids;
}"""


def once(ids: list[str], counted: Counter[str]) -> bool:
    """Says whether each of these ids was counted exactly once."""
    return [counted[name] for name in ids] == [1] * len(ids)


def test_what_waits_is_sent_stored_once_and_no_longer_waits(tablet: Tablet, live_server: Server) -> None:
    ids = [tablet.deposit() for _ in range(3)]
    assert tablet.send() == {"sent": 3, "left": 0, "stopped": None, "reached": True}
    assert once(ids, stored(live_server))
    status = tablet.call("sender", "status")
    assert (status["waiting"], status["oldest"], status["refused"]) == (0, None, 0)
    assert abs(status["heard"] - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.parametrize("fault", ["lose request", "lose answer", "500", "503", "429 1", "404", "302", "200"])
def test_a_fault_on_the_way_costs_nothing(tablet: Tablet, faults: Faults, live_server: Server, fault: str) -> None:
    ids = [tablet.deposit() for _ in range(2)]
    before = tablet.rows()
    faults.then(fault)
    assert tablet.send()["left"] == 2
    assert tablet.rows() == before
    assert tablet.send()["left"] == 0
    assert faults.seen[0]["envelopes"] == faults.seen[1]["envelopes"]
    assert once(ids, stored(live_server))
    assert once(ids, received(live_server))


@pytest.mark.parametrize(("fault", "stopped"), [("401", "not-enrolled"), ("403", "refused")])
def test_a_server_that_does_not_know_the_tablet_stops_everything_and_loses_nothing(
    tablet: Tablet, faults: Faults, live_server: Server, fault: str, stopped: str
) -> None:
    ids = [tablet.deposit() for _ in range(2)]
    faults.then(fault)
    assert tablet.send() == {"sent": 0, "left": 2, "stopped": stopped, "reached": True}
    assert tablet.send() == {"sent": 2, "left": 0, "stopped": None, "reached": True}
    assert once(ids, stored(live_server))


def test_a_lost_cookie_is_told_and_a_new_enrolment_lets_staff_look(
    tablet: Tablet, context: BrowserContext, live_server: Server
) -> None:
    tablet.deposit()
    context.clear_cookies()
    assert tablet.send()["stopped"] == "not-enrolled"
    assert tablet.until(stopped="not-enrolled")["waiting"] == 1
    with pytest.raises(NotKept, match=r"^refused$"):
        tablet.call("enrolling", "enrol", "Annes iPad")


def test_a_server_that_never_answers_is_given_up_in_time(tablet: Tablet, faults: Faults, live_server: Server) -> None:
    identity = tablet.deposit()
    faults.then("hold")
    tablet.page.evaluate(NO_PATIENCE)
    with tablet.page.expect_request("**/api/v1/inbox"):
        tablet.page.evaluate(BEGIN)
    tablet.page.evaluate("() => window.giveUp()")
    assert tablet.page.evaluate("() => window.sending")["reached"] is False
    assert tablet.send()["left"] == 0
    assert once([identity], stored(live_server))


def test_what_is_deposited_while_the_server_is_slow_is_sent_afterwards(
    tablet: Tablet, faults: Faults, live_server: Server
) -> None:
    tablet.page.evaluate(START)
    faults.then("hold")
    with tablet.page.expect_request("**/api/v1/inbox"):
        first = tablet.deposit()
    second = tablet.deposit()
    faults.release()
    tablet.until(waiting=0)
    assert once([first, second], stored(live_server))


def test_two_tabs_that_send_at_once_bring_each_row_once(tablet: Tablet, live_server: Server) -> None:
    ids = tablet.page.evaluate(MANY, [tablet.visit.answer(), 60])
    other = tablet.second_tab()
    for tab in (tablet, other):
        tab.page.evaluate(BEGIN)
    sent = [tab.page.evaluate("() => window.sending")["sent"] for tab in (tablet, other)]
    assert sum(sent) == 60
    assert once(ids, received(live_server))


def test_a_tab_that_was_frozen_with_the_lock_stops_no_other(tablet: Tablet, live_server: Server) -> None:
    identity = tablet.deposit()
    other = tablet.second_tab()
    other.page.evaluate("() => { navigator.locks.request('linjen-send', () => new Promise(() => {})); }")
    tablet.page.evaluate(NO_WAITING_FOR_LOCKS)
    assert tablet.send()["left"] == 0
    assert once([identity], stored(live_server))


def test_a_browser_without_locks_or_channels_sends_all_the_same(
    tablet: Tablet, context: BrowserContext, live_server: Server
) -> None:
    context.add_init_script("delete window.BroadcastChannel; delete Navigator.prototype.locks;")
    tablet.reload()
    identity = tablet.deposit()
    assert tablet.send()["left"] == 0
    assert once([identity], stored(live_server))


def test_two_hundred_waiting_forms_go_in_four_requests(tablet: Tablet, faults: Faults, live_server: Server) -> None:
    ids = tablet.page.evaluate(MANY, [tablet.visit.answer(), 200])
    assert tablet.send()["sent"] == 200
    assert [len(request["envelopes"]) for request in faults.seen] == [50, 50, 50, 50]
    assert [envelope["seq"] for request in faults.seen for envelope in request["envelopes"]] == list(range(1, 201))
    assert once(ids, stored(live_server))


def test_each_request_says_what_still_waits(tablet: Tablet, faults: Faults) -> None:
    tablet.send()
    tablet.deposit()
    tablet.deposit()
    faults.then("500")
    tablet.send()
    empty, waits = (request["state"] for request in faults.seen)
    assert empty == {"next_seq": 1, "waiting": [], "oldest_at": None, "persisted": False}
    assert (waits["next_seq"], waits["waiting"]) == (3, [1, 2])
    assert datetime.fromisoformat(waits["oldest_at"]).timestamp() * 1000 == tablet.rows()[0]["savedAt"]
