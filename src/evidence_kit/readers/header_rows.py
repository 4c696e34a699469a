"""Which rows name the columns of a table where neither the file nor bold type says so, and where they are repeated.

Runs over the whole document, for every format alike: a table may go on over pages, and a row tells what it is by the
rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evidence_kit.records.document import Block, BlockKind, Page

FEWEST_ROWS = 3
"""A shorter table is not given a header that its file does not mark."""
MOST_WORDS = 8
"""Of a cell that names a column."""
_TIME = re.compile(
    r"\b(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|(?:19|20)\d\d(?:\s*[/–-]\s*(?:\d\d){1,2})?\b)",
    re.IGNORECASE,
)
"""A year, or a day: "State on 4 September" names a column as "2025/26" does."""
_FIGURE = re.compile(r"[-+(<>~]?\s*£?\s*\d[\d,]*(?:\.\d+)?\s*(?:%|[km]|:\s*1)?\)?|[-–—*]|n/?a", re.IGNORECASE)
_MOST = 0.5

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table: index of its page, index of its block there, texts of its cells."""

    page: int
    index: int
    block: Block
    texts: Texts


def mark_headers(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with header rows marked: the first row of a table that names its columns, and its repeats."""
    tables: dict[int, list[_Row]] = {}
    for number, page in enumerate(pages):
        for index, block in enumerate(page.blocks):
            if block.kind is BlockKind.TABLE_ROW and block.table is not None:
                texts = tuple(" ".join(page.text[start:end].split()) for start, end in block.cells)
                tables.setdefault(block.table, []).append(_Row(number, index, block, texts))
    marked: dict[int, set[int]] = {}
    for rows in tables.values():
        for row in _unmarked_headers(rows):
            marked.setdefault(row.page, set()).add(row.index)
    return tuple(_marked(page, marked.get(number, set())) for number, page in enumerate(pages))


def _marked(page: Page, indexes: set[int]) -> Page:
    if not indexes:
        return page
    blocks = (
        replace(block, header=True) if index in indexes else block for index, block in enumerate(page.blocks)
    )
    return replace(page, blocks=tuple(blocks))


def _unmarked_headers(rows: Sequence[_Row]) -> list[_Row]:
    told = [row for row in rows if row.block.header]
    found = [] if told or not names_columns([row.texts for row in rows]) else [rows[0]]
    names = {row.texts for row in (*told, *found)}
    found += [row for above, row in pairwise(rows) if row.page != above.page and row.texts in names]
    return [row for row in found if not row.block.header]


def names_columns(rows: Sequence[Texts]) -> bool:
    """Say whether the first row names the columns: short cells, all filled, without figures, over others.

    A figure is no bar over a column of figures ("Band 5", "Q1"). Of two columns the second must be one of figures:
    "Name, Role" over people reads like "Version, Final" over "Approved by, Trust Board", and these are values.
    """
    top, rest = rows[0], rows[1:]
    if len(rows) < FEWEST_ROWS or len(top) < 2 or not all(top[1:]):
        return False
    figures = [
        _holds_figures([row[column] for row in rest if column < len(row)]) for column in range(len(top))
    ]
    if not all(_is_name(text, over_figures=over) for text, over in zip(top, figures, strict=True)):
        return False
    if len(top) > 2:
        return True
    begun = sum(row[-1][:1].isdigit() for row in rest)
    return (figures[-1] or begun > _MOST * len(rest)) and not any(
        row[0].casefold() == "date" or row[0].endswith(":") for row in rest
    )


def _is_name(text: str, *, over_figures: bool) -> bool:
    if text.endswith(":") or len(text.split()) > MOST_WORDS:
        return False
    if not any(map(str.isdigit, _TIME.sub("", text))):
        return True
    return over_figures and any(map(str.isalpha, text)) and not _FIGURE.fullmatch(text)


def _holds_figures(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return sum(_FIGURE.fullmatch(text) is not None for text in filled) > _MOST * len(filled)
