"""Holds the sizes: a function of at most 50 lines without its docstring, a module of at most 400.

    python scripts/check_size.py [ROOT]

A thing that is longer wants another look. Where the look says that it is right as it is, it goes into ``EXCEPTIONS``
with the reason; an exception that is not needed any more is a fault too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FUNCTION_LINES = 50
MODULE_LINES = 400
FOLDERS = ("src", "scripts", "benchmarks")

# "path" for a module, "path:function" for a function -> why it may be longer.
EXCEPTIONS: dict[str, str] = {}


def function_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function from ``def`` to its end, without decorators and docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def long_things(root: Path) -> Iterator[tuple[str, str]]:
    """Yield a key as in ``EXCEPTIONS`` and a sentence for everything over its size."""
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        text = path.read_text(encoding="utf-8")
        lines = len(text.splitlines())
        if lines > MODULE_LINES:
            yield name, f"{name}: {lines} lines, over {MODULE_LINES}"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = function_lines(node)
                if size > FUNCTION_LINES:
                    place = f"{name}:{node.lineno} {node.name}"
                    yield f"{name}:{node.name}", f"{place}: {size} lines, over {FUNCTION_LINES}"


def faults(root: Path, exceptions: dict[str, str]) -> list[str]:
    """Return one line for everything too long without an exception, and for every exception without need."""
    found = dict(long_things(root))
    lines = [sentence for key, sentence in found.items() if key not in exceptions]
    lines += [f"{key}: this exception is not needed any more" for key in exceptions if key not in found]
    return lines


def main() -> int:
    """Print the faults; return 1 if there are any."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    lines = faults(root, EXCEPTIONS)
    for line in lines:
        print(line)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
