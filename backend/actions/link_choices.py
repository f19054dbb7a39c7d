"""Holds who of a session can be sent a one-time link, and with which forms; making one is in links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from backend.actions.acting import looking
from backend.actions.finding import find_session, raters_asked
from backend.actions.licences import licensed
from backend.actions.sessions import presence_in
from backend.instruments import Pack, form_for, forms_of
from backend.instruments.instrument import Phase, Setting
from backend.models import Family, Goal, Member, Presence, Rater, TherapySession
from backend.scoring import age_on
from backend.security.actor import Actor


@dataclass(frozen=True)
class Asked:
    """Somebody who can be sent a link: a member, or a rater about one; the forms, and the id of the proposed one."""

    member_id: UUID
    member: str
    rater_id: UUID | None
    rater: str | None
    relation: str | None
    forms: tuple[Pack, ...]
    proposed: str

    @property
    def who(self) -> str:
        """Gives the alias of the one who is asked."""
        return self.rater or self.member


@dataclass(frozen=True)
class LinkChoices:
    """A session with everybody who can be sent a link: the members by age, each followed by those who rate them."""

    session_id: UUID
    held_on: date
    episode_id: UUID
    episode_closed: bool
    family: str
    asked: tuple[Asked, ...]


def link_choices(actor: Actor, session_id: UUID) -> LinkChoices:
    """Gives who of a session's family can be sent a link, with the forms that the agency may use."""
    usable = licensed(actor)
    with looking(actor) as session:
        held, episode = find_session(session, actor, session_id)
        family = session.get_one(Family, (actor.agency_id, episode.family_id))
        by_age = select(Member).where(Member.family_id == family.id).order_by(Member.birth_month, Member.alias)
        members = session.scalars(by_age).all()
        raters = raters_asked(session, episode.id)
        here = {row.member_id: row for row in presence_in(session, held.id)}
        goals = session.scalars(select(Goal.member_id).where(Goal.episode_id == episode.id, Goal.until.is_(None))).all()
    asked = []
    for member in members:
        with_goals = member.id in goals or None in goals
        about = [None, *(rater for rater in raters if rater.member_id == member.id)]
        asked += [_asked(held, member, here.get(member.id), rater, usable, with_goals) for rater in about]
    closed = episode.closed_on is not None
    return LinkChoices(
        held.id, held.held_on, episode.id, closed, family.alias, tuple(one for one in asked if one.forms)
    )


def _asked(
    held: TherapySession,
    member: Member,
    here: Presence | None,
    rater: Rater | None,
    usable: Collection[str],
    with_goals: bool,
) -> Asked:
    setting: Setting = "group" if held.kind == "group" else "individual"
    forms = tuple(form for form in _forms(setting, usable, with_goals) if form.for_raters or rater is None)
    chosen = here and (here.start_form if rater else here.end_form)
    if chosen not in [form.id for form in forms]:
        chosen = _proposed(forms, "start" if rater else "end", setting, age_on(member.birth_month, held.held_on))
    return Asked(
        member_id=member.id,
        member=member.alias,
        rater_id=rater.id if rater else None,
        rater=rater.alias if rater else None,
        relation=rater.relation if rater else None,
        forms=forms,
        proposed=chosen or "",
    )


def _proposed(forms: Sequence[Pack], phase: Phase, setting: Setting, age: int) -> str:
    """Gives the form that fits an age best among the given ones of a phase, else the first of them."""
    fitting = {form.id for form in forms if form.phase == phase}
    first = next((form.id for form in forms), "")
    return form_for(phase, age, setting, fitting).id if fitting else first


def _forms(setting: Setting, usable: Collection[str], with_goals: bool) -> Iterator[Pack]:
    phases: tuple[Phase, ...] = ("end", "start", "any")
    found = (form for phase in phases for form in forms_of(phase, setting, usable))
    return (form for form in found if with_goals or not form.asks_goals)
