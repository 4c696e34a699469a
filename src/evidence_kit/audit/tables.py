"""The dataset's tables: every column with its type and meaning. The codebook is written from here, nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SCHEMA = "evidence-kit/audit"
SCHEMA_VERSION = 1

TEXT, NUMBER, SHARE, YES_NO, DAY = "text", "whole number", "number", "true or false", "date"
Value = str | int | float | bool | None
"""A day is its ISO 8601 text."""
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    type: str
    meaning: str


def _columns(text: str) -> tuple[Column, ...]:
    return tuple(
        Column(*(part.strip() for part in line.split("|")))
        for line in text.strip().splitlines()
        if line.strip()
    )


_WHO = """
organisation | text | Name, as the manifest gives it.
code | text | Stands for the organisation; with the year it names a submission.
type | text | Type of the organisation, as the manifest gives it; may be empty.
region | text | Region, as the manifest gives it; may be empty.
year | text | Financial year (2023-24) or calendar year (2024).
"""
_KEY = """
code | text | Organisation; see inventory.
year | text | Year; see inventory.
"""

TABLES: dict[str, tuple[Column, ...]] = {
    "inventory": _columns(_WHO + """
        state | text | present, missing, unread, wrong_year, wrong_organisation, summary_only or extract.
        remark | text | Why, and what else is to be known.
        files | whole number | Files and files in archives that were found.
        files_used | whole number | Of them, those that were concluded from.
        pages | whole number | Pages (sections of formats without pages) of the files used.
        unread_pages | whole number | Of them, those that could not be read.
        as_of | date | The day that windows are measured back from.
        in_region | true or false | Whether the framework is in use in the region; false reads "as if it applied".
        concluded | true or false | Whether there are findings.
    """),
    "findings": _columns(_WHO + """
        criterion | text | Id of the criterion.
        kind | text | deliverable or supporting_action.
        driver | text | Key driver of the framework.
        status | text | evidenced, partly, planned, contradicted, stale, not_found or needs_person.
        shown | true or false | Whether the status is evidenced.
        applies | true or false | Whether the criterion asks anything of such an organisation; count only true.
        expected | true or false | Whether such papers usually show the criterion; count false apart.
        in_region | true or false | As in inventory.
        intention_only | true or false | planned by a bare commitment.
        split_by_wording | true or false | Another wording of the criterion gives another status.
        rule | whole number | Rule of docs/verdicts.md that decided.
        reason | text | Why the status is what it is.
        newest | date | Newest dated act that supports it.
        oldest | date | Oldest dated act that supports it.
        quotes | whole number | Quotes in the table quotes.
        pages | whole number | Pages searched.
        unread_pages | whole number | Pages that could not be searched.
    """),
    "elements": _columns(_KEY + """
        criterion | text | Id of the criterion.
        variant | text | Wording under which it was concluded.
        element | text | Id of the element.
        asks | text | The question.
        required | true or false | Whether evidenced needs it.
        core | true or false | The act without which the rest means nothing.
        basis | text | wording, level_text, narrative or house.
        outcome | text | shown, shown_old, planned, not_shown, against, short or open.
        reason | text | Why.
        quotes | text | Ids of the quotes, parted by blanks.
        applies | true or false | As in findings.
    """),
    "quotes": _columns(_KEY + """
        criterion | text | Id of the criterion.
        quote | text | Id of the quote.
        role | text | support, plan, against or near_miss.
        stance | text | done, planned, aspiration, contradicts or mention.
        document | text | Id of the document.
        path | text | The document's path within the submission.
        page | whole number | Page as the file counts it, from 1; empty where the format has no pages.
        printed_page | text | Page number printed on it.
        words | text | The quote, white space folded.
        elements | text | Ids of the elements that it shows or speaks against, parted by blanks.
        act_date | date | Of the act, or of its paper.
        in_window | true or false | Whether it lies in the window of the criterion.
        probability | number | How sure the classifier was that it bears on the criterion; not how sure the status is.
        remark | text | Why it is a near-miss, or what to mind.
    """),
    "documents": _columns(_KEY + """
        document | text | Id of the document: d and the first digits of the SHA-256.
        path | text | Path within the submission.
        source | text | Where the file lies.
        sha256 | text | Of the file.
        size | whole number | Bytes.
        media | text | Format, told from the content.
        reading | text | read, partly_read or not_read.
        pages | whole number | Pages (sections of formats without pages).
        read_pages | whole number | Pages with text that was read.
        unread_pages | whole number | Pages that could not be read.
        title | text | Title that the paper gives itself.
        organisation_named | text | Organisation that it names as its own.
        kind | text | What sort of paper it is.
        period_start | date | First day of the period that it covers.
        period_end | date | Last day of that period.
        state | text | As in inventory, for this file; doubled for one with the bytes of another.
        remark | text | Why.
        used | true or false | Whether anything was concluded from it.
    """),
    "problems": _columns(_KEY + """
        path | text | The file within the submission.
        code_of_problem | text | A stable word: encrypted, damaged, no_text, time_limit …; docs/errors.md lists them.
        message | text | What happened.
        next_step | text | What a person can do.
        pages | text | Page numbers that are concerned, parted by blanks; empty for the whole file.
    """),
}  # fmt: skip
"""Tables by name, in the order in which they are written."""


def codebook() -> Iterator[Row]:
    """Yield table, column, type and meaning: the rows of ``codebook.csv``."""
    yield ("table", "column", "type", "meaning")
    for table, columns in TABLES.items():
        for column in columns:
            yield (table, column.name, column.type, column.meaning)
