"""Reads the words of one pack in one language and notes every mistake; the structure is in structure.py."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from backend.instruments.instrument import (
    FACES,
    Direction,
    Item,
    ItemText,
    ItemType,
    Layout,
    Pack,
    PackText,
    nothing,
)
from backend.instruments.table import Table

DIRECTIONS: Final[tuple[Direction, ...]] = ("ltr", "rtl")
OURS: Final = ("da", "en")  # languages we write ourselves; words in another say whether somebody validated them
WITH_ENDS: Final[tuple[ItemType, ...]] = ("line", "goals")
LONGEST_NAME, LONGEST_HEADING, LONGEST_WORDS = 40, 60, 80
LONGEST_QUESTION, LONGEST_SOURCE = 200, 300

# Whoever marks sees an unnumbered line: no digit, and no clinical name that a form of another day could be known by.
CLINICAL_NAME: Final = r"\b[A-Z]*[OS]RS\b"
UNFIT_FOR_THE_FAMILY: Final = re.compile(rf"\d|{CLINICAL_NAME}")


def read_text(table: Table, language: str, pack: Pack) -> PackText:
    """Read one language file against the structure of its pack; mistakes are noted in the table."""
    items = {item.id: item for item in pack.items}.values()
    found = table.table("items")
    text = PackText(
        language=language,
        title=shown(table, "title", LONGEST_NAME),
        heading=shown(table, "heading", LONGEST_HEADING),
        direction=table.choice("direction", DIRECTIONS) or DIRECTIONS[0],
        items=tuple(_item(found, item, pack.layout) for item in items),
        choices=_choices(table, pack),
        themes=_named(table, "themes", tuple(pack.themes)),
        intro=shown(table, "intro", LONGEST_QUESTION, optional=True),
        source=_source(table),
        validated=table.flag("validated", default=True if language.partition("-")[0] in OURS else None),
    )
    found.close()
    table.close()
    return text


def _item(items: Table, item: Item, layout: Layout) -> ItemText:
    """Read one item: a line has two ends, and whatever is shown alone or is no line asks a whole question."""
    found = items.table(item.id)
    with_ends = item.type in WITH_ENDS
    text = ItemText(
        id=item.id,
        name=shown(found, "name", LONGEST_NAME),
        description=shown(found, "description", LONGEST_WORDS, optional=True),
        low=shown(found, "low", LONGEST_WORDS) if with_ends else "",
        high=shown(found, "high", LONGEST_WORDS) if with_ends else "",
        question=shown(found, "question", LONGEST_QUESTION, optional=with_ends and layout == "all"),
    )
    found.close()
    if text.low and text.low == text.high:
        found.note("high", "The two ends of the line say the same; they must differ.")
    return text


def _choices(table: Table, pack: Pack) -> Mapping[int, str]:
    """Read the words of each step of the scale, or of each face, the lowest first."""
    faces = FACES if any(item.type == "face" for item in pack.items) else None
    steps = pack.scale or faces
    numbers = range(steps[0], steps[1] + 1) if steps else ()
    words = _named(table, "choices", tuple(map(str, numbers)))
    return MappingProxyType({number: words[str(number)] for number in numbers})


def _named(table: Table, key: str, names: tuple[str, ...]) -> Mapping[str, str]:
    """Read the words of each name in a table of its own, which is there when there are names."""
    if not names:
        return nothing()
    found = table.table(key)
    words = {name: shown(found, name, LONGEST_NAME) for name in names}
    found.close()
    said = [each for each in words.values() if each]
    if len(set(said)) != len(said):
        found.note("", "Two of these say the same; they must differ.")
    return MappingProxyType(words)


def _source(table: Table) -> str:
    """Read the line that the rightsholder wants shown; it may hold a year, but no clinical name of FIT."""
    words = table.words("source", LONGEST_SOURCE, optional=True)
    _refuse(table, "source", words, re.compile(CLINICAL_NAME))
    return words


def shown(table: Table, key: str, at_most: int, *, optional: bool = False) -> str:
    """Read words that a family sees; a digit or the clinical name of a form in them is noted."""
    words = table.words(key, at_most, optional=optional)
    _refuse(table, key, words, UNFIT_FOR_THE_FAMILY)
    return words


def _refuse(table: Table, key: str, words: str, unfit: re.Pattern[str]) -> None:
    found = unfit.search(words)
    if found:
        table.note(key, f"The family would see {found[0]!r}; use words without digits and without the form's name.")
