"""Holds how staff reads an answer row by row: lines, faces, choices, drawings, words, goals; a curve is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from backend.actions.answer_view import AnswerView, Line
from backend.instruments import ItemText, band_of, theme_means, wellbeing_percent
from backend.pages.formats import tenths
from backend.pages.language import locale
from backend.pages.words import band_word

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Row:
    """One answered question: its name, and by `type` a line, a face or step with its word, a text, or a drawing."""

    type: str
    name: str
    line: Line | None = None
    step: int = 0
    word: str = ""
    paths: tuple[str, ...] = ()


def rows_of(answer: AnswerView, goals: Mapping[str, str]) -> list[Row]:
    """Gives every answered question in the form's order; `goals` are the words of each goal by its id."""
    items = answer.instrument.text(locale().language).items
    words = {item.id: item for item in items}
    types = {item.id: item.type for item in answer.instrument.items}
    lines = [_line_row(answer, line, words.get(line.item), goals) for line in answer.lines]
    others = [_row(answer, words[item], types[item], given) for item, given in answer.given.items() if item in words]
    return [*lines, *others]


def wellbeing(answer: AnswerView) -> int | None:
    """Gives the well-being in percent of a form that has it, 0…100, or None."""
    return wellbeing_percent(answer.instrument, answer.given)


def themes_of(answer: AnswerView) -> list[tuple[str, str]]:
    """Gives the mean of each theme as it is written on screen, by the theme's name."""
    names = answer.instrument.text(locale().language).themes
    means = theme_means(answer.instrument, answer.given)
    return [(names[theme], tenths(int(mean * 10 + HALF))) for theme, mean in means.items()]


def _line_row(answer: AnswerView, line: Line, item: ItemText | None, goals: Mapping[str, str]) -> Row:
    band = band_word(band_of(answer.instrument, line.score)) if answer.instrument.bands else ""
    return Row("line", _asked(item) if item else goals.get(line.item, ""), line=line, word=band)


def _row(answer: AnswerView, item: ItemText, kind: str, given: object) -> Row:
    if kind == "drawing":
        return Row(kind, _asked(item), paths=_paths(given))
    if isinstance(given, int):
        choices = answer.instrument.text(locale().language).choices
        return Row(kind, _asked(item), step=given, word=choices.get(given, ""))
    return Row(kind, _asked(item), word=str(given))


def _asked(item: ItemText) -> str:
    return item.question or item.name


def _paths(given: object) -> tuple[str, ...]:
    """Gives each stroke of a drawing as an SVG path in its square of 1 000 by 1 000; a point is a line to itself."""
    strokes = given.get("strokes", []) if isinstance(given, Mapping) else []
    return tuple(_path([(x, y) for x, y in zip(stroke[::2], stroke[1::2], strict=True)]) for stroke in strokes)


def _path(points: list[tuple[int, int]]) -> str:
    start, *rest = [f"{x} {y}" for x, y in points]
    return f"M{start}" + "".join(f"L{point}" for point in rest or [start])


WORDS = (rows_of, wellbeing, themes_of)
