"""Figures as rows and sentences write them, for the checks that hold several against each other."""

from __future__ import annotations

import re

from evidence_kit.records.passage import Passage

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def signed(written: str) -> float:
    """Read "−1.2", "–£1,205"."""
    return float(written.replace("−", "-").replace("–", "-").replace(",", "").replace("£", ""))


def year_columns(row: Passage) -> list[tuple[int, int]]:
    """Return the columns of a row whose header names a year ("2024/25": 2024), as year and index, earliest first."""
    named = zip(row.context.header, row.cells, strict=False)
    return sorted(
        (int(match[1]), index) for index, (name, _) in enumerate(named) if (match := _YEAR.search(name))
    )
