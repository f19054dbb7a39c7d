"""Holds how a tablet deposits sealed envelopes and learns what became of each; it can read nothing back."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from backend.actions import inbox
from backend.actions.claim import LARGEST
from backend.api.schemas import SealingKey
from backend.security.access import allow
from backend.security.tablets import depositor, renew_cookie

blueprint = Blueprint("api-inbox", __name__, url_prefix="/api/v1/inbox", description="Sealed envelopes")
blueprints = (blueprint,)
LARGEST_BATCH = (inbox.MOST + 1) * LARGEST  # bytes
ENVELOPE = {"description": "{v, id, kid, tablet, seq, sealed}, at most 64 kB; what is none gets the receipt `refused`."}
STATE = {"description": "{next_seq, waiting: [seq], oldest_at, persisted}: what the tablet says of itself."}


class Batch(Schema):
    """At most 50 envelopes, each judged by itself: one that cannot be used never stops the others."""

    envelopes = fields.List(fields.Raw(allow_none=True, metadata=ENVELOPE), required=True)
    state = fields.Raw(load_default=None, allow_none=True, metadata=STATE)


class Receipt(Schema):
    """What became of one envelope; the tablet may forget it unless it was refused."""

    id = fields.String(required=True, allow_none=True)
    outcome = fields.String(
        required=True,
        metadata={"enum": ["created", "identical", "conflict", "quarantined", "refused"]},
    )
    reason = fields.String(allow_none=True)


class Receipts(Schema):
    """The receipts in the order of the envelopes, the key to seal with from now on, and the server's time."""

    receipts = fields.List(fields.Nested(Receipt), required=True)
    key = fields.Nested(SealingKey, required=True)
    now = fields.DateTime(required=True)
    revoked = fields.Boolean(required=True)


@blueprint.before_request
def take_a_whole_batch() -> None:
    """Lets 50 envelopes of 64 kB in; the cookie was checked before this."""
    request.max_content_length = LARGEST_BATCH


@blueprint.route("", methods=["POST"])
@blueprint.arguments(Batch)
@blueprint.response(200, Receipts)
@blueprint.doc(security=[{"tablet": []}])
@allow(tablet=True)
def deposited(given: dict[str, Any]) -> Any:
    """Keeps each envelope, acknowledges it once it is on disk, and opens it afterwards."""
    renew_cookie()
    return inbox.deposit(depositor(), given["envelopes"], given["state"])
