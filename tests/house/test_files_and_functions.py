"""Holds the house rules of size: one file, one noun, read in one go; functions that fit on half a screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.support.tree import ROOT, below, python

LONGEST_FILE, LONGEST_FUNCTION = 300, 30
CODE = ("backend", "benchmarks", "frontend", "scripts", "tests")


def long_functions(tree: ast.Module) -> Iterator[str]:
    """Gives the functions that are too long, decorators and docstring left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) is not None and len(node.body) > 1 else node.body[0]
            lines = (node.end_lineno or node.lineno) - first.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} ({lines} lines)"


def opening_mistake(tree: ast.Module) -> str:
    """Says what is wrong with a file's first line, or nothing."""
    text = ast.get_docstring(tree)
    if not tree.body:
        return ""
    if not text or tree.body[0].lineno != 1:
        return "does not begin with a sentence that says what it holds"
    return "" if text.splitlines()[0].endswith(".") else "its first line is not one whole sentence"


def test_a_long_function_is_found() -> None:
    body = "\n".join(f"    step({number})" for number in range(LONGEST_FUNCTION + 1))
    assert list(long_functions(ast.parse(f"def short():\n    pass\n\ndef long():\n{body}"))) == ["long (31 lines)"]


@pytest.mark.parametrize("source", ["import os", '\n"""Holds a thing."""', '"""Holds a thing\nand more."""'])
def test_a_file_without_an_opening_sentence_is_found(source: str) -> None:
    assert opening_mistake(ast.parse(source))


def test_every_file_can_be_read_in_one_go() -> None:
    paths = [path for suffix in (".py", ".js", ".html", ".css") for path in below(*CODE, suffix=suffix)]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert len(lengths) > 20
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_every_python_file_begins_with_what_it_holds() -> None:
    found = {name: opening_mistake(tree) for name, tree in python("backend", "benchmarks", "scripts", "tests")}
    assert {name: mistake for name, mistake in found.items() if mistake} == {}


def test_every_function_of_the_backend_is_short() -> None:
    found = {name: list(long_functions(tree)) for name, tree in python("backend", "scripts", "benchmarks")}
    assert {name: functions for name, functions in found.items() if functions} == {}
