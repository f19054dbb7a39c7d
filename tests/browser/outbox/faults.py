"""Holds the faults between a tablet and its server: what happens to each request to the inbox, in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Route

INBOX = "**/api/v1/inbox"


@dataclass
class Faults:
    """What happens to the next requests to the inbox, in turn; with nothing to come, each goes through."""

    coming: list[str] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)
    held: list[Route] = field(default_factory=list)

    def between(self, context: BrowserContext) -> Faults:
        """Stands between a tablet and its server from now on."""
        context.route(INBOX, self._meet)
        return self

    def then(self, *faults: str) -> None:
        """Adds what happens next: `lose request`, `lose answer`, `hold`, or a status such as `500` or `429 30`."""
        self.coming.extend(faults)

    def release(self) -> None:
        """Lets the requests that were held go on."""
        while self.held:
            self.held.pop().continue_()

    def _meet(self, route: Route) -> None:
        self.seen.append(route.request.post_data_json)
        fault = self.coming.pop(0) if self.coming else ""
        self._happens(fault, route)

    def _happens(self, fault: str, route: Route) -> None:
        ways: dict[str, Callable[[], object]] = {
            "": route.continue_,
            "lose request": route.abort,
            "lose answer": lambda: lose_answer(route),
            "hold": lambda: self.held.append(route),
        }
        if fault in ways:
            ways[fault]()
        else:
            status, _, after = fault.partition(" ")
            route.fulfill(status=int(status), headers={"Retry-After": after} if after else {}, body="{}")


def lose_answer(route: Route) -> None:
    """Lets a request reach the server, and breaks the connection before its answer is back."""
    route.fetch()
    route.abort()
