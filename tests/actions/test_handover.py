"""Tests of handing an episode over: whose access ends when, whose begins, who may do it, and every refusal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from backend.actions import agencies, episodes, families, handover, sessions, supervision
from backend.actions.caseload import team_caseload
from backend.actions.overview import episode_view
from backend.actions.team import team_view
from backend.clock import today
from backend.database import transaction
from backend.models import Family, FamilyTherapist, Handover, Staff, SupervisionCase
from backend.problems import Problem
from tests.factories import Case, House, Person, a_case, a_house, a_session, somebody

ONE_DAY = timedelta(days=1)
TOMORROW = today() + ONE_DAY


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    with app.app_context():
        yield a_house(licensed=False)


@pytest.fixture
def case(house: House) -> Case:
    return a_case(somebody(house))


def sees(person: Person, case: Case) -> bool:
    """Says whether somebody can open the episode, by a login that was open all the time."""
    try:
        episode_view(person.again(), case.episode.id)
    except Problem as problem:
        return problem.kind != "missing"
    return True


def give(case: Case, to: Person, days: int = 0, helped: str = "") -> None:
    handover.hand_over_episode(
        case.therapist.actor, case.episode.id, to.actor.staff_id, today() + timedelta(days=days), helped
    )


def later(case: Case, days: int) -> None:
    """Lets days pass for the family and those who have it."""
    with transaction(case.therapist.actor.agency_id) as session:
        family = session.get_one(Family, (case.therapist.actor.agency_id, case.family.id))
        family.moves_on = family.moves_on and family.moves_on - timedelta(days=days)
        for handed in session.scalars(select(Handover).where(Handover.episode_id == case.episode.id)):
            handed.on -= timedelta(days=days)
        for row in session.scalars(select(FamilyTherapist).where(FamilyTherapist.family_id == case.family.id)):
            row.since -= timedelta(days=days)
            row.until = row.until and row.until - timedelta(days=days)


def refused(case: Case, to_id: UUID, days: int = 0, helped: str = "", by: Person | None = None) -> Problem:
    with pytest.raises(Problem) as told:
        handover.hand_over_episode(
            (by or case.therapist).actor, case.episode.id, to_id, today() + timedelta(days=days), helped
        )
    return told.value


def test_from_today_the_old_one_s_access_ends_at_once_and_the_next_has_it(house: House, case: Case) -> None:
    following = somebody(house)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    give(case, following, helped="At tegne familiekortet 🙂")
    assert (sees(case.therapist, case), sees(following, case)) == (False, True)
    assert families.my_families(case.therapist.again()) == []
    (told,) = handover.handover_plan(following.again(), case.episode.id).handovers
    assert (told.from_name, told.to_name, told.on, told.planned) == ("Anne Krog", "Anne Krog", today(), False)
    assert told.helped == "At tegne familiekortet 🙂"


def test_from_a_day_to_come_the_old_one_has_it_to_the_day_before(house: House, case: Case) -> None:
    following = somebody(house)
    give(case, following, days=2)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    later(case, 1)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    later(case, 1)
    assert (sees(case.therapist, case), sees(following, case)) == (False, True)


def test_the_change_of_therapist_is_on_the_time_axis(house: House, case: Case) -> None:
    following = somebody(house)
    give(case, following)
    (row,) = episode_view(following.again(), case.episode.id).events
    assert (row.kind, row.name, row.since, row.handover) == ("authority", "ny behandler", today(), True)


def test_it_can_go_back_to_whoever_had_it_before(house: House, case: Case) -> None:
    following = somebody(house)
    give(case, following)
    handover.hand_over_episode(following.again(), case.episode.id, case.therapist.actor.staff_id, TOMORROW, "")
    assert not sees(case.therapist, case)
    later(case, 1)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)


def test_a_second_therapist_of_the_family_takes_over_and_goes_on_having_it(house: House, case: Case) -> None:
    second = somebody(house)
    with transaction(house.agency_id) as session:
        session.add(FamilyTherapist(family_id=case.family.id, staff_id=second.actor.staff_id, since=today()))
    give(case, second, days=5)
    assert (sees(case.therapist, case), sees(second, case)) == (True, True)
    later(case, 5)
    assert (sees(case.therapist, case), sees(second, case)) == (False, True)


def beside(house: House, name: str) -> House:
    """Gives a house's other team."""
    return House(house.agency_id, agencies.add_team(house.agency_id, name).id)


