"""Tests Linjen as an app: it can be installed, starts without a network, and a new version never meets an open form."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tablet.conftest import MAJA, PLACES, Sitting
from tests.support.chromium import LANDSCAPE, PORTRAIT, WHOLE, NewContext
from tests.support.servers import Server

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "frontend" / "static"
KEPT = """async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("linjen-"));
    const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    return Object.fromEntries(names.map((name, place) => [name, kept[place]]));
}"""

GIVES_UP = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise((done) => (registration.onupdatefound = () => done(registration.installing)));
    registration.update().catch(() => {});
    const worker = await found;
    while (worker.state !== "redundant") await new Promise((done) => (worker.onstatechange = done));
}"""


def shell_of(server: Server) -> dict[str, object]:
    """Gives what the service worker of a server says it keeps."""
    with urlopen(f"{server.url}/sw.js", timeout=30) as answer:
        first = answer.read().decode().splitlines()[0]
    found: dict[str, object] = json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))
    return found


def installed(page: Page, server: Server) -> Page:
    page.goto(f"{server.url}/log-ind")
    assert page.evaluate(WHOLE), "the first visit keeps everything that is needed without a network"
    return page


def wait_until(page: Page, condition: str) -> None:
    """Waits for a condition in the page's own language, without eval, which the content policy forbids."""
    page.evaluate(f"async () => {{ while (!({condition})) await new Promise((next) => setTimeout(next, 20)) }}")


def test_the_manifest_is_one_that_a_browser_installs(page: Page, live_server: Server) -> None:
    installed(page, live_server)
    session = page.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")
    assert told["errors"] == []
    manifest = json.loads(told["data"])
    assert (manifest["display"], manifest["lang"], manifest["orientation"]) == ("standalone", "da", "any")
    said = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert {error["errorId"] for error in said} <= {"in-incognito"}, "a test's browser keeps nothing, and says so"


def test_every_icon_has_the_size_that_it_says(live_server: Server) -> None:
    with urlopen(f"{live_server.url}/manifest.webmanifest", timeout=30) as answer:
        manifest = json.load(answer)
    for icon in manifest["icons"]:
        picture = STATIC.joinpath(icon["src"].removeprefix("/static/")).read_bytes()
        assert "{}x{}".format(*struct.unpack(">II", picture[16:24])) == icon["sizes"]


def test_every_start_picture_fits_a_screen_of_its_own(page: Page, live_server: Server) -> None:
    page.goto(f"{live_server.url}/log-ind")
    pictures = page.locator("link[rel=apple-touch-startup-image]").evaluate_all(
        "links => links.map((link) => [link.getAttribute('href'), link.media])"
    )
    assert len({media for _, media in pictures}) == len(pictures) > 0
    for address, media in pictures:
        width, height = struct.unpack(">II", STATIC.joinpath(address.removeprefix("/static/")).read_bytes()[16:24])
        upright = f"(device-width: {min(width, height) // 2}px) and (device-height: {max(width, height) // 2}px)"
        assert upright in media
        assert ("portrait" if width < height else "landscape") in media


