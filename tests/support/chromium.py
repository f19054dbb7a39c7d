"""Holds Chromium on a touch tablet, watched: no other host, no broken script, no breach of the content policy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright
from playwright.sync_api import Error as PlaywrightError

LANDSCAPE = {"width": 1180, "height": 820}
PORTRAIT = {"width": 820, "height": 1180}
NAMES = ("chromium", "chromium-browser", "google-chrome")
# What Playwright turns off, which naming any more replaces, and the address bar's own page: every window loads one.
LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup"
)
ARGUMENTS = (
    f"--disable-features={LEFT_OUT}",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WHOLE = "async () => (await import('/static/js/worker.js')).ready()"
PATIENCE, STARTED_WITHIN, GLANCE = 30_000, 120_000, 2_000  # milliseconds
FAILED = pytest.StashKey[bool]()


def chromium_path() -> str | None:
    """Gives the path of the system's Chromium, or None for Playwright's own."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def tablet(playwright: Playwright, **changes: Any) -> dict[str, Any]:
    """Gives the context options of an iPad in landscape, in Danish; `changes` replace single options."""
    device = dict(playwright.devices["iPad Pro 11 landscape"])
    device.pop("default_browser_type")
    own = {"viewport": LANDSCAPE, "screen": LANDSCAPE, "locale": "da-DK", "timezone_id": "Europe/Copenhagen"}
    return device | own | {"service_workers": "allow"} | changes


@dataclass
class Watch:
    """What a browser did that it must never do, empty at the end of every test (promise A9), and all it has told."""

    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        """Listens to every page and service worker of a context."""
        context.on("request", self._see_request)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self._see_message)

    def _see_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"blob", "about"} and address.hostname != "127.0.0.1":
            self.strangers.append(request.url)

    def _see_message(self, message: ConsoleMessage) -> None:
        self.told.append(f"{message.type}: {message.text}")
        if "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def complain(self) -> None:
        """Fails the test if anything was seen."""
        assert not self.strangers, f"requests to another host: {self.strangers}"
        assert not self.errors, f"errors in the browser: {self.errors}"


def glimpse(page: Page) -> str:
    """Says what a page shows, for whoever reads why a test has failed."""
    try:
        root = page.locator("html")
        state, shown = root.get_attribute("data-ready", timeout=GLANCE), root.inner_text(timeout=GLANCE)
    except PlaywrightError as error:
        state, shown = None, str(error)
    return f"{page.url} ({state}):\n{shown}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remembers that a test has failed, for the fixtures that are taken down after it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright itself, one for each test process."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    """Chromium, one for each test process."""
    try:
        browser = playwright_driver.chromium.launch(
            executable_path=chromium_path(), chromium_sandbox=False, args=list(ARGUMENTS), timeout=STARTED_WITHIN
        )
    except PlaywrightError as error:
        pytest.fail(f"Chromium does not start: run scripts/install-browsers.\n{error}", pytrace=False)
    yield browser
    browser.close()


def lose_network(page: Page) -> None:
    """Waits until all that is needed without a network is on the tablet, and takes the network away."""
    assert page.evaluate(WHOLE), "the shell is not whole on the tablet"
    page.context.set_offline(True)


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(
    chromium: Browser, playwright_driver: Playwright, request: pytest.FixtureRequest
) -> Iterator[NewContext]:
    """A function that makes one more watched tablet: `new_context(viewport=PORTRAIT, color_scheme="dark")`."""
    watch, contexts = Watch(), list[BrowserContext]()

    def make(**changes: Any) -> BrowserContext:
        context = chromium.new_context(**tablet(playwright_driver, **changes))
        context.set_default_timeout(PATIENCE)
        watch.follow(context)
        contexts.append(context)
        return context

    yield make
    if request.node.stash.get(FAILED, False):
        print(*(glimpse(page) for context in contexts for page in context.pages), *watch.told, sep="\n")
    for context in contexts:
        context.close()
    watch.complain()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """One page on a tablet in landscape, with nothing stored yet."""
    return new_context().new_page()
