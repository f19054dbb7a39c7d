"""Tests the family's screens in every language: they fit lying, upright and on a phone, and axe finds nothing (U1).

With LINJEN_PICTURES=folder it leaves a picture of each there.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from babel.core import Locale
from playwright.sync_api import Page

from backend.vocabulary import FAMILY_LANGUAGES as LANGUAGES
from tests.browser.languages.glance import show, troubles
from tests.browser.line.harness import AXE
from tests.browser.line.test_line_access import violations
from tests.browser.links.conftest import NARROW, Desk, NewPhone
from tests.support.chromium import LANDSCAPE, PORTRAIT, NewContext
from tests.support.servers import Server

SHAPES = {"lying": LANDSCAPE, "upright": PORTRAIT}
BETWEEN = ("handover", "finished")
MAIN = (*BETWEEN, "ors", "cors")
OTHERS = ("srs", "boern-inddragelse", "familie-inddragelse", "foraeldre-oplevelse", "who-5", "ycors", "maal", "cgsrs")
AFTER = ("link-kept", "link-received", "link-late")


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Light and dark."""
    return str(request.param)


@pytest.fixture
def shell(new_context: NewContext, live_server: Server, scheme: str) -> Page:
    """The document of the tablet with an empty stage, on which a test shows the screens itself."""
    context = new_context(color_scheme=scheme, reduced_motion="reduce", service_workers="block")
    context.route("**/axe.js", lambda route: route.fulfill(path=AXE))
    context.route("**/js/tablet.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page = context.new_page()
    page.goto(f"{live_server.url}/tablet")
    return page


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("LINJEN_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


def direction(language: str) -> str:
    return Locale(language).text_direction


def told(page: Page) -> tuple[str | None, str | None]:
    """Gives the language and the direction that the document says it is in."""
    root = page.locator("html")
    return root.get_attribute("lang"), root.get_attribute("dir")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_screens_from_hand_to_hand_fit_and_are_accessible_in_every_language(
    shell: Page, shape: str, scheme: str
) -> None:
    shell.set_viewport_size(SHAPES[shape])  # type: ignore[arg-type]
    wrong: dict[str, list[Any]] = {}
    for language in LANGUAGES:
        for screen in MAIN:
            show(shell, screen, language)
            assert told(shell) == (language, direction(language))
            picture(shell, f"{screen}-{language}-{shape}-{scheme}")
            wrong[f"{screen} {language}"] = troubles(shell, still=screen in BETWEEN) + violations(shell)
    assert {place: found for place, found in wrong.items() if found} == {}


@pytest.mark.parametrize(("scheme", "shape"), [("light", "lying"), ("dark", "upright")], indirect=["scheme"])
def test_every_other_form_fits_and_is_accessible_in_every_language(shell: Page, shape: str, scheme: str) -> None:
    shell.set_viewport_size(SHAPES[shape])  # type: ignore[arg-type]
    wrong: dict[str, list[Any]] = {}
    for language in LANGUAGES:
        for screen in OTHERS:
            show(shell, screen, language)
            picture(shell, f"{screen}-{language}-{shape}-{scheme}")
            wrong[f"{screen} {language}"] = troubles(shell) + violations(shell)
    assert {place: found for place, found in wrong.items() if found} == {}


def test_a_link_fits_a_phone_and_is_accessible_in_every_language(desk: Desk, new_phone: NewPhone, scheme: str) -> None:
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce")
    page, first = phone.context.new_page(), desk.send()
    assert NARROW["width"] == 320
    wrong: dict[str, list[Any]] = {}

    def look(screen: str, language: str) -> None:
        assert told(page) == (language, direction(language))
        picture(page, f"{screen}-{language}-phone-{scheme}")
        wrong[f"{screen} {language}"] = troubles(page) + violations(page)

    for language in LANGUAGES:
        page.goto(f"{first.address}?sprog={language}")
        phone.at("invited", page)
        look("invited", language)
        for screen in ("form", *AFTER):
            show(page, screen, language)
            look(screen, language)
    desk.send()  # a second link to the same form ends the first
    for language in LANGUAGES:
        page.goto(f"{first.address}?sprog={language}")
        phone.at("gone", page)
        look("gone", language)
        assert not re.search(r"[æøå]", page.inner_text("main")) or language == "da"
    assert {place: found for place, found in wrong.items() if found} == {}


SPOIL = {
    "outside": "document.querySelector('.nudge').style.translate = '-900px'",
    "cut off": "Object.assign(document.querySelector('.line-end').style, { overflow: 'hidden', height: '9px' })",
    "broken in two": "Object.assign(document.querySelector('h1').style, { width: '90px', overflowWrap: 'anywhere' })",
    "too close": "document.querySelector('.line-words').style.translate = '0 32px'",
}


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_a_glance_sees_what_is_wrong_with_a_screen(shell: Page) -> None:
    for kind, spoil in SPOIL.items():
        show(shell, "ors", "pl")
        assert troubles(shell) == []
        shell.evaluate(spoil)
        assert {trouble.partition(":")[0] for trouble in troubles(shell)} >= {kind}
    show(shell, "finished", "pl")
    shell.set_viewport_size({"width": 1180, "height": 300})
    assert [trouble.partition(":")[0] for trouble in troubles(shell, still=True)] == ["too tall"]
