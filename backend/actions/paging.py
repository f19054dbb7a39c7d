"""Holds how a list goes on behind the last row that is shown, whatever came or went above it; it loads none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, UnaryExpression, and_, false, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.operators import desc_op

from backend.models import Family


def behind(order: Sequence[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Gives the condition for what an order puts behind the row that had these values; nothing in it may be NULL."""
    condition: ColumnElement[bool] = false()
    for term, value in reversed(list(zip(order, values, strict=True))):
        falls = isinstance(term, UnaryExpression) and term.modifier is desc_op
        column = term.element if falls else term
        condition = or_(column < value if falls else column > value, and_(column == value, condition))
    return condition


def alias_of(session: Session, mine: ColumnElement[bool], family_id: UUID) -> str:
    """Gives the alias that a family is sorted by, so that no address has to name it.

    One that is not among `mine` comes before all others: then rows may come again, and none is passed over.
    """
    return session.scalar(select(Family.alias).where(Family.id == family_id, mine)) or ""
