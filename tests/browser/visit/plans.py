"""Holds plans of a visit in the contract's shape, made up for tests; the server makes the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

STAFF = str(uuid4())
SEEN_BY = "Anne, teamets leder og dig"
GROWN = ["young", "adult"]
FORMS = {
    "start": [("ors", "Trivsel", GROWN), ("cors", "Sådan har jeg det", ["child"]), ("ycors", "Ansigter", ["small"])],
    "end": [("srs", "Samarbejdet", GROWN), ("csrs", "Vores snak", ["child"]), ("ycsrs", "Vores tid", ["small"])],
}


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
        "forms": {phase: [form(*one) for one in forms] for phase, forms in FORMS.items()},
        "members": [member(*one) for one in members],
    }


def form(instrument: str, title: str, ages: list[str]) -> dict[str, Any]:
    """Gives a form as a plan names it."""
    return {"instrument": instrument, "version": "1", "languages": ["da", "en"], "title": title, "ages": ages}


def member(alias: str, place: str) -> dict[str, Any]:
    """Gives a member with both turns, a child's with forms for children, and nothing more."""
    own, nth = str(uuid4()), 1 if place == "child" else 0
    turns = {phase: turn(own, alias, forms[nth][0], phase=phase, child=nth == 1) for phase, forms in FORMS.items()}
    return {"id": own, "alias": alias, "place": place, "language": "da", "more": [], **turns}


def turn(member_id: str, who: str, instrument: str, phase: str = "any", **changes: Any) -> dict[str, Any]:
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
        "phase": phase,
        "child": False,
        "wave": None,
        "goals": [],
    } | changes
