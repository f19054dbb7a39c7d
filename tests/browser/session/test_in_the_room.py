"""Tests in a real browser what only one can show: an open page gets what comes, and Sammen cannot be left."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page, Request, Response, expect

from backend.security.logins import SINCE
from tests.browser.tablet.conftest import KARIM, MAJA, Sitting
from tests.factories import marks_of
from tests.support.chromium import NewContext
from tests.support.servers import Server

ASKED, SOON_MS, HOUR_MS = SINCE.lower(), 5_000, 61 * 60 * 1_000
HIDE = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => window.away === true})"
TURN = "(away) => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }"


def met(new_context: NewContext, server: Server) -> Sitting:
    """Makes Maja and Karim in a session, both here, nobody has answered."""
    sitting = Sitting(new_context(), server)
    sitting.meet(MAJA, KARIM)
    sitting.post(f"/samtaler/{sitting.session_id}/til-stede", {"present": list(sitting.members.values())})
    return sitting


def answered(sitting: Sitting, name: str, mark: int) -> None:
    """Hands in one member's answer, as it comes from another tablet."""
    given = {"session_id": sitting.session_id, "member_id": sitting.members[name], "rater_id": None}
    form = {"instrument": "ors", "version": "1", "language": "da", "marks": marks_of("ors", mark)}
    url = f"{sitting.server.url}/api/v1/responses/{uuid4()}"
    assert sitting.context.request.put(url, data=given | form).status == 201


def next_ask(page: Page) -> Response:
    """Lets five seconds go by and gives what the page was told."""
    with page.expect_response(lambda answer: ASKED in answer.request.headers) as asked:
        page.clock.fast_forward(SOON_MS)
    return asked.value


def test_an_open_page_gets_what_comes_and_keeps_what_the_reader_does(
    new_context: NewContext, live_server: Server
) -> None:
    sitting = met(new_context, live_server)
    page, asked = sitting.page, list[Request]()
    page.on("request", lambda request: asked.append(request) if ASKED in request.headers else None)
    page.add_init_script(HIDE)
    page.clock.install()
    page.goto(f"{live_server.url}/samtaler/{sitting.session_id}")
    note, fold = page.locator("#note-text"), page.locator(".more-forms summary")
    fold.click()
    note.fill("Karim er stille i d")
    note.press("End")
    assert next_ask(page).status == 204
    answered(sitting, "Maja", 6250)
    assert next_ask(page).status == 200
    expect(page.locator(".live-told")).to_have_text("Majas svar er kommet.")
    expect(page.locator(".board")).to_contain_text("25,2")
    expect(page.locator(".more-forms")).to_have_attribute("open", "")
    page.keyboard.type("ag")
    expect(note).to_have_value("Karim er stille i dag")
    reason = page.locator(f"#reason-ors-{sitting.members['Karim']}")
    page.locator("summary", has_text="Hvorfor?").click()
    reason.fill("Kommer sen")
    reason.press("End")
    answered(sitting, "Maja", 4000)
    assert next_ask(page).status == 200
    page.keyboard.type("ere")
    expect(reason).to_have_value("Kommer senere")
    expect(page.locator(".board")).to_contain_text("25,2")
    note.focus()
    expect(page.locator(".board")).to_contain_text("16,0")
    expect(reason).to_have_value("Kommer senere")
    before = len(asked)
    page.evaluate(TURN, True)
    page.clock.fast_forward(SOON_MS)
    assert len(asked) == before, "nobody sees the page"
    with page.expect_response(lambda answer: ASKED in answer.request.headers):
        page.evaluate(TURN, False)
    sitting.context.clear_cookies(name="linjen")
    assert next_ask(page).status == 401
    page.clock.fast_forward(HOUR_MS)
    assert len(asked) == before + 2, "whoever is logged out asks no more"


def test_the_episode_and_the_curve_get_the_new_point_and_the_reader_stays_where_they_read(
    new_context: NewContext, live_server: Server
) -> None:
    sitting = met(new_context, live_server)
    answered(sitting, "Maja", 6250)
    page, episode = sitting.page, f"{live_server.url}/forloeb/{sitting.episode_id}"
    page.clock.install()
    page.goto(episode)
    small = page.get_by_role("img", name="ORS i alt for Karim over tid")
    expect(small).to_have_count(0)
    page.locator("summary", has_text="Skriv et mål").click()
    answered(sitting, "Karim", 2500)
    assert next_ask(page).status == 200
    expect(page.locator(".live-told")).to_have_text("Karims svar er kommet.")
    expect(small).to_contain_text("10,0 selv")
    expect(page.locator("#goal-words")).to_be_visible()
    page.goto(f"{episode}/kurve/{sitting.members['Maja']}")
    reading = page.get_by_role("slider", name="Læs kurven punkt for punkt")
    page.get_by_role("checkbox", name="Spørgsmål").check()
    page.wait_for_url("**=spoergsmaal")
    reading.press("Home")
    assert next_ask(page).status == 204
    held = sitting.post(f"/forloeb/{sitting.episode_id}/samtaler", {"kind": "family"})
    sitting.session_id = held.url.rpartition("/")[2]
    answered(sitting, "Maja", 4000)
    assert next_ask(page).status == 200
    expect(page.get_by_role("table")).to_contain_text("16,0")
    expect(page.get_by_role("checkbox", name="Forventet forløb")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Spørgsmål")).to_be_checked()
    expect(reading).to_be_focused()
    expect(reading).to_contain_text("Samtale 1,")
    expect(reading).to_contain_text("Hver linje:")
    reading.press("ArrowRight")
    expect(reading).to_contain_text("ORS 16,0. Ned 9,2 fra sidst")


def test_what_the_family_looks_at_is_left_only_with_the_pin_code(new_context: NewContext, live_server: Server) -> None:
    sitting = met(new_context, live_server)
    for name, mark in (("Maja", 6250), ("Karim", 2500)):
        answered(sitting, name, mark)
    page, session = sitting.page, f"{live_server.url}/samtaler/{sitting.session_id}"
    page.goto(session)
    page.get_by_role("link", name="Vis kurven for familien").click()
    page.get_by_role("group", name="Maja").get_by_label("Ja, vis mine linjer").check()
    page.get_by_role("group", name="Karim").get_by_label("Nej").check()
    page.get_by_role("button", name="Vis for familien").click()
    expect(page.get_by_role("heading", name="Maja")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Karim")
    for _ in range(3):
        page.go_back()
        assert page.url in {f"{session}/sammen", f"{live_server.url}/tablet"}
        expect(page.locator("body")).not_to_contain_text("Karim")
    for address in (session, f"{live_server.url}/"):
        page.goto(address)
        sitting.at("unlock")
        page.get_by_role("button", name="Tilbage").tap()
        page.wait_for_url(f"{session}/sammen")
    page.get_by_role("link", name="Sådan er det gået for Maja").tap()
    expect(page.locator(".together-drawing")).to_be_visible()
    page.get_by_role("link", name="Luk").tap()
    sitting.at("unlock")
    sitting.type_pin()
    page.wait_for_url(session)
    expect(page.locator(".board")).to_contain_text("Karim")
