"""Holds what one benchmark found and how a table shows it; it measures nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


@dataclass(frozen=True)
class Result:
    """Samples of one measure, in `unit`; `limit` is the promised ceiling of its `judged` statistic, if any."""

    name: str
    unit: str
    samples: tuple[float, ...]
    limit: float | None = None
    judged: str = "p95"

    @property
    def median(self) -> float:
        return median(self.samples)

    @property
    def p95(self) -> float:
        """The nearest-rank 95th percentile."""
        return sorted(self.samples)[ceil(0.95 * len(self.samples)) - 1]

    @property
    def kept(self) -> bool | None:
        """Says whether the promise is kept, or None where nothing is promised."""
        return None if self.limit is None else bool(getattr(self, self.judged) <= self.limit)

    def row(self) -> tuple[str, ...]:
        """Gives the cells of this result in the table."""
        spread = f"{shown(min(self.samples))} to {shown(max(self.samples))}"
        promise = "" if self.limit is None else f"{self.judged} ≤ {shown(self.limit)}"
        verdict = {None: "", True: "kept", False: "BROKEN"}[self.kept]
        numbers = (str(len(self.samples)), shown(self.median), shown(self.p95), spread)
        return (self.name, self.unit, *numbers, promise, verdict)


HEAD = ("measure", "unit", "samples", "median", "p95", "spread", "promise", "")


def shown(number: float) -> str:
    """Gives a number with three digits that count."""
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.3g}"


def table(results: Sequence[Result]) -> str:
    """Gives a Markdown table whose columns line up in a terminal too."""
    rows = [HEAD, *(result.row() for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
