"""Holds what staff can choose a collateral rater to be, also the caseworker, who is then refused in words."""

from __future__ import annotations

from backend.pages.language import translated as _
from backend.pages.words import relation_words

CASEWORKER = "caseworker"


def relations_to_choose() -> dict[str, str]:
    """Gives the relations to choose from; the caseworker is among them so that the refusal can say why."""
    return {**relation_words(), CASEWORKER: _("familiens egen socialrådgiver")}
