"""Holds the leader's screen: the team's families by need, how sessions are covered, what is to be talked about.

It has no figure for a therapist but how many open episodes there are, by name, and no filter that could give one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from flask import Blueprint, render_template, request

from backend.actions.caseload import Caseload, CaseRow, team_caseload
from backend.actions.supervision import supervision_list
from backend.actions.team import TeamView, team_view, therapists_of
from backend.figures import percent
from backend.pages.case_pictures import case_pictures
from backend.pages.caseload import capital
from backend.pages.formats import initials
from backend.pages.language import translated as _
from backend.pages.need_words import need_words, said
from backend.pages.typed import chosen_id
from backend.pages.words import zone_word
from backend.problems import Problem
from backend.scoring import Need, Zone
from backend.security.access import actor, allow

page = Blueprint("team", __name__)
PERIODS: Final = (6, 12)  # months
AT_ONCE: Final = (Need.RED, Need.ALLIANCE, Need.DETERIORATED, Need.UNSCORED)


@dataclass(frozen=True)
class Listed:
    """One family in a fold: why it is there, and the initials of whom to ask."""

    row: CaseRow
    why: str
    ask: tuple[str, ...]


@dataclass(frozen=True)
class Fold:
    """The families of one need: how many, and the first of them; `at_once` says that somebody is needed now."""

    need: Need
    words: str
    count: int
    families: tuple[Listed, ...]
    at_once: bool


@page.get("/team")
@allow("leader")
def show() -> str:
    """Shows the leader's team; a choice of period or intervention on the page itself gets the coverage alone."""
    months, type_id = _months(), _type()
    team = team_view(actor(), months, type_id)
    chosen = {"team": team, "months": months, "type_id": type_id, "periods": PERIODS, "percent": percent}
    if request.headers.get("HX-Request") == "true" and team:
        return render_template("pieces/team_coverage.html", **chosen)
    return render_template("staff/team.html", **chosen, **_beside(team))


def _beside(team: TeamView | None) -> dict[str, object]:
    if team is None:
        return {}
    found, cases = team_caseload(actor()), supervision_list(actor())
    folds = tuple(_folds(found))
    return {
        "folds": folds,
        "families": sum(fold.count for fold in folds),
        "needing": sum(fold.count for fold in folds if fold.at_once),
        "cases": cases,
        "pictures": case_pictures(cases.waiting),
    }


def _folds(found: Caseload) -> Iterator[Fold]:
    """Gives every need, in their order, also one that nobody has."""
    words = need_words() | {
        Need.RED: zone_word(Zone.RED),
        Need.YELLOW: zone_word(Zone.YELLOW),
        Need.GREEN: zone_word(Zone.GREEN),
        Need.READY: _("Klar til at afslutte"),
        Need.NEW: _("Ny familie"),
    }
    to_ask = therapists_of(actor(), [row.family_id for row in found.rows])
    for need in Need:
        rows = [row for row in found.rows if row.need is need]
        families = tuple(
            Listed(
                row,
                capital(said(row).under(words[need])),
                tuple(initials(name) for name in to_ask.get(row.family_id, ())),
            )
            for row in rows
        )
        yield Fold(need, words[need], found.counts.get(need, 0), families, need in AT_ONCE)


def _months() -> int:
    text = request.args.get("periode") or str(PERIODS[0])
    if text not in {str(months) for months in PERIODS}:
        raise Problem("invalid", _("Perioden er 6 eller 12 måneder. Vælg en af dem."))
    return int(text)


def _type() -> UUID | None:
    text = request.args.get("indsats", "")
    return chosen_id("indsats", text) if text else None
