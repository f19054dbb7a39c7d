"""Holds the turns that staff can give besides start and end: forms for any time, and collateral raters; no answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from backend.actions.chosen_forms import Forms
from backend.actions.finding import raters_asked
from backend.actions.hand_over import Answered, Due
from backend.actions.licences import licensed_in
from backend.actions.sitting import open_goals
from backend.instruments import Pack, forms_of
from backend.models import Member
from backend.vocabulary import WAVES

GROWN_UP = 18
LINE_FROM = 6  # years; a younger child chooses a face, clinical notes §2


@dataclass(frozen=True)
class Extra:
    """One more turn: who answers about whom on which form, in which wave, and whether that has been done today.

    `about` and `relation` are None where a member answers for himself or herself.
    """

    member_id: UUID
    rater_id: UUID | None
    who: str
    about: str | None
    relation: str | None
    form: Pack
    wave: str | None
    answered: bool

    @classmethod
    def of(cls, due: Due, answered: Collection[Answered]) -> Extra:
        """Gives the turn of what is due, given what has been answered in the session."""
        rater, member = due.rater, due.member
        who, about, relation = (rater.alias, member.alias, rater.relation) if rater else (member.alias, None, None)
        rater_id = rater.id if rater else None
        return cls(member.id, rater_id, who, about, relation, due.form, due.wave, due.key in answered)


def extra_dues(session: Session, episode_id: UUID, forms: Forms, members: Sequence[Member]) -> list[Due]:
    """Lists what can be given besides start and end: the members' forms for any time, then each rater's form."""
    usable = licensed_in(session)
    found = [due for member in members for due in _for_any_time(session, episode_id, forms, member, usable)]
    return [*found, *_raters(session, episode_id, forms, members)]


def rated_with(forms: Forms, member: Member) -> Pack | None:
    """Gives the form by which others rate a member: the one at the start, or the youngest's where that has no curve."""
    own = forms.given(member, "start")
    fitting = [form for form in forms.offered["start"] if form.on_curve and form.for_raters]
    return own if own in fitting else min(fitting, key=lambda form: form.min_age or 0, default=None)


def _for_any_time(
    session: Session, episode_id: UUID, forms: Forms, member: Member, usable: Collection[str]
) -> Iterator[Due]:
    for form in forms_of("any", usable=usable):
        if not _is_for(form, forms.age_of(member)):
            continue
        if form.asks_goals and not open_goals(session, episode_id, member.id):
            continue
        for wave in WAVES if form.waves else (None,):
            yield Due(member, form, None, wave)


def _is_for(form: Pack, age: int) -> bool:
    if form.who == "parent":
        return age >= GROWN_UP
    return (form.min_age or LINE_FROM) <= age and (form.max_age is None or age <= form.max_age)


def _raters(session: Session, episode_id: UUID, forms: Forms, members: Iterable[Member]) -> Iterator[Due]:
    family = {member.id: member for member in members}
    for rater in raters_asked(session, episode_id):
        member = family.get(rater.member_id)
        form = rated_with(forms, member) if member else None
        if member is not None and form is not None:
            yield Due(member, form, rater)
