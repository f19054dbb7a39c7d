"""Tests in Chromium that nobody waits for ever: for a script that the network swallowed, or for a frozen window."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.tablet.conftest import MAJA, HandOver, Sitting
from tests.support.chromium import NewContext, lose_network
from tests.support.servers import Server

LATE = "**/tablet/ord/ar"  # one of the addresses that make the tablet whole
HOLD = """() => new Promise((held) => {
    navigator.locks.request("linjen-sitting", () => new Promise(() => held()));
})"""


@pytest.mark.parametrize("swallowed", ["seal.js", "hpke-core.min.js"])
def test_a_script_that_the_network_swallowed_is_taken_from_the_tablet(
    new_context: NewContext, live_server: Server, swallowed: str
) -> None:
    family = Sitting(new_context(), live_server)
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    def swallow(route: Route) -> None:
        if route.request.service_worker:
            route.continue_()

    family.context.route(LATE, hold)
    family.context.route(f"**/{swallowed}", swallow)
    page = family.meet(MAJA)
    with page.expect_request(f"**/{swallowed}"):
        family.give("giv", {"choosing": "1", "phase": "start", "present": list(family.members.values())})
    for route in late:
        route.continue_()
    lose_network(page)
    family.answer()
    family.at("finished")


def test_a_window_that_was_frozen_in_the_middle_stops_no_other(hand_over: HandOver) -> None:
    family = hand_over(MAJA)
    frozen = family.context.new_page()
    frozen.goto(f"{family.server.url}/tablet")
    frozen.evaluate(HOLD)
    family.answer()
    family.at("finished")
    expect(family.page.locator(".between-sent")).to_have_text("Sendt.")
    assert len(set(family.sent)) == 1
