"""Holds the tablet's way from staff to family and back: the lock on the server, whose turns are left, unlocking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks, licences
from backend.actions.acting import Act, acting, looking
from backend.actions.chosen_forms import PHASES, Forms, Phase, require_for
from backend.actions.finding import find_member, find_rater, find_session
from backend.actions.pins import check_pin
from backend.actions.sitting import GoalWords, Sitting, TurnView, language_of, open_goals, seen_by
from backend.clock import today
from backend.instruments import Pack, pack, packs
from backend.models import Episode, LoginSession, Member, Presence, Rater, Response, TherapySession
from backend.problems import Problem, Sentence, invalid, missing
from backend.scoring import AgeGroup, age_group, age_on
from backend.security.actor import Actor, HandOver, OneTurn
from backend.vocabulary import WAVES

UNEXPLAINED = ""  # the family skipped the form, and staff has not said why yet

Answered = tuple[UUID, UUID | None, str, str | None]
"""About whom, by which collateral rater if any, on which form's family, in which wave if the form has waves."""


@dataclass(frozen=True)
class Due:
    """One form that somebody is to fill in: about which member, by which collateral rater if any, in which wave."""

    member: Member
    form: Pack
    rater: Rater | None = None
    wave: str | None = None

    @property
    def key(self) -> Answered:
        """Gives what tells whether it has been answered."""
        return (self.member.id, self.rater.id if self.rater else None, self.form.family, self.wave)


def hand_over(actor: Actor, session_id: UUID, phase: str) -> HandOver:
    """Hands the tablet over: from now on the server answers this login only what a family may see."""
    phase = checks.choice("phase", phase, PHASES)
    with acting(actor, "tablet.hand_over") as act:
        held, episode = _open_session(act, session_id)
        due = _left(act.session, held, _due_in(act.session, held, episode, phase))
        if not due:
            raise invalid(present=Sentence("Vælg mindst én, som ikke har svaret endnu."))
        return _give(act, HandOver(uuid4(), held.id, phase), due)


def hand_over_one(
    actor: Actor,
    session_id: UUID,
    member_id: UUID,
    instrument: str,
    *,
    rater_id: UUID | None = None,
    wave: str | None = None,
) -> HandOver:
    """Hands the tablet over for exactly one turn: any form, by a member or by a collateral rater about one.

    Errors: `missing`, `closed`, `no-licence`, `invalid` for a form, wave or goals that do not fit, and for somebody who
    has answered it in this session already.
    """
    instrument = checks.choice("instrument", instrument, packs())
    with acting(actor, "tablet.hand_over") as act:
        held, episode = _open_session(act, session_id)
        turn = OneTurn(member_id, rater_id, instrument, wave)
        due = _due_once(act.session, actor, episode, turn)
        if due.form.waves != (wave in WAVES) or (wave is not None and wave not in WAVES):
            raise invalid(wave=Sentence("Vælg, om det er før, undervejs eller efter forløbet."))
        require_for(rater_id, due.form)
        require_goals(act.session, due.form, episode.id, member_id)
        if not _left(act.session, held, [due]):
            raise invalid(instrument=Sentence("%(who)s har allerede svaret på skemaet i dag.", who=_who(due)))
        return _give(act, HandOver(uuid4(), held.id, due.form.phase, turn), [due])


def sitting(actor: Actor) -> Sitting:
    """Gives what was handed over, with a turn for everybody who is asked and has not answered yet."""
    given = actor.hand_over
    if given is None:
        raise Problem("conflict")
    with looking(actor) as session:
        held, episode = find_session(session, actor, given.session_id)
        if given.turn is None:
            asked = _due_in(session, held, episode, given.phase)
        else:
            asked = [_due_once(session, actor, episode, given.turn)]
        turns = tuple(turn_of(session, actor, episode.id, due) for due in _left(session, held, asked))
    place = (held.id, held.episode_id, held.held_on, held.kind)
    return Sitting(given.id, actor.staff_id, actor.language, *place, turns)


