"""Puts a benchmark's tables into the page of benchmarks; each has a section of its own."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

HEAD = """# Benchmarks

What was measured, by the scripts in `benchmarks/`, which write these tables themselves (`--write docs/benchmarks.md`).
Times are CPU seconds, and the machines were shared with other work: ratios within a table say more than its rates.
"""


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, its first column to the left and the others to the right."""
    lines = ["| " + " | ".join(row) + " |" for row in (head, *rows)]
    lines.insert(1, "|---" + "|--:" * (len(head) - 1) + "|")
    return "\n".join(lines)


def machine(*packages: str) -> str:
    """Say on what it was measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"Measured on {date.today():%-d %B %Y}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores "
        f"shared with other work, Python {platform.python_version()}{', ' if versions else ''}{versions}."
    )


def put(page: Path, name: str, text: str) -> None:
    """Write a section of the page anew, or add it at its end."""
    begin, end = f"<!-- {name}: written by benchmarks/{name}.py -->", f"<!-- {name}: end -->"
    section = f"{begin}\n{text.strip()}\n{end}"
    old = page.read_text(encoding="utf-8") if page.exists() else HEAD
    place = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    new = place.sub(lambda _: section, old) if place.search(old) else f"{old.rstrip()}\n\n{section}"
    page.write_text(new.rstrip() + "\n", encoding="utf-8")
