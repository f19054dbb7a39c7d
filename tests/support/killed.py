"""Holds a browser of its own that keeps what it stores in a folder, and how it is killed as by a battery that dies."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from tests.support.chromium import ARGUMENTS, STARTED_WITHIN, chromium_path, tablet


def launched(driver: Playwright, profile: Path) -> BrowserContext:
    """Starts a browser of its own that keeps what it stores in a folder."""
    return driver.chromium.launch_persistent_context(
        profile,
        executable_path=chromium_path(),
        chromium_sandbox=False,
        args=list(ARGUMENTS),
        timeout=STARTED_WITHIN,
        **tablet(driver),
    )


def kill(profile: Path) -> None:
    """Ends the browser that has this profile open, with no time to say goodbye."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and _is_main(entry, profile):
            os.kill(int(entry.name), signal.SIGKILL)


def _is_main(entry: Path, profile: Path) -> bool:
    try:
        words = (entry / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return f"--user-data-dir={profile}".encode() in words and not any(w.startswith(b"--type=") for w in words)
