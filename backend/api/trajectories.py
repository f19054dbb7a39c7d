"""Holds a member's curves for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from backend.actions.trajectories import Curve, member_trajectories
from backend.api.schemas import Tenths
from backend.security.access import CARE, actor, allow

blueprint = Blueprint("api-trajectories", __name__, url_prefix="/api/v1/members", description="Trajectories")
blueprints = (blueprint,)


class Which(Schema):
    """Which episode the curves are of."""

    episode = fields.UUID(required=True)


class Course(Schema):
    """The expected course that was frozen for the episode."""

    id = fields.String()
    version = fields.Integer()
    label = fields.String()


class Point(Schema):
    """One form on a curve; numbers are strings with one decimal."""

    session_id = fields.UUID(attribute="key")
    held_on = fields.Date()
    instrument = fields.String()
    scores = fields.Dict(keys=fields.String(), values=Tenths())
    total = Tenths(allow_none=True)
    target = Tenths(allow_none=True)
    alarm = Tenths(allow_none=True)
    zone = fields.String(allow_none=True)


class Trajectory(Schema):
    """One curve: one member, one rater, one curve family, one episode."""

    rater_id = fields.UUID(allow_none=True)
    instrument = fields.String()
    cutoff_group = fields.String(allow_none=True)
    cutoff = Tenths()
    reliable_change = fields.String(allow_none=True)
    course = fields.Nested(Course, allow_none=True)
    points = fields.List(fields.Nested(Point))
    status = fields.String(allow_none=True)
    flags = fields.List(fields.String())


@blueprint.route("/<uuid:member_id>/trajectories", methods=["GET"])
@blueprint.arguments(Which, location="query")
@blueprint.response(200, Trajectory(many=True))
@allow(*CARE)
def trajectories(which: dict[str, Any], member_id: UUID) -> list[Mapping[str, Any]]:
    """Gives every curve about a member in an episode."""
    return [_flat(curve) for curve in member_trajectories(actor(), member_id, which["episode"])]


def _flat(curve: Curve) -> dict[str, Any]:
    found = curve.trajectory
    names = ("cutoff_group", "cutoff", "reliable_change", "course", "points", "status", "flags")
    return {"rater_id": curve.rater_id, "instrument": curve.family} | {name: getattr(found, name) for name in names}
