"""Holds the tablet's way from hand to hand: staff hands over, turns are taken in order, a PIN code unlocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks, licences
from backend.actions.acting import Act, acting, looking
from backend.actions.finding import find_session, therapists_of
from backend.database import transaction
from backend.instruments import Pack, PackText, pack
from backend.models import LoginSession, Member, Presence, Rater, Response, Staff
from backend.problems import Problem, Sentence, invalid
from backend.security import throttle
from backend.security.actor import Actor, HandOver, Turn
from backend.security.passwords import matches

UNEXPLAINED = ""  # the family skipped the form, and staff has not said why yet
PHASES = {"start": "start_form", "end": "end_form"}


@dataclass(frozen=True)
class TurnView:
    """Whose turn it is with which form, in the person's language, and who will see the answer."""

    turn: Turn
    session_id: UUID
    who: str
    about: str | None
    form: Pack
    text: PackText
    language: str
    seen_by: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """What the lock screen knows: who has just answered, and who is next; None when everybody has.

    `language` is that of whoever is next, or of the last one, who reads the thanks.
    """

    thanks: str | None
    next: TurnView | None
    language: str


def hand_over(actor: Actor, session_id: UUID, phase: str) -> HandOver:
    """Hands the tablet over: from now on the server answers only the forms of those who still have one to fill in."""
    column = PHASES[checks.choice("phase", phase, PHASES)]
    with acting(actor, "tablet.hand_over") as act:
        held, episode = find_session(act.session, actor, session_id)
        if episode.closed_on is not None:
            raise Problem("closed")
        present = act.session.scalars(
            select(Presence)
            .join(Member, (Member.agency_id == Presence.agency_id) & (Member.id == Presence.member_id))
            .where(Presence.session_id == held.id)
            .order_by(Member.birth_month, Member.alias)
        ).all()
        answered = {
            (member_id, curve)
            for member_id, curve in act.session.execute(
                select(Response.member_id, Response.curve).where(
                    Response.session_id == held.id,
                    Response.rater_id.is_(None),
                    Response.skipped_reason.is_distinct_from(UNEXPLAINED),
                )
            )
        }
        forms = [(row.member_id, pack(getattr(row, column))) for row in present]
        turns = tuple(Turn(who, None, form.id) for who, form in forms if (who, form.family) not in answered)
        if not turns:
            raise invalid(present=Sentence("Vælg mindst én, som ikke har svaret endnu."))
        for _, form in forms:
            licences.require(act.session, form)
        return _keep(act, HandOver(held.id, turns))


def finish_turn(act: Act, session_id: UUID, member_id: UUID, rater_id: UUID | None, instrument: str) -> None:
    """Moves a hand-over one turn on; while handed over, nobody can answer for anybody but the one whose turn it is."""
    given = act.actor.hand_over
    if given is None:
        return
    login = act.session.get_one(LoginSession, (act.actor.agency_id, act.actor.login_id))
    given = HandOver.from_json(login.hand_over) or given
    current = given.current
    mine = replace(Turn(member_id, rater_id, instrument), done=False)
    if given.session_id != session_id or current != mine:
        theirs = Sentence("Det er en andens tur. Giv iPad'en til den, der står på skærmen.")
        raise Problem("handed-over", theirs)
    login.hand_over = given.with_current_done().as_json()


def waiting(actor: Actor) -> Waiting:
    """Gives what the lock screen shows."""
    if actor.hand_over is None:
        raise Problem("conflict")
    latest, current = actor.hand_over.latest, actor.hand_over.current
    with looking(actor) as session:
        thanks = _who(session, latest) if latest else None
        coming = _turn_view(session, actor.hand_over.session_id, current) if current else None
        reader = current or latest
        return Waiting(thanks, coming, _language(session, reader) if reader else actor.language)


def _turn_view(session: Session, session_id: UUID, turn: Turn) -> TurnView:
    member, form = _member(session, turn), pack(turn.instrument)
    language = _language(session, turn)
    return TurnView(
        turn=turn,
        session_id=session_id,
        who=_who(session, turn),
        about=member.alias if turn.rater_id else None,
        form=form,
        text=form.text(language),
        language=language,
        seen_by=tuple(name.split()[0] for name in therapists_of(session, member.family_id)),
    )


def _language(session: Session, turn: Turn) -> str:
    language = _member(session, turn).language
    return language if language in pack(turn.instrument).languages else "da"


def _member(session: Session, turn: Turn) -> Member:
    return session.scalars(select(Member).where(Member.id == turn.member_id)).one()


def _who(session: Session, turn: Turn) -> str:
    if turn.rater_id is None:
        return _member(session, turn).alias
    return session.scalars(select(Rater.alias).where(Rater.id == turn.rater_id)).one()


def unlock(actor: Actor, pin: str) -> UUID:
    """Takes the tablet back with the PIN code and gives the session's id; five wrong tries a minute at most."""
    if actor.hand_over is None:
        raise Problem("conflict")
    key = throttle.account("pin", str(actor.staff_id))
    with transaction(actor.agency_id) as session:
        throttle.check(session, key)
        staff = session.get_one(Staff, (actor.agency_id, actor.staff_id))
        right = matches(pin, staff.pin_hash) or matches(pin, staff.password_hash)
        if not right:
            throttle.remember_failure(session, key)
    if not right:
        raise Problem("wrong-pin")
    with acting(actor, "tablet.unlock") as act:
        login = act.session.get_one(LoginSession, (actor.agency_id, actor.login_id))
        login.hand_over = None
        act.witness(actor.hand_over.session_id)
    return actor.hand_over.session_id


def _keep(act: Act, given: HandOver) -> HandOver:
    login = act.session.get_one(LoginSession, (act.actor.agency_id, act.actor.login_id))
    login.hand_over = given.as_json()
    act.witness(given.session_id)
    return given
