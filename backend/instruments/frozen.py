"""Holds the digests that versions are frozen under, structure and words apart, and the file they stand in."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from backend.instruments.mistake import Mistake

FILE: Final = "frozen.toml"
STRUCTURE: Final = "structure"
RATER: Final = "rater"  # the folder, and what the names of its parts begin with
CHANGED: Final = (
    "This was changed after it was frozen; restore the text, or raise the version: put it in a new folder beside this."
)
GONE: Final = "This was frozen and is gone; restore the file."
NEW: Final = "This is not frozen yet; run python -m backend.instruments --freeze."
HEADING: Final = """\
# The digest of every pack's structure and words, by id and version; `python -m backend.instruments --freeze` adds them.
# Answers point at these versions: raise a version instead of changing a line, once anybody can have answered it.
"""


class Part(NamedTuple):
    """One frozen piece of a pack: its structure, or its words in one language (the language's code).

    The words for a collateral rater are pieces of their own: "rater-" and the language's code.
    """

    id: str
    version: str
    name: str

    @property
    def file(self) -> str:
        """The file that holds it, below the instruments folder."""
        name = "pack" if self.name == STRUCTURE else self.name.replace(f"{RATER}-", f"{RATER}/")
        return f"packs/{self.id}/{self.version}/{name}.toml"

    @property
    def key(self) -> str:
        """Where its digest stands in frozen.toml."""
        return ".".join(self)

    @property
    def of_rater(self) -> bool:
        """Whether it holds the words for a collateral rater."""
        return self.name.startswith(f"{RATER}-")


def digest(content: object) -> str:
    """Compute the SHA-256, in hexadecimal, of content read from TOML; layout and order do not count."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def read_frozen(content: Mapping[str, object], mistakes: list[Mistake]) -> dict[Part, str]:
    """Read the parsed frozen.toml; an entry that is not id, version, part and digest is noted."""
    frozen = {}
    for path, value in _leaves(content):
        if len(path) == len(Part._fields) and isinstance(value, str):
            frozen[Part(*path)] = value
        else:
            mistakes.append(Mistake(FILE, ".".join(path), "This is no digest under an id, a version and a part."))
    return frozen


def broken(parts: Mapping[Part, str], frozen: Mapping[Part, str], unread: Collection[str]) -> list[Mistake]:
    """List what differs from the day it was frozen: parts that were changed, and parts that are gone.

    `unread` are the files that cannot be parsed; each has a mistake of its own.
    """
    return [
        Mistake(part.file, part.key, CHANGED if part in parts else GONE)
        for part, known in frozen.items()
        if parts.get(part) != known and part.file not in unread
    ]


def unfrozen(parts: Mapping[Part, str], frozen: Mapping[Part, str]) -> list[Mistake]:
    """List the parts that have never been frozen."""
    return [Mistake(part.file, part.key, NEW) for part in parts if part not in frozen]


def write_frozen(home: Path, parts: Mapping[Part, str]) -> None:
    """Write frozen.toml with these digests, sorted."""
    lines = [HEADING]
    for id, version in sorted({(part.id, part.version) for part in parts}):  # noqa: A001
        named = {part.name: known for part, known in parts.items() if part[:2] == (id, version)}
        lines += [f'[{id}."{version}"]', *(f'{name} = "{named[name]}"' for name in sorted(named)), ""]
    (home / FILE).write_text("\n".join(lines), encoding="utf-8")


def _leaves(content: Mapping[str, object], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*path, key))
        else:
            yield (*path, key), value
