"""Holds how the database finds families by what they and their members are called; it loads none of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, select, true
from sqlalchemy.orm import Session, aliased

from backend.actions.found_text import folded, holds, may_hold
from backend.models import Family, Member
from backend.security.access import visible_families
from backend.security.actor import Actor


def named(session: Session, actor: Actor, search: str) -> ColumnElement[bool]:
    """Gives the condition for a search: part of the alias of the family or of a member; nothing searched is all.

    SQLite knows the case of ASCII letters only: with any other, the database looks for what could be meant, and the
    letters are compared here.
    """
    wanted = (folded(search).strip(),)
    if wanted == ("",):
        return true()
    one = aliased(Member)
    lives_in = (one.agency_id == Family.agency_id) & (one.family_id == Family.id)
    is_member = exists(select(one.id).where(lives_in, *may_hold(wanted, one.alias)))
    perhaps = and_(*may_hold(wanted, Family.alias)) | is_member
    if wanted[0].isascii():
        return perhaps
    family = (Member.agency_id == Family.agency_id) & (Member.family_id == Family.id)
    names = select(Family.id, Family.alias, Member.alias).outerjoin(Member, family)
    found = session.execute(names.where(visible_families(actor), perhaps))
    return Family.id.in_({row[0] for row in found if any(holds(wanted, alias or "") for alias in row[1:])})
