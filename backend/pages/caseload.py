"""Holds the screen of one's caseload, sorted by need: filters, search and page; the same address gives a fragment."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from backend.actions.by_need import WITHOUT
from backend.actions.caseload import Caseload, Place, caseload
from backend.clock import today
from backend.pages.caseload_spark import axis, drawn
from backend.pages.formats import number_word
from backend.pages.language import translated as _
from backend.pages.need_words import need_words, next_step, said, whom
from backend.pages.places import place_heard, place_told
from backend.pages.sentences import families_counted
from backend.scoring import Need
from backend.security.access import CARE, actor, allow

page = Blueprint("caseload", __name__)
FINE = (Need.GREEN, Need.NEW, WITHOUT)


@page.get("/forloeb")
@allow(*CARE)
def show() -> str:
    """Shows the caseload; a search gets the list with its filters alone, "Vis flere" the next rows alone."""
    need, search = request.args.get("behov"), request.args.get("q", "")[:80]
    need = need if need in need_words() else None
    after = place_heard(Place, request.args.get("efter"))
    found = caseload(actor(), need=need, search=search, after=after)
    fragment = request.headers.get("HX-Request") == "true"
    piece = "pieces/caseload_rows.html" if after else "pieces/caseload_list.html"
    return render_template(
        piece if fragment else "staff/caseload.html",
        rows=[(row, said(row), next_step(row), whom(row)) for row in found.rows],
        drawn=drawn,
        axis=axis(found.rows, today()),
        found=found,
        needs=need_words(),
        asked={"behov": need, "q": search or None},
        further=after is not None,
        last=place_told(found.last),
        lead=lead(found),
    )


def lead(found: Caseload) -> str:
    """Says how many families there are, and how many of them need somebody."""
    counts: Mapping[str, int] = found.counts
    needing = sum(number for need, number in counts.items() if need not in FINE)
    green, new, without = (counts.get(need, 0) for need in FINE)
    parts = (
        _("%(number)s har brug for noget af dig", number=number_word(needing)) if needing else "",
        _("%(number)s følger planen", number=number_word(green)) if green else "",
        (_("én er ny") if new == 1 else _("%(number)s er nye", number=number_word(new))) if new else "",
        _("%(number)s er uden åbent forløb", number=number_word(without)) if without else "",
    )
    told = ", ".join(filter(None, parts))
    return f"{capital(families_counted(found.total))}. {capital(told)}." if told else ""


def capital(words: str) -> str:
    """Begins a sentence with a capital and leaves the rest as it is."""
    return words[:1].upper() + words[1:]
