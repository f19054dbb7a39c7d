"""Reads an agency's licensed wording, which is laid over a pack that ships; the files that ship are never touched.

A folder of wording holds <id>/<version>/<language>.toml in the form of the words that ship, and beside them rater/, as
they do, where the licence has words for collateral raters; without, raters read the words that ship. Where Linjen keeps
it, the version is that of the pack with the digest of the wording behind it ("1+0a1b2c3d"), and loaded.toml lists what
was loaded, the newest last.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from backend.instruments.frozen import RATER, digest
from backend.instruments.instrument import Pack, PackText
from backend.instruments.mistake import Mistake
from backend.instruments.rater import read_rater
from backend.instruments.reading import LANGUAGE, NO_WORDS, NOT_ASKED, Reading
from backend.instruments.table import Table
from backend.instruments.text import read_text

Texts = dict[str, tuple[PackText, str]]  # by language, each with the digest of its file
Shipped = Mapping[tuple[str, str], Pack]

LOADED: Final = "loaded.toml"
MARK: Final = "wording.toml"
DIGITS: Final = 8  # of the digest, in hexadecimal
FREE: Final = (
    "The words of {id} need no licence and are not replaced; if that is meant, write replaces_free_words = true in "
    f"{MARK} beside the words."
)
CHANGED: Final = "This was changed after it was loaded; restore it, and load the new wording beside it."
GONE: Final = "This was loaded and is gone; restore it: answers were given to these words."


class Wording(NamedTuple):
    """What one walk through a folder of wording found; the packs may be used only when there are no mistakes."""

    packs: list[Pack]
    mistakes: list[Mistake]


def read_new(folder: Path, shipped: Shipped) -> Wording:
    """Read wording that somebody wants to load, every <id>/<version>/ below a folder."""
    reading = Reading(folder)
    places = sorted("/".join(path.parts[-2:]) for path in folder.glob("[!.]*/[!.]*/"))
    if not places:
        reading.note(str(folder), "There is no wording here; expected <id>/<version>/<language>.toml.")
    return Wording(list(_laid_over(reading, places, shipped)), reading.mistakes)


def read_loaded(home: Path, shipped: Shipped) -> Wording:
    """Read the wording that was loaded, the oldest first; nothing when none was."""
    reading = Reading(home)
    if not (home / LOADED).exists():
        return Wording([], [])
    table = Table(reading.parse(LOADED) or {}, LOADED, reading.mistakes)
    places = table.names("loaded")
    table.close()
    for place in places:
        if not (home / place).is_dir():
            reading.note(place, GONE)
    found = list(_laid_over(reading, [place for place in places if (home / place).is_dir()], shipped))
    for pack in found:
        if f"{pack.id}/{pack.version}" not in places:
            reading.note(f"{pack.id}/{pack.version.partition('+')[0]}", CHANGED)
    return Wording(found, reading.mistakes)


def load_wording(folder: Path, home: Path, shipped: Shipped) -> Wording:
    """Copy the wording of a folder to where Linjen keeps it, as the newest, unless there is a mistake anywhere."""
    before, found = read_loaded(home, shipped), read_new(folder, shipped)
    mistakes = before.mistakes + found.mistakes
    if mistakes:
        return Wording([], mistakes)
    for pack in found.packs:
        kept = home / pack.id / pack.version
        if not kept.exists():
            copying = kept.with_name(f".{pack.version}")  # a crash leaves no half of a wording under its name
            shutil.rmtree(copying, ignore_errors=True)
            shutil.copytree(folder / pack.id / pack.version.partition("+")[0], copying)
            copying.rename(kept)
    newest = [f"{pack.id}/{pack.version}" for pack in found.packs]
    earlier = [place for pack in before.packs if (place := f"{pack.id}/{pack.version}") not in newest]
    _write_loaded(home, [*earlier, *newest])
    return found


def _write_loaded(home: Path, places: list[str]) -> None:
    writing = home / f".{LOADED}"
    writing.write_text("loaded = [\n" + "".join(f'  "{place}",\n' for place in places) + "]\n", encoding="utf-8")
    writing.rename(home / LOADED)


def _laid_over(reading: Reading, places: Sequence[str], shipped: Shipped) -> Iterator[Pack]:
    """Give the pack of each place with the agency's words in place of those that ship; mistakes are noted."""
    for place in places:
        pack_id, _, version = place.partition("/")
        plain = shipped.get((pack_id, version.partition("+")[0]))
        if plain is None:
            known = ", ".join(f"{known_id}/{number}" for known_id, number in shipped)
            reading.note(place, f"There is no such instrument and version; there are {known}.")
            continue
        texts = _texts(reading, place, plain)
        if not plain.requires_licence and not _marked(reading, place):
            reading.note(place, FREE.format(id=pack_id))
        words = {**plain.texts, **{language: text for language, (text, _) in texts.items()}}
        theirs = _raters(reading, place, plain, words)
        raters = {**plain.raters, **{language: text for language, (text, _) in theirs.items()}}
        digests = {language: known for language, (_, known) in texts.items()}
        digests |= {f"{RATER}-{language}": known for language, (_, known) in theirs.items()}
        whole = digest({"of": [plain.id, plain.version], "words": digests})
        laid = replace(plain, texts=MappingProxyType(words), raters=MappingProxyType(raters))
        yield replace(laid, version=f"{plain.version}+{whole[:DIGITS]}", digest=whole)


def _texts(reading: Reading, place: str, plain: Pack) -> Texts:
    """Read each language file of a place."""
    texts: Texts = {}
    for path in sorted((reading.home / place).glob("[!.]*.toml")):
        file, language = f"{place}/{path.name}", path.stem
        if path.name == MARK:
            continue
        if not LANGUAGE.fullmatch(language):
            reading.note(file, "A file of words is named after its language, such as da.toml or en-GB.toml.")
        elif (content := reading.parse(file)) is not None:
            text = read_text(Table(content, file, reading.mistakes), language, plain)
            texts[language] = text, digest(content)
    if not texts:
        reading.note(place, "There are no words here; expected a file such as da.toml.")
    return texts


def _raters(reading: Reading, place: str, plain: Pack, words: Mapping[str, PackText]) -> Texts:
    """Read each file of a place with words for a collateral rater."""
    texts: Texts = {}
    for path in sorted((reading.home / place).glob(f"{RATER}/[!.]*.toml")):
        file, language = f"{place}/{RATER}/{path.name}", path.stem
        if not plain.by_others:
            reading.note(file, NOT_ASKED)
        elif language not in words:
            reading.note(file, NO_WORDS.format(file=f"{place}/{path.name}"))
        elif (content := reading.parse(file)) is not None:
            text = read_rater(Table(content, file, reading.mistakes), words[language], plain)
            texts[language] = text, digest(content)
    return texts


def _marked(reading: Reading, place: str) -> bool:
    if not (reading.home / place / MARK).exists():
        return False
    table = Table(reading.parse(f"{place}/{MARK}") or {}, f"{place}/{MARK}", reading.mistakes)
    marked = table.flag("replaces_free_words")
    table.close()
    return marked
