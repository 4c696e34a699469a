"""What an audit may say: counts of reports by criterion, and never a level or a rank of an organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence_kit.audit.changes import read_changes
from evidence_kit.audit.checked import NOT_CHECKED, Errors, errors_of, read_answers
from evidence_kit.audit.counting import By, Pair, Tally
from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.examples import Example, Examples
from evidence_kit.audit.folder import DATA
from evidence_kit.audit.inventory import STATE_WORDS
from evidence_kit.audit.listing import Listing
from evidence_kit.audit.organisations import INVENTORY, each_organisation
from evidence_kit.audit.replies import kept_replies
from evidence_kit.audit.rows import is_expected
from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.finding import Status
from evidence_kit.reports.words import STATUS_WORDS, count

MOST_LISTED = 1_000
"""Organisations that are listed one by one; beyond, page and workbook hold counts alone, and the dataset the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed from one year to the next among the organisations whose reports of both years were read.

    Attributes:
        greyed: The difference is no larger than the reading error, or that is unknown.
    """

    before: int
    now: int
    of: int
    greyed: bool

    @property
    def short(self) -> str:
        """The change, as a table prints it."""
        return f"{self.before} → {self.now} of {self.of}"

    @property
    def words(self) -> str:
        """The change."""
        if self.before == self.now:
            return "no change"
        return f"{self.before} → {self.now} of the {self.of} read in both years"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """Of the reports of one year for which a criterion applies, those that show it.

    Attributes:
        between: From how many to how many, allowing for reading error; ``None`` where that was not measured.
        change: Since the year before; ``None`` where nothing can be compared.
    """

    year: str
    shown: int
    of: int
    between: tuple[int, int] | None
    change: Change | None = None

    @property
    def words(self) -> str:
        """The headline."""
        if not self.of:
            return "no report"
        told = f"{self.shown} of {count(self.of, 'report')} {'shows' if self.shown == 1 else 'show'} it"
        if self.between is None:
            return f"{told}; reading error not measured"
        return f"{told}; allowing for reading error, {self.between[0]} to {self.between[1]}"


@dataclass(frozen=True, slots=True)
class Line:
    """Reports told apart by one value: so many of so many a year; ``None`` where a year has none."""

    name: str
    years: tuple[tuple[int, int] | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFigures:
    """All that is said of a criterion.

    Attributes:
        expected: Whether such papers usually show it; those that do not are greyed and counted apart.
        lines: By what is told apart: statuses, elements shown, and those that show the criterion by type and region.
    """

    criterion: Criterion
    expected: bool
    years: tuple[YearCount, ...]
    lines: Mapping[By, tuple[Line, ...]]
    examples: tuple[Example, ...]
    upheld: str
    missed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that an audit's report prints.

    Attributes:
        tally: Counts of submissions, documents and pages.
        listing: What is listed one by one.
    """

    framework: Framework
    tally: Tally
    criteria: tuple[CriterionFigures, ...]
    errors: Errors
    listing: Listing

    @property
    def years(self) -> Sequence[str]:
        """All years, the earliest first."""
        return self.tally.years

    @property
    def searched(self) -> str:
        """What was read, and what that means."""
        tally = self.tally
        return (
            f"We read {count(tally.documents, 'document')} ({count(tally.pages, 'page')}, {tally.unread:,} "
            "unreadable). What is called not found we did not see in them. This says something about these documents, "
            "not about what the organisations do."
        )

    @property
    def states(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Submissions by state, in words, and year."""
        states = self.tally.states
        numbers = {state: tuple(states[state, year] for year in self.years) for state in STATE_WORDS}
        return tuple((STATE_WORDS[state], those) for state, those in numbers.items() if any(those))


def figures_of(root: Path, framework: Framework, kinds: tuple[str, ...]) -> Figures:
    """Count what an audit says, in one pass; the rows of one organisation are in memory at a time.

    Raises:
        UsageError: This is no folder of an audit.
    """
    data = root / DATA
    years: set[str] = set()
    codes: set[str] = set()
    for row in read_table(data, INVENTORY):
        years.add(row["year"])
        codes.add(row["code"])
    tally, examples = Tally(years=sorted(years)), Examples(root)
    listing = Listing(
        criteria=[one.id for one in framework.criteria],
        whole=len(codes) <= MOST_LISTED,
        replies={one.finding: one for one in kept_replies(root)},
        changes=read_changes(root),
    )
    for own in each_organisation(data, "findings", "elements", "quotes", "documents"):
        tally.add(own)
        examples.add(own)
        listing.add(own)
    answers = read_answers(root)
    errors = errors_of(answers, read_table(data, "findings") if answers else ())
    return Figures(
        framework=framework,
        tally=tally,
        criteria=tuple(_criterion(one, kinds, tally, errors, examples) for one in framework.criteria),
        errors=errors,
        listing=listing,
    )


def _criterion(
    criterion: Criterion, kinds: tuple[str, ...], tally: Tally, errors: Errors, examples: Examples
) -> CriterionFigures:
    names: dict[By, Sequence[tuple[str, str]]] = {
        By.STATUS: [(status.value, STATUS_WORDS[status]) for status in Status],
        By.ELEMENT: [(element.id, element.asks) for element in criterion.elements],
        By.TYPE: [(name, name) for name in tally.groups(By.TYPE)],
        By.REGION: [(name, name) for name in tally.groups(By.REGION)],
    }
    lines = {by: tuple(_lines(criterion.id, by, those, tally)) for by, those in names.items()}
    return CriterionFigures(
        criterion=criterion,
        expected=is_expected(criterion, kinds),
        years=tuple(_year(criterion.id, year, tally, errors) for year in tally.years),
        lines=lines,
        examples=examples.of(criterion.id),
        upheld=errors.upheld.get(criterion.id, NOT_CHECKED).words,
        missed=errors.missed.get(criterion.id, NOT_CHECKED).words,
    )


def _lines(criterion: str, by: By, names: Sequence[tuple[str, str]], tally: Tally) -> Iterator[Line]:
    """Yield what there is a report of; of statuses, those that a report has."""
    for name, words in names:
        line = Line(words, tally.counted(criterion, by, name))
        if any(told and (told[0] or by is not By.STATUS) for told in line.years):
            yield line


def _year(criterion: str, year: str, tally: Tally, errors: Errors) -> YearCount:
    of = tally.applying[criterion, year]
    shown = tally.shown(criterion, year)
    pair = tally.pairs.get((criterion, year))
    return YearCount(
        year=year,
        shown=shown,
        of=of,
        between=errors.between(criterion, shown, of),
        change=_change(criterion, pair, errors) if pair else None,
    )


def _change(criterion: str, pair: Pair, errors: Errors) -> Change:
    """Hold the ranges of two years against each other: where they overlap, the difference may be reading error."""
    before, now = (errors.between(criterion, shown, pair.of) for shown in (pair.before, pair.now))
    apart = before is not None and now is not None and (now[0] > before[1] or now[1] < before[0])
    return Change(before=pair.before, now=pair.now, of=pair.of, greyed=not apart)
