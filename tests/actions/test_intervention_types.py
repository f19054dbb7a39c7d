"""Tests of the kinds of help of an agency: listed, added, renamed, ordered, taken out of use, never removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete

from backend.actions import events, intervention_types
from backend.actions.events import Change
from backend.database import transaction
from backend.models import InterventionType
from backend.problems import Problem
from backend.security.actor import Actor
from backend.vocabulary import INTERVENTION_TYPES
from tests.factories import a_case, a_house, somebody


@pytest.fixture
def admin(app: Flask) -> Iterator[Actor]:
    with app.app_context():
        yield somebody(a_house(licensed=False), "admin").actor


def names(admin: Actor) -> list[str]:
    return [row.name for row in intervention_types.types(admin)]


def test_a_new_agency_has_four_and_adds_its_own_at_the_end(admin: Actor) -> None:
    intervention_types.add_type(admin, "  Aflastning ")
    assert names(admin) == [*INTERVENTION_TYPES, "Aflastning"]


def test_one_moves_up_by_one_place_and_the_first_stays(admin: Actor) -> None:
    first, second, *rest = intervention_types.types(admin)
    for _ in range(2):
        intervention_types.move_type_up(admin, second.id)
    assert [row.id for row in intervention_types.types(admin)] == [second.id, first.id, *(row.id for row in rest)]


def test_a_used_one_taken_out_of_use_stays_with_what_names_it(app: Flask) -> None:
    with app.app_context():
        case = a_case(somebody(a_house()))
        actor, kind = case.therapist.actor, intervention_types.types(case.therapist.actor)[0]
        events.write_event(actor, case.episode.id, Change("intervention", "pps", date(2026, 2, 1), type_id=kind.id))
        intervention_types.use_type(actor, kind.id, active=False)
        row = intervention_types.types(actor)[0]
        assert (row.name, row.active, row.used) == (INTERVENTION_TYPES[0], False, 1)
        intervention_types.use_type(actor, kind.id, active=True)
        assert intervention_types.types(actor)[0].active


def test_a_new_name_counts_for_what_was_written_before(admin: Actor) -> None:
    intervention_types.rename_type(admin, intervention_types.types(admin)[0].id, "Hjælp i hjemmet")
    assert names(admin)[0] == "Hjælp i hjemmet"


@pytest.mark.parametrize(
    ("name", "kind"), [(INTERVENTION_TYPES[1], "conflict"), ("", "invalid"), ("x" * 61, "invalid")]
)
def test_a_name_that_is_taken_empty_or_too_long_is_refused(admin: Actor, name: str, kind: str) -> None:
    before = intervention_types.types(admin)
    for act in (
        lambda: intervention_types.add_type(admin, name),
        lambda: intervention_types.rename_type(admin, before[0].id, name),
    ):
        with pytest.raises(Problem) as told:
            act()
        assert (told.value.kind, set(told.value.fields)) == (kind, {"name"})
    assert intervention_types.types(admin) == before


def test_another_agency_s_are_missing(admin: Actor) -> None:
    theirs = intervention_types.types(somebody(a_house(licensed=False), "admin").actor)[0].id
    for type_id in (theirs, uuid4()):
        for act in (
            lambda one=type_id: intervention_types.rename_type(admin, one, "Ny"),
            lambda one=type_id: intervention_types.move_type_up(admin, one),
            lambda one=type_id: intervention_types.use_type(admin, one, active=False),
        ):
            with pytest.raises(Problem, match="missing"):
                act()


def test_an_agency_without_any_begins_a_list(admin: Actor) -> None:
    with transaction(admin.agency_id) as session:
        session.execute(delete(InterventionType))
    intervention_types.add_type(admin, "Aflastning")
    assert names(admin) == ["Aflastning"]
