"""The counts of an audit, made in one pass over its dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Any

from evidence_kit.audit.organisations import INVENTORY, Rows
from evidence_kit.records.finding import Outcome, Status

NOT_STATED = "not stated"


class By(StrEnum):
    """What the reports that a criterion applies to are told apart by."""

    STATUS = "status"
    ELEMENT = "element"
    TYPE = "type"
    REGION = "region"


@dataclass(slots=True)
class Pair:
    """Organisations whose reports of a year and of the year before were read, and how many of them show a criterion."""

    before: int = 0
    now: int = 0
    of: int = 0


@dataclass(slots=True)
class Tally:
    """Counts of reports; what does not apply to an organisation is counted nowhere.

    Attributes:
        years: All years, the earliest first.
        applying: Reports that a criterion applies to, by criterion and year.
        pairs: By criterion and year: what changed since the year before.
        states: Submissions by state and year.
        reports: Those from which something was concluded.
        as_if: Of them, those of organisations outside the framework's region.
    """

    years: Sequence[str]
    applying: Counter[tuple[str, str]] = field(default_factory=Counter)
    pairs: defaultdict[tuple[str, str], Pair] = field(default_factory=lambda: defaultdict(Pair))
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    organisations: int = 0
    reports: int = 0
    as_if: int = 0
    documents: int = 0
    pages: int = 0
    unread: int = 0
    _number: Counter[tuple[str, By, str, str]] = field(default_factory=Counter)
    _of: Counter[tuple[str, By, str, str]] = field(default_factory=Counter)
    _variants: dict[str, str] = field(default_factory=dict)

    def add(self, own: Mapping[str, Rows]) -> None:
        """Count an organisation: its rows of the inventory, of the findings and of the elements."""
        self.organisations += 1
        for row in own[INVENTORY]:
            self._submission(row)
        findings = [row for row in own["findings"] if row["applies"]]
        for row in findings:
            self._finding(row)
        for row in own["elements"]:
            self._element(row)
        shown = {(row["criterion"], row["year"]): row["shown"] for row in findings}
        earlier = {year: before for before, year in pairwise(self.years)}
        for (criterion, year), now in shown.items():
            before = shown.get((criterion, earlier.get(year, "")))
            if before is not None:
                pair = self.pairs[criterion, year]
                pair.before += before
                pair.now += now
                pair.of += 1

    def counted(self, criterion: str, by: By, name: str) -> tuple[tuple[int, int] | None, ...]:
        """Return how many reports of how many, by year; ``None`` for a year that has none of them."""
        keys = [(criterion, by, name, year) for year in self.years]
        return tuple((self._number[key], self._of[key]) if self._of[key] else None for key in keys)

    def shown(self, criterion: str, year: str) -> int:
        """Return how many reports show a criterion."""
        return self._number[criterion, By.STATUS, Status.EVIDENCED.value, year]

    def groups(self, by: By) -> list[str]:
        """Return the types or regions that there are, in order."""
        return sorted({name for _, what, name, _ in self._of if what is by})

    def _submission(self, row: Mapping[str, Any]) -> None:
        self.states[row["state"], row["year"]] += 1
        self.reports += row["concluded"]
        self.as_if += row["concluded"] and not row["in_region"]
        self.documents += row["files_used"]
        self.pages += row["pages"]
        self.unread += row["unread_pages"]

    def _finding(self, row: Mapping[str, Any]) -> None:
        criterion, year = row["criterion"], row["year"]
        self.applying[criterion, year] += 1
        for status in Status:
            self._count((criterion, By.STATUS, status.value, year), row["status"] == status)
        for by in (By.TYPE, By.REGION):
            self._count((criterion, by, row[by.value] or NOT_STATED, year), row["shown"])

    def _element(self, row: Mapping[str, Any]) -> None:
        """Count an element under the criterion's first wording alone: each wording has elements of its own."""
        first = self._variants.setdefault(row["criterion"], row["variant"])
        if row["applies"] and row["variant"] == first:
            key = (row["criterion"], By.ELEMENT, row["element"], row["year"])
            self._count(key, row["outcome"] == Outcome.SHOWN)

    def _count(self, key: tuple[str, By, str, str], one: bool) -> None:
        self._number[key] += one
        self._of[key] += 1
