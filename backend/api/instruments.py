"""Holds the instruments for programs: what is asked, in which languages, with which cut-offs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_smorest import Blueprint
from marshmallow import Schema, fields

from backend.api.schemas import Tenths
from backend.instruments import Pack, UnknownInstrument, pack, packs
from backend.problems import missing
from backend.security.access import EVERY_ROLE, allow

blueprint = Blueprint("api-instruments", __name__, url_prefix="/api/v1/instruments", description="Instruments")
blueprints = (blueprint,)


class Item(Schema):
    """One question, with its words in each language."""

    id = fields.String(required=True)
    type = fields.String(required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.String()))


class Instrument(Schema):
    """One version of an instrument."""

    id = fields.String(required=True)
    version = fields.String(required=True)
    kind = fields.String()
    phase = fields.String()
    requires_licence = fields.Boolean()
    languages = fields.List(fields.String())
    titles = fields.Dict(keys=fields.String(), values=fields.String())
    items = fields.List(fields.Nested(Item))
    cutoffs = fields.Dict(keys=fields.String(), values=Tenths())
    digest = fields.String()


@blueprint.route("", methods=["GET"])
@blueprint.response(200, Instrument(many=True))
@allow(*EVERY_ROLE)
def listed() -> list[Mapping[str, Any]]:
    """Lists the newest version of every instrument."""
    return [_flat(form) for form in packs().values()]


@blueprint.route("/<instrument>", methods=["GET"])
@blueprint.response(200, Instrument)
@allow(*EVERY_ROLE)
def shown(instrument: str) -> Mapping[str, Any]:
    """Gives one instrument."""
    try:
        return _flat(pack(instrument))
    except UnknownInstrument:
        raise missing() from None


def _flat(form: Pack) -> dict[str, Any]:
    names = ("id", "version", "kind", "phase", "requires_licence", "languages", "cutoffs", "digest")
    texts = {language: form.text(language) for language in form.languages}
    items = [
        {
            "id": item.id,
            "type": item.type,
            "texts": {language: vars(text.items[place]) for language, text in texts.items()},
        }
        for place, item in enumerate(form.items)
    ]
    titles = {language: text.title for language, text in texts.items()}
    return {name: getattr(form, name) for name in names} | {"titles": titles, "items": items}
