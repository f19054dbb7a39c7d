"""Holds episodes, their raters and sessions for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.actions import episodes
from backend.api.families import Episode
from backend.api.schemas import Text
from backend.security.access import CARE, actor, allow
from backend.vocabulary import CLOSE_REASONS, RELATIONS, SESSION_KINDS

blueprint = Blueprint("api-episodes", __name__, url_prefix="/api/v1/episodes", description="Episodes and sessions")
blueprints = (blueprint,)


class Closing(Schema):
    """When and why an episode is closed."""

    closed_on = fields.Date(required=True)
    reason = fields.String(required=True, validate=validate.OneOf(CLOSE_REASONS))


class Rater(Schema):
    """A collateral rater of one member; the family's own caseworker cannot be one."""

    id = fields.UUID(dump_only=True)
    episode_id = fields.UUID(dump_only=True)
    member_id = fields.UUID(required=True)
    relation = fields.String(required=True, metadata={"enum": RELATIONS})
    alias = Text(required=True, validate=validate.Length(1, 80))


class TherapySession(Schema):
    """One meeting of an episode."""

    id = fields.UUID(dump_only=True)
    episode_id = fields.UUID(dump_only=True)
    number = fields.Integer(dump_only=True)
    held_on = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(SESSION_KINDS))


@blueprint.route("/<uuid:episode_id>/close", methods=["POST"])
@blueprint.arguments(Closing)
@blueprint.response(200, Episode)
@allow(*CARE)
def closed(given: dict[str, Any], episode_id: UUID) -> Any:
    """Closes an episode."""
    return episodes.close_episode(actor(), episode_id, given["closed_on"], given["reason"])


@blueprint.route("/<uuid:episode_id>/raters", methods=["POST"])
@blueprint.arguments(Rater)
@blueprint.response(201, Rater)
@allow(*CARE)
def rater_added(given: dict[str, Any], episode_id: UUID) -> Any:
    """Adds a collateral rater of one member."""
    return episodes.add_rater(actor(), episode_id, **given)


@blueprint.route("/<uuid:episode_id>/sessions", methods=["POST"])
@blueprint.arguments(TherapySession)
@blueprint.response(201, TherapySession)
@allow(*CARE)
def session_held(given: dict[str, Any], episode_id: UUID) -> Any:
    """Adds a session to an open episode."""
    return episodes.hold_session(actor(), episode_id, given["held_on"], given["kind"])
