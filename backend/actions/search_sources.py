"""Holds where the search looks: each kind of text, how its row belongs to a family, and in which order it is told."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Dialect, Select, Text, TypeDecorator, cast

from backend.models import (
    Episode,
    Event,
    Family,
    FamilyWords,
    FollowUp,
    Goal,
    GroupMeeting,
    Handover,
    Member,
    Rater,
    TherapySession,
)

Column = Any


class OpinionWords(TypeDecorator[str]):
    """What the members said of an event, out of the JSON that holds it; a row may say more than its words.

    JSON writes some signs in its own way, so that anything may stand in their place where words are looked for.
    """

    impl, cache_ok = Text, True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value and re.sub(r'\\\\|"|[^\x00-\x7f]+', "%", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        return " · ".join(one["words"] for one in json.loads(value or "[]") if one["words"])


@dataclass(frozen=True)
class Source:
    """One kind of text: its row and columns, what joins it to its family, and whether words or days find it.

    `in_force` leaves out what was taken back.
    """

    kind: str
    row: Any
    texts: tuple[Column, ...]
    joins: tuple[tuple[Any, Column], ...]
    order: tuple[Column, ...]
    whom: Column | None = None
    on: Column | None = None
    episode_id: Column | None = None
    session_id: Column | None = None
    group_id: Column | None = None
    by_words: bool = True
    by_day: bool = False
    outer: tuple[Any, Column] | None = None
    in_force: Column | None = None

    def joined(self, statement: Select[Any]) -> Select[Any]:
        """Gives a statement with the joins that lead to the family, of what is in force."""
        for row, condition in self.joins:
            statement = statement.join(row, condition)
        if self.outer is not None:
            statement = statement.outerjoin(*self.outer)
        return statement if self.in_force is None else statement.where(self.in_force)


def _owned(row: Any, column: Column, other: Any) -> tuple[Any, Column]:
    return other, (other.agency_id == row.agency_id) & (other.id == column)


def _of_episode(row: Any) -> tuple[tuple[Any, Column], ...]:
    return _owned(row, row.episode_id, Episode), _owned(Episode, Episode.family_id, Family)


def _of_session(row: Any) -> tuple[tuple[Any, Column], ...]:
    return _owned(row, row.session_id, TherapySession), *_of_episode(TherapySession)


def _about_member(row: Any) -> tuple[Any, Column]:
    return _owned(row, row.member_id, Member)


SOURCES: Final[Sequence[Source]] = (
    Source("family", Family, (Family.alias,), (), (Family.alias,)),
    Source(
        "member",
        Member,
        (Member.alias,),
        (_owned(Member, Member.family_id, Family),),
        (Member.alias, Family.alias),
    ),
    Source(
        "rater",
        Rater,
        (Rater.alias,),
        (*_of_episode(Rater), _about_member(Rater)),
        (Rater.alias, Family.alias),
        whom=Member.alias,
        episode_id=Rater.episode_id,
    ),
    Source(
        "follow_up",
        FollowUp,
        (FollowUp.words, FollowUp.agreed),
        _of_episode(FollowUp),
        (FollowUp.due_on.desc(),),
        whom=Member.alias,
        on=FollowUp.due_on,
        episode_id=FollowUp.episode_id,
        by_day=True,
        outer=_about_member(FollowUp),
        in_force=FollowUp.state != "withdrawn",
    ),
    Source(
        "goal",
        Goal,
        (Goal.words,),
        _of_episode(Goal),
        (Goal.since.desc(),),
        whom=Member.alias,
        on=Goal.since,
        episode_id=Goal.episode_id,
        outer=_about_member(Goal),
    ),
    Source(
        "event",
        Event,
        (Event.name, Event.reason, cast(Event.agreement, OpinionWords)),
        _of_episode(Event),
        (Event.since.desc(),),
        whom=Member.alias,
        on=Event.since,
        episode_id=Event.episode_id,
        by_day=True,
        outer=_about_member(Event),
        in_force=Event.withdrawn_at.is_(None),
    ),
    Source(
        "handover",
        Handover,
        (Handover.helped,),
        _of_episode(Handover),
        (Handover.on.desc(),),
        on=Handover.on,
        episode_id=Handover.episode_id,
        by_day=True,
    ),
    Source(
        "words",
        FamilyWords,
        (FamilyWords.words,),
        (*_of_session(FamilyWords), _about_member(FamilyWords)),
        (TherapySession.held_on.desc(),),
        whom=Member.alias,
        on=TherapySession.held_on,
        session_id=FamilyWords.session_id,
    ),
    Source(
        "note",
        TherapySession,
        (TherapySession.note,),
        _of_episode(TherapySession),
        (TherapySession.held_on.desc(),),
        on=TherapySession.held_on,
        session_id=TherapySession.id,
    ),
    Source(
        "session",
        TherapySession,
        (),
        _of_episode(TherapySession),
        (TherapySession.held_on.desc(), TherapySession.number.desc()),
        on=TherapySession.held_on,
        session_id=TherapySession.id,
        by_words=False,
        by_day=True,
    ),
    Source(
        "group",
        GroupMeeting,
        (GroupMeeting.name,),
        (
            (
                TherapySession,
                (TherapySession.agency_id == GroupMeeting.agency_id) & (TherapySession.group_id == GroupMeeting.id),
            ),
            *_of_episode(TherapySession),
        ),
        (GroupMeeting.held_on.desc(), GroupMeeting.name),
        on=GroupMeeting.held_on,
        group_id=GroupMeeting.id,
        by_day=True,
    ),
)
