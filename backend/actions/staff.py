"""Holds what a member of staff chooses for himself or herself: the language of the screens."""

from __future__ import annotations

from backend.actions import checks
from backend.actions.acting import acting
from backend.models import Staff
from backend.security.actor import Actor
from backend.vocabulary import LANGUAGES


def choose_language(actor: Actor, language: str) -> None:
    """Keeps the language that the actor reads Linjen in, from the next request on."""
    language = checks.choice("language", language, LANGUAGES)
    with acting(actor, "staff.choose_language") as act:
        staff = act.session.get_one(Staff, (actor.agency_id, actor.staff_id))
        staff.language = language
        act.witness(staff.id)
