"""Holds what the form page on the tablet is told: whose turn, which lines, who sees the answer; never a mark."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from backend.actions.hand_over import TurnView
from backend.instruments import ItemText
from backend.pages.language import translated as _
from backend.security.actor import Actor


@dataclass(frozen=True)
class TurnForm:
    """One form on the tablet; `about` names the member when somebody else answers."""

    title: str
    items: tuple[ItemText, ...]
    instrument: str
    version: str
    language: str
    direction: str
    session_id: UUID
    member_id: UUID
    rater_id: UUID | None
    who: str
    about: str | None
    seen_by: str
    next_url: str
    skip_url: str


def form_of(turn: TurnView, actor: Actor) -> TurnForm:
    """Gives the form of a turn."""
    return TurnForm(
        title=turn.text.heading,
        items=turn.text.items,
        instrument=turn.form.id,
        version=turn.form.version,
        language=turn.language,
        direction=turn.text.direction,
        session_id=turn.session_id,
        member_id=turn.turn.member_id,
        rater_id=turn.turn.rater_id,
        who=turn.who,
        about=turn.about,
        seen_by=seen_by(turn, actor),
        next_url=url_for("tablet.show"),
        skip_url=url_for("tablet.skip"),
    )


def seen_by(turn: TurnView, actor: Actor) -> str:
    """Names everybody who will see the answer: the family's therapists, the team's leader, and the person itself."""
    own = actor.name.split()[0]
    leader = own if actor.role == "leader" else _("teamets leder")
    names = dict.fromkeys([*turn.seen_by, leader])
    return _("%(names)s og dig", names=", ".join(names))
