"""Holds what a curve says to the family itself, in a few plain words without a number; staff reads other words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from backend.actions.together import Shared
from backend.actions.trajectories import Curve
from backend.clock import today
from backend.pages.language import locale
from backend.pages.language import translated as _
from backend.scoring import Point, Status, Zone, is_reliable


def gone_sentence(one: Shared) -> str:
    """Says how it has gone since the first time, as far as it can be said for sure."""
    status = one.curve.trajectory.status if one.curve else None
    if status is None:
        return _("Det er første gang. Næste gang kan I se, hvordan det går.")
    return {
        Status.RECOVERED: _("Det går bedre nu end i starten."),
        Status.IMPROVED: _("Det går bedre nu end i starten."),
        Status.UNCHANGED: _("Det går cirka som i starten."),
        Status.DETERIORATED: _("Det er sværere nu end i starten."),
    }[status]


def hoped_sentence(zone: Zone | None) -> str:
    """Says what a zone means to the family."""
    words = {
        Zone.GREEN: _("Det går, som vi håber."),
        Zone.YELLOW: _("Det går langsommere, end vi håber."),
        Zone.RED: _("Det går ikke, som vi håber. Lad os tale om, hvad der skal være anderledes."),
    }
    return words[zone] if zone else _("Det kan vi først se næste gang.")


def steps_of(curve: Curve) -> Iterator[tuple[str, str]]:
    """Gives each session of a curve in words: when it was, and how it was beside the one before."""
    points = curve.trajectory.counted
    for point in points:
        yield _when(point, points[0]), _beside(point, curve)


def time_word(held_on: date) -> str:
    """Says when the latest stroke of the picture was made."""
    return _("I dag") if held_on == today() else _day(held_on)


def _when(point: Point, first: Point) -> str:
    if point.held_on == today():
        return _("I dag")
    return _("Første samtale") if point is first else _day(point.held_on)


def _day(value: date) -> str:
    return str(format_date(value, "d. MMMM" if locale().language == "da" else "d MMMM", locale=locale()))


def _beside(point: Point, curve: Curve) -> str:
    change = point.change
    if change is None:
        return ""
    if change == 0:
        return _("som sidst")
    rc = curve.trajectory.reliable_change
    much = rc is not None and is_reliable(abs(change), rc)
    if change > 0:
        return _("meget bedre end sidst") if much else _("lidt bedre end sidst")
    return _("meget sværere end sidst") if much else _("lidt sværere end sidst")


WORDS = (gone_sentence, hoped_sentence, steps_of, time_word)
