"""Reads pack.toml, all of an instrument but its words, and notes every mistake; the words are in text.py."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from backend.instruments.instrument import Item, ItemType, Kind, Pack, Phase, Reliability
from backend.instruments.table import Table
from backend.scoring import TOTAL_MAX, AgeGroup, ScoringError, as_decimal, reliable_change

CURVES: Final[Mapping[str, Kind]] = {"ors": "outcome", "srs": "alliance"}
KINDS: Final[tuple[Kind, ...]] = ("outcome", "alliance")
PHASES: Final[tuple[Phase, ...]] = ("start", "end")
TYPES: Final[tuple[ItemType, ...]] = ("line",)
TOTALS: Final[Mapping[str, int]] = {"0-40": 4}
CUTOFF_GROUPS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "outcome": tuple(group.value for group in AgeGroup),
    "alliance": ("all",),
}
OLDEST: Final = 120
LONGEST_NAME, LONGEST_NOTE = 80, 400


def read_structure(table: Table, pack_id: str, version: str) -> Pack:
    """Read one pack.toml, whose folders say this id and version, as a pack that has no words and no digest yet.

    Mistakes are noted in the table; then the pack must not be used.
    """
    kind, total = table.choice("kind", KINDS), table.choice("total", tuple(TOTALS))
    min_age, max_age = _audience(table.table("audience"))
    licence = table.table("licence")
    cutoffs, sources = _cutoffs(table.table("cutoffs"), kind)
    structure = Pack(
        id=_named(table, "id", pack_id, r"[a-z][a-z0-9-]{0,19}", "1 to 20 small letters, digits and hyphens"),
        version=_named(table, "version", version, r"[1-9][0-9]{0,3}", "a whole number from 1 in quotation marks"),
        family=_family(table, kind),
        kind=kind or KINDS[0],
        phase=table.choice("phase", PHASES) or PHASES[0],
        min_age=min_age,
        max_age=max_age,
        total=total or "",
        requires_licence=table.flag("requires_licence"),
        licensor=licence.words("licensor", LONGEST_NAME),
        licence_note=licence.words("note", LONGEST_NOTE),
        items=_items(table, total),
        cutoffs=cutoffs,
        cutoff_sources=sources,
        reliability=_reliability(table, kind),
        texts={},
        digest="",
    )
    licence.close()
    table.close()
    return structure


def _named(table: Table, key: str, folder: str, pattern: str, rule: str) -> str:
    value = table.words(key, LONGEST_NAME)
    if value and not re.fullmatch(pattern, value):
        table.note(key, f"{value!r} cannot be used; write {rule}.")
    if value and value != folder:
        table.note(key, f"{value!r} is not the name of its folder, {folder!r}; make them the same.")
    return value


def _family(table: Table, kind: Kind | None) -> str:
    family = table.choice("family", tuple(CURVES)) or ""
    if kind is not None and CURVES.get(family, kind) != kind:
        table.note("family", f"The curve {family!r} is for the kind {CURVES[family]!r}, and this pack is {kind!r}.")
    return family


def _audience(table: Table) -> tuple[int | None, int | None]:
    least, most = table.whole("min_age", 0, OLDEST), table.whole("max_age", 0, OLDEST)
    if least is not None and most is not None and least > most:
        table.note("max_age", f"The highest age, {most}, is below the lowest, {least}.")
    table.close()
    return least, most


def _items(table: Table, total: str | None) -> tuple[Item, ...]:
    items: list[Item] = []
    for found in table.tables("items"):
        item = Item(found.words("id", 20), found.choice("type", TYPES) or TYPES[0])
        found.close()
        if item.id and not re.fullmatch(r"[a-z][a-z0-9_]*", item.id):
            found.note("id", f"{item.id!r} cannot be used; write small letters, digits and underscores.")
        if item.id and item.id in [other.id for other in items]:
            found.note("id", f"The id {item.id!r} is used twice; each item needs its own.")
        items.append(item)
    if items and total is not None and len(items) != TOTALS[total]:
        table.note("items", f"The total {total} needs exactly {TOTALS[total]} items, and there are {len(items)}.")
    return tuple(items)


def _cutoffs(table: Table, kind: Kind | None) -> tuple[Mapping[str, int], Mapping[str, str]]:
    groups = table.keys() if kind is None else CUTOFF_GROUPS[kind]
    cutoffs: dict[str, int] = {}
    sources: dict[str, str] = {}
    for group in groups:
        found = table.table(group)
        cutoffs[group] = _tenths(found, found.decimal("points"))
        sources[group] = found.words("source", LONGEST_NOTE)
        found.close()
    table.close()
    return MappingProxyType(cutoffs), MappingProxyType(sources)


def _tenths(table: Table, points: Decimal | None) -> int:
    if points is None:
        return 0
    tenths = points * 10
    if tenths % 1 or not 0 < tenths <= TOTAL_MAX:
        table.note("points", f"A cut-off has one decimal and is 0.1 to {as_decimal(TOTAL_MAX)}, not {points}.")
    return int(tenths)


def _reliability(table: Table, kind: Kind | None) -> Reliability | None:
    if kind != "outcome" and "reliable_change" not in table.keys():  # noqa: SIM118
        return None
    found = table.table("reliable_change")
    sd, alpha = found.decimal("sd"), found.decimal("alpha")
    sources = found.words("sd_source", LONGEST_NOTE), found.words("alpha_source", LONGEST_NOTE)
    found.close()
    if sd is None or alpha is None:
        return None
    try:
        reliable_change(sd, alpha)
    except ScoringError as error:
        found.note("", str(error))
    return Reliability(sd, sources[0], alpha, sources[1])
