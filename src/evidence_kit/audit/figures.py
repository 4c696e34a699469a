"""What an audit may say: counts of reports by criterion, and never a level or a rank of an organisation."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_kit.audit.changes import read_changes
from evidence_kit.audit.checked import Errors, errors_of, read_answers
from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.folder import DATA
from evidence_kit.audit.inventory import STATE_WORDS, State
from evidence_kit.audit.replies import Reply, kept_replies, wording
from evidence_kit.audit.rows import is_expected
from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.finding import Outcome, Status
from evidence_kit.reports.words import count

EXAMPLES = 3
LETTERS = {
    Status.EVIDENCED: "E",
    Status.PARTLY: "P",
    Status.PLANNED: "pl",
    Status.CONTRADICTED: "C",
    Status.STALE: "old",
    Status.NOT_FOUND: "·",
    Status.NEEDS_PERSON: "?",
}
NOT_APPLICABLE, NO_REPORT = "n/a", "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """Of the reports of one year for which a criterion applies, those that show it.

    Attributes:
        between: From how many to how many, allowing for reading error; ``None`` where that was not measured.
        change: Words on the difference to the year before; empty for the first.
        greyed: The difference is no larger than the reading error, or that is unknown.
    """

    year: str
    shown: int
    partly: int
    of: int
    between: tuple[int, int] | None
    change: str = ""
    greyed: bool = False

    @property
    def words(self) -> str:
        """The headline."""
        told = f"{self.shown} of {count(self.of, 'report')} {'shows' if self.shown == 1 else 'show'} it"
        if self.between is None:
            return f"{told}; reading error not measured"
        return f"{told}; allowing for reading error, {self.between[0]} to {self.between[1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A quote that shows a criterion well."""

    organisation: str
    year: str
    words: str
    place: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFigures:
    """All that is said of a criterion.

    Attributes:
        expected: Whether such papers usually show it; those that do not are greyed and counted apart.
        elements: Question, reports that show it, reports in all (all years).
        types, regions: Name, shown, of; in the newest year.
    """

    criterion: Criterion
    expected: bool
    years: tuple[YearCount, ...]
    elements: tuple[tuple[str, int, int], ...]
    types: tuple[tuple[str, int, int], ...]
    regions: tuple[tuple[str, int, int], ...]
    examples: tuple[Example, ...]
    upheld: str
    missed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """An organisation's report of a year; a cell a criterion: letter and status."""

    organisation: str
    code: str
    state: str
    as_if: bool
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that an audit's report prints.

    Attributes:
        grid: Rows by year, the newest first; organisations in alphabetical order.
        thin: Submissions that are not simply present, or have unread pages: row of the inventory and words.
        replies: By finding, in order.
        as_if: Reports of organisations outside the framework's region.
    """

    framework: Framework
    inventory: tuple[dict[str, Any], ...]
    years: tuple[str, ...]
    states: tuple[tuple[str, tuple[int, ...]], ...]
    criteria: tuple[CriterionFigures, ...]
    grid: tuple[tuple[str, tuple[GridRow, ...]], ...]
    thin: tuple[tuple[dict[str, Any], str], ...]
    errors: Errors
    replies: tuple[Reply, ...]
    changes: tuple[tuple[str, str, str], ...]
    documents: int
    pages: int
    unread: int
    as_if: int

    @property
    def searched(self) -> str:
        """What was read in all."""
        return (
            f"We read {count(self.documents, 'document')} ({count(self.pages, 'page')}, {self.unread:,} unreadable). "
            "What is not seen was not seen in them. This says something about these documents, not about what the "
            "organisations do."
        )


@dataclass(slots=True)
class _Counts:
    """Counters while the tables stream by."""

    status: Counter[tuple[str, str, str]]
    of: Counter[tuple[str, str]]
    groups: dict[str, Counter[tuple[str, str, str, bool]]]
    cells: dict[tuple[str, str], dict[str, tuple[str, str]]]


def figures_of(root: Path, framework: Framework, kinds: Iterable[str]) -> Figures:
    """Count what the dataset of an audit says; one row is in memory at a time.

    Raises:
        UsageError: This is no folder of an audit.
    """
    data = root / DATA
    inventory = tuple(read_table(data, "inventory"))
    counts = _counted(read_table(data, "findings"))
    answers = read_answers(root)
    errors = errors_of(answers, read_table(data, "findings") if answers else ())
    years = tuple(sorted({row["year"] for row in inventory}))
    elements, examples = _elements(data), _examples(data, inventory)
    return Figures(
        framework=framework,
        inventory=inventory,
        years=years,
        states=tuple(
            (
                words,
                tuple(
                    sum(row["state"] == state and row["year"] == year for row in inventory) for year in years
                ),
            )
            for state, words in STATE_WORDS.items()
            if any(row["state"] == state for row in inventory)
        ),
        criteria=tuple(
            _criterion(one, tuple(kinds), years, counts, errors, elements, examples)
            for one in framework.criteria
        ),
        grid=tuple((year, _grid(year, inventory, counts, framework)) for year in reversed(years)),
        thin=tuple(_thin(inventory)),
        errors=errors,
        replies=kept_replies(root),
        changes=tuple(read_changes(root)),
        documents=sum(row["files_used"] for row in inventory),
        pages=sum(row["pages"] for row in inventory),
        unread=sum(row["unread_pages"] for row in inventory),
        as_if=sum(row["concluded"] and not row["in_region"] for row in inventory),
    )


def _counted(findings: Iterable[Mapping[str, Any]]) -> _Counts:
    counts = _Counts(Counter(), Counter(), {"type": Counter(), "region": Counter()}, defaultdict(dict))
    for row in findings:
        criterion, year, status = row["criterion"], row["year"], row["status"]
        letter = (LETTERS[Status(status)], status) if row["applies"] else (NOT_APPLICABLE, "")
        counts.cells[row["code"], year][criterion] = letter
        if row["applies"]:
            counts.status[criterion, year, status] += 1
            counts.of[criterion, year] += 1
            for group, counter in counts.groups.items():
                counter[criterion, year, row[group] or "not stated", row["shown"]] += 1
    return counts


def _criterion(
    criterion: Criterion,
    kinds: tuple[str, ...],
    years: tuple[str, ...],
    counts: _Counts,
    errors: Errors,
    elements: Mapping[tuple[str, str], list[int]],
    examples: Mapping[str, list[Example]],
) -> CriterionFigures:
    def shares(group: str) -> tuple[tuple[str, int, int], ...]:
        counter = counts.groups[group]
        newest = years[-1]
        names = sorted({key[2] for key in counter if key[:2] == (criterion.id, newest)})
        return tuple(
            (name, shown, shown + counter[criterion.id, newest, name, False])
            for name in names
            for shown in [counter[criterion.id, newest, name, True]]
        )

    return CriterionFigures(
        criterion=criterion,
        expected=is_expected(criterion, kinds),
        years=_by_year(criterion.id, years, counts, errors),
        elements=tuple(
            (element.asks, elements[criterion.id, element.id][0], elements[criterion.id, element.id][1])
            for element in criterion.elements
            if (criterion.id, element.id) in elements
        ),
        types=shares("type"),
        regions=shares("region"),
        examples=tuple(examples.get(criterion.id, ())),
        upheld=errors.upheld[criterion.id].words if criterion.id in errors.upheld else "not checked",
        missed=errors.missed[criterion.id].words if criterion.id in errors.missed else "not checked",
    )


def _by_year(
    criterion: str, years: tuple[str, ...], counts: _Counts, errors: Errors
) -> tuple[YearCount, ...]:
    found: list[YearCount] = []
    for year in years:
        of = counts.of[criterion, year]
        shown = counts.status[criterion, year, Status.EVIDENCED]
        between = errors.between(criterion, shown, of)
        change, greyed = _change(found[-1] if found else None, shown, of, between)
        partly = counts.status[criterion, year, Status.PARTLY]
        found.append(
            YearCount(
                year=year, shown=shown, partly=partly, of=of, between=between, change=change, greyed=greyed
            )
        )
    return tuple(found)


def _change(
    before: YearCount | None, shown: int, of: int, between: tuple[int, int] | None
) -> tuple[str, bool]:
    """Word the change of the share since the year before, and say whether it is within the reading error."""
    if before is None or not before.of or not of:
        return "", False
    points = round(100 * shown / of) - round(100 * before.shown / before.of)
    words = f"{points:+d} points" if points else "no change"
    if between is None or before.between is None:
        return words, True
    apart = between[0] / of > before.between[1] / before.of or between[1] / of < before.between[0] / before.of
    return words, not apart


def _elements(data: Path) -> dict[tuple[str, str], list[int]]:
    """Count, by criterion and element, the reports that show it, and all; under the first wording alone."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    first: dict[str, str] = {}
    for row in read_table(data, "elements"):
        if row["applies"] and first.setdefault(row["criterion"], row["variant"]) == row["variant"]:
            own = found[row["criterion"], row["element"]]
            own[0] += row["outcome"] == Outcome.SHOWN
            own[1] += 1
    return dict(found)


