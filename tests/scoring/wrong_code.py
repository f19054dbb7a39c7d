"""Puts a mutant in the place of its module: by swapping function code where that is enough, else by a new import."""

import ast
import importlib.abc
import importlib.util
import inspect
import sys
from functools import lru_cache
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, ModuleType

from tests.scoring.mutants import Mutant


class WrongModule(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant's source where its module is imported."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = f"backend.scoring.{mutant.path.stem}"
        self.mutant = mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutant.source, self.mutant.path.name, "exec"), module.__dict__)


def import_wrong(mutant: Mutant) -> None:
    """Forget the package and its tests, so that the next import meets the mutant."""
    for name in [name for name in sys.modules if name.startswith(("backend.scoring", "tests.scoring"))]:
        del sys.modules[name]
    sys.meta_path.insert(0, WrongModule(mutant))


def swap_code(mutant: Mutant) -> bool:
    """Give the imported functions the mutant's code; False, and nothing done, when the change is outside functions."""
    right, wrong = _compiled(mutant.path), compile(mutant.source, mutant.path.name, "exec")
    if _shape(right) != _shape(wrong):
        return False
    module = sys.modules[f"backend.scoring.{mutant.path.stem}"]
    for name, code in _functions(wrong).items():
        _function(module, name).__code__ = code
    return True


@lru_cache
def _compiled(path: Path) -> CodeType:
    return compile(ast.unparse(ast.parse(path.read_text(encoding="utf-8"))), path.name, "exec")


def _is_class(code: CodeType) -> bool:
    return not code.co_flags & inspect.CO_OPTIMIZED


def _is_function(code: CodeType) -> bool:
    return not _is_class(code) and not code.co_name.startswith("<")


def _shape(code: CodeType) -> tuple[object, ...]:
    """All that runs at import, the insides of functions left out."""
    consts = []
    for const in code.co_consts:
        if not isinstance(const, CodeType):
            consts.append((type(const), const))
        elif _is_class(const):
            consts.append(_shape(const))
        else:
            consts.append(const.co_name if _is_function(const) else const)
    return code.co_code, code.co_names, code.co_varnames, tuple(consts)


def _functions(code: CodeType) -> dict[str, CodeType]:
    found: dict[str, CodeType] = {}
    for const in code.co_consts:
        if isinstance(const, CodeType) and _is_class(const):
            found |= _functions(const)
        elif isinstance(const, CodeType) and _is_function(const):
            found[const.co_qualname] = const
    return found


def _function(module: ModuleType, name: str):
    found: object = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    return inspect.unwrap(found.fget if isinstance(found, property) else found)
