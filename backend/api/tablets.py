"""Holds how a tablet is enrolled: named by the member of staff who is logged in on it."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.actions import tablets
from backend.api.schemas import SealingKey, Text
from backend.security.access import CARE, actor, allow
from backend.security.tablets import give_cookie, this_tablet

blueprint = Blueprint("api-tablets", __name__, url_prefix="/api/v1/tablets", description="Enrolled tablets")
blueprints = (blueprint,)


class Enrolment(Schema):
    """A tablet that asks to be enrolled; `persisted` says whether its browser promised to keep what is stored."""

    name = Text(required=True, validate=validate.Length(1, 80))
    persisted = fields.Boolean(load_default=None, allow_none=True)


class Enrolled(Schema):
    """An enrolled tablet and the key that it seals answers with; its cookie comes with the answer."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    key = fields.Nested(SealingKey, required=True)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(Enrolment)
@blueprint.response(201, Enrolled)
@allow(*CARE, "admin")
def enrolled(given: dict[str, Any]) -> Any:
    """Enrols the tablet that the request comes from, in place of what it was enrolled as before."""
    made = tablets.enrol(actor(), given["name"], given["persisted"], this_tablet())
    give_cookie(made.token)
    return made
