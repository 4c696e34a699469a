"""What every reader gives and takes: an inspection, pages laid out of drafts, errors that become problems.

A reader is a module with one function, or two where a file is read by ranges of pages::

    read_whole(path: Path, limits: Limits) -> Whole

    inspect(path: Path, limits: Limits) -> Inspection
    read(path: Path, first: int, last: int, limits: Limits) -> tuple[Page, ...]

``first`` and ``last`` are page indexes from 0, ``last`` not included. All run in a worker process: they open
the file, return records and keep nothing. What they cannot read they tell by :class:`ReadError` (the whole
file) or by an unread page (:func:`unread_page`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from evidence_kit.records.document import (
    Block,
    BlockKind,
    Metadata,
    OutlineItem,
    Page,
    PageState,
    Problem,
    Span,
    WordBoxes,
)
from evidence_kit.workers import Limits

# Codes of whole files.
ENCRYPTED = "encrypted"
DAMAGED = "damaged"
EMPTY_FILE = "empty_file"
UNREADABLE = "unreadable"
NOT_READ_YET = "not_read_yet"
WRONG_NAME = "wrong_name"
TOO_LARGE = "too_large"
OUTSIDE = "outside"
# Codes of pages; TIME_LIMIT, CRASHED and MEMORY_LIMIT of whole files too.
NO_TEXT = "no_text"
HIDDEN = "hidden"
PICTURES = "pictures"
GARBLED = "garbled"
PAGE_DAMAGED = "page_damaged"
NO_WORDS = "no_words"
TOO_MANY_PIXELS = "too_many_pixels"
TIME_LIMIT = "time_limit"
CRASHED = "crashed"
MEMORY_LIMIT = "memory_limit"

BLOCK_BREAK = "\n\n"
"""Between two blocks of a page's text."""
CELL_BREAK = "\t"
"""Between two cells of a table row."""

HOW_TO_RECOGNISE = 'pip install "evidence-kit[ocr]", then map again with --ocr auto'
UNREAD_REASONS: dict[str, tuple[str, str]] = {
    NO_TEXT: (
        "The page holds an image or drawing but no text; it looks scanned.",
        f"Look at the page yourself, or have it read by text recognition: {HOW_TO_RECOGNISE}.",
    ),
    PICTURES: (
        "There are pictures here and no text; what they show was not read.",
        "Look at them yourself, or save the file as PDF and map that with --ocr auto.",
    ),
    HIDDEN: (
        "This sheet or slide is hidden in the file, so it was not read.",
        "If it belongs to the evidence, show it in the program that made the file, save it and map it again.",
    ),
    GARBLED: (
        "The page's font does not say which letters it shows, so its text comes out as nonsense.",
        "Look at the page yourself, or save the file from its source again, or have it read by text recognition: "
        f"{HOW_TO_RECOGNISE}.",
    ),
    NO_WORDS: (
        "Text recognition found no words on the page; it may be a photograph or a drawing.",
        "Look at the page yourself.",
    ),
    TOO_MANY_PIXELS: (
        "The picture has more pixels than the limit.",
        "Save it smaller (a page of A4 needs 1,700 by 2,400 pixels) and map it again.",
    ),
    DAMAGED: (
        "This sheet or slide is damaged and cannot be read.",
        "Open the file in the program that made it, save it again and map it once more.",
    ),
    PAGE_DAMAGED: (
        "The page is damaged and cannot be opened.",
        "Look at the page in a PDF viewer, or ask for a fresh copy of the file.",
    ),
    TOO_LARGE: (
        "The page lies beyond the number of pages that are read of one file.",
        "Split the file and map it again.",
    ),
    TIME_LIMIT: (
        "Reading took longer than the time limit.",
        "Look at it yourself, or save the file again from its source (print to PDF) and map it once more.",
    ),
    MEMORY_LIMIT: (
        "Reading took more memory than the limit.",
        "Look at it yourself, or save the file again from its source (print to PDF) and map it once more.",
    ),
    CRASHED: (
        "Reading failed in a way that ended the reading process.",
        "Look at it yourself, or save the file again from its source (print to PDF) and map it once more.",
    ),
}
"""Code of an unread page: its reason and what a person can do."""
_LIMITS = {
    TIME_LIMIT: "seconds",
    MEMORY_LIMIT: "memory_mib",
    TOO_LARGE: "pages",
    TOO_MANY_PIXELS: "pixels",
}
"""The field of :class:`evidence_kit.workers.Limits` that a page's code speaks of."""


