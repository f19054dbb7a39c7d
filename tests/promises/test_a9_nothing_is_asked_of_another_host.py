"""Holds the proof that the watch over every browser test sees what it must (promise A9)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.chromium import Watch


@pytest.fixture
def watched(chromium: Browser) -> tuple[Watch, BrowserContext]:
    """A browser context of its own, and the watch over it, so that what is seen fails only what expects it."""
    watch, context = Watch(), chromium.new_context()
    watch.follow(context)
    return watch, context


def test_a_request_to_another_host_is_seen(watched: tuple[Watch, BrowserContext]) -> None:
    watch, context = watched
    page = context.new_page()
    page.evaluate("fetch('http://stranger.invalid/').catch(() => {})")
    context.close()
    with pytest.raises(AssertionError, match=r"stranger\.invalid"):
        watch.complain()


def test_an_error_that_no_script_caught_is_seen(watched: tuple[Watch, BrowserContext]) -> None:
    watch, context = watched
    page = context.new_page()
    with context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    context.close()
    with pytest.raises(AssertionError, match="broken"):
        watch.complain()


def test_a_breach_of_the_content_policy_is_seen(watched: tuple[Watch, BrowserContext]) -> None:
    watch, context = watched
    page = context.new_page()
    page.set_content("<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">")
    with context.expect_event("console"):
        page.evaluate("document.body.setAttribute('style', 'color: red')")
    context.close()
    with pytest.raises(AssertionError, match="Content Security Policy"):
        watch.complain()
