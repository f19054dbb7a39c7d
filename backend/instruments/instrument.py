"""Holds the value objects of one instrument and its words; it reads no file and scores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from backend.instruments.mistake import InstrumentError

Direction = Literal["ltr", "rtl"]
ItemType = Literal["line"]
Kind = Literal["outcome", "alliance"]
Phase = Literal["start", "end"]

SOURCE_LANGUAGE: Final = "da"


@dataclass(frozen=True)
class Item:
    """One question: its id, under which marks are stored, and how it is answered."""

    id: str
    type: ItemType


@dataclass(frozen=True)
class ItemText:
    """The words of one question: its name, a description ("" = none) and what stands at the two ends of the line."""

    id: str
    name: str
    description: str
    low: str
    high: str


@dataclass(frozen=True)
class PackText:
    """The words of one pack in one language: a short title, the question at the top, the items in their order.

    `direction` is "rtl" where the low end of the line is on the right.
    """

    language: str
    title: str
    heading: str
    direction: Direction
    items: tuple[ItemText, ...]


@dataclass(frozen=True)
class Reliability:
    """What reliable change is computed from: SD in points above 0, alpha from 0 to below 1, and the source of each."""

    sd: Decimal
    sd_source: str
    alpha: Decimal
    alpha_source: str


@dataclass(frozen=True)
class Pack:
    """One version of one instrument, complete in Danish and in every language it lists.

    `family` names the curve its totals are drawn on; forms of one family share it. Ages are guidance in whole years,
    None = no bound. `total` is the range of the clinical total in points. `cutoffs` are tenths 1…400 for each age
    group ("child", "adolescent", "adult") or for "all", `cutoff_sources` says where each comes from. `digest` is
    SHA-256 over structure and words. Mappings are read-only.
    """

    id: str
    version: str
    family: str
    kind: Kind
    phase: Phase
    min_age: int | None
    max_age: int | None
    total: str
    requires_licence: bool
    licensor: str
    licence_note: str
    items: tuple[Item, ...]
    cutoffs: Mapping[str, int] = field(hash=False)
    cutoff_sources: Mapping[str, str] = field(hash=False)
    reliability: Reliability | None
    texts: Mapping[str, PackText] = field(hash=False)
    digest: str

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that the words exist in, Danish first."""
        return tuple(self.texts)

    @property
    def sd(self) -> Decimal:
        """The standard deviation behind reliable change, in points. Errors: InstrumentError when the pack has none."""
        return self._reliability().sd

    @property
    def alpha(self) -> Decimal:
        """The alpha behind reliable change, 0 to below 1. Errors: InstrumentError when the pack has none."""
        return self._reliability().alpha

    def text(self, language: str) -> PackText:
        """Give the words in a language, else in the language without its region ("en-GB" → "en"), else in Danish."""
        chain = (language, language.partition("-")[0], SOURCE_LANGUAGE)
        return next(self.texts[code] for code in chain if code in self.texts)

    def _reliability(self) -> Reliability:
        if self.reliability is None:
            raise InstrumentError([f"The pack {self.id} version {self.version} has no reliable change."])
        return self.reliability
