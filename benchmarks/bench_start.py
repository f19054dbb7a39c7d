"""Measures how long the app takes to start, and the scoring command line, each in a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.result import Result

ROUNDS = 15
APP = "from backend import create_app; create_app()"


def seconds(*arguments: str, data: Path) -> float:
    """Gives how long one fresh interpreter runs with these arguments."""
    environment = dict(os.environ) | {"LINJEN_DATA": str(data), "LINJEN_DEMO": "0"}
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - begun


def results() -> Iterator[Result]:
    """Gives the start times in seconds; the first round of each only warms the disk."""
    command = ("-m", "backend.scoring", "ors", "6250", "6250", "6250", "6250", "--age", "34")
    with tempfile.TemporaryDirectory() as folder:
        for name, arguments in (("app starts", ("-c", APP)), ("scoring command answers", command)):
            taken = [seconds(*arguments, data=Path(folder)) for _ in range(ROUNDS + 1)]
            yield Result(name, "s", tuple(taken[1:]))
