"""Holds a person who answers whatever a form asks, by touch or by keys alone; it knows no form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playwright.sync_api import Locator, Page, expect

from tests.browser.line.hand import Hand

WORDS = "Vi er blevet hørt.\nمن فضلك 🌙"
SWEEP = ((0.3, 0.6), (0.4, 0.7), (0.5, 0.72), (0.6, 0.7), (0.7, 0.6))


class Answering(Hand):
    """One person with one form: answers every question that is shown, and goes on."""

    def answer_all(self) -> None:
        """Answers every question by touch, one after another."""
        self._go_through(self.touch)

    def answer_all_by_keys(self) -> None:
        """Answers every question with nothing but Tab, Enter, Space, arrows and letters."""
        self._go_through(self.press)

    def touch(self, question: Locator) -> None:
        """Answers one question with a finger."""
        match question.get_attribute("data-kind"):
            case "choice":
                question.locator("label").nth(1).tap()
            case "writing":
                question.locator("textarea").fill(WORDS)
            case "drawing":
                self.draw(question, *SWEEP)
            case _:
                question.get_by_role("slider").scroll_into_view_if_needed()
                self.tap(question.get_attribute("data-item") or "", 0.7)

    def press(self, question: Locator) -> None:
        """Answers one question with keys; a drawing may be passed over."""
        match question.get_attribute("data-kind"):
            case "choice":
                self.tab_to(question.locator("input").first)
                self.page.keyboard.press("Space")
                self.page.keyboard.press("ArrowRight")
            case "writing":
                self.tab_to(question.locator("textarea"))
                self.page.keyboard.insert_text(WORDS)
            case "drawing":
                self.tab_to(question.locator(".draw-open"))
            case _:
                self.tab_to(question.get_by_role("slider"))
                self.page.keyboard.press("ArrowRight")
                self.page.keyboard.press("ArrowRight")

    def draw(self, question: Locator, *places: tuple[float, float]) -> None:
        """Opens the paper if it is folded away, draws one stroke through fractions of it, and folds it away again."""
        if question.locator(".draw-open:visible").count():
            question.locator(".draw-open").tap()
        self.stroke(*places)
        question.locator(".pad-close").tap()

    def stroke(self, *places: tuple[float, float]) -> None:
        """Draws one stroke on the open paper with a finger."""
        box = self.page.locator(".pad-paper").bounding_box()
        assert box is not None
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
        self.fingers("touchStart", points[0])
        for point in points[1:]:
            self.fingers("touchMove", point)
        self.fingers("touchEnd")

    def forward(self) -> bool:
        """Goes to the next question; says whether there was one."""
        button = self.page.locator(".form-next:visible")
        if button.count() == 0:
            return False
        expect(button).to_have_attribute("aria-disabled", "false")
        before = self.heading()
        self.tab_to(button)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("h1:visible")).not_to_have_text(before)
        return True

    def tab_to(self, part: Locator) -> None:
        """Presses Tab until something has the focus; fails when a whole round does not meet it."""
        for _ in range(200):
            if part.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {part} with Tab")

    def heading(self) -> str:
        """Gives the question that is shown, or the form's heading."""
        return self.page.locator("h1:visible").inner_text()

    def hand_in(self) -> None:
        """Presses the last button with a key once everything is answered."""
        button = self.page.locator(".form-finish:visible")
        expect(button).to_have_attribute("aria-disabled", "false")
        self.tab_to(button)
        self.page.keyboard.press("Enter")

    def steps(self) -> Iterator[None]:
        """Answers by touch and stops at every page of the form, when all on it is answered."""
        yield from self._steps(self.touch)

    def _go_through(self, act: Callable[[Locator], None]) -> None:
        for _ in self._steps(act):
            pass

    def _steps(self, act: Callable[[Locator], None]) -> Iterator[None]:
        shown = True
        while shown:
            for item in questions(self.page):
                act(self.page.locator(f'[data-item="{item}"]'))
            yield
            shown = self.forward()


def questions(page: Page) -> list[str]:
    """Gives the ids of the questions that are shown now."""
    return [question.get_attribute("data-item") or "" for question in page.locator("[data-item]:visible").all()]
