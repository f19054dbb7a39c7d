"""Tests the follow-ups of the demo: some in every state, by hand and by a far fall, none in the future."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from backend.actions import follow_up_list, logins
from backend.actions.working_days import next_working_day
from backend.clock import DENMARK, now, today
from backend.database import transaction
from backend.demo import Plan, seed
from backend.demo import logins as demo_logins
from backend.models import Episode, FollowUp
from backend.security.logins import find_actor

PLAN = Plan(until=today(), families=120)


def test_the_demo_s_therapist_has_follow_ups_to_show(app: Flask) -> None:
    with app.app_context():
        seed("Demo", PLAN)
        login = next(one for one in demo_logins() if one.role == "therapist")
        actor = find_actor(logins.log_in(login.email, login.password))
        assert actor is not None
        found = follow_up_list.listed(actor)
    due = {(row.family, row.member, row.days_overdue) for row in found.due}
    assert {("Viben 2", "Bodil", 3), ("Regnbue 7", "Omar", 0)} <= due
    assert ("Svalen 4", None) in {(row.family, row.member) for row in found.coming}
    assert {"Mejsen 6", "Regnbue 7"} <= {row.family for row in found.done}
    assert next(row for row in found.due if row.family == "Regnbue 7").before is not None


def test_a_far_fall_has_a_follow_up_of_the_next_working_day_and_none_is_in_the_future(app: Flask) -> None:
    with app.app_context():
        agency_id = seed("Demo", PLAN)
        with transaction(agency_id, writes=False) as session:
            rows = session.scalars(select(FollowUp)).all()
            closed = set(session.scalars(select(Episode.id).where(Episode.closed_on.is_not(None))))
    assert {row.state for row in rows} == {"new", "called", "adjusted"}
    caused = [row for row in rows if row.cause_id]
    assert caused
    assert all(row.due_on == next_working_day(row.created_at.astimezone(DENMARK).date()) for row in caused)
    assert all(today() - row.due_on <= timedelta(days=31) for row in rows)
    assert all(max(filter(None, (row.created_at, row.called_at, row.adjusted_at))) <= now() for row in rows)
    assert not {row.episode_id for row in rows} & closed
    assert max(Counter(row.cause_id for row in caused).values()) == 1
    assert all(row.agreed for row in rows if row.state == "adjusted")
