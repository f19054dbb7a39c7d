"""Holds a one-time link as staff sees it, and the rule that says what has become of one; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.clock import now
from backend.instruments import Pack, pack
from backend.models import Episode, Family, Link, Member, Rater, TherapySession


@dataclass(frozen=True)
class LinkView:
    """One link: to whom, about whom, which form, and what has become of it; never its token.

    `state` is `waiting`, `opened`, `used`, `expired` or `revoked`.
    """

    id: UUID
    session_id: UUID
    held_on: date
    episode_id: UUID
    family_id: UUID
    family: str
    member_id: UUID
    member: str
    rater_id: UUID | None
    rater: str | None
    form: Pack
    language: str
    wave: str | None
    made_by: str
    created_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    used_at: datetime | None
    reminded_at: datetime | None
    state: str

    @property
    def who(self) -> str:
        """Gives the alias of the one who is asked."""
        return self.rater or self.member

    @property
    def alive(self) -> bool:
        """Says whether an answer can still come by it."""
        return self.state in {"waiting", "opened"}


def view_of(
    link: Link, episode: Episode, family: Family, held: TherapySession, member: Member, rater: Rater | None, by: str
) -> LinkView:
    """Gives the view of a link from its rows and the name of who made it."""
    return LinkView(
        id=link.id,
        session_id=link.session_id,
        held_on=held.held_on,
        episode_id=episode.id,
        family_id=family.id,
        family=family.alias,
        member_id=member.id,
        member=member.alias,
        rater_id=link.rater_id,
        rater=rater.alias if rater else None,
        form=pack(link.instrument, link.version),
        language=link.language,
        wave=link.wave,
        made_by=by,
        created_at=link.created_at,
        expires_at=link.expires_at,
        opened_at=link.opened_at,
        used_at=link.used_at,
        reminded_at=link.reminded_at,
        state=state_of(link, episode),
    )


def state_of(link: Link, episode: Episode) -> str:
    """Says what has become of a link; it is as revoked when its episode closes, and where raters are not asked that."""
    if link.used_at is not None:
        return "used"
    asked = link.rater_id is None or pack(link.instrument, link.version).for_raters
    if link.revoked_at is not None or episode.closed_on is not None or not asked:
        return "revoked"
    if link.expires_at <= now():
        return "expired"
    return "opened" if link.opened_at is not None else "waiting"