def counts(leader: Person) -> tuple[int, int, int]:
    """Says how many families, open episodes and held sessions a leader's own team has."""
    view = team_view(leader.again(), 6)
    assert view is not None
    episodes_of_all = sum(load.episodes for load in view.loads)
    return len(team_caseload(leader.again()).rows), episodes_of_all, view.coverage[0].whole.held


def test_the_family_follows_to_the_team_of_the_next(house: House, case: Case) -> None:
    west = beside(house, "Team Vest")
    leader, theirs = somebody(house, "leader"), somebody(west, "leader")
    assert (sees(leader, case), sees(theirs, case)) == (True, False)
    give(case, somebody(west))
    assert (sees(leader, case), sees(theirs, case)) == (False, True)


def test_from_a_day_to_come_the_family_and_its_numbers_are_in_the_old_team_to_the_day_before(
    house: House, case: Case
) -> None:
    west = beside(house, "Team Vest")
    leader, theirs = somebody(house, "leader"), somebody(west, "leader")
    a_session(case, today() - ONE_DAY)
    give(case, somebody(west), days=2)
    for _ in range(2):
        assert (sees(leader, case), sees(theirs, case)) == (True, False)
        assert (counts(leader), counts(theirs)) == ((1, 1, 1), (0, 0, 0))
        later(case, 1)
    assert (sees(leader, case), sees(theirs, case)) == (False, True)
    assert (counts(leader), counts(theirs)) == ((0, 0, 0), (1, 1, 1))


def test_a_family_that_has_moved_on_its_day_moves_from_there(house: House, case: Case) -> None:
    west, north = beside(house, "Team Vest"), beside(house, "Team Nord")
    leader, theirs, last = (somebody(team, "leader") for team in (house, west, north))
    second = somebody(west)
    give(case, second, days=1)
    later(case, 1)
    to_north = somebody(north).actor.staff_id
    handover.hand_over_episode(second.again(), case.episode.id, to_north, TOMORROW, "")
    assert [sees(one, case) for one in (leader, theirs, last)] == [False, True, False]
    later(case, 1)
    assert [sees(one, case) for one in (leader, theirs, last)] == [False, False, True]


def test_a_question_for_supervision_is_the_team_s_that_has_the_family_that_day(house: House, case: Case) -> None:
    west = beside(house, "Team Vest")
    give(case, somebody(west), days=1)
    supervision.ask(case.therapist.actor, case.episode.id, case.member.id, "Hvad nu?")
    with transaction(house.agency_id) as session:
        assert session.scalars(select(SupervisionCase.team_id)).one() == house.team_id


def test_a_next_one_without_a_team_leaves_the_family_where_it_is(house: House, case: Case) -> None:
    leader, alone = somebody(house, "leader"), somebody(house)
    with transaction(house.agency_id) as session:
        session.get_one(Staff, (house.agency_id, alone.actor.staff_id)).team_id = None
    give(case, alone)
    assert sees(leader, case)


def test_a_leader_does_it_for_a_family_of_the_team(house: House, case: Case) -> None:
    leader, following = somebody(house, "leader"), somebody(house)
    handover.hand_over_episode(leader.actor, case.episode.id, following.actor.staff_id, today(), "")
    assert (sees(case.therapist, case), sees(following, case)) == (False, True)


def test_a_leader_says_from_whom_when_two_have_the_family(house: House, case: Case) -> None:
    leader, second, following = somebody(house, "leader"), somebody(house), somebody(house)
    with transaction(house.agency_id) as session:
        session.add(FamilyTherapist(family_id=case.family.id, staff_id=second.actor.staff_id, since=today()))
    assert set(refused(case, following.actor.staff_id, by=leader).fields) == {"from_id"}
    plan = handover.handover_plan(leader.actor, case.episode.id)
    assert {one.id for one in plan.now} == {case.therapist.actor.staff_id, second.actor.staff_id}
    handover.hand_over_episode(
        leader.actor, case.episode.id, following.actor.staff_id, today(), "", second.actor.staff_id
    )
    assert (sees(case.therapist, case), sees(second, case), sees(following, case)) == (True, False, True)


