"""Holds what staff do with families and their members: add, list, open; no episodes and no answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from backend.actions import checks
from backend.actions.acting import acting, looking
from backend.actions.finding import find_family, therapists_of
from backend.clock import today
from backend.models import Episode, Family, FamilyTherapist, Member, TherapySession
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

    `ready` are those with an open episode who were not met today: those never met first, then those met last; `more` is
    how many there are besides.
    """

    ready: tuple[FamilyRow, ...]
    more: int
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


def my_families(actor: Actor) -> list[FamilyRow]:
    """Lists the families that the actor works with, by alias."""
    with looking(actor) as session:
        families = session.scalars(select(Family).where(visible_families(actor)).order_by(Family.alias)).all()
        ids = [family.id for family in families]
        members: dict[UUID, list[str]] = defaultdict(list)
        for row in session.execute(
            select(Member.family_id, Member.alias).where(Member.family_id.in_(ids)).order_by(Member.birth_month)
        ):
            members[row.family_id].append(row.alias)
        episode = (Episode.agency_id == TherapySession.agency_id) & (Episode.id == TherapySession.episode_id)
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


def beginnings(actor: Actor, most: int) -> Beginnings:
    """Gives the families that a session can begin with today, at most so many of each kind."""
    is_open = and_(Episode.agency_id == Family.agency_id, Episode.family_id == Family.id, Episode.closed_on.is_(None))
    met_on = (
        select(func.max(TherapySession.held_on))
        .where(TherapySession.agency_id == Episode.agency_id, TherapySession.episode_id == Episode.id)
        .scalar_subquery()
    )
    due = visible_families(actor), or_(met_on.is_(None), met_on != today())
    ready = select(Family, Episode.id, met_on).join(Episode, is_open).where(*due)
    unopened = select(Family).where(visible_families(actor), ~exists(select(Episode.id).where(is_open)))
    with looking(actor) as session:
        first = session.execute(ready.order_by(met_on.is_not(None), met_on.desc(), Family.alias).limit(most)).all()
        number = session.scalar(select(func.count()).select_from(ready.with_only_columns(Family.id).subquery())) or 0
        rest = session.scalars(unopened.order_by(Family.alias).limit(most)).all()
    return Beginnings(
        tuple(FamilyRow(family.id, family.alias, (), episode_id, met) for family, episode_id, met in first),
        number - len(first),
        tuple(FamilyRow(family.id, family.alias, (), None, None) for family in rest),
    )


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
