"""Reads one table of a pack's TOML field by field and notes every mistake; which fields there are it does not know."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from backend.instruments.mistake import Mistake

Word = TypeVar("Word", bound=str)


class Table:
    """A table that is read to the end: a field that is wrong is noted, and a stand-in is returned in its place.

    Whoever reads must throw the result away when there are mistakes.
    """

    def __init__(self, found: Mapping[str, object], file: str, mistakes: list[Mistake], path: str = "") -> None:
        self._found, self._file, self._mistakes, self._path = found, file, mistakes, path
        self._taken: set[str] = set()

    def note(self, key: str, sentence: str) -> None:
        """Note one mistake at a key of this table ("" = the table itself)."""
        self._mistakes.append(Mistake(self._file, self._path + key if key else self._path.rstrip("."), sentence))

    def keys(self) -> tuple[str, ...]:
        """List the keys that the file has here, in its order."""
        return tuple(self._found)

    def words(self, key: str, at_most: int, *, optional: bool = False) -> str:
        """Read words on one line, at most so many characters; "" when they are missing."""
        value = self._take(key, optional=optional)
        if value is None:
            return ""
        if not isinstance(value, str) or not value or value != " ".join(value.split()):
            self.note(key, "Write words in quotation marks, on one line, without spaces before, behind or doubled.")
            return ""
        if len(value) > at_most:
            self.note(key, f"The words are {len(value)} characters long; at most {at_most} fit.")
        return value

    def choice(self, key: str, options: Sequence[Word], default: Word | None = None) -> Word | None:
        """Read one of a few words; the default when it is missing and there is one, None when it is wrong."""
        value = self._take(key, optional=default is not None)
        if value is None:
            return default
        if value not in options:
            self.note(key, f"{value!r} is not known here; use {' or '.join(map(repr, options))}.")
        return next((option for option in options if option == value), None)

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """Read true or false; the default when it is missing and there is one."""
        value = self._take(key, optional=default is not None)
        if value is None:
            return default is True
        if not isinstance(value, bool):
            self.note(key, f"Write true or false, not {value!r}.")
        return value is True

    def whole(self, key: str, least: int, most: int) -> int | None:
        """Read a whole number in a range; None when the file has none."""
        value = self._take(key, optional=True)
        if value is None:
            return None
        if type(value) is not int or not least <= value <= most:
            self.note(key, f"Write a whole number from {least} to {most}, not {value!r}.")
            return None
        return value

    def span(self, key: str, least: int, most: int) -> tuple[int, int] | None:
        """Read a pair such as [1, 6], the lower first, both in a range; None when the file has none."""
        value = self._take(key, optional=True)
        if value is None:
            return None
        whole = isinstance(value, list) and [each for each in value if type(each) is int and least <= each <= most]
        if not isinstance(value, list) or whole != value or len(value) != 2 or value[0] > value[1]:
            self.note(key, f"Write two whole numbers from {least} to {most}, the lower first, not {value!r}.")
            return None
        return value[0], value[1]

    def names(self, key: str) -> tuple[str, ...]:
        """Read a list of names in quotation marks, at least one."""
        value = self._take(key)
        if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
            return tuple(value)
        if value is not None:
            self.note(key, f"Write a list of names in quotation marks, not {value!r}.")
        return ()

    def decimal(self, key: str) -> Decimal | None:
        """Read an exact number such as "25.0", with or without quotation marks; None when it is missing or wrong."""
        value = self._take(key)
        if value is None:
            return None
        if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", str(value)):
            self.note(key, f"Write a number with a decimal point, such as \"25.0\", not '{value}'.")
            return None
        return Decimal(str(value))

    def table(self, key: str) -> "Table":
        """Open a table inside this one; when it is missing, each of its fields will be."""
        value = self._take(key, optional=True)
        return self._open(key, {} if value is None else value)

    def tables(self, key: str) -> list["Table"]:
        """Open each table of a list of tables, which must have at least one."""
        value = self._take(key, optional=True)
        if not isinstance(value, list) or not value:
            self.note(key, f"Write at least one table headed [[{self._path}{key}]].")
            return []
        return [self._open(f"{key}[{number}]", found) for number, found in enumerate(value)]

    def close(self) -> None:
        """Note every key that nobody has read."""
        for key in self._found:
            if key not in self._taken:
                self.note(key, "This key is not known here; correct its spelling or remove it.")

    def _open(self, key: str, value: object) -> "Table":
        if isinstance(value, dict):
            return Table(value, self._file, self._mistakes, f"{self._path}{key}.")
        self.note(key, f"Write a table here, not {value!r}.")
        return Table({}, self._file, [])

    def _take(self, key: str, *, optional: bool = False) -> object:
        self._taken.add(key)
        if key not in self._found and not optional:
            self.note(key, "This is missing.")
        return self._found.get(key)
