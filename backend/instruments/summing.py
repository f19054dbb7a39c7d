"""Sums answers that have no clinical total: well-being in percent, means of themes, bands; it knows no curve."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from backend.instruments.instrument import Pack
from backend.instruments.mistake import InstrumentError

PERCENT_EACH: Final = 4  # five items of at most 5 points make 100; WHO-5


def wellbeing_percent(pack: Pack, answers: Mapping[str, object]) -> int | None:
    """Give the sum of the choices × 4, 0…100; None for a pack without that total or when a choice is missing."""
    steps = _steps(answers, [item.id for item in pack.items])
    if pack.total != "0-100" or len(steps) != len(pack.items):
        return None
    return PERCENT_EACH * sum(steps)


def theme_means(pack: Pack, answers: Mapping[str, object]) -> Mapping[str, Decimal]:
    """Give the mean of the answered items of each theme, exact, in steps of the scale; a theme without any is left out.

    Source: "simple item means", reference/seeds-surveys.md §1.2, which reproduce the printed themes.
    """
    answered = {theme: _steps(answers, items) for theme, items in pack.themes.items()}
    return MappingProxyType(
        {theme: Decimal(sum(steps)) / len(steps) for theme, steps in answered.items() if steps},
    )


def band_of(pack: Pack, score_tenths: int) -> str:
    """Give the name of the band that a score, tenths 10…100, falls in. Errors: InstrumentError when it is in none."""
    for name, (least, most) in pack.bands.items():
        if least <= score_tenths <= most:
            return name
    raise InstrumentError([f"The pack {pack.id} version {pack.version} has no band for {score_tenths} tenths."])


def _steps(answers: Mapping[str, object], items: Iterable[str]) -> list[int]:
    return [step for step in map(answers.get, items) if type(step) is int]
