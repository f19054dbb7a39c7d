"""Holds the house rules of the tests themselves: nothing skipped, nothing slept through, nothing of ours mocked."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.support.tree import called, imported, python

SKIPS = {"skip", "skipif", "importorskip", "xfail", "skipTest", "skipUnless"}
WAITS = {"time.sleep", "sleep", "page.wait_for_timeout", "asyncio.sleep"}
ITSELF = "tests/house/test_tests.py"


def evasions(tree: ast.Module) -> Iterator[str]:
    """Gives the places where a test file skips, sleeps or mocks."""
    for node in ast.walk(tree):
        name = called(node) if isinstance(node, ast.Attribute | ast.Name) else ""
        if name.startswith(("pytest.", "unittest.")) and name.split(".")[-1] in SKIPS:
            yield name
        if name in WAITS or name.endswith(".wait_for_timeout"):
            yield name
    yield from (name for name in imported(tree) if name.startswith("unittest.mock"))


def doubts(tree: ast.Module) -> Iterator[str]:
    """Gives the tests that cannot fail: no assert, no expected error, no call that could raise one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            inner = list(ast.walk(node))
            if not any(isinstance(part, ast.Assert | ast.Raise | ast.Call) for part in inner[1:]):
                yield node.name


def nameless(tree: ast.Module) -> Iterator[str]:
    """Gives the tests whose name is not a sentence of at least three words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3:
            yield node.name


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\npytest.skip('later')",
        "@pytest.mark.skipif(True, reason='')\ndef test_a(): ...",
        "import time\ntime.sleep(1)",
        "page.wait_for_timeout(5)",
        "from unittest.mock import patch",
    ],
)
def test_a_test_that_evades_is_found(source: str) -> None:
    assert list(evasions(ast.parse(source)))


def test_a_test_that_cannot_fail_is_found() -> None:
    assert list(doubts(ast.parse("def test_one():\n    pass"))) == ["test_one"]


def test_a_test_without_a_sentence_for_a_name_is_found() -> None:
    assert list(nameless(ast.parse("def test_marks():\n    assert marks()"))) == ["test_marks"]


def test_no_test_skips_sleeps_or_mocks() -> None:
    found = {name: list(evasions(tree)) for name, tree in python("tests") if name != ITSELF}
    assert {name: what for name, what in found.items() if what} == {}


def test_every_test_can_fail_and_is_named_as_a_sentence() -> None:
    found = {name: [*doubts(tree), *nameless(tree)] for name, tree in python("tests")}
    assert {name: what for name, what in found.items() if what} == {}
