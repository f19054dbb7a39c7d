"""Holds the screens where staff makes one-time links, shows each once, and follows what is waited for; no answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

import segno
from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import links
from backend.actions.link_choices import link_choices
from backend.actions.links import DAYS, MadeLink
from backend.pages.form_words import form_name, form_option
from backend.pages.typed import chosen_id
from backend.problems import Problem
from backend.security.access import CARE, actor, allow
from backend.vocabulary import WAVES

page = Blueprint("links", __name__)
Shown = str | tuple[str, int]
OFFERED_DAYS = (1, 3, DAYS, 14, 30)


@dataclass(frozen=True)
class Code:
    """A QR code as one path: `side` in modules with the quiet zone around it, `path` in the same unit."""

    side: int
    path: str

    @classmethod
    def of(cls, address: str) -> Code:
        """Gives the code of an address; a quarter of it may be lost."""
        rows = list(segno.make(address, error="q", micro=False).matrix_iter(border=4))
        dark = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module]
        return cls(len(rows), "".join(dark))


@page.get("/svar-links")
@allow(*CARE)
def waiting() -> str:
    """Lists the answers that are waited for, with what staff can do about each."""
    return render_template("link/waiting.html", links=links.awaited(actor()), form_name=form_name)


@page.post("/svar-links/<uuid:link_id>/tilbagekald")
@allow(*CARE)
def revoke(link_id: UUID) -> Response:
    """Revokes a link."""
    links.revoke_link(actor(), link_id)
    return redirect(url_for("links.waiting"), 303)


@page.post("/svar-links/<uuid:link_id>/paamindet")
@allow(*CARE)
def remind(link_id: UUID) -> Response:
    """Keeps that staff has reminded somebody."""
    links.remind_link(actor(), link_id)
    return redirect(url_for("links.waiting", _anchor=f"link-{link_id}"), 303)


@page.get("/samtaler/<uuid:session_id>/svar-links")
@allow(*CARE)
def choose(session_id: UUID) -> Shown:
    """Asks to whom of a session a link goes, with which form, and how long it lasts."""
    return _choices(session_id)


@page.post("/samtaler/<uuid:session_id>/svar-links")
@allow(*CARE)
def make(session_id: UUID) -> Shown:
    """Makes a link and shows it in this answer alone: the token is nowhere else."""
    try:
        made = _made(session_id)
    except Problem as problem:
        if problem.kind == "missing":
            raise
        return _choices(session_id, problem)
    address = current_app.config["SETTINGS"].origin + url_for("invitations.show", token=made.token)
    code = Code.of(address)
    return render_template("link/made.html", link=made.view, address=address, code=code, form_name=form_name)


@page.app_context_processor
def counting() -> dict[str, object]:
    """Gives every staff screen the count of answers that are waited for."""
    return {"awaited_count": cache(lambda: sum(link.used_at is None for link in links.awaited(actor())))}


def _choices(session_id: UUID, problem: Problem | None = None) -> Shown:
    html = render_template(
        "link/choose.html",
        choices=link_choices(actor(), session_id),
        made=links.links_in(actor(), session_id),
        days=OFFERED_DAYS,
        waves=WAVES,
        chosen=DAYS,
        new_id=uuid4,
        form_name=form_name,
        form_option=form_option,
        typed=request.form if problem else {},
        problem=problem,
    )
    return (html, problem.status) if problem else html


def _made(session_id: UUID) -> MadeLink:
    """Reads what was chosen: the form with the wave behind a colon where it has waves."""
    given = request.form
    instrument, _colon, wave = given.get("form", "").partition(":")
    rater = given.get("rater_id", "")
    return links.make_link(
        actor(),
        session_id,
        chosen_id("member_id", given.get("member_id")),
        instrument,
        rater_id=chosen_id("rater_id", rater) if rater else None,
        wave=wave or None,
        days=int(given["days"]) if given.get("days", "").isdecimal() else 0,
        link_id=chosen_id("id", given.get("id")),
    )
