"""Tests what "Gemt" means: sealed, committed, numbered once, still there after everything; else a refusal to save."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from tests.browser.outbox.tablet import NotKept, Tablet
from tests.support.chromium import NewContext
from tests.support.servers import Server

DUMP = """async () => {
  const all = [];
  for (const { name, version } of await indexedDB.databases()) {
    const open = indexedDB.open(name, version);
    const database = await new Promise((resolve) => { open.onsuccess = () => resolve(open.result); });
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).getAll();
      all.push(await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); }));
    }
    database.close();
  }
  return JSON.stringify(all) + JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href;
}"""
FULL = "() => { IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
DEAD = """() => {
  const whole = IDBDatabase.prototype.transaction;
  let first = true;
  IDBDatabase.prototype.transaction = function (...given) {
    if (first) { first = false; this.close(); }
    return whole.apply(this, given);
  };
}"""
SILENT = """() => {
  const whole = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) { this.close(); return whole.apply(this, given); };
}"""
NEWER = """() => new Promise((resolve, reject) => {
  const open = indexedDB.open("linjen", 7);
  open.onerror = open.onblocked = () => reject(new Error("the page held on to its handle"));
  open.onsuccess = () => { open.result.close(); resolve(true); };
})"""
WITHOUT_KEY = """async (key) => {
  const { read, write } = await import("/static/js/store.js");
  await write("tablet", { ...(await read("tablet")), key });
}"""


def test_what_was_deposited_is_still_there_byte_for_byte_after_a_reload(tablet: Tablet) -> None:
    ids = [tablet.deposit() for _ in range(3)]
    before = tablet.rows()
    tablet.reload()
    assert [row["id"] for row in before] == ids
    assert [row["envelope"]["seq"] for row in before] == [1, 2, 3]
    assert tablet.rows() == before


def test_no_name_and_no_mark_lies_open_on_the_tablet(tablet: Tablet) -> None:
    answer = tablet.visit.answer(mark=7391) | {"person": {"alias": "Kanariefugl", "age_group": "adult"}}
    tablet.deposit(answer)
    tablet.call("vault", "keep", "sitting", answer)
    dump = tablet.page.evaluate(DUMP)
    assert tablet.rows()[0]["id"] in dump
    for canary in ("Kanariefugl", "7391", answer["member_id"], answer["session"]["id"]):
        assert canary not in dump


def test_a_skipped_form_and_a_marked_one_look_alike(tablet: Tablet) -> None:
    tablet.deposit(tablet.visit.answer(mark=10_000))
    tablet.deposit(tablet.visit.answer(skipped=True))
    marked, skipped = (row["envelope"]["sealed"] for row in tablet.rows())
    assert len(marked) == len(skipped)


def test_the_same_form_deposited_twice_waits_once(tablet: Tablet) -> None:
    answer = tablet.visit.answer() | {"id": str(uuid4())}
    first = tablet.deposit(answer)
    row = tablet.rows()
    assert tablet.deposit(answer) == first
    assert tablet.rows() == row


def test_two_tabs_that_deposit_at_once_take_different_numbers(tablet: Tablet) -> None:
    other = tablet.second_tab()
    many = """async (answer) => {
      const { deposit } = await import("/static/js/outbox.js");
      window.done = Promise.all(Array.from({ length: 10 }, () => deposit(answer)));
    }"""
    for tab in (tablet, other):
        tab.page.evaluate(many, tablet.visit.answer())
    for tab in (tablet, other):
        tab.page.evaluate("() => window.done")
    assert [row["seq"] for row in tablet.rows()] == list(range(1, 21))


@pytest.mark.parametrize(("fault", "reason"), [(FULL, "full"), (SILENT, "storage")])
def test_storage_that_fails_keeps_nothing_and_says_why(tablet: Tablet, fault: str, reason: str) -> None:
    tablet.deposit()
    tablet.page.evaluate(fault)
    with pytest.raises(NotKept, match=f"^{reason}$"):
        tablet.deposit()
    tablet.reload()
    assert [row["seq"] for row in tablet.rows()] == [1]
    tablet.deposit()
    assert [row["seq"] for row in tablet.rows()] == [1, 2]


def test_a_handle_that_died_is_replaced_and_nothing_is_lost(tablet: Tablet) -> None:
    tablet.deposit()
    tablet.page.evaluate(DEAD)
    tablet.deposit()
    assert [row["seq"] for row in tablet.rows()] == [1, 2]


def test_a_newer_page_may_change_the_storage_under_an_open_one(tablet: Tablet) -> None:
    tablet.deposit()
    assert tablet.page.evaluate(NEWER)
    tablet.deposit()
    assert [row["seq"] for row in tablet.rows()] == [1, 2]


def test_a_tablet_that_is_not_enrolled_refuses_to_keep(new_context: NewContext, live_server: Server) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/healthz")
    outcome = page.evaluate(
        "async () => (await import('/static/js/outbox.js')).deposit({}).catch(({ reason }) => reason)"
    )
    assert outcome == "not-enrolled"


@pytest.mark.parametrize("key", [None, {"kid": "0123456789abcdef", "public": "bm90IGEga2V5"}])
def test_a_tablet_without_a_sound_key_refuses_to_keep(tablet: Tablet, key: dict[str, str] | None) -> None:
    tablet.page.evaluate(WITHOUT_KEY, key)
    with pytest.raises(NotKept, match=r"^no-key$"):
        tablet.deposit()
    assert tablet.rows() == []


def test_turning_the_clock_changes_no_order(tablet: Tablet) -> None:
    ids = []
    for day in ("2026-11-22", "2026-11-21", "2026-11-23"):
        tablet.page.clock.set_fixed_time(f"{day}T09:00:00Z")
        ids.append(tablet.deposit())
    assert [row["id"] for row in tablet.rows()] == ids


def test_two_hundred_waiting_forms_take_less_than_a_megabyte(tablet: Tablet) -> None:
    many = """async (answer) => {
      const { deposit } = await import("/static/js/outbox.js");
      for (let n = 0; n < 200; n += 1) await deposit(answer);
    }"""
    tablet.page.evaluate(many, tablet.visit.answer())
    rows = tablet.rows()
    assert len(rows) == 200
    assert len(json.dumps(rows, default=str)) <= 1_000_000
