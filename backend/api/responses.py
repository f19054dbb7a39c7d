"""Holds how programs with a login hand in a response; what a tablet seals comes through the inbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.actions import responses
from backend.api.schemas import Tenths, Text
from backend.scoring import MARK_MAX
from backend.security.access import CARE, actor, allow
from backend.vocabulary import WAVES

blueprint = Blueprint("api-responses", __name__, url_prefix="/api/v1/responses", description="Responses")
blueprints = (blueprint,)
ITEM = fields.String(validate=validate.Length(1, 40))
STATUS = {"created": 201, "identical": 200}


class Touch(Schema):
    """How one item was answered: length of a line in CSS pixels, kind of input, milliseconds from shown to answered."""

    line_px = fields.Float(validate=validate.Range(0, 10_000))
    input = fields.String(required=True, validate=validate.OneOf(("tap", "drag", "pen", "key", "nudge")))
    ms = fields.Integer(required=True, strict=True, validate=validate.Range(0, 86_400_000))
    remarks = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100_000))


class Capture(Schema):
    """The circumstances of a marking; they are never shown and never scored."""

    items = fields.Dict(keys=ITEM, values=fields.Nested(Touch), validate=validate.Length(max=60))
    dpr = fields.Float(validate=validate.Range(0, 100))
    viewport = fields.List(fields.Integer(validate=validate.Range(0, 100_000)), validate=validate.Length(equal=2))
    zoom = fields.Float(validate=validate.Range(0, 100))
    mode = fields.String(validate=validate.OneOf(("all", "one")))


class Response(Schema):
    """One rater's answers about one member in one session.

    A mark is a whole number 0…10 000 from the low end, under the item or the goal; `answers` is all else, under the
    item: a face 1…4, a choice on the instrument's scale, a text, a drawing `{strokes: [[x, y, …], …]}`.
    """

    session_id = fields.UUID(required=True)
    member_id = fields.UUID(required=True)
    rater_id = fields.UUID(load_default=None, allow_none=True)
    instrument = Text(required=True, validate=validate.Length(1, 20))
    version = Text(required=True, validate=validate.Length(1, 12))
    language = Text(required=True, validate=validate.Length(2, 8))
    marks = fields.Dict(
        required=True,
        keys=ITEM,
        values=fields.Integer(strict=True, validate=validate.Range(0, MARK_MAX)),
        validate=validate.Length(max=60),
    )
    answers = fields.Dict(
        keys=ITEM, values=fields.Raw(allow_none=True), load_default=dict, validate=validate.Length(max=60)
    )
    anonymous = fields.Boolean(load_default=None, allow_none=True, truthy={True}, falsy={False})
    wave = fields.String(load_default=None, allow_none=True, validate=validate.OneOf((*WAVES, None)))
    skipped_reason = Text(load_default=None, allow_none=True, validate=validate.Length(1, 200))
    capture = fields.Nested(Capture, load_default=dict)


class Received(Schema):
    """What became of a response: scores 1.0–10.0 a line, the total 0.0–40.0, as strings; none of an anonymous one."""

    id = fields.UUID(required=True)
    scores = fields.Dict(keys=fields.String(), values=Tenths())
    total = Tenths(allow_none=True)


@blueprint.route("/<uuid:response_id>", methods=["PUT"])
@blueprint.arguments(Response)
@blueprint.response(201, Received)
@blueprint.alt_response(200, schema=Received, success=True, description="The same response was here already.")
@allow(*CARE)
def put(given: dict[str, Any], response_id: UUID) -> tuple[Any, int]:
    """Stores a response once."""
    received = responses.submit(actor(), responses.Submission(id=response_id, **given))
    return received, STATUS[received.outcome]
