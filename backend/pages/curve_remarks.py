"""Holds what is said in whole sentences about what a curve cannot draw: gaps, faces, a birthday, what happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from backend.actions.event_view import EventRow
from backend.actions.families import Person
from backend.actions.off_curve import OffCurve
from backend.actions.trajectories import Curve
from backend.pages.event_words import span
from backend.pages.formats import limit, number_word, possessive
from backend.pages.language import told
from backend.pages.language import translated as _
from backend.scoring import AgeGroup, age_group, age_on

MOST_NAMED = 6


def event_line(event: EventRow) -> str:
    """Writes an event with its days: "1. oktober 2026: ny rådgiver"."""
    return _("%(day)s: %(name)s", day=span(event.since, event.until), name=str(told(event.name)))


def events_sentence(events: Sequence[EventRow]) -> str:
    """Says in words what happened, for those who hear a picture; nothing when nothing did."""
    if not events:
        return ""
    return _("Ændringer undervejs: %(events)s.", events="; ".join(event_line(event) for event in events))


def skipped_sentence(name: str, skipped: Sequence[OffCurve], numbers: Mapping[object, int]) -> str:
    """Counts the skipped forms of a member, with the number of the session and the reason of each."""
    if not skipped:
        return ""
    places = [_skip(form, numbers) for form in skipped[:MOST_NAMED]]
    listed = "; ".join([*places, _("…")] if len(skipped) > MOST_NAMED else places)
    if len(skipped) == 1:
        return _("%(name)s sprang ét skema over: %(list)s.", name=name, list=listed)
    count = number_word(len(skipped))
    return _("%(name)s sprang %(count)s skemaer over: %(list)s.", name=name, count=count, list=listed)


def _skip(form: OffCurve, numbers: Mapping[object, int]) -> str:
    named = {"form": form.instrument.id.upper(), "number": numbers.get(form.session_id, "–")}
    if form.reason:
        return _("%(form)s i samtale %(number)s, ”%(reason)s”", **named, reason=form.reason)
    return _("%(form)s i samtale %(number)s, uden begrundelse", **named)


def missed_sentence(name: str, numbers: Sequence[int]) -> str:
    """Says in which sessions a member has not answered anything, or in how many when they are many."""
    if not numbers:
        return ""
    if len(numbers) > MOST_NAMED:
        return _("%(name)s har ikke svaret i %(count)s af samtalerne.", name=name, count=number_word(len(numbers)))
    *others, last = map(str, numbers)
    listed = _("%(first)s og %(last)s", first=", ".join(others), last=last) if others else last
    return _("%(name)s har ikke svaret i samtale %(numbers)s.", name=name, numbers=listed)


def faces_sentence(name: str, beside: Iterable[OffCurve]) -> str:
    """Says that a child has answered with faces, which have no number and are looked at in the session."""
    faces = [form for form in beside if form.kind == "young" and form.reason is None]
    if not faces:
        return ""
    return _("%(name)s svarer med ansigter. De bliver ikke til tal; se dem i samtalen.", name=name)


def birthday_sentence(person: Person, curve: Curve | None, last: date | None) -> str:
    """Says that a member has come of another age group, and that the cut-off stays the one of the first answer."""
    group = curve.trajectory.cutoff_group if curve else None
    if curve is None or group is None or last is None:
        return ""
    age, now = age_on(person.birth_month, last), age_group(age_on(person.birth_month, last))
    if group is now:
        return ""
    named = {
        "name": person.alias,
        "age": {AgeGroup.ADOLESCENT: 13, AgeGroup.ADULT: 18}.get(now, age),
        "whom": _group_words(group),
        "cutoff": limit(curve.trajectory.cutoff),
    }
    return _(
        "%(name)s er fyldt %(age)s undervejs. Cut-off og forventet forløb er stadig dem for %(whom)s, "
        "%(cutoff)s, fordi de er låst ved det første svar.",
        **named,
    )


def _group_words(group: AgeGroup) -> str:
    return {
        AgeGroup.CHILD: _("børn under 13 år"),
        AgeGroup.ADOLESCENT: _("unge 13–17 år"),
        AgeGroup.ADULT: _("voksne"),
    }[group]


def form_change_sentence(name: str, curve: Curve | None, numbers: Mapping[object, int]) -> str:
    """Says when another form took over, from which to which; nothing where one form was used all along."""
    changed = [point for point in curve.trajectory.points if point.form_changed] if curve else []
    if curve is None or not changed:
        return ""
    before = {now.key: last.instrument.upper() for last, now in pairwise(curve.trajectory.counted)}
    changes = [
        _(
            "fra %(before)s til %(now)s i samtale %(number)s",
            before=before[point.key],
            now=point.instrument.upper(),
            number=numbers.get(point.key, "–"),
        )
        for point in changed
    ]
    return _(
        "%(whose)s skema skiftede %(changes)s. Sammenlign tallene før og efter med omtanke.",
        whose=possessive(name),
        changes=", ".join(changes),
    )


REMARKS = (
    event_line,
    events_sentence,
    skipped_sentence,
    missed_sentence,
    faces_sentence,
    birthday_sentence,
    form_change_sentence,
)
