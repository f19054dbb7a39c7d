"""Measures the scripts that marking and keeping a form needs, compressed as they travel (promise F3)."""

from __future__ import annotations

import gzip
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from backend import create_app
from backend.instruments import packs
from backend.settings import Settings
from benchmarks.result import Result

STATIC = Path(__file__).parents[1] / "frontend" / "static"
TEMPLATES = Path(__file__).parents[1] / "frontend" / "templates"
PAGE = ("layout_family.html", "tablet/shell.html")
NOT_FOR_A_FORM = "visit.js"  # staff's screens, loaded when no family has the tablet
LARGEST = 45.0  # kB, of 1000 bytes
SCRIPT = re.compile(r"<script[^>]*(?:filename=|asset\()'([^']+)'")
IMPORT = re.compile(
    r"""(?:^|\n)\s*(?:import|export)\b[^'"\n]*(?:from\s*)?["'](\.{1,2}/[^"']+)["']|\bimport\(`(\.[^`$]+)\$\{again\}`\)"""
)
# what js/form.js fetches for some forms alone
PART = re.compile(r"""(\w+): script\(\(again\) => import\(`\./(\w+\.js)\$""")
NEEDED = re.compile(r'data-parts="([^"]*)"')


def loaded(left_out: set[str]) -> set[Path]:
    """Gives the scripts of the page and all that they import, but those of these names."""
    waiting = [
        STATIC / name for page in PAGE for name in SCRIPT.findall((TEMPLATES / page).read_text(encoding="utf-8"))
    ]
    found: set[Path] = set()
    while waiting:
        script = waiting.pop().resolve()
        if script not in found:
            found.add(script)
            imported = ["".join(names) for names in IMPORT.findall(script.read_text(encoding="utf-8"))]
            waiting += [script.parent / name for name in imported if Path(name).name not in left_out]
    return found


def by_form() -> Iterator[tuple[str, set[Path]]]:
    """Gives the scripts of each form that ships, by its id, as its own page asks for them."""
    parts: dict[str, str] = dict(PART.findall((STATIC / "js" / "form.js").read_text(encoding="utf-8")))
    with tempfile.TemporaryDirectory() as folder:
        client = create_app(Settings.from_environment({"LINJEN_DATA": folder})).test_client()
        for form in packs().values():
            asked = NEEDED.search(client.get(f"/tablet/skema/{form.id}/{form.version}/da").text)
            needed = asked[1].split() if asked else []
            yield form.id, loaded({NOT_FOR_A_FORM, *(name for part, name in parts.items() if part not in needed)})


def results() -> Iterator[Result]:
    """Gives the compressed size of the scripts of the form that needs most of them, and of ORS, in kB."""
    sizes = {form: [len(gzip.compress(script.read_bytes(), 6)) for script in found] for form, found in by_form()}
    for form in ("ors", max(sizes, key=lambda form: sum(sizes[form]))):
        name = f"scripts of {form}, sealing and storage included ({len(sizes[form])} files, gzip)"
        yield Result(name, "kB", (sum(sizes[form]) / 1000,), LARGEST, "median")
