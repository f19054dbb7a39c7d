"""Tests the vault: readable here and now, unreadable elsewhere, gone in time, whatever the clock is turned to."""

from __future__ import annotations

import pytest

from tests.browser.outbox.tablet import Tablet

MINUTE = 60_000
OTHER_NAME = """async () => {
  const { read, write } = await import("/static/js/store.js");
  await write("vault draft", await read("vault plan"));
}"""
LOST_KEY = """async () => (await import("/static/js/store.js")).erase("vault key")"""
KEY_LEAVES = """async () => {
  const { read } = await import("/static/js/store.js");
  return crypto.subtle.exportKey("raw", await read("vault key")).then(() => true, () => false);
}"""
KEEP = """async (name) => {
  window.done = import("/static/js/vault.js").then(({ keep }) => keep(name, name));
}"""


def recalled(tablet: Tablet, name: str, minutes: int = 20) -> object:
    """Gives what the vault recalls of a value that may be so many minutes old."""
    return tablet.call("vault", "recall", name, {"withinMs": minutes * MINUTE})


def test_what_was_kept_is_recalled_after_a_reload_until_it_is_forgotten(tablet: Tablet) -> None:
    tablet.call("vault", "keep", "plan", {"families": ["Solsikke 12"]})
    tablet.call("vault", "keep", "draft", [1, None])
    tablet.reload()
    assert recalled(tablet, "plan") == {"families": ["Solsikke 12"]}
    tablet.call("vault", "forget", "plan", "sitting")
    assert recalled(tablet, "plan") is None
    assert recalled(tablet, "draft") == [1, None]


@pytest.mark.parametrize(
    ("clock", "expected"), [("09:19", "mark"), ("09:20", None), ("08:41", "mark"), ("08:40", None)]
)
def test_a_value_is_gone_when_its_time_is_up_in_either_direction(
    tablet: Tablet, clock: str, expected: str | None
) -> None:
    tablet.page.clock.set_fixed_time("2026-11-22T09:00:00Z")
    tablet.call("vault", "keep", "draft", "mark")
    tablet.page.clock.set_fixed_time(f"2026-11-22T{clock}:00Z")
    assert recalled(tablet, "draft") == expected
    assert recalled(tablet, "draft", minutes=10_000) == expected


def test_a_value_put_under_another_name_is_not_read(tablet: Tablet) -> None:
    tablet.call("vault", "keep", "plan", "plan")
    tablet.page.evaluate(OTHER_NAME)
    assert recalled(tablet, "draft") is None
    assert recalled(tablet, "plan") == "plan"


def test_a_lost_key_makes_what_was_kept_nothing_and_keeping_starts_afresh(tablet: Tablet) -> None:
    tablet.call("vault", "keep", "plan", "before")
    tablet.page.evaluate(LOST_KEY)
    assert recalled(tablet, "plan") is None
    tablet.call("vault", "keep", "plan", "after")
    assert recalled(tablet, "plan") == "after"


def test_the_key_never_leaves_the_tablet(tablet: Tablet) -> None:
    tablet.call("vault", "keep", "plan", "plan")
    assert tablet.page.evaluate(KEY_LEAVES) is False


def test_two_tabs_that_make_the_key_at_once_read_each_other(tablet: Tablet) -> None:
    other = tablet.second_tab()
    for tab, name in ((tablet, "plan"), (other, "sitting")):
        tab.page.evaluate(KEEP, name)
    for tab in (tablet, other):
        tab.page.evaluate("() => window.done")
    assert (recalled(other, "plan"), recalled(tablet, "sitting")) == ("plan", "sitting")
