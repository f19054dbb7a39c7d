"""Answers one form on the command line as JSON, cut-offs read from the instrument packs; it stores nothing."""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence

from backend.instruments import packs
from backend.scoring.age import age_group
from backend.scoring.marks import (
    MARK_MAX,
    SCORING_VERSION,
    ScoringError,
    as_decimal,
    score_tenths,
    total_tenths,
)

GROUP_OF_ALL = "all"


def answer(instrument: str, marks: Sequence[int], age: int | None) -> dict[str, object]:
    """Score one complete form and say on which side of its cut-off the total lies.

    Input: pack id, marks 0…10 000 in the order of the items, age in whole years. Errors: ScoringError with what to do.
    """
    known = packs()
    if instrument not in known:
        raise ScoringError(f"There is no instrument {instrument!r}; use one of {', '.join(sorted(known))}.")
    pack = known[instrument]
    if len(marks) != len(pack.items):
        names = ", ".join(item.id for item in pack.items)
        raise ScoringError(f"{instrument} has {len(pack.items)} items ({names}); give one mark for each.")
    scores = {item.id: str(as_decimal(score_tenths(mark))) for item, mark in zip(pack.items, marks, strict=True)}
    group, total = _cutoff_group(pack.cutoffs, age), total_tenths(marks)
    return {
        "instrument": instrument,
        "scores": scores,
        "total": str(as_decimal(total)),
        "cutoff_group": group,
        "cutoff": str(as_decimal(pack.cutoffs[group])),
        "side": "at_or_over" if total >= pack.cutoffs[group] else "under",
        "scoring_version": SCORING_VERSION,
    }


def main(arguments: Sequence[str]) -> int:
    """Print the answer as one JSON object; on bad input say what to do and exit with 2."""
    parser = argparse.ArgumentParser(prog="python -m backend.scoring", description="Score one form from its marks.")
    parser.add_argument("instrument", help="the pack's id, such as ors")
    parser.add_argument("marks", nargs="+", help=f"one whole number from 0 to {MARK_MAX} for each item, in order")
    parser.add_argument("--age", type=int, help="whole years; chooses the cut-off group")
    given = parser.parse_args(arguments)
    try:
        result = answer(given.instrument, [_whole(mark) for mark in given.marks], given.age)
    except ScoringError as mistake:
        parser.error(str(mistake))
    print(json.dumps(result, ensure_ascii=False))
    return 0


def _cutoff_group(cutoffs: Mapping[str, int], age: int | None) -> str:
    if GROUP_OF_ALL in cutoffs:
        return GROUP_OF_ALL
    if age is None:
        raise ScoringError("The cut-off depends on age here: add --age and the whole years.")
    return age_group(age)


def _whole(mark: str) -> int:
    if not re.fullmatch("-?[0-9]+", mark):
        raise ScoringError(f"A mark is a whole number from 0 to {MARK_MAX}, not {mark!r}.")
    return int(mark)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
