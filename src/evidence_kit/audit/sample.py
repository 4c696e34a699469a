"""``audit sample``: findings for two people to check, drawn by type, year and status, and their answers read back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evidence_kit.audit.checked import CHOICES, Answers, read_answers, write_answers
from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.folder import DATA
from evidence_kit.audit.forms import HOW_TO, MADE, read_sheet
from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Framework
from evidence_kit.records.finding import Status
from evidence_kit.reports.words import STATUS_WORDS
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
    Column("The tool says", 18),
    Column("Quotes", 70),
    Column("Files", 40),
    Column(ANSWER, 18, CHOICES, filled_in=True),
    Column(COMMENT, 30, filled_in=True),
)
_HOW_TO = (
    (
        "What to answer",
        "Read the report itself, then say what it shows: every required part done (shown), or not.",
    ),
    ("Alone", "Another person answers the same findings. Leave empty what you have not looked at."),
)
Finding = dict[str, Any]


def draw(findings: Iterable[Mapping[str, Any]], number: int, seed: str = "") -> list[Finding]:
    """Draw findings: half of them evidenced, half not, each half spread over types, years and statuses by their size.

    Args:
        findings: Rows of the dataset; those that do not apply are left out.
        number: How many; fewer if there are not so many.
        seed: Another one draws others; the same draws the same.
    """
    strata: dict[bool, defaultdict[tuple[str, str, str], list[Finding]]] = {
        True: defaultdict(list), False: defaultdict(list)
    }  # fmt: skip
    for row in findings:
        if row["applies"]:
            about = ("code", "year", "type", "organisation", "criterion", "status", "shown")
            own = {name: row[name] for name in about}
            strata[row["shown"]][own["type"], own["year"], own["status"]].append(own)
    shown = min(sum(map(len, strata[True].values())), number // 2)
    drawn = [*_spread(strata[True], shown, seed), *_spread(strata[False], number - shown, seed)]
    return sorted(drawn, key=lambda row: (row["code"], row["year"], row["criterion"]))


def _spread(
    strata: Mapping[tuple[str, str, str], list[Finding]], number: int, seed: str
) -> Iterator[Finding]:
    """Yield findings from all strata by their sizes (largest remainders), within each by chance that repeats."""
    total = sum(map(len, strata.values()))
    number = min(number, total)
    exact = {key: number * len(those) / total for key, those in sorted(strata.items())}
    taken = {key: int(share) for key, share in exact.items()}
    by_remainder = sorted(exact, key=lambda key: (taken[key] - exact[key], key))
    for key in by_remainder[: number - sum(taken.values())]:
        taken[key] += 1
    for key, those in sorted(strata.items()):
        yield from sorted(those, key=lambda row: _lot(row, seed))[: taken[key]]


def _lot(row: Finding, seed: str) -> str:
    return hashlib.sha256(f"{seed} {name_of(row)}".encode()).hexdigest()


def name_of(row: Mapping[str, Any]) -> str:
    """Return what a finding is called: ``CODE/YEAR/CRITERION``."""
    return f"{row['code']}/{row['year']}/{row['criterion']}"


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

    Raises:
        UsageError: A workbook is none, or holds an answer that is none.
    """
    answers = read_answers(root)
    faults = []
    for path in paths:
        own = {}
        for number, row in enumerate(read_sheet(path, SHEET, (FINDING, ANSWER)), start=1):
            said = " ".join(row[ANSWER].split()).casefold()
            if said and said not in CHOICES:
                faults.append(
                    f"{path.name}, finding {number}: {row[ANSWER]!r} is none of {', '.join(CHOICES)}"
                )
            elif said:
                own[row[FINDING]] = said
        answers[path.stem] = own
    if faults:
        raise UsageError("Answers that cannot be read:\n  " + "\n  ".join(faults))
    write_answers(root, answers)
    return answers


def _row(
    row: Finding,
    framework: Framework,
    quotes: Mapping[str, list[str]],
    files: Mapping[tuple[str, str], list[str]],
) -> tuple[str, ...]:
    return (
        name_of(row),
        row["organisation"],
        row["year"],
        row["criterion"],
        framework.criterion(row["criterion"]).plain,
        STATUS_WORDS[Status(row["status"])],
        "\n".join(quotes.get(name_of(row), ())),
        "\n".join(files.get((row["code"], row["year"]), ())),
        "",
        "",
    )


def _quotes(root: Path, wanted: set[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_table(root / DATA, "quotes"):
        if name_of(row) in wanted:
            page = f", page {row['page']}" if row["page"] else ""
            found[name_of(row)].append(f"[{row['role']}] “{row['words']}” ({row['path']}{page})")
    return found


def _files(root: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in read_table(root / DATA, "documents"):
        if row["used"] and (row["code"], row["year"]) in wanted:
            found[row["code"], row["year"]].append(row["source"])
    return found
