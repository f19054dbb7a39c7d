"""Holds how an invented episode becomes rows: raters, goals, sessions and answers as if they had been handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from backend.actions.responses import Submission
from backend.clock import DENMARK
from backend.demo.invented import InventedAnswer, InventedEpisode, InventedSession
from backend.demo.rows import Home, Rows
from backend.instruments import Pack, form_for, packs
from backend.models import (
    Episode,
    EpisodeMember,
    Event,
    Goal,
    GroupMeeting,
    Presence,
    Rater,
    Response,
    TherapySession,
)
from backend.scoring import OPEN_REFERENCE, SCORING_VERSION, age_group, age_on, score_tenths, total_tenths

LENGTH: Final = timedelta(hours=1)
NOON: Final = time(12)
LANGUAGE: Final = "da"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session belongs: its episode, its number in it, and whose ids the counting stands for."""

    episode_id: UUID
    number: int
    member_ids: Sequence[UUID]
    rater_ids: Sequence[UUID]
    goal_ids: Sequence[UUID]


def add_episode(rows: Rows, home: Home, episode: InventedEpisode) -> None:
    """Adds an episode of a family with everything in it."""
    episode_id = rows.add(
        Episode,
        family_id=home.family_id,
        programme=episode.programme,
        opened_on=episode.opened_on,
        closed_on=episode.closed_on,
        close_reason=episode.close_reason,
        course_id=OPEN_REFERENCE.id,
        course_version=OPEN_REFERENCE.version,
    )
    rater_ids = [
        rows.add(
            Rater,
            episode_id=episode_id,
            member_id=home.member_ids[rater.member],
            relation=rater.relation,
            alias=rater.alias,
        )
        for rater in episode.raters
    ]
    goal_ids = _goals(rows, home, episode_id, episode)
    _freeze_groups(rows, home, episode_id, episode)
    _changes(rows, home, episode_id, episode)
    for number, held in enumerate(episode.sessions, start=1):
        place = Place(episode_id, number, home.member_ids, rater_ids, goal_ids)
        _session(rows, home, place, held, _ages(home, episode))


def _ages(home: Home, episode: InventedEpisode) -> list[int]:
    """Gives how old everybody was when the episode was opened, by which the forms were chosen. Unit: whole years."""
    return [age_on(member.birth_month, episode.opened_on) for member in home.family.members]


def _goals(rows: Rows, home: Home, episode_id: UUID, episode: InventedEpisode) -> list[UUID]:
    """Adds the goals of an episode, each after the one whose words it replaces."""
    goal_ids: list[UUID] = []
    for goal in episode.goals:
        goal_id = rows.add(
            Goal,
            family_id=home.family_id,
            episode_id=episode_id,
            member_id=None if goal.member is None else home.member_ids[goal.member],
            level=goal.level,
            words=goal.words,
            aim=goal.aim,
            since=goal.since,
            until=goal.until,
            replaces_id=None if goal.replaces is None else goal_ids[goal.replaces],
            written_by=home.staff_id,
            created_at=datetime.combine(goal.since, NOON, DENMARK),
        )
        goal_ids.append(goal_id)
    return goal_ids


def _changes(rows: Rows, home: Home, episode_id: UUID, episode: InventedEpisode) -> None:
    for event in episode.events:
        rows.add(
            Event,
            episode_id=episode_id,
            member_id=None if event.member is None else home.member_ids[event.member],
            kind=event.kind,
            type_id=rows.types[event.type] if event.type else None,
            name=event.name,
            since=event.since,
            until=event.until,
            reason=event.reason,
            agreement=[
                {"member_id": str(home.member_ids[who]), "agrees": agrees, "words": words}
                for who, (agrees, words) in event.agreement.items()
            ],
            written_by=home.staff_id,
            created_at=datetime.combine(event.since, NOON, DENMARK),
        )


def _freeze_groups(rows: Rows, home: Home, episode_id: UUID, episode: InventedEpisode) -> None:
    frozen: set[int] = set()
    for held in episode.sessions:
        for answer in held.answers:
            scored = answer.marks and packs()[answer.instrument].kind == "outcome"
            if scored and answer.member not in frozen:
                frozen.add(answer.member)
                age = age_on(home.family.members[answer.member].birth_month, held.held_on)
                rows.add(
                    EpisodeMember,
                    episode_id=episode_id,
                    member_id=home.member_ids[answer.member],
                    cutoff_group=age_group(age).value,
                    frozen_on=held.held_on,
                )


def _session(rows: Rows, home: Home, place: Place, held: InventedSession, ages: Sequence[int]) -> None:
    begins = datetime.combine(held.held_on, held.begins, DENMARK)
    session_id = rows.add(
        TherapySession,
        episode_id=place.episode_id,
        number=place.number,
        held_on=held.held_on,
        kind=held.kind,
        note="",
        ended_at=min(begins + LENGTH, rows.moment) if held.ended else None,
        group_id=_group(rows, home, held, begins) if held.group else None,
    )
    for member in held.present:
        rows.add(
            Presence,
            session_id=session_id,
            member_id=place.member_ids[member],
            start_form=form_for("start", ages[member]).id,
            end_form=form_for("end", ages[member], "group" if held.group else "individual").id,
        )
    for answer in held.answers:
        spoken = home.family.members[answer.member].language if answer.rater is None else LANGUAGE
        at = min(begins + timedelta(minutes=answer.minute), rows.moment)
        rows.add(Response, **response_values(place, session_id, answer, spoken, at))


def _group(rows: Rows, home: Home, held: InventedSession, begins: datetime) -> UUID:
    """Gives the meeting of a group by its name, made by the therapist of the first family in it."""
    if held.group not in rows.groups:
        made = {"name": held.group, "held_on": held.held_on, "created_by": home.staff_id, "created_at": begins}
        rows.groups[held.group] = rows.add(GroupMeeting, **made)
    return rows.groups[held.group]


def response_values(
    place: Place, session_id: UUID, answer: InventedAnswer, language: str, received_at: datetime
) -> dict[str, Any]:
    """Gives the columns of one response, the same as if it had been handed in; scores and total are computed here."""
    form = packs()[answer.instrument]
    marks = _marks(form, place, answer)
    skipped = answer.skipped_reason is not None
    submission = Submission(
        id=uuid4(),
        session_id=session_id,
        member_id=place.member_ids[answer.member],
        rater_id=None if answer.rater is None else place.rater_ids[answer.rater],
        instrument=form.id,
        version=form.version,
        language=language if language in form.languages and not skipped else LANGUAGE,
        marks=marks,
        skipped_reason=answer.skipped_reason,
        capture=answer.capture,
        answers=answer.answers,
        anonymous=answer.anonymous,
        wave=answer.wave,
    )
    return {
        **vars(submission),
        "episode_id": place.episode_id,
        "supersedes_id": None,
        "curve": form.family,
        "scores": {item: score_tenths(mark) for item, mark in marks.items()},
        "total": total_tenths(list(marks.values())) if marks and form.on_curve else None,
        "scoring_version": SCORING_VERSION,
        "digest": submission.digest,
        "received_at": received_at,
    }


def _marks(form: Pack, place: Place, answer: InventedAnswer) -> dict[str, int]:
    """Gives the marks by what they are on: the form's lines, or the family's goals."""
    if not answer.marks:
        return {}
    lines = [item.id for item in form.items if item.type == "line"]
    goals = [str(place.goal_ids[goal]) for goal in answer.goals]
    return dict(zip(goals or lines, answer.marks, strict=True))
