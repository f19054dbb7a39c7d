"""Reads pack.toml, all of an instrument but its words, and notes every mistake; the words are in text.py."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from backend.instruments.bounds import read_bands, read_cutoffs, read_reliability
from backend.instruments.instrument import About, Ends, Kind, Layout, Pack, Phase, Setting, Who
from backend.instruments.questions import TOTALS, read_items, read_scale, read_themes
from backend.instruments.table import Table

CURVES: Final[Mapping[str, Kind]] = {"ors": "outcome", "srs": "alliance", "gsrs": "alliance"}
KINDS: Final[tuple[Kind, ...]] = (  # in the order in which staff is shown them
    "outcome",
    "alliance",
    "young",
    "goals",
    "participation",
    "experience",
    "wellbeing",
)
PHASES: Final[tuple[Phase, ...]] = ("start", "end", "any")
LAYOUTS: Final[tuple[Layout, ...]] = ("all", "one")
ENDS: Final[tuple[Ends, ...]] = ("words", "faces")
SETTINGS: Final[tuple[Setting, ...]] = ("individual", "group")
WHO: Final[tuple[Who, ...]] = ("self", "parent", "family")
ABOUT: Final[tuple[About, ...]] = ("life", "session", "caseworker", "municipality", "goals")
ABOUT_OF_KIND: Final[Mapping[Kind, About]] = {"outcome": "life", "alliance": "session"}  # others say it themselves
OLDEST: Final = 120
LONGEST_NAME, LONGEST_NOTE = 80, 400


def read_structure(table: Table, pack_id: str, version: str) -> Pack:
    """Read one pack.toml, whose folders say this id and version, as a pack that has no words and no digest yet.

    Mistakes are noted in the table; then the pack must not be used.
    """
    kind, total = table.choice("kind", KINDS), table.choice("total", tuple(TOTALS))
    min_age, max_age = _audience(table.table("audience"))
    licence = table.table("licence")
    cutoffs, sources = read_cutoffs(table.table("cutoffs"), kind)
    structure = Pack(
        id=_named(table, "id", pack_id, r"[a-z][a-z0-9-]{0,19}", "1 to 20 small letters, digits and hyphens"),
        version=_named(table, "version", version, r"[1-9][0-9]{0,2}", "a whole number from 1 in quotation marks"),
        family=_family(table, kind, pack_id),
        kind=kind or KINDS[0],
        phase=table.choice("phase", PHASES) or PHASES[0],
        min_age=min_age,
        max_age=max_age,
        total=total or "",
        requires_licence=table.flag("requires_licence"),
        licensor=licence.words("licensor", LONGEST_NAME),
        licence_note=licence.words("note", LONGEST_NOTE),
        items=read_items(table),
        cutoffs=cutoffs,
        cutoff_sources=sources,
        reliability=read_reliability(table, kind),
        texts={},
        digest="",
    )
    shaped = _shaped(structure, table, ABOUT_OF_KIND.get(structure.kind))
    licence.close()
    table.close()
    return shaped


def _shaped(structure: Pack, table: Table, about: About | None) -> Pack:
    """Read how the form is shown, to whom and about what, and how it is read; most forms need not say it."""
    bands, bands_source = read_bands(table, structure.items)
    return replace(
        structure,
        layout=table.choice("layout", LAYOUTS, LAYOUTS[0]) or LAYOUTS[0],
        ends=table.choice("ends", ENDS, ENDS[0]) or ENDS[0],
        setting=table.choice("setting", SETTINGS, SETTINGS[0]) or SETTINGS[0],
        who=table.choice("who", WHO, WHO[0]) or WHO[0],
        about=table.choice("about", ABOUT, about) or ABOUT[0],
        validated=table.flag("validated", default=True),
        waves=table.flag("waves", default=False),
        may_be_anonymous=table.flag("may_be_anonymous", default=False),
        scale=read_scale(table, structure.items, structure.total),
        themes=read_themes(table, structure.items),
        bands=bands,
        bands_source=bands_source,
    )


def _named(table: Table, key: str, folder: str, pattern: str, rule: str) -> str:
    value = table.words(key, LONGEST_NAME)
    if value and not re.fullmatch(pattern, value):
        table.note(key, f"{value!r} cannot be used; write {rule}.")
    if value and value != folder:
        table.note(key, f"{value!r} is not the name of its folder, {folder!r}; make them the same.")
    return value


def _family(table: Table, kind: Kind | None, pack_id: str) -> str:
    """Read whose curve the answers belong to: a shared one for outcome and alliance, otherwise the pack's own id."""
    scored = kind is None or kind in CURVES.values()
    shared = tuple(CURVES) if scored else ()
    family = table.choice("family", shared if kind in CURVES.values() else (*shared, pack_id)) or ""
    if scored and kind is not None and CURVES.get(family, kind) != kind:
        table.note("family", f"The curve {family!r} is for the kind {CURVES[family]!r}, and this pack is {kind!r}.")
    return family


def _audience(table: Table) -> tuple[int | None, int | None]:
    least, most = table.whole("min_age", 0, OLDEST), table.whole("max_age", 0, OLDEST)
    if least is not None and most is not None and least > most:
        table.note("max_age", f"The highest age, {most}, is below the lowest, {least}.")
    table.close()
    return least, most