def test_a_leader_who_has_the_family_gives_it_from_that_hand(house: House) -> None:
    leader, following = somebody(house, "leader"), somebody(house)
    own = a_case(leader)
    give(own, following)
    assert sees(following, own)
    with transaction(house.agency_id) as session:
        ended = select(FamilyTherapist.until).where(FamilyTherapist.staff_id == leader.actor.staff_id)
        assert session.scalar(ended) == today() - timedelta(days=1)


def test_nobody_hands_over_to_oneself_or_to_who_cannot_have_a_family(house: House, case: Case) -> None:
    away = somebody(house)
    with transaction(house.agency_id) as session:
        session.execute(update(Staff).where(Staff.id == away.actor.staff_id).values(active=False))
    elsewhere = somebody(a_house(licensed=False))
    assert "ikke selv overtage" in refused(case, case.therapist.actor.staff_id).fields["to_id"]
    others = (away, elsewhere, somebody(house, "admin"), somebody(house, "evaluator"))
    answers = {str(refused(case, one.actor.staff_id).fields) for one in others} | {str(refused(case, uuid4()).fields)}
    assert answers == {str({"to_id": "Vælg en fra listen."})}
    assert sees(case.therapist, case)
    offered = {one.id for one in handover.handover_plan(case.therapist.actor, case.episode.id).others}
    assert not offered & {one.actor.staff_id for one in (*others, case.therapist)}


@pytest.mark.parametrize(("days", "helped", "field"), [(-1, "", "on"), (91, "", "on"), (0, "x" * 2_001, "helped")])
def test_a_day_gone_or_far_away_and_words_too_long_are_refused(
    house: House, case: Case, days: int, helped: str, field: str
) -> None:
    told = refused(case, somebody(house).actor.staff_id, days, helped)
    assert (told.kind, set(told.fields)) == ("invalid", {field})


def test_a_planned_one_is_undone_before_another_is_made(house: House, case: Case) -> None:
    following, other = somebody(house), somebody(house)
    give(case, following, days=3)
    assert refused(case, other.actor.staff_id).kind == "conflict"
    handover.undo_handover(case.therapist.actor, case.episode.id)
    assert handover.handover_plan(case.therapist.actor, case.episode.id).handovers == ()
    later(case, 3)
    assert (sees(case.therapist, case), sees(following, case)) == (True, False)
    with pytest.raises(Problem, match="conflict"):
        handover.undo_handover(case.therapist.actor, case.episode.id)


def test_undoing_leaves_the_family_in_its_own_team(house: House, case: Case) -> None:
    west = beside(house, "Team Vest")
    second, leader, theirs = somebody(west), somebody(house, "leader"), somebody(west, "leader")
    with transaction(house.agency_id) as session:
        session.add(FamilyTherapist(family_id=case.family.id, staff_id=second.actor.staff_id, since=today()))
    to_west = somebody(west).actor.staff_id
    handover.hand_over_episode(second.again(), case.episode.id, to_west, TOMORROW, "")
    handover.undo_handover(case.therapist.actor, case.episode.id)
    later(case, 1)
    assert (sees(leader, case), sees(theirs, case)) == (True, False)


def test_undoing_leaves_a_second_therapist_as_it_was(house: House, case: Case) -> None:
    second = somebody(house)
    with transaction(house.agency_id) as session:
        session.add(FamilyTherapist(family_id=case.family.id, staff_id=second.actor.staff_id, since=today()))
    give(case, second, days=3)
    handover.undo_handover(case.therapist.actor, case.episode.id)
    assert (sees(case.therapist, case), sees(second, case)) == (True, True)


def test_the_last_note_goes_with_it(case: Case) -> None:
    assert handover.handover_plan(case.therapist.actor, case.episode.id).last_note == ""
    for note in ("Første", "Husk nøglen"):
        sessions.write_note(case.therapist.actor, a_session(case).id, note)
    assert handover.handover_plan(case.therapist.actor, case.episode.id).last_note == "Husk nøglen"


def test_a_foreign_and_a_closed_episode_are_not_handed_over(house: House, case: Case) -> None:
    stranger = somebody(a_house(licensed=False))
    assert refused(case, stranger.actor.staff_id, by=stranger).kind == "missing"
    episodes.close_episode(case.therapist.actor, case.episode.id, today(), "planned")
    assert refused(case, somebody(house).actor.staff_id).kind == "closed"
