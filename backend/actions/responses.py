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

from backend.actions import checks, licences
from backend.actions.acting import Act, acting
from backend.actions.finding import find_member, find_rater, find_session
from backend.actions.hand_over import UNEXPLAINED, finish_turn
from backend.actions.trajectories import freeze_cutoff_group
from backend.clock import now
from backend.instruments import InstrumentError, Pack, UnknownInstrument, check_marks, pack
from backend.models import Episode, Response, TherapySession
from backend.problems import Problem, Sentence, invalid, missing
from backend.scoring import SCORING_VERSION, score_tenths, total_tenths
from backend.security.actor import Actor


@dataclass(frozen=True)
class Submission:
    """What was handed in: who marked what about whom, on which version of which form; marks are 0…10 000 an item."""

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

    @property
    def digest(self) -> str:
        """Gives the SHA-256 of everything that was handed in, whatever order it was written in."""
        content = {name: value for name, value in vars(self).items() if name != "id"}
        return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Received:
    """What became of a submission: `created` or `identical`, with scores and total in tenths."""

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


def skip_turn(actor: Actor) -> None:
    """Lets the person whose turn it is skip the form; staff is asked why afterwards, the family is not."""
    given = actor.hand_over
    turn = given.current if given else None
    if given is None or turn is None:
        raise Problem("conflict")
    form = _form(turn.instrument, None)
    who = (given.session_id, turn.member_id, turn.rater_id)
    submit(actor, Submission(uuid4(), *who, form.id, form.version, "da", {}, UNEXPLAINED))


def _submit(actor: Actor, submission: Submission) -> Received:
    with acting(actor, "response.submit") as act:
        held, episode = find_session(act.session, actor, submission.session_id)
        act.witness(submission.id, submission.member_id)
        stored = act.session.scalars(select(Response).where(Response.id == submission.id)).one_or_none()
        if stored is not None:
            return _again(stored, submission)
        form = _form(submission.instrument, submission.version)
        _check(act, submission, episode, form)
        row = act.add(_row(submission, held, form, _superseded(act, submission, form)))
        finish_turn(act, submission.session_id, submission.member_id, submission.rater_id, form.id)
        if form.kind == "outcome" and row.total is not None:
            freeze_cutoff_group(act.session, episode, find_member(act.session, actor, row.member_id), held)
        return Received(row.id, "created", row.scores, row.total)


def _again(stored: Response, submission: Submission) -> Received:
    if stored.digest != submission.digest:
        other = Sentence("Der ligger allerede en anden besvarelse med samme nummer. Begge beholdes ikke her.")
        raise Problem("conflict", other)
    return Received(stored.id, "identical", stored.scores, stored.total)


def _form(instrument: str, version: str | None) -> Pack:
    try:
        return pack(instrument, version)
    except UnknownInstrument:
        unknown = Sentence("Det skema eller den version findes ikke. Hent listen over skemaer.")
        raise invalid(instrument=unknown) from None


def _check(act: Act, submission: Submission, episode: Episode, form: Pack) -> None:
    member = find_member(act.session, act.actor, submission.member_id)
    if member.family_id != episode.family_id:
        raise missing()
    if submission.rater_id is not None:
        find_rater(act.session, episode, member.id, submission.rater_id)
    if episode.closed_on is not None:
        raise Problem("closed")
    licences.require(act.session, form)
    if submission.language not in form.languages:
        raise invalid(language=Sentence("Skemaet findes ikke på det sprog."))
    if submission.skipped_reason is not None:
        checks.text("skipped_reason", submission.skipped_reason, 200, required=False)
        if submission.marks:
            raise invalid(marks=Sentence("Et skema, der er sprunget over, har ingen mærker."))
        return
    try:
        check_marks(form, submission.marks)
    except InstrumentError as error:
        raise invalid(marks=str(error)) from error


def _superseded(act: Act, submission: Submission, form: Pack) -> UUID | None:
    """Gives the answer in force that a new one from the same rater on the same curve in the same session replaces."""
    return act.session.scalar(
        select(Response.id)
        .where(
            Response.session_id == submission.session_id,
            Response.member_id == submission.member_id,
            Response.rater_id.is_not_distinct_from(submission.rater_id),
            Response.curve == form.family,
        )
        .order_by(Response.received_at.desc())
        .limit(1)
    )


def _row(submission: Submission, held: TherapySession, form: Pack, supersedes: UUID | None) -> Response:
    marks = {item.id: submission.marks[item.id] for item in form.items if item.id in submission.marks}
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
        total=total_tenths(list(marks.values())) if marks else None,
        scoring_version=SCORING_VERSION,
        skipped_reason=submission.skipped_reason,
        capture=dict(submission.capture),
        digest=submission.digest,
        received_at=now(),
    )
