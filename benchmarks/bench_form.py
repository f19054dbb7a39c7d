"""Measures a form beside four native sliders on a script-free page, 4× slowed down (promises F4, F4b, F5, F6)."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Page

from benchmarks.kitchen import Kitchen, kitchen, slowed
from benchmarks.result import Result

ROUNDS, TURNS, FORMS, WARMING = 15, 40, 40, 3
PLACES = (0.62, 0.41, 0.735, 0.3)
BANDS = {"ours": ".line-band .line-rule", "native": "input[type=range]"}

# the moment of the last tap, and of the frame after the screen was ready, both in milliseconds since 1970
TAPPED = """() => addEventListener("pointerdown", (event) => {
    sessionStorage.setItem("tapped", performance.timeOrigin + event.timeStamp);
}, { capture: true, once: true })"""
SHOWN = """async (screen) => {
    while (screen && document.documentElement.dataset.ready !== screen) await new Promise(requestAnimationFrame);
    await new Promise((painted) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = painted;
        channel.port2.postMessage(0);
    }));
    return performance.timeOrigin + performance.now() - Number(sessionStorage.getItem("tapped"));
}"""
NAVIGATED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime
    ?? performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd"""
WATCH = """() => {
    const seen = (globalThis.seen = { painted: [], events: [] });
    addEventListener("pointerdown", ({ timeStamp }) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => seen.painted.push(performance.now() - timeStamp);
        channel.port2.postMessage(0);
    }), true);
    new PerformanceObserver((list) => {
        const touches = list.getEntries().filter(({ name }) => /^pointer(down|up)$/.test(name));
        seen.events.push(...touches.map(({ duration }) => duration));
    }).observe({ type: "event", durationThreshold: 16 });
}"""
SEEN = """async () => {
    for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
    return globalThis.seen;
}"""
KEPT = """() => performance.getEntriesByName("kept").at(-1).startTime
    - performance.getEntriesByName("tapped").at(-1).startTime"""
LOCKED = """new MutationObserver((_, self) => {
    if (document.documentElement?.dataset.ready !== "handover") return;
    self.disconnect();
    requestAnimationFrame(() => performance.mark("locked"));
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });"""
MARKS = """() => {
    addEventListener("pointerdown", (event) => performance.mark("tapped", { startTime: event.timeStamp }), true);
    new MutationObserver(() => {
        if (document.querySelector(".between-kept")) requestAnimationFrame(() => performance.mark("kept"));
    }).observe(document.getElementById("stage"), { childList: true });
}"""
# the moment when the form could be marked, in seconds since 1970
MARKED_BY = """(performance.timeOrigin + performance.getEntriesByName("marked-by")[0].startTime) / 1000"""
READY = """new MutationObserver((_, self) => {
    if (document.documentElement?.dataset.ready !== "form") return;
    self.disconnect();
    performance.mark("marked-by");
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });"""
BETWEEN_TAPS = 250  # milliseconds; nobody marks faster
LEAST_TOLD = 16.0  # milliseconds; Event Timing tells nothing of what was faster


def tap(page: Page, selector: str, index: int, place: float) -> None:
    """Touches a line or slider at a fraction of its length."""
    box = page.locator(selector).nth(index).bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + place * box["width"], box["y"] + box["height"] / 2)


def opened(page: Page) -> float:
    """Taps "Jeg er …" and gives the milliseconds until the lines are painted."""
    page.evaluate(TAPPED)
    page.locator("[data-choice=begin]").tap()
    taken: float = page.evaluate(SHOWN, "form")
    return taken


def form_against_sliders(here: Kitchen) -> Iterator[Result]:
    """Compares the time until one can mark: the form after the lock screen, the native page after its navigation."""
    ours, people = here.enrolled()
    native = here.context().new_page()
    taken: dict[str, list[float]] = {"ours": [], "native": []}
    for _ in range(ROUNDS):
        here.sit(ours, people, 1)
        slowed(ours)
        taken["ours"].append(opened(ours))
        slowed(native)
        native.goto(here.native)
        taken["native"].append(native.evaluate(NAVIGATED))
    yield Result("four native sliders can be marked (4× throttle)", "ms", tuple(taken["native"]))
    yield Result("a form can be marked (4× throttle)", "ms", tuple(taken["ours"]))
    ratio = median(taken["ours"]) / median(taken["native"])
    yield Result("form ÷ native sliders, time until marking", "×", (ratio,), 1.5, "median")
    yield from marking(ours, native)
    ours.context.close()
    native.context.close()


