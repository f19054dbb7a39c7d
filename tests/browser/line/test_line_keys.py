"""Holds how keys and the two nudges mark the line, and what is said aloud; never in digits."""

from __future__ import annotations

import pytest

from tests.browser.line.conftest import OpenForm
from tests.browser.line.hand import Hand, digits_in

WORDS = (
    (0.0, "helt ude til venstre"),
    (0.07, "tæt på venstre ende"),
    (0.2, "langt til venstre for midten"),
    (0.36, "et stykke til venstre for midten"),
    (0.45, "lidt til venstre for midten"),
    (0.5, "midt på linjen"),
    (0.55, "lidt til højre for midten"),
    (0.64, "et stykke til højre for midten"),
    (0.8, "langt til højre for midten"),
    (0.93, "tæt på højre ende"),
    (1.0, "helt ude til højre"),
)
START = "Linjen er tom. Tryk igen for at begynde midt på."


def press(hand: Hand, item: str, *keys: str) -> None:
    """Presses keys one after another while a line has the focus."""
    for key in keys:
        hand.slider(item).press(key)


def test_the_first_arrow_on_a_blank_line_says_what_the_next_one_does(open_form: OpenForm) -> None:
    hand = open_form()
    press(hand, "close", "ArrowRight")
    assert hand.mark("close") is None
    assert hand.line("close").get_by_role("status").inner_text() == START
    press(hand, "close", "ArrowRight")
    assert hand.mark("close") == 5200
    assert hand.line("close").get_by_role("status").inner_text() == ""


def test_leaving_a_blank_line_forgets_the_first_arrow(open_form: OpenForm) -> None:
    hand = open_form()
    press(hand, "close", "ArrowRight")
    hand.slider("social").focus()
    press(hand, "close", "ArrowRight")
    assert hand.mark("close") is None


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        ("ArrowRight", 6200),
        ("ArrowUp", 6200),
        ("ArrowLeft", 5800),
        ("ArrowDown", 5800),
        ("PageUp", 7000),
        ("PageDown", 5000),
        ("Home", 0),
        ("End", 10_000),
    ],
)
def test_a_key_moves_the_mark(open_form: OpenForm, key: str, mark: int) -> None:
    hand = open_form()
    press(hand, "personal", "Home", *["PageUp"] * 6, key)
    assert hand.mark("personal") == mark


@pytest.mark.parametrize(("key", "mark"), [("Home", 0), ("End", 10_000)])
def test_a_blank_line_can_be_marked_at_an_end_at_once(open_form: OpenForm, key: str, mark: int) -> None:
    hand = open_form()
    press(hand, "personal", key)
    assert hand.mark("personal") == mark


def test_keys_stop_at_the_ends(open_form: OpenForm) -> None:
    hand = open_form()
    press(hand, "personal", "End", "ArrowRight", "PageUp")
    assert hand.mark("personal") == 10_000
    press(hand, "personal", "Home", "ArrowLeft", "PageDown")
    assert hand.mark("personal") == 0


def test_arrows_mean_the_screen_and_ends_mean_the_scale_from_right_to_left(open_form: OpenForm) -> None:
    hand = open_form("rtl")
    press(hand, "personal", "Home")
    assert hand.drawn("personal") == pytest.approx(1.0, abs=1 / 620)
    press(hand, "personal", "ArrowLeft", "ArrowUp")
    assert hand.mark("personal") == 400
    press(hand, "personal", "ArrowRight", "ArrowDown")
    assert hand.mark("personal") == 0


def test_a_key_with_a_modifier_is_left_to_the_browser(open_form: OpenForm) -> None:
    hand = open_form()
    press(hand, "personal", "Control+End")
    assert hand.mark("personal") is None


def test_nudges_show_for_the_active_line_only_and_move_nothing_else(open_form: OpenForm) -> None:
    hand = open_form()
    before = [row.bounding_box() for row in hand.page.locator(".line-words").all()]
    hand.tap("personal", 0.5)
    assert hand.line("personal").locator(".nudge:visible").count() == 2
    hand.tap("close", 0.5)
    assert hand.page.locator(".nudge:visible").count() == 2
    assert hand.line("close").locator(".nudge:visible").count() == 2
    assert [row.bounding_box() for row in hand.page.locator(".line-words").all()] == before


@pytest.mark.parametrize(("form", "change"), [("ors", 200), ("rtl", -200)])
def test_a_nudge_moves_the_mark_along_the_screen(open_form: OpenForm, form: str, change: int) -> None:
    hand = open_form(form)
    hand.tap("personal", 0.4)
    start, drawn = hand.mark("personal"), hand.drawn("personal")
    assert start is not None
    hand.line("personal").locator("[data-nudge='1']").tap()
    assert hand.mark("personal") == start + change
    assert hand.drawn("personal") == pytest.approx(drawn + 0.02, abs=1 / 620)
    hand.line("personal").locator("[data-nudge='-1']").tap()
    assert hand.mark("personal") == start


def test_a_nudge_says_the_new_place(open_form: OpenForm) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    hand.line("personal").get_by_role("button", name="lidt til højre").tap()
    assert hand.line("personal").get_by_role("status").text_content() == "lidt til højre for midten"
    hand.look()
    assert hand.words("personal") == "lidt til højre for midten"


def test_what_a_nudge_said_is_gone_when_the_line_is_marked_anew(open_form: OpenForm) -> None:
    hand = open_form()
    hand.tap("personal", 0.5)
    hand.line("personal").get_by_role("button", name="lidt til højre").tap()
    hand.tap("personal", 0.9)
    assert hand.line("personal").get_by_role("status").text_content() == ""


def test_every_place_is_said_in_words(open_form: OpenForm) -> None:
    hand = open_form()
    for place, words in WORDS:
        hand.tap("personal", place)
        assert hand.words("personal") == words


def test_words_mean_the_screen_from_right_to_left(open_form: OpenForm) -> None:
    hand = open_form("rtl")
    for place, words in WORDS:
        hand.tap("personal", place)
        assert hand.words("personal") == words


def test_the_ends_are_said_with_the_line(open_form: OpenForm) -> None:
    said = open_form().page.locator("#ends-personal").text_content()
    assert said == "Til venstre: Ikke godt. Til højre: Rigtig godt."
    said = open_form("rtl").page.locator("#ends-personal").text_content()
    assert said == "Til højre: Ikke godt. Til venstre: Rigtig godt."


@pytest.mark.parametrize("form", ["ors", "srs", "rtl", "about"])
def test_no_digit_is_shown_or_said_blank_or_marked(open_form: OpenForm, form: str) -> None:
    hand = open_form(form)
    assert digits_in(hand.page) == []
    hand.mark_all(0.11, 0.37, 0.62, 0.999)
    assert digits_in(hand.page) == []
    assert hand.page.locator("progress, meter, output, input, datalist").count() == 0
