"""Holds the words about changes in an episode: their kinds, their days, who agreed; it draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from babel.dates import format_date

from backend.actions.event_view import EventRow
from backend.pages.formats import day, day_brief
from backend.pages.language import locale, told
from backend.pages.language import translated as _


def event_words() -> dict[str, Callable[..., object]]:
    """Gives the words that the templates of changes ask for."""
    return {
        word.__name__: word for word in (kind_choices, opinion_words, change_title, change_days, everybody_agreed, span)
    }


def kind_choices() -> dict[str, str]:
    """Gives the kinds of a change, in the order of a list to choose from."""
    return {
        "intervention": _("Indsatsen er ændret"),
        "authority": _("Noget skiftede omkring familien, for eksempel ny rådgiver"),
        "life": _("Noget skete i familiens liv"),
        "pause": _("Pause, for eksempel sommerferie"),
    }


def opinion_words() -> dict[str, str]:
    """Gives what a member can think of a change; who was not asked stands first."""
    return {"": _("ikke spurgt"), "yes": _("enig"), "no": _("uenig")}


def change_title(event: EventRow) -> str:
    """Names a change in a list: help is "Støttekontaktperson til Maja", all else "Ny skole, Maja"."""
    name = str(told(event.name))
    name = name[:1].upper() + name[1:]
    if event.member is None:
        return name
    given = {"change": name, "name": event.member}
    return _("%(change)s til %(name)s", **given) if event.kind == "intervention" else _("%(change)s, %(name)s", **given)


def change_days(event: EventRow) -> str:
    """Writes the days of a change for a list: "1. okt.", "28. jun. – 16. aug."."""
    if event.until is None or event.until == event.since:
        return day_brief(event.since)
    return f"{day_brief(event.since)} – {day_brief(event.until)}"


def everybody_agreed(event: EventRow, people: int) -> bool:
    """Says whether the whole family of that many people was asked and agreed without a word more."""
    return len(event.agreement) == people > 1 and all(one.agrees and not one.words for one in event.agreement)


def span(since: date, until: date | None) -> str:
    """Writes from which day to which in full: "3. maj – 2. november 2026"."""
    if until is None or until == since:
        return day(since)
    pattern = "d. MMMM" if locale().language == "da" else "d MMMM"
    first = format_date(since, pattern, locale=locale()) if since.year == until.year else day(since)
    return f"{first} – {day(until)}"
