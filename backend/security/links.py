"""Holds how the bearer of a one-time link is known: by the hash of its token, with a brake on guessing; no form."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from backend.database import ACROSS, transaction
from backend.models import Link
from backend.problems import missing
from backend.security import throttle
from backend.security.logins import token_hash


@dataclass(frozen=True)
class Bearer:
    """Whoever came with the token of a link, used, ended or not."""

    agency_id: UUID
    link_id: UUID


def bearer_of(token: str, address: str) -> Bearer:
    """Gives the bearer of a token; `address` is the network address that it came from.

    Errors: `missing` for a token that no link has; `too-many` after five of them from an address within a minute.
    """
    key = throttle.account("link", address)
    wanted = select(Link.agency_id, Link.id).where(Link.token_hash == token_hash(token))
    with transaction(None, writes=False) as session:
        throttle.check(session, key)
        found = session.execute(wanted, execution_options=ACROSS).one_or_none()
    if found is None:
        with transaction(None) as session:
            throttle.remember_failure(session, key)
        raise missing()
    return Bearer(found.agency_id, found.id)
