"""Holds the packs in use and the checks of a folder of packs; how a folder is read is in reading.py and wording.py."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from backend.instruments.frozen import RATER, Part, unfrozen, write_frozen
from backend.instruments.instrument import Pack
from backend.instruments.mistake import InstrumentError, Mistake, UnknownInstrument
from backend.instruments.reading import Reading, read
from backend.instruments.structure import KINDS
from backend.instruments.wording import read_loaded

HOME: Final = Path(__file__).parent / "shipped"  # not packs/ itself: a folder named as the function would hide it
WANTED: Final = "The words are missing; families may ask for them."
WANTED_OF_RATER: Final = (
    "The words for a collateral rater are missing; say it about {name}, who is somebody else than the reader."
)
_wording_home: Final[list[Path]] = []


def check(folder: Path = HOME, languages: Iterable[str] = ()) -> list[Mistake]:
    """Explain every mistake of every pack in one pass; an empty list means that `load` accepts them.

    `folder` holds packs/<id>/<version>/ and frozen.toml. `languages` are those that the newest versions must have.
    """
    reading = read(folder)
    usable = [] if reading.mistakes else newest(reading.packs).values()
    wanted = tuple(languages)
    missing = [(pack, language, WANTED) for pack in usable for language in wanted if language not in pack.texts]
    missing += [
        (pack, f"{RATER}-{language}", WANTED_OF_RATER)
        for pack in usable
        for language in wanted
        if pack.by_others and language in pack.texts and language not in pack.raters
    ]
    return _mistakes(reading) + [
        Mistake(Part(pack.id, pack.version, name).file, "", sentence) for pack, name, sentence in missing
    ]


def freeze(folder: Path = HOME) -> list[Mistake]:
    """Write the digests of new packs and words to frozen.toml, or list the mistakes that keep it from being written.

    A part that is frozen is never frozen anew: a changed one is a mistake.
    """
    reading = read(folder)
    if not reading.mistakes:
        write_frozen(folder, reading.parts)
    return reading.mistakes


def load(folder: Path = HOME) -> Mapping[tuple[str, str], Pack]:
    """Read every pack, by id and version. Errors: InstrumentError that lists every mistake that `check` explains."""
    reading = read(folder)
    mistakes = _mistakes(reading)
    if mistakes:
        raise InstrumentError(map(str, mistakes))
    return MappingProxyType({(pack.id, pack.version): pack for pack in reading.packs})


def newest(versions: Iterable[Pack]) -> Mapping[str, Pack]:
    """Keep the newest version of each pack, by id: outcome, alliance, then other kinds; the oldest persons first.

    Of the same version the last one counts.
    """
    oldest_first = sorted(versions, key=lambda pack: int(pack.version.partition("+")[0]))
    found = {pack.id: pack for pack in oldest_first}
    return MappingProxyType({pack.id: pack for pack in sorted(found.values(), key=_place)})


@cache
def packs() -> Mapping[str, Pack]:
    """Give the newest version of each pack, by id, in the agency's wording where one is loaded.

    Errors: InstrumentError when one that ships, or a wording, has a mistake.
    """
    return newest(_known().values())


def pack(id: str, version: str | None = None) -> Pack:  # noqa: A002
    """Give a pack, in its newest version unless one is named. Errors: UnknownInstrument."""
    found = packs().get(id) if version is None else _known().get((id, version))
    if found is None:
        wanted = id if version is None else f"{id} version {version}"
        raise UnknownInstrument([f"There is no instrument {wanted}; there are {', '.join(packs())}."])
    return found


def lay_over(home: Path) -> None:
    """Lay the wording that was loaded into a folder over the packs that ship, in this process from now on."""
    _wording_home[:] = [home]
    _known.cache_clear()
    packs.cache_clear()


def check_wording(home: Path) -> list[Mistake]:
    """Explain every mistake of the wording that was loaded into a folder."""
    return read_loaded(home, as_shipped()).mistakes


@cache
def as_shipped() -> Mapping[tuple[str, str], Pack]:
    """Give every version of every pack that ships, by id and version, in the words that ship."""
    return load()


@cache
def _known() -> Mapping[tuple[str, str], Pack]:
    """Give the packs that ship and, behind them, the same in the wordings that were loaded, the newest last."""
    found = dict(as_shipped())
    for home in _wording_home:
        wording = read_loaded(home, as_shipped())
        if wording.mistakes:
            raise InstrumentError(map(str, wording.mistakes))
        found |= {(laid.id, laid.version): laid for laid in wording.packs}
    return MappingProxyType(found)


def _place(pack: Pack) -> tuple[int, bool, int, str]:
    return KINDS.index(pack.kind), pack.setting == "group", -(pack.min_age or 0), pack.id


def _mistakes(reading: Reading) -> list[Mistake]:
    return reading.mistakes + unfrozen(reading.parts, reading.frozen)
