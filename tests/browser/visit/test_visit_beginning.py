"""Tests how a visit begins: no plan, a plan of yesterday, the PIN code, and what can be seen before it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.visit.conftest import SetOut
from tests.browser.visit.plans import family, plan

CANARY = "Kanariefugl Zxq7"
WRONG = "9999"
TRIES = 5

DEPOSIT_TWICE = """async () => {
  const { deposit } = await import('/static/js/outbox.js');
  const answer = { staff_id: crypto.randomUUID(), marks: {}, skipped: true };
  await deposit({ ...answer });
  await deposit({ ...answer });
}"""
EVERYTHING_STORED = """async () => {
  const text = (value) => {
    if (value instanceof ArrayBuffer) return new TextDecoder('latin1').decode(value) + new TextDecoder().decode(value);
    if (ArrayBuffer.isView(value)) return text(value.buffer);
    if (value && typeof value === 'object') return Object.entries(value).map(([key, part]) => key + text(part)).join();
    return String(value);
  };
  const found = [location.href, document.cookie];
  for (const storage of [localStorage, sessionStorage]) found.push(JSON.stringify({ ...storage }));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) found.push(request.url, await (await cache.match(request)).text());
  }
  const finished = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await finished(indexedDB.open('linjen'));
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    found.push(text(await finished(store.getAllKeys())), text(await finished(store.getAll())));
  }
  database.close();
  return found;
}"""


def planned(alias: str = "Solsikke 12") -> dict[str, object]:
    return plan(family(alias, [("Maria", "parent"), ("Maja", "young")]))


def stored(page: Page) -> list[str]:
    everything: list[str] = page.evaluate(EVERYTHING_STORED)
    return everything


def kept_names(page: Page) -> str:
    names: str = page.evaluate(
        "import('/static/js/store.js').then(({ transact }) => transact('readonly', ({ kept }) => kept.getAllKeys()))"
        ".then((names) => names.join())"
    )
    return names


def test_without_a_plan_the_tablet_says_calmly_that_there_is_no_network(set_out: SetOut) -> None:
    page = set_out().page
    expect(page.get_by_role("heading", name="Ingen forbindelse")).to_be_focused()
    expect(page.get_by_text("Intet venter på at blive sendt")).to_be_visible()
    expect(page.get_by_text("Gør klar til besøg")).to_be_visible()
    page.get_by_role("button", name="Send nu").click()
    expect(page.get_by_text("Der er ingen forbindelse. Linjen prøver igen af sig selv.")).to_be_visible()


def test_what_waits_is_told_with_its_age_and_never_with_a_name(set_out: SetOut) -> None:
    therapist = set_out()
    page = therapist.page
    page.evaluate(DEPOSIT_TWICE)
    expect(page.get_by_text("2 besvarelser venter")).to_be_visible()
    now: float = page.evaluate("Date.now()")
    page.clock.set_system_time(now / 1000 + 2 * 3600 + 60)
    therapist.open()
    expect(page.get_by_text("2 besvarelser venter, den ældste gemt for 2 timer siden")).to_be_visible()


def test_trying_again_with_a_network_leads_back_to_linjen(set_out: SetOut) -> None:
    page = set_out().page
    page.context.set_offline(False)
    page.get_by_role("button", name="Prøv igen").click()
    page.wait_for_url("**/i-dag")


def test_the_way_home_is_offered_and_never_taken_by_itself(set_out: SetOut) -> None:
    therapist = set_out(planned())
    page = therapist.page
    therapist.type_pin()
    therapist.ready("visit-families")
    expect(page.get_by_role("link", name="Gå til Linjen")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Gå til Linjen")).to_be_visible()
    expect(page.get_by_role("heading", name="Besøg", exact=True)).to_be_visible()
    page.get_by_role("link", name="Gå til Linjen").click()
    page.wait_for_url("**/i-dag")


def test_a_plan_older_than_a_day_is_gone(set_out: SetOut) -> None:
    therapist = set_out(planned(), hours_ago=25)
    therapist.ready("visit-none")
    assert "vault plan" not in kept_names(therapist.page)


def test_nothing_of_a_plan_is_seen_before_the_pin_code(set_out: SetOut) -> None:
    therapist = set_out(planned(CANARY))
    therapist.ready("unlock")
    assert CANARY not in therapist.page.content()
    therapist.type_pin()
    expect(therapist.page.get_by_role("button", name=CANARY)).to_be_visible()


def test_a_family_is_nowhere_in_clear_on_the_tablet(set_out: SetOut) -> None:
    therapist = set_out(planned(CANARY))
    therapist.visit(CANARY)
    therapist.add(f"Farmor {CANARY}", "voksen")
    therapist.hand_over("start")
    everything = stored(therapist.page)
    assert any("vault plan" in text for text in everything)
    assert any("vault sitting" in text for text in everything)
    assert [text for text in everything if CANARY in text] == []


def test_five_wrong_pin_codes_make_everybody_wait_also_after_a_reload(set_out: SetOut) -> None:
    therapist = set_out(planned())
    page = therapist.page
    for _ in range(TRIES):
        therapist.type_pin(WRONG)
        expect(page.locator(".pin-field")).to_have_value("")
    therapist.open()
    therapist.type_pin()
    expect(page.get_by_text(re.compile("For mange forsøg"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-ready", "unlock")


def test_the_plan_can_be_deleted_at_once(set_out: SetOut) -> None:
    therapist = set_out(planned())
    therapist.visit("Solsikke 12")
    therapist.page.get_by_role("checkbox", name="Maja").uncheck()
    therapist.page.get_by_role("button", name="Besøg").click()
    therapist.page.get_by_text("Slet planen nu").click()
    therapist.page.get_by_role("button", name="Slet planen", exact=True).click()
    therapist.ready("visit-none")
    assert not {"vault plan", "vault sessions"} & set(kept_names(therapist.page).split(","))
    therapist.open()
    therapist.ready("visit-none")


def test_the_visit_is_locked_by_hand_by_a_reload_and_after_twenty_minutes(set_out: SetOut) -> None:
    therapist = set_out(planned())
    page = therapist.page
    page.clock.install()
    therapist.open()
    locks: list[Callable[[], object]] = [
        page.get_by_role("button", name="Lås", exact=True).click,
        therapist.open,
        lambda: page.clock.fast_forward("21:00"),
    ]
    for lock in locks:
        therapist.type_pin()
        therapist.ready("visit-families")
        lock()
        therapist.ready("unlock")
        assert "Solsikke 12" not in page.content()
