"""Tests forms that ask one question at a time: forward when answered, back at will, read aloud on request, mirrored."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.forms.answering import Answering, questions
from tests.browser.forms.conftest import OneTurnOf, OpenPack
from tests.browser.line.conftest import LineServer

NEXT, BACK, FINISH = ".form-next", ".form-back", ".form-finish"
SKIPPED: dict[str, object] = {"marks": {}, "answers": {}, "anonymous": None, "skipped": True, "capture": {}}


def key(person: Answering, button: str) -> None:
    """Presses a button of the foot with Enter."""
    person.page.locator(button).press("Enter")


def mark_shown(person: Answering, place: float) -> str:
    """Taps a place on the line that is shown, and gives its item."""
    (item,) = questions(person.page)
    person.tap(item, place)
    return item


def shown(page: Page) -> list[str]:
    """Gives the headings that can be seen."""
    return [heading.inner_text() for heading in page.locator("h1:visible").all()]


def test_one_question_is_shown_and_the_next_waits_for_an_answer(open_pack: OpenPack) -> None:
    person = open_pack("cors")
    page = person.page
    (first,) = shown(page)
    expect(page.locator(NEXT)).to_have_attribute("aria-disabled", "true")
    key(person, NEXT)
    expect(page.get_by_role("slider")).to_be_focused()
    assert shown(page) == [first]
    mark_shown(person, 0.7)
    expect(page.locator(NEXT)).to_have_attribute("aria-disabled", "false")
    page.locator(NEXT).tap()
    (second,) = shown(page)
    assert second != first
    expect(page.locator("h1:visible")).to_be_focused()


def test_the_way_is_told_in_words_and_shown_in_dots(open_pack: OpenPack) -> None:
    person = open_pack("cors")
    heading, dots = person.page.locator("h1:visible"), person.page.locator(".dots:visible i")
    for place in ("ét", "to", "tre", "fire"):
        expect(heading).to_have_accessible_description(f"Spørgsmål {place} af fire")
        marked = [dot.get_attribute("class") for dot in dots.all()]
        assert marked.count("now") == 1
        assert marked.index("now") == ["ét", "to", "tre", "fire"].index(place)
        mark_shown(person, 0.4)
        person.forward()


def test_going_back_finds_the_mark_where_it_was(open_pack: OpenPack) -> None:
    person = open_pack("cors")
    page = person.page
    (item,) = questions(page)
    expect(page.locator(BACK)).to_be_hidden()
    person.tap(item, 0.3)
    mark = person.mark(item)
    person.forward()
    key(person, BACK)
    assert questions(page) == [item]
    assert person.mark(item) == mark
    expect(page.locator(".line-nudges:visible")).to_have_count(1)
    expect(page.locator(NEXT)).to_have_attribute("aria-disabled", "false")


def test_a_double_tap_passes_no_question(open_pack: OpenPack) -> None:
    person = open_pack("cors")
    page = person.page
    items = list[str]()
    for _ in range(2):
        items.append(mark_shown(person, 0.6))
        person.forward()
    for _ in range(2):
        key(person, BACK)
    box = page.locator(NEXT).bounding_box()
    assert box is not None
    while questions(page) == items[:1]:
        page.mouse.dblclick(box["x"] + 40, box["y"] + 20)
    assert questions(page) == [items[1]]


def test_it_is_read_aloud_only_when_asked(open_pack: OpenPack) -> None:
    person = open_pack("cors", "en")
    page = person.page
    mark_shown(person, 0.6)
    person.forward()
    assert page.evaluate("said") == []
    page.locator(".ask-aloud:visible").tap()
    ((language, words),) = page.evaluate("said")
    assert language == "en-GB"
    assert person.heading() in words


def test_a_voice_from_another_place_is_never_used(page: Page, line_server: LineServer) -> None:
    page.add_init_script("speechSynthesis.getVoices = () => [{ lang: 'da-DK', localService: false }]")
    page.goto(f"{line_server.url}/pack/cors/da")
    page.wait_for_selector("html[data-ready]")
    assert page.locator(".ask-aloud:visible").count() == 0


def test_a_child_chooses_at_the_end_who_may_see_it(open_pack: OpenPack, line_server: LineServer) -> None:
    person = open_pack("boern-inddragelse")
    page = person.page
    expect(page.locator(".form-seen")).to_contain_text("Til sidst bestemmer du")
    while questions(page) != ["anonymous"]:
        mark_shown(person, 0.7)
        person.forward()
    assert person.heading() == "Må din behandler se dine svar?"
    assert page.locator("input:checked").count() == 0
    key(person, FINISH)
    expect(page.get_by_role("radio").first).to_be_focused()
    page.get_by_text("Ja", exact=True).tap()
    person.hand_in()
    person.arrived()
    (given,) = line_server.received()
    assert given["anonymous"] is False
    assert given["capture"]["mode"] == "one"


def test_a_form_can_be_skipped_at_any_question(open_pack: OpenPack, line_server: LineServer) -> None:
    person = open_pack("csrs")
    mark_shown(person, 0.7)
    person.forward()
    person.page.locator(".form-skip").press("Enter")
    person.arrived()
    assert line_server.received() == [SKIPPED]


def test_an_answer_that_is_not_kept_stays_and_is_tried_again(open_pack: OpenPack, line_server: LineServer) -> None:
    line_server.refuse("storage")
    person = open_pack("ycors")
    person.answer_all()
    person.hand_in()
    expect(person.page.locator(".form-status")).to_have_text(
        "Svaret er ikke gemt. Prøv igen, eller bed en medarbejder om hjælp."
    )
    person.page.locator(".faces-one").nth(3).tap(force=True)
    line_server.refuse("")
    person.page.get_by_role("button", name="Prøv igen").press("Enter")
    person.arrived()
    first, second = line_server.received()
    assert first == second
    assert first["answers"]["face"] == 2


def test_arabic_is_mirrored_and_the_low_end_is_right(open_pack: OpenPack, line_server: LineServer) -> None:
    person = open_pack("boern-inddragelse", "ar")
    page = person.page
    assert page.locator("html").get_attribute("dir") == "rtl"
    (item,) = questions(page)
    low, high = (page.locator(f".line-{end}:visible").bounding_box() for end in ("low", "high"))
    assert low is not None
    assert high is not None
    assert low["x"] > high["x"]
    person.tap(item, 0.1)
    assert 8950 <= (person.mark(item) or 0) <= 9050
    skip, forward = (page.locator(name).bounding_box() for name in (".form-skip", NEXT))
    assert skip is not None
    assert forward is not None
    assert skip["x"] > forward["x"]


def test_a_reload_in_the_middle_goes_on_where_it_was(one_turn: OneTurnOf) -> None:
    turn = one_turn("cors")
    turn.open_form()
    person = Answering(turn.page)
    for _ in range(2):
        mark_shown(person, 0.7)
        person.forward()
    third = person.heading()
    turn.page.evaluate(
        """async (count) => {
            const { recall } = await import("/static/js/vault.js");
            const kept = () => recall("draft", { withinMs: 60_000 });
            const answered = async () => Object.keys((await kept())?.lines ?? {}).length;
            while ((await answered()) < count) await new Promise(requestAnimationFrame); }""",
        2,
    )
    turn.page.reload()
    turn.at("handover")
    turn.open_form()
    expect(turn.page.locator("h1:visible")).to_have_text(third)
    expect(turn.page.locator("h1:visible")).to_be_focused()
    person.answer_all()
    person.hand_in()
    turn.at("finished")
    expect(turn.page.locator(".between-sent")).to_have_text("Sendt.")
    assert len(turn.stored()[0].marks) == 4
