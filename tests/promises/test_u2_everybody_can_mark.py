"""Promise U2: every form is filled in with keys or a switch alone, in large letters, without motion, in few colours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.instruments import packs
from tests.browser.forms.answering import Answering
from tests.browser.forms.conftest import OpenPack
from tests.browser.languages.glance import show, troubles
from tests.browser.line.conftest import LineServer
from tests.browser.links.conftest import Desk, NewPhone
from tests.support.chromium import LANDSCAPE, PORTRAIT, NewContext
from tests.support.servers import Server

PHONE = {"width": 320, "height": 640}
# Lines, faces at the ends, faces to choose and a drawing, words to choose, writing, goals, one at a time and anonymous.
KINDS = ("ors", "cors", "ycors", "who-5", "familie-inddragelse", "maal", "boern-inddragelse")
LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}
FOCUS = """() => {
    const RING = 3;
    const at = document.activeElement;
    if (at === document.body) return null;
    const shown = at.matches("input[type=radio]") ? at.closest("label") : at;
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
    const { left, top, right, bottom } = shown.getBoundingClientRect();
    const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return {
        what: `${shown.tagName} ${shown.id} ${shown.className} ${shown.textContent.trim().slice(0, 30)}`,
        ringed: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && outlineColor !== "rgba(0, 0, 0, 0)",
        inView: left >= RING && top >= RING && right <= innerWidth - RING && bottom <= innerHeight - RING,
        uncovered: shown.contains(on) || (on?.contains(shown) ?? false),
    };
}"""
NUMBERED = """() => {
    const met = (part) => part.tabIndex >= 0 && part.checkVisibility({ visibilityProperty: true });
    const stops = [...document.querySelectorAll("#stage *")].filter(met);
    stops.forEach((part, place) => part.dataset.stop = place);
    const radios = stops.filter((part) => part.matches("input[type=radio]"));
    const groups = new Set(radios.map(({ name }) => name));
    return stops.length - radios.length + groups.size;
}"""
# what has had the focus, in order: after the last stop, the browser brings it back when it likes
FOLLOW = """() => {
    globalThis.stops = [];
    addEventListener("focusin", ({ target }) => "stop" in target.dataset && stops.push(Number(target.dataset.stop)));
}"""
MOVING = "document.getAnimations().filter(({ playState }) => playState === 'running').length"
CONTRAST = """(part, property) => {
    const linear = (share) => (share <= 0.04 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
    const light = (element, name) => {
        const [red, green, blue] = getComputedStyle(element)[name].match(/[\\d.]+/g).map((part) => linear(part / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const [one, other] = [light(part, property), light(part.closest(".card"), "backgroundColor")];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""


class Unaided(Answering):
    """Somebody with keys alone, who notes every stop at which the focus could not be seen."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.unseen: list[Any] = []

    def tab_to(self, part: Locator) -> None:
        """Presses Tab until something has the focus, and looks at every stop on the way."""
        for _ in range(200):
            if part.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(FOCUS)
            if stop and not (stop["ringed"] and stop["inView"] and stop["uncovered"]):
                self.unseen.append(stop)
        raise AssertionError(f"no way to {part} with Tab")


class WithASwitch(Unaided):
    """Somebody with two switches: one goes on to the next stop, one presses."""

    def press(self, question: Locator) -> None:
        """Marks a line a little to the right of its middle."""
        self.tab_to(question.get_by_role("slider"))
        self.page.keyboard.press("Space")
        assert self.mark(question.get_attribute("data-item") or "") is None
        self.page.keyboard.press("Space")
        expect(question.locator("[data-nudge='1']")).to_be_visible()
        self.tab_to(question.locator("[data-nudge='1']"))
        self.page.keyboard.press("Enter")


@pytest.mark.parametrize("size", [LANDSCAPE, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("form", KINDS)
def test_every_kind_of_question_is_answered_by_keys_and_the_focus_is_always_seen(
    open_pack: OpenPack, line_server: LineServer, form: str, size: dict[str, int]
) -> None:
    query = "phone=1" if size is PHONE else ""
    person = Unaided(open_pack(form, "da", query, viewport=size, screen=size).page)
    person.answer_all_by_keys()
    person.hand_in()
    person.arrived()
    assert person.unseen == []
    (given,) = line_server.received()
    required = {item.id for item in packs()[form].items if item.required and item.type != "goals"}
    assert required <= given["marks"].keys() | given["answers"].keys()
    assert set(given["marks"].values()) <= {5200}
    assert given["skipped"] is False


@pytest.mark.parametrize("form", ["ors", "cors"])
def test_a_line_is_marked_with_two_switches(open_pack: OpenPack, line_server: LineServer, form: str) -> None:
    person = WithASwitch(open_pack(form).page)
    person.answer_all_by_keys()
    person.hand_in()
    person.arrived()
    (given,) = line_server.received()
    assert set(given["marks"].values()) == {5200}
    assert person.unseen == []


def test_a_switch_does_not_move_what_is_marked(open_pack: OpenPack) -> None:
    person = open_pack("ors")
    person.slider("close").press("Home")
    person.slider("close").press("Enter")
    person.slider("close").press("Space")
    assert person.mark("close") == 0


@pytest.mark.parametrize("form", KINDS)
def test_tab_reaches_everything_and_leads_out_again_forwards_and_backwards(open_pack: OpenPack, form: str) -> None:
    page = open_pack(form).page
    count = page.evaluate(NUMBERED)
    page.evaluate(FOLLOW)
    ways: list[list[int]] = []
    for key in ("Tab", "Shift+Tab"):
        page.locator("h1").first.evaluate("heading => { heading.tabIndex = -1; heading.focus(); stops.length = 0; }")
        stops: list[int] = []
        for _ in range(2 * count + 2):
            page.keyboard.press(key)
            stops = page.evaluate("stops")
            if len(set(stops)) < len(stops):
                break
        ways.append(list(dict.fromkeys(stops)))
    forwards, backwards = ways
    assert len(forwards) == len(backwards) == count
    assert all(one < other for one, other in pairwise(forwards))
    assert sorted(backwards, reverse=True) == backwards


@pytest.fixture
def stage(new_context: NewContext, live_server: Server) -> Page:
    """The tablet's document with letters of double size and an empty stage, for the screens that a test shows."""
    context = new_context(service_workers="block")
    context.route("**/js/tablet.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return enlarged(context.new_page(), f"{live_server.url}/tablet")


def enlarged(page: Page, address: str) -> Page:
    """Opens an address with letters of double size."""
    page.context.new_cdp_session(page).send("Page.setFontSizes", LARGE)
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    return page


@pytest.mark.parametrize("language", ["da", "uk", "ar"])
def test_letters_of_double_size_neither_hide_nor_cover_each_other(stage: Page, language: str) -> None:
    found = {}
    for name, size in {"lying": LANDSCAPE, "upright": PORTRAIT}.items():
        stage.set_viewport_size(size)  # type: ignore[arg-type]
        for screen in ("handover", "finished", "unlock", *KINDS):
            show(stage, screen, language)
            found[f"{screen} {name}"] = troubles(stage)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_letters_of_double_size_fit_a_link_on_a_phone(desk: Desk, new_phone: NewPhone) -> None:
    phone, sent = new_phone(), desk.send("cors")
    page, found = enlarged(phone.context.new_page(), sent.address), {}
    phone.at("invited", page)
    found["invited"] = troubles(page)
    phone.begin(page)
    found["form"] = troubles(page)
    person = Answering(page)
    for _ in person.steps():
        found[person.heading()] = troubles(page)
    person.hand_in()
    phone.at("link-received", page)
    found["received"] = troubles(page)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def test_nothing_moves_for_somebody_who_asked_for_stillness(open_pack: OpenPack) -> None:
    moved = {}
    for motion in ("reduce", "no-preference"):
        person = open_pack("ycors", reduced_motion=motion)
        person.page.locator(".faces-one").first.tap()
        moved[motion] = person.page.evaluate(MOVING) > 0
    assert moved == {"reduce": False, "no-preference": True}


def test_a_mark_and_a_choice_are_seen_with_the_reader_s_own_few_colours(open_pack: OpenPack) -> None:
    for scheme in ("light", "dark"):
        person = open_pack("ors", forced_colors="active", color_scheme=scheme)
        person.tap("personal", 0.7)
        assert person.line("personal").locator(".line-mark").evaluate(CONTRAST, "backgroundColor") >= 3
        assert person.line("close").locator(".line-rule").evaluate(CONTRAST, "backgroundColor") >= 3
        person = open_pack("ycors", forced_colors="active", color_scheme=scheme)
        person.page.locator(".faces-one").first.tap()
        ring = person.page.locator(":checked + .face .face-ring")
        assert ring.evaluate(CONTRAST, "stroke") >= 3
        expect(ring).to_be_visible()
