"""Holds a therapist with a tablet: logging in, enrolling, preparing, driving out, and what is tapped there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from backend.demo import PIN, logins
from tests.support.servers import Server

LOGIN = next(login for login in logins() if login.role == "therapist")

TAPS = 100

ENROL = "async () => { const { enrol } = await import('/static/js/enrolling.js'); await enrol('Annes iPad'); }"
KEEP = """async ([plan, pin, hoursAgo]) => {
  const { keep } = await import('/static/js/vault.js');
  const { rememberPin } = await import('/static/js/pin.js');
  const real = Date.now;
  Date.now = () => real() - hoursAgo * 3_600_000;
  await keep('plan', plan);
  Date.now = real;
  await rememberPin(pin, plan.staff.id);
}"""
WORKER_READY = """async () => {
  const { register, ready } = await import('/static/js/worker.js');
  await register();
  return ready();
}"""


@dataclass(frozen=True)
class Therapist:
    """One therapist, one tablet, one server."""

    page: Page
    server: Server

    def log_in(self) -> None:
        """Logs in as the demo's therapist."""
        self.page.goto(f"{self.server.url}/log-ind")
        self.page.get_by_label("E-mail").fill(LOGIN.email)
        self.page.get_by_label("Adgangskode").fill(LOGIN.password)
        self.page.get_by_role("button", name="Log ind").click()
        self.page.wait_for_url("**/i-dag")

    def enrol(self) -> None:
        """Enrols the tablet with the page's own module."""
        self.page.evaluate(ENROL)

    def keep_plan(self, plan: dict[str, Any], hours_ago: int = 0) -> None:
        """Keeps a plan and the PIN code's proof, as "Gør klar til besøg" does."""
        self.page.evaluate(KEEP, [plan, PIN, hours_ago])

    def drive_out(self) -> None:
        """Waits until everything is on the tablet, goes where there is no network, and opens Linjen there."""
        assert self.page.evaluate(WORKER_READY), "the shell is not whole on the tablet"
        self.page.context.set_offline(True)
        self.open()

    def open(self) -> None:
        """Opens Linjen anew."""
        self.page.goto(f"{self.server.url}/tablet")
        self.page.wait_for_selector("html[data-ready]")

    def type_pin(self, pin: str = PIN) -> None:
        """Types a PIN code and asks to unlock."""
        self.page.locator(".pin-field").fill(pin)
        self.page.get_by_role("button", name="Lås op").click()

    def visit(self, alias: str) -> None:
        """Unlocks and opens a family."""
        self.type_pin()
        self.page.get_by_role("button", name=alias).click()
        self.ready("visit-family")

    def add(self, alias: str, age: str) -> None:
        """Adds one who is not on the list."""
        self.page.get_by_label("Dæknavn eller fornavn").fill(alias)
        self.page.get_by_label(age, exact=True).check()
        self.page.get_by_role("button", name="Tilføj").click()

    def hand_over(self, phase: str) -> None:
        """Gives the tablet to the family."""
        self.page.locator(f"button[data-phase={phase}]").click()
        self.ready("handover")

    def answer(self, who: str, fractions: Sequence[float]) -> None:
        """Lets the one whose turn it is mark every line and finish; keys begin and end it, as no tap comes so fast."""
        self.page.get_by_role("button", name=f"Jeg er {who}").press("Enter")
        self.ready("form")
        self.mark_all(fractions)
        self.finish()

    def finish(self) -> None:
        """Ends the form that is open."""
        self._press(".form-finish")

    def _press(self, button: str) -> None:
        expect(self.page.locator(button)).to_have_attribute("aria-disabled", "false")
        self.page.locator(button).press("Enter")

    def mark_all(self, fractions: Sequence[float]) -> None:
        """Marks every line of the form that is open, one question after the other where they come one at a time.

        A key goes on, because a tap so soon after another counts as meant for the question before.
        """
        for line, fraction in zip(self.page.locator(".line").all(), fractions, strict=True):
            expect(line).to_be_visible()
            mark(line, fraction)
            if self.page.locator(".form-next:visible").count():
                self._press(".form-next")

    def take_back(self) -> None:
        """Unlocks after the family."""
        self.page.get_by_text("lås op").click()
        self.ready("unlock")
        self.type_pin()

    def ready(self, screen: str) -> None:
        """Waits for a screen of the shell."""
        self.page.wait_for_selector(f"html[data-ready={screen}]")

    def waiting(self) -> int:
        """Gives how many answers wait on the tablet."""
        count: int = self.page.evaluate("import('/static/js/outbox.js').then(async (o) => (await o.waiting()).count)")
        return count


def mark(line: Locator, fraction: float) -> None:
    """Taps a line at a place between its ends, again while the screen still takes it for a tap on the one before."""
    rule = line.locator(".line-rule").bounding_box()
    assert rule is not None
    for _ in range(TAPS):
        if "has-mark" in str(line.get_attribute("class")):
            return
        line.page.touchscreen.tap(rule["x"] + fraction * rule["width"], rule["y"] + rule["height"] / 2)
