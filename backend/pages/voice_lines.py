"""Lays out a comparison: for each question everybody's line in a stroke of its own, in words what differs; no rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from backend.actions.comparison import Comparison, Meeting, Voice
from backend.pages.formats import tenths
from backend.pages.language import locale
from backend.pages.language import translated as _
from backend.scoring import MARK_MAX

STROKES: Final = 5  # kinds of mark that can be told apart without colour
LEFT, LENGTH = 8, 464  # of the line in the picture, in pixels


@dataclass(frozen=True)
class VoiceLine:
    """One person's mark on one question: its place in pixels, its score in tenths, and the kind of its stroke."""

    name: str
    stroke: int
    x: float
    score: int


@dataclass(frozen=True)
class Question:
    """One question with the words at its ends and everybody's line, the member's first."""

    name: str
    low: str
    high: str
    lines: tuple[VoiceLine, ...]


@dataclass(frozen=True)
class Said:
    """What one other person and the member see alike and differently, in whole sentences."""

    rater: str
    alike: str
    different: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One session laid out: the questions, what is said about each rater, and what to talk about."""

    meeting: Meeting
    questions: tuple[Question, ...]
    said: tuple[Said, ...]
    talk: tuple[str, ...]


def sheets(view: Comparison) -> tuple[Sheet, ...]:
    """Lays out every session of a comparison."""
    return tuple(_sheet(meeting) for meeting in view.meetings)


def _sheet(meeting: Meeting) -> Sheet:
    names = _names(meeting.own)
    return Sheet(
        meeting,
        tuple(_questions(meeting)),
        tuple(_said(meeting.own, other, names) for other in meeting.others),
        tuple(dict.fromkeys(_talk(meeting, names))),
    )


def _names(voice: Voice) -> dict[str, str]:
    return {item.id: item.name for item in voice.instrument.text(locale().language).items}


def _questions(meeting: Meeting) -> Iterator[Question]:
    for item in meeting.own.instrument.text(locale().language).items:
        lines = tuple(
            VoiceLine(voice.name, place % STROKES, _x(voice.marks[item.id]), voice.scores[item.id])
            for place, voice in enumerate(meeting.voices)
            if item.id in voice.marks
        )
        yield Question(item.name, item.low, item.high, lines)


def _x(mark: int) -> float:
    return round(LEFT + LENGTH * mark / MARK_MAX, 1)


def _said(own: Voice, other: Voice, names: dict[str, str]) -> Said:
    alike = ", ".join(f"”{names[item]}”" for item in other.agreeing(own))
    told = {"rater": other.name, "name": own.name, "items": alike}
    return Said(
        other.name,
        _("%(rater)s og %(name)s ser ens på %(items)s.", **told) if alike else "",
        tuple(_difference(own, other, item, names[item]) for item in other.differing(own)),
    )


def _difference(own: Voice, other: Voice, item: str, name: str) -> str:
    gap = other.above(own)[item]
    told = {"rater": other.name, "by": tenths(abs(gap)), "name": own.name, "item": name}
    if gap > 0:
        return _("”%(item)s”: %(rater)s sætter mærket %(by)s højere end %(name)s.", **told)
    return _("”%(item)s”: %(rater)s sætter mærket %(by)s lavere end %(name)s.", **told)


def _talk(meeting: Meeting, names: dict[str, str]) -> Iterator[str]:
    """Gives what to ask: about the largest difference with each, about one thing seen alike, about the next step."""
    own = meeting.own
    for other in meeting.others:
        differing = other.differing(own)
        if differing:
            told = {"rater": other.name, "name": own.name, "item": names[differing[0]]}
            yield _(
                "”%(item)s”: Hvad ser %(rater)s, som %(name)s ikke ser – og omvendt? Find et eksempel hver.", **told
            )
    alike = [item for item in names if all(item in other.agreeing(own) for other in meeting.others)]
    if alike:
        yield _("I ser ens på ”%(item)s”. Hvad gør I hver især, som I skal blive ved med?", item=names[alike[0]])
    yield _("Hvad skal der til, for at %(name)s selv vil flytte et mærke lidt?", name=own.name)
    yield _("Hvem gør hvad, inden I ses igen?")
