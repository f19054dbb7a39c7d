"""Holds what staff do with the meeting of a group: make one with members of several families; no answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, true
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import Act, acting, looking
from backend.actions.chosen_forms import PHASES, Forms
from backend.actions.family_choice import Choice, families_to_choose
from backend.clock import now
from backend.models import Episode, Family, GroupMeeting, Member, Presence, TherapySession
from backend.problems import Sentence, invalid, missing
from backend.security.access import visible_families
from backend.security.actor import Actor


@dataclass(frozen=True)
class GroupRow:
    """One meeting in the list: how many people the actor may see in it, and how many there are besides."""

    id: UUID
    name: str
    held_on: date
    seen: int
    others: int


def create_group(actor: Actor, name: str, held_on: date, member_ids: Iterable[UUID]) -> GroupMeeting:
    """Makes a meeting of a group: every family in it gets a session of its own, with those of its members who came."""
    name, held_on = checks.text("name", name, 80), checks.day("held_on", held_on)
    wanted = _chosen(member_ids)
    with acting(actor, "group.create") as act:
        group = act.add(GroupMeeting(name=name, held_on=held_on, created_by=actor.staff_id, created_at=now()))
        _gather(act, group, wanted)
        act.witness(group.id)
        return group


def add_to_group(actor: Actor, group_id: UUID, member_ids: Iterable[UUID]) -> GroupMeeting:
    """Adds more people to a meeting; whoever is in it already stays."""
    wanted = _chosen(member_ids)
    with acting(actor, "group.add") as act:
        group = find_group(act.session, actor, group_id)
        _gather(act, group, wanted)
        act.witness(group.id)
        return group


def groups(actor: Actor) -> list[GroupRow]:
    """Lists the meetings that the actor made or has a family in, newest first."""
    with looking(actor) as session:
        found = session.scalars(
            select(GroupMeeting).where(_may_see(actor)).order_by(GroupMeeting.held_on.desc(), GroupMeeting.name)
        ).all()
        everybody = _counted(session, [group.id for group in found])
        mine = _counted(session, [group.id for group in found], visible_families(actor))
    return [
        GroupRow(g.id, g.name, g.held_on, mine.get(g.id, 0), everybody.get(g.id, 0) - mine.get(g.id, 0)) for g in found
    ]


def candidates(actor: Actor, search: str = "", chosen: Collection[UUID] = (), group_id: UUID | None = None) -> Choice:
    """Gives the families whose members can be chosen for a group, by alias; `chosen` are ids of members.

    Whoever is in the meeting of `group_id` already is left out. Errors: `missing`.
    """
    family = (Member.agency_id == Family.agency_id) & (Member.family_id == Family.id)
    held = (TherapySession.agency_id == Presence.agency_id) & (TherapySession.id == Presence.session_id)
    inside = select(Presence.member_id).join(TherapySession, held).where(TherapySession.group_id == group_id)
    outside = true() if group_id is None else Member.id.not_in(inside)
    picked = exists(select(Member.id).where(family, Member.id.in_(chosen))) if chosen else None
    with looking(actor) as session:
        if group_id is not None:
            find_group(session, actor, group_id)
        found = families_to_choose(session, actor, search, picked, outside)
    return replace(found, offered=tuple(sorted(found.offered, key=lambda one: one.alias.casefold())))


def find_group(session: Session, actor: Actor, group_id: UUID) -> GroupMeeting:
    """Gives a meeting that the actor made or has a family in."""
    group = session.scalars(select(GroupMeeting).where(GroupMeeting.id == group_id, _may_see(actor))).one_or_none()
    if group is None:
        raise missing()
    return group


def _may_see(actor: Actor) -> ColumnElement[bool]:
    episode = (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id)
    family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
    mine = select(TherapySession.group_id).join(Episode, episode).join(Family, family).where(visible_families(actor))
    return or_(GroupMeeting.created_by == actor.staff_id, GroupMeeting.id.in_(mine))


def _counted(session: Session, group_ids: list[UUID], condition: ColumnElement[bool] | None = None) -> Counter[UUID]:
    """Counts the people of each meeting, of all families or of those that a condition names."""
    held = (TherapySession.agency_id == Presence.agency_id) & (TherapySession.id == Presence.session_id)
    episode = (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id)
    family = (Family.agency_id == Episode.agency_id) & (Family.id == Episode.family_id)
    statement = (
        select(TherapySession.group_id, func.count(Presence.id))
        .join(TherapySession, held)
        .join(Episode, episode)
        .join(Family, family)
        .where(TherapySession.group_id.in_(group_ids))
        .group_by(TherapySession.group_id)
    )
    rows = session.execute(statement if condition is None else statement.where(condition))
    return Counter({group_id: count for group_id, count in rows if group_id is not None})


def _chosen(member_ids: Iterable[UUID]) -> set[UUID]:
    wanted = set(member_ids)
    if not wanted:
        raise invalid(members=Sentence("Vælg mindst én, der er med i gruppen."))
    return wanted


def _gather(act: Act, group: GroupMeeting, wanted: set[UUID]) -> None:
    """Gives each family of the chosen its session of the meeting, once, with its members present."""
    found = _members(act, wanted)
    by_episode: dict[UUID, list[Member]] = defaultdict(list)
    for member, episode in found:
        if episode.opened_on > group.held_on:
            raise invalid(held_on=Sentence("%(who)s har først et forløb efter den dag.", who=member.alias))
        by_episode[episode.id].append(member)
    for episode_id, members in by_episode.items():
        held = _session_of(act, group, episode_id)
        here = set(act.session.scalars(select(Presence.member_id).where(Presence.session_id == held.id)))
        forms = Forms.of(act.session, members[0].family_id, held.held_on, held.kind)
        for member in members:
            if member.id not in here:
                start, end = (forms.given(member, phase).id for phase in PHASES)
                act.add(Presence(session_id=held.id, member_id=member.id, start_form=start, end_form=end))


def _members(act: Act, wanted: set[UUID]) -> list[tuple[Member, Episode]]:
    """Gives the chosen with their families' open episodes; anybody else of them is missing."""
    family = (Family.agency_id == Member.agency_id) & (Family.id == Member.family_id)
    members = act.session.scalars(
        select(Member)
        .join(Family, family)
        .where(Member.id.in_(wanted), visible_families(act.actor))
        .order_by(Member.birth_month, Member.alias)
    ).all()
    if {member.id for member in members} != wanted:
        raise missing()
    families = {member.family_id for member in members}
    episodes = act.session.scalars(select(Episode).where(Episode.family_id.in_(families), Episode.closed_on.is_(None)))
    by_family = {episode.family_id: episode for episode in episodes}
    closed = next((member.alias for member in members if member.family_id not in by_family), None)
    if closed is not None:
        raise invalid(members=Sentence("%(who)s har ikke et åbent forløb. Åbn et først.", who=closed))
    return [(member, by_family[member.family_id]) for member in members]


def _session_of(act: Act, group: GroupMeeting, episode_id: UUID) -> TherapySession:
    held = act.session.scalars(
        select(TherapySession).where(TherapySession.group_id == group.id, TherapySession.episode_id == episode_id)
    ).one_or_none()
    if held is not None:
        return held
    last = act.session.scalar(select(func.max(TherapySession.number)).where(TherapySession.episode_id == episode_id))
    return act.add(
        TherapySession(
            episode_id=episode_id,
            number=(last or 0) + 1,
            held_on=group.held_on,
            kind="group",
            note="",
            group_id=group.id,
        )
    )
