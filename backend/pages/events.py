"""Holds the screens of one change in an episode: write it, put another in its place, withdraw it; no lists."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import events, overview
from backend.actions.event_view import EventRow
from backend.actions.events import Change, Opinion
from backend.actions.intervention_types import TypeRow, types
from backend.actions.overview import EpisodeView
from backend.clock import today
from backend.pages.event_words import event_words
from backend.pages.language import translated as _
from backend.pages.typed import chosen_id, typed_day
from backend.problems import Problem, invalid, missing
from backend.security.access import CARE, actor, allow

page = Blueprint("events", __name__, url_prefix="/forloeb/<uuid:episode_id>/aendringer")
Shown = str | tuple[str, int]


@page.get("/ny")
@allow(*CARE)
def ask_new(episode_id: UUID) -> Shown:
    """Asks what has changed."""
    return _form(episode_id)


@page.post("")
@allow(*CARE)
def write(episode_id: UUID) -> Response | Shown:
    """Writes a change down."""
    try:
        events.write_event(actor(), episode_id, _typed())
    except Problem as problem:
        return _form(episode_id, problem=problem)
    return _back(episode_id)


@page.get("/<uuid:event_id>")
@allow(*CARE)
def show(episode_id: UUID, event_id: UUID) -> Shown:
    """Shows a change as it can be put anew, with what it was before."""
    return _form(episode_id, event_id)


@page.post("/<uuid:event_id>")
@allow(*CARE)
def replace(episode_id: UUID, event_id: UUID) -> Response | Shown:
    """Puts what is written in the place of a change."""
    try:
        events.replace_event(actor(), event_id, _typed())
    except Problem as problem:
        return _form(episode_id, event_id, problem)
    return _back(episode_id)


@page.post("/<uuid:event_id>/traek")
@allow(*CARE)
def withdraw(episode_id: UUID, event_id: UUID) -> Response:
    """Takes a change off the time axis."""
    events.withdraw_event(actor(), event_id)
    return _back(episode_id)


def _back(episode_id: UUID) -> Response:
    return redirect(url_for("episodes.show", episode_id=episode_id, _anchor="aendringer"), 303)


def _form(episode_id: UUID, event_id: UUID | None = None, problem: Problem | None = None) -> Shown:
    """Shows the form; what no field explains is told whole."""
    if problem is not None and not problem.fields:
        raise problem
    view = overview.episode_view(actor(), episode_id)
    event = _known(view, event_id) if event_id else None
    html = render_template(
        "staff/event.html",
        view=view,
        event=event,
        people={str(one.person.id): one.person.alias for one in view.members},
        typed=request.form if problem else _stored(event),
        problem=problem,
        types=_choices(types(actor()), event),
        **event_words(),
    )
    return (html, problem.status) if problem else html


def _known(view: EpisodeView, event_id: UUID) -> EventRow:
    found = next((one for one in view.events if one.id == event_id and not one.handover), None)
    if found is None or view.closed_on is not None:
        raise missing()
    return found


def _choices(known: tuple[TypeRow, ...], event: EventRow | None) -> dict[str, str]:
    """Gives the kinds of help to choose from: those in use, and the one that the change has."""
    return {str(one.id): one.name for one in known if one.active or (event and event.type_id == one.id)}


def _stored(event: EventRow | None) -> dict[str, str]:
    """Gives what stands in the form before anybody types."""
    if event is None:
        return {"kind": "intervention", "since": today().isoformat()}
    given = {
        "kind": event.kind,
        "name": event.name,
        "since": event.since.isoformat(),
        "until": event.until.isoformat() if event.until else "",
        "reason": event.reason,
        "type_id": str(event.type_id or ""),
        "member_id": str(event.member_id or ""),
    }
    for one in event.agreement:
        given |= {f"agrees-{one.member_id}": "yes" if one.agrees else "no", f"words-{one.member_id}": one.words}
    return given


def _typed() -> Change:
    given = request.form
    kind, until = given.get("kind", ""), given.get("until", "").strip()
    return Change(
        kind=kind,
        name=given.get("name", ""),
        since=typed_day("since", given.get("since"), today()),
        until=typed_day("until", until) if until else None,
        reason=given.get("reason", ""),
        type_id=chosen_id("type_id", given.get("type_id")) if kind == "intervention" else None,
        member_id=chosen_id("member_id", given["member_id"]) if given.get("member_id") else None,
        agreement=_opinions(),
    )


def _opinions() -> tuple[Opinion, ...]:
    """Reads who was asked; words without saying whether the member agrees are asked about."""
    found = []
    for field, answer in request.form.items():
        if not field.startswith("agrees-"):
            continue
        who = field.removeprefix("agrees-")
        words = request.form.get(f"words-{who}", "")
        if not answer and words.strip():
            raise invalid(**{f"words-{who}": _("Vælg enig eller uenig, så ordene hører til noget.")})
        if answer:
            found.append(Opinion(chosen_id(field, who), answer == "yes", words))
    return tuple(found)
