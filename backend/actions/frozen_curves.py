"""Holds how the curves about one member are put away as numbers and days, and drawn again as they were; no names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from backend.actions.trajectories import COURSES, Curve
from backend.instruments import pack
from backend.scoring import AgeGroup, Flag, Point, Reason, Status, Trajectory, Zone

FROZEN = "outcome"  # the kind of form that has the curve people talk about
NUMBERS = ("total", "n", "change", "since_first", "form_changed", "fell_most", "target", "alarm")


@dataclass(frozen=True)
class FrozenCurves:
    """The curves about one member as they were on a day: the member's own if any, then others' by their relation.

    `numbers` gives the number of each session in the episode. `answers` is how many answers about the member there
    were, by which a later one is known.
    """

    on: date
    own: Curve | None
    others: tuple[Curve, ...]
    numbers: Mapping[str, int]
    answers: int

    @property
    def first(self) -> Curve | None:
        """Gives the curve that sets the scale: the member's own, else another's."""
        return self.own or next(iter(self.others), None)


def frozen(curves: Iterable[Curve], on: date, numbers: Mapping[UUID, int], answers: int) -> dict[str, Any]:
    """Gives what is kept of the outcome curves about one member: numbers, days and the ids of forms and sessions."""
    outcome = [curve for curve in curves if curve.instrument.kind == FROZEN]
    keys = {point.key for curve in outcome for point in curve.trajectory.points}
    return {
        "on": on.isoformat(),
        "answers": answers,
        "numbers": {str(key): number for key, number in numbers.items() if key in keys},
        "curves": [_put_away(curve) for curve in outcome],
    }


def thawed(picture: Mapping[str, Any], member_id: UUID) -> FrozenCurves:
    """Gives the curves of a picture as they were judged on its day, whatever is judged today."""
    curves = [_taken_out(one, member_id) for one in picture["curves"]]
    return FrozenCurves(
        on=date.fromisoformat(picture["on"]),
        own=next((curve for curve in curves if curve.relation is None), None),
        others=tuple(curve for curve in curves if curve.relation is not None),
        numbers=picture["numbers"],
        answers=picture["answers"],
    )


def _put_away(curve: Curve) -> dict[str, Any]:
    judged = curve.trajectory
    return {
        "relation": curve.relation,
        "family": curve.family,
        "form": [curve.instrument.id, curve.instrument.version],
        "group": judged.cutoff_group,
        "cutoff": judged.cutoff,
        "reliable_change": str(judged.reliable_change),
        "course": [judged.course.id, judged.course.version] if judged.course else None,
        "status": judged.status,
        "flags": list(judged.flags),
        "points": [_put_away_point(point) for point in judged.points],
    }


def _put_away_point(point: Point) -> dict[str, Any]:
    return {
        "key": str(point.key),
        "held_on": point.held_on.isoformat(),
        "instrument": point.instrument,
        "scores": dict(point.scores),
        "zone": point.zone,
        "reasons": list(point.reasons),
        **{name: getattr(point, name) for name in NUMBERS},
    }


def _taken_out(kept: Mapping[str, Any], member_id: UUID) -> Curve:
    trajectory = Trajectory(
        points=tuple(_taken_out_point(point) for point in kept["points"]),
        cutoff_group=AgeGroup(kept["group"]),
        cutoff=kept["cutoff"],
        reliable_change=Decimal(kept["reliable_change"]),
        course=COURSES[(kept["course"][0], kept["course"][1])],
        status=Status(kept["status"]) if kept["status"] else None,
        flags=tuple(Flag(flag) for flag in kept["flags"]),
    )
    return Curve(member_id, None, None, kept["relation"], kept["family"], pack(*kept["form"]), trajectory)


def _taken_out_point(kept: Mapping[str, Any]) -> Point:
    return Point(
        key=kept["key"],
        held_on=date.fromisoformat(kept["held_on"]),
        instrument=kept["instrument"],
        scores=kept["scores"],
        zone=Zone(kept["zone"]) if kept["zone"] else None,
        reasons=tuple(Reason(reason) for reason in kept["reasons"]),
        **{name: kept[name] for name in NUMBERS},
    )
