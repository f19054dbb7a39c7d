"""Holds the plan of a visit: what a tablet must know to hold sessions without a network; no score and no history."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import licences
from backend.actions.acting import acting, looking
from backend.actions.chosen_forms import PHASES, Forms, Phase
from backend.actions.extra_turns import extra_dues
from backend.actions.family_choice import Choice, families_to_choose
from backend.actions.finding import find_open_episode
from backend.actions.hand_over import Due, answered_in, turn_of
from backend.actions.pins import check_pin
from backend.actions.sessions import presence_in
from backend.actions.sitting import TurnView, seen_by
from backend.clock import now, today
from backend.instruments import Pack
from backend.models import Episode, Family, Member, Presence, TherapySession
from backend.problems import Sentence, invalid
from backend.security.actor import Actor

MOST = 20  # families
AGES = {"small": 4, "child": 9, "young": 15, "adult": 40}  # years that stand for an age group


@dataclass(frozen=True)
class PlannedMember:
    """One member of a planned family, with the turns at the start and at the end of a session.

    `more` are the other turns that can be given: the member's own, and those of collateral raters about the member.
    """

    id: UUID
    alias: str
    place: str
    language: str
    start: TurnView
    end: TurnView
    more: tuple[TurnView, ...]


@dataclass(frozen=True)
class PlannedForm:
    """A form that can be given in a phase, and the age groups that it is proposed for."""

    form: Pack
    ages: tuple[str, ...]


@dataclass(frozen=True)
class PlannedSession:
    """The session of today: the ids of the members who are here, and by phase of those who have answered already."""

    id: UUID
    held_on: date
    kind: str
    present: tuple[UUID, ...]
    answered: Mapping[Phase, tuple[UUID, ...]]


@dataclass(frozen=True)
class PlannedFamily:
    """One family of a visit: today's session if there is one, the forms of each phase, the members oldest first."""

    alias: str
    episode_id: UUID
    session: PlannedSession | None
    forms: Mapping[Phase, tuple[PlannedForm, ...]]
    seen_by: Sentence
    members: tuple[PlannedMember, ...]


@dataclass(frozen=True)
class VisitPlan:
    """What a member of staff takes along: made when, for whom, which families."""

    made_at: datetime
    actor: Actor
    families: tuple[PlannedFamily, ...]


def candidates(actor: Actor, search: str = "", chosen: Collection[UUID] = ()) -> Choice:
    """Gives the families that a visit can be planned to; `chosen` are ids of their episodes."""
    with looking(actor) as session:
        return families_to_choose(session, actor, search, Episode.id.in_(chosen) if chosen else None)


def make_plan(actor: Actor, episode_ids: Iterable[UUID], pin: str) -> VisitPlan:
    """Gives the plan of a visit to the families of up to twenty open episodes, for the one who knows the PIN code.

    Raises `wrong-pin`, `too-many`, `missing`, `closed`, `no-licence`, and `invalid` for no or too many episodes.
    """
    wanted = list(dict.fromkeys(episode_ids))
    if not 0 < len(wanted) <= MOST:
        raise invalid(episodes=Sentence("Vælg mellem 1 og %(most)s familier.", most=MOST))
    check_pin(actor, pin)
    with acting(actor, "visit_plan.make") as act:
        families = []
        for episode_id in wanted:
            episode = find_open_episode(act.session, actor, episode_id)
            families.append(_planned(act.session, actor, episode))
            act.witness(episode.id)
        return VisitPlan(now(), actor, tuple(families))


def _planned(session: Session, actor: Actor, episode: Episode) -> PlannedFamily:
    family = session.scalars(select(Family).where(Family.id == episode.family_id)).one()
    held = session.scalars(
        select(TherapySession)
        .where(TherapySession.episode_id == episode.id, TherapySession.held_on == today())
        .order_by(TherapySession.number.desc())
        .limit(1)
    ).one_or_none()
    forms = Forms.of(session, family.id, today(), held.kind if held else "family")
    for offered in forms.offered.values():
        licences.require(session, offered[0])
    here = {row.member_id: row for row in presence_in(session, held.id)} if held else {}
    members = _members(session, actor, episode, forms, here, held)
    return PlannedFamily(
        alias=family.alias,
        episode_id=episode.id,
        session=_today(session, held, here, members) if held else None,
        forms={phase: _offered(forms, phase) for phase in PHASES},
        seen_by=seen_by(session, actor, family.id),
        members=members,
    )


def _offered(forms: Forms, phase: Phase) -> tuple[PlannedForm, ...]:
    proposed = {group: forms.by_age(phase, age) for group, age in AGES.items()}
    return tuple(
        PlannedForm(form, tuple(group for group, own in proposed.items() if own == form))
        for form in forms.offered[phase]
    )


def _today(
    session: Session, held: TherapySession, here: Container[UUID], members: tuple[PlannedMember, ...]
) -> PlannedSession:
    given = answered_in(session, held.id)

    def answered(phase: Phase) -> tuple[UUID, ...]:
        return tuple(one.id for one in members if (one.id, None, getattr(one, phase).form.family, None) in given)

    present = tuple(one.id for one in members if one.id in here)
    return PlannedSession(held.id, held.held_on, held.kind, present, {phase: answered(phase) for phase in PHASES})


def _members(
    session: Session,
    actor: Actor,
    episode: Episode,
    forms: Forms,
    here: Mapping[UUID, Presence],
    held: TherapySession | None,
) -> tuple[PlannedMember, ...]:
    members = session.scalars(
        select(Member).where(Member.family_id == episode.family_id).order_by(Member.birth_month, Member.alias)
    ).all()
    given = answered_in(session, held.id) if held else set()
    dues = [due for due in extra_dues(session, episode.id, forms, members) if due.key not in given]

    def turn(member: Member, phase: Phase) -> TurnView:
        row = here.get(member.id)
        form = forms.given(member, phase, getattr(row, f"{phase}_form") if row else None)
        return turn_of(session, actor, episode.id, Due(member, form))

    def more(member: Member) -> tuple[TurnView, ...]:
        return tuple(turn_of(session, actor, episode.id, due) for due in dues if due.member is member)

    return tuple(
        PlannedMember(m.id, m.alias, m.place, m.language, turn(m, "start"), turn(m, "end"), more(m)) for m in members
    )
