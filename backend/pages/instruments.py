"""Holds the screen of the forms in use: items, cut-offs, reliable change, and for an administrator the licences."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import licences
from backend.instruments import Pack, packs
from backend.pages.form_words import ages, form_name
from backend.pages.typed import typed_day
from backend.pages.words import language_words
from backend.problems import Problem
from backend.scoring import OPEN_REFERENCE, reliable_change
from backend.security.access import EVERY_ROLE, actor, allow

page = Blueprint("instruments", __name__, url_prefix="/skemaer")


@page.get("")
@allow(*EVERY_ROLE)
def show() -> str:
    """Shows every form that ships, and what its numbers are judged by."""
    return _forms()


@page.post("/licenser")
@allow("admin")
def record() -> Response | tuple[str, int]:
    """Records a licence of the agency."""
    given = request.form
    try:
        expires_on = typed_day("expires_on", given["expires_on"]) if given.get("expires_on") else None
        held = (given.get("instrument", ""), given.get("licensor", ""), given.get("scope", ""))
        licences.record_licence(actor(), *held, expires_on)
    except Problem as problem:
        return _forms(problem), problem.status
    return redirect(url_for("instruments.show", _anchor="licenser"), 303)


def _forms(problem: Problem | None = None) -> str:
    forms = packs()
    return render_template(
        "staff/instruments.html",
        forms=forms,
        changes={form.id: reliable_change(form.sd, form.alpha) for form in forms.values() if form.reliability},
        unvalidated={form.id: _unvalidated(form) for form in forms.values()},
        ages=ages,
        form_name=form_name,
        course=OPEN_REFERENCE,
        licensed=licences.licensed(actor()),
        records=licences.licences(actor()) if actor().role == "admin" else [],
        typed=request.form if problem else {},
        problem=problem,
    )


def _unvalidated(form: Pack) -> list[str]:
    """Names the languages of families in which the words of a form are a translation that nobody has validated."""
    named = language_words()
    return [named.get(text.language, text.language) for text in form.texts.values() if not text.validated]
