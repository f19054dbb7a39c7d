"""Scoring, pure and standard library only: mark, score, total, change, course, zone, trajectory and picture."""

from backend.scoring.age import AgeGroup, age_group, age_on, birth_month
from backend.scoring.band import Band, Stroke
from backend.scoring.change import Status, is_reliable, reliable_change, sawtooth, status
from backend.scoring.course import OPEN_REFERENCE, Course, Parameters, expected
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
from backend.scoring.need import READY_TOTALS, UNSCORED_DAYS, Early, Ground, Judged, Need, grounds_of, on_day
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
)
from backend.scoring.point import Flag, Point, Scored
from backend.scoring.trajectory import ALLIANCE_FALL, Trajectory, alliance_trajectory, due_again, outcome_trajectory
from backend.scoring.zone import Reason, Zone, zone_of

__all__ = [
    "ALLIANCE_FALL",
    "MARK_MAX",
    "OPEN_REFERENCE",
    "READY_TOTALS",
    "SCORING_VERSION",
    "TOTAL_MAX",
    "UNSCORED_DAYS",
    "AgeGroup",
    "Band",
    "Box",
    "Calendar",
    "Column",
    "Course",
    "Curve",
    "Dot",
    "Early",
    "EndLabel",
    "Flag",
    "Ground",
    "Judged",
    "LineEnd",
    "LineKind",
    "Need",
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
    "grounds_of",
    "is_reliable",
    "millimetres",
    "on_day",
    "outcome_low",
    "outcome_trajectory",
    "reliable_change",
    "sawtooth",
    "score_tenths",
    "sessions_of",
    "small_picture",
    "spread",
    "status",
    "total_tenths",
    "zone_of",
]
