"""What an audit's report lists organisation by organisation: inventory, grid, thin submissions, replies, changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evidence_kit.audit.forms import name_of
from evidence_kit.audit.inventory import STATE_WORDS, State
from evidence_kit.audit.organisations import INVENTORY, Rows
from evidence_kit.audit.replies import Reply, day_of, remark_on, wording
from evidence_kit.records.finding import Status
from evidence_kit.reports.words import STATUS_WORDS, count, day

LETTERS = {
    Status.EVIDENCED: "E",
    Status.PARTLY: "P",
    Status.PLANNED: "pl",
    Status.CONTRADICTED: "C",
    Status.STALE: "old",
    Status.NOT_FOUND: "·",
    Status.NEEDS_PERSON: "?",
}
NOT_APPLICABLE, NO_REPORT, REPLIED = "n/a", "–", "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """An organisation's report of a year; a cell a criterion: letter and status."""

    organisation: str
    code: str
    state: str
    as_if: bool
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A reply beside its finding as it stands now.

    Attributes:
        published: The day in words, or what was written if that is none.
    """

    reply: Reply
    organisation: str
    year: str
    criterion: str
    seen: str
    published: str
    remark: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A finding that is another one than in the version before."""

    organisation: str
    year: str
    criterion: str
    before: str
    now: str


@dataclass(slots=True, kw_only=True)
class Listing:
    """Gathers, while an audit's organisations go by in alphabetical order.

    Attributes:
        criteria: Ids, in the order of the framework.
        whole: Whether organisations are listed one by one; else only replies and changes are.
        replies: By finding.
        changes: Findings with their status before and now.
        inventory: Its rows, organisation by organisation.
        grid: Rows by year.
        thin: Submissions that are not simply present, or have unread pages, and what follows.
    """

    criteria: Sequence[str]
    whole: bool
    replies: Mapping[str, Reply]
    changes: Sequence[tuple[str, str, str]]
    inventory: list[Rows] = field(default_factory=list)
    grid: dict[str, list[GridRow]] = field(default_factory=dict)
    thin: list[tuple[dict[str, Any], str]] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, tuple[str, date]] = field(default_factory=dict)

    def add(self, own: Mapping[str, Rows]) -> None:
        """List an organisation: its rows of the inventory and of the findings."""
        findings = {name_of(row): row for row in own["findings"]}
        cut_offs = {row["year"]: row["as_of"] for row in own[INVENTORY]}
        first = own[INVENTORY][0]
        self._names[first["code"]] = first["organisation"]
        for name in self.replies.keys() & findings.keys():
            self._seen[name] = (findings[name]["status"], cut_offs[findings[name]["year"]])
        if self.whole:
            self.inventory.append(own[INVENTORY])
            for row in own[INVENTORY]:
                self._list(row, findings)

    @property
    def answered(self) -> tuple[Answered, ...]:
        """Replies beside their findings, in order of organisation, year and criterion as they are called."""
        found = []
        for name, reply in sorted(self.replies.items()):
            status, as_of = self._seen.get(name, ("", None))
            code, year, criterion = name.split("/", 2)
            found.append(
                Answered(
                    reply=reply, organisation=self._names.get(code, code), year=year, criterion=criterion,
                    seen=_worded(status), published=day(day_of(reply.published)) or reply.published,
                    remark=remark_on(reply, as_of),
                )
            )  # fmt: skip
        return tuple(found)

    @property
    def changed(self) -> tuple[Changed, ...]:
        """Findings that changed since the version before; of a year, those that came or went are told in one line."""
        found = []
        came_or_went: Counter[tuple[str, str, bool]] = Counter()
        for name, before, now in self.changes:
            code, year, criterion = name.split("/", 2)
            if before and now:
                found.append((code, year, criterion, _worded(before), _worded(now)))
            else:
                came_or_went[code, year, bool(now)] += 1
        for (code, year, came), number in came_or_went.items():
            words = ("nothing concluded", "concluded") if came else ("concluded", "nothing concluded")
            found.append((code, year, count(number, "criterion", "criteria"), *words))
        return tuple(Changed(self._names.get(code, code), *rest) for code, *rest in sorted(found))

    def _list(self, row: dict[str, Any], findings: Mapping[str, Mapping[str, Any]]) -> None:
        names = [name_of(row | {"criterion": criterion}) for criterion in self.criteria]
        cells = tuple(self._cell(findings.get(name), name) for name in names)
        self.grid.setdefault(row["year"], []).append(
            GridRow(
                organisation=row["organisation"], code=row["code"], state=STATE_WORDS[State(row["state"])],
                as_if=not row["in_region"], cells=cells,
            )
        )  # fmt: skip
        if row["state"] != State.PRESENT or row["unread_pages"] or row["remark"]:
            self.thin.append((row, _meaning(row, [findings[name] for name in names if name in findings])))

    def _cell(self, finding: Mapping[str, Any] | None, name: str) -> tuple[str, str]:
        if finding is None:
            return (NO_REPORT, "")
        if not finding["applies"]:
            return (NOT_APPLICABLE, "")
        mark = REPLIED if name in self.replies else ""
        return (LETTERS[Status(finding["status"])] + mark, finding["status"])


def _worded(status: str) -> str:
    return STATUS_WORDS[Status(status)] if status else "nothing concluded"


def _meaning(row: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> str:
    if not row["concluded"]:
        return "Nothing was concluded."
    applying = [finding for finding in findings if finding["applies"]]
    unseen = sum(finding["status"] == Status.NOT_FOUND for finding in applying)
    return wording(row, f"{unseen} of {count(len(applying), 'criterion', 'criteria')}" if unseen else "")
