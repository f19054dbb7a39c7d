"""Holds who agrees that the others in the room see their lines, and the lock while they are shown; no answers."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions.acting import Act, acting
from backend.actions.finding import find_session
from backend.models import LoginSession, Presence
from backend.problems import Problem, Sentence, invalid, missing
from backend.security.actor import Actor, HandOver
from backend.security.audit import Witness, witness

TOGETHER = "together"  # the phase of a hand-over in which the family looks at its lines and answers nothing


def share(actor: Actor, session_id: UUID, agrees: Mapping[UUID, bool]) -> HandOver:
    """Keeps who agreed and who did not, and gives the tablet to the family until it is unlocked.

    Whoever is not among those asked stays as before. Errors: `missing` for somebody who is not here; `invalid` naming
    `agrees` when nobody agrees.
    """
    with acting(actor, "together.show") as act:
        held, _ = find_session(act.session, actor, session_id)
        rows = present_in(act.session, held.id)
        if not agrees.keys() <= rows.keys():
            raise missing()
        for member_id, agreed in agrees.items():
            _decide(act, rows[member_id], agreed)
        if not any(row.shares for row in rows.values()):
            raise invalid(agrees=Sentence("Mindst én skal sige ja, før linjerne kan vises."))
        given = HandOver(uuid4(), held.id, TOGETHER)
        login = act.session.get_one(LoginSession, (actor.agency_id, actor.login_id))
        login.hand_over = given.as_json()
        act.witness(held.id)
        return given


def hide(actor: Actor, session_id: UUID, member_id: UUID) -> None:
    """Takes a member's agreement back while the lines are shown: they are not shown any more."""
    with acting(actor, "together.hide") as act:
        held, _ = find_session(act.session, actor, session_id)
        require_shared(act.session, actor, held.id, member_id)
        _decide(act, present_in(act.session, held.id)[member_id], agreed=False)
        act.witness(held.id, member_id)


def is_shown(actor: Actor) -> bool:
    """Says whether the tablet is in the family's hands to look at its lines."""
    return actor.hand_over is not None and actor.hand_over.phase == TOGETHER


def require_shown(actor: Actor, session_id: UUID) -> None:
    """Raises `handed-over` unless the tablet is given to the family to look at the lines of this very session."""
    if not is_shown(actor) or actor.hand_over is None or actor.hand_over.session_id != session_id:
        raise Problem("handed-over")


def require_shared(session: Session, actor: Actor, session_id: UUID, member_id: UUID) -> None:
    """Raises `handed-over` for another session than the one shown, `missing` for a member who has not agreed."""
    require_shown(actor, session_id)
    row = present_in(session, session_id).get(member_id)
    if row is None or not row.shares:
        raise missing()


def present_in(session: Session, session_id: UUID) -> Mapping[UUID, Presence]:
    """Gives who took part in a session by the member's id, as rows, inside an open transaction."""
    rows = session.scalars(select(Presence).where(Presence.session_id == session_id))
    return {row.member_id: row for row in rows}


def _decide(act: Act, row: Presence, agreed: bool) -> None:
    """Keeps an answer about being seen, and the change in the audit chain."""
    if row.shares is agreed:
        return
    row.shares = agreed
    verb = "sharing.agree" if agreed else "sharing.decline"
    witness(act.session, Witness.of(act.actor), verb, row.session_id, row.member_id)
