"""Tests that every form can be used by everybody: no axe violation, large letters, a small telephone.

That it is filled in with keys alone is promise U2. With LINJEN_PICTURES=folder it leaves a picture of each form there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from backend.instruments import Pack, packs
from tests.browser.forms.conftest import OpenPack
from tests.browser.line.test_line_access import violations
from tests.support.chromium import LANDSCAPE, PORTRAIT

EVERY = sorted(packs().values(), key=lambda form: form.id)
PHONE = {"width": 320, "height": 640}
SHAPES = {"lying": LANDSCAPE, "upright": PORTRAIT}
LARGE = {"fontSizes": {"standard": 32, "fixed": 26}}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# words that stand on top of other words, or are cut off
COVERED = """() => {
    const words = "h1, h2, .line-words, .line-end, .ask-question, label span, .form-seen span";
    const parts = [...document.querySelectorAll(words)];
    const boxes = parts.filter((part) => part.checkVisibility()).map((part) => [part, part.getBoundingClientRect()]);
    const meet = (one, two) => one.left < two.right - 1 && two.left < one.right - 1
        && one.top < two.bottom - 2 && two.top < one.bottom - 2;
    return boxes.flatMap(([part, box], at) => boxes.slice(at + 1)
        .filter(([other, next]) => !part.contains(other) && !other.contains(part) && meet(box, next))
        .map(([other]) => [part.textContent.trim().slice(0, 40), other.textContent.trim().slice(0, 40)]));
}"""


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.id)
def test_a_form_has_no_violation_in_any_light_or_shape(open_pack: OpenPack, form: Pack, tmp_path: Path) -> None:
    folder = Path(os.environ.get("LINJEN_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    person = open_pack(form.id, query="who=Alma", reduced_motion="reduce")
    page, found = person.page, {}
    for shape, size in SHAPES.items():
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=folder / f"form-{form.id}-{shape}-{scheme}.png")
            found[f"blank {shape} {scheme}"] = [*violations(page), *filter(None, [page.evaluate(WIDER)])]
    for number, _ in enumerate(person.steps()):
        found[f"answered {number}"] = violations(page)
        page.screenshot(path=folder / f"form-{form.id}-answered-{number + 1}.png")
    assert {place: wrong for place, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("language", ["da", "uk", "ar"])
@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.id)
def test_a_form_fits_a_small_telephone(open_pack: OpenPack, form: Pack, language: str) -> None:
    person = open_pack(form.id, language, "phone=1", viewport=PHONE, screen=PHONE)
    page = person.page
    assert page.locator(".narrow").count() == 0
    assert "iPad" not in page.locator("body").inner_text()
    for _ in person.steps():
        assert (page.evaluate(WIDER), page.evaluate(COVERED)) == (0, [])
    person.hand_in()
    person.arrived()


@pytest.mark.parametrize("form", ["ors", "srs", "cors", "ycors", "who-5", "maal", "boern-inddragelse"])
def test_letters_of_double_size_push_nothing_aside(open_pack: OpenPack, form: str) -> None:
    for size in (LANDSCAPE, PORTRAIT, PHONE):
        person = open_pack(form, viewport=size, screen=size)
        page = person.page
        page.context.new_cdp_session(page).send("Page.setFontSizes", LARGE)
        page.reload()
        page.wait_for_selector("html[data-ready]")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        for _ in person.steps():
            assert (page.evaluate(WIDER), page.evaluate(COVERED)) == (0, []), size
