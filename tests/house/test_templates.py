"""Holds what the content policy forbids in a template, found before a browser has to refuse it."""

from __future__ import annotations

import re

import pytest

from tests.support.tree import ROOT, below

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\s(?:hx-)?on[a-z:]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "a data address": re.compile(r"""["'(]data:""", re.IGNORECASE),
    "another host": re.compile(r"""(?:src|href|action|hx-[a-z]+)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE),
    "text marked as safe": re.compile(r"\|\s*safe\b|\bautoescape\s+false", re.IGNORECASE),
}


def breaches(text: str) -> list[str]:
    """Gives what a template holds and must not."""
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p class="a" style="color:red">', "a style attribute"),
        ("<style>p{}</style>", "a style element"),
        ('<script type="module">let a</script>', "an inline script"),
        ('<button type="button"\n onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "a javascript address"),
        ('<img src="data:image/png;base64,AA">', "a data address"),
        ('<script src="https://example.org/a.js"></script>', "another host"),
        ("{{ note|safe }}", "text marked as safe"),
    ],
)
def test_a_breach_is_found(text: str, what: str) -> None:
    assert what in breaches(text)


def test_ordinary_markup_is_no_breach() -> None:
    assert not breaches('<script type="module" src="{{ url }}"></script><meta content="x"><a href="/one">')


def test_no_template_needs_what_the_content_policy_forbids() -> None:
    found = {path.relative_to(ROOT): breaches(path.read_text("utf-8")) for path in below("frontend", suffix=".html")}
    assert found
    assert {name: what for name, what in found.items() if what} == {}
