"""Holds the screen of the search: the words, and what was found of each kind with the way to it; it finds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from backend.actions import search
from backend.actions.checks import CPR
from backend.actions.search import Hit
from backend.pages.language import translated as _
from backend.pages.search_days import days_of
from backend.problems import Problem
from backend.security.access import CARE, actor, allow

page = Blueprint("search", __name__)
Shown = str | tuple[str, int] | Response
WAYS: Final[Mapping[str, tuple[str, str, str | None]]] = {  # kind: endpoint, which id, where on the page
    "family": ("families.show", "family_id", None),
    "member": ("families.show", "family_id", "medlemmer"),
    "rater": ("episodes.show", "episode_id", "bedoemmere"),
    "follow_up": ("episodes.show", "episode_id", "opfoelgning"),
    "goal": ("episodes.show", "episode_id", "maal"),
    "event": ("episodes.show", "episode_id", "aendringer"),
    "handover": ("handovers.show", "episode_id", "handover-what-helped"),
    "words": ("sessions.show", "session_id", None),
    "note": ("sessions.show", "session_id", "note"),
    "session": ("sessions.show", "session_id", None),
    "group": ("groups.show", "group_id", None),
}


@page.get("/soeg")
@allow(*CARE)
def show() -> Shown:
    """Shows what was found; a search from the page itself gets the hits alone, and a CPR number leaves the address."""
    text = request.args.get("q", "")
    fragment = request.headers.get("HX-Request") == "true"
    if CPR.search(text) and not fragment:
        return redirect(url_for("search.show", cpr="1"), 303)
    name = "pieces/search_hits.html" if fragment else "staff/search.html"
    try:
        found = search.search(actor(), text, days_of(text))
    except Problem as problem:
        if "q" not in problem.fields:
            raise
        mistake = problem.fields["q"]
        return render_template(name, found=(), text="", mistake=mistake), 200 if fragment else problem.status
    mistake = _("Det ligner et CPR-nummer. Søg efter et dæknavn.") if "cpr" in request.args else ""
    return render_template(name, found=found, text=text.strip(), mistake=mistake)


@page.app_template_global()
def hit_kinds() -> dict[str, str]:
    """Names the kinds of what can be found, in the plural."""
    return {
        "family": _("Familier"),
        "member": _("Familiemedlemmer"),
        "rater": _("Bedømmere"),
        "follow_up": _("Opfølgninger"),
        "goal": _("Mål"),
        "event": _("Ændringer og hændelser"),
        "handover": _("Overdragelser"),
        "words": _("Familiens ord i samtaler"),
        "note": _("Noter fra samtaler"),
        "session": _("Samtaler"),
        "group": _("Grupper"),
    }


@page.app_template_global()
def hit_way(hit: Hit) -> str:
    """Gives the address of where a hit is."""
    endpoint, name, anchor = WAYS[hit.kind]
    return url_for(endpoint, _anchor=anchor, **{name: getattr(hit, name)})
