"""Tests the blank face to draw on: strokes as they were drawn, by one finger or pen, undone, and never too large."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from backend.instruments import check_answer, pack
from tests.browser.forms.answering import SWEEP, Answering
from tests.browser.forms.conftest import OpenPack
from tests.browser.line.conftest import LineServer

FIVE_MEGABYTES = 5 * 1024 * 1024
DOT = ((0.25, 0.75),)

# one finger that scribbles strokes of so many points each; gives how many bytes it drew before anything was thinned
SCRIBBLE = """([strokes, points]) => {
    const paper = document.querySelector(".pad-paper");
    const { left, top, width, height } = paper.getBoundingClientRect();
    let drawn = 0;
    const send = (name, at) => {
        const clientX = left + width * (0.5 + 0.49 * Math.sin(at * 1.7));
        const clientY = top + height * (0.5 + 0.49 * Math.cos(at * 2.3));
        drawn += `${clientX},${clientY},`.length;
        const finger = { pointerId: 7, pointerType: "touch", isPrimary: true, bubbles: true, cancelable: true };
        paper.dispatchEvent(new PointerEvent(name, { clientX, clientY, ...finger }));
    };
    for (let stroke = 0; stroke < strokes; stroke += 1) {
        send("pointerdown", stroke);
        for (let point = 1; point < points; point += 1) send("pointermove", stroke + point);
        send("pointerup", stroke + points);
    }
    return drawn;
}"""


def opened(open_pack: OpenPack) -> Answering:
    """Opens the paper."""
    person = open_pack("ycors")
    person.page.locator(".draw-open").tap()
    return person


def drawing(person: Answering, line_server: LineServer) -> list[list[int]]:
    """Hands the form in, checks it as the server does, and gives the strokes."""
    person.hand_in()
    person.arrived()
    (given,) = line_server.received()
    check_answer(pack("ycors"), given["marks"], given["answers"])
    strokes: list[list[int]] = given["answers"]["drawing"]["strokes"]
    return strokes


def test_a_stroke_and_a_dot_are_kept_in_whole_numbers(open_pack: OpenPack, line_server: LineServer) -> None:
    person = opened(open_pack)
    person.stroke(*SWEEP)
    person.stroke(*DOT)
    sweep, dot = drawing(person, line_server)
    assert sweep[:2] == pytest.approx([300, 600], abs=3)
    assert sweep[-2:] == pytest.approx([700, 600], abs=3)
    assert dot[:2] == pytest.approx([250, 750], abs=3)


def test_the_last_stroke_is_undone_and_all_are_cleared(open_pack: OpenPack) -> None:
    person = opened(open_pack)
    paper, page = person.page.locator(".pad-paper .strokes path"), person.page
    undo, clear = page.locator(".pad-undo"), page.locator(".pad-clear")
    expect(undo).to_have_attribute("aria-disabled", "true")
    for _ in range(3):
        person.stroke(*SWEEP)
    undo.tap()
    expect(paper).to_have_count(2)
    clear.tap()
    expect(paper).to_have_count(0)
    expect(page.locator(".form-finish")).to_have_attribute("aria-disabled", "true")


def test_a_drawing_is_seen_beside_the_faces_and_both_are_kept(open_pack: OpenPack, line_server: LineServer) -> None:
    person = opened(open_pack)
    page = person.page
    expect(page.locator(".faces")).to_be_hidden()
    person.stroke(*SWEEP)
    page.locator(".pad-close").press("Enter")
    expect(page.locator(".draw-open")).to_be_focused()
    expect(page.get_by_role("button", name="Tegn selv – der er tegnet")).to_be_visible()
    expect(page.locator(".draw-open .strokes path")).to_have_count(1)
    page.locator(".faces-one").nth(3).tap()
    assert len(drawing(person, line_server)) == 1
    assert line_server.received()[0]["answers"]["face"] == 4


def test_the_palm_draws_nothing_while_the_pen_does(open_pack: OpenPack) -> None:
    person = opened(open_pack)
    box = person.page.locator(".pad-paper").bounding_box()
    assert box is not None
    x, y = box["x"] + 100, box["y"] + 100
    person.fingers("touchStart", (x + 80, y + 80))
    person.pen("mousePressed", x, y)
    person.pen("mouseMoved", x + 60, y)
    person.pen("mouseReleased", x + 60, y)
    person.fingers("touchEnd")
    expect(person.page.locator(".pad-paper .strokes path")).to_have_count(1)


def test_a_second_finger_draws_nothing(open_pack: OpenPack, line_server: LineServer) -> None:
    person = opened(open_pack)
    box = person.page.locator(".pad-paper").bounding_box()
    assert box is not None
    x, y = box["x"] + 100, box["y"] + 100
    person.fingers("touchStart", (x, y))
    person.fingers("touchStart", (x, y), (x + 150, y + 150))
    person.fingers("touchMove", (x + 20, y), (x + 150, y + 50))
    person.fingers("touchEnd")
    (stroke,) = drawing(person, line_server)
    assert max(stroke[1::2]) - min(stroke[1::2]) <= 2


@pytest.mark.parametrize(("strokes", "points"), [(300, 600), (1, 180_000)], ids=["many strokes", "one long stroke"])
def test_a_wild_drawing_of_five_megabytes_is_thinned_and_kept(
    open_pack: OpenPack, line_server: LineServer, strokes: int, points: int
) -> None:
    person = opened(open_pack)
    assert person.page.evaluate(SCRIBBLE, [strokes, points]) > FIVE_MEGABYTES
    kept = drawing(person, line_server)
    assert 0 < len(kept) <= strokes
    assert len(json.dumps(kept)) < 64 * 1024
    assert sum(map(len, kept)) > 100
