"""Figures as rows and sentences write them, for the checks that hold several against each other."""

from __future__ import annotations

import re

from evidence_kit.records.passage import Passage

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SPAN = re.compile(r"\d\d\d\d\s*[/–-]\s*\d\d\d\d")


def signed(written: str) -> float:
    """Read "−1.2", "–£1,205"."""
    return float(written.replace("−", "-").replace("–", "-").replace(",", "").replace("£", ""))


def year_columns(row: Passage) -> list[tuple[int, int]]:
    """Return the columns of a row whose header names a year ("2024/25": 2024), as year and index, earliest first.

    A header that names two years ("2024 to 2026") heads what is told of them, and no figure of either.
    """
    named = zip(row.context.header, row.cells, strict=False)
    return sorted(
        (year, index) for index, (name, _) in enumerate(named) if (year := _only_year(name)) is not None
    )


def _only_year(name: str) -> int | None:
    """Return the one year that a header names; of a financial year ("2023/2024"), the first."""
    years = sorted(set(map(int, _YEAR.findall(name))))
    if len(years) == 1 or (len(years) == 2 and years[1] == years[0] + 1 and _SPAN.search(name)):
        return years[0]
    return None
