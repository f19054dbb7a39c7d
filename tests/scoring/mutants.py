"""Makes every small wrong version of a module, one change each, from its syntax tree; it runs nothing."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from itertools import islice
from pathlib import Path

Change = Callable[[], None]

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "sorted": "list",
    "reversed": "list",
    "sum": "max",
    "bisect_right": "bisect_left",
    "add": "subtract",
    "subtract": "add",
    "multiply": "divide",
    "divide": "multiply",
    "ROUND_HALF_UP": "ROUND_HALF_EVEN",
    "fullmatch": "match",
    "left": "right",
    "right": "left",
    "top": "bottom",
    "bottom": "top",
    "width": "height",
    "height": "width",
}
DELETED = (ast.Expr, ast.Raise, ast.Assign, ast.AugAssign, ast.If, ast.Continue)


@dataclass(frozen=True)
class Mutant:
    """One wrong version of a module: its file, a name that says what changed, and the whole wrong source."""

    path: Path
    name: str
    source: str


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield all mutants of one file, in the order of its tree."""
    text = path.read_text(encoding="utf-8")
    original = ast.unparse(ast.parse(text)).splitlines()
    named: Counter[str] = Counter()
    for place, node in enumerate(_walk(ast.parse(text))):
        for kind in range(len(_changes_of(node))):
            tree = ast.parse(text)
            _changes_of(next(islice(_walk(tree), place, None)))[kind]()
            source = ast.unparse(ast.fix_missing_locations(tree))
            name = f"{path.name}: {_difference(original, source.splitlines())}"
            named[name] += 1
            yield Mutant(path, f"{name} (again, {named[name]})" if named[name] > 1 else name, source)


def _difference(original: list[str], wrong: list[str]) -> str:
    codes = [code for code in SequenceMatcher(None, original, wrong, False).get_opcodes() if code[0] != "equal"]
    before = [line.strip() for _, start, stop, _, _ in codes for line in original[start:stop]]
    after = [line.strip() for _, _, _, start, stop in codes for line in wrong[start:stop]]
    return f"{' / '.join(before)}  →  {' / '.join(after)}"


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """Walk the tree without what cannot be wrong: annotations, docstrings, imports, and the words of messages."""
    yield node
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_wording(child):
                yield from _walk(child)


def _is_wording(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, (ast.JoinedStr, ast.Import, ast.ImportFrom))


def _changes_of(node: ast.AST) -> list[Change]:
    kinds = (_of_expression, _of_name, _of_constant, _of_flow, _of_call, _of_body)
    return [change for of_kind in kinds for change in of_kind(node)]


def _set(node: ast.AST, **fields: object) -> Change:
    def change() -> None:
        for name, value in fields.items():
            setattr(node, name, value)

    return change


def _without(items: list, index: int) -> Change:
    return lambda: items.pop(index) and None


def _of_expression(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for other in COMPARISONS[type(op)]:
                yield _set(node, ops=[*node.ops[:i], other(), *node.ops[i + 1 :]])
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        yield _set(node, op=OPERATORS[type(node.op)]())
    if isinstance(node, ast.BoolOp):
        yield _set(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        yield from (_without(node.values, i) for i in range(len(node.values)))
    if isinstance(node, ast.UnaryOp):
        yield _set(node, op=ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not(), operand=_turned(node))


def _of_name(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Name) and node.id in NAMES:
        yield _set(node, id=NAMES[node.id])
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield _set(node, attr=NAMES[node.attr])


def _turned(node: ast.UnaryOp) -> ast.expr:
    return ast.UnaryOp(ast.Not(), node.operand) if isinstance(node.op, ast.Not) else node.operand


def _of_constant(node: ast.AST) -> Iterator[Change]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield _set(node, value=not node.value)
    elif isinstance(node.value, (int, float)):
        yield _set(node, value=node.value + 1)
        yield _set(node, value=node.value - 1)
    elif isinstance(node.value, str):
        yield _set(node, value=_other_text(node.value))


def _other_text(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return f"{text}x"
    return str(number + Decimal((0, (1,), int(number.as_tuple().exponent))))


def _of_flow(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, (ast.If, ast.IfExp)):
        yield _set(node, test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.comprehension):
        yield from (_without(node.ifs, i) for i in range(len(node.ifs)))
    if isinstance(node, ast.Return) and node.value is not None:
        yield _set(node, value=ast.Constant(None))
    if isinstance(node, ast.Lambda):
        yield _set(node, body=ast.Constant(0))


def _of_call(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.Call):
        yield from (_without(node.keywords, i) for i in range(len(node.keywords)))
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        yield from (_without(node.decorator_list, i) for i in range(len(node.decorator_list)))


def _of_body(node: ast.AST) -> Iterator[Change]:
    for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
        for i, statement in enumerate(body if isinstance(body, list) else []):
            if isinstance(statement, DELETED) and not _is_wording(statement):
                yield _set(node, **{"body" if body is node.body else "orelse": [*body[:i], ast.Pass(), *body[i + 1 :]]})
