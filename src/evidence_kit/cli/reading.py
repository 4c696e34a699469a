"""``read``: what was read of one file, page by page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence_kit.cli.cache import cache_folder, no_cache_option
from evidence_kit.cli.limits import Given, limit_option, limits_of, parse_limits
from evidence_kit.cli.recognition import ocr_option
from evidence_kit.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from evidence_kit.records.document import Document
    from evidence_kit.records.passage import Paper

PAGES = re.compile(r"(\d+)(?:-(\d+))?")
Ranges = tuple[tuple[int, int], ...]
Found = tuple[tuple["Document", tuple["Paper", ...]], ...]
"""A file and then the files that it holds, each with its papers."""


def parse_pages(text: str | None) -> Ranges:
    """Return ranges of page numbers, both ends included, of ``3``, ``3-7`` or ``1,3-7``; empty for all pages.

    Raises:
        UsageError: The text is none of these.
    """
    if text is None:
        return ()
    ranges = []
    for part in text.split(","):
        match = PAGES.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise UsageError(
                f"--pages {text!r} names no pages.", next_step="Write 3, 3-7 or 1,3-7; pages count from 1."
            )
        ranges.append((first, last))
    return tuple(ranges)


def read_one(path: Path, cache: Path | None = None, ocr: str = "off", limits: Given = ()) -> Found:
    """Read one file through the guard, and the files in it, and tell their papers.

    What is wrong with the cache is told on standard error.

    Raises:
        UsageError: There is no such file.
        DependencyMissing: Text recognition is forced and not installed.
    """
    if not path.is_file():
        raise UsageError(
            f"There is no file {path}.", next_step="Check the spelling; for a folder, use `map`."
        )
    from evidence_kit.passages.papers import split_papers
    from evidence_kit.pipeline import keeping
    from evidence_kit.readers.pack import read_pack

    notes: list[str] = []
    with keeping.opened(cache, notes) as kept:
        documents = read_pack(path, workers=1, limits=limits_of(limits), shelf=kept.pages, ocr=ocr)
    for note in notes:
        click.echo(note, err=True)
    return tuple((document, split_papers(document)) for document in documents)


def _refuse_beyond(ranges: Ranges, found: Found) -> None:
    """Raise where pages were asked for and no file has one of them.

    Raises:
        UsageError: It says how many pages the file has.
    """
    most = max(len(document.pages) for document, _ in found)
    if not ranges or not most or any(first <= most for first, _ in ranges):
        return
    from evidence_kit.reports.words import UNIT_WORDS, count

    document = max((each for each, _ in found), key=lambda each: len(each.pages))
    raise UsageError(
        f"--pages names no page that is there: {document.path} has {count(most, UNIT_WORDS[document.media])}.",
        next_step="Name pages that it has, or leave --pages out.",
    )


@click.command("read", short_help="Show what was read of a file, page by page.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pages", metavar="RANGE", help="Only these pages: 3, 3-7 or 1,3-7, counted from 1.")
@ocr_option
@limit_option
@no_cache_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def read_command(
    file: Path, pages: str | None, ocr: str | None, limits: tuple[str, ...], no_cache: bool, as_json: bool
) -> None:
    """Show what was read of FILE: its papers, then every page with its blocks, and what could not be read.

    Of an archive or an e-mail message, the files in it follow, each in the same way.

    For a verdict that looks wrong, start here: what is not read cannot be found.
    """
    from evidence_kit.cli.page_text import documents_json, documents_text
    from evidence_kit.records.document import DocumentState

    ranges = parse_pages(pages)
    found = read_one(file, cache_folder(no_cache), ocr or "off", parse_limits(limits))
    _refuse_beyond(ranges, found)
    click.echo((documents_json if as_json else documents_text)(found, ranges))
    states = [document.state for document, _ in found]
    code = ExitCode.OK if set(states) == {DocumentState.READ} else ExitCode.PARTLY_READ
    if states[0] is DocumentState.NOT_READ:
        code = ExitCode.NOTHING_READ
    click.get_current_context().exit(int(code))
