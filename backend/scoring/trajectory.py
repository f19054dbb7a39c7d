"""Builds one person's curve from answered forms, judged against cut-off and course; no picture and no words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from backend.scoring.age import AgeGroup
from backend.scoring.change import Status, sawtooth, status
from backend.scoring.course import Course, lines_tenths
from backend.scoring.marks import check_total
from backend.scoring.point import Flag, Point, Scored, Verdict, points_of
from backend.scoring.zone import Zone, zone_of

ALLIANCE_FALL: Final = 10
DAYS_BETWEEN_OUTCOMES: Final = 7


@dataclass(frozen=True, slots=True)
class Trajectory:
    """The ordered forms of one member, one rater and one instrument family in one episode, judged.

    Totals, cut-off and lines are in tenths, reliable_change in points. An alliance curve has no group, reliable change,
    course, status or zone. Status is None below two totals.
    """

    points: tuple[Point, ...]
    cutoff_group: AgeGroup | None
    cutoff: int
    reliable_change: Decimal | None
    course: Course | None
    status: Status | None
    flags: tuple[Flag, ...]

    @property
    def counted(self) -> tuple[Point, ...]:
        """The points that have a total, in order."""
        return tuple(point for point in self.points if point.n is not None)

    @property
    def totals(self) -> tuple[int, ...]:
        """The totals in order. Unit: tenths, 0…400."""
        return tuple(point.total for point in self.points if point.total is not None)

    @property
    def last(self) -> Point | None:
        """The last point that has a total, or None when no form is complete."""
        return next((point for point in reversed(self.points) if point.n is not None), None)

    @property
    def zone(self) -> Zone | None:
        """The zone of the last total; None below two totals and on an alliance curve."""
        last = self.last
        return last.zone if last else None


def outcome_trajectory(
    scored: Iterable[Scored], *, group: AgeGroup, cutoff: int, reliable_change: Decimal, course: Course
) -> Trajectory:
    """Judge the outcome forms (ORS, CORS) of one curve against its frozen group, cut-off, reliable change and course.

    Input: forms in the order of their sessions, cut-off in tenths 0…400, reliable change in points. Errors:
    ScoringError when the order, the cut-off or the reliable change is impossible. Source: docs, clinical notes §5.
    """
    check_total(cutoff)

    def judge(n: int, total: int, _change: int | None, since_first: int | None) -> Verdict:
        if since_first is None:
            return Verdict()
        target, alarm = lines_tenths(course, group, total - since_first, n)
        return Verdict(target, alarm, *zone_of(total, total - since_first, target, alarm, reliable_change))

    points = points_of(scored, judge)
    totals = [point.total for point in points if point.total is not None]
    flags = {
        Flag.INTAKE_AT_OR_OVER_CUTOFF: bool(totals) and totals[0] >= cutoff,
        Flag.SAWTOOTH: sawtooth(totals, reliable_change),
        Flag.FORM_CHANGED: any(point.form_changed for point in points),
    }
    return Trajectory(
        points=points,
        cutoff_group=group,
        cutoff=cutoff,
        reliable_change=reliable_change,
        course=course,
        status=status(totals[0], totals[-1], cutoff, reliable_change) if len(totals) > 1 else None,
        flags=tuple(flag for flag, holds in flags.items() if holds),
    )


def alliance_trajectory(scored: Iterable[Scored], *, cutoff: int) -> Trajectory:
    """Judge the alliance forms (SRS) of one curve: alert under the cut-off, and on a fall of 1.0 or more.

    Input: forms in the order of their sessions, cut-off in tenths 0…400 (36.0 = 360 for all). The curve's flags are the
    alerts of its last total. Errors: ScoringError when the order or the cut-off is impossible. Source: docs, clinical
    notes §3.
    """
    check_total(cutoff)

    def judge(_n: int, total: int, change: int | None, _since_first: int | None) -> Verdict:
        fallen = change is not None and change <= -ALLIANCE_FALL
        alerts = ((Flag.ALLIANCE_UNDER_CUTOFF, total < cutoff), (Flag.ALLIANCE_FALLEN, fallen))
        return Verdict(alerts=tuple(flag for flag, holds in alerts if holds))

    points = points_of(scored, judge)
    changed = (Flag.FORM_CHANGED,) if any(point.form_changed for point in points) else ()
    alerts = next((point.alerts for point in reversed(points) if point.n is not None), ())
    return Trajectory(
        points=points,
        cutoff_group=None,
        cutoff=cutoff,
        reliable_change=None,
        course=None,
        status=None,
        flags=changed + alerts,
    )


def due_again(last: date, on: date) -> bool:
    """Say whether an outcome form is due again: at most once a week, so from the seventh day.

    Source: docs, clinical notes §2.
    """
    return (on - last).days >= DAYS_BETWEEN_OUTCOMES
