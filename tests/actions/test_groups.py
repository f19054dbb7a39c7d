"""Tests the meeting of a group: one session a family, everybody's own state, the group without names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from backend.actions import episodes, families, groups, licences, responses, sessions
from backend.actions.family_choice import Choice
from backend.actions.group_view import GroupView, group_view
from backend.actions.responses import Submission
from backend.clock import today
from backend.instruments import packs
from backend.models import GroupMeeting, Member
from backend.problems import Problem
from tests.factories import Case, House, Person, a_case, a_house, a_session, marks_of, somebody

CHILD_BORN = f"{today().year - 8}-02"


def a_group(person: Person, *members: Member, name: str = "Forældregruppe") -> GroupMeeting:
    return groups.create_group(person.actor, name, today(), [member.id for member in members])


def eight(therapist: Person) -> list[Case]:
    """Makes eight families of one person each."""
    return [a_case(therapist) for _ in range(8)]


def answers(person: Person, view: GroupView, marks: Iterable[int]) -> None:
    """Hands in the group's own form for as many as there are marks: the same mark on every line."""
    form = packs()["gsrs"]
    for one, mark in zip(view.people, marks, strict=False):
        place = (one.session_id, one.member_id, None)
        given = Submission(uuid4(), *place, form.id, form.version, "da", marks_of("gsrs", mark))
        responses.submit(person.again(), given)


