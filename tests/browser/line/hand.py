"""Holds the hand of a person at the tablet: fingers, a pen, a palm; what it touches is the real page."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page

ITEMS = ("personal", "close", "social", "overall")
FRAME = "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"
DIGIT = re.compile(r"\d")
SPOKEN = ("aria-valuetext", "aria-label", "aria-description", "title", "alt", "placeholder")


class Hand:
    """One person at the page; a place on a line is a fraction from its left end, 0…1 (outside is allowed)."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._touch = page.context.new_cdp_session(page)

    def line(self, item: str) -> Locator:
        """Gives the row of an item."""
        return self.page.locator(f'.line[data-item="{item}"]')

    def slider(self, item: str) -> Locator:
        """Gives the band that is touched, tabbed to and read aloud."""
        return self.line(item).get_by_role("slider")

    def point(self, item: str, place: float) -> tuple[float, float]:
        """Gives where on the screen a place on a line is, in CSS px."""
        box = self.line(item).locator(".line-rule").bounding_box()
        assert box is not None
        return box["x"] + place * box["width"], box["y"] + box["height"] / 2

    def tap(self, item: str, place: float) -> None:
        """Taps a place with one finger."""
        self.page.touchscreen.tap(*self.point(item, place))
        self.look()

    def touch_and(self, item: str, place: float, press: str) -> None:
        """Taps a place and presses a button, by its CSS selector, before anything has been painted."""
        x, y = self.point(item, place)
        self.slider(item).evaluate(
            """(band, { x, y, press }) => {
                const touch = { pointerType: "touch", pointerId: 77, isPrimary: true, clientX: x, clientY: y };
                for (const name of ["pointerdown", "pointerup"]) {
                    band.dispatchEvent(new PointerEvent(name, { ...touch, bubbles: true }));
                }
                document.querySelector(press).click();
            }""",
            {"x": x, "y": y, "press": press},
        )

    def look(self) -> None:
        """Waits for the frame in which whatever was touched is drawn."""
        self.page.evaluate(FRAME)

    def fingers(self, kind: str, *points: tuple[float, float]) -> None:
        """Says what all fingers do now: `touchStart`, `touchMove`, `touchEnd` or `touchCancel`; points by finger."""
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        self.look()

    def drag(self, item: str, *places: float) -> None:
        """Draws one finger through places of a line and lifts it."""
        self.fingers("touchStart", self.point(item, places[0]))
        for place in places[1:]:
            self.fingers("touchMove", self.point(item, place))
        self.fingers("touchEnd")

    def pen(self, kind: str, x: float, y: float) -> None:
        """Says what the pen does: `mousePressed`, `mouseMoved` or `mouseReleased`."""
        down = kind != "mouseReleased"
        self._touch.send(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": x,
                "y": y,
                "button": "left",
                "buttons": int(down),
                "clickCount": 1,
                "pointerType": "pen",
            },
        )
        self.look()

    def mark_all(self, *places: float) -> None:
        """Taps every line of the form, one place a line."""
        for row, place in zip(self.page.locator(".line").all(), places, strict=True):
            self.tap(row.get_attribute("data-item") or "", place)

    def mark(self, item: str) -> int | None:
        """Gives the mark as the page tells a screen reader, or None while nothing is drawn."""
        self.look()
        if not self.line(item).locator(".line-place").evaluate("place => Number(getComputedStyle(place).opacity)"):
            return None
        return int(self.slider(item).get_attribute("aria-valuenow") or "")

    def marks(self) -> dict[str, int | None]:
        """Gives the marks that the page shows, by item of the ORS."""
        return {item: self.mark(item) for item in ITEMS}

    def drawn(self, item: str) -> float:
        """Gives where the mark is drawn, as a fraction from the left end of the line."""
        rule = self.line(item).locator(".line-rule").bounding_box()
        mark = self.line(item).locator(".line-mark").bounding_box()
        assert rule is not None
        assert mark is not None
        return (mark["x"] + mark["width"] / 2 - rule["x"]) / rule["width"]

    def words(self, item: str) -> str:
        """Gives what a screen reader says for the place."""
        return self.slider(item).get_attribute("aria-valuetext") or ""

    def finish(self) -> None:
        """Taps the big button once."""
        box = self.page.locator(".form-finish").bounding_box()
        assert box is not None
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def arrived(self) -> None:
        """Waits until the answer is kept and the form is gone."""
        self.page.wait_for_url("**/kept")

    def status(self) -> str:
        """Gives the sentence beside the button."""
        return self.page.locator(".form-status").inner_text()


def digits_in(page: Page) -> list[Any]:
    """Gives every text, title and spoken word on the page that has a digit in it."""
    texts: list[str] = page.evaluate(
        """(names) => [document.title, document.body.innerText,
            ...[...document.querySelectorAll("*")].flatMap((element) => [
                ...names.map((name) => element.getAttribute(name) ?? ""),
                ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
            ])]""",
        list(SPOKEN),
    )
    return [text for text in texts if DIGIT.search(text)]
