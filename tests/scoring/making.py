"""Makes forms, curves and boxes for the scoring tests; it tests nothing itself."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from backend.scoring import (
    OPEN_REFERENCE,
    AgeGroup,
    Box,
    Scored,
    Trajectory,
    alliance_trajectory,
    outcome_trajectory,
)

FIRST_DAY = date(2026, 5, 12)
RC = Decimal("6.600")
BOX = Box(100, 20, 400, 200)


def form(
    total: int | None,
    key: object = 1,
    held_on: date = FIRST_DAY,
    instrument: str = "ors",
    scores: dict[str, int] | None = None,
) -> Scored:
    return Scored(key, held_on, instrument, {} if scores is None else scores, total)


def forms(totals: Sequence[int | None], instrument: str = "ors", days: int = 7) -> list[Scored]:
    held = [FIRST_DAY + timedelta(days=days * i) for i in range(len(totals))]
    return [form(total, i, day, instrument) for i, (total, day) in enumerate(zip(totals, held, strict=True), start=1)]


def outcome(
    scored: Sequence[Scored],
    *,
    group: AgeGroup = AgeGroup.ADULT,
    cutoff: int = 250,
    reliable_change: Decimal = RC,
) -> Trajectory:
    return outcome_trajectory(
        scored, group=group, cutoff=cutoff, reliable_change=reliable_change, course=OPEN_REFERENCE
    )


def alliance(scored: Sequence[Scored], *, cutoff: int = 360) -> Trajectory:
    return alliance_trajectory(scored, cutoff=cutoff)
