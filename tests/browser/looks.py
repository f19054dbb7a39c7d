"""Holds how one page is looked at lying and upright, light and dark, as it stands; it judges nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from playwright.sync_api import Page, ViewportSize

from tests.support.chromium import LANDSCAPE, PORTRAIT

SHAPES: Mapping[str, ViewportSize] = {
    "lying": ViewportSize(width=LANDSCAPE["width"], height=LANDSCAPE["height"]),
    "upright": ViewportSize(width=PORTRAIT["width"], height=PORTRAIT["height"]),
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def looks(page: Page) -> Iterator[str]:
    """Turns the tablet and the light, and stops at each look, such as "upright-dark"; then all is as it was."""
    before = page.viewport_size
    for shape, size in SHAPES.items():
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            yield f"{shape}-{scheme}"
    page.emulate_media(color_scheme=SCHEMES[0])
    if before:
        page.set_viewport_size(before)
