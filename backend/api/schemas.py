"""Holds what the resources share: text that can be stored, the shape of a problem, numbers as strings; no resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from backend.scoring import as_decimal


class Text(fields.String):
    """A string that can be stored and shown: no control signs but line breaks, no half characters."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if any((sign < " " and sign not in "\n\r\t") or "\ud800" <= sign <= "\udfff" for sign in text):
            raise ValidationError("Contains signs that cannot be stored.")
        return text


class Problem(Schema):
    """The shape of every error, RFC 9457."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.String())


class SealingKey(Schema):
    """The public half of the key that tablets seal with: base64url, without padding, of its 65 bytes."""

    kid = fields.String(required=True)
    public = fields.String(required=True)


class Tenths(fields.Field[int]):
    """A number with one decimal, kept in tenths and written as a string: 252 → "25.2"."""

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return None if value is None else str(as_decimal(value))
