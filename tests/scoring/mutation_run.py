"""Runs the scoring tests against every mutant of backend/scoring, each in a forked process, and names the survivors.

`python -m tests.scoring.mutation_run` prints one line for each survivor and exits with 1 unless all are explained in
survivors.toml, each with its reason; an explanation of a mutant that no longer survives is a mistake as well.
"""

import gc
import os
import signal
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
SCORING = ROOT / "backend" / "scoring"
TESTS = ROOT / "tests" / "scoring"
SURVIVORS = TESTS / "survivors.toml"
NOT_MUTATED = {"__init__.py", "__main__.py"}
# Properties cost more than they add here: what only they would find is a missing example in the other files.
NOT_RUN = {"test_properties.py", "test_command_line.py"}
TEST_FILES = [path for path in sorted(TESTS.glob("test_*.py")) if path.name not in NOT_RUN]
CPU_SECONDS_FOR_ONE = 20
SURVIVED, KILLED, BROKEN = 0, 1, 70

# The package is tested alone, without the app that backend/__init__.py wires: it is pure, so nothing else is needed.
backend = ModuleType("backend")
backend.__path__ = [str(ROOT / "backend")]
sys.modules["backend"] = backend

import pytest  # noqa: E402

from tests.scoring.mutants import Mutant, mutants_of  # noqa: E402
from tests.scoring.wrong_code import import_wrong, swap_code  # noqa: E402


class TryMutants:
    """Takes the place of the test loop: tries every mutant on the collected tests."""

    def __init__(self, at_once: int) -> None:
        self.at_once = at_once
        self.report: list[str] = ["The tests could not be collected."]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.freeze()  # the forked processes then share what was collected instead of copying it
        self.report = report(session, self.at_once)
        return True


def run_tests(paths: Iterable[Path], *plugins: object) -> int:
    alone = ["-c", os.devnull, f"--rootdir={ROOT}", f"--confcutdir={TESTS}", "--import-mode=importlib"]
    quick = ["-sxq", "--tb=no", "-p", "no:cacheprovider", "-p", "no:faulthandler"]
    return int(pytest.main([*alone, *quick, *map(str, paths)], plugins=[*plugins]))


def tests_of(file: str) -> tuple[list[Path], list[Path]]:
    """The files whose tests find most of what is wrong in a module, and all others."""
    near = {f"test_{file}", "test_value_objects.py"}
    return [path for path in TEST_FILES if path.name in near], [path for path in TEST_FILES if path.name not in near]


def run_collected(session: pytest.Session, file: str) -> int:
    for item in sorted(session.items, key=lambda item: item.path.name != f"test_{file}"):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            return KILLED
    return SURVIVED


def judge(mutant: Mutant, session: pytest.Session) -> int:
    """Run the tests on one mutant. Survival always means that everything was imported and collected afresh."""
    if swap_code(mutant) and run_collected(session, mutant.path.name) == KILLED:
        return KILLED
    import_wrong(mutant)
    code = next((code for code in map(run_tests, tests_of(mutant.path.name)) if code), SURVIVED)
    return {0: SURVIVED, 1: KILLED, 2: KILLED}.get(code, BROKEN)


def fork(mutant: Mutant, session: pytest.Session) -> int:
    """Start the tests of one mutant in a process of its own and return the process id."""
    child = os.fork()
    if child:
        return child
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS_FOR_ONE)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    code = BROKEN
    try:
        code = judge(mutant, session)
    finally:
        os._exit(code)


def outcomes(mutants: Iterable[Mutant], session: pytest.Session, at_once: int) -> Iterator[tuple[Mutant, int]]:
    """Yield each mutant with what became of it; one whose tests never end is stopped and counts as killed."""
    waiting, running = iter(mutants), {}
    while True:
        while len(running) < at_once and (mutant := next(waiting, None)):
            running[fork(mutant, session)] = mutant
        if not running:
            return
        child, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        yield running.pop(child), KILLED if code == -signal.SIGPROF else code


def report(session: pytest.Session, at_once: int) -> list[str]:
    """List what is wrong, nothing when all is well, and print the count."""
    files = [path for path in sorted(SCORING.glob("*.py")) if path.name not in NOT_MUTATED]
    unchanged = [Mutant(path, path.name, path.read_text(encoding="utf-8")) for path in files]
    broken = [mutant.name for mutant, code in outcomes(unchanged, session, at_once) if code != SURVIVED]
    if broken:
        return [f"The tests fail without any mutant of {', '.join(broken)}: mend them first."]
    explained = {entry["mutant"] for entry in tomllib.loads(SURVIVORS.read_text(encoding="utf-8"))["survivor"]}
    tried = list(outcomes((mutant for path in files for mutant in mutants_of(path)), session, at_once))
    survived = {mutant.name for mutant, code in tried if code == SURVIVED}
    print(f"{len(tried)} mutants, {len(survived)} survived, {len(survived & explained)} of them explained")
    return [
        *(f"survived: {name}" for name in sorted(survived - explained)),
        *(f"explained, but does not survive: {name}" for name in sorted(explained - survived)),
        *(f"could not be tested: {mutant.name}" for mutant, code in tried if code not in (SURVIVED, KILLED)),
    ]


def main() -> int:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    trial = TryMutants(at_once=max(2, os.cpu_count() or 2))
    run_tests(TEST_FILES, trial)
    print("\n".join(trial.report))
    return 1 if trial.report else 0


if __name__ == "__main__":
    sys.exit(main())
