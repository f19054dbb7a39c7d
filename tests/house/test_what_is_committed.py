"""Holds what no committed file may name: this or that machine's folders, and the host of a package index."""

from __future__ import annotations

import re

import pytest

from tests.support.tree import ROOT, files

LARGEST = 1_000_000  # bytes
# written in pieces, so that this file does not find itself
FOLDERS = "|".join(("wo" + "rk", "ro" + "ot", "tm" + "p", "ho" + "me/[a-z]+", "Us" + "ers/[A-Za-z]+"))
HOSTS = "|".join(("py" + r"pi\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"))
FORBIDDEN = {
    "a folder of one machine": re.compile(rf"(?<![\w.}}/*)\]-])/(?:{FOLDERS})(?:/|\b(?=[\s\"'`]))"),
    "the host of a package index": re.compile(HOSTS),
    "a private tool": re.compile(r"\." + "library/"),
}


def findings(text: str) -> list[str]:
    """Gives what a committed text names and must not."""
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize(
    "text", ["cd /wo" + "rk/main", '"/tm' + 'p/a"', "https://py" + "pi.org/simple", "~/.lib" + "rary/x"]
)
def test_a_name_that_belongs_to_one_machine_is_found(text: str) -> None:
    assert findings(text)


@pytest.mark.parametrize(
    "text", ["frontend/homework/list.html", "/api/v1/work-list", "tests/tmp_path", "the root/of it"]
)
def test_ordinary_paths_are_allowed(text: str) -> None:
    assert not findings(text)


def test_no_committed_file_names_one_machine_or_an_index_host() -> None:
    found = {}
    for path in files():
        content = path.read_bytes()
        if b"\0" not in content and "vendor" not in path.parts:
            found[path.relative_to(ROOT)] = findings(content.decode("utf-8"))
    assert len(found) > 20
    assert {name: what for name, what in found.items() if what} == {}


def test_no_committed_file_is_large() -> None:
    sizes = {path.relative_to(ROOT): path.stat().st_size for path in files()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
