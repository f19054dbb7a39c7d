"""Promise U1: axe finds nothing on any page in any language, light or dark, lying, upright or on a small telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, Page

from backend.demo import logins
from backend.instruments import packs
from backend.settings import Settings
from backend.vocabulary import FAMILY_LANGUAGES, LANGUAGES
from tests.browser.languages.glance import show
from tests.browser.line.harness import AXE
from tests.browser.line.test_line_access import violations
from tests.support.apps import NewApp
from tests.support.chromium import LANDSCAPE, PORTRAIT, NewContext
from tests.support.databases import SECRET
from tests.support.servers import Server

PHONE = {"width": 320, "height": 640}
TABLETS = {"lying": LANDSCAPE, "upright": PORTRAIT}
SCHEMES = ("light", "dark")
SCREENS = ("handover", "finished", "unlock", *sorted(packs()))
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LINK = re.compile(r'href="(/[^"#]*)"')
SEEDS = (  # first the family that has every kind of voice
    "/forloeb?q=Regnbue 7",
    "/i-dag",
    "/forloeb",
    "/ipads/tilmeld",
    "/besoeg",
    "/besvarelser",
    "/svar-links",
    "/forloeb/overdraget",
    "/team/supervision",
    "/api/v1/docs",
)
# What a route answers that is no page of staff's: files, the interface for programs, and what the family's screens are
# made of, which are tried one by one above; a link's own pages are tried in tests/browser/languages.
NO_PAGE = re.compile(r"/(static/|api/v1/(?!docs)|healthz|readyz|metrics|tablet|svar/|sw\.js|manifest\.|$)")


def seen(page: Page, name: str, shapes: dict[str, dict[str, int]]) -> Iterator[tuple[str, list[Any]]]:
    """Looks at a page as it stands in every shape and light; gives what is wrong with it, by name."""
    for shape, size in shapes.items():
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            wide = page.evaluate(WIDER)
            yield f"{name} {shape} {scheme}", violations(page) + ([("wider than the screen", wide)] if wide > 0 else [])


def with_axe(context: BrowserContext) -> BrowserContext:
    """Serves axe from our own origin, as the strict content policy demands."""
    context.route("**/axe.js", lambda route: route.fulfill(path=AXE))
    return context


@pytest.fixture
def stage(new_context: NewContext, live_server: Server) -> Page:
    """The document of the tablet with an empty stage, on which a test shows the family's screens itself."""
    context = with_axe(new_context(reduced_motion="reduce", service_workers="block"))
    context.route("**/js/tablet.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page = context.new_page()
    page.goto(f"{live_server.url}/tablet")
    return page


@pytest.mark.parametrize("language", FAMILY_LANGUAGES)
def test_no_screen_of_a_family_s_has_a_violation(stage: Page, language: str) -> None:
    found: dict[str, list[Any]] = {}
    for screen in SCREENS:
        show(stage, screen, language)
        assert stage.locator("html").get_attribute("lang") == language
        found |= seen(stage, screen, TABLETS if screen == "unlock" else TABLETS | {"phone": PHONE})
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


def pages(context: BrowserContext, server: Server) -> dict[str, str]:
    """Gives one address of every page that links lead to, by its path with a star for each id."""
    found: dict[str, str] = {}
    waiting = list(SEEDS)
    while waiting:
        path = waiting.pop(0)
        kind = path if path in SEEDS else ID.sub("*", path.partition("?")[0])
        if kind in found or NO_PAGE.match(path):
            continue
        answer = context.request.get(urljoin(server.url, path))
        assert answer.ok, path
        found[kind] = path
        waiting += LINK.findall(answer.text())
    return found


def logged_in(new_context: NewContext, server: Server, role: str, language: str) -> BrowserContext:
    """Gives a browser in which somebody of staff with a role is logged in and reads a language."""
    context = with_axe(new_context(reduced_motion="reduce", locale={"da": "da-DK", "en": "en-GB"}[language]))
    who = next(login for login in logins() if login.role == role)
    given = {"email": who.email, "password": who.password}
    assert context.request.post(f"{server.url}/api/v1/login", data=given).ok
    assert context.request.post(f"{server.url}/sprog", form={"language": language}).ok
    return context


def known(new_app: NewApp, folder: Path) -> set[str]:
    """Gives the path of every page that staff can ask for, with a star for each id."""
    app = new_app(Settings(data=folder, database_url=f"sqlite:///{folder}/none.sqlite", secret=SECRET))
    asked = {re.sub(r"<[^>]+>", "*", rule.rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {path for path in asked if not NO_PAGE.match(path)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_a_therapist_s_has_a_violation(
    new_context: NewContext, live_server: Server, new_app: NewApp, tmp_path: Path, language: str
) -> None:
    context = logged_in(new_context, live_server, "therapist", language)
    every = pages(context, live_server)
    assert known(new_app, tmp_path) - every.keys() == {"/familier", "/log-ind", "/indstillinger/indsatser", "/team"}
    page, found = context.new_page(), dict[str, list[Any]]()
    for kind, path in [*every.items(), ("missing", "/findes-ikke")]:
        page.goto(urljoin(live_server.url, path))
        assert page.locator("html").get_attribute("lang") == ("en" if kind == "/api/v1/docs" else language)
        page.evaluate(UNFOLD)
        found |= seen(page, kind, TABLETS)
    page.goto(urljoin(live_server.url, every["/samtaler/*/svar-links"]))
    page.locator(".link-form button").first.click()
    page.wait_for_selector(".link-code")
    found |= seen(page, "a link that was made", TABLETS)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_that_only_a_leader_sees_has_a_violation(
    new_context: NewContext, live_server: Server, language: str
) -> None:
    context = logged_in(new_context, live_server, "leader", language)
    page, found = context.new_page(), dict[str, list[Any]]()
    for path in ("/team", "/team/supervision"):
        page.goto(live_server.url + path)
        page.evaluate(UNFOLD)
        found |= seen(page, path, TABLETS)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_neither_the_way_in_nor_what_only_an_administrator_sees_has_a_violation(
    new_context: NewContext, live_server: Server, language: str
) -> None:
    context = logged_in(new_context, live_server, "admin", language)
    page, found = context.new_page(), dict[str, list[Any]]()
    for path in ("/skemaer", "/indstillinger/indsatser", "/ipads", "/i-dag"):
        page.goto(live_server.url + path)
        page.evaluate(UNFOLD)
        found |= seen(page, path, TABLETS)
    page.locator("#log-out button").click()
    page.wait_for_url("**/log-ind")
    assert page.locator("html").get_attribute("lang") == language
    found |= seen(page, "log in", TABLETS | {"phone": PHONE})
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
