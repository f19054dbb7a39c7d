"""Reads the words of a form for whoever answers about somebody else, in one language; the own ones are in text.py."""

import re
from dataclasses import replace
from typing import Final

from backend.instruments.instrument import ItemText, Pack, PackText
from backend.instruments.table import Table
from backend.instruments.text import LONGEST_HEADING, LONGEST_NAME, LONGEST_QUESTION, LONGEST_WORDS, shown

NAME: Final = "{name}"
LONGEST: Final = {"name": LONGEST_NAME, "question": LONGEST_QUESTION}
NAMELESS: Final = f"Nobody reads here whom it is about; write {NAME} where the name belongs."
NO_NAME_HERE: Final = f"The title stands where no name may be read; remove {NAME}."
BRACES: Final = f"Only {NAME} is put in; remove the other braces."


def read_rater(table: Table, own: PackText, pack: Pack) -> PackText:
    """Read one file of a rater's words, which says only what differs from the member's own; mistakes are noted.

    The heading, and each question that is shown alone, must hold {name}.
    """
    found = table.table("items")
    theirs = replace(
        own,
        title=_title(table),
        heading=_words(table, "heading", LONGEST_HEADING, named=True),
        items=tuple(_item(found, words, alone=pack.layout == "one") for words in own.items),
    )
    found.close()
    table.close()
    return theirs


def _item(items: Table, own: ItemText, *, alone: bool) -> ItemText:
    """Read what is said otherwise of one item; what the member is not told, the rater is not either."""
    found = items.table(own.id)
    said = {
        key: _words(found, key, LONGEST.get(key, LONGEST_WORDS), named=alone and key == "question") or words
        for key, words in vars(own).items()
        if words and key != "id"
    }
    found.close()
    return replace(own, **said)


def _title(table: Table) -> str:
    words = shown(table, "title", LONGEST_NAME)
    if NAME in words:
        table.note("title", NO_NAME_HERE)
    return words


def _words(table: Table, key: str, at_most: int, *, named: bool) -> str:
    """Read words that may hold {name}; those that are `named` must be there and hold it."""
    words = shown(table, key, at_most, optional=not named)
    if named and words and NAME not in words:
        table.note(key, NAMELESS)
    if re.search(r"[{}]", words.replace(NAME, "")):
        table.note(key, BRACES)
    return words
