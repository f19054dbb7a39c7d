"""Holds what the tests of the outbox ask for: an enrolled tablet, and the faults between it and the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.outbox.faults import Faults
from tests.browser.outbox.tablet import Office, Tablet, enrolled_tablet, office_of
from tests.support.chromium import NewContext
from tests.support.servers import Server


@pytest.fixture(scope="module")
def office(chromium: Browser, live_server: Server) -> Iterator[Office]:
    """A therapist who is logged in, and a family, shared by the tests of one file."""
    context = chromium.new_context()
    yield office_of(context, live_server)
    context.close()


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    """The browser of one tablet, with nothing stored yet."""
    return new_context()


@pytest.fixture
def tablet(context: BrowserContext, live_server: Server, office: Office) -> Tablet:
    """An enrolled tablet on a page without a script of its own, that sends only when it is told to."""
    return enrolled_tablet(context, live_server, office)


@pytest.fixture
def faults(context: BrowserContext) -> Faults:
    """The way from the tablet to the server, without a fault until one is added."""
    return Faults().between(context)
