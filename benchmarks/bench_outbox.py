"""Measures 200 forms that waited on a tablet: what they take there, and how soon the server has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.bench_form import PLACES
from benchmarks.kitchen import kitchen, sitting_of
from benchmarks.result import Result

FORMS, ROUNDS = 200, 3
DEPOSIT = """async ([answer, forms]) => {
    const { deposit } = await import("/static/js/outbox.js");
    for (let form = 0; form < forms; form += 1) await deposit(answer);
}"""
BYTES = """async () => {
    const { openDB } = await import("/static/vendor/idb-8.0.4/idb.min.js");
    const rows = await (await openDB("linjen")).getAll("outbox");
    return rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
}"""
SEND = """async () => {
    const { sendNow } = await import("/static/js/sender.js");
    const begun = performance.now();
    const { left } = await sendNow();
    return [left, (performance.now() - begun) / 1000];
}"""


def answer_of(people: dict[str, str]) -> dict[str, Any]:
    """Gives what the form page deposits, with circumstances as long as real ones."""
    sitting = sitting_of(people, 1)
    turn = sitting["turns"][0]
    items = ("personal", "close", "social", "overall")
    touch = {"line_px": 612.5, "input": "drag", "ms": 14_321, "remarks": 2}
    capture = {"items": dict.fromkeys(items, touch), "dpr": 2, "viewport": [1180, 820], "zoom": 1, "mode": "all"}
    form = {name: turn[name] for name in ("member_id", "rater_id", "instrument", "version", "language")}
    marks = {item: round(10_000 * place) for item, place in zip(items, PLACES, strict=True)}
    own = {"staff_id": sitting["staff"]["id"], "session": sitting["session"], "person": None}
    return own | form | {"marks": marks, "skipped": False, "capture": capture}


def results() -> Iterator[Result]:
    """Gives the size in MB and the time to send in seconds."""
    with kitchen() as here:
        page, people = here.enrolled()
        sizes, taken = [], []
        for _ in range(ROUNDS):
            page.context.set_offline(True)
            page.evaluate(DEPOSIT, [answer_of(people), FORMS])
            sizes.append(page.evaluate(BYTES) / 1_000_000)
            page.context.set_offline(False)
            left, seconds = page.evaluate(SEND)
            if left:
                raise RuntimeError(f"{left} forms were not sent")
            taken.append(seconds)
    yield Result(f"{FORMS} waiting forms", "MB", tuple(sizes), 1.0)
    yield Result(f"{FORMS} waiting forms are sent", "s", tuple(taken), 5.0)
