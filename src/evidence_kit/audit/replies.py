"""``audit replies``: what an organisation is asked before an audit is published, and what it answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

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
from evidence_kit.audit.inventory import STATE_WORDS, State
from evidence_kit.audit.organisations import INVENTORY, Rows, each_organisation
from evidence_kit.errors import UsageError
from evidence_kit.language.dates import find_dates
from evidence_kit.readers.walk import is_no_paper
from evidence_kit.records.criterion import Framework
from evidence_kit.records.finding import Role, Status
from evidence_kit.records.reading import DatePrecision
from evidence_kit.reports.words import DISCLAIMER, ROLE_WORDS, STATUS_WORDS, count, day, listed
from evidence_kit.reports.workbook_base import Sheets
from evidence_kit.reports.workbook_layout import Column
from evidence_kit.reports.writing import write_file

REPLIES = "replies/answers.json"
FORM = "reply-form.xlsx"
WORKBOOKS = (".xlsx", ".xls", ".ods")
SHEET, READ = "What we saw", "What we read"
FINDING, REPLY, ADDRESS, PUBLISHED, COMMENT = "Finding", "Your reply", "Address", "Published on", "Comment"
ELSEWHERE = "published elsewhere before the cut-off"
CHOICES = ("misread", "wrong figure or date", ELSEWHERE, "not applicable", "no comment")
RARELY = "such papers rarely show it"
COLUMNS = (
    Column(FINDING, 20),
    Column("Year", 10),
    Column("Criterion", 10),
    Column("Asks", 44),
    Column("In these documents", 24),
    Column("Why", 44),
    Column("Quotes", 60),
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


def remark_on(reply: Reply, cut_off: date | None) -> str:
    """Say what a reply that something was published elsewhere lacks, or that it came after the cut-off."""
    if reply.reply != ELSEWHERE:
        return ""
    remarks = [] if reply.address else ["no address is given"]
    published = day_of(reply.published)
    if published is None:
        remarks.append("no day is given")
    elif cut_off and published > cut_off:
        remarks.append(f"that is after the cut-off, {day(cut_off)}")
    return "; ".join(remarks)


def day_of(text: str) -> date | None:
    """Return the one day that a text tells; ``None`` if it tells none, or more."""
    days = [one.first for one in find_dates(text) if one.precision is DatePrecision.DAY]
    return days[0] if len(days) == 1 else None


def wording(row: Mapping[str, Any], unseen: str) -> str:
    """Say what was read of a submission, what was not seen in it, and what that means.

    Args:
        row: Of the inventory.
        unseen: What was not seen; empty if everything was.
    """
    documents, pages = count(row["files_used"], "document"), count(row["pages"], "page")
    read = f"We read {documents} ({pages}, {row['unread_pages']} unreadable)."
    not_seen = f" In {'it' if row['files_used'] == 1 else 'them'} we did not see {unseen}." if unseen else ""
    return (
        f"{read}{not_seen} This says something about these documents, not about what the organisation does."
    )


def write_forms(root: Path, framework: Framework, out: Path) -> int:
    """Write a folder for each organisation: a form with what was read, what was seen and not seen.

    Returns:
        How many organisations were written to.

    Raises:
        UsageError: This is no folder of an audit, or a form is there already: then none is written.
    """
    for own in each_organisation(root / DATA):
        if (path := _form_of(own, out)).exists():
            raise UsageError(
                f"{path} is there already; somebody may have filled it in.",
                next_step="Move it away, or name another folder with --out.",
            )
    number = 0
    for own in each_organisation(root / DATA, "findings", "quotes", "documents"):
        book = Sheets(title="Right of reply", made=MADE)
        book.lines(HOW_TO, _how_to(own), title=own[INVENTORY][0]["organisation"])
        book.table(SHEET, COLUMNS, _seen(own, framework))
        book.table(READ, FILES, _read(own))
        write_file(_form_of(own, out), book.finished())
        number += 1
    return number


def _form_of(own: Mapping[str, Rows], out: Path) -> Path:
    return out.joinpath(own[INVENTORY][0]["code"], FORM)


def forms_below(path: Path) -> list[Path]:
    """Return the workbooks below a folder, in order; a file is itself."""
    if path.is_file():
        return [path]
    every = (one for ending in WORKBOOKS for one in path.rglob(f"*{ending}"))
    return sorted(one for one in every if not is_no_paper(one.name))


def read_replies(root: Path, paths: Sequence[Path]) -> tuple[Reply, ...]:
    """Read filled-in forms and keep the replies; a later reply to a finding stands for an earlier one.

    Returns:
        The replies of these forms.

    Raises:
        UsageError: A form is none, holds a reply that is none, or replies to what is no finding of one organisation.
    """
    faults: list[str] = []
    said: dict[str, tuple[str, Reply]] = {}
    for path in paths:
        own = {
            row[FINDING]: (f"{path}, row {number}", _reply(row))
            for number, row in read_sheet(path, SHEET, (FINDING, REPLY))
            if row[REPLY]
        }
        codes = sorted({name.split("/")[0] for name in own})
        if len(codes) > 1:
            faults.append(f"{path} replies for {listed(codes)}; a form is one organisation's")
        said |= own
    faults += unknown_findings(root, {name: place for name, (place, _) in said.items()})
    faults += [
        f"{place}: {reply.reply!r} is none of {', '.join(CHOICES)}"
        for place, reply in said.values()
        if reply.reply not in CHOICES
    ]
    refuse("Replies that cannot be read", faults)
    given = {name: reply for name, (_, reply) in said.items()}
    every = {one.finding: one for one in kept_replies(root)} | given
    ordered = tuple(every[name] for name in sorted(every))
    write_file(root / REPLIES, msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n")
    return tuple(given[name] for name in sorted(given))


def _reply(row: Mapping[str, str]) -> Reply:
    return Reply(
        finding=row[FINDING],
        reply=chosen(row[REPLY]),
        address=row.get(ADDRESS, ""),
        published=row.get(PUBLISHED, ""),
        comment=row.get(COMMENT, ""),
    )


def kept_replies(root: Path) -> tuple[Reply, ...]:
    """Return the replies that were read back so far."""
    try:
        return msgspec.json.decode((root / REPLIES).read_bytes(), type=tuple[Reply, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{root / REPLIES} cannot be read: {error}.") from error


def _how_to(own: Mapping[str, Rows]) -> Iterator[tuple[str, str]]:
    yield ("What this is", "What an audit of published reports read of yours, and what it saw in them.")
    yield (
        "What we ask",
        f"Say on the sheet ‘{SHEET}’ where we are wrong. Yellow cells are yours; leave the rest.",
    )
    yield ("Published elsewhere", "Give the address, and the day on which it was published.")
    for row in own[INVENTORY]:
        if row["concluded"]:
            unseen = [
                one["criterion"]
                for one in own["findings"]
                if one["year"] == row["year"] and one["applies"] and one["status"] == Status.NOT_FOUND
            ]
            words = f"{wording(row, listed(unseen, 'or'))} The cut-off is {day(row['as_of'])}."
        else:
            words = f"{STATE_WORDS[State(row['state'])]}. {row['remark']}"
        yield (row["year"], words)
    yield ("Independence", DISCLAIMER)


def _seen(own: Mapping[str, Rows], framework: Framework) -> Iterator[tuple[str, ...]]:
    quotes: defaultdict[str, list[str]] = defaultdict(list)
    for row in own["quotes"]:
        quotes[name_of(row)].append(quoted(row))
    for row in own["findings"]:
        if row["applies"]:
            status = STATUS_WORDS[Status(row["status"])]
            yield (
                name_of(row),
                row["year"],
                row["criterion"],
                framework.criterion(row["criterion"]).plain,
                status if row["expected"] else f"{status} ({RARELY})",
                row["reason"],
                " ".join(quotes[name_of(row)]),
                *("",) * 4,
            )


def quoted(row: Mapping[str, Any]) -> str:
    """Word a quote with its place, what it does, and why it does not count, if so."""
    remark = f": {row['remark']}" if row["remark"] else ""
    return f"“{row['words']}” ({place_of(row)}; {ROLE_WORDS[Role(row['role'])]}{remark})"


def _read(own: Mapping[str, Rows]) -> Iterator[tuple[str | int, ...]]:
    for submission in own[INVENTORY]:
        year, state = submission["year"], STATE_WORDS[State(submission["state"])]
        files = [row for row in own["documents"] if row["year"] == year]
        if not files:
            yield (year, state, "", "", 0, 0, submission["remark"])
        for row in files:
            yield (year, state, row["path"], row["title"], row["pages"], row["unread_pages"], row["remark"])
