"""Holds what staff does with one-time links: make, list, remind, revoke; what their bearer does is in invitations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from backend.actions import checks, licences
from backend.actions.acting import Act, acting, looking
from backend.actions.chosen_forms import require_for
from backend.actions.finding import find_member, find_rater, find_session
from backend.actions.hand_over import require_goals
from backend.actions.link_view import LinkView, view_of
from backend.actions.sitting import language_of
from backend.clock import now
from backend.instruments import Pack, packs
from backend.models import Episode, Family, Link, Member, Rater, Staff, TherapySession
from backend.problems import Problem, Sentence, invalid, missing
from backend.security.access import visible_families
from backend.security.actor import Actor
from backend.security.logins import new_token, token_hash
from backend.vocabulary import WAVES

DAYS, MOST_DAYS = 7, 30
RECENT = timedelta(days=7)  # as long as a used link stays on the list of what is waited for
SHOWN_ONCE = Sentence("Linket er lavet og vises kun én gang. Tilbagekald det, hvis du ikke har det, og lav et nyt.")


@dataclass(frozen=True)
class MadeLink:
    """A new link with its token, which is shown this once and kept nowhere."""

    view: LinkView
    token: str


def make_link(
    actor: Actor,
    session_id: UUID,
    member_id: UUID,
    instrument: str,
    *,
    rater_id: UUID | None = None,
    wave: str | None = None,
    days: int = DAYS,
    link_id: UUID | None = None,
) -> MadeLink:
    """Makes a link to one form for a member or a collateral rater; an earlier unused one to the same form ends.

    `days`, 1…30, is how long it can be opened; `link_id` lets a page that is sent twice make one link. Errors:
    `missing`, `closed`, `no-licence`, `invalid`, and `conflict` when the link has been made already.
    """
    form = _form(instrument, rater_id)
    wave = checks.choice("wave", wave or "", WAVES) if form.waves else None
    if not 1 <= days <= MOST_DAYS:
        raise invalid(days=Sentence("Vælg fra 1 til %(most)s dage.", most=MOST_DAYS))
    with acting(actor, "link.make") as act:
        held, episode = find_session(act.session, actor, session_id)
        member = find_member(act.session, actor, member_id)
        if member.family_id != episode.family_id:
            raise missing()
        if episode.closed_on is not None:
            raise Problem("closed")
        rater = find_rater(act.session, episode, member.id, rater_id) if rater_id else None
        licences.require(act.session, form)
        require_goals(act.session, form, episode.id, member.id)
        _refuse_second(act.session, link_id)
        _end_earlier(act.session, held, member, rater, form)
        row, token = _row(actor, held, member, rater, form)
        row.id, row.wave, row.expires_at = link_id or uuid4(), wave, row.created_at + timedelta(days=days)
        act.add(row)
        act.witness(row.id, member.id)
        return MadeLink(_views(act.session, actor, Link.id == row.id)[0], token)


def links_of(actor: Actor, episode_id: UUID) -> list[LinkView]:
    """Lists the links of an episode, newest first, whatever became of them."""
    with looking(actor) as session:
        return _views(session, actor, Link.episode_id == episode_id)


def links_in(actor: Actor, session_id: UUID) -> list[LinkView]:
    """Lists the links of a session, newest first, whatever became of them."""
    with looking(actor) as session:
        return _views(session, actor, Link.session_id == session_id)


def awaited(actor: Actor) -> list[LinkView]:
    """Lists the answers that the actor waits for, the first to expire first, then those that came within a week."""
    moment = now()
    wanted = Link.revoked_at.is_(None) & or_(Link.used_at.is_(None), Link.used_at > moment - RECENT)
    with looking(actor) as session:
        views = [view for view in _views(session, actor, wanted) if view.state != "revoked"]
    return sorted(views, key=lambda view: (view.used_at is not None, view.used_at or view.expires_at))


def revoke_link(actor: Actor, link_id: UUID) -> None:
    """Revokes a link: from now on nobody can open it; a used one stays as it is."""
    with acting(actor, "link.revoke") as act:
        link = _find(act, link_id)
        link.revoked_at = link.revoked_at or (None if link.used_at else now())
        act.witness(link.id, link.member_id)


def remind_link(actor: Actor, link_id: UUID) -> None:
    """Keeps that staff has reminded somebody now, by a channel of their own."""
    with acting(actor, "link.remind") as act:
        link = _find(act, link_id)
        link.reminded_at = now()
        act.witness(link.id, link.member_id)


def _form(instrument: str, rater_id: UUID | None) -> Pack:
    form = packs()[checks.choice("instrument", instrument, packs())]
    require_for(rater_id, form)
    return form


def _row(actor: Actor, held: TherapySession, member: Member, rater: Rater | None, form: Pack) -> tuple[Link, str]:
    """Gives a new link's row and its token."""
    token = new_token()
    return Link(
        token_hash=token_hash(token),
        episode_id=held.episode_id,
        session_id=held.id,
        member_id=member.id,
        rater_id=rater.id if rater else None,
        instrument=form.id,
        version=form.version,
        language=language_of(member, rater, form),
        created_by=actor.staff_id,
        created_at=now(),
    ), token


def _refuse_second(session: Session, link_id: UUID | None) -> None:
    """A page that is sent again cannot show the token again, for nobody has it."""
    if link_id is not None and session.scalar(select(Link.id).where(Link.id == link_id)) is not None:
        raise Problem("conflict", SHOWN_ONCE)


def _end_earlier(session: Session, held: TherapySession, member: Member, rater: Rater | None, form: Pack) -> None:
    same = select(Link).where(
        Link.session_id == held.id,
        Link.member_id == member.id,
        Link.rater_id == (rater.id if rater else None),
        Link.instrument == form.id,
        Link.used_at.is_(None),
        Link.revoked_at.is_(None),
    )
    for link in session.scalars(same):
        link.revoked_at = now()


def _find(act: Act, link_id: UUID) -> Link:
    wanted = _of_visible(act.actor).where(Link.id == link_id)
    link: Link | None = act.session.scalars(wanted).one_or_none()
    if link is None:
        raise missing()
    return link


def _of_visible(actor: Actor) -> Select[Link, Episode, Family, TherapySession, Member, Rater, str]:
    """Selects links of the families that the actor works with, each with the rows that it is shown by."""
    return (
        select(Link, Episode, Family, TherapySession, Member, Rater, Staff.name)
        .join(Episode, (Episode.agency_id == Link.agency_id) & (Episode.id == Link.episode_id))
        .join(Family, (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id))
        .join(TherapySession, (TherapySession.agency_id == Link.agency_id) & (TherapySession.id == Link.session_id))
        .join(Member, (Member.agency_id == Link.agency_id) & (Member.id == Link.member_id))
        .join(Staff, (Staff.agency_id == Link.agency_id) & (Staff.id == Link.created_by))
        .outerjoin(Rater, (Rater.agency_id == Link.agency_id) & (Rater.id == Link.rater_id))
        .where(visible_families(actor))
    )


def _views(session: Session, actor: Actor, condition: ColumnElement[bool]) -> list[LinkView]:
    wanted = _of_visible(actor).where(condition).order_by(Link.created_at.desc(), Link.id)
    return [view_of(*row) for row in session.execute(wanted)]
