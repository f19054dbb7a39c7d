"""Holds how stored answers become curves, one for each member, rater and curve family of an episode; no pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple, TypeVarTuple, cast
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer
from sqlalchemy.orm.attributes import set_committed_value

from backend.actions.acting import acting
from backend.actions.finding import find_episode, find_member
from backend.actions.hand_over import UNEXPLAINED
from backend.instruments import Pack, pack
from backend.models import Episode, EpisodeMember, Member, Presence, Rater, Response, TherapySession
from backend.problems import missing
from backend.scoring import (
    OPEN_REFERENCE,
    AgeGroup,
    Course,
    Scored,
    Trajectory,
    age_group,
    age_on,
    alliance_trajectory,
    outcome_trajectory,
    reliable_change,
)
from backend.security.actor import Actor

Asked = TypeVarTuple("Asked")
COURSES = {(course.id, course.version): course for course in (OPEN_REFERENCE,)}


class OnCurve(NamedTuple):
    """What a curve is made of: these columns of a response, read alone; `scores` are left out where none are shown."""

    member_id: UUID
    rater_id: UUID | None
    instrument: str
    version: str
    curve: str
    total: int | None
    skipped_reason: str | None
    scores: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Curve:
    """One trajectory and whose it is; `rater_id` is None for the member's own, `relation` and `rater` say who else.

    `instrument` is the form that was used last; a child's and a grown-up's form share a curve.
    """

    member_id: UUID
    rater_id: UUID | None
    rater: str | None
    relation: str | None
    family: str
    instrument: Pack
    trajectory: Trajectory

    @property
    def forms(self) -> tuple[str, ...]:
        """Gives the id of the form of each point, in their order."""
        return tuple(point.instrument for point in self.trajectory.points)


@dataclass(frozen=True)
class Answer:
    """One response in force, with the session it was given in; nothing that was answered anonymously is in it."""

    response: Response
    session: TherapySession


def course_of(episode: Episode) -> Course:
    """Gives the expected course that was frozen when the episode was opened."""
    return COURSES[(episode.course_id, episode.course_version)]


def answers_in(session: Session, episode_id: UUID) -> list[Answer]:
    """Gives the responses of an episode that are in force, in the order of the sessions, without how they were made."""
    held = {one.id: one for one in _sessions(session, episode_id)}
    rows = session.scalars(_in_force(select(Response).options(defer(Response.capture)), episode_id)).all()
    return [Answer(_told(row), held[row.session_id]) for row in rows]


def totals_in(
    session: Session, episode_id: UUID, member_id: UUID | None = None, *, scores: bool = True
) -> list[Answer]:
    """Gives the same for curves alone: what `OnCurve` names of each, about one member if one is named.

    A long episode is fetched several times faster so, and again without the scores of its questions; an answer that
    was given anonymously is not among them.
    """
    held = {one.number: one for one in _sessions(session, episode_id)}
    names = [name for name in OnCurve._fields if scores or name != "scores"]
    asked = select(TherapySession.number, *(getattr(Response, name) for name in names))
    about = [] if member_id is None else [Response.member_id == member_id]
    rows = session.execute(_in_force(asked.where(Response.anonymous.is_not(True), *about), episode_id)).all()
    return [Answer(cast("Response", OnCurve(*given)), held[number]) for number, *given in rows]


def _sessions(session: Session, episode_id: UUID) -> Sequence[TherapySession]:
    return session.scalars(select(TherapySession).where(TherapySession.episode_id == episode_id)).all()


def _in_force(asked: Select[*Asked], episode_id: UUID) -> Select[*Asked]:
    """Asks for the responses of an episode that nothing has replaced, also nothing about another member."""
    replaced = select(Response.supersedes_id).where(Response.episode_id == episode_id)
    replaced = replaced.where(Response.supersedes_id.is_not(None)).correlate(None)
    held = (TherapySession.agency_id == Response.agency_id) & (TherapySession.id == Response.session_id)
    in_force = asked.where(Response.episode_id == episode_id, Response.id.not_in(replaced))
    return in_force.join(TherapySession, held).order_by(
        TherapySession.held_on, TherapySession.number, Response.received_at
    )


def _told(response: Response) -> Response:
    """Takes what was answered anonymously out of what staff is given; the stored row stays as it is."""
    for column in ("marks", "scores", "answers", "capture") if response.anonymous else ():
        set_committed_value(response, column, {})
    return response


def kept_back(session: Session, episode: Episode, answers: Collection[Answer]) -> frozenset[UUID]:
    """Gives the ids of collateral raters' answers that nobody sees while the member who is here may answer the same.

    A skipped form is answered once staff has said why. A session that is over keeps nothing back, nor does an episode.
    """
    return frozenset(answer.response.id for answer in _unseen(session, episode, answers))


def _unseen(session: Session, episode: Episode, answers: Collection[Answer]) -> list[Answer]:
    by_others = [answer for answer in answers if answer.response.rater_id and not answer.session.ended_at]
    if episode.closed_on or not by_others:
        return []
    held = {answer.session.id for answer in by_others}
    rows = session.execute(select(Presence.session_id, Presence.member_id).where(Presence.session_id.in_(held)))
    here = {(row.session_id, row.member_id) for row in rows}
    own = [answer for answer in answers if not answer.response.rater_id]
    answered = {_question(answer) for answer in own if answer.response.skipped_reason != UNEXPLAINED}
    asked = [answer for answer in by_others if _question(answer)[:2] in here]
    return [answer for answer in asked if _question(answer) not in answered]


def _question(answer: Answer) -> tuple[UUID, UUID, str]:
    given = answer.response
    return (answer.session.id, given.member_id, given.curve)


def curves_in(session: Session, episode: Episode, answers: Iterable[Answer] | None = None) -> list[Curve]:
    """Gives every curve of an episode: own curves first, outcome before alliance; only forms with a total have one.

    An answer that is kept back has no point yet.
    """
    answers = answers_in(session, episode.id) if answers is None else list(answers)
    unseen = set(map(id, _unseen(session, episode, answers)))
    drawn = {key for key, form in forms_of(answers).items() if form.on_curve}
    groups: dict[tuple[UUID, UUID | None, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        given = answer.response
        if given.skipped_reason is None and id(answer) not in unseen and (given.instrument, given.version) in drawn:
            groups[(given.member_id, given.rater_id, given.curve)].append(answer)
    frozen = {
        row.member_id: AgeGroup(row.cutoff_group)
        for row in session.scalars(select(EpisodeMember).where(EpisodeMember.episode_id == episode.id))
    }
    raters = {rater.id: rater for rater in session.scalars(select(Rater).where(Rater.episode_id == episode.id))}
    curves = [
        _curve(episode, key, given, frozen.get(key[0]), raters.get(key[1]) if key[1] else None)
        for key, given in groups.items()
    ]
    return sorted(curves, key=lambda curve: (curve.rater_id is not None, curve.instrument.kind != "outcome"))


def _curve(
    episode: Episode,
    key: tuple[UUID, UUID | None, str],
    given: list[Answer],
    group: AgeGroup | None,
    rater: Rater | None,
) -> Curve:
    forms = forms_of(given)
    form = forms[(given[-1].response.instrument, given[-1].response.version)]
    scored = [
        Scored(a.session.id, a.session.held_on, a.response.instrument, a.response.scores, a.response.total)
        for a in given
    ]
    if form.kind == "alliance":
        trajectory = alliance_trajectory(scored, cutoff=form.cutoffs["all"])
    else:
        group = group or AgeGroup.ADULT
        trajectory = outcome_trajectory(
            scored,
            group=group,
            cutoff=form.cutoffs[group],
            reliable_change=max(reliable_change(used.sd, used.alpha) for used in forms.values()),
            course=course_of(episode),
        )
    relation = rater.relation if rater else None
    return Curve(key[0], key[1], rater.alias if rater else None, relation, key[2], form, trajectory)


def forms_of(answers: Iterable[Answer]) -> dict[tuple[str, str], Pack]:
    """Gives every form that was used, by its id and version."""
    used = {(answer.response.instrument, answer.response.version) for answer in answers}
    return {key: pack(*key) for key in used}


def freeze_cutoff_group(session: Session, episode: Episode, member: Member, held: TherapySession) -> None:
    """Freezes a member's cut-off group by the age at the first scored response of the episode."""
    known = session.scalar(
        select(EpisodeMember.id).where(EpisodeMember.episode_id == episode.id, EpisodeMember.member_id == member.id)
    )
    if known is None:
        group = age_group(age_on(member.birth_month, held.held_on))
        session.add(
            EpisodeMember(episode_id=episode.id, member_id=member.id, cutoff_group=group.value, frozen_on=held.held_on)
        )


def member_trajectories(actor: Actor, member_id: UUID, episode_id: UUID) -> list[Curve]:
    """Gives every curve about one member in one episode."""
    with acting(actor, "trajectories.read") as act:
        member = find_member(act.session, actor, member_id)
        episode = find_episode(act.session, actor, episode_id)
        if member.family_id != episode.family_id:
            raise missing()
        act.witness(episode.id, member.id)
        return [curve for curve in curves_in(act.session, episode) if curve.member_id == member.id]
