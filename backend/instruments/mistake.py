"""Holds what is said when a pack, or an answer to it, is wrong; it checks nothing itself."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """One thing to mend in a pack: file below the folder, key in it ("" = the whole file), sentence."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, {self.key}: {self.sentence}" if self.key else f"{self.file}: {self.sentence}"


class InstrumentError(ValueError):
    """A pack or an answer that cannot be used; `mistakes` lists everything that is wrong with it, a sentence each."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(" ".join(self.mistakes))


class UnknownInstrument(InstrumentError):
    """An instrument, or a version of one, that no pack holds."""
