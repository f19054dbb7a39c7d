"""Holds what the members of an episode have given that no curve can show: forms skipped and answers with faces."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from backend.actions.trajectories import Answer, forms_of
from backend.instruments import Pack

KINDS = ("outcome", "alliance", "young")


@dataclass(frozen=True)
class OffCurve:
    """One form of a member's own in a session, without a place on a curve.

    `reason` says why it was skipped, empty when nobody has said; None on an answer with faces.
    """

    member_id: UUID
    session_id: UUID
    instrument: Pack
    reason: str | None

    @property
    def kind(self) -> str:
        """Gives the kind of the form: `outcome`, `alliance`, or `young` for the forms with faces."""
        return self.instrument.kind


def off_curve(answers: Collection[Answer]) -> list[OffCurve]:
    """Gives the members' own skipped forms and answers with faces, in the order given."""
    forms = {key: form for key, form in forms_of(answers).items() if form.kind in KINDS}
    young = {key for key, form in forms.items() if form.kind == "young"}
    own = ((answer, answer.response) for answer in answers if answer.response.rater_id is None)
    keyed = ((answer.session.id, given, (given.instrument, given.version)) for answer, given in own)
    return [
        OffCurve(given.member_id, session_id, forms[key], given.skipped_reason)
        for session_id, given, key in keyed
        if key in young or (given.skipped_reason is not None and key in forms)
    ]