def marking(ours: Page, native: Page) -> Iterator[Result]:
    """Compares the time from the touch to the painted mark; both pages are open and slowed, and take turns."""
    pages = {"ours": ours, "native": native}
    for page in pages.values():
        page.evaluate(WATCH)
    for turn in range(TURNS):
        for name, page in pages.items():
            page.bring_to_front()
            for line in range(4):
                tap(page, BANDS[name], line, PLACES[(line + turn) % 4])
                page.wait_for_timeout(BETWEEN_TAPS)
    found: dict[str, dict[str, list[float]]] = {name: page.evaluate(SEEN) for name, page in pages.items()}
    for seen in found.values():
        seen["events"] += [LEAST_TOLD] * (2 * 4 * TURNS - len(seen["events"]))
    yield Result("touch → painted, native slider (4× throttle)", "ms", tuple(found["native"]["painted"]))
    yield Result("touch → painted, line (4× throttle)", "ms", tuple(found["ours"]["painted"]))
    ratio = median(found["ours"]["painted"]) / median(found["native"]["painted"])
    yield Result("line ÷ native slider, touch → painted", "×", (ratio,), 1.1, "median")
    yield Result("Event Timing, native slider (4× throttle)", "ms", tuple(found["native"]["events"]))
    yield Result("Event Timing, line (4× throttle)", "ms", tuple(found["ours"]["events"]), 24.0)


def wire(here: Kitchen) -> Iterator[Result]:
    """Gives what travels until a form can be marked on a tablet that has nothing yet, without the worker's copies."""
    first, people = here.enrolled(service_workers="block")
    here.sit(first, people, 1)
    fresh = first.context.new_page()
    fresh.add_init_script(READY)
    session = fresh.context.new_cdp_session(fresh)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked, sizes, heads = dict[str, float](), dict[str, float](), dict[str, float]()
    session.on("Network.requestWillBeSent", lambda event: asked.update({event["requestId"]: event["wallTime"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    told = "Network.responseReceivedExtraInfo"
    session.on(told, lambda event: heads.update({event["requestId"]: len(event.get("headersText", ""))}))
    fresh.goto(f"{here.server.url}/tablet")
    fresh.wait_for_selector("html[data-ready=handover]")
    fresh.locator("[data-choice=begin]").tap()
    fresh.wait_for_selector("html[data-ready=form]")
    ready = fresh.evaluate(MARKED_BY)
    first.context.close()
    needed = [request for request in sizes if asked.get(request, 0) <= ready]
    head, whole = (sum(kind.get(request, 0) for request in needed) / 1000 for kind in (heads, sizes))
    name = f"a form on the wire ({len(needed)} requests)"
    yield Result(f"{name}, without the repeated headers of HTTP/1.1", "kB", (whole - head,))
    yield Result(f"{name}, HTTP/1.1", "kB", (whole,), 60.0, "median")


def finished(page: Page) -> float:
    """Marks all lines, taps "Færdig", and gives the milliseconds until "Gemt" is painted."""
    for index, place in enumerate(PLACES):
        tap(page, BANDS["ours"], index, place)
    page.locator(".form-finish[aria-disabled=false]").tap()
    page.locator(".between-kept").wait_for()
    taken: float = page.evaluate(KEPT)
    return taken


def keeping(here: Kitchen) -> Iterator[Result]:
    """Gives the time from "Færdig" to "Gemt", and what the page's memory does over 100 forms."""
    page, people = here.enrolled()
    here.sit(page, people, FORMS + WARMING + 100)
    page.evaluate(MARKS)
    taken = []
    for _ in range(FORMS + WARMING):
        opened(page)
        taken.append(finished(page))
    yield Result("Færdig → Gemt", "ms", tuple(taken[WARMING:]), 100.0)
    inside = page.context.new_cdp_session(page)
    before = heap(inside)
    for _ in range(99):
        opened(page)
        finished(page)
    yield Result("memory of the page after 100 forms more ÷ before", "×", (heap(inside) / before,), 1.1, "median")
    page.context.close()


def heap(inside: Any) -> float:
    """Gives the bytes that the page's scripts still hold."""
    inside.send("HeapProfiler.collectGarbage")
    used: float = inside.send("Runtime.getHeapUsage")["usedSize"]
    return used


def cold_start(here: Kitchen) -> Result:
    """Gives the time without a network from opening Linjen to the first line, its one tap included."""
    page, people = here.enrolled()
    here.sit(page, people, 1)
    context = page.context
    context.add_init_script(LOCKED)
    context.new_page()  # stays open: Chromium fills the window of a last page that is closed, in the middle of the next
    context.set_offline(True)
    taken = []
    for _ in range(ROUNDS):
        page.close()
        page = context.new_page()
        inside = slowed(page)
        inside.send("ServiceWorker.enable")
        inside.send("ServiceWorker.stopAllWorkers")
        page.goto(f"{here.server.url}/tablet", wait_until="commit")
        page.wait_for_selector("html[data-ready=handover]")
        shown: float = page.evaluate("() => performance.getEntriesByName('locked')[0].startTime")
        taken.append(shown + opened(page))
    return Result("cold start without a network → first line (4× throttle)", "ms", tuple(taken), 1000.0)


def results() -> Iterator[Result]:
    """Gives every measure of the form."""
    with kitchen() as here:
        yield from form_against_sliders(here)
        yield from wire(here)
        yield from keeping(here)
        yield cold_start(here)