def test_the_service_worker_keeps_nothing_but_public_files(page: Page, live_server: Server) -> None:
    installed(page, live_server)
    addresses = shell_of(live_server)["addresses"]
    assert isinstance(addresses, list)
    assert list(page.evaluate(KEPT).values()) == [len(addresses)]
    for address in addresses:
        with urlopen(live_server.url + address, timeout=30) as answer:
            assert answer.status == 200
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("way", [LANDSCAPE, PORTRAIT], ids=["lying", "upright"])
def test_a_cold_start_without_a_network_says_so_in_danish(
    new_context: NewContext, live_server: Server, way: dict[str, int]
) -> None:
    context = new_context(viewport=way, screen=way)
    installed(context.new_page(), live_server).close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(f"{live_server.url}/")
    expect(page.get_by_role("heading", name="Ingen forbindelse")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.url == f"{live_server.url}/tablet"


@pytest.mark.parametrize("address", ["/i-dag", "/familier", "/samtaler/7d0e1a52-5f0b-4c36-9b0e-5c6f7a8b9c01", "/x"])
def test_no_staff_screen_is_shown_without_a_network(page: Page, live_server: Server, address: str) -> None:
    installed(page, live_server)
    page.context.set_offline(True)
    page.goto(f"{live_server.url}{address}")
    expect(page.get_by_role("heading", name="Ingen forbindelse")).to_be_visible()


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """A server that runs a copy of this house, so that a test can put a newer version in its place."""
    house = tmp_path / "house"
    for name in ("backend", "frontend", "migrations"):
        shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__"))
    server = Server(tmp_path / "data", house=house).start()
    yield server
    server.stop()


def renew(server: Server, sentence: str) -> None:
    """Stops the server and starts a newer version of it, whose offline page says something else."""
    server.stop()
    page = server.house / "frontend/templates/tablet/visit-none.html"
    page.write_text(page.read_text().replace("Ingen forbindelse", sentence))
    server.start()


def look_for_a_newer_one(page: Page) -> None:
    page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")


def versions(page: Page) -> set[str]:
    found: set[str] = set(page.evaluate(KEPT))
    return found


def test_a_new_version_takes_over_when_no_form_is_open(page: Page, own_server: Server) -> None:
    before = versions(installed(page, own_server))
    renew(own_server, "Intet net")
    page.reload()
    wait_until(page, f"(await caches.keys()).length === 1 && !(await caches.has('{before.pop()}'))")
    page.context.set_offline(True)
    page.goto(f"{own_server.url}/")
    expect(page.get_by_role("heading", name="Intet net")).to_be_visible()


def test_a_new_version_waits_while_a_form_is_open(page: Page, own_server: Server) -> None:
    before = versions(installed(page, own_server))
    form = page.context.new_page()
    form.goto(f"{own_server.url}/log-ind")
    form.evaluate("async () => (await import('/static/js/worker.js')).holdOff()")
    renew(own_server, "Intet net")
    look_for_a_newer_one(page)
    wait_until(page, "(await navigator.serviceWorker.getRegistration()).waiting?.state === 'installed'")
    assert versions(page) > before, "the old files stay until the form is closed"
    form.close()
    page.reload()
    wait_until(page, f"(await caches.keys()).length === 1 && !(await caches.has('{before.pop()}'))")


def test_a_form_that_was_open_during_an_upgrade_is_kept_and_sent(
    new_context: NewContext, own_server: Server, demo_data: Path
) -> None:
    own_server.stop()
    shutil.copytree(demo_data, own_server.data, dirs_exist_ok=True)
    sitting = Sitting(new_context(), own_server.start()).begin(MAJA)
    hand = sitting.open_form()
    renew(own_server, "Intet net")
    look_for_a_newer_one(sitting.page)
    hand.mark_all(*PLACES)
    hand.finish()
    expect(sitting.page.locator(".between-sent")).to_have_text("Sendt.")
    sitting.unlock()
    assert len(sitting.points("Maja")) == 1


def test_an_installation_that_is_not_whole_leaves_the_old_one(page: Page, own_server: Server) -> None:
    before = page.evaluate(KEPT) if installed(page, own_server) else {}
    (own_server.house / "frontend/static/js/cannot-be-fetched.js").mkdir()
    renew(own_server, "Intet net")
    page.evaluate(GIVES_UP)
    page.context.set_offline(True)
    page.goto(f"{own_server.url}/")
    expect(page.get_by_role("heading", name="Ingen forbindelse")).to_be_visible()
    assert page.evaluate(KEPT) == before


def test_safari_is_shown_the_way_to_the_home_screen(page: Page, live_server: Server) -> None:
    page.goto(f"{live_server.url}/log-ind")
    expect(page.get_by_role("heading", name="Føj Linjen til hjemmeskærmen først")).to_be_hidden()
    page.add_init_script("Object.defineProperty(navigator, 'standalone', { value: false })")
    page.reload()
    expect(page.get_by_role("heading", name="Føj Linjen til hjemmeskærmen først")).to_be_visible()
