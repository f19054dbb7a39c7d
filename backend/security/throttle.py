"""Holds the brake on guessing: five failures a minute an account, kept in the database across restarts."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from backend.clock import now
from backend.database import ACROSS
from backend.models import FailedAttempt
from backend.problems import Problem

FAILURES, WINDOW = 5, timedelta(seconds=60)


def account(kind: str, name: str) -> str:
    """Gives the key under which failures are counted; it does not reveal the name."""
    return hashlib.sha256(f"{kind}:{name.casefold()}".encode()).hexdigest()


def check(session: Session, key: str) -> None:
    """Raises `too-many` when the account has failed five times within the last minute."""
    failures = session.scalar(
        select(func.count(FailedAttempt.id)).where(
            FailedAttempt.account == key, FailedAttempt.failed_at > now() - WINDOW
        ),
        execution_options=ACROSS,
    )
    if failures is not None and failures >= FAILURES:
        raise Problem("too-many")


def remember_failure(session: Session, key: str) -> None:
    """Counts one failure and forgets those that no longer matter."""
    session.execute(delete(FailedAttempt).where(FailedAttempt.failed_at <= now() - WINDOW), execution_options=ACROSS)
    session.add(FailedAttempt(account=key, failed_at=now()))