class ReadError(Exception):
    """A file that cannot be read; :mod:`evidence_kit.readers.pack` makes a problem of it.

    Args:
        code: One of this module's codes.
        message: What happened, in plain English, without the file's name.
        next_step: What a person can do about it.
    """

    def __init__(self, code: str, message: str, next_step: str) -> None:
        super().__init__(code, message, next_step)
        self.code = code
        self.message = message
        self.next_step = next_step

    def problem(self, file: str = "", pages: tuple[int, ...] = ()) -> Problem:
        """Return it as a problem of ``file`` (path in the pack)."""
        return Problem(code=self.code, file=file, message=self.message, next_step=self.next_step, pages=pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a file says of itself before its pages are read.

    Attributes:
        page_count: Pages, or sections of a format without pages; at least 1 for a file with anything in it, and 0 for
            an archive.
        problems: What is wrong with the file although it can be read; ``file`` may be left empty.
        members: How many files it holds that are documents of their own (attachments, files of an archive).
    """

    page_count: int
    outline: tuple[OutlineItem, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    problems: tuple[Problem, ...] = ()
    members: int = 0


Whole = tuple[Inspection, tuple[Page, ...]]
"""A file that was read in one piece: what it says of itself, and its pages."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character that UTF-16 writes in two; alone it stands for nothing, and no encoder takes it."""


def whole_text(text: str) -> str:
    """Return a text in which half characters are U+FFFD, one for one, so that spans stay right."""
    return _HALF.sub("\ufffd", text)


def whole_inspection(inspection: Inspection) -> Inspection:
    """Return an inspection without half characters in what the file says of itself."""
    told = inspection.metadata
    return replace(
        inspection,
        outline=tuple(replace(item, title=whole_text(item.title)) for item in inspection.outline),
        metadata=replace(
            told,
            title=whole_text(told.title),
            author=whole_text(told.author),
            created=whole_text(told.created),
            modified=whole_text(told.modified),
        ),
    )


def whole_pages(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Return pages without half characters: every page of every format goes through here before anybody uses it."""
    return tuple(
        replace(page, text=whole_text(page.text), label=page.label and whole_text(page.label))
        if _HALF.search(page.text) or _HALF.search(page.label or "")
        else page
        for page in pages
    )


class WholeReader(Protocol):
    """The shape of a reader module whose files are read in one piece."""

    def read_whole(self, path: Path, limits: Limits) -> Whole:
        """Open the file and read it.

        Raises:
            ReadError: The file cannot be read at all.
        """


class Reader(Protocol):
    """The shape of a reader module whose files are read by ranges of pages."""

    def inspect(self, path: Path, limits: Limits) -> Inspection:
        """Open the file and say how many pages it has.

        Raises:
            ReadError: The file cannot be read at all.
        """

    def read(self, path: Path, first: int, last: int, limits: Limits) -> tuple[Page, ...]:
        """Read pages ``[first, last)``, one record each.

        Raises:
            ReadError: The file cannot be read at all.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A block before it has a place: its own text, or the texts of its cells.

    Attributes:
        text: Text of the block; not used when ``cells`` is given.
        cells: Texts of a table row's cells in column order; empty ones are kept, so that columns line up.

    The other fields are those of :class:`evidence_kit.records.document.Block`.
    """

    kind: BlockKind = BlockKind.PARAGRAPH
    text: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0
    size: float = 0.0
    bold: bool = False
    table: int | None = None
    row: int | None = None
    header: bool = False
    line: int | None = None
    lines: tuple[int, ...] = ()
    joins_next: bool = False


def make_page(
    drafts: Iterable[Draft],
    *,
    number: int | None = None,
    label: str | None = None,
    width: float = 0.0,
    height: float = 0.0,
    words: WordBoxes | None = None,
) -> Page:
    """Lay drafts one after the other into a page's text and give each its span.

    Drafts of white space alone are left out. A page without any other draft is blank.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for draft in drafts:
        text, cells = _laid(draft)
        if not text.strip():
            continue
        if parts:
            parts.append(BLOCK_BREAK)
            position += len(BLOCK_BREAK)
        blocks.append(_placed(draft, position, text, cells))
        parts.append(text)
        position += len(text)
    return Page(
        number=number,
        text="".join(parts),
        label=label,
        blocks=tuple(blocks),
        words=words,
        state=PageState.READ if blocks else PageState.BLANK,
        width=width,
        height=height,
    )


def _laid(draft: Draft) -> tuple[str, list[Span]]:
    """Return the draft's text and the spans of its cells in it."""
    if not draft.cells:
        return draft.text.strip(), []
    texts = [cell.strip() for cell in draft.cells]
    spans: list[Span] = []
    position = 0
    for text in texts:
        spans.append((position, position + len(text)))
        position += len(text) + len(CELL_BREAK)
    return CELL_BREAK.join(texts), spans


def _placed(draft: Draft, position: int, text: str, cells: Sequence[Span]) -> Block:
    return Block(
        kind=draft.kind,
        start=position,
        end=position + len(text),
        level=draft.level,
        size=draft.size,
        bold=draft.bold,
        table=draft.table,
        row=draft.row,
        header=draft.header,
        cells=tuple((position + start, position + end) for start, end in cells),
        line=draft.line,
        lines=draft.lines,
        joins_next=draft.joins_next,
    )


def unread_page(number: int | None, code: str, *, width: float = 0.0, height: float = 0.0) -> Page:
    """Return a page that could not be read, with the reason of ``code`` (a key of :data:`UNREAD_REASONS`)."""
    reason, _ = UNREAD_REASONS[code]
    return Page(number=number, state=PageState.UNREAD, reason=reason, width=width, height=height)


def limit_error(code: str, limits: Limits) -> ReadError:
    """Return what a code of :data:`UNREAD_REASONS` means, with the limit that was hit and how to raise it."""
    reason, step = UNREAD_REASONS[code]
    name = _LIMITS.get(code)
    if name is None:
        return ReadError(code, reason, step)
    value = f"{getattr(limits, name):,.12g}"
    return ReadError(
        code, f"{reason[:-1]} ({name} = {value}).", f"{step} Another limit is set with --limit {name}=VALUE."
    )


def page_problems(file: str, pages: Sequence[Page], limits: Limits) -> tuple[Problem, ...]:
    """Return one problem a reason for the unread pages, in the order in which the reasons first appear."""
    numbers: dict[str, list[int]] = {}
    for index, page in enumerate(pages):
        if page.state is PageState.UNREAD:
            numbers.setdefault(page.reason, []).append(page.number or index + 1)
    codes = {reason: code for code, (reason, _) in UNREAD_REASONS.items()}
    unknown = "Look at these pages yourself."
    return tuple(
        (
            limit_error(codes[reason], limits) if reason in codes else ReadError(UNREADABLE, reason, unknown)
        ).problem(file, tuple(concerned))
        for reason, concerned in numbers.items()
    )
