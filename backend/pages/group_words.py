"""Holds how the people of a group are counted in words; it counts nobody itself."""

from __future__ import annotations

from collections.abc import Callable

from backend.pages.formats import number_word
from backend.pages.language import translated as _


def group_words() -> dict[str, Callable[..., object]]:
    """Gives the words that the templates of groups ask for."""
    return {word.__name__: word for word in (people_counted, others_counted)}


def people_counted(number: int) -> str:
    """Writes a number of people: "otte personer"."""
    if number == 0:
        return _("ingen personer")
    return _("én person") if number == 1 else _("%(number)s personer", number=number_word(number))


def others_counted(number: int) -> str:
    """Writes how many there are besides those who are named: "og to andre"."""
    return _("og én anden") if number == 1 else _("og %(number)s andre", number=number_word(number))
