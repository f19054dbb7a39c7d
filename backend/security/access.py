"""Holds who may do what: a route says whom it allows, one that says nothing is closed, a family has its therapists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, current_app, request
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, case, false, or_, select

from backend.clock import today
from backend.models import Family, FamilyTherapist
from backend.problems import Problem, missing
from backend.security.actor import Actor
from backend.security.tablets import depositor

View = TypeVar("View", bound=Callable[..., Any])
CARE = ("therapist", "leader")
EVERY_ROLE = ("therapist", "leader", "evaluator", "admin")


@dataclass(frozen=True)
class Rule:
    """Whom a route is for: roles of staff, anyone at all, or an enrolled tablet, whoever is or is not logged in on it.

    `handed_over` says whether it works while the tablet is handed over.
    """

    roles: tuple[str, ...]
    anyone: bool = False
    handed_over: bool = False
    tablet: bool = False


def allow(*roles: str, anyone: bool = False, handed_over: bool = False, tablet: bool = False) -> Callable[[View], View]:
    """Declares whom a route is for; without this declaration the route answers nobody."""

    def declare(view: View) -> View:
        view.__allow__ = Rule(roles, anyone, handed_over or tablet, tablet)  # type: ignore[attr-defined]
        return view

    return declare


def open_to_all(app: Flask, endpoint: str) -> None:
    """Declares a route that a library made, such as the static files, open to anyone at any time."""
    view = app.view_functions[endpoint]

    @wraps(view)
    def open_view(*values: Any, **named: Any) -> Any:
        return view(*values, **named)

    app.view_functions[endpoint] = allow(anyone=True, handed_over=True)(open_view)


def rule_of(endpoint: str) -> Rule | None:
    """Gives the rule that a route declared, or None."""
    rule: Rule | None = getattr(current_app.view_functions.get(endpoint), "__allow__", None)
    return rule


def guard(app: Flask) -> None:
    """Checks the declared rule before every request."""
    app.before_request(_check)


def _check() -> None:
    if request.endpoint is None:
        return
    rule = rule_of(request.endpoint)
    if rule is None:
        raise missing()
    if rule.tablet:
        depositor()
        return
    if not rule.anyone or (current_user.is_authenticated and not rule.handed_over):
        _check_staff(rule)


def _check_staff(rule: Rule) -> None:
    if not rule.anyone and not current_user.is_authenticated:
        raise Problem("not-logged-in")
    if not rule.anyone and current_user.role not in rule.roles:
        raise Problem("forbidden")
    if current_user.is_authenticated and current_user.scope is not None:
        _check_scope(current_user.scope)
    if current_user.hand_over is not None and not rule.handed_over:
        raise Problem("handed-over")


def _check_scope(scope: str) -> None:
    """Keeps an access token to the JSON, away from logins, and to reading unless it may write."""
    reads = request.method in {"GET", "HEAD", "OPTIONS"}
    if not request.path.startswith("/api/") or request.blueprint == "api-login" or not (reads or scope == "write"):
        raise Problem("forbidden")


def actor() -> Actor:
    """Gives the member of staff behind this request."""
    found: Actor = current_user._get_current_object()
    return found


def visible_families(actor: Actor) -> ColumnElement[bool]:
    """Gives the condition on Family for what an actor may see: own families, or the team's for a leader."""
    if actor.role == "leader" and actor.team_id is not None:
        return or_(team_today() == actor.team_id, _works_with(actor.staff_id))
    return _works_with(actor.staff_id) if actor.role in CARE else false()


def team_today() -> ColumnElement[UUID | None]:
    """Gives the team that a Family belongs to today."""
    return case((Family.moves_on <= today(), Family.moves_to_id), else_=Family.team_id)


def works_today() -> ColumnElement[bool]:
    """Gives the condition on FamilyTherapist for those who work with the family today."""
    day = today()
    return and_(FamilyTherapist.since <= day, or_(FamilyTherapist.until.is_(None), FamilyTherapist.until >= day))


def _works_with(staff_id: UUID) -> ColumnElement[bool]:
    return Family.id.in_(select(FamilyTherapist.family_id).where(FamilyTherapist.staff_id == staff_id, works_today()))
