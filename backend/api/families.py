"""Holds families and their members for programs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters
from marshmallow import Schema, fields, validate

from backend.actions import episodes, families
from backend.api.schemas import Text
from backend.security.access import CARE, actor, allow
from backend.vocabulary import FAMILY_LANGUAGES, PLACES

blueprint = Blueprint("api-families", __name__, url_prefix="/api/v1/families", description="Families and members")
blueprints = (blueprint,)
PAGE = 100  # families


class Family(Schema):
    """A family under an alias."""

    id = fields.UUID(dump_only=True)
    alias = Text(required=True, validate=validate.Length(1, 80))
    created_on = fields.Date(dump_only=True)


class FamilyRow(Schema):
    """A family in the list."""

    id = fields.UUID()
    alias = fields.String()
    members = fields.List(fields.String())
    open_episode_id = fields.UUID(allow_none=True)
    last_held_on = fields.Date(allow_none=True)


class Member(Schema):
    """A family member; `birth_month` is YYYY-MM."""

    id = fields.UUID(dump_only=True)
    family_id = fields.UUID(dump_only=True)
    alias = Text(required=True, validate=validate.Length(1, 80))
    birth_month = fields.String(required=True, validate=validate.Regexp(r"^[0-9]{4}-(0[1-9]|1[0-2])\Z"))
    place = fields.String(required=True, validate=validate.OneOf(PLACES))
    language = fields.String(load_default="da", validate=validate.OneOf(FAMILY_LANGUAGES))


class Episode(Schema):
    """One course of help for a family."""

    id = fields.UUID(dump_only=True)
    family_id = fields.UUID(dump_only=True)
    opened_on = fields.Date(required=True)
    programme = Text(load_default=None, allow_none=True, validate=validate.Length(max=80))
    closed_on = fields.Date(dump_only=True, allow_none=True)
    close_reason = fields.String(dump_only=True, allow_none=True)


@blueprint.route("", methods=["GET"])
@blueprint.response(200, FamilyRow(many=True))
@blueprint.paginate(page_size=PAGE, max_page_size=PAGE)
@allow(*CARE)
def listed(pagination_parameters: PaginationParameters) -> list[families.FamilyRow]:
    """Lists the families that you work with, by alias, a page at a time; the header X-Pagination says how many."""
    asked = pagination_parameters
    asked.item_count = families.my_families_counted(actor())
    beyond = asked.first_item >= asked.item_count
    return [] if beyond else families.my_families(actor(), asked.page, asked.page_size)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(Family)
@blueprint.response(201, Family)
@allow(*CARE)
def added(given: dict[str, Any]) -> Any:
    """Adds a family."""
    return families.add_family(actor(), given["alias"])


@blueprint.route("/<uuid:family_id>/members", methods=["POST"])
@blueprint.arguments(Member)
@blueprint.response(201, Member)
@allow(*CARE)
def member_added(given: dict[str, Any], family_id: UUID) -> Any:
    """Adds a member to a family."""
    return families.add_member(actor(), family_id, **given)


@blueprint.route("/<uuid:family_id>/episodes", methods=["POST"])
@blueprint.arguments(Episode)
@blueprint.response(201, Episode)
@allow(*CARE)
def episode_opened(given: dict[str, Any], family_id: UUID) -> Any:
    """Opens an episode for a family."""
    return episodes.open_episode(actor(), family_id, given["opened_on"], given["programme"])
