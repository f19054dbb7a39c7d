"""Holds what staff do with the changes in an episode: write, replace, withdraw; a change is never edited in its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.actions import checks
from backend.actions.acting import acting
from backend.actions.finding import find_open_episode
from backend.clock import now, today
from backend.models import Episode, Event, InterventionType, Member
from backend.problems import Problem, Sentence, invalid, missing
from backend.security.actor import Actor
from backend.security.audit import wait_for_chain
from backend.vocabulary import EVENT_KINDS

LONGEST, LONGEST_NAME = 2_000, 40
AHEAD = timedelta(days=366)
CHANGED = Sentence("Ændringen er rettet imens. Hent siden igen, og se efter.")
FROM_LIST = Sentence("Vælg en fra listen.")


@dataclass(frozen=True)
class Opinion:
    """What one member thinks of a change; `words` are verbatim and may be none."""

    member_id: UUID
    agrees: bool
    words: str = ""


@dataclass(frozen=True)
class Change:
    """What staff write about a change; an intervention has a type, and without a name it takes the type's."""

    kind: str
    name: str
    since: date
    until: date | None = None
    reason: str = ""
    type_id: UUID | None = None
    member_id: UUID | None = None
    agreement: Sequence[Opinion] = ()


def write_event(actor: Actor, episode_id: UUID, change: Change) -> Event:
    """Writes a change down; the very same again adds nothing. Errors: `missing`, `closed`, `invalid` by field."""
    with acting(actor, "event.write") as act:
        wait_for_chain(act.session, actor.agency_id)
        episode = find_open_episode(act.session, actor, episode_id)
        values = _checked(act.session, episode, change)
        mine = select(Event).where(Event.episode_id == episode.id, Event.withdrawn_at.is_(None))
        same = next((event for event in act.session.scalars(mine) if _says(event, values)), None)
        event = same or act.add(_new(actor, episode, values))
        act.witness(event.id, event.member_id)
        return event


def replace_event(actor: Actor, event_id: UUID, change: Change) -> Event:
    """Puts a change in another's place, which stays as its history; the very same words change nothing.

    Errors: `missing`, `closed`, `invalid` by field, `conflict` when it was replaced or withdrawn meanwhile.
    """
    with acting(actor, "event.replace") as act:
        wait_for_chain(act.session, actor.agency_id)
        old, episode = _found(act.session, actor, event_id)
        values = _checked(act.session, episode, change, old.type_id)
        newest = act.session.scalars(select(Event).where(Event.replaces_id == old.id)).one_or_none() or old
        if not _says(newest, values):
            if old.withdrawn_at is not None:
                raise Problem("conflict", CHANGED)
            old.withdrawn_at = now()
            newest = act.add(_new(actor, episode, values | {"replaces_id": old.id}))
        act.witness(newest.id, newest.member_id)
        return newest


def withdraw_event(actor: Actor, event_id: UUID) -> None:
    """Takes a change off the time axis; it stays among those that were withdrawn. Errors: `missing`, `conflict`."""
    with acting(actor, "event.withdraw") as act:
        wait_for_chain(act.session, actor.agency_id)
        event, _ = _found(act.session, actor, event_id)
        if act.session.scalar(select(Event.id).where(Event.replaces_id == event.id)) is not None:
            raise Problem("conflict", CHANGED)
        event.withdrawn_at = event.withdrawn_at or now()
        act.witness(event.id, event.member_id)


def _found(session: Session, actor: Actor, event_id: UUID) -> tuple[Event, Episode]:
    event = session.get(Event, (actor.agency_id, event_id))
    if event is None:
        raise missing()
    return event, find_open_episode(session, actor, event.episode_id)


def _new(actor: Actor, episode: Episode, values: dict[str, Any]) -> Event:
    return Event(episode_id=episode.id, written_by=actor.staff_id, created_at=now(), **values)


def _says(event: Event, values: dict[str, Any]) -> bool:
    return all(getattr(event, name) == value for name, value in values.items())


def _checked(session: Session, episode: Episode, change: Change, kept: UUID | None = None) -> dict[str, Any]:
    """Gives the columns of a change; `kept` is a type that it may keep although it is not used any more."""
    kind = checks.choice("kind", change.kind, EVENT_KINDS)
    members = set(session.scalars(select(Member.id).where(Member.family_id == episode.family_id)))
    asked = {change.member_id} - {None} | {one.member_id for one in change.agreement}
    if not asked <= members:
        raise missing()
    type_ = _type(session, change.type_id, kept) if kind == "intervention" else None
    name = checks.text("name", change.name, LONGEST_NAME, required=type_ is None)
    since, until = _days(episode, change)
    return {
        "kind": kind,
        "name": name or str(type_ and type_.name).partition(" (")[0][:LONGEST_NAME],
        "since": since,
        "until": until,
        "reason": verbatim("reason", change.reason),
        "type_id": type_.id if type_ else None,
        "member_id": change.member_id,
        "agreement": [_stored(one) for one in change.agreement],
    }


def _type(session: Session, type_id: UUID | None, kept: UUID | None) -> InterventionType:
    found = session.scalars(select(InterventionType).where(InterventionType.id == type_id)).one_or_none()
    if found is None or not (found.active or found.id == kept):
        raise invalid(type_id=FROM_LIST)
    return found


def _days(episode: Episode, change: Change) -> tuple[date, date | None]:
    """Gives the days when they can be: none before the opening, only a pause and an end in the year to come."""
    if change.kind == "pause" and today() < change.since <= today() + AHEAD:
        since = change.since
    else:
        since = checks.day("since", change.since, earliest=episode.opened_on)
    if change.kind == "pause" and change.until is None:
        raise invalid(until=Sentence("En pause har en slutdag. Skriv den, I regner med; den kan rettes."))
    if change.until is not None and change.until < since:
        raise invalid(until=Sentence("Slutdagen ligger før begyndelsen. Ret en af dem."))
    if change.until is not None and change.until > today() + AHEAD:
        raise invalid(until=Sentence("Slutdagen ligger over et år ude i fremtiden. Er årstallet rigtigt?"))
    return since, change.until


def _stored(one: Opinion) -> dict[str, Any]:
    words = verbatim(f"words-{one.member_id}", one.words)
    return {"member_id": str(one.member_id), "agrees": one.agrees, "words": words}


def verbatim(field: str, words: str) -> str:
    """Gives words as they were typed, at most 2 000 characters, line ends made alike; none are fine."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return checks.text(field, words, LONGEST, required=False)
