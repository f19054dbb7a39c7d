"""Holds how invented families become rows, in bulk and in the shape that the use cases write; it commits nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from backend.actions.responses import Submission
from backend.clock import DENMARK, now
from backend.demo.invented import InventedAnswer, InventedEpisode, InventedFamily, InventedSession
from backend.instruments import packs
from backend.models import (
    Episode,
    EpisodeMember,
    Family,
    FamilyTherapist,
    Member,
    Owned,
    Presence,
    Rater,
    Response,
    TherapySession,
)
from backend.scoring import OPEN_REFERENCE, SCORING_VERSION, age_group, age_on, score_tenths, total_tenths

AT_A_TIME: Final = 100  # families
IN_ORDER: Final = (
    Family,
    FamilyTherapist,
    Member,
    Episode,
    EpisodeMember,
    Rater,
    TherapySession,
    Presence,
    Response,
)
LENGTH: Final = timedelta(hours=1)
LANGUAGE: Final = "da"


@dataclass(frozen=True, slots=True)
class Crew:
    """The staff that families are given to: each therapist's id and team."""

    staff_ids: Sequence[UUID]
    team_ids: Sequence[UUID]


@dataclass
class Rows:
    """The rows of one agency that wait to be inserted, and how many have been."""

    agency_id: UUID
    moment: datetime = field(default_factory=now)
    waiting: dict[type[Owned], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    inserted: int = 0

    def add(self, model: type[Owned], **values: Any) -> UUID:
        """Adds one row and gives its id."""
        row_id: UUID = values.setdefault("id", uuid4())
        self.waiting[model].append({"agency_id": self.agency_id, **values})
        return row_id

    def insert(self, session: Session, models: Iterable[type[Owned]]) -> None:
        """Inserts what waits, table by table in the order given."""
        for model in models:
            rows = self.waiting.pop(model, [])
            if rows:
                session.execute(insert(model), rows, execution_options={"render_nulls": True})
            self.inserted += len(rows)


def load(session: Session, agency_id: UUID, crew: Crew, families: Iterable[InventedFamily]) -> int:
    """Inserts families with everything they have answered, and gives the number of rows."""
    rows, left = Rows(agency_id), iter(families)
    while batch := list(islice(left, AT_A_TIME)):
        for family in batch:
            _family(rows, crew, family)
        rows.insert(session, IN_ORDER)
    return rows.inserted


def _family(rows: Rows, crew: Crew, family: InventedFamily) -> None:
    since, own = family.episodes[0].opened_on, family.therapists[0]
    family_id = rows.add(Family, team_id=crew.team_ids[own], alias=family.alias, created_on=since)
    for therapist in family.therapists:
        staff_id = crew.staff_ids[therapist]
        rows.add(FamilyTherapist, family_id=family_id, staff_id=staff_id, since=since, until=None)
    member_ids = [
        rows.add(
            Member,
            family_id=family_id,
            alias=member.alias,
            birth_month=member.birth_month,
            place=member.place,
            language=member.language,
        )
        for member in family.members
    ]
    for episode in family.episodes:
        _episode(rows, family, family_id, member_ids, episode)


def _episode(
    rows: Rows, family: InventedFamily, family_id: UUID, member_ids: Sequence[UUID], episode: InventedEpisode
) -> None:
    episode_id = rows.add(
        Episode,
        family_id=family_id,
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
            member_id=member_ids[rater.member],
            relation=rater.relation,
            alias=rater.alias,
        )
        for rater in episode.raters
    ]
    _freeze_groups(rows, family, episode_id, member_ids, episode)
    for number, held in enumerate(episode.sessions, start=1):
        _session(rows, family, Place(episode_id, number, member_ids, rater_ids), held)


def _freeze_groups(
    rows: Rows, family: InventedFamily, episode_id: UUID, member_ids: Sequence[UUID], episode: InventedEpisode
) -> None:
    frozen: set[int] = set()
    for held in episode.sessions:
        for answer in held.answers:
            scored = answer.marks and packs()[answer.instrument].kind == "outcome"
            if scored and answer.member not in frozen:
                frozen.add(answer.member)
                age = age_on(family.members[answer.member].birth_month, held.held_on)
                rows.add(
                    EpisodeMember,
                    episode_id=episode_id,
                    member_id=member_ids[answer.member],
                    cutoff_group=age_group(age).value,
                    frozen_on=held.held_on,
                )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a session belongs: its episode, its number in it, and whose ids the counting stands for."""

    episode_id: UUID
    number: int
    member_ids: Sequence[UUID]
    rater_ids: Sequence[UUID]


def _session(rows: Rows, family: InventedFamily, place: Place, held: InventedSession) -> None:
    begins = datetime.combine(held.held_on, held.begins, DENMARK)
    session_id = rows.add(
        TherapySession,
        episode_id=place.episode_id,
        number=place.number,
        held_on=held.held_on,
        kind=held.kind,
        note="",
        ended_at=min(begins + LENGTH, rows.moment) if held.ended else None,
    )
    for member in held.present:
        rows.add(Presence, session_id=session_id, member_id=place.member_ids[member], start_form="ors", end_form="srs")
    for answer in held.answers:
        spoken = family.members[answer.member].language if answer.rater is None else LANGUAGE
        at = min(begins + timedelta(minutes=answer.minute), rows.moment)
        rows.add(Response, **response_values(place, session_id, answer, spoken, at))


def response_values(
    place: Place, session_id: UUID, answer: InventedAnswer, language: str, received_at: datetime
) -> dict[str, Any]:
    """Gives the columns of one response, the same as if it had been handed in; scores and total are computed here."""
    form = packs()[answer.instrument]
    marks = dict(zip((item.id for item in form.items), answer.marks, strict=True)) if answer.marks else {}
    spoken = language if language in form.languages and marks else LANGUAGE
    rater_id = None if answer.rater is None else place.rater_ids[answer.rater]
    submission = Submission(
        uuid4(),
        session_id,
        place.member_ids[answer.member],
        rater_id,
        form.id,
        form.version,
        spoken,
        marks,
        answer.skipped_reason,
        answer.capture,
    )
    return {
        **vars(submission),
        "episode_id": place.episode_id,
        "supersedes_id": None,
        "curve": form.family,
        "scores": {item: score_tenths(mark) for item, mark in marks.items()},
        "total": total_tenths(list(marks.values())) if marks else None,
        "scoring_version": SCORING_VERSION,
        "digest": submission.digest,
        "received_at": received_at,
    }
