"""Tests what the server refuses, rotates or revokes: no row stands in another's way, and staff is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.outbox.faults import Faults
from tests.browser.outbox.tablet import NotKept, Tablet, received, rotated_key, stored
from tests.support.chromium import NewContext
from tests.support.servers import Server

SPOILT = {
    "too large": "({ ...envelope, sealed: envelope.sealed.repeat(40) })",
    "gone": "undefined",
    "without a number": "({ ...envelope, seq: 'first' })",
    "without a readable id": "({ ...envelope, id: 'æ' })",
}
SPOIL = """async (id) => (await import("/static/js/store.js")).transact("readwrite", async ({ outbox }) => {
  const { envelope, ...row } = await outbox.get(id);
  await outbox.put({ ...row, envelope: CHANGED });
})"""
NO_STORAGE = """() => {
  IDBDatabase.prototype.transaction = () => { throw new DOMException("gone", "UnknownError"); };
}"""


@pytest.mark.parametrize("spoilt", SPOILT)
@pytest.mark.parametrize("position", [0, 2])
def test_a_row_that_the_server_refuses_stays_and_stands_in_no_others_way(
    tablet: Tablet, live_server: Server, spoilt: str, position: int
) -> None:
    ids = [tablet.deposit() for _ in range(4)]
    bad = ids.pop(position)
    tablet.page.evaluate(SPOIL.replace("CHANGED", SPOILT[spoilt]), bad)
    outcome = tablet.send()
    later = tablet.deposit()
    assert (outcome["sent"], outcome["left"], outcome["stopped"]) == (3, 1, "refused")
    assert tablet.send()["sent"] == 1
    assert tablet.until(refused=1)["waiting"] == 1
    assert [row["id"] for row in tablet.rows()] == [bad]
    counted = stored(live_server)
    assert [counted[name] for name in [*ids, later, bad]] == [1, 1, 1, 1, 0]


def test_a_request_that_is_too_large_is_made_smaller(tablet: Tablet, faults: Faults, live_server: Server) -> None:
    ids = [tablet.deposit() for _ in range(4)]
    faults.then("413", "413")
    assert tablet.send() == {"sent": 4, "left": 0, "stopped": None, "reached": True}
    assert [len(request["envelopes"]) for request in faults.seen] == [4, 2, 1, 3]
    assert [stored(live_server)[name] for name in ids] == [1] * 4


def test_the_same_id_with_other_bytes_is_kept_beside_the_first(tablet: Tablet, live_server: Server) -> None:
    identity = tablet.deposit()
    tablet.send()
    tablet.deposit(tablet.visit.answer(mark=1) | {"id": identity})
    assert tablet.send()["left"] == 0
    assert received(live_server)[identity] == 2
    assert stored(live_server)[identity] == 1


def test_a_rotated_key_is_used_next_and_what_was_sealed_before_is_still_opened(
    tablet: Tablet, live_server: Server
) -> None:
    before = tablet.deposit()
    rotated = rotated_key(live_server)
    tablet.send()
    after = tablet.deposit()
    (row,) = tablet.rows()
    assert row["envelope"]["kid"] == rotated
    tablet.send()
    assert [stored(live_server)[name] for name in (before, after)] == [1, 1]


def test_a_revoked_tablet_sends_what_it_has_and_is_told(tablet: Tablet, live_server: Server) -> None:
    identity = tablet.deposit()
    number = tablet.call("enrolment", "enrolled")["tablet"].replace("-", "")
    with closing(sqlite3.connect(live_server.data / "linjen.sqlite")) as database, database:
        changed = database.execute("UPDATE tablet SET revoked_at = enrolled_at WHERE id = ?", (number,))
        assert changed.rowcount == 1
    assert tablet.send() == {"sent": 1, "left": 0, "stopped": "revoked", "reached": True}
    assert (received(live_server)[identity], stored(live_server)[identity]) == (1, 0)


def test_a_server_that_was_killed_and_comes_back_gets_what_waits(tablet: Tablet, live_server: Server) -> None:
    first = tablet.deposit()
    try:
        live_server.kill()
        second = tablet.deposit()
        assert tablet.send() == {"sent": 0, "left": 2, "stopped": None, "reached": False}
    finally:
        live_server.start()
    assert tablet.send()["left"] == 0
    assert [stored(live_server)[name] for name in (first, second)] == [1, 1]


def test_a_browser_without_an_enrolment_asks_the_server_nothing(new_context: NewContext, live_server: Server) -> None:
    context = new_context()
    faults, page = Faults().between(context), context.new_page()
    page.goto(f"{live_server.url}/healthz")
    outcome = page.evaluate("async () => (await import('/static/js/sender.js')).sendNow()")
    assert outcome["stopped"] == "not-enrolled"
    assert faults.seen == []


def test_a_tablet_whose_storage_fails_is_not_enrolled(tablet: Tablet) -> None:
    tablet.page.evaluate(NO_STORAGE)
    with pytest.raises(NotKept, match=r"^storage$"):
        tablet.call("enrolling", "enrol", "Annes iPad")


def test_a_tablet_that_cannot_reach_the_server_is_not_enrolled(tablet: Tablet, context: BrowserContext) -> None:
    before = tablet.call("enrolment", "enrolled")
    context.set_offline(True)
    with pytest.raises(NotKept, match=r"^unreached$"):
        tablet.call("enrolling", "enrol", "Bos iPad")
    assert tablet.call("enrolment", "enrolled") == before
