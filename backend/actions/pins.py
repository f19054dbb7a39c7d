"""Holds the check of a member of staff's PIN code, the only one: throttled, and it changes nothing else."""

from __future__ import annotations

from backend.database import transaction
from backend.models import Staff
from backend.problems import Problem
from backend.security import throttle
from backend.security.actor import Actor
from backend.security.passwords import matches


def check_pin(actor: Actor, pin: str) -> None:
    """Comes back when the PIN code, or the password, is the actor's.

    Raises `wrong-pin`, and `too-many` after five wrong ones within a minute, also across restarts.
    """
    key = throttle.account("pin", str(actor.staff_id))
    with transaction(actor.agency_id) as session:
        throttle.check(session, key)
        staff = session.get_one(Staff, (actor.agency_id, actor.staff_id))
        right = matches(pin, staff.pin_hash) or matches(pin, staff.password_hash)
        if not right:
            throttle.remember_failure(session, key)
    if not right:
        raise Problem("wrong-pin")
