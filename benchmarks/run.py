"""Holds the runner of the benchmarks: every bench_*.py beside it, each in a process of its own, then one table.

A benchmark is a module with `results()`, which gives `Result`s. `python -m benchmarks.run pages` runs only
bench_pages.py and prints; without names all run and RESULTS.md is written. Fails where a promise is broken.
"""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.result import Result, table

HERE = Path(__file__).parent
HEADER = """# What Linjen promises, measured

Written by `make bench`. Numbers depend on the machine: compare two runs on one machine, not two machines.
"p95" is the nearest-rank 95th percentile, "spread" the smallest and largest sample; a promise is judged as it says.

"""


def names(chosen: Sequence[str]) -> list[str]:
    """Gives the modules to run; raises SystemExit for a name that is no benchmark."""
    known = {path.stem.removeprefix("bench_"): path.stem for path in sorted(HERE.glob("bench_*.py"))}
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise SystemExit(f"No benchmark {', '.join(unknown)}. There are: {', '.join(known)}.")
    return [module for name, module in known.items() if not chosen or name in chosen]


def measured(module: str) -> list[Result]:
    """Gives the results of one benchmark."""
    print(f"{module} …", file=sys.stderr, flush=True)
    return list(importlib.import_module(f"benchmarks.{module}").results())


def main() -> int:
    """Runs the chosen benchmarks, prints the table, and gives 1 where a promise is broken."""
    chosen = sys.argv[1:]
    found: list[Result] = []
    for module in names(chosen):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found += pool.submit(measured, module).result()
    print(table(found))
    if not chosen:
        (HERE / "RESULTS.md").write_text(HEADER + table(found) + "\n", encoding="utf-8")
    return 1 if any(result.kept is False for result in found) else 0


if __name__ == "__main__":
    sys.exit(main())
