"""Cuts documents into passages: a sentence or a few, a list item with its stem, a table row with its header.

No character is lost that is neither white space nor furniture: headings become passages too, besides standing in
the heading trail of what follows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_kit.passages.cutting import MOST_CHARACTERS, WHOLE_WORDS, cut, cut_to_size, last_sentence
from evidence_kit.passages.flow import Run, cells_of, runs_of
from evidence_kit.passages.tables import RowLabels, cell_texts, table_contexts
from evidence_kit.records.document import BlockKind, Document, Media, Span
from evidence_kit.records.passage import Context, Paper, Passage

_POINTS_ON = re.compile(
    r"(?:[:;\u2013\u2014-]|\b(?:following|below|as follows|these|include[sd]?|including)\.?)$", re.IGNORECASE
)
_FULL_STOP = (".", "!", "?", ".\u201d", ".)")
STEM_WORDS = 40
"""A stem that is longer is cut to its last sentence; without a colon it must not be longer at all."""
TRAIL_LIMIT = 6
"""Headings kept in a trail, the innermost."""


def split_passages(document: Document, papers: tuple[Paper, ...]) -> tuple[Passage, ...]:
    """Cut a document into passages, in reading order.

    Args:
        document: What was read.
        papers: All papers of the document, in order, which together hold all its pages.

    Returns:
        Passages with unique ids. Every segment is ``page.text[start:end]``, and a passage's text is its segments'
        texts joined by one blank. White space around a passage is left out, white space in it is kept.
    """
    broken_lines = document.media in (Media.TEXT, Media.MARKDOWN)
    found: list[Passage] = []
    for paper in papers:
        runs = tuple(runs_of(document, paper.first_page, paper.last_page, broken_lines=broken_lines))
        found.extend(_Splitter(document, paper, runs).passages())
    return tuple(found)


class _Splitter:
    """Walks down one paper and remembers what stands above."""

    def __init__(self, document: Document, paper: Paper, runs: tuple[Run, ...]) -> None:
        self._document = document
        self._paper = paper
        self._runs = runs
        self._tables = table_contexts(runs)
        self._labels = RowLabels()
        self._headings: list[tuple[int, str]] = []
        self._lists = _ListStems()

    def passages(self) -> Iterator[Passage]:
        for index, run in enumerate(self._runs):
            if run.kind is BlockKind.HEADING:
                yield from self._heading(run)
            elif run.kind is BlockKind.TABLE_ROW:
                self._lists.reset()
                yield from self._row(run, index)
            elif run.kind is BlockKind.LIST_ITEM:
                stem = self._lists.stem_for(run)
                yield from self._cut(run, Context(headings=self._trail(), stem=stem))
            else:
                self._lists.see(run)
                yield from self._cut(run, Context(headings=self._trail()))

    def _trail(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings[-TRAIL_LIMIT:])

    def _heading(self, run: Run) -> Iterator[Passage]:
        level = run.pieces[0].block.level or 1
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        yield from self._cut(run, Context(headings=self._trail()))
        self._headings.append((level, run.plain))
        self._lists.reset()
        if run.plain.endswith(":"):
            self._lists.see(run)

    def _row(self, run: Run, index: int) -> Iterator[Passage]:
        table = self._tables[index]
        if index in table.header_runs:
            context = Context(headings=self._trail(), header=cell_texts(run), caption=table.caption)
            yield from self._whole_row(run, context)
            return
        cells = cell_texts(run)
        context = Context(
            headings=self._trail(),
            stem=self._labels.stem(run.pieces[0].block.table, cells),
            header=table.header,
            caption=table.caption,
        )
        if sum(map(bool, cells)) == 1 and len(run.text.split()) > WHOLE_WORDS:
            # A page laid out by a table of one cell: prose, whatever its frame.
            yield from self._cut(run, context)
        else:
            yield from self._whole_row(run, context)

    def _whole_row(self, run: Run, context: Context) -> Iterator[Passage]:
        """Yield a row as one passage; one that is too long in parts, each with what it has of every cell."""
        cells = cells_of(run.pieces[0])
        for low, high in cut_to_size(run.text):
            mine = tuple((min(max(a, low), high) - low, min(max(b, low), high) - low) for a, b in cells)
            yield self._passage(run, (low, high), context, mine)

    def _cut(self, run: Run, context: Context) -> Iterator[Passage]:
        for span in cut(run.text):
            yield self._passage(run, span, context)

    def _passage(self, run: Run, span: Span, context: Context, cells: tuple[Span, ...] = ()) -> Passage:
        segments = run.segments(*span)
        return Passage(
            id=f"{self._document.id}@{segments[0].page}:{segments[0].start}",
            document=self._document.id,
            paper=self._paper.id,
            kind=run.kind,
            segments=segments,
            text=run.text[slice(*span)],
            context=_clipped(context),
            cells=cells,
        )


def _clipped(context: Context) -> Context:
    """Return a context without the ends of texts that are too long to give anything a meaning."""
    if max(map(len, (*context.headings, context.stem, *context.header, context.caption))) <= MOST_CHARACTERS:
        return context
    return Context(
        headings=tuple(text[:MOST_CHARACTERS] for text in context.headings),
        stem=context.stem[:MOST_CHARACTERS],
        header=tuple(text[:MOST_CHARACTERS] for text in context.header),
        caption=context.caption[:MOST_CHARACTERS],
    )


class _ListStems:
    """Knows the line that introduces the list at hand, and the items that a nested item stands under."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget all: a heading or a table stands between."""
        self._lead = ""
        self._base = ""
        self._open: list[tuple[int, str]] = []
        self._between = 0

    def see(self, run: Run) -> None:
        """Take note of a paragraph."""
        self._lead = run.text
        self._between += 1

    def stem_for(self, run: Run) -> str:
        """Return the stem of a list item, outer stems first, and take note of the item."""
        if self._lead:
            # One loose paragraph between two items belongs to the item above it; it does not open a new list.
            if not (self._open and self._between == 1 and not _introduces(self._lead)):
                self._base = _stem(self._lead)
                self._open = []
            self._lead = ""
        self._between = 0
        level = run.pieces[0].block.level or 1
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        stem = " ".join(part for part in (self._base, *(text for _, text in self._open)) if part)
        self._open.append((level, run.plain))
        return stem


def _introduces(text: str) -> bool:
    """Say whether a paragraph plainly points at what follows it."""
    end = text.rstrip()
    return _POINTS_ON.search(end) is not None or not end.endswith(_FULL_STOP)


def _stem(text: str) -> str:
    """Return what of the paragraph before a list introduces it; empty if it is too long to be an introduction."""
    words = len(text.split())
    if words > STEM_WORDS:
        text = last_sentence(text)
        if len(text.split()) > STEM_WORDS and not _introduces(text):
            return ""
    return " ".join(text.split())
