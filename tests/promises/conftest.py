"""Holds what the promises about the family's screens ask for: any form by itself, a desk that sends links, a phone."""

from __future__ import annotations

from tests.browser.forms.conftest import line_process, line_server, open_pack
from tests.browser.links.conftest import desk, new_phone

__all__ = ["desk", "line_process", "line_server", "new_phone", "open_pack"]
