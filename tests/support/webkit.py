"""Holds WebKitGTK, the engine nearest to Safari, on a screen of its own; it knows no page."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from selenium.webdriver.webkitgtk.webdriver import WebDriver

SCREEN = "1400x1400x24"
PATIENCE = 90  # seconds
MISSING = "WebKitGTK's driver, Xvfb or D-Bus is missing: run scripts/install-browsers."


def mini_browser() -> Path | None:
    """Gives the path of WebKitGTK's own small browser, wherever this processor's libraries are."""
    patterns = ("lib*/webkit2gtk-4.1/MiniBrowser", "lib*/*/webkit2gtk-4.1/MiniBrowser")
    return next((path for pattern in patterns for path in Path("/usr").glob(pattern)), None)


@contextmanager
def says_where(*command: str) -> Iterator[str]:
    """Starts a program that writes its address on standard output, gives that line, and ends the program by its id."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(PATIENCE)
        process.stdout.close()


@pytest.fixture(scope="session")
def webkit(runtime_folder: Path) -> Iterator[WebDriver]:
    """WebKitGTK in a window of its own, one for each test process; its storage starts empty and lasts the session."""
    browser, driver = mini_browser(), shutil.which("WebKitWebDriver")
    if browser is None or driver is None or not shutil.which("Xvfb") or not shutil.which("dbus-daemon"):
        pytest.fail(MISSING, pytrace=False)
    with (
        says_where("Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp") as display,
        says_where("dbus-daemon", "--session", "--nofork", "--print-address=1") as bus,
    ):
        own = {"DISPLAY": f":{display}", "DBUS_SESSION_BUS_ADDRESS": bus, "LANG": "da_DK.UTF-8"}
        options = Options()
        options.binary_location = str(browser)
        options.add_argument("--automation")
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # selenium warns of itself
            session = webdriver.WebKitGTK(options=options, service=Service(driver, env=dict(os.environ) | own))
        session.set_page_load_timeout(PATIENCE)
        session.set_script_timeout(PATIENCE)
        session.set_window_size(1180, 820)
        yield session
        session.quit()
