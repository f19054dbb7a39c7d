"""Tests how strictly what is inside an envelope is read, before any database is asked."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from backend.actions.deposit import Deposit, Held

CONTENT: dict[str, Any] = {
    "schema": 1,
    "staff_id": str(uuid4()),
    "session": {"id": str(uuid4()), "episode_id": str(uuid4()), "held_on": "2026-11-22", "kind": "family"},
    "member_id": str(uuid4()),
    "instrument": "ors",
    "version": "1",
    "language": "da",
    "marks": {"personal": 0},
    "skipped": False,
    "heard": {"server": "2026-11-22T10:00:00Z", "after_ms": 1500},
}


def read(**changed: object) -> Deposit:
    return Deposit.read(json.dumps(CONTENT | changed).encode() + b"   ")


def test_a_whole_deposit_is_read_and_what_may_be_left_out_is_nothing() -> None:
    deposit = read()
    assert (deposit.person, deposit.rater_id, deposit.skipped) == (None, None, False)
    assert deposit.capture == {"at": None, "heard": {"server": "2026-11-22T10:00:00Z", "after_ms": 1500}}


@pytest.mark.parametrize("age_group", ["child", "young", "adult"])
def test_a_person_whom_nobody_knows_has_an_alias_and_an_age_group(age_group: str) -> None:
    person = read(member_id=None, person={"alias": "Farmor", "age_group": age_group}).person
    assert person is not None
    assert (person.alias, person.age_group) == ("Farmor", age_group)


@pytest.mark.parametrize(
    "person", [{"alias": "", "age_group": "adult"}, {"alias": "x" * 81, "age_group": "adult"}, {"alias": "A"}, "Farmor"]
)
def test_a_person_without_a_usable_name_is_malformed(person: object) -> None:
    with pytest.raises(Held, match="malformed"):
        read(member_id=None, person=person)


@pytest.mark.parametrize("heard", [{"server": "x", "after_ms": -1}, {"server": "x", "after_ms": True}, {"after_ms": 1}])
def test_a_server_time_that_makes_no_sense_is_left_out(heard: object) -> None:
    assert read(heard=heard).capture["heard"] is None


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b"[]", b"7", b"[" * 5_000, b'{"schema": NaN}', b"1" * 5_000])
def test_what_is_no_object_of_json_is_malformed(text: bytes) -> None:
    with pytest.raises(Held, match="malformed"):
        Deposit.read(text)


def test_a_number_beyond_all_numbers_costs_the_circumstances_and_not_the_answer() -> None:
    plain = json.dumps(CONTENT | {"capture": {"zoom": 7}}).replace('"zoom": 7', '"zoom": 1e999')
    assert "zoom" not in Deposit.read(plain.encode()).capture
