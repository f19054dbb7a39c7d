"""Holds how stored answers become curves, one for each member, rater and curve family of an episode; no pictures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from sqlalchemy import select
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

ON_CURVES: Final = (
    Response.id,
    Response.session_id,
    Response.member_id,
    Response.rater_id,
    Response.instrument,
    Response.version,
    Response.curve,
    Response.scores,
    Response.total,
    Response.skipped_reason,
)
COURSES = {(course.id, course.version): course for course in (OPEN_REFERENCE,)}


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
    given = select(Response).where(Response.episode_id == episode_id).order_by(Response.received_at)
    rows = session.scalars(given.options(defer(Response.capture))).all()
    return _in_force(session, episode_id, map(_told, rows))


def totals_in(session: Session, episode_id: UUID, member_id: UUID | None = None) -> list[Answer]:
    """Gives the same for curves alone: what `ON_CURVES` names of each, about one member if one is named.

    A long episode is fetched several times faster so; an answer that was given anonymously is not among them.
    """
    about = [] if member_id is None else [Response.member_id == member_id]
    named = select(*ON_CURVES).where(Response.episode_id == episode_id, Response.anonymous.is_not(True), *about)
    rows = session.execute(named.order_by(Response.received_at)).all()
    return _in_force(session, episode_id, (cast("Response", row) for row in rows))


def _in_force(session: Session, episode_id: UUID, given: Iterable[Response]) -> list[Answer]:
    sessions = session.scalars(select(TherapySession).where(TherapySession.episode_id == episode_id))
    held = {one.id: one for one in sessions}
    replaced = select(Response.supersedes_id).where(Response.supersedes_id.is_not(None))
    superseded = set(session.scalars(replaced.where(Response.episode_id == episode_id)))  # also by one about another
    answers = [Answer(row, held[row.session_id]) for row in given if row.id not in superseded]
    return sorted(answers, key=lambda answer: (answer.session.held_on, answer.session.number))


def _told(response: Response) -> Response:
    """Takes what was answered anonymously out of what staff is given; the stored row stays as it is."""
    for column in ("marks", "scores", "answers", "capture") if response.anonymous else ():
        set_committed_value(response, column, {})
    return response


def kept_back(session: Session, episode: Episode, answers: Collection[Answer]) -> frozenset[UUID]:
    """Gives the ids of collateral raters' answers that nobody sees while the member who is here may answer the same.

    A skipped form is answered once staff has said why. A session that is over keeps nothing back, nor does an episode.
    """
    by_others = [answer for answer in answers if answer.response.rater_id and not answer.session.ended_at]
    if episode.closed_on or not by_others:
        return frozenset()
    held = {answer.session.id for answer in by_others}
    rows = session.execute(select(Presence.session_id, Presence.member_id).where(Presence.session_id.in_(held)))
    here = {(row.session_id, row.member_id) for row in rows}
    own = [answer for answer in answers if not answer.response.rater_id]
    answered = {_question(answer) for answer in own if answer.response.skipped_reason != UNEXPLAINED}
    asked = [answer for answer in by_others if _question(answer)[:2] in here]
    return frozenset(answer.response.id for answer in asked if _question(answer) not in answered)


def _question(answer: Answer) -> tuple[UUID, UUID, str]:
    given = answer.response
    return (given.session_id, given.member_id, given.curve)


def curves_in(session: Session, episode: Episode, answers: Iterable[Answer] | None = None) -> list[Curve]:
    """Gives every curve of an episode: own curves first, outcome before alliance; only forms with a total have one.

    An answer that is kept back has no point yet.
    """
    answers = answers_in(session, episode.id) if answers is None else list(answers)
    unseen = kept_back(session, episode, answers)
    groups: dict[tuple[UUID, UUID | None, str], list[Answer]] = defaultdict(list)
    for answer in answers:
        if answer.response.id in unseen:
            continue
        if answer.response.skipped_reason is None and _form(answer).on_curve:
            groups[(answer.response.member_id, answer.response.rater_id, answer.response.curve)].append(answer)
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
    form, forms = _form(given[-1]), {_form(answer) for answer in given}
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
            reliable_change=max(reliable_change(used.sd, used.alpha) for used in forms),
            course=course_of(episode),
        )
    relation = rater.relation if rater else None
    return Curve(key[0], key[1], rater.alias if rater else None, relation, key[2], form, trajectory)


def _form(answer: Answer) -> Pack:
    return pack(answer.response.instrument, answer.response.version)


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
