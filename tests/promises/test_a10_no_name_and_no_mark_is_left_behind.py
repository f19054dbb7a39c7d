"""Promise A10: names and marks are found 0 times in caches, storage, addresses and logs, in the open or on the disk."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from playwright.sync_api import BrowserContext, Playwright

from tests.browser.tablet.conftest import Sitting
from tests.support.chromium import lose_network
from tests.support.killed import kill, launched
from tests.support.servers import Server

NAMES = ("Zuleika", "Balthasar")
PLACES = (0.1237, 0.4519, 0.7713, 0.9341)
KEPT_BY_THE_BROWSER = (
    "Cache",
    "Code Cache",
    "IndexedDB",
    "Local Storage",
    "Session Storage",
    "Service Worker",
    "Network",
)
CACHED = """async () => {
    const found = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const body = await (await cache.match(request)).text();
            found.push(`${name} ${request.url} ${body}`);
        }
    }
    return found.join(" ");
}"""
STORED = """async () => {
    const text = (value) => {
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
        if (value instanceof CryptoKey) return value.extractable ? "a key that can be exported" : "a key";
        if (value && typeof value === "object") return Object.entries(value).flat().map(text).join(" ");
        return String(value);
    };
    const { transact } = await import("/static/js/store.js");
    const rows = await transact("readonly", async ({ kept, outbox }) => [
        await kept.getAllKeys(), await kept.getAll(), await outbox.getAll(),
    ]);
    return [text(rows), text({ ...sessionStorage }), text({ ...localStorage }), document.cookie].join(" ");
}"""


def canaries(marks: dict[str, int | None]) -> tuple[str, ...]:
    """Gives what must be nowhere: the family, its members, each mark behind its item, and the name of the marks."""
    return ("Kanariefugl", *NAMES, '"marks":', *(f'"{item}":{mark}' for item, mark in marks.items()))


def test_nothing_is_left_in_the_open_while_forms_wait(
    playwright_driver: Playwright, live_server: Server, tmp_path: Path
) -> None:
    context, asked = launched(playwright_driver, tmp_path), list[str]()
    context.on("request", lambda request: asked.append(unquote(request.url)))
    sitting = begun(context, live_server)
    lose_network(sitting.page)
    marks = sitting.answer(*PLACES)
    hand = sitting.open_form()
    hand.mark_all(*PLACES)
    page = sitting.page
    told = {
        "caches": page.evaluate(CACHED),
        "storage": page.evaluate(STORED),
        "addresses": " ".join(asked),
        "title": page.title(),
        "log": live_server.log,
    }
    assert "a key that can be exported" not in told["storage"]
    assert "/tablet/skema/ors" in told["caches"], "the search looks at what is there"
    assert "sealed" in told["storage"]
    assert [(place, c) for place, text in told.items() for c in canaries(marks) if c in text] == []
    with context.expect_event("close"):
        kill(tmp_path)
    assert on_disk(tmp_path, marks) == []


def test_nothing_is_left_after_staff_has_unlocked_and_logged_out(
    playwright_driver: Playwright, live_server: Server, tmp_path: Path
) -> None:
    context, asked = launched(playwright_driver, tmp_path), list[str]()
    context.on("request", lambda request: asked.append(unquote(request.url)))
    sitting = begun(context, live_server)
    marks = sitting.answer(*PLACES)
    sitting.answer(*PLACES)
    sitting.unlock()
    page = sitting.page
    page.get_by_role("button", name="Log ud").click()
    page.wait_for_url("**/log-ind")
    told = {"caches": page.evaluate(CACHED), "storage": page.evaluate(STORED), "addresses": " ".join(asked)}
    told["log"] = live_server.log
    assert [(place, c) for place, text in told.items() for c in canaries(marks) if c in text] == []
    context.close()
    assert on_disk(tmp_path, marks) == []


def begun(context: BrowserContext, server: Server) -> Sitting:
    context.pages[0].close()
    people = [(name, "1984-02", "da") for name in NAMES]
    return Sitting(context, server).begin(*people)


def on_disk(profile: Path, marks: dict[str, int | None]) -> list[str]:
    """Gives the canaries in what pages leave in the browser's folder, in either of the alphabets it writes."""
    found = []
    for folder in KEPT_BY_THE_BROWSER:
        for file in (profile / "Default" / folder).rglob("*"):
            content = file.read_bytes() if file.is_file() else b""
            found += [f"{file.name}: {c}" for c in canaries(marks) if in_either(c, content)]
    return found


def in_either(word: str, content: bytes) -> bool:
    return word.encode() in content or word.encode("utf-16-le") in content
