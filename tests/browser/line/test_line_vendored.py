"""Holds the proof that other people's browser code is byte for byte what the maintainers' script pinned."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[3]
VENDORED = (ROOT / "frontend/static/vendor", ROOT / "tests/browser/vendor")
PINNED = re.compile(r'"\$vendor/(\S+)" \\\n +([0-9a-f]{64})|(tests/\S+) \\\n +([0-9a-f]{64})')


def pins() -> dict[Path, str]:
    """Gives the hash that scripts/vendor.sh pins for each file."""
    script = (ROOT / "scripts/vendor.sh").read_text()
    return {
        VENDORED[0] / ours if ours else ROOT / theirs: ours_hash or theirs_hash
        for ours, ours_hash, theirs, theirs_hash in PINNED.findall(script)
    }


def test_every_vendored_file_is_pinned_and_nothing_else_is() -> None:
    files = {path for folder in VENDORED for path in folder.rglob("*") if path.is_file() and path.name != "README.md"}
    assert files == set(pins())


def test_every_vendored_file_has_its_pinned_hash() -> None:
    assert {path: sha256(path.read_bytes()).hexdigest() for path in pins()} == pins()


def test_the_readme_names_the_hash_of_every_file_that_is_served() -> None:
    readme = (VENDORED[0] / "README.md").read_text()
    for path, digest in pins().items():
        if path.is_relative_to(VENDORED[0]):
            assert f"| `{path.relative_to(VENDORED[0])}` |" in readme
            assert digest in readme
