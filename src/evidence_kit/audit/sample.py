"""``audit sample``: findings for two people to check, drawn by type, year and status, and their answers read back."""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence_kit.audit.checked import CHOICES, Answers, read_answers, write_answers
from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.folder import DATA
from evidence_kit.audit.forms import (
    HOW_TO,
    MADE,
    chosen,
    name_of,
    place_of,
    read_sheet,
    refuse,
    unknown_findings,
)
from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Framework
from evidence_kit.reports.workbook_base import Sheets
from evidence_kit.reports.workbook_layout import Column
from evidence_kit.reports.writing import write_file

READERS = 2
SHEET = "Findings"
FINDING, ANSWER, COMMENT = "Finding", "What do these documents show?", "Comment"
COLUMNS = (
    Column(FINDING, 20),
    Column("Organisation", 28),
    Column("Year", 10),
    Column("Criterion", 10),
    Column("Asks", 44),
    Column("Required parts", 44),
    Column("Passages to look at", 70),
    Column("Files", 40),
    Column(ANSWER, 18, CHOICES, filled_in=True),
    Column(COMMENT, 30, filled_in=True),
)
_HOW_TO = (
    (
        "What to answer",
        "Read the report itself, then say what it shows: every required part done (shown), or not. The passages are "
        "where to begin; what shows it may stand elsewhere, and a passage may show nothing.",
    ),
    ("Alone", "Another person answers the same findings. Leave empty what you have not looked at."),
    ("Not told", "What the tool concluded is not told here, so that it leads nobody."),
)
Finding = dict[str, Any]
Stratum = tuple[bool, str, str, str]
"""Shown or not, type, year, status."""


def draw(findings: Iterable[Mapping[str, Any]], number: int, seed: str = "") -> list[Finding]:
    """Draw findings: half of them evidenced, half not, each half spread over types, years and statuses by their size.

    Args:
        findings: Rows of the dataset; those that do not apply are left out.
        number: How many; fewer if there are not so many.
        seed: Another one draws others; the same draws the same.
    """
    sizes: Counter[Stratum] = Counter()
    lots: defaultdict[Stratum, list[tuple[int, str, Finding]]] = defaultdict(list)
    for row in findings:
        if row["applies"]:
            stratum = (row["shown"], row["type"], row["year"], row["status"])
            sizes[stratum] += 1
            own = {name: row[name] for name in ("code", "year", "organisation", "criterion")}
            heapq.heappush(lots[stratum], (-_lot(row, seed), name_of(row), own))
            if len(lots[stratum]) > number:  # no stratum gives more
                heapq.heappop(lots[stratum])
    shown = {stratum: size for stratum, size in sizes.items() if stratum[0]}
    others = {stratum: size for stratum, size in sizes.items() if not stratum[0]}
    half = min(sum(shown.values()), number // 2)
    taken = _spread(shown, half) | _spread(others, number - half)
    drawn = [own for stratum, most in taken.items() for *_, own in sorted(lots[stratum], reverse=True)[:most]]
    return sorted(drawn, key=lambda row: (row["code"], row["year"], row["criterion"]))


def _spread(sizes: Mapping[Stratum, int], number: int) -> dict[Stratum, int]:
    """Return how many each stratum gives, by its size (largest remainders)."""
    total = sum(sizes.values())
    number = min(number, total)
    exact = {key: number * size / total for key, size in sorted(sizes.items())}
    taken = {key: int(share) for key, share in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (taken[key] - exact[key], key))
    for key in by_remainder[: number - sum(taken.values())]:
        taken[key] += 1
    return taken


def _lot(row: Mapping[str, Any], seed: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed} {name_of(row)}".encode()).digest())


def write_sample(root: Path, framework: Framework, number: int, seed: str = "") -> tuple[Path, ...]:
    """Draw a sample from an audit and write a workbook for each of two readers.

    Raises:
        UsageError: This is no folder of an audit, or a workbook is there already.
    """
    paths = tuple(root / "sample" / f"sample-reader-{reader + 1}.xlsx" for reader in range(READERS))
    for path in paths:
        if path.exists():
            raise UsageError(
                f"{path} is there already; somebody may be filling it in.", next_step="Move it away first."
            )
    drawn = draw(read_table(root / DATA, "findings"), number, seed)
    if not drawn:
        raise UsageError("There is no finding to draw from.", next_step="Run the audit first.")
    quotes = _quotes(root, {name_of(row) for row in drawn})
    files = _files(root, {(row["code"], row["year"]) for row in drawn})
    rows = [_row(row, framework, quotes, files) for row in drawn]
    for path in paths:
        book = Sheets(title="A sample to check", made=MADE)
        book.lines(HOW_TO, _HOW_TO, title="A sample of findings to check")
        book.table(SHEET, COLUMNS, rows)
        write_file(path, book.finished())
    return paths


def read_sample(root: Path, paths: Sequence[Path]) -> Answers:
    """Read filled-in workbooks, one a reader (called by the file's name), and keep the answers.

    What a reader said before of findings that do not stand in the workbook, as of an earlier sample, is kept.

    Raises:
        UsageError: A workbook is none, two have the same name, or an answer is none or is about no finding.
    """
    answers = read_answers(root)
    faults = []
    places: dict[str, str] = {}
    for name, times in Counter(path.stem for path in paths).items():
        if times > 1:
            faults.append(f"{times} workbooks are called {name!r}; readers are told apart by the file's name")
    for path in paths:
        own = answers.setdefault(path.stem, {})
        for number, row in read_sheet(path, SHEET, (FINDING, ANSWER)):
            own.pop(row[FINDING], None)
            said = chosen(row[ANSWER])
            if said:
                places[row[FINDING]] = f"{path}, row {number}"
                own[row[FINDING]] = said
            if said and said not in CHOICES:
                faults.append(f"{path}, row {number}: {said!r} is none of {', '.join(CHOICES)}")
    refuse("Answers that cannot be read", faults + unknown_findings(root, places))
    write_answers(root, answers)
    return answers


def _row(
    row: Finding,
    framework: Framework,
    quotes: Mapping[str, list[str]],
    files: Mapping[tuple[str, str], list[str]],
) -> tuple[str, ...]:
    criterion = framework.criterion(row["criterion"])
    return (
        name_of(row),
        row["organisation"],
        row["year"],
        row["criterion"],
        criterion.plain,
        " ".join(element.asks for element in criterion.elements if element.required),
        " ".join(quotes.get(name_of(row), ())),
        "; ".join(files.get((row["code"], row["year"]), ())),
        "",
        "",
    )


def _quotes(root: Path, wanted: set[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_table(root / DATA, "quotes"):
        if name_of(row) in wanted:
            found[name_of(row)].append(f"“{row['words']}” ({place_of(row)})")
    return found


def _files(root: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in read_table(root / DATA, "documents"):
        if row["used"] and (row["code"], row["year"]) in wanted:
            found[row["code"], row["year"]].append(row["source"])
    return found
