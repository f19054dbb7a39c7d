"""Holds the runner of the benchmarks: every bench_*.py beside it, each in a process of its own, with a table for each.

A benchmark is a module with `results()`, which gives `Result`s. `python -m benchmarks.run pages` runs only
bench_pages.py; without names all run. What was run takes its place in RESULTS.md. Fails where a promise is broken.
"""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from backend.clock import today
from benchmarks.result import Result, table

HERE = Path(__file__).parent
HEADER = """# What Linjen promises, measured

Written by `make bench`. Numbers depend on the machine: compare two runs on one machine, not two machines.
"p95" is the nearest-rank 95th percentile, "spread" the smallest and largest sample; a promise is judged as it says.
Each table is of one run, on the day that its heading names.
"""
RESULTS = HERE / "RESULTS.md"


def names(chosen: Sequence[str]) -> list[str]:
    """Gives the benchmarks to run; raises SystemExit for a name that is none."""
    known = [path.stem.removeprefix("bench_") for path in sorted(HERE.glob("bench_*.py"))]
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise SystemExit(f"No benchmark {', '.join(unknown)}. There are: {', '.join(known)}.")
    return [name for name in known if not chosen or name in chosen]


def measured(name: str) -> list[Result]:
    """Gives the results of one benchmark."""
    print(f"{name} …", file=sys.stderr, flush=True)
    return list(importlib.import_module(f"benchmarks.bench_{name}").results())


def keep(name: str, told: str) -> None:
    """Puts a table in the place of the one before it."""
    sections = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:]
    others = [section.rstrip() for section in sections if section.partition(",")[0] != name]
    mine = f"{name}, {today():%Y-%m-%d}\n\n{told}"
    RESULTS.write_text("\n## ".join((HEADER, *(f"{one}\n" for one in sorted((*others, mine))))), encoding="utf-8")


def main() -> int:
    """Runs the chosen benchmarks, prints and keeps their tables, and gives 1 where a promise is broken."""
    kept = True
    for name in names(sys.argv[1:]):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found = pool.submit(measured, name).result()
        print(table(found))
        keep(name, table(found))
        kept = kept and all(result.kept is not False for result in found)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
