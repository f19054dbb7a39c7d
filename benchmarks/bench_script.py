"""Measures the scripts that marking and keeping a form needs, compressed as they travel (promise F3)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result import Result

STATIC = Path(__file__).parents[1] / "frontend" / "static"
TEMPLATES = Path(__file__).parents[1] / "frontend" / "templates"
PAGE = ("layout_family.html", "tablet/shell.html")
NOT_FOR_A_FORM = "visit.js"  # staff's screens, loaded when no family has the tablet
LARGEST = 45.0  # kB, of 1000 bytes
SCRIPT = re.compile(r"<script[^>]*(?:filename=|asset\()'([^']+)'")
IMPORT = re.compile(
    r"""(?:^|\n)\s*(?:import|export)\b[^'"\n]*(?:from\s*)?["'](\.{1,2}/[^"']+)["']|\bimport\(["'](\.[^"']+)["']\)"""
)


def loaded() -> set[Path]:
    """Gives the scripts of the page and all that they import."""
    waiting = [
        STATIC / name for page in PAGE for name in SCRIPT.findall((TEMPLATES / page).read_text(encoding="utf-8"))
    ]
    found: set[Path] = set()
    while waiting:
        script = waiting.pop().resolve()
        if script not in found:
            found.add(script)
            imported = ["".join(names) for names in IMPORT.findall(script.read_text(encoding="utf-8"))]
            waiting += [script.parent / name for name in imported if not name.endswith(NOT_FOR_A_FORM)]
    return found


def results() -> Iterator[Result]:
    """Gives the compressed size of all scripts of the page, in kB."""
    sizes = [len(gzip.compress(script.read_bytes(), 6)) for script in loaded()]
    yield Result(
        f"scripts of a form, sealing and storage included ({len(sizes)} files, gzip)",
        "kB",
        (sum(sizes) / 1000,),
        LARGEST,
        "median",
    )
