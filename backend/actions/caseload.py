"""Holds the caseload as staff reads it, sorted by need: one page of families, each with its reasons; no words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, select, true
from sqlalchemy.orm import Session

from backend.actions import by_need
from backend.actions.acting import acting, looking
from backend.actions.by_name import named
from backend.actions.families import Person
from backend.actions.paging import alias_of, behind
from backend.actions.standing import computed, from_json, keep_standing
from backend.clock import DENMARK, today
from backend.models import Episode, Family, FollowUp, Member, Rater, Standing
from backend.scoring import Ground, Need, on_day
from backend.security.access import team_today, visible_families
from backend.security.actor import Actor

PAGE: Final = 50  # rows
EACH: Final = 12  # rows of each need, on a team's page


@dataclass(frozen=True)
class Spark:
    """The last totals of the curve that the first reason is about; `own`: the member drew it. Unit: tenths."""

    kind: str
    cutoff: int
    points: tuple[tuple[date, int], ...]
    own: bool


@dataclass(frozen=True)
class Promised:
    """The first open follow-up of an episode: about whom, in whose words, due and made when."""

    id: UUID
    member_id: UUID | None
    words: str
    due_on: date
    made_on: date


@dataclass(frozen=True)
class CaseRow:
    """One family: its need today, the reasons, worst first, and what they name.

    Without an open episode there are no reasons: the need is new where there never was one, else None. `spark` is None
    where nobody has a total.
    """

    family_id: UUID
    family: str
    episode_id: UUID | None
    need: Need | None
    grounds: tuple[Ground, ...]
    spark: Spark | None
    opened_on: date | None
    held_on: date | None
    closed_on: date | None
    people: Mapping[UUID, Person]
    raters: Mapping[UUID, str]
    follow_up: Promised | None


@dataclass(frozen=True)
class Place:
    """Where a caseload goes on: behind the family that stood there by its need, its waiting and its last session."""

    rank: int
    waited: date
    met: date
    family_id: UUID


@dataclass(frozen=True)
class Caseload:
    """One page of a caseload; `counts` and `total` are of everything that the search found, by need or WITHOUT.

    `last` is where the next page begins, if there is one.
    """

    rows: tuple[CaseRow, ...]
    counts: Mapping[str, int]
    total: int
    last: Place | None


def caseload(actor: Actor, *, need: str | None = None, search: str = "", after: Place | None = None) -> Caseload:
    """Gives the first page of the families that the actor may see, sorted by what they need today, or one `after` it.

    `need` is a need or WITHOUT, else ValueError; `search` is part of a family's or member's alias.
    """
    only = None if need is None else by_need.rank_of(need)
    rank = by_need.rank_on(today())
    with looking(actor) as session:
        mine = visible_families(actor) & named(session, actor, search)
    counts = _counts(actor, rank, mine)
    with acting(actor, "caseload.read") as act:
        act.witness(actor.staff_id)
        order = by_need.in_order(rank)
        places = by_need.with_standing(rank, by_need.waiting_since(rank), by_need.met_last(), Family.id)
        asked = places.where(
            mine if only is None else mine & (rank == only), _further(act.session, actor, order, after)
        )
        found = [Place(*row) for row in act.session.execute(asked.order_by(*order).limit(PAGE + 1))]
        rows = _rows(act.session, rank, [place.family_id for place in found[:PAGE]])
    return Caseload(rows, counts, sum(counts.values()), last=found[PAGE - 1] if len(found) > PAGE else None)


def team_caseload(actor: Actor) -> Caseload:
    """Gives the first EACH families of every need in the leader's own team, in the same order; nobody else's."""
    team = false() if actor.team_id is None else team_today() == actor.team_id
    mine, rank = visible_families(actor) & team, by_need.rank_on(today())
    counts = _counts(actor, rank, mine)
    with acting(actor, "team.caseload.read") as act:
        act.witness(actor.team_id)
        place = func.row_number().over(partition_by=rank, order_by=by_need.in_order(rank)).label("place")
        placed = by_need.with_standing(Family.id, place).where(mine).subquery()
        first = act.session.scalars(select(placed.c.id).where(placed.c.place <= EACH)).all()
        rows = _rows(act.session, rank, first)
    return Caseload(rows, counts, sum(counts.values()), last=None)


def _further(session: Session, actor: Actor, order: Sequence[Any], after: Place | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    alias = alias_of(session, visible_families(actor), after.family_id)
    return behind(order, (after.rank, after.waited, after.met, alias, after.family_id))


def _counts(actor: Actor, rank: ColumnElement[int], mine: ColumnElement[bool]) -> dict[str, int]:
    """Counts families by what they need, once the standings that are missing among them have been made."""
    ranked = by_need.with_standing(rank.label("rank"), by_need.not_kept().label("missing")).where(mine).subquery()
    counting = select(ranked.c.rank, ranked.c.missing, func.count()).group_by(ranked.c.rank, ranked.c.missing)
    with looking(actor) as session:
        counted = session.execute(counting).all()
        if not any(missing for _, missing, _ in counted):
            return {by_need.need_of(place): number for place, _, number in counted}
        unmade = session.scalars(by_need.with_standing(Episode.id).where(by_need.not_kept(), mine)).all()
    for episode_id in unmade:
        keep_standing(actor.agency_id, episode_id)
    counts: dict[str, int] = defaultdict(int)
    with looking(actor) as session:
        for place, _, number in session.execute(counting):
            counts[by_need.need_of(place)] += number
    return dict(counts)


def _rows(session: Session, rank: ColumnElement[int], families: Sequence[UUID]) -> tuple[CaseRow, ...]:
    chosen = by_need.with_standing(Family, Episode, Standing).where(Family.id.in_(families))
    found = session.execute(chosen.order_by(*by_need.in_order(rank))).all()
    episodes = [row.Episode.id for row in found if row.Episode is not None]
    people = _people(session, families)
    raters = {r.id: r.alias for r in session.scalars(select(Rater).where(Rater.episode_id.in_(episodes)))}
    promised = _promised(session, episodes)
    closed = _closed(session, [row.Family.id for row in found if row.Episode is None])
    return tuple(
        _row(session, row, people=people[row.Family.id], raters=raters, closed=closed, promised=promised)
        for row in found
    )


def _row(
    session: Session,
    found: Any,
    *,
    people: Mapping[UUID, Person],
    raters: Mapping[UUID, str],
    closed: Mapping[UUID, date],
    promised: Mapping[UUID, Promised],
) -> CaseRow:
    family, episode = found.Family, found.Episode
    if episode is None:
        need = None if family.id in closed else Need.NEW
        shut = closed.get(family.id)
        return CaseRow(family.id, family.alias, None, need, (), None, None, None, shut, people, {}, None)
    kept = found.Standing or computed(session, episode)
    grounds = grounds_today(kept, episode.opened_on, promised.get(episode.id))
    return CaseRow(
        family_id=family.id,
        family=family.alias,
        episode_id=episode.id,
        need=grounds[0].need,
        grounds=grounds,
        spark=_spark(kept.spark["lines"], grounds[0]),
        opened_on=episode.opened_on,
        held_on=kept.held_on,
        closed_on=None,
        people=people,
        raters=raters,
        follow_up=promised.get(episode.id),
    )


def grounds_today(kept: Standing, opened_on: date, promised: Promised | None) -> tuple[Ground, ...]:
    """Gives the reasons that hold today, worst first; a follow-up that is due is about whom it was promised to."""
    lasting = [from_json(stored) for stored in kept.grounds]
    found = on_day(lasting, today(), since=kept.scored_on or opened_on, due_on=kept.due_on)
    if promised is None or promised.member_id is None:
        return found
    whom = promised.member_id
    own = next((one for one in lasting if one.key == whom and one.rater is None), Ground(Need.FOLLOW_UP, whom))
    return tuple(
        replace(own, need=one.need, reasons=(), days=one.days) if one.need is Need.FOLLOW_UP else one for one in found
    )


def _spark(lines: Iterable[Mapping[str, Any]], worst: Ground) -> Spark | None:
    """Gives the curve that the first reason is about."""
    kind = "alliance" if worst.need is Need.ALLIANCE else "outcome"
    wanted = (str(worst.key), None if worst.rater is None else str(worst.rater), kind)
    for line in lines:
        same_form = worst.form in (None, line["form"])
        if same_form and (line["member"], line["rater"], line["kind"]) == wanted:
            points = tuple((date.fromisoformat(day), total) for day, total in line["points"])
            return Spark(kind, line["cutoff"], points, own=worst.rater is None)
    return None


def _people(session: Session, families: Iterable[UUID]) -> Mapping[UUID, Mapping[UUID, Person]]:
    found: dict[UUID, dict[UUID, Person]] = defaultdict(dict)
    members = select(Member).where(Member.family_id.in_(families)).order_by(Member.birth_month, Member.alias)
    for member in session.scalars(members):
        found[member.family_id][member.id] = Person.of(member)
    return found


def _promised(session: Session, episodes: Iterable[UUID]) -> Mapping[UUID, Promised]:
    waiting = select(FollowUp).where(FollowUp.episode_id.in_(episodes), FollowUp.state == "new")
    latest_first = session.scalars(waiting.order_by(FollowUp.due_on.desc(), FollowUp.created_at.desc()))
    return {
        one.episode_id: Promised(
            one.id, one.member_id, one.words, one.due_on, one.created_at.astimezone(DENMARK).date()
        )
        for one in latest_first
    }


def _closed(session: Session, families: Iterable[UUID]) -> Mapping[UUID, date]:
    """Gives the day on which the last episode of each family was closed; a family that never had one is not in it."""
    ended = select(Episode.family_id, func.max(Episode.closed_on)).where(Episode.family_id.in_(families))
    return {family_id: day for family_id, day in session.execute(ended.group_by(Episode.family_id)) if day}
