"""``audit replies``: what an organisation is asked before an audit is published, and what it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.folder import DATA
from evidence_kit.audit.forms import HOW_TO, MADE, read_sheet
from evidence_kit.audit.inventory import STATE_WORDS, State
from evidence_kit.audit.sample import name_of
from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Framework
from evidence_kit.records.finding import Status
from evidence_kit.reports.words import DISCLAIMER, STATUS_WORDS, count
from evidence_kit.reports.workbook_base import Sheets
from evidence_kit.reports.workbook_layout import Column
from evidence_kit.reports.writing import write_file

REPLIES = "replies/answers.json"
FORM = "reply-form.xlsx"
SHEET, READ = "What we saw", "What we read"
FINDING, REPLY, ADDRESS, PUBLISHED, COMMENT = "Finding", "Your reply", "Address", "Published on", "Comment"
CHOICES = (
    "misread",
    "wrong figure or date",
    "published elsewhere before the cut-off",
    "not applicable",
    "no comment",
)
COLUMNS = (
    Column(FINDING, 20),
    Column("Year", 10),
    Column("Criterion", 10),
    Column("Asks", 44),
    Column("In these documents", 20),
    Column("Quotes", 70),
    Column(REPLY, 24, CHOICES, filled_in=True),
    Column(ADDRESS, 30, filled_in=True),
    Column(PUBLISHED, 16, filled_in=True),
    Column(COMMENT, 40, filled_in=True),
)
FILES = (
    Column("Year", 10),
    Column("Submission", 20),
    Column("File", 40),
    Column("Read as", 44),
    Column("Pages", 10),
    Column("Not read", 10),
    Column("Remark", 40),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What an organisation says of a finding; it stands beside the finding and changes nothing in it."""

    finding: str
    reply: str
    address: str = ""
    published: str = ""
    comment: str = ""


def wording(row: Mapping[str, Any]) -> str:
    """Say what was read of a submission, and what that means: the sentence that goes with every *not seen*."""
    read = count(row["files_used"], "document")
    pages = f"{count(row['pages'], 'page')}, {row['unread_pages']} of them unreadable"
    return (
        f"We read {read} ({pages}). What is not seen was not seen in them. This says something about these documents, "
        "not about what the organisation does."
    )


def write_forms(root: Path, framework: Framework, out: Path) -> int:
    """Write a folder for each organisation: a form with what was read, what was seen and not seen.

    Returns:
        How many organisations were written to.

    Raises:
        UsageError: This is no folder of an audit.
    """
    submissions: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_table(root / DATA, "inventory"):
        submissions[row["code"]].append(row)
    quotes: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_table(root / DATA, "quotes"):
        page = f", page {row['page']}" if row["page"] else ""
        quotes[name_of(row)].append(f"“{row['words']}” ({row['path']}{page})")
    findings, files = _by_code(root, "findings"), _by_code(root, "documents")
    for code, years in submissions.items():
        book = Sheets(title="Right of reply", made=MADE)
        book.lines(HOW_TO, _how_to(years), title=years[0]["organisation"])
        book.table(SHEET, COLUMNS, _seen(findings[code], framework, quotes))
        book.table(READ, FILES, _read(years, files[code]))
        write_file(out / code / FORM, book.finished())
    return len(submissions)


def read_replies(root: Path, paths: Sequence[Path]) -> tuple[Reply, ...]:
    """Read filled-in forms and keep the replies; a later reply to a finding stands for an earlier one.

    Raises:
        UsageError: A form is none, or holds a reply that is none.
    """
    known = {one.finding: one for one in kept_replies(root)}
    faults = []
    for path in paths:
        for number, row in enumerate(read_sheet(path, SHEET, (FINDING, REPLY)), start=1):
            said = " ".join(row[REPLY].split()).casefold()
            if said and said not in CHOICES:
                faults.append(f"{path}, finding {number}: {row[REPLY]!r} is none of {', '.join(CHOICES)}")
            elif said:
                known[row[FINDING]] = Reply(
                    finding=row[FINDING],
                    reply=said,
                    address=row.get(ADDRESS, ""),
                    published=row.get(PUBLISHED, ""),
                    comment=row.get(COMMENT, ""),
                )
    if faults:
        raise UsageError("Replies that cannot be read:\n  " + "\n  ".join(faults))
    ordered = tuple(known[name] for name in sorted(known))
    write_file(root / REPLIES, msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n")
    return ordered


def kept_replies(root: Path) -> tuple[Reply, ...]:
    """Return the replies that were read back so far."""
    try:
        return msgspec.json.decode((root / REPLIES).read_bytes(), type=tuple[Reply, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{root / REPLIES} cannot be read: {error}.") from error


def _by_code(root: Path, table: str) -> defaultdict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_table(root / DATA, table):
        found[row["code"]].append(row)
    return found


def _how_to(years: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    yield ("What this is", "What an audit of published reports read of yours, and what it saw in them.")
    yield (
        "What we ask",
        f"Say on the sheet ‘{SHEET}’ where we are wrong. Yellow cells are yours; leave the rest.",
    )
    yield ("Published elsewhere", "Give the address, and the day on which it was published.")
    for row in years:
        words = wording(row) if row["concluded"] else f"{STATE_WORDS[State(row['state'])]}. {row['remark']}"
        yield (row["year"], words)
    yield ("Independence", DISCLAIMER)


def _seen(
    rows: Sequence[Mapping[str, Any]], framework: Framework, quotes: Mapping[str, list[str]]
) -> Iterator[tuple[str, ...]]:
    for row in rows:
        if row["applies"]:
            yield (
                name_of(row),
                row["year"],
                row["criterion"],
                framework.criterion(row["criterion"]).plain,
                STATUS_WORDS[Status(row["status"])],
                " ".join(quotes.get(name_of(row), ())),
                *("",) * 4,
            )


def _read(
    years: Sequence[Mapping[str, Any]], files: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str | int, ...]]:
    for year in years:
        own = [row for row in files if row["year"] == year["year"]]
        state = STATE_WORDS[State(year["state"])]
        if not own:
            yield (year["year"], state, "", "", 0, 0, year["remark"])
        for row in own:
            yield (
                year["year"],
                state,
                row["path"],
                row["title"],
                row["pages"],
                row["unread_pages"],
                row["remark"],
            )
