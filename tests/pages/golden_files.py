"""Holds the comparison of a page with what was looked at and kept in golden/; `LINJEN_GOLDEN=renew` writes it anew."""

from __future__ import annotations

import os
import re
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.pages.curve_case import seen

FOLDER = Path(__file__).parent / "golden"
MOST_CELLS = 12
RENEW = "LINJEN_GOLDEN=renew"


def hold(name: str, now: str, folder: Path = FOLDER) -> None:
    """Fails with the lines that differ from the kept file, or keeps the text as it is now when asked to renew."""
    kept = folder / name
    if os.environ.get("LINJEN_GOLDEN") == "renew":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(now, encoding="utf-8")
    before = kept.read_text(encoding="utf-8") if kept.exists() else ""
    changed = list(unified_diff(before.splitlines(), now.splitlines(), f"kept: {name}", "now", lineterm="", n=1))
    if changed:
        pytest.fail("\n".join([*changed, f"Look at it; if it is as it should be, run this test with {RENEW}."]), False)


def pictures(html: str) -> str:
    """Gives every picture of a page that says what it shows, an element a line."""
    found = re.findall(r'<svg [^>]*role="img".*?</svg>', html, re.DOTALL)
    lines = re.sub(r">\s*<", ">\n<", "\n".join(found)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip()) + "\n"


def words(html: str) -> str:
    """Gives what a page says, in its order, and then the table, a row a line; small lines beside it are left out."""
    table = re.search(r"<table.*?</table>", html, re.DOTALL)
    elsewhere = r"<table.*?</table>|<dl>.*?</dl>|<nav.*?</nav>|<ol class=\"curve-readings\".*?</ol>"
    said = re.sub(elsewhere, "", html, flags=re.DOTALL)
    parts = re.findall(r"<(h1|h2|h3|p|dd|desc)\b[^>]*>(.*?)</\1>", said, re.DOTALL)
    rows = re.findall(r"<tr.*?</tr>", table[0], re.DOTALL) if table else []
    return "\n".join([*filter(None, (_plain(text) for _tag, text in parts)), "", *map(_row, rows)]).rstrip() + "\n"


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def _row(row: str) -> str:
    head, *cells = seen(row, "t[hd]")
    left_out = len(cells) - MOST_CELLS
    shown = [*cells[:3], f"({left_out})", *cells[-MOST_CELLS + 3 :]] if left_out > 0 else cells
    return " | ".join([head, *shown])
