"""Holds the tablet's way from staff to family and back: the lock on the server, whose turns are left, unlocking."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks, licences
from backend.actions.acting import acting, looking
from backend.actions.finding import find_session
from backend.actions.pins import check_pin
from backend.actions.sitting import Sitting, TurnView, seen_by
from backend.instruments import Pack, pack
from backend.models import LoginSession, Member, Presence, Rater, Response, TherapySession
from backend.problems import Problem, Sentence, invalid
from backend.security.actor import Actor, HandOver

UNEXPLAINED = ""  # the family skipped the form, and staff has not said why yet
PHASES = {"start": "start_form", "end": "end_form"}


def hand_over(actor: Actor, session_id: UUID, phase: str) -> HandOver:
    """Hands the tablet over: from now on the server answers this login only what a family may see."""
    phase = checks.choice("phase", phase, PHASES)
    with acting(actor, "tablet.hand_over") as act:
        held, episode = find_session(act.session, actor, session_id)
        if episode.closed_on is not None:
            raise Problem("closed")
        forms = _forms_left(act.session, held, phase)
        if not forms:
            raise invalid(present=Sentence("Vælg mindst én, som ikke har svaret endnu."))
        for _, form in forms:
            licences.require(act.session, form)
        given = HandOver(uuid4(), held.id, phase)
        login = act.session.get_one(LoginSession, (actor.agency_id, actor.login_id))
        login.hand_over = given.as_json()
        act.witness(held.id)
        return given


def sitting(actor: Actor) -> Sitting:
    """Gives what was handed over, with a turn for everybody present who has not answered yet."""
    given = actor.hand_over
    if given is None:
        raise Problem("conflict")
    with looking(actor) as session:
        held, _ = find_session(session, actor, given.session_id)
        turns = tuple(turn_for(session, actor, *left) for left in _forms_left(session, held, given.phase))
    place = (held.id, held.episode_id, held.held_on, held.kind)
    return Sitting(given.id, actor.staff_id, actor.language, *place, turns)


def turn_for(session: Session, actor: Actor, member: Member, form: Pack, rater: Rater | None = None) -> TurnView:
    """Gives a member's turn with a form, in the member's language where the form has it; a rater answers about one."""
    return TurnView(
        member_id=member.id,
        rater_id=rater.id if rater else None,
        who=rater.alias if rater else member.alias,
        about=member.alias if rater else None,
        seen_by=seen_by(session, actor, member.family_id),
        language=member.language if member.language in form.languages else "da",
        form=form,
    )


def answered_in(session: Session, session_id: UUID) -> set[tuple[UUID, str]]:
    """Gives who has answered for themselves in a session, with the form's family; an unexplained skip is no answer."""
    answers = select(Response.member_id, Response.curve).where(
        Response.session_id == session_id,
        Response.rater_id.is_(None),
        Response.skipped_reason.is_distinct_from(UNEXPLAINED),
    )
    return {(member_id, curve) for member_id, curve in session.execute(answers)}


def unlock(actor: Actor, pin: str) -> UUID | None:
    """Takes the tablet back with the PIN code and gives the session's id; five wrong tries a minute at most.

    None when this login has nothing handed over, as on a visit without a network: then only the PIN code is checked.
    """
    check_pin(actor, pin)
    if actor.hand_over is None:
        return None
    with acting(actor, "tablet.unlock") as act:
        login = act.session.get_one(LoginSession, (actor.agency_id, actor.login_id))
        login.hand_over = None
        act.witness(actor.hand_over.session_id)
    return actor.hand_over.session_id


def _forms_left(session: Session, held: TherapySession, phase: str) -> list[tuple[Member, Pack]]:
    """Lists who is here without an answer to the form of a phase, oldest first; an unexplained skip is none."""
    present = session.execute(
        select(Member, Presence)
        .join(Presence, (Member.agency_id == Presence.agency_id) & (Member.id == Presence.member_id))
        .where(Presence.session_id == held.id)
        .order_by(Member.birth_month, Member.alias)
    )
    answered = answered_in(session, held.id)
    forms = [(member, pack(getattr(presence, PHASES[phase]))) for member, presence in present]
    return [(member, form) for member, form in forms if (member.id, form.family) not in answered]
