"""Reads the questions of pack.toml: items, the scale of the choices and the themes; their words are in text.py."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from backend.instruments.instrument import Item, ItemType, nothing
from backend.instruments.table import Table

TYPES: Final[tuple[ItemType, ...]] = ("line", "face", "choice", "text", "drawing", "goals")
PICTURES: Final = ("self", "home", "school", "world", "talk", "listen", "game", "all")
TOTALS: Final[Mapping[str, tuple[int, ItemType] | None]] = {"0-40": (4, "line"), "0-100": (5, "choice"), "none": None}
SCALES: Final[Mapping[str, tuple[int, int]]] = {"0-100": (0, 5)}  # the scale that a total is summed from
HIGHEST_STEP: Final = 10
LONGEST_ID: Final = 20


def read_items(table: Table) -> tuple[Item, ...]:
    """Read the items in their order; mistakes are noted."""
    items: list[Item] = []
    for found in table.tables("items"):
        item = Item(
            id=found.words("id", LONGEST_ID),
            type=found.choice("type", TYPES) or TYPES[0],
            required=found.flag("required", default=True),
            picture=found.choice("picture", ("", *PICTURES), "") or "",
        )
        found.close()
        if item.id and not re.fullmatch(r"[a-z][a-z0-9_]*", item.id):
            found.note("id", f"{item.id!r} cannot be used; write small letters, digits and underscores.")
        if item.id and item.id in [other.id for other in items]:
            found.note("id", f"The id {item.id!r} is used twice; each item needs its own.")
        if item.type == "goals" and any(other.type == "goals" for other in items):
            found.note("type", "One item holds all goals of the family; a pack has at most one.")
        items.append(item)
    return tuple(items)


def read_scale(table: Table, items: tuple[Item, ...], total: str) -> tuple[int, int] | None:
    """Read the scale of the choices, and note it when the total cannot be computed from these items on this scale."""
    scale = table.span("scale", 0, HIGHEST_STEP)
    chosen = any(item.type == "choice" for item in items)
    if chosen and "scale" not in table.keys():  # noqa: SIM118
        table.note("scale", "This pack has choices; write their lowest and highest step, such as [1, 6].")
    if not chosen and scale is not None:
        table.note("scale", "This pack has no choices; remove the scale.")
    if chosen and any(item.type == "face" for item in items):
        table.note("items", "Choices and faces have different steps; put them in different packs.")
    needed = TOTALS.get(total)
    if needed and items and [item.type for item in items] != [needed[1]] * needed[0]:
        told = f"needs exactly {needed[0]} items of the type {needed[1]!r}"
        table.note("items", f"The total {total} {told}, and there are {len(items)}.")
    summed = SCALES.get(total)
    if summed and scale not in {None, summed}:
        table.note("scale", f"The total {total} is summed from the scale {list(summed)}.")
    return scale


def read_themes(table: Table, items: tuple[Item, ...]) -> Mapping[str, tuple[str, ...]]:
    """Read which items belong to which theme; without themes nothing, with them every item in exactly one."""
    if "themes" not in table.keys():  # noqa: SIM118
        return nothing()
    found = table.table("themes")
    themes = {theme: found.names(theme) for theme in found.keys()}  # noqa: SIM118
    placed: list[str] = []
    for theme, names in themes.items():
        for name in names:
            if name not in [item.id for item in items]:
                found.note(theme, f"The theme names {name!r}, and there is no such item.")
            elif name in placed:
                found.note(theme, f"The item {name!r} is in a theme already.")
            placed.append(name)
    for item in items:
        if item.id not in placed:
            found.note("", f"The item {item.id!r} is in no theme.")
    return MappingProxyType(themes)
