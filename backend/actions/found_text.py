"""Holds how words are looked for in a text: any case in any script, and where the hits are; it asks no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Final

from sqlalchemy import ColumnElement, SQLColumnExpression, or_

EITHER_SIDE: Final = 60  # characters that are kept around the first hit
ESCAPE: Final = "\\"
MOST_WAYS: Final = 16


@dataclass(frozen=True)
class Part:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    hit: bool


def folded(text: str) -> str:
    """Gives a text in which case and the way of writing an accent make no difference."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def wanted_words(text: str) -> tuple[str, ...]:
    """Gives the words to look for, each once."""
    return tuple(dict.fromkeys(folded(text).split()))


def patterns_of(word: str) -> list[str]:
    """Gives patterns for LIKE of which at least one lets through any text with a word; `%` and `_` are escaped.

    A database may know the other case of ASCII only, so that other letters are written in every way; where those are
    many, they may be anything.
    """
    written = [_ways(sign) for sign in word]
    if prod(len(ways) for ways in written) > MOST_WAYS:
        written = [ways if len(ways) == 1 else ("%",) for ways in written]
    return [f"%{''.join(signs)}%" for signs in product(*written)]


def may_hold(words: Iterable[str], *columns: SQLColumnExpression[Any]) -> list[ColumnElement[bool]]:
    """Gives the conditions under which each word may be in one of the columns; `holds` decides."""
    known = [patterns_of(word) for word in words]
    return [or_(*(column.ilike(p, escape=ESCAPE) for column in columns for p in patterns)) for patterns in known]


def holds(words: Iterable[str], *texts: str) -> bool:
    """Says whether each word is in one of the texts."""
    known = [folded(text) for text in texts]
    return all(any(word in text for text in known) for word in words)


def parts_of(text: str, words: Sequence[str]) -> tuple[Part, ...]:
    """Gives a text cut where the words are, long ones from a little before the first hit to a little after.

    Words that stand together in the text as they were typed are one hit, and alone they are none.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    phrase = " ".join(words)
    marked = _marked(text, (phrase,) if phrase in folded(text) else words)
    first = marked.index(True) if True in marked else 0
    start = max(0, first - EITHER_SIDE)
    end = min(len(text), first + 2 * EITHER_SIDE)
    shown = [Part("…", False)] if start else []
    for at in range(start, end):
        if shown and shown[-1].hit == marked[at]:
            shown[-1] = Part(shown[-1].text + text[at], marked[at])
        else:
            shown.append(Part(text[at], marked[at]))
    return (*shown, Part("…", False)) if end < len(text) else tuple(shown)


def _marked(text: str, words: Sequence[str]) -> list[bool]:
    """Says of each character whether it belongs to a hit."""
    signs = [sign.casefold() for sign in text]
    places = [at for at, sign in enumerate(signs) for _ in sign]
    joined, marked = "".join(signs), [False] * len(text)
    for word in filter(None, words):
        at = joined.find(word)
        while at >= 0:
            for place in places[at : at + len(word)]:
                marked[place] = True
            at = joined.find(word, at + len(word))
    return marked


def _ways(sign: str) -> tuple[str, ...]:
    """Gives the ways to write a sign that a database takes for different ones: its cases, its accents apart."""
    if sign in (ESCAPE, "%", "_"):
        return (ESCAPE + sign,)
    if sign.isascii():
        return (sign,)
    cases = (sign, sign.upper())
    return tuple(dict.fromkeys((*cases, *(unicodedata.normalize("NFD", case) for case in cases))))
