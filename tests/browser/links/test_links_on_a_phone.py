"""Tests a one-time link on a telephone of 320 px, from the invitation to the thanks, and when things go wrong."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.line.hand import Hand, digits_in
from tests.browser.line.test_line_access import violations
from tests.browser.links.conftest import Desk, NewPhone

PLACES = (0.25, 0.5, 0.75, 1.0)
NAMES = ("Zuleika", "Balthasar", "Kanariefugl")
STORED = """async () => {
    const { transact } = await import("/static/js/store.js");
    const rows = await transact("readonly", async ({ kept }) => [await kept.getAllKeys(), await kept.getAll()]);
    return [JSON.stringify(rows), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join(" ");
}"""

UNTIL_DRAFTED = """async (wanted) => {
    const { transact } = await import("/static/js/store.js");
    for (const end = performance.now() + 20_000; performance.now() < end; ) {
        const keys = await transact("readonly", ({ kept }) => kept.getAllKeys());
        if (keys.some((key) => key.startsWith("vault link draft")) === wanted) return true;
        await new Promise(requestAnimationFrame);
    }
    return false;
}"""


def fits(page: Page) -> bool:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return bool(wide <= 0)


def mark(hand: Hand) -> None:
    """Marks every line, each brought under the thumb first, and presses Færdig."""
    rows = hand.page.locator(".line").all()
    for row, place in zip(rows, PLACES, strict=True):
        row.scroll_into_view_if_needed()
        hand.tap(row.get_attribute("data-item") or "", place)
    hand.page.locator(".form-finish").scroll_into_view_if_needed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_teacher_answers_on_a_phone_and_leaves_nothing_behind(desk: Desk, new_phone: NewPhone, scheme: str) -> None:
    sent = desk.send(rater_id=desk.add_teacher())
    phone = new_phone(color_scheme=scheme)
    page = phone.open(sent)
    assert [name for name in NAMES if name in page.content()] == []
    seen = {"invited": (violations(page), fits(page))}
    hand = phone.begin(page)
    expect(page.locator(".form-who")).to_contain_text("Balthasar")
    expect(page.locator("#stage")).to_contain_text("Du svarer om Zuleika.")
    expect(page.locator("h1")).to_have_text("Hvordan har Zuleika haft det den seneste uge?")
    lines = page.locator(".line-words")
    expect(lines.first).to_contain_text("hvordan Zuleika har haft det med sig selv")
    assert [words for words in lines.all_inner_texts() if re.search(r"\b(du|dig)\b", words)] == []
    assert page.title() == "Trivsel"
    seen["form"] = (violations(page), fits(page))
    assert digits_in(page) == []
    length = page.locator(".line-rule").first.bounding_box()
    assert length is not None
    assert 200 <= length["width"] <= 280
    mark(hand)
    hand.finish()
    phone.at("link-received", page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tak. Dit svar er modtaget.")
    seen["received"] = (violations(page), fits(page))
    (point,) = desk.points()
    assert point["session_id"] == sent.session_id
    for again in (page.reload, page.go_back):
        again()
        if page.url == sent.address:
            expect(page.get_by_role("heading", level=1)).to_have_text("Linket er brugt")
    page.goto(sent.address)
    phone.at("gone", page)
    seen["gone"] = (violations(page), fits(page))
    assert [name for name in NAMES if name in page.content() + page.evaluate(STORED)] == []
    assert seen == dict.fromkeys(seen, ([], True))
    assert sent.address.rpartition("/")[2] not in desk.server.log


def test_a_member_answers_about_the_talk_at_home(desk: Desk, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.open(desk.send("srs"))
    hand = phone.begin(page)
    mark(hand)
    hand.finish()
    phone.at("link-received", page)
    assert len(desk.points()) == 1


def test_without_a_network_the_sealed_answer_waits_and_goes_by_itself(desk: Desk, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.open(desk.send())
    hand = phone.begin(page)
    mark(hand)
    phone.context.set_offline(True)
    hand.finish()
    phone.at("link-kept", page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Gemt på din telefon")
    assert violations(page) == []
    stored = page.evaluate(STORED)
    assert "sealed" in stored
    assert [secret for secret in (*NAMES, "marks", page.url.rpartition("/")[2]) if secret in stored] == []
    assert desk.points() == []
    phone.context.set_offline(False)
    phone.at("link-received", page)
    assert len(desk.points()) == 1
    assert "sealed" not in page.evaluate(STORED)


def test_an_answer_that_waits_is_sent_when_the_link_is_opened_again(desk: Desk, new_phone: NewPhone) -> None:
    phone, sent = new_phone(), desk.send()
    page = phone.open(sent)
    hand = phone.begin(page)
    mark(hand)
    phone.context.set_offline(True)
    hand.finish()
    phone.at("link-kept", page)
    page.close()
    phone.context.set_offline(False)
    again = phone.open(sent)
    phone.at("link-received", again)
    assert len(desk.points()) == 1


def test_an_answer_whose_receipt_was_lost_is_thanked_for_and_counts_once(desk: Desk, new_phone: NewPhone) -> None:
    phone, sent = new_phone(), desk.send()
    lost = []

    def lose_the_first_receipt(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page = phone.open(sent)
    hand = phone.begin(page)
    phone.context.route(sent.address, lose_the_first_receipt)
    mark(hand)
    hand.finish()
    phone.at("link-received", page)
    assert lost == [200]
    assert len(desk.points()) == 1


def test_of_two_phones_with_the_same_link_the_second_is_told_that_it_was_not_sent(
    desk: Desk, new_phone: NewPhone
) -> None:
    sent = desk.send()
    first, second = new_phone(), new_phone()
    pages = [first.open(sent), second.open(sent)]
    hands = [phone.begin(page) for phone, page in zip((first, second), pages, strict=True)]
    for hand in hands:
        mark(hand)
    hands[0].finish()
    first.at("link-received", pages[0])
    hands[1].finish()
    second.at("link-late", pages[1])
    expect(pages[1].get_by_role("heading", level=1)).to_have_text("Svaret blev ikke sendt")
    assert violations(pages[1]) == []
    assert len(desk.points()) == 1
    assert "sealed" not in pages[1].evaluate(STORED)


def test_a_form_that_cannot_be_fetched_says_so_and_can_be_tried_again(desk: Desk, new_phone: NewPhone) -> None:
    phone = new_phone()
    page = phone.open(desk.send())
    phone.context.set_offline(True)
    page.get_by_role("button", name="Begynd").tap()
    expect(page.get_by_role("status")).to_have_text("Skemaet kunne ikke hentes. Se efter, om du har net, og prøv igen.")
    phone.context.set_offline(False)
    phone.begin(page)


def test_somebody_may_skip_and_the_link_is_used(desk: Desk, new_phone: NewPhone) -> None:
    phone, sent = new_phone(), desk.send()
    page = phone.open(sent)
    phone.begin(page)
    page.get_by_role("button", name="Spring over").tap()
    phone.at("link-received", page)
    page.goto(sent.address)
    phone.at("gone", page)


def test_what_was_marked_survives_a_reload_and_is_gone_when_the_answer_is(desk: Desk, new_phone: NewPhone) -> None:
    phone, sent = new_phone(), desk.send()
    page = phone.open(sent)
    hand = phone.begin(page)
    hand.tap("personal", 0.2)
    assert page.evaluate(UNTIL_DRAFTED, True)
    page.reload()
    phone.at("invited", page)
    hand = phone.begin(page)
    assert hand.mark("personal") == pytest.approx(2000, abs=100)
    mark(hand)
    hand.finish()
    phone.at("link-received", page)
    assert page.evaluate(UNTIL_DRAFTED, False)
