"""Scoring, pure and standard library only: mark, score, total, change, course, zone, trajectory and picture."""

from backend.scoring.age import AgeGroup, age_group, age_on, birth_month
from backend.scoring.band import Band, Stroke
from backend.scoring.change import Status, is_reliable, reliable_change, sawtooth, status
from backend.scoring.course import OPEN_REFERENCE, Course, Parameters, alarm_tenths, expected, target_tenths
from backend.scoring.label import EndLabel, LineEnd, LineKind, end_labels, spread
from backend.scoring.marks import (
    MARK_MAX,
    SCORING_VERSION,
    TOTAL_MAX,
    ScoringError,
    as_decimal,
    check_mark,
    check_total,
    millimetres,
    score_tenths,
    total_tenths,
)
from backend.scoring.picture import Curve, Dot, Picture, curve_picture, small_picture
from backend.scoring.plot import (
    Box,
    Calendar,
    Column,
    Scale,
    alliance_low,
    columns_of,
    outcome_low,
    sessions_of,
    x_between,
)
from backend.scoring.point import Flag, Point, Scored
from backend.scoring.trajectory import ALLIANCE_FALL, Trajectory, alliance_trajectory, due_again, outcome_trajectory
from backend.scoring.zone import Reason, Zone, zone_of

__all__ = [
    "ALLIANCE_FALL",
    "MARK_MAX",
    "OPEN_REFERENCE",
    "SCORING_VERSION",
    "TOTAL_MAX",
    "AgeGroup",
    "Band",
    "Box",
    "Calendar",
    "Column",
    "Course",
    "Curve",
    "Dot",
    "EndLabel",
    "Flag",
    "LineEnd",
    "LineKind",
    "Parameters",
    "Picture",
    "Point",
    "Reason",
    "Scale",
    "Scored",
    "ScoringError",
    "Status",
    "Stroke",
    "Trajectory",
    "Zone",
    "age_group",
    "age_on",
    "alarm_tenths",
    "alliance_low",
    "alliance_trajectory",
    "as_decimal",
    "birth_month",
    "check_mark",
    "check_total",
    "columns_of",
    "curve_picture",
    "due_again",
    "end_labels",
    "expected",
    "is_reliable",
    "millimetres",
    "outcome_low",
    "outcome_trajectory",
    "reliable_change",
    "sawtooth",
    "score_tenths",
    "sessions_of",
    "small_picture",
    "spread",
    "status",
    "target_tenths",
    "total_tenths",
    "x_between",
    "zone_of",
]
