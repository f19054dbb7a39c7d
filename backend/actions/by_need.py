"""Holds how the database sorts families by what they need today; it loads no row and knows no words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from backend.actions.standing import MADE_WITH
from backend.models import Episode, Family, Standing
from backend.scoring import UNSCORED_DAYS, Need

WITHOUT: Final = "without"  # in place of a need, for families that have no open episode
WITHOUT_RANK: Final = len(Need)
NO_WAIT: Final = date(2000, 1, 1)  # the same tomorrow, for families of a need that nobody waits with


def with_standing(*columns: Any) -> Select[Any]:
    """Asks for families with their open episode and where it stands, each if there is one."""
    is_open = and_(Episode.agency_id == Family.agency_id, Episode.family_id == Family.id, Episode.closed_on.is_(None))
    kept = and_(Standing.agency_id == Episode.agency_id, Standing.episode_id == Episode.id)
    return select(*columns).select_from(Family).outerjoin(Episode, is_open).outerjoin(Standing, kept)


def not_kept() -> ColumnElement[bool]:
    """Gives the condition for an open episode whose standing is missing, or made with another version."""
    return and_(Episode.id.is_not(None), or_(Standing.id.is_(None), Standing.made_with != MADE_WITH))


def rank_on(day: date) -> ColumnElement[int]:
    """Gives the rank of a family's need on a day; it agrees with `scoring.on_day`.

    A family that never had an episode is new; one whose episodes are closed comes after all others.
    """
    past = aliased(Episode)
    before = exists(select(past.id).where(past.agency_id == Family.agency_id, past.family_id == Family.id))
    lasting = case({need.value: need.rank for need in Need}, value=Standing.need, else_=Need.NEW.rank)
    silent = func.coalesce(Standing.scored_on, Episode.opened_on) <= day - timedelta(days=UNSCORED_DAYS)
    return case(
        (and_(Episode.id.is_(None), before), WITHOUT_RANK),
        (Episode.id.is_(None), Need.NEW.rank),
        (lasting < Need.UNSCORED.rank, lasting),
        (silent, Need.UNSCORED.rank),
        (lasting < Need.FOLLOW_UP.rank, lasting),
        (Standing.due_on <= day, Need.FOLLOW_UP.rank),
        else_=lasting,
    )


def need_of(rank: int) -> str:
    """Gives the need of a rank, or WITHOUT."""
    return WITHOUT if rank == WITHOUT_RANK else list(Need)[rank]


def rank_of(need: str) -> int:
    """Gives the rank of a need, or of WITHOUT; raises ValueError for any other word."""
    return WITHOUT_RANK if need == WITHOUT else Need(need).rank


def waiting_since(rank: ColumnElement[int]) -> ColumnElement[date]:
    """Gives the day since when a family waits for an answer or a call; NO_WAIT where its need is another."""
    since = func.coalesce(Standing.scored_on, Episode.opened_on)
    return case((rank == Need.UNSCORED.rank, since), (rank == Need.FOLLOW_UP.rank, Standing.due_on), else_=NO_WAIT)


def met_last() -> ColumnElement[date]:
    """Gives the day of a family's last session, else the one on which its episode or itself began."""
    return func.coalesce(Standing.held_on, Episode.opened_on, Family.created_on)


def in_order(rank: ColumnElement[int]) -> tuple[Any, ...]:
    """Orders by need; then those who have waited longest for an answer or a call, or were met last; then by alias."""
    return rank, waiting_since(rank), met_last().desc(), Family.alias, Family.id
