"""Holds what a follow-up says on screen: whom to call about what, when, and how late it is; it changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

from backend.actions.follow_up_causes import Cause
from backend.actions.follow_up_rows import FollowUpRow
from backend.actions.working_days import next_working_day
from backend.clock import today
from backend.pages.formats import limit, number_word, possessive, tenths, weekday
from backend.pages.language import translated as _
from backend.scoring import ALLIANCE_FALL, Flag


def call_words(member: str | None) -> str:
    """Says who is to be called: "Ring til Maria"; without a member it is the family."""
    return _("Ring til %(name)s", name=member) if member else _("Ring til familien")


def follow_up_title(row: FollowUpRow) -> str:
    """Says what a follow-up is about: the words that were typed, else whom to call."""
    return row.words or call_words(row.member)


def cause_words(cause: Cause | None, member: str | None) -> str:
    """Says what the answer was that a follow-up is about: "Marias SRS faldt 2,4"; nothing without one."""
    if cause is None:
        return ""
    named = {"whose": possessive(member or ""), "form": cause.form.id.upper(), "now": tenths(cause.point.total)}
    fall = -(cause.point.change or 0)
    if Flag.ALLIANCE_FALLEN in cause.point.alerts or (cause.form.kind == "outcome" and fall >= ALLIANCE_FALL):
        return _("%(whose)s %(form)s faldt %(fall)s", fall=tenths(fall), **named)
    if Flag.ALLIANCE_UNDER_CUTOFF in cause.point.alerts:
        cutoff = limit(cause.form.cutoffs["all"])
        return _("%(whose)s %(form)s var %(now)s, under grænsen %(cutoff)s", cutoff=cutoff, **named)
    return _("%(whose)s %(form)s var %(now)s", **named)


def due_words(day: date) -> str:
    """Says when a follow-up is due: "i dag", "i morgen", else the day with its weekday."""
    return {today(): _("i dag"), today() + timedelta(days=1): _("i morgen")}.get(day) or weekday(day)


def late_words(row: FollowUpRow) -> str:
    """Says how late a follow-up is: "to dage over tiden"; nothing when it is not."""
    days = row.days_overdue
    if days == 0:
        return ""
    return _("én dag over tiden") if days == 1 else _("%(number)s dage over tiden", number=number_word(days))


def ask_words(day: date) -> str:
    """Says what the button of an alert promises: "Ring i morgen", before a weekend or a holiday "Ring mandag"."""
    if day == today() + timedelta(days=1):
        return _("Ring i morgen")
    return _("Ring %(weekday)s", weekday=weekday(day).split(" ")[0].rstrip(","))


def next_call_day() -> date:
    """Gives the day that a new follow-up is for unless another is chosen."""
    return next_working_day(today())


def steps() -> dict[str, str]:
    """Gives the states of a follow-up in their order."""
    return {"new": _("ny"), "called": _("ringet"), "adjusted": _("aftalt justering")}


WORDS = (call_words, follow_up_title, cause_words, due_words, late_words, ask_words, next_call_day, steps)
