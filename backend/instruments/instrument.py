"""Holds the value objects of one instrument and its words; it reads no file and scores nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal

from backend.instruments.mistake import InstrumentError

Direction = Literal["ltr", "rtl"]
ItemType = Literal["line", "face", "choice", "text", "drawing", "goals"]
Kind = Literal["outcome", "alliance", "young", "participation", "experience", "wellbeing", "goals"]
Phase = Literal["start", "end", "any"]
Layout = Literal["all", "one"]
Ends = Literal["words", "faces"]
Setting = Literal["individual", "group"]
Who = Literal["self", "parent", "family"]
About = Literal["life", "session", "caseworker", "municipality", "goals"]

SOURCE_LANGUAGE: Final = "da"
FACES: Final = (1, 4)  # how many faces a face item has, the unhappiest first


def nothing() -> Mapping[Any, Any]:
    """Give a read-only mapping that holds nothing."""
    return MappingProxyType({})


@dataclass(frozen=True)
class Item:
    """One question: its id, under which its answer is stored, and how it is answered.

    A goals item stands for one line for each goal of the family. `picture` names a pictogram ("" = none).
    """

    id: str
    type: ItemType
    required: bool = True
    picture: str = ""


@dataclass(frozen=True)
class ItemText:
    """The words of one question: its name, a description, what stands at the two ends of the line, the whole question.

    The ends are "" where there is no line. The question is "" where the name says enough.
    """

    id: str
    name: str
    description: str
    low: str
    high: str
    question: str = ""


@dataclass(frozen=True)
class PackText:
    """The words of one pack in one language: a short title, the question at the top, the items in their order.

    `direction` is "rtl" where the low end of the line is on the right. `choices` are the words of each step of the
    scale, or of each face; `themes` the names of the themes. `intro` is a sentence before the first question and
    `source` a line that must be shown ("" = none). `validated` is False for a translation that nobody has validated,
    which staff is told.
    """

    language: str
    title: str
    heading: str
    direction: Direction
    items: tuple[ItemText, ...]
    choices: Mapping[int, str] = field(default_factory=nothing, hash=False)
    themes: Mapping[str, str] = field(default_factory=nothing, hash=False)
    intro: str = ""
    source: str = ""
    validated: bool = True


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

    `family` names the curve its answers belong to; forms of one family share it. Ages are guidance in whole years,
    None = no bound. `total` is the range of the total in points, "none" without one. `cutoffs` are tenths 1…400 for
    each age group ("child", "adolescent", "adult") or for "all", `cutoff_sources` says where each comes from. `digest`
    is SHA-256 over structure and words. `layout` "one" shows one question at a time; `ends` "faces" draws faces at the
    ends of the line. `who` answers, `about` what. `validated` is False for a form that is kept out of every mean.
    `scale` is the lowest and highest step of a choice, `themes` the items of each theme, `bands` the scores (tenths
    10…100, both ends included) of each band and `bands_source` where they come from. `raters` are the words for whoever
    answers about somebody else, by language; they are no part of the digest. Mappings are read-only.
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
    layout: Layout = "all"
    ends: Ends = "words"
    setting: Setting = "individual"
    who: Who = "self"
    about: About = "life"
    validated: bool = True
    waves: bool = False
    may_be_anonymous: bool = False
    scale: tuple[int, int] | None = None
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=nothing, hash=False)
    bands: Mapping[str, tuple[int, int]] = field(default_factory=nothing, hash=False)
    bands_source: str = ""
    raters: Mapping[str, PackText] = field(default_factory=nothing, hash=False)

    @property
    def on_curve(self) -> bool:
        """Say whether an answer has a clinical total 0-40, and so a place on a curve and in a mean."""
        return self.total == "0-40"

    @property
    def asks_goals(self) -> bool:
        """Say whether it asks about the family's own goals."""
        return any(item.type == "goals" for item in self.items)

    @property
    def by_others(self) -> bool:
        """Say whether it asks what others can know too, and so wants words for collateral raters."""
        return self.about == "life" and self.phase == "start"

    @property
    def for_raters(self) -> bool:
        """Say whether a collateral rater can be asked it: only in words of their own, for the others say "du"."""
        return bool(self.raters)

    @property
    def worded(self) -> bool:
        """Say whether its words are an agency's licensed ones, laid over those that ship."""
        return "+" in self.version

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

    def rater_text(self, language: str) -> PackText:
        """Give the words for a collateral rater, {name} where the member's name belongs; without, the member's own."""
        own = self.text(language)
        return self.raters.get(own.language, own)

    def _reliability(self) -> Reliability:
        if self.reliability is None:
            raise InstrumentError([f"The pack {self.id} version {self.version} has no reliable change."])
        return self.reliability
