"""Holds how the database finds families by what they and their members are called; it loads none of them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.orm import Session, aliased

from backend.models import Family, Member
from backend.security.access import visible_families
from backend.security.actor import Actor

ESCAPED: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})


def named(session: Session, actor: Actor, search: str) -> ColumnElement[bool]:
    """Gives the condition for a search: part of the alias of the family or of a member; nothing searched is all.

    SQLite knows the case of ASCII letters only: with any other, the database looks for what could be meant, and the
    letters are compared here.
    """
    wanted = search.casefold().strip()
    if not wanted:
        return true()
    like = "".join(sign if sign.isascii() else "_" for sign in wanted.translate(ESCAPED))
    one = aliased(Member)
    lives_in = (one.agency_id == Family.agency_id) & (one.family_id == Family.id)
    meant = [func.lower(alias).like(f"%{like}%", escape="\\") for alias in (Family.alias, one.alias)]
    perhaps = meant[0] | exists(select(one.id).where(lives_in, meant[1]))
    if wanted.isascii():
        return perhaps
    family = (Member.agency_id == Family.agency_id) & (Member.family_id == Family.id)
    names = select(Family.id, Family.alias, Member.alias).outerjoin(Member, family)
    found = session.execute(names.where(visible_families(actor), perhaps))
    return Family.id.in_({row[0] for row in found if any(wanted in (alias or "").casefold() for alias in row[1:])})
