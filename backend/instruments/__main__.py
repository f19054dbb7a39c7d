"""Checks a folder of packs on the command line, or freezes what is new in it; it changes nothing but frozen.toml."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.instruments.collection import HOME, check, freeze
from backend.vocabulary import FAMILY_LANGUAGES


def main(arguments: Sequence[str]) -> int:
    """Print every mistake, one a line, and return 1; return 0 when there is none."""
    parser = argparse.ArgumentParser(prog="python -m backend.instruments", description="Check the instrument packs.")
    parser.add_argument("folder", nargs="?", type=Path, default=HOME, help="holds packs/ and frozen.toml")
    parser.add_argument("--freeze", action="store_true", help="write the digests of new packs and words to frozen.toml")
    given = parser.parse_args(arguments)
    spoken = FAMILY_LANGUAGES if given.folder == HOME else ()
    mistakes = freeze(given.folder) if given.freeze else check(given.folder, spoken)
    for mistake in mistakes:
        print(mistake)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
