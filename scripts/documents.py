"""Holds the documents that are written from the code, and the check that they are fresh.

`python -m scripts.documents` names what is stale and fails; `--write` writes it. One more document is one more line
in `DOCUMENTS`: its path, and a function that gives its text. In the README only the table of forms is written.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from backend.instruments import Pack, packs
from backend.problems import KINDS

ROOT = Path(__file__).parents[1]
WRITTEN = "<!-- Written by `make documents`; change the code, not this file. -->\n"
FORMS = (
    "<!-- The forms: written by `make documents` from backend/instruments/shipped. -->\n",
    "<!-- So far the forms. -->",
)
WHEN = {"start": "start of a session", "end": "end of a session", "any": "any time"}
GOALS = "a line a goal"
TOTALS = {"0-40": "0–40", "0-100": "0–100", "none": "none"}


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


def readme() -> str:
    """Gives the README with the table of the forms that ship between its two marks."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    before, first, rest = text.partition(FORMS[0])
    after = rest.partition(FORMS[1])[2]
    head = [
        "| form | who | when | items | answered by | total | licence | languages |",
        "|---|---|---|---|---|---|---|---|",
    ]
    table = "\n".join([*head, *map(_row, packs().values())])
    return f"{before}{first}\n{table}\n\n{FORMS[1]}{after}" if first else text


def _row(form: Pack) -> str:
    """Gives the row of one form."""
    types = list(dict.fromkeys(GOALS if item.type == "goals" else item.type for item in form.items))
    if form.scale:
        types = [f"choice {form.scale[0]}–{form.scale[1]}"]
    if form.ends == "faces" and "line" in types:
        types = ["line between faces"]
    when = WHEN[form.phase].replace("session", "group session") if form.setting == "group" else WHEN[form.phase]
    cells = (
        f"`{form.id}` {form.text('en').title}",
        _who(form),
        f"{when}, waves" if form.waves else when,
        "one a goal" if types == [GOALS] else str(len(form.items)),
        ", ".join(types),
        _total(form),
        "needed" if form.requires_licence else "free",
        " ".join(form.languages),
    )
    return f"| {' | '.join(cells)} |"


def _who(form: Pack) -> str:
    """Gives whom a form is for: a role, or an age."""
    if form.min_age is not None:
        return f"{form.min_age}–{form.max_age}" if form.max_age is not None else f"{form.min_age}+"
    return f"under {form.max_age + 1}" if form.max_age is not None else form.who


def _total(form: Pack) -> str:
    """Gives what a form is summed to, or what is read instead."""
    if form.themes:
        return f"means of {len(form.themes)} themes"
    if form.bands:
        return "bands " + ", ".join(f"{(least + 5) // 10}–{(most + 5) // 10}" for least, most in form.bands.values())
    return TOTALS[form.total] if form.validated else "none; not validated"


DOCUMENTS: Mapping[str, Callable[[], str]] = {"docs/errors.md": problems, "README.md": readme}


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