def test_every_family_gets_its_own_session_of_the_meeting(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        first, second = a_case(therapist), a_case(therapist)
        a_session(first)
        child = families.add_member(therapist.actor, first.family.id, "Noah", CHILD_BORN, "child")
        group = a_group(therapist, first.member, child, second.member)
        view = group_view(therapist.actor, group.id)
        held = sessions.sessions_of(therapist.actor, first.episode.id)
    assert [(row.number, row.kind) for row in held] == [(2, "group"), (1, "family")]
    assert (view.name, view.held_on, view.others) == ("Forældregruppe", today(), 0)
    assert len({one.session_id for one in view.people}) == 2
    assert {(one.alias, one.start.form.id, one.end.form.id) for one in view.people} == {
        ("Maria", "ors", "gsrs"),
        ("Noah", "cors", "cgsrs"),
    }


def test_a_form_without_a_licence_is_not_proposed(app: Flask) -> None:
    with app.app_context():
        house = a_house(licensed=False)
        therapist, admin = somebody(house), somebody(house, "admin")
        for instrument in ("ors", "srs"):
            licences.record_licence(admin.actor, instrument, "Licensgiver", "Alle")
        view = group_view(therapist.actor, a_group(therapist, a_case(therapist).member).id)
    assert [(one.start.form.id, one.end.form.id) for one in view.people] == [("ors", "srs")]
    assert view.overviews == ()


def test_a_form_that_staff_has_chosen_for_somebody_before_is_proposed_again(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case = a_case(therapist)
        child = families.add_member(therapist.actor, case.family.id, "Noah", CHILD_BORN, "child")
        before = a_session(case)
        wish = sessions.Wish(start="ors")
        sessions.choose_present(therapist.actor, before.id, [child.id], {child.id: wish})
        (one,) = group_view(therapist.actor, a_group(therapist, child).id).people
    assert (one.start.form.id, one.end.form.id) == ("ors", "cgsrs")


def test_more_people_can_join_and_nobody_joins_twice(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        first, second = a_case(therapist), a_case(therapist)
        group = a_group(therapist, first.member)
        child = families.add_member(therapist.actor, first.family.id, "Noah", CHILD_BORN, "child")
        groups.add_to_group(therapist.actor, group.id, [first.member.id, child.id, second.member.id])
        view = group_view(therapist.actor, group.id)
    assert len(view.people) == 3
    assert len({one.session_id for one in view.people}) == 2


def test_each_answer_is_its_own_and_shown_when_it_has_come(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        eight(therapist)
        offered = groups.candidates(therapist.actor).offered
        members = [person.id for one in offered for person in one.people]
        group = groups.create_group(therapist.actor, "Gruppen", today(), members)
        answers(therapist, group_view(therapist.actor, group.id), (8_000, 9_000))
        view = group_view(therapist.actor, group.id)
    totals = [one.end.total for one in view.people]
    assert totals == [320, 360, *[None] * 6]
    assert [one.end.waiting for one in view.people] == [False, False, *[True] * 6]
    assert all(one.start.waiting for one in view.people)


@pytest.mark.parametrize(
    ("marks", "told"),
    [
        ((), (0, None, None, None)),
        ((8_000, 9_000), (2, None, None, None)),
        ((8_000, 9_500, 9_000), (3, 360, 320, 380)),
        ((8_000, 9_500, 9_000, 9_010), (4, 360, 320, 380)),
        ((8_000, 9_500, 9_000, 9_100), (4, 362, 320, 380)),
    ],
)
def test_the_group_is_shown_without_names_from_three_answers(
    app: Flask, marks: tuple[int, ...], told: tuple[int, int | None, int | None, int | None]
) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        group = a_group(therapist, *[case.member for case in eight(therapist)])
        answers(therapist, group_view(therapist.actor, group.id), marks)
        (one,) = group_view(therapist.actor, group.id).overviews
    assert (one.answered, one.middle, one.lowest, one.highest) == told
    assert "Maria" not in repr(replace(one, form=None))  # type: ignore[arg-type]


def test_children_and_grown_ups_are_two_overviews_because_their_forms_are_two(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case = a_case(therapist)
        child = families.add_member(therapist.actor, case.family.id, "Noah", CHILD_BORN, "child")
        view = group_view(therapist.actor, a_group(therapist, case.member, child).id)
    assert {one.form.id for one in view.overviews} == {"gsrs", "cgsrs"}


def test_a_skipped_form_counts_neither_as_answered_nor_as_waiting(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        group = a_group(therapist, a_case(therapist).member)
        (one,) = group_view(therapist.actor, group.id).people
        responses.skip(therapist.again(), one.session_id, one.member_id, "gsrs", "Gik før tid")
        (after,) = group_view(therapist.actor, group.id).people
    assert (after.end.answered, after.end.skipped, after.end.waiting) == (False, True, False)


def shared(house: House) -> tuple[Person, Person, GroupMeeting]:
    """Makes a group of two therapists' families: one puts hers in, then the other."""
    first, second = somebody(house), somebody(house)
    group = a_group(first, a_case(first).member)
    with_both = somebody(house, "leader")
    groups.add_to_group(with_both.actor, group.id, [a_case(second).member.id, a_case(second).member.id])
    return first, second, group


def test_families_of_a_colleague_are_a_count_and_nothing_else(app: Flask) -> None:
    with app.app_context():
        first, second, group = shared(a_house())
        hers, theirs = group_view(first.actor, group.id), group_view(second.actor, group.id)
        listed = groups.groups(first.actor)
    assert (len(hers.people), hers.others) == (1, 2)
    assert (len(theirs.people), theirs.others) == (2, 1)
    assert [(row.seen, row.others) for row in listed] == [(1, 2)]


def test_no_figure_is_made_from_answers_that_one_may_not_see(app: Flask) -> None:
    with app.app_context():
        first, second, group = shared(a_house())
        answers(first, group_view(first.actor, group.id), (8_000,))
        answers(second, group_view(second.actor, group.id), (9_000, 9_500))
        (one,) = group_view(first.actor, group.id).overviews
    assert (one.answered, one.middle) == (1, None)


def test_a_group_without_own_families_is_missing(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        therapist, other, elsewhere = somebody(house), somebody(house), somebody(a_house())
        group = a_group(therapist, a_case(therapist).member)
        for actor, group_id in ((other.actor, group.id), (elsewhere.actor, group.id), (therapist.actor, uuid4())):
            with pytest.raises(Problem) as refused:
                group_view(actor, group_id)
            assert refused.value.kind == "missing"
            with pytest.raises(Problem):
                groups.add_to_group(actor, group_id, [uuid4()])
        assert groups.groups(other.actor) == []


def test_who_made_an_empty_view_of_it_still_finds_the_group(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        leader, therapist = somebody(house, "leader"), somebody(house)
        group = a_group(leader, a_case(therapist).member)
        (row,) = groups.groups(therapist.actor)
    assert (row.id, row.seen, row.others) == (group.id, 1, 0)


def test_nobody_of_another_therapist_can_be_chosen(app: Flask) -> None:
    with app.app_context():
        house = a_house()
        therapist, foreign = somebody(house), a_case(somebody(house)).member
        assert groups.candidates(therapist.actor, chosen=[foreign.id]) == Choice((), (), more=False)
        with pytest.raises(Problem) as refused:
            a_group(therapist, a_case(therapist).member, foreign)
        assert refused.value.kind == "missing"
        assert groups.groups(therapist.actor) == []


def test_a_family_without_an_open_episode_is_refused_by_name(app: Flask) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        case = a_case(therapist)
        episodes.close_episode(therapist.actor, case.episode.id, today(), "planned")
        assert groups.candidates(therapist.actor).offered == ()
        with pytest.raises(Problem) as refused:
            a_group(therapist, case.member)
    assert refused.value.fields == {"members": "Maria har ikke et åbent forløb. Åbn et først."}


@pytest.mark.parametrize(
    ("name", "days", "field"), [(" ", 0, "name"), ("Gruppen", -1, "held_on"), ("Gruppen", 2_000, "held_on")]
)
def test_a_mistaken_meeting_is_refused_at_its_field(app: Flask, name: str, days: int, field: str) -> None:
    with app.app_context():
        therapist = somebody(a_house())
        member = a_case(therapist).member
        with pytest.raises(Problem) as refused:
            groups.create_group(therapist.actor, name, today() - timedelta(days=days), [member.id])
    assert set(refused.value.fields) == {field}


def test_a_meeting_of_nobody_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(Problem) as refused:
        a_group(somebody(a_house()))
    assert refused.value.fields == {"members": "Vælg mindst én, der er med i gruppen."}
