"""Holds promise S2 on the demo agency: stored marks, scored anew, give the numbers stored beside them."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from backend.actions import agencies
from backend.database import transaction
from backend.demo import seed_demo
from backend.instruments import pack
from backend.models import Response
from backend.scoring import SCORING_VERSION, score_tenths, total_tenths


def test_stored_marks_rescored_give_the_stored_numbers(app: Flask) -> None:
    with app.app_context():
        seed_demo()
        (agency,) = agencies.agencies()
        with transaction(agency.id, writes=False) as session:
            stored = session.scalars(select(Response)).all()
    assert len(stored) > 3000
    assert {row.scoring_version for row in stored} == {SCORING_VERSION}
    for row in stored:
        form = pack(row.instrument, row.version)
        assert row.scores == {item: score_tenths(mark) for item, mark in row.marks.items()}
        assert row.total == (total_tenths(row.marks.values()) if row.marks and form.on_curve else None)
        assert (row.skipped_reason is None) == bool(row.marks or row.answers)
        if form.kind != "goals":
            assert list(row.marks) in ([item.id for item in form.items if item.type == "line"], [])
