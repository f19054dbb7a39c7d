"""Holds what the tests of the line ask for: the server that shows it, and a tablet that looks at it."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.line.hand import Hand

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class LineServer:
    """A running harness: its address, what it has received, and whether it keeps what comes from now on."""

    url: str

    def received(self) -> list[dict[str, Any]]:
        """Gives every answer that a form has tried to keep, in order: marks, skipped, capture."""
        with urllib.request.urlopen(f"{self.url}/desk", timeout=10) as answer:
            received: list[dict[str, Any]] = json.load(answer)
            return received

    def refuse(self, reason: str) -> None:
        """Lets keeping fail from now on for a reason of the outbox; "" lets it succeed again."""
        self._post(f"refuse/{reason}" if reason else "accept")

    def clear(self) -> None:
        """Empties the desk: nothing on it is another test's."""
        self._post("clear")

    def _post(self, path: str) -> None:
        request = urllib.request.Request(f"{self.url}/desk/{path}", method="POST")
        urllib.request.urlopen(request, timeout=10).close()


@pytest.fixture(scope="session")
def line_process() -> Iterator[LineServer]:
    """One harness, a process of its own, for each test process."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.browser.line.harness"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield LineServer(f"http://127.0.0.1:{process.stdout.readline().strip()}")
        process.stdin.close()


@pytest.fixture
def line_server(line_process: LineServer) -> LineServer:
    """The harness with an empty desk."""
    line_process.clear()
    return line_process


OpenForm = Callable[..., Hand]


@pytest.fixture
def open_form(page: Page, line_server: LineServer) -> OpenForm:
    """A function that shows a form on the tablet and gives the hand that marks it: `open_form("srs")`."""

    def show(name: str = "ors") -> Hand:
        page.goto(f"{line_server.url}/form/{name}")
        page.wait_for_selector("html[data-ready]")
        return Hand(page)

    return show
