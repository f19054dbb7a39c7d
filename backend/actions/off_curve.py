"""Holds what the members of an episode have given that no curve can show: forms skipped and answers with faces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from backend.actions.trajectories import Answer
from backend.instruments import Pack, pack

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


def off_curve(answers: Iterable[Answer]) -> list[OffCurve]:
    """Gives the members' own skipped forms and answers with faces, in the order given."""
    own = (answer.response for answer in answers if answer.response.rater_id is None)
    forms = ((given, pack(given.instrument, given.version)) for given in own)
    return [
        OffCurve(given.member_id, given.session_id, form, given.skipped_reason)
        for given, form in forms
        if form.kind in KINDS and (given.skipped_reason is not None or form.kind == "young")
    ]
