"""Holds how staff corrects an answer: another takes its place, with a reason and what stood stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as changed
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from backend.actions import checks
from backend.actions.acting import Act, acting
from backend.actions.chosen_forms import Forms, require_for
from backend.actions.finding import find_member, find_rater, find_session
from backend.actions.hand_over import UNEXPLAINED
from backend.actions.responses import Submission, row_of
from backend.actions.sessions import make_present
from backend.actions.sharing import present_in
from backend.actions.trajectories import answers_in, freeze_cutoff_group
from backend.instruments import InstrumentError, Pack, check_answer, pack
from backend.models import EpisodeMember, Member, Rater, Response, TherapySession
from backend.problems import Problem, Sentence, invalid, missing
from backend.scoring import age_group, age_on
from backend.security.actor import Actor
from backend.security.audit import Witness, witness

LONGEST_REASON = 200
ANONYMOUS = Sentence("Svaret er givet anonymt og kan ikke rettes.")
MEANWHILE = Sentence("Svaret er ændret imens. Hent siden igen, og se efter.")


def replace(actor: Actor, response_id: UUID, marks: Mapping[str, int], reason: str) -> UUID:
    """Puts other marks, 0…10 000 a line, in the place of a member's own; also in an episode that is closed.

    Errors: `missing`; `conflict` for an answer that is anonymous, replaced already or another's about the member;
    `invalid` naming `reason` or `marks`.
    """
    reason = checks.text("reason", reason, LONGEST_REASON)
    with acting(actor, "response.correct") as act:
        old = correctable(act, response_id)
        form = pack(old.instrument, old.version)
        if not remarkable(old):
            raise Problem("conflict", Sentence("Mærkerne på dette skema kan ikke flyttes."))
        try:
            check_answer(form, marks, {}, frozenset())
        except InstrumentError as error:
            raise invalid(marks=Sentence("Alle linjer skal have et mærke.")) from error
        row = _keep(act, old, reason, marks=dict(marks), supersedes=old.id)
        act.witness(row.id, row.member_id)
        return row.id


def discard(actor: Actor, response_id: UUID, reason: str) -> UUID:
    """Takes an answer out of the curves: in its place stands a skipped form with the reason. Errors as of `replace`."""
    reason = checks.text("reason", reason, LONGEST_REASON)
    with acting(actor, "response.discard") as act:
        old = correctable(act, response_id)
        row = _keep(act, old, reason, marks={}, answers={}, skipped_reason=reason, supersedes=old.id)
        _freeze_again(act, old)
        act.witness(row.id, row.member_id)
        return row.id


def move_to(
    actor: Actor,
    response_id: UUID,
    member_id: UUID,
    reason: str,
    *,
    rater_id: UUID | None = None,
    replaces: bool = False,
) -> UUID:
    """Moves an answer to the member, or the rater about one, who gave it; what the wrong one answered before counts.

    It stays on its form and in its session. Errors: as of `replace`; `missing` for somebody of another family;
    `invalid` naming `rater_id` for a form that raters are not asked, and `replaces` where the right one has answered
    the same in the same session, unless it is said that this one takes its place.
    """
    reason = checks.text("reason", reason, LONGEST_REASON)
    with acting(actor, "response.move") as act:
        wrong = correctable(act, response_id)
        to = _whose(act, wrong, member_id, rater_id)
        same = _same_of(act, wrong, to)
        if same is not None and same.skipped_reason != UNEXPLAINED and not replaces:
            told = Sentence("%(name)s har allerede svaret. Sæt kryds, hvis dette skal afløse det.", name=to.name)
            raise invalid(replaces=told)
        left = _leave_behind(act, wrong, reason, needed=same is not None)
        supersedes = same.id if same else None if left else wrong.id
        whose = {"member_id": to.member.id, "rater_id": rater_id}
        row = _keep(act, wrong, reason, supersedes=supersedes, moved_from=wrong.id, **whose)
        _arrive(act, row, to.member)
        _freeze_again(act, wrong)
        witness(act.session, Witness.of(actor), "response.move_away", wrong.id, wrong.member_id)
        act.witness(row.id, to.member.id)
        return row.id


@dataclass(frozen=True)
class _Whose:
    """Who answers about which member; `rater` is None where the member does."""

    member: Member
    rater: Rater | None

    @property
    def name(self) -> str:
        """Gives the alias of the one who answers."""
        return self.rater.alias if self.rater else self.member.alias


def _whose(act: Act, wrong: Response, member_id: UUID, rater_id: UUID | None) -> _Whose:
    """Gives to whom an answer can be moved: anybody who can answer the form in the episode but the one who has it."""
    _, episode = find_session(act.session, act.actor, wrong.session_id)
    member = find_member(act.session, act.actor, member_id)
    if member.family_id != episode.family_id:
        raise missing()
    rater = find_rater(act.session, episode, member.id, rater_id) if rater_id else None
    if (member_id, rater_id) == (wrong.member_id, wrong.rater_id):
        raise invalid(member_id=Sentence("Vælg den, som svaret hører til."))
    require_for(rater_id, pack(wrong.instrument, wrong.version))
    return _Whose(member, rater)


def remarkable(response: Response) -> bool:
    """Says whether staff can move the marks: a member's own, on a form of lines alone."""
    form = pack(response.instrument, response.version)
    return response.rater_id is None and bool(response.marks) and all(item.type == "line" for item in form.items)


