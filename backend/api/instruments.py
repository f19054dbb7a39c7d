"""Holds the instruments for programs: what is asked, how, of whom, in which languages, with which cut-offs."""

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
TOLD = (
    "id", "version", "kind", "phase", "setting", "who", "about", "layout", "ends", "min_age", "max_age", "total",
    "validated", "waves", "may_be_anonymous", "scale", "themes", "bands", "requires_licence", "languages", "cutoffs",
    "digest",
)  # fmt: skip


class Item(Schema):
    """One question, with its words in each language."""

    id = fields.String(required=True)
    type = fields.String(required=True)
    required = fields.Boolean(required=True)
    picture = fields.String()
    texts = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.String()))


class Words(Schema):
    """The words of an instrument in one language; `validated` is false for a translation that nobody has validated."""

    title = fields.String(required=True)
    heading = fields.String()
    direction = fields.String()
    intro = fields.String()
    source = fields.String()
    validated = fields.Boolean(required=True)
    choices = fields.Dict(keys=fields.String(), values=fields.String())
    themes = fields.Dict(keys=fields.String(), values=fields.String())


class Instrument(Schema):
    """One version of an instrument; `bands` are scores from and to, both included, `scale` the steps of a choice."""

    id = fields.String(required=True)
    version = fields.String(required=True)
    kind = fields.String()
    phase = fields.String()
    setting = fields.String()
    who = fields.String()
    about = fields.String()
    layout = fields.String()
    ends = fields.String()
    curve = fields.String(allow_none=True)
    min_age = fields.Integer(allow_none=True)
    max_age = fields.Integer(allow_none=True)
    total = fields.String()
    validated = fields.Boolean()
    waves = fields.Boolean()
    may_be_anonymous = fields.Boolean()
    scale = fields.List(fields.Integer(), allow_none=True)
    themes = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    bands = fields.Dict(keys=fields.String(), values=fields.List(Tenths()))
    requires_licence = fields.Boolean()
    languages = fields.List(fields.String())
    titles = fields.Dict(keys=fields.String(), values=fields.String())
    texts = fields.Dict(keys=fields.String(), values=fields.Nested(Words))
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
    texts = {language: form.text(language) for language in form.languages}
    items = [
        {
            "id": item.id,
            "type": item.type,
            "required": item.required,
            "picture": item.picture,
            "texts": {language: vars(text.items[place]) for language, text in texts.items()},
        }
        for place, item in enumerate(form.items)
    ]
    titles = {language: text.title for language, text in texts.items()}
    told = {name: getattr(form, name) for name in TOLD}
    curve = form.family if form.on_curve else None
    return told | {"titles": titles, "texts": texts, "items": items, "curve": curve}
