"""Tests of the changes in an episode: written, replaced with history, withdrawn, and each mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from backend.actions import episodes, events, families, intervention_types
from backend.actions.event_view import EventRow
from backend.actions.events import Change, Opinion
from backend.actions.overview import EpisodeView, episode_view
from backend.clock import today
from backend.problems import Problem
from tests.factories import Case, a_case, a_house, somebody

OPENED = date(2026, 1, 5)
WORDS = "Vi mangler hænder,\nikke snak 🙂 \u200fשלום\u200f"


@pytest.fixture
def case(app: Flask) -> Iterator[Case]:
    with app.app_context():
        yield a_case(somebody(a_house()))


def a_type(case: Case, place: int = 1) -> UUID:
    return intervention_types.types(case.therapist.actor)[place].id


def help_changed(case: Case, **changes: object) -> Change:
    given = Change(
        "intervention", "familiebehandling", OPENED + timedelta(days=30), type_id=a_type(case), reason="Skænderier"
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def seen(case: Case) -> EpisodeView:
    return episode_view(case.therapist.actor, case.episode.id)


def in_force(case: Case) -> tuple[EventRow, ...]:
    return seen(case).events


def refused(case: Case, change: Change) -> Problem:
    with pytest.raises(Problem) as told:
        events.write_event(case.therapist.actor, case.episode.id, change)
    assert in_force(case) == ()
    return told.value


def test_a_change_is_read_with_its_type_its_reason_and_who_disagreed_verbatim(case: Case) -> None:
    other = families.add_member(case.therapist.actor, case.family.id, "Jonas", "1985-01", "parent")
    said = (Opinion(case.member.id, agrees=True), Opinion(other.id, agrees=False, words=WORDS))
    events.write_event(case.therapist.actor, case.episode.id, help_changed(case, agreement=said))
    (row,) = in_force(case)
    assert (row.kind, row.name, row.type) == ("intervention", "familiebehandling", "Familiebehandling (FAMBH)")
    assert (row.since, row.until, row.reason, row.member) == (OPENED + timedelta(days=30), None, "Skænderier", None)
    assert [(one.member, one.agrees, one.words) for one in row.agreement] == [
        ("Maria", True, ""),
        ("Jonas", False, WORDS),
    ]
    assert (any(not one.agrees for one in row.agreement), row.written_by, row.history) == (True, "Anne Krog", ())


def test_an_intervention_without_a_name_takes_its_type_s_without_the_letters(case: Case) -> None:
    events.write_event(case.therapist.actor, case.episode.id, help_changed(case, name=" "))
    assert in_force(case)[0].name == "Familiebehandling"


def test_changes_are_given_in_the_order_of_their_days(case: Case) -> None:
    for days, name in ((50, "flytning"), (10, "ny skole"), (30, "ny lejlighed")):
        change = Change("life", name, OPENED + timedelta(days=days), member_id=case.member.id)
        events.write_event(case.therapist.actor, case.episode.id, change)
    assert [row.name for row in in_force(case)] == ["ny skole", "ny lejlighed", "flytning"]
    assert {row.member for row in in_force(case)} == {"Maria"}


def test_the_same_change_sent_twice_is_one(case: Case) -> None:
    first, again = (events.write_event(case.therapist.actor, case.episode.id, help_changed(case)).id for _ in range(2))
    assert first == again
    assert len(in_force(case)) == 1


def test_what_it_was_before_stays_with_who_wrote_it_when(case: Case) -> None:
    first = events.write_event(case.therapist.actor, case.episode.id, help_changed(case))
    second = events.replace_event(case.therapist.actor, first.id, help_changed(case, reason="Skole"))
    third = events.replace_event(case.therapist.actor, second.id, Change("authority", "ny rådgiver", OPENED))
    (row,) = in_force(case)
    assert (row.id, row.kind, row.type) == (third.id, "authority", None)
    assert [old.reason for old in row.history] == ["Skole", "Skænderier"]
    assert {old.written_by for old in row.history} == {"Anne Krog"}
    assert [old.written_at for old in row.history] == [second.created_at, first.created_at]


def test_replacing_twice_with_the_same_words_is_one_and_with_others_a_conflict(case: Case) -> None:
    first = events.write_event(case.therapist.actor, case.episode.id, help_changed(case))
    again = help_changed(case, reason="Skole")
    made = {events.replace_event(case.therapist.actor, first.id, again).id for _ in range(2)}
    assert len(made) == 1
    assert events.replace_event(case.therapist.actor, made.pop(), again).reason == "Skole"
    with pytest.raises(Problem) as told:
        events.replace_event(case.therapist.actor, first.id, help_changed(case, reason="Andet"))
    assert told.value.kind == "conflict"
    assert len(in_force(case)[0].history) == 1


def test_a_withdrawn_change_leaves_the_axis_and_stays_to_be_read(case: Case) -> None:
    made = events.write_event(case.therapist.actor, case.episode.id, help_changed(case))
    for _ in range(2):
        events.withdraw_event(case.therapist.actor, made.id)
    assert in_force(case) == ()
    assert [row.name for row in seen(case).withdrawn] == ["familiebehandling"]
    with pytest.raises(Problem, match="conflict"):
        events.replace_event(case.therapist.actor, made.id, help_changed(case, reason="Skole"))


def test_a_replaced_change_cannot_be_withdrawn(case: Case) -> None:
    made = events.write_event(case.therapist.actor, case.episode.id, help_changed(case))
    events.replace_event(case.therapist.actor, made.id, help_changed(case, reason="Skole"))
    with pytest.raises(Problem, match="conflict"):
        events.withdraw_event(case.therapist.actor, made.id)
    assert len(in_force(case)) == 1


def test_a_pause_may_be_planned_and_has_an_end(case: Case) -> None:
    since = today() + timedelta(days=20)
    holiday = Change("pause", "sommerferie", since, since + timedelta(days=30))
    assert set(refused(case, replace(holiday, until=None)).fields) == {"until"}
    events.write_event(case.therapist.actor, case.episode.id, holiday)
    assert (in_force(case)[0].since, in_force(case)[0].until) == (since, since + timedelta(days=30))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"kind": "life", "name": ""}, "name"),
        ({"name": "x" * 41}, "name"),
        ({"since": OPENED - timedelta(days=1)}, "since"),
        ({"since": today() + timedelta(days=1)}, "since"),
        ({"kind": "pause", "since": today() + timedelta(days=400)}, "since"),
        ({"until": OPENED}, "until"),
        ({"until": today() + timedelta(days=400)}, "until"),
        ({"reason": "å" * 2_001}, "reason"),
        ({"reason": "Ring 010190-1234"}, "reason"),
        ({"type_id": None}, "type_id"),
        ({"type_id": UUID(int=0)}, "type_id"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_is_written(
    case: Case, changes: dict[str, object], field: str
) -> None:
    told = refused(case, help_changed(case, **changes))
    assert (told.kind, set(told.fields)) == ("invalid", {field})


def test_two_thousand_characters_are_kept_as_they_are(case: Case) -> None:
    words = ("🙂שלום" * 400)[:2_000]
    said = (Opinion(case.member.id, agrees=False, words=words),)
    events.write_event(case.therapist.actor, case.episode.id, help_changed(case, reason=words, agreement=said))
    assert (in_force(case)[0].reason, in_force(case)[0].agreement[0].words) == (words, words)


def test_words_that_are_too_long_are_told_at_the_one_who_said_them(case: Case) -> None:
    said = (Opinion(case.member.id, agrees=False, words="x" * 2_001),)
    assert set(refused(case, help_changed(case, agreement=said)).fields) == {f"words-{case.member.id}"}


def test_nobody_of_another_family_is_named(case: Case) -> None:
    other = a_case(case.therapist).member.id
    for changes in ({"member_id": other}, {"agreement": (Opinion(other, agrees=True),)}, {"member_id": uuid4()}):
        assert refused(case, help_changed(case, **changes)).kind == "missing"


def test_a_type_of_another_agency_or_out_of_use_cannot_be_chosen_but_is_kept(case: Case) -> None:
    stranger = a_case(somebody(a_house()))
    assert set(refused(case, help_changed(case, type_id=a_type(stranger))).fields) == {"type_id"}
    made = events.write_event(case.therapist.actor, case.episode.id, help_changed(case))
    intervention_types.use_type(case.therapist.actor, a_type(case), active=False)
    with pytest.raises(Problem, match="invalid"):
        events.write_event(case.therapist.actor, case.episode.id, help_changed(case, reason="Ny"))
    kept = events.replace_event(case.therapist.actor, made.id, help_changed(case, reason="Skole"))
    assert kept.type_id == a_type(case)


def test_another_therapist_s_episode_and_change_are_missing(case: Case) -> None:
    made = events.write_event(case.therapist.actor, case.episode.id, help_changed(case))
    stranger = somebody(a_house()).actor
    change = Change("life", "flytning", OPENED)
    for act in (
        lambda: events.write_event(stranger, case.episode.id, change),
        lambda: events.replace_event(stranger, made.id, change),
        lambda: events.replace_event(case.therapist.actor, uuid4(), change),
        lambda: events.withdraw_event(stranger, made.id),
    ):
        with pytest.raises(Problem, match="missing"):
            act()
    assert in_force(case)[0].id == made.id


def test_a_closed_episode_takes_no_change(case: Case) -> None:
    made = events.write_event(case.therapist.actor, case.episode.id, help_changed(case))
    episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    for act in (
        lambda: events.write_event(case.therapist.actor, case.episode.id, help_changed(case)),
        lambda: events.withdraw_event(case.therapist.actor, made.id),
    ):
        with pytest.raises(Problem, match="closed"):
            act()
