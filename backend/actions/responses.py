"""Holds how an answer is received: checked, scored, stored once, never changed, only replaced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.actions import checks, licences
from backend.actions.acting import acting
from backend.actions.chosen_forms import require_for
from backend.actions.finding import find_member, find_rater, find_session
from backend.actions.trajectories import freeze_cutoff_group
from backend.clock import now
from backend.instruments import InstrumentError, Pack, UnknownInstrument, check_answer, pack
from backend.models import Goal, Response, TherapySession
from backend.problems import Problem, Sentence, invalid, missing
from backend.scoring import SCORING_VERSION, score_tenths, total_tenths
from backend.security.actor import Actor
from backend.vocabulary import WAVES

DRAWN = {"line", "goals"}  # types of items that are answered by a mark


@dataclass(frozen=True)
class Submission:
    """What was handed in: who answered what about whom, on which version of which form.

    Marks are 0…10 000 a line or goal, `answers` all else that was asked; `anonymous` and `wave` are None where the form
    does not ask for them.
    """

    id: UUID
    session_id: UUID
    member_id: UUID
    rater_id: UUID | None
    instrument: str
    version: str
    language: str
    marks: Mapping[str, int]
    skipped_reason: str | None = None
    capture: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    anonymous: bool | None = None
    wave: str | None = None

    @property
    def digest(self) -> str:
        """Gives the SHA-256 of everything that was handed in, whatever order it was written in.

        What only some forms ask is left out where it was not asked: older answers have digests without it.
        """
        unasked: dict[str, object] = {"answers": {}, "anonymous": None, "wave": None}
        given = ((name, value) for name, value in vars(self).items() if name != "id")
        content = {name: value for name, value in given if name not in unasked or value != unasked[name]}
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Received:
    """What became of a submission: `created` or `identical`, with scores and total in tenths.

    An anonymous one tells no scores: whoever learns that it came may be the therapist.
    """

    id: UUID
    outcome: str
    scores: Mapping[str, int]
    total: int | None


def submit(actor: Actor, submission: Submission) -> Received:
    """Stores a submission once; the same id and content again is harmless, other content under the id is a conflict."""
    try:
        return _submit(actor, submission)
    except IntegrityError:
        return _submit(actor, submission)


def skip(actor: Actor, session_id: UUID, member_id: UUID, instrument: str, reason: str) -> Received:
    """Records why staff let a person skip a form."""
    reason = checks.text("reason", reason, 200)
    form = _form(instrument, None)
    submission = Submission(uuid4(), session_id, member_id, None, form.id, form.version, "da", {}, reason)
    return submit(actor, submission)


def fitting(session: Session, submission: Submission, episode_id: UUID) -> Pack:
    """Gives the form that a submission in an episode fits. Errors: `invalid` naming the field, `no-licence`.

    Who may submit, and whether the episode is open, is asked elsewhere.
    """
    form = _form(submission.instrument, submission.version)
    licences.require(session, form)
    if submission.language not in form.languages:
        raise invalid(language=Sentence("Skemaet findes ikke på det sprog."))
    _check_asked(form, submission)
    if submission.skipped_reason is not None:
        checks.text("skipped_reason", submission.skipped_reason, 200, required=False)
        if submission.marks or submission.answers:
            raise invalid(marks=Sentence("Et skema, der er sprunget over, har ingen svar."))
        return form
    try:
        check_answer(form, submission.marks, submission.answers, _goals(session, form, episode_id))
    except InstrumentError as error:
        where = "marks" if {item.type for item in form.items} <= DRAWN else "answers"
        raise invalid(**{where: str(error)}) from error
    return form


def keep(session: Session, submission: Submission, held: TherapySession, form: Pack, chain: list[Response]) -> Response:
    """Keeps a fitting submission for good, scored, in its place in the chain of what it replaces, which it joins."""
    earlier, later = _neighbours(submission, chain)
    row = row_of(submission, held, form, earlier)
    session.add(row)
    chain.append(row)
    if later is not None:
        later.supersedes_id = row.id
    return row


def _submit(actor: Actor, submission: Submission) -> Received:
    with acting(actor, "response.submit") as act:
        held, episode = find_session(act.session, actor, submission.session_id)
        act.witness(submission.id, submission.member_id)
        stored = act.session.scalars(select(Response).where(Response.id == submission.id)).one_or_none()
        if stored is not None:
            return _again(stored, submission)
        member = find_member(act.session, actor, submission.member_id)
        if member.family_id != episode.family_id:
            raise missing()
        if submission.rater_id is not None:
            find_rater(act.session, episode, member.id, submission.rater_id)
        if episode.closed_on is not None:
            raise Problem("closed")
        form = fitting(act.session, submission, episode.id)
        row = keep(act.session, submission, held, form, _chain(act.session, submission, form))
        act.session.flush()
        if form.kind == "outcome" and row.total is not None:
            freeze_cutoff_group(act.session, episode, member, held)
        return _received(row, "created")


def _again(stored: Response, submission: Submission) -> Received:
    if stored.digest != submission.digest:
        other = Sentence("Det id er brugt til en anden besvarelse, som er gemt og uændret. Send denne med et nyt id.")
        raise Problem("conflict", other)
    return _received(stored, "identical")


def _received(row: Response, outcome: str) -> Received:
    return Received(row.id, outcome, {} if row.anonymous else row.scores, row.total)


def _check_asked(form: Pack, submission: Submission) -> None:
    """Refuses a rater, an anonymity or a wave that the form does not ask for, and an answer without its own wave."""
    require_for(submission.rater_id, form)
    if submission.anonymous is not None and not form.may_be_anonymous:
        raise invalid(anonymous=Sentence("Svar på dette skema kan ikke være anonyme."))
    if submission.wave is not None and not form.waves:
        raise invalid(wave=Sentence("Dette skema har ingen runder."))
    if form.waves and submission.wave not in (WAVES if submission.skipped_reason is None else (None, *WAVES)):
        raise invalid(wave=Sentence("Vælg, om det er før, undervejs eller efter forløbet."))


def _goals(session: Session, form: Pack, episode_id: UUID) -> frozenset[str]:
    """Gives the ids of the goals that may be marked; ended and replaced ones too, for a tablet may not know it yet."""
    if not form.asks_goals:
        return frozenset()
    return frozenset(map(str, session.scalars(select(Goal.id).where(Goal.episode_id == episode_id))))


def _form(instrument: str, version: str | None) -> Pack:
    try:
        return pack(instrument, version)
    except UnknownInstrument:
        unknown = Sentence("Det skema eller den version findes ikke. Hent listen over skemaer.")
        raise invalid(instrument=unknown) from None


def _chain(session: Session, submission: Submission, form: Pack) -> list[Response]:
    """Gives the answers of the same rater on the same curve in the same session and wave."""
    return list(
        session.scalars(
            select(Response).where(
                Response.session_id == submission.session_id,
                Response.member_id == submission.member_id,
                Response.rater_id.is_not_distinct_from(submission.rater_id),
                Response.curve == form.family,
                Response.wave.is_not_distinct_from(submission.wave),
            )
        )
    )


def _neighbours(submission: Submission, chain: list[Response]) -> tuple[UUID | None, Response | None]:
    """Gives the answer that a new one replaces and, when it came late from its tablet, the one that replaces it.

    A tablet's own answers are ordered by its numbers.
    """
    from_here = [row for row in chain if _came_later(row, submission)]
    if from_here:
        next_one = min(from_here, key=lambda row: row.capture["seq"])
        return next_one.supersedes_id, next_one
    replaced = {row.supersedes_id for row in chain}
    current = sorted((row for row in chain if row.id not in replaced), key=lambda row: row.received_at)
    return (current[-1].id if current else None), None


def _came_later(row: Response, submission: Submission) -> bool:
    tablet, seq = submission.capture.get("tablet"), submission.capture.get("seq")
    return tablet is not None and row.capture.get("tablet") == tablet and row.capture["seq"] > seq


def row_of(submission: Submission, held: TherapySession, form: Pack, supersedes: UUID | None) -> Response:
    """Gives what is kept of a fitting submission, scored, in the place of an answer that it supersedes, if any."""
    order = [item.id for item in form.items if item.id in submission.marks]
    marks = {line: submission.marks[line] for line in order} | dict(submission.marks)
    answers = {item.id: submission.answers[item.id] for item in form.items if item.id in submission.answers}
    return Response(
        id=submission.id,
        session_id=held.id,
        episode_id=held.episode_id,
        member_id=submission.member_id,
        rater_id=submission.rater_id,
        supersedes_id=supersedes,
        instrument=form.id,
        version=form.version,
        language=submission.language,
        curve=form.family,
        marks=marks,
        scores={item: score_tenths(mark) for item, mark in marks.items()},
        answers=answers,
        total=total_tenths(list(marks.values())) if marks and form.on_curve else None,
        scoring_version=SCORING_VERSION,
        anonymous=submission.anonymous,
        wave=submission.wave,
        skipped_reason=submission.skipped_reason,
        capture=dict(submission.capture),
        digest=submission.digest,
        received_at=now(),
    )
