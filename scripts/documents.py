"""Holds the documents that are written from the code, and the check that they are fresh.

`python -m scripts.documents` names what is stale and fails; `--write` writes it. One more document is one more line
in `DOCUMENTS`: its path, and a function that gives its text.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from backend.problems import KINDS

ROOT = Path(__file__).parents[1]
WRITTEN = "<!-- Written by `make documents`; change the code, not this file. -->\n"


def problems() -> str:
    """Gives the table of every error that people and programs are told about."""
    rows = [f"| `{name}` | {kind.status} | {kind.title} | {kind.advice} |" for name, kind in KINDS.items()]
    head = [
        "# Errors",
        "",
        WRITTEN,
        "An error is answered as `application/problem+json` of type `urn:linjen:problem:<name>`, or as a page.",
        "",
        "| name | status | title | what to do |",
        "|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


DOCUMENTS: Mapping[str, Callable[[], str]] = {"docs/errors.md": problems}


def stale() -> list[str]:
    """Gives the paths of the documents that differ from what the code says."""
    return [name for name, text in DOCUMENTS.items() if not _same(ROOT / name, text())]


def _same(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


def main() -> int:
    """Checks or writes the documents; gives 1 if one is stale."""
    if "--write" in sys.argv[1:]:
        for name in stale():
            (ROOT / name).write_text(DOCUMENTS[name](), encoding="utf-8")
    found = stale()
    print(*(f"{name}: is stale, run `make documents`." for name in found), sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
