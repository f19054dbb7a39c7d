"""Tests the therapist's eight minutes as a walk that counts: who is most in need, why, a follow-up, another closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Locator, Page, expect

from backend.clock import today
from tests.browser.test_every_screen import open_login
from tests.support.servers import Server

TAPS_AT_MOST: Final = 12
SECONDS_AT_MOST: Final = 120
# Card, Moran and Newell's keystroke-level model: to make up one's mind, and to move the hand and tap.
SECONDS_A_TAP: Final = 1.35 + 1.1
WORDS_A_SECOND: Final = 200 / 60  # slow, careful reading


@dataclass
class Walk:
    """A therapist who taps and reads, and never types."""

    page: Page
    taps: int = 0
    read: list[str] = field(default_factory=list)

    def tap(self, target: Locator) -> None:
        """Taps one thing that can be seen."""
        target.tap()
        self.taps += 1

    def reads(self, place: Locator) -> str:
        """Reads what stands in a place."""
        words = place.inner_text()
        self.read.append(words)
        return words

    @property
    def seconds(self) -> float:
        """How long it takes by the model: every tap, and every word that was read."""
        words = sum(len(text.split()) for text in self.read)
        return self.taps * SECONDS_A_TAP + words / WORDS_A_SECOND


def test_the_one_in_need_is_found_and_called_and_another_closed_in_two_minutes_and_twelve_taps(
    page: Page, live_server: Server
) -> None:
    open_login(page, live_server, "therapist")
    walk = Walk(page)
    promise_a_talk(walk)
    close_another(walk)
    print(f"{walk.taps} taps, {walk.seconds:.0f} s by the model")
    assert walk.taps <= TAPS_AT_MOST
    assert walk.seconds <= SECONDS_AT_MOST


def promise_a_talk(walk: Walk) -> None:
    """Finds the family most in need, reads why, and promises to call."""
    page = walk.page
    walk.tap(page.get_by_role("link", name="Mine forløb"))
    first = page.locator("li.grid-case").first
    why = walk.reads(first)
    assert "Rød zone" in why
    assert "alarmlinje" in why
    walk.tap(first.get_by_role("link", name="Aftal opfølgning"))
    panel = page.locator("#opfoelgning")
    expect(panel).to_be_in_viewport()
    before = panel.locator(".follow-up-next").count()
    walk.reads(page.locator(".multiples"))
    walk.reads(panel.locator("form").last)
    walk.tap(panel.get_by_role("button", name="Gem opfølgningen"))
    expect(panel.locator(".follow-up-next")).to_have_count(before + 1)
    walk.reads(panel.locator(".follow-up-next").last)


def close_another(walk: Walk) -> None:
    """Finds a family that does well, looks at where everyone stands, and closes the episode as planned."""
    page = walk.page
    walk.tap(page.get_by_role("link", name="Mine forløb", exact=True).first)
    walk.tap(page.get_by_role("link", name="Grøn"))
    row = page.locator("li.grid-case").first
    walk.reads(row)
    walk.tap(row.get_by_role("link").last)
    walk.tap(page.get_by_role("link", name="Afslut forløb"))
    closing = page.locator("#afslutning")
    expect(closing).to_be_in_viewport()
    walk.reads(closing)
    walk.tap(closing.get_by_text("Planlagt"))
    walk.tap(closing.get_by_role("button", name="Afslut forløbet"))
    expect(page.get_by_text("Afsluttet").first).to_be_visible()
    assert str(today().year) in walk.reads(page.locator(".page-head").first)
