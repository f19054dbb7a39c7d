"""Holds plans of a visit in the contract's shape, made up for tests; the server makes the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

STAFF = str(uuid4())
SEEN_BY = "Anne, teamets leder og dig"
FORMS = {"start": ("ors", "Trivsel"), "end": ("srs", "Samarbejdet")}


def plan(*families: dict[str, Any]) -> dict[str, Any]:
    """Gives a plan made now."""
    staff = {"id": STAFF, "name": "Anne Kjær", "language": "da"}
    return {"made_at": datetime.now(UTC).isoformat(), "staff": staff, "families": list(families)}


def family(alias: str, members: Sequence[tuple[str, str]], session: dict[str, Any] | None = None) -> dict[str, Any]:
    """Gives a planned family; `members` are alias and place."""
    return {
        "alias": alias,
        "episode_id": str(uuid4()),
        "session": session,
        "seen_by": SEEN_BY,
        "forms": {phase: [form(*FORMS[phase])] for phase in FORMS},
        "members": [member(*one) for one in members],
    }


def form(instrument: str, title: str) -> dict[str, Any]:
    """Gives a form as a plan names it."""
    return {"instrument": instrument, "version": "1", "languages": ["da", "en"], "title": title}


def member(alias: str, place: str) -> dict[str, Any]:
    """Gives a member with both turns."""
    own = str(uuid4())
    return {"id": own, "alias": alias, "place": place, **{phase: turn(own, alias, FORMS[phase][0]) for phase in FORMS}}


def turn(member_id: str, who: str, instrument: str) -> dict[str, Any]:
    """Gives one person's turn with one form."""
    return {
        "member_id": member_id,
        "rater_id": None,
        "who": who,
        "about": None,
        "seen_by": SEEN_BY,
        "language": "da",
        "instrument": instrument,
        "version": "1",
    }
