"""Holds what the tests of a visit ask for: a tablet of ours with a plan in its vault, and no network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.visit.therapist import Therapist
from tests.support.chromium import NewContext
from tests.support.servers import Server

SetOut = Callable[..., Therapist]


@pytest.fixture
def set_out(new_context: NewContext, live_server: Server) -> SetOut:
    """A function that enrols a tablet, keeps a plan on it and drives out of reach: `set_out(plan, hours_ago=25)`."""

    def drive(plan: dict[str, Any] | None = None, *, hours_ago: int = 0, **changes: Any) -> Therapist:
        page: Page = new_context(**changes).new_page()
        therapist = Therapist(page, live_server)
        therapist.log_in()
        therapist.enrol()
        if plan is not None:
            therapist.keep_plan(plan, hours_ago)
        therapist.drive_out()
        return therapist

    return drive