def _examples(data: Path, inventory: Iterable[Mapping[str, Any]]) -> dict[str, list[Example]]:
    """Return, by criterion, the quotes that show most elements of it; of equals the surest."""
    names = {(row["code"], row["year"]): row["organisation"] for row in inventory}
    sources = {
        (row["code"], row["year"], row["document"]): row["source"] for row in read_table(data, "documents")
    }
    shown = {
        (row["code"], row["year"], row["criterion"])
        for row in read_table(data, "findings")
        if row["shown"] and row["applies"]
    }
    best: defaultdict[str, list[tuple[tuple[int, float, str], Example]]] = defaultdict(list)
    for row in read_table(data, "quotes"):
        if row["role"] != "support" or (row["code"], row["year"], row["criterion"]) not in shown:
            continue
        page = row["page"]
        source = sources.get((row["code"], row["year"], row["document"]), "")
        example = Example(
            organisation=names[row["code"], row["year"]],
            year=row["year"],
            words=row["words"],
            place=f"{row['path']}{f', page {page}' if page else ''}",
            link=Path(source).as_uri() + (f"#page={page}" if page else "")
            if Path(source).is_absolute()
            else "",
        )
        rank = (
            len(row["elements"].split()),
            row["probability"],
            f"{row['code']} {row['year']} {row['quote']}",
        )
        heapq.heappush(best[row["criterion"]], (rank, example))
        if len(best[row["criterion"]]) > EXAMPLES:
            heapq.heappop(best[row["criterion"]])
    return {
        criterion: [example for _, example in sorted(those, key=lambda one: one[0], reverse=True)]
        for criterion, those in best.items()
    }


def _grid(
    year: str, inventory: Iterable[Mapping[str, Any]], counts: _Counts, framework: Framework
) -> tuple[GridRow, ...]:
    return tuple(
        GridRow(
            organisation=row["organisation"],
            code=row["code"],
            state=STATE_WORDS[State(row["state"])],
            as_if=not row["in_region"],
            cells=tuple(
                counts.cells.get((row["code"], year), {}).get(one.id, (NO_REPORT, ""))
                for one in framework.criteria
            ),
        )
        for row in inventory
        if row["year"] == year
    )


def _thin(inventory: Iterable[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], str]]:
    for row in inventory:
        if row["state"] != State.PRESENT or row["unread_pages"] or row["remark"]:
            yield row, wording(row) if row["concluded"] else "Nothing was concluded."
