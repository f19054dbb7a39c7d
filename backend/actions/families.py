"""Holds what staff do with families and their members: add, list, open; no episodes and no answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from backend.actions import by_need, checks
from backend.actions.acting import acting, looking
from backend.actions.finding import find_family, therapists_of
from backend.clock import today
from backend.models import Episode, Family, FamilyTherapist, Member, Standing, TherapySession
from backend.problems import Problem, Sentence
from backend.scoring import age_on
from backend.security.access import visible_families
from backend.security.actor import Actor
from backend.vocabulary import FAMILY_LANGUAGES, PLACES


@dataclass(frozen=True)
class FamilyRow:
    """One family in the list: who is in it, its open episode, and when it was last met."""

    id: UUID
    alias: str
    members: tuple[str, ...]
    open_episode_id: UUID | None
    last_held_on: date | None


@dataclass(frozen=True)
class Beginnings:
    """The families that a session can begin with today, and those without an open episode; the first of each.

    `ready` are those with an open episode who were not met today: those never met first, then those met last; `more`
    says that there are others.
    """

    ready: tuple[FamilyRow, ...]
    more: bool
    unopened: tuple[FamilyRow, ...]


@dataclass(frozen=True)
class Person:
    """A family member as the screen names one; `age` is in whole years today."""

    id: UUID
    alias: str
    place: str
    age: int
    birth_month: str
    language: str

    @classmethod
    def of(cls, member: Member, on: date | None = None) -> Person:
        """Gives the person of a row, with the age on a day, today by default."""
        age = age_on(member.birth_month, on or today())
        return cls(member.id, member.alias, member.place, age, member.birth_month, member.language)


@dataclass(frozen=True)
class EpisodeRow:
    """One episode of a family in the list."""

    id: UUID
    programme: str | None
    opened_on: date
    closed_on: date | None
    close_reason: str | None


@dataclass(frozen=True)
class FamilyView:
    """One family: its members, episodes newest first, and the staff who work with it."""

    id: UUID
    alias: str
    members: tuple[Person, ...]
    episodes: tuple[EpisodeRow, ...]
    therapists: tuple[str, ...]

    @property
    def open_episode(self) -> EpisodeRow | None:
        """Gives the newest episode that is still open."""
        return next((episode for episode in self.episodes if episode.closed_on is None), None)


def add_family(actor: Actor, alias: str) -> Family:
    """Adds a family under an alias that is unique in the agency; the actor becomes its therapist."""
    alias = checks.text("alias", alias, 80)
    with acting(actor, "family.add", alias=Sentence("Det navn er taget. Vælg et andet.")) as act:
        family = act.add(Family(team_id=actor.team_id, alias=alias, created_on=today()))
        act.add(FamilyTherapist(family_id=family.id, staff_id=actor.staff_id, since=today()))
        act.witness(family.id)
        return family


def add_member(actor: Actor, family_id: UUID, alias: str, birth_month: str, place: str, language: str = "da") -> Member:
    """Adds a person to a family; `birth_month` is `YYYY-MM`."""
    alias = checks.text("alias", alias, 80)
    birth_month = checks.birth_month("birth_month", birth_month)
    place = checks.choice("place", place, PLACES)
    language = checks.choice("language", language, FAMILY_LANGUAGES)
    with acting(actor, "member.add") as act:
        family = find_family(act.session, actor, family_id)
        taken = act.session.scalar(select(Member.id).where(Member.family_id == family.id, Member.alias == alias))
        if taken is not None:
            raise Problem("conflict", fields={"alias": Sentence("Der er allerede en med det navn i familien.")})
        member = act.add(
            Member(family_id=family.id, alias=alias, birth_month=birth_month, place=place, language=language)
        )
        act.witness(member.id, member.id)
        return member


def my_families(actor: Actor, page: int = 1, size: int | None = None) -> list[FamilyRow]:
    """Lists the families that the actor works with, by alias: all, or one page of so many; pages count from 1."""
    listed = select(Family).where(visible_families(actor)).order_by(Family.alias)
    episode = (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id)
    with looking(actor) as session:
        families = session.scalars(listed.offset((page - 1) * (size or 0)).limit(size)).all()
        ids = [family.id for family in families]
        members: dict[UUID, list[str]] = defaultdict(list)
        for row in session.execute(
            select(Member.family_id, Member.alias).where(Member.family_id.in_(ids)).order_by(Member.birth_month)
        ):
            members[row.family_id].append(row.alias)
        held = session.execute(
            select(Episode.family_id, func.max(TherapySession.held_on))
            .join(TherapySession, episode)
            .where(Episode.family_id.in_(ids))
            .group_by(Episode.family_id)
        )
        last = dict(held.all())
        opened = session.execute(
            select(Episode.family_id, Episode.id).where(Episode.family_id.in_(ids), Episode.closed_on.is_(None))
        )
        current = dict(opened.all())
    return [FamilyRow(f.id, f.alias, tuple(members[f.id]), current.get(f.id), last.get(f.id)) for f in families]


def my_families_counted(actor: Actor) -> int:
    """Counts the families that the actor works with."""
    with looking(actor) as session:
        return session.scalar(select(func.count(Family.id)).where(visible_families(actor))) or 0


def met_on() -> ColumnElement[date | None]:
    """Gives the day on which a family was last met in its open episode, as its standing knows or else its sessions.

    It is for statements that `by_need.with_standing` begins.
    """
    held = select(func.max(TherapySession.held_on)).where(
        TherapySession.agency_id == Episode.agency_id, TherapySession.episode_id == Episode.id
    )
    return func.coalesce(Standing.held_on, held.scalar_subquery())


def beginnings(actor: Actor, most: int) -> Beginnings:
    """Gives the families that a session can begin with today, at most so many of each kind.

    One look at the caseload finds both kinds unless those without an open episode fill it.
    """
    is_open, met = Episode.id.is_not(None), met_on()
    rows = by_need.with_standing(Family.id, Family.alias, Episode.id, met)
    due = rows.where(visible_families(actor), or_(met.is_(None), met != today()))
    in_order = due.order_by(is_open, met.is_not(None), met.desc(), Family.alias)
    with looking(actor) as session:
        first = [_beginning(*row) for row in session.execute(in_order.limit(2 * most + 1))]
        unopened = [row for row in first if row.open_episode_id is None]
        ready = [row for row in first if row.open_episode_id is not None]
        if len(unopened) > most:
            ready = [_beginning(*row) for row in session.execute(in_order.where(is_open).limit(most + 1))]
    return Beginnings(tuple(ready[:most]), len(ready) > most, tuple(unopened[:most]))


def _beginning(family_id: UUID, alias: str, episode_id: UUID | None, met: date | None) -> FamilyRow:
    return FamilyRow(family_id, alias, (), episode_id, met)


def family_view(actor: Actor, family_id: UUID) -> FamilyView:
    """Gives one family with its members and episodes."""
    with looking(actor) as session:
        family = find_family(session, actor, family_id)
        members = session.scalars(
            select(Member).where(Member.family_id == family.id).order_by(Member.birth_month, Member.alias)
        )
        episodes = session.scalars(
            select(Episode).where(Episode.family_id == family.id).order_by(Episode.opened_on.desc())
        )
        return FamilyView(
            family.id,
            family.alias,
            tuple(Person.of(member) for member in members),
            tuple(EpisodeRow(e.id, e.programme, e.opened_on, e.closed_on, e.close_reason) for e in episodes),
            therapists_of(session, family.id),
        )
