"""Holds how a tablet is made ready for a visit without a network: the plan that it keeps for a day."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale, gettext  # type: ignore[import-untyped]
from flask_smorest import Blueprint
from marshmallow import Schema, fields, validate

from backend.actions import visit_plan
from backend.api.schemas import Text
from backend.problems import Sentence
from backend.security.access import CARE, actor, allow
from backend.vocabulary import PHASES, PLACES, SESSION_KINDS, WAVES

blueprint = Blueprint("api-visit-plans", __name__, url_prefix="/api/v1/visit-plans", description="Plans of visits")
blueprints = (blueprint,)


class VisitPlanWish(Schema):
    """Which open episodes a visit is planned to, and the PIN code of the one who goes."""

    episodes = fields.List(fields.UUID(), required=True, validate=validate.Length(1, visit_plan.MOST))
    pin = Text(required=True, validate=validate.Length(1, 64))


class BlankForm(Schema):
    """A blank form that can be filled in without a network, and the age groups that it is proposed for."""

    instrument = fields.String(required=True)
    version = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    title = fields.String(required=True)
    ages = fields.List(fields.String(), required=True)


class Goal(Schema):
    """A goal that can be marked, in the family's own words."""

    id = fields.UUID(required=True)
    words = fields.String(required=True)


class Turn(Schema):
    """One person's turn with one form; `seen_by` says who will see the answer, in the person's language.

    `child` says that a member under 13 answers; `goals` are those that a form about goals asks about.
    """

    member_id = fields.UUID(required=True)
    rater_id = fields.UUID(required=True, allow_none=True)
    who = fields.String(required=True)
    about = fields.String(required=True, allow_none=True)
    seen_by = fields.String(required=True)
    language = fields.String(required=True)
    instrument = fields.String(required=True)
    version = fields.String(required=True)
    phase = fields.String(required=True, validate=validate.OneOf(PHASES))
    child = fields.Boolean(required=True)
    wave = fields.String(required=True, allow_none=True, validate=validate.OneOf(WAVES))
    goals = fields.List(fields.Nested(Goal), required=True)


class PlannedMember(Schema):
    """A member of a planned family, with the turn at the start, the one at the end, and whatever else can be given."""

    id = fields.UUID(required=True)
    alias = fields.String(required=True)
    place = fields.String(required=True, validate=validate.OneOf(PLACES))
    language = fields.String(required=True)
    start = fields.Nested(Turn, required=True)
    end = fields.Nested(Turn, required=True)
    more = fields.List(fields.Nested(Turn), required=True)


class PlannedSession(Schema):
    """The session that is held today; `present` and, by phase, `answered` are members' ids."""

    id = fields.UUID(required=True)
    held_on = fields.Date(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(SESSION_KINDS))
    present = fields.List(fields.UUID(), required=True)
    answered = fields.Dict(keys=fields.String(), values=fields.List(fields.UUID()), required=True)


class PlannedFamily(Schema):
    """A planned family; `forms` are for somebody who is not on the list, the proposed one first."""

    alias = fields.String(required=True)
    episode_id = fields.UUID(required=True)
    session = fields.Nested(PlannedSession, required=True, allow_none=True)
    forms = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(BlankForm)), required=True)
    seen_by = fields.String(required=True)
    members = fields.List(fields.Nested(PlannedMember), required=True)


class PlanAuthor(Schema):
    """Who the plan was made for."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)


class VisitPlan(Schema):
    """What a tablet keeps, encrypted and for 24 hours: no score and no history."""

    made_at = fields.AwareDateTime(required=True)
    staff = fields.Nested(PlanAuthor, required=True)
    families = fields.List(fields.Nested(PlannedFamily), required=True)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(VisitPlanWish)
@blueprint.response(200, VisitPlan)
@allow(*CARE)
def made(given: dict[str, Any]) -> dict[str, Any]:
    """Makes the plan of a visit."""
    return _plan(visit_plan.make_plan(actor(), given["episodes"], given["pin"]))


def _plan(plan: visit_plan.VisitPlan) -> dict[str, Any]:
    by = plan.actor
    staff = {"id": by.staff_id, "name": by.name, "language": by.language}
    families = [_family(family, by.language) for family in plan.families]
    return {"made_at": plan.made_at, "staff": staff, "families": families}


def _family(family: visit_plan.PlannedFamily, language: str) -> dict[str, Any]:
    return {
        "alias": family.alias,
        "episode_id": family.episode_id,
        "session": family.session,
        "forms": {phase: [_form(form, language) for form in forms] for phase, forms in family.forms.items()},
        "seen_by": _said(family.seen_by, "da"),
        "members": [_member(member) for member in family.members],
    }


def _form(planned: visit_plan.PlannedForm, language: str) -> dict[str, Any]:
    form = planned.form
    named = {"instrument": form.id, "version": form.version, "languages": form.languages}
    return named | {"title": form.text(language).title, "ages": planned.ages}


def _member(member: visit_plan.PlannedMember) -> dict[str, Any]:
    turns = {"start": member.start.as_json(_said), "end": member.end.as_json(_said)}
    own = {"id": member.id, "alias": member.alias, "place": member.place, "language": member.language}
    return own | turns | {"more": [turn.as_json(_said) for turn in member.more]}


def _said(sentence: Sentence, language: str) -> str:
    with force_locale(language):
        return str(gettext(sentence.source, **sentence.named))
