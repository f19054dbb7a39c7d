"""Holds one answer as staff may see it: lines with scores, what else was given, its place on the curve; no pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from backend.actions.hand_over import UNEXPLAINED
from backend.actions.trajectories import Answer, Curve
from backend.instruments import Pack, pack
from backend.models import Rater
from backend.scoring import Point


@dataclass(frozen=True)
class Line:
    """One marked line: marks 0…10 000 now and last time, score in tenths; `item` is a goal's id on a goal's line."""

    item: str
    mark: int
    score: int
    before: int | None


@dataclass(frozen=True)
class AnswerView:
    """One answered or skipped form of one person in a session, and its place on the curve.

    `given` is what was answered other than by a mark. An `anonymous` answer, and one that is `hidden` until the member
    has answered too, hold nothing that was answered.
    """

    instrument: Pack
    rater: str | None
    relation: str | None = None
    lines: tuple[Line, ...] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    total: int | None = None
    skipped_reason: str | None = None
    point: Point | None = None
    curve: Curve | None = None
    wave: str | None = None
    anonymous: bool = False
    hidden: bool = False
    id: UUID | None = None

    @property
    def unexplained(self) -> bool:
        """Says whether the family skipped the form and staff has not said why."""
        return self.skipped_reason == UNEXPLAINED


@dataclass(frozen=True)
class Answers:
    """Everything answered about one member in an episode, with the curves and raters of the episode."""

    about: Sequence[Answer]
    curves: Sequence[Curve]
    raters: Mapping[UUID, Rater]

    def view(self, answer: Answer, *, hidden: bool = False) -> AnswerView:
        """Gives one of the answers as staff may see it."""
        given = answer.response
        form = pack(given.instrument, given.version)
        rater = self.raters[given.rater_id] if given.rater_id else None
        name, relation = (rater.alias, rater.relation) if rater else (None, None)
        if given.anonymous or hidden:
            anonymous = bool(given.anonymous)
            return AnswerView(form, name, relation, wave=given.wave, anonymous=anonymous, hidden=hidden)
        curve = self._curve(answer)
        points = curve.trajectory.points if curve else ()
        before = self._before(answer)
        return AnswerView(
            instrument=form,
            rater=name,
            relation=relation,
            lines=tuple(Line(i, mark, given.scores[i], before.get(i)) for i, mark in given.marks.items()),
            given=given.answers,
            total=given.total,
            skipped_reason=given.skipped_reason,
            point=next((point for point in points if point.key == answer.session.id), None),
            curve=curve,
            wave=given.wave,
            id=given.id,
        )

    def _before(self, answer: Answer) -> Mapping[str, int]:
        """Gives the marks of the same person on the same lines the time before; other forms have other lines."""
        same = [a for a in self.about if _whose(a) == _whose(answer)]
        earlier = [a.response for a in same[: same.index(answer)]]
        marks = [response.marks for response in earlier if response.marks and not response.anonymous]
        return marks[-1] if marks else {}

    def _curve(self, answer: Answer) -> Curve | None:
        key = _whose(answer)
        return next((c for c in self.curves if (c.member_id, c.rater_id, c.family) == key), None)


def _whose(answer: Answer) -> tuple[UUID, UUID | None, str]:
    given = answer.response
    return (given.member_id, given.rater_id, given.curve)