def correctable(act: Act, response_id: UUID) -> Response:
    """Gives an answer in force of a family that the actor works with, inside an open transaction.

    Errors: `missing`; `conflict` for one that is anonymous, skipped or replaced already.
    """
    row = act.session.get(Response, (act.actor.agency_id, response_id))
    if row is None:
        raise missing()
    find_session(act.session, act.actor, row.session_id)
    if row.anonymous:
        raise Problem("conflict", ANONYMOUS)
    replaced = act.session.scalar(select(Response.id).where(Response.supersedes_id == row.id).limit(1))
    if replaced is not None or row.skipped_reason is not None:
        raise Problem("conflict", MEANWHILE)
    return row


def _keep(
    act: Act, old: Response, reason: str, *, supersedes: UUID | None, moved_from: UUID | None = None, **changes: Any
) -> Response:
    """Adds an answer like an old one but for the changes; it was not marked on a tablet, and says so."""
    capture = {"corrects": str(old.id)} | ({"moved_from": str(moved_from)} if moved_from else {})
    submission = changed(submission_of(old), id=uuid4(), capture=capture, **changes)
    held = act.session.get_one(TherapySession, (act.actor.agency_id, old.session_id))
    row = row_of(submission, held, pack(old.instrument, old.version), supersedes)
    row.corrected_by, row.corrected_reason = act.actor.staff_id, reason
    return act.add(row)


def submission_of(row: Response) -> Submission:
    """Gives what was handed in, from what is kept of it."""
    names = [name for name in Submission.__dataclass_fields__ if name != "capture"]
    return Submission(**{name: getattr(row, name) for name in names})


def _same_of(act: Act, wrong: Response, to: _Whose) -> Response | None:
    """Gives the right one's answer in force to the same in the same session."""
    asked = (wrong.session_id, to.member.id, to.rater.id if to.rater else None, wrong.curve, wrong.wave)
    found = [answer.response for answer in answers_in(act.session, wrong.episode_id)]
    return next((r for r in found if (r.session_id, r.member_id, r.rater_id, r.curve, r.wave) == asked), None)


def _leave_behind(act: Act, wrong: Response, reason: str, *, needed: bool) -> Response | None:
    """Puts what stood before a moved answer in its place again; where `needed`, else an unexplained skip."""
    before = act.session.get(Response, (act.actor.agency_id, wrong.supersedes_id)) if wrong.supersedes_id else None
    own = before is not None and (before.member_id, before.rater_id) == (wrong.member_id, wrong.rater_id)
    if before is not None and own and not before.anonymous:
        return _keep(act, before, reason, supersedes=wrong.id)
    if not needed:
        return None
    return _keep(act, wrong, reason, marks={}, answers={}, skipped_reason=UNEXPLAINED, supersedes=wrong.id)


def _arrive(act: Act, row: Response, member: Member) -> None:
    """Lets a member who answered have been there, and gives a cut-off group where this is the first score."""
    held, episode = find_session(act.session, act.actor, row.session_id)
    form = pack(row.instrument, row.version)
    if row.rater_id is None and member.id not in present_in(act.session, held.id):
        make_present(act.session, Forms.of(act.session, episode.family_id, held.held_on, held.kind), held, member, form)
    if _is_scored(row):
        freeze_cutoff_group(act.session, episode, member, held)


def _freeze_again(act: Act, gone: Response) -> None:
    """Lets the cut-off group follow where the answer that froze it does not count any more."""
    frozen = act.session.scalars(
        select(EpisodeMember).where(
            EpisodeMember.episode_id == gone.episode_id, EpisodeMember.member_id == gone.member_id
        )
    ).one_or_none()
    if frozen is None or not _is_scored(gone):
        return
    act.session.flush()
    left = [a for a in answers_in(act.session, gone.episode_id) if a.response.member_id == gone.member_id]
    first = next((a.session.held_on for a in left if _is_scored(a.response)), None)
    if first is None:
        act.session.delete(frozen)
    elif first > frozen.frozen_on:
        member = act.session.get_one(Member, (act.actor.agency_id, gone.member_id))
        frozen.frozen_on, frozen.cutoff_group = first, age_group(age_on(member.birth_month, first)).value


def _is_scored(row: Response) -> bool:
    form: Pack = pack(row.instrument, row.version)
    return form.kind == "outcome" and row.total is not None
