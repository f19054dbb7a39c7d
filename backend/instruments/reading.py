"""Walks a folder of packs and reads every file of it once; what a field may say it does not know."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Final

from backend.instruments.frozen import FILE, RATER, STRUCTURE, Part, broken, digest, read_frozen
from backend.instruments.instrument import SOURCE_LANGUAGE, Pack, PackText
from backend.instruments.mistake import Mistake
from backend.instruments.rater import read_rater
from backend.instruments.structure import read_structure
from backend.instruments.table import Table
from backend.instruments.text import OURS, read_text

NOT_ASKED: Final = "Nobody is asked this form about somebody else; remove the file."
NO_WORDS: Final = "There are no words in this language to begin with; write {file} first."
LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass
class Reading:
    """What one walk has found so far; the packs may be used only when there are no mistakes.

    `parts` are digests of what is there, `frozen` those of frozen.toml, `unread` the files that are no TOML.
    """

    home: Path
    packs: list[Pack] = field(default_factory=list)
    parts: dict[Part, str] = field(default_factory=dict)
    frozen: dict[Part, str] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)

    def note(self, file: str, sentence: str) -> None:
        """Note a mistake of a whole file."""
        self.mistakes.append(Mistake(file, "", sentence))

    def parse(self, file: str) -> dict[str, object] | None:
        """Read a TOML file below the folder; None, and a mistake noted, when it is none."""
        try:
            return tomllib.loads((self.home / file).read_text(encoding="utf-8"), parse_float=Decimal)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.unread.add(file)
            self.note(file, f"The file is no TOML in UTF-8: {error}.")
            return None

    def open(self, part: Part) -> Table | None:
        """Open one part of a pack and keep its digest; None when it cannot be read."""
        content = self.parse(part.file)
        if content is None:
            return None
        self.parts[part] = digest(content)
        return Table(content, part.file, self.mistakes)


def read(home: Path) -> Reading:
    """Read frozen.toml and every packs/<id>/<version>/ below the folder."""
    reading = Reading(home)
    if (home / FILE).exists():
        reading.frozen = read_frozen(reading.parse(FILE) or {}, reading.mistakes)
    folders = sorted((home / "packs").glob("[!.]*/[!.]*/"))
    if not folders:
        reading.note("packs", "There is no pack here; expected packs/<id>/<version>/pack.toml.")
    for folder in folders:
        _read_pack(reading, folder)
    reading.mistakes += broken(reading.parts, reading.frozen, reading.unread)
    return reading


def _read_pack(reading: Reading, folder: Path) -> None:
    part = Part(folder.parent.name, folder.name, STRUCTURE)
    if not (reading.home / part.file).exists():
        reading.note(part.file, "The file is missing; it holds the structure of the pack.")
        return
    table = reading.open(part)
    if table is None:  # what words there must be depends on the structure
        reading.unread |= {str(path.relative_to(reading.home)) for path in folder.rglob("*.toml")}
        return
    structure = read_structure(table, part.id, part.version)
    texts = _read_texts(reading, folder, structure)
    raters = _read_raters(reading, folder, structure, texts)
    own = {each.name: known for each, known in reading.parts.items() if each[:2] == part[:2] and not each.of_rater}
    reading.packs.append(
        replace(structure, texts=MappingProxyType(texts), raters=MappingProxyType(raters), digest=digest(own))
    )


def _read_texts(reading: Reading, folder: Path, structure: Pack) -> dict[str, PackText]:
    named = {path.stem for path in folder.glob("[!.]*.toml")} - {"pack"}
    parts = [Part(folder.parent.name, folder.name, name) for name in sorted(named | {SOURCE_LANGUAGE}, key=_place)]
    texts = {}
    for part in parts:
        if part.name not in named:
            reading.note(part.file, "The Danish words are missing; every other language falls back on them.")
        elif not LANGUAGE.fullmatch(part.name):
            reading.note(part.file, "A file of words is named after its language, such as da.toml or en-GB.toml.")
        elif table := reading.open(part):
            texts[part.name] = read_text(table, part.name, structure)
    return texts


def _read_raters(reading: Reading, folder: Path, structure: Pack, texts: Mapping[str, PackText]) -> dict[str, PackText]:
    """Read the words for a collateral rater in each language that the member's own words exist in."""
    raters = {}
    for path in sorted(folder.glob(f"{RATER}/[!.]*.toml")):
        language = path.stem
        own = Part(folder.parent.name, folder.name, language)
        part = own._replace(name=f"{RATER}-{language}")
        table, spoiled = reading.open(part), any(mistake.file == own.file for mistake in reading.mistakes)
        if not structure.by_others:
            reading.note(part.file, NOT_ASKED)
        elif language not in texts and not spoiled:
            reading.note(part.file, NO_WORDS.format(file=own.file))
        elif table and not spoiled:  # the words to begin with have mistakes of their own
            raters[language] = read_rater(table, texts[language], structure)
    return raters


def _place(language: str) -> tuple[int, str]:
    """Sort the languages we write ourselves first, Danish before the others."""
    return (OURS.index(language) if language in OURS else len(OURS)), language
