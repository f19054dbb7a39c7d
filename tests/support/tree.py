"""Holds the way to the project's own files, as git knows them, for tests of the house; it reads no rule."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Gives every file that is committed or about to be."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listing.split("\0") if name]
    return tuple(path for path in paths if path.is_file())


def below(*folders: str, suffix: str) -> Iterator[Path]:
    """Gives the files of these folders that end so, vendored ones left out."""
    for path in files():
        name = path.relative_to(ROOT)
        if name.parts[0] in folders and path.suffix == suffix and "vendor" not in name.parts:
            yield path


def python(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Gives name and syntax tree of each Python file of these folders."""
    for path in below(*folders, suffix=".py"):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.expr) -> str:
    """Gives the dotted name of an expression like `pytest.mark.skip`, or an empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := called(node.value)):
        return f"{owner}.{node.attr}"
    return ""


def imported(tree: ast.Module) -> Iterator[str]:
    """Gives what a file imports, dotted: `from a import b` as `a.b`, and `from . import b` as `.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = "." * node.level + (node.module or "")
            yield from (f"{start}.{name.name}" if node.module else f"{start}{name.name}" for name in node.names)
