"""Holds the rule that scoring and figures need nothing but Python; other directions are contracts of import-linter."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.support.tree import imported, python

PURE = ("scoring", "figures")
ENTRANCE = "backend/scoring/__main__.py"  # the command line reads the instruments' cut-offs


def strangers(tree: ast.Module, room: str) -> Iterator[str]:
    """Gives what a file of a pure room imports beside the standard library and pure rooms."""
    allowed = ("backend.scoring", "backend.figures") if room == "figures" else ("backend.scoring",)
    for name in imported(tree):
        first = name.split(".")[0]
        if first and first not in sys.stdlib_module_names and not name.startswith(allowed):
            yield name
        if name.startswith(".."):
            yield name


@pytest.mark.parametrize(
    "source",
    [
        "import flask",
        "from sqlalchemy.orm import Session",
        "from backend.models import Member",
        "from ..models import x",
    ],
)
def test_an_import_from_another_room_is_found(source: str) -> None:
    assert list(strangers(ast.parse(source), "scoring"))


@pytest.mark.parametrize(
    "source", ["import math", "from backend.scoring.marks import score", "from .marks import score"]
)
def test_an_import_from_the_room_itself_is_allowed(source: str) -> None:
    assert not list(strangers(ast.parse(source), "scoring"))


def test_scoring_and_figures_import_only_the_standard_library() -> None:
    pure = {
        name: list(strangers(tree, room))
        for room in PURE
        for name, tree in python("backend")
        if name.startswith(f"backend/{room}/") and name != ENTRANCE
    }
    assert pure
    assert {name: found for name, found in pure.items() if found} == {}
