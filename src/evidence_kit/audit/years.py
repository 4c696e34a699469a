"""The year that a report is about, as people write it ("2023-24", "2023/2024", "2024")."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_FINANCIAL = re.compile(r"(?<!\d)(20\d\d)\s*(?:[-/–_]|to)\s*(20)?(\d\d)(?!\d)")
_RUN_TOGETHER = re.compile(r"(?<!\d)([12]\d)[-_/]?([12]\d)(?!\d)")
_CALENDAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
MONTHS_AFTER = 2
"""As at which day a year is concluded: two months after its end. Reports are signed by then, and an annual window
with its two months of tolerance reaches back to the first day of the year."""


@dataclass(frozen=True, slots=True, order=True)
class Year:
    """A financial year (April to March) or a calendar year.

    Attributes:
        label: ``2023-24`` or ``2024``.
    """

    last: date
    first: date
    label: str

    @property
    def as_of(self) -> date:
        """The day that windows are measured back from."""
        month = self.last.month + MONTHS_AFTER
        year, month = self.last.year + (month - 1) // 12, (month - 1) % 12 + 1
        return date(year, month, calendar.monthrange(year, month)[1])

    def holds(self, first: date, last: date) -> bool:
        """Tell whether a paper covers this year: its period ends in it, or is a calendar year that it touches."""
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return first.year in (self.first.year, self.last.year)
        return self.first <= last <= self.last


def year_of(text: str) -> Year | None:
    """Return the year that a text names; of a name that runs two years together ("2324") too; ``None`` if none."""
    for found in _FINANCIAL.finditer(text):
        first = int(found[1])
        if int(found[3]) == (first + 1) % 100:
            return _financial(first)
    alone = _CALENDAR.search(text)
    if alone:
        year = int(alone[1])
        return Year(date(year, 12, 31), date(year, 1, 1), str(year))
    for found in _RUN_TOGETHER.finditer(text):
        if int(found[2]) == int(found[1]) + 1:
            return _financial(2000 + int(found[1]))
    return None


def _financial(first: int) -> Year:
    return Year(date(first + 1, 3, 31), date(first, 4, 1), f"{first}-{(first + 1) % 100:02}")
