"""Promise S3: mutation testing of backend/scoring leaves no survivor without a written reason."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SURVIVORS = ROOT / "tests" / "scoring" / "survivors.toml"


@pytest.mark.heavy
def test_every_mutant_of_scoring_is_killed_or_explained() -> None:
    command = [sys.executable, "-m", "tests.scoring.mutation_run"]
    run = subprocess.run(command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=1200)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_explained_survivor_has_its_reason() -> None:
    survivors = tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))["survivor"]
    assert [entry for entry in survivors if not entry["reason"].endswith(".")] == []
    assert len({entry["mutant"] for entry in survivors}) == len(survivors)