def turn_for(
    session: Session,
    actor: Actor | None,
    member: Member,
    form: Pack,
    rater: Rater | None = None,
    *,
    language: str | None = None,
    wave: str | None = None,
    goals: tuple[GoalWords, ...] = (),
) -> TurnView:
    """Gives a member's turn with a form; a rater answers about one. `actor` is None where nobody is logged in.

    It is in the language that was chosen, else in the person's own, where the form has it.
    """
    child = age_group(age_on(member.birth_month, today())) is AgeGroup.CHILD
    return TurnView(
        member_id=member.id,
        rater_id=rater.id if rater else None,
        who=rater.alias if rater else member.alias,
        about=member.alias if rater else None,
        seen_by=seen_by(session, actor, member.family_id, by_rater=rater is not None),
        language=language if language in form.languages else language_of(member, rater, form),
        form=form,
        child=child and rater is None,
        wave=wave,
        goals=goals,
    )


def turn_of(
    session: Session, actor: Actor | None, episode_id: UUID, due: Due, *, language: str | None = None
) -> TurnView:
    """Gives the turn of what is due in an episode, with the goals that a form about goals asks."""
    goals = open_goals(session, episode_id, due.member.id) if due.form.asks_goals else ()
    return turn_for(session, actor, due.member, due.form, due.rater, language=language, wave=due.wave, goals=goals)


def answered_in(session: Session, session_id: UUID) -> set[Answered]:
    """Gives who has answered about whom in a session on which form's family.

    An unexplained skip is no answer, nor is what staff has moved to somebody else.
    """
    columns = (Response.id, Response.member_id, Response.rater_id, Response.curve, Response.wave)
    also = (Response.skipped_reason, Response.supersedes_id, Response.corrected_by)
    rows = session.execute(select(*columns, *also).where(Response.session_id == session_id)).all()
    corrected = {row.supersedes_id for row in rows if row.corrected_by is not None}
    given = [row for row in rows if row.skipped_reason != UNEXPLAINED and row.id not in corrected]
    return {(row.member_id, row.rater_id, row.curve, row.wave) for row in given}


def require_goals(session: Session, form: Pack, episode_id: UUID, member_id: UUID) -> None:
    """Raises `invalid` when a form asks about goals and the member has none to mark."""
    if form.asks_goals and not open_goals(session, episode_id, member_id):
        raise invalid(instrument=Sentence("Der er ingen mål endnu. Skriv det første på familiens forløb."))


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


def _open_session(act: Act, session_id: UUID) -> tuple[TherapySession, Episode]:
    held, episode = find_session(act.session, act.actor, session_id)
    if episode.closed_on is not None:
        raise Problem("closed")
    return held, episode


def _give(act: Act, given: HandOver, due: list[Due]) -> HandOver:
    for one in due:
        licences.require(act.session, one.form)
    login = act.session.get_one(LoginSession, (act.actor.agency_id, act.actor.login_id))
    login.hand_over = given.as_json()
    act.witness(given.session_id, given.turn.member_id if given.turn else None)
    return given


def _due_in(session: Session, held: TherapySession, episode: Episode, name: str) -> list[Due]:
    """Lists who is here with the form of a phase, oldest first."""
    phase = cast("Phase", name)
    forms = Forms.of(session, episode.family_id, held.held_on, held.kind)
    present = session.execute(
        select(Member, Presence)
        .join(Presence, (Member.agency_id == Presence.agency_id) & (Member.id == Presence.member_id))
        .where(Presence.session_id == held.id)
        .order_by(Member.birth_month, Member.alias)
    )
    return [Due(member, forms.given(member, phase, getattr(row, f"{phase}_form"))) for member, row in present]


def _due_once(session: Session, actor: Actor, episode: Episode, turn: OneTurn) -> Due:
    member = find_member(session, actor, turn.member_id)
    if member.family_id != episode.family_id:
        raise missing()
    rater = find_rater(session, episode, member.id, turn.rater_id) if turn.rater_id else None
    return Due(member, pack(turn.instrument), rater, turn.wave)


def _left(session: Session, held: TherapySession, asked: list[Due]) -> list[Due]:
    """Leaves out what has been answered in a session."""
    answered = answered_in(session, held.id)
    return [due for due in asked if due.key not in answered]


def _who(due: Due) -> str:
    return due.rater.alias if due.rater else due.member.alias
