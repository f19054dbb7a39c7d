"""Holds what the tests of the languages ask for: the tablet handed over, a desk that sends links, a phone."""

from __future__ import annotations

from tests.browser.links.conftest import desk, new_phone
from tests.browser.tablet.conftest import hand_over

__all__ = ["desk", "hand_over", "new_phone"]
