"""Tests of a curve in a real browser without a server: read by keys and tap, and printed on one sheet of paper."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect

from backend.pages.curve_sheet import CHOICES, OUTCOME_BOX
from tests.pages.curve_case import (
    a_person,
    a_view,
    an_event,
    curve_page,
    drawing,
    fortnightly,
    held,
    ors,
    skipped,
    solsikke,
    srs,
    walk,
)

__all__ = ["drawing"]
FRONTEND = Path(__file__).parents[2] / "frontend"
HOST = "http://127.0.0.1"
SHEET_OF_PAPER = re.compile(rb"/Type\s*/Page\b(?!s)")
EVERYTHING = ("", *CHOICES)


def opened(page: Page, app: Flask, html: str) -> None:
    """Shows a drawn page with the app's own files and content policy."""
    with app.test_client().get("/healthz") as answered:
        policy = answered.headers["Content-Security-Policy"]

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path == "/kurve":
            route.fulfill(body=html, headers={"Content-Type": "text/html", "Content-Security-Policy": policy})
        else:
            route.fulfill(path=FRONTEND / path.partition("?")[0].lstrip("/"))

    page.route("**/*", answer)
    page.goto(f"{HOST}/kurve")


def long(number: int, *vis: str) -> str:
    rows, maria = held([7 * n for n in range(number)]), a_person()
    curves = [ors(maria, rows, walk(number)), srs(maria, rows, walk(number)), ors(maria, rows, walk(number), "Jonas")]
    return curve_page(a_view(rows, (maria, curves)), *vis)


def crowded(*vis: str) -> str:
    rows, maria = fortnightly(11), a_person()
    own = [ors(maria, rows, {n: 120 + 11 * n for n in range(1, 12) if n != 6}), srs(maria, rows, [340] * 11)]
    others = [ors(maria, rows, walk(11), name) for name in ("Jonas", "Klasselærer", "Mormor")]
    view = a_view(rows, (maria, [*own, *others]))
    events = tuple(an_event("life", f"ændring nummer {n} i familien", 13 * n) for n in range(10))
    beside = (skipped(maria, rows[5], "ville ikke i dag"),)
    return curve_page(replace(view, events=events, members=(replace(view.members[0], beside=beside),)), *vis)


def test_points_are_read_by_arrow_keys_and_by_tap_in_one_place(page: Page, drawing: Flask) -> None:
    opened(page, drawing, curve_page(solsikke()))
    reading, line = page.get_by_role("slider", name="Læs kurven punkt for punkt"), page.locator(".curve-reader").first
    expect(reading).to_contain_text("Samtale 9, 24. november 2026. ORS 20,5. Ned 1,7 fra sidst. Gul zone")
    expect(line).to_have_attribute("visibility", "hidden")
    reading.press("Home")
    expect(reading).to_have_text("Samtale 1, 12. maj 2026. ORS 13,8. Jonas om Maria 13,0. SRS 34,0.")
    reading.press("ArrowLeft")
    reading.press("ArrowRight")
    expect(reading).to_have_attribute("aria-valuenow", "2")
    expect(reading).to_have_attribute(
        "aria-valuetext", re.compile("^Samtale 2, 26. maj 2026. ORS 16,9. Op 3,1 fra sidst")
    )
    picture = page.get_by_role("img", name="ORS i alt for Maria")
    box = picture.bounding_box()
    assert box is not None
    x = (OUTCOME_BOX.left + OUTCOME_BOX.width * 4.6 / 9) * box["width"] / 832
    picture.tap(position={"x": x, "y": 150})
    expect(reading).to_contain_text("Samtale 5, 18. august 2026. ORS 20,6. Ned 1,2 fra sidst.")
    expect(line).not_to_have_attribute("visibility", "hidden")


def test_every_curve_with_its_table_is_one_sheet_of_paper(page: Page, drawing: Flask) -> None:
    screens = {
        "crowded": crowded(),
        "crowded with questions": crowded(*EVERYTHING),
        "60 sessions": long(60, *EVERYTHING),
        "300 sessions": long(300),
    }
    sheets = {}
    for name, html in screens.items():
        opened(page, drawing, html)
        sheets[name] = len(SHEET_OF_PAPER.findall(page.pdf(prefer_css_page_size=True)))
        page.unroute_all()
    assert sheets == dict.fromkeys(screens, 1)


@pytest.mark.parametrize("media", ["screen", "print"])
def test_numbers_stand_under_their_points_with_every_part_on(page: Page, drawing: Flask, media: str) -> None:
    opened(page, drawing, crowded(*EVERYTHING))
    page.emulate_media(media="print" if media == "print" else "screen")
    middles = "found => found.map(one => { const box = one.getBoundingClientRect(); return box.x + box.width / 2 })"
    dots = page.locator("svg[aria-labelledby=curve-alliance-title] .dot-own").evaluate_all(middles)
    numbers = page.locator("thead th[scope=col]").evaluate_all(middles)
    assert len(dots) == len(numbers) == 11
    assert all(abs(dot - number) < 2 for dot, number in zip(dots, numbers, strict=True))
