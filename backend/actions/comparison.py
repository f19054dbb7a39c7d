"""Holds the comparison for a network talk: one member's own marks beside others' of the same session; no pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from backend.actions.acting import acting
from backend.actions.families import Person
from backend.actions.finding import find_episode, find_member
from backend.actions.trajectories import Answer, answers_in
from backend.instruments import Pack, pack
from backend.models import Family, Rater, TherapySession
from backend.problems import missing
from backend.security.actor import Actor

DIFFERENT: Final = 20  # tenths on the 1–10 of one line: a rule of thumb for what to talk about, not a test


@dataclass(frozen=True)
class Voice:
    """What one person marked: `relation` None is the member; marks 0…10 000, scores and total in tenths."""

    name: str
    relation: str | None
    instrument: Pack
    marks: Mapping[str, int]
    scores: Mapping[str, int]
    total: int

    def above(self, own: Voice) -> Mapping[str, int]:
        """Says how far each line lies above the member's own. Unit: tenths, below 0 when it lies lower."""
        return {item: score - own.scores[item] for item, score in self.scores.items() if item in own.scores}

    def differing(self, own: Voice) -> tuple[str, ...]:
        """Gives the lines that are marked differently enough to talk about, the largest difference first."""
        gaps = self.above(own)
        return tuple(sorted((i for i, gap in gaps.items() if abs(gap) >= DIFFERENT), key=lambda i: -abs(gaps[i])))

    def agreeing(self, own: Voice) -> tuple[str, ...]:
        """Gives the lines that are marked alike, in the order of the form."""
        return tuple(item for item, gap in self.above(own).items() if abs(gap) < DIFFERENT)


@dataclass(frozen=True)
class Meeting:
    """One session in which the member and at least one other have answered."""

    number: int
    held_on: date
    own: Voice
    others: tuple[Voice, ...]

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Gives everybody who answered, the member first."""
        return (self.own, *self.others)


@dataclass(frozen=True)
class Hidden:
    """An answer that is not shown yet: who has answered in a session, and who of the two has not."""

    number: int
    held_on: date
    answered: str
    missing: str


@dataclass(frozen=True)
class Comparison:
    """Everything to compare about one member, the latest session first; `raters` are those asked, by name."""

    episode_id: UUID
    family: str
    person: Person
    raters: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    hidden: tuple[Hidden, ...]


Given = Mapping[UUID | None, Answer]  # one session's answers by who marked, None for the member


def comparison(actor: Actor, episode_id: UUID, member_id: UUID) -> Comparison:
    """Gives each rater's latest answer in a session where the member has answered too, and what is hidden until then.

    An answer of one is never shown before both have answered. Only forms with a curve are compared.
    """
    with acting(actor, "comparison.read") as act:
        episode = find_episode(act.session, actor, episode_id)
        member = find_member(act.session, actor, member_id)
        if member.family_id != episode.family_id:
            raise missing()
        act.witness(episode.id, member.id)
        family = act.session.scalars(select(Family).where(Family.id == episode.family_id)).one()
        raters = act.session.scalars(
            select(Rater).where(Rater.episode_id == episode.id, Rater.member_id == member.id).order_by(Rater.alias)
        ).all()
        sessions = _by_session(answers_in(act.session, episode.id), member.id)
    latest = {rater.id: _latest(sessions, rater.id) for rater in raters}
    numbers = [number for number in reversed(sessions) if number in latest.values()]
    return Comparison(
        episode_id=episode.id,
        family=family.alias,
        person=Person.of(member),
        raters=tuple(rater.alias for rater in raters),
        meetings=tuple(
            _meeting(sessions[number], member.alias, [r for r in raters if latest[r.id] == number])
            for number in numbers
        ),
        hidden=tuple(one for rater in raters for one in _hidden(sessions, member.alias, rater, latest[rater.id])),
    )


def _by_session(answers: list[Answer], member_id: UUID) -> dict[int, dict[UUID | None, Answer]]:
    """Gathers whole outcome answers about a member by the number of their session, by date."""
    found: dict[int, dict[UUID | None, Answer]] = defaultdict(dict)
    for answer in answers:
        given = answer.response
        if given.member_id == member_id and given.total is not None and _form(answer).kind == "outcome":
            found[answer.session.number][given.rater_id] = answer
    return found


def _form(answer: Answer) -> Pack:
    return pack(answer.response.instrument, answer.response.version)


def _latest(sessions: Mapping[int, Given], rater_id: UUID) -> int | None:
    both = [number for number, given in sessions.items() if None in given and rater_id in given]
    return both[-1] if both else None


def _meeting(given: Given, name: str, raters: list[Rater]) -> Meeting:
    held: TherapySession = given[None].session
    others = tuple(_voice(given[rater.id], rater.alias, rater.relation) for rater in raters)
    return Meeting(held.number, held.held_on, _voice(given[None], name, None), others)


def _voice(answer: Answer, name: str, relation: str | None) -> Voice:
    given = answer.response
    return Voice(name, relation, _form(answer), given.marks, given.scores, given.total or 0)


def _hidden(sessions: Mapping[int, Given], name: str, rater: Rater, shown: int | None) -> Iterator[Hidden]:
    """Gives the newest session after the one shown in which only one of the two has answered."""
    later = list(sessions)[list(sessions).index(shown) + 1 :] if shown is not None else list(sessions)
    alone = [number for number in later if (None in sessions[number]) != (rater.id in sessions[number])]
    if alone:
        number, given = alone[-1], sessions[alone[-1]]
        who, other = (name, rater.alias) if None in given else (rater.alias, name)
        yield Hidden(number, next(iter(given.values())).session.held_on, who, other)
