"""Reads the words of one pack in one language and notes every mistake; the structure is in structure.py."""

import re
from collections.abc import Iterable
from typing import Final

from backend.instruments.instrument import Direction, ItemText, PackText
from backend.instruments.table import Table

DIRECTIONS: Final[tuple[Direction, ...]] = ("ltr", "rtl")
LONGEST_NAME, LONGEST_HEADING, LONGEST_WORDS = 40, 60, 80

# Whoever marks sees an unnumbered line: no digit, and no clinical name that a form of another day could be known by.
UNFIT_FOR_THE_FAMILY: Final = re.compile(r"\d|\b[A-Z]*[OS]RS\b")


def read_text(table: Table, language: str, items: Iterable[str] | None) -> PackText:
    """Read one language file against the ids of the items, in their order; mistakes are noted in the table.

    Without ids, because pack.toml could not be read, the words are checked for whichever items they name.
    """
    found = table.table("items")
    text = PackText(
        language=language,
        title=_shown(table, "title", LONGEST_NAME),
        heading=_shown(table, "heading", LONGEST_HEADING),
        direction=table.choice("direction", DIRECTIONS) or DIRECTIONS[0],
        items=tuple(_item(found, item_id) for item_id in dict.fromkeys(found.keys() if items is None else items)),
    )
    found.close()
    table.close()
    return text


def _item(items: Table, item_id: str) -> ItemText:
    found = items.table(item_id)
    text = ItemText(
        id=item_id,
        name=_shown(found, "name", LONGEST_NAME),
        description=_shown(found, "description", LONGEST_WORDS, optional=True),
        low=_shown(found, "low", LONGEST_WORDS),
        high=_shown(found, "high", LONGEST_WORDS),
    )
    found.close()
    if text.low and text.low == text.high:
        found.note("high", "The two ends of the line say the same; they must differ.")
    return text


def _shown(table: Table, key: str, at_most: int, *, optional: bool = False) -> str:
    words = table.words(key, at_most, optional=optional)
    unfit = UNFIT_FOR_THE_FAMILY.search(words)
    if unfit:
        table.note(key, f"The family would see {unfit[0]!r}; use words without digits and without the form's name.")
    return words
