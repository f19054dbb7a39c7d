"""Reads the numbers of pack.toml that somebody may act on, each with its source: cut-offs, reliable change, bands."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from backend.instruments.instrument import Item, Kind, Reliability, nothing
from backend.instruments.table import Table
from backend.scoring import TOTAL_MAX, AgeGroup, ScoringError, as_decimal, reliable_change

CUTOFF_GROUPS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "outcome": tuple(group.value for group in AgeGroup),
    "alliance": ("all",),
}
LOWEST_SCORE, HIGHEST_SCORE = 1, 10
BANDS: Final = ("high", "middle", "low")
LONGEST_NOTE: Final = 400


def read_cutoffs(table: Table, kind: Kind | None) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """Read the cut-offs in tenths and their sources, by age group or "all"; only scored kinds have them."""
    groups = table.keys() if kind is None else CUTOFF_GROUPS.get(kind, ())
    cutoffs: dict[str, int] = {}
    sources: dict[str, str] = {}
    for group in groups:
        found = table.table(group)
        cutoffs[group] = _tenths(found, found.decimal("points"))
        sources[group] = found.words("source", LONGEST_NOTE)
        found.close()
    table.close()
    return MappingProxyType(cutoffs), MappingProxyType(sources)


def read_reliability(table: Table, kind: Kind | None) -> Reliability | None:
    """Read what reliable change is computed from; an outcome form must say it, others may."""
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


def read_bands(table: Table, items: tuple[Item, ...]) -> tuple[Mapping[str, tuple[int, int]], str]:
    """Read bands of whole scores such as [9, 10] as tenths, 85…100, and their source.

    Reports print scores as whole numbers; a score belongs to the band of the whole number it rounds to, half up.
    """
    if "bands" not in table.keys():  # noqa: SIM118
        return nothing(), ""
    found = table.table("bands")
    source = found.words("source", LONGEST_NOTE)
    spans = {name: found.span(name, LOWEST_SCORE, HIGHEST_SCORE) for name in BANDS}
    found.close()
    known = {name: span for name, span in spans.items() if span is not None}
    covered = sorted(score for least, most in known.values() for score in range(least, most + 1))
    if covered != list(range(LOWEST_SCORE, HIGHEST_SCORE + 1)):
        found.note("", f"The bands must hold each whole score from {LOWEST_SCORE} to {HIGHEST_SCORE} exactly once.")
    if any(item.type != "line" for item in items):
        found.note("", "Bands are for scores of lines, and this pack has items of another type.")
    return MappingProxyType({name: _in_tenths(*span) for name, span in known.items()}), source


def _in_tenths(least: int, most: int) -> tuple[int, int]:
    return max(10 * least - 5, 10 * LOWEST_SCORE), min(10 * most + 4, 10 * HIGHEST_SCORE)


def _tenths(table: Table, points: Decimal | None) -> int:
    if points is None:
        return 0
    tenths = points * 10
    if tenths % 1 or not 0 < tenths <= TOTAL_MAX:
        table.note("points", f"A cut-off has one decimal and is 0.1 to {as_decimal(TOTAL_MAX)}, not {points}.")
    return int(tenths)
