"""An audit's tables organisation by organisation, so that the rows of one are in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from evidence_kit.audit.dataset import read_table

Rows = list[dict[str, Any]]
INVENTORY = "inventory"


def each_organisation(data: Path, *tables: str) -> Iterator[dict[str, Rows]]:
    """Yield the rows of each organisation by table: those of the inventory, and those of the tables named.

    All tables stand in the order of the inventory, where an organisation's rows stand together.

    Raises:
        UsageError: This is no dataset of an audit.
    """
    others = {name: _by_code(data, name) for name in tables}
    waiting = {name: next(groups, ("", [])) for name, groups in others.items()}
    for code, rows in _by_code(data, INVENTORY):
        own = {INVENTORY: rows}
        for name, groups in others.items():
            own[name] = []
            if waiting[name][0] == code:
                own[name] = waiting[name][1]
                waiting[name] = next(groups, ("", []))
        yield own


def _by_code(data: Path, table: str) -> Iterator[tuple[str, Rows]]:
    return ((code, list(rows)) for code, rows in groupby(read_table(data, table), key=itemgetter("code")))
