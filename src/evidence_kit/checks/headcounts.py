"""Tables of headcounts by ethnic group: added-up figures, as a paper prints them; nobody's ethnicity is inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence_kit.language.count_labels import Group, group_of
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Paper, Passage

NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_COUNT = re.compile(rf"({NUMBER})(?:\s+of\s+({NUMBER}))?(?:\s*\(\s*[\d.]+\s?%\s*\))?")
_HIDDEN = re.compile(r"|[*–—-]|<\s*\d+|\[?[xcz]\]?|n/?a|(?:fewer|less) than \d+|suppressed", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of headcounts: one, two ("12 of 40"), or none that is told (``hidden``: too few to print)."""

    counts: tuple[int, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row: its label, and its cells by column."""

    passage: Passage
    label: str
    cells: tuple[Cell, ...]

    @property
    def words(self) -> str:
        """The row as printed, in one line."""
        return " ".join(self.passage.text.split())


@dataclass(frozen=True, slots=True)
class CountTable:
    """Rows that stand together under one header."""

    paper: Paper
    header: tuple[str, ...]
    rows: tuple[CountRow, ...]

    @property
    def passages(self) -> frozenset[str]:
        """Ids of its rows."""
        return frozenset(row.passage.id for row in self.rows)


def count_tables(passages: Sequence[Passage], papers: Mapping[str, Paper]) -> Iterator[CountTable]:
    """Yield the tables of some papers that may hold headcounts by ethnic group.

    Args:
        passages: In order of document and place.
        papers: Those that count, by id.
    """
    for (is_row, name, header), group in groupby(passages, key=_table):
        if not is_row or name not in papers:
            continue
        rows = tuple(_row(each) for each in group if not _is_header(each))
        labels = (*header, *(row.label for row in rows))
        if {Group.WHITE, Group.MINORITY} <= {group_of(label) for label in labels}:
            yield CountTable(papers[name], header, rows)


def _table(passage: Passage) -> tuple[bool, str, tuple[str, ...]]:
    is_row = passage.kind is BlockKind.TABLE_ROW and len(passage.cells) > 1
    return is_row, passage.paper, passage.context.header if is_row else ()


def _is_header(passage: Passage) -> bool:
    """Tell whether a row is the header itself: the years that head columns are no headcounts."""
    header = passage.context.header
    return tuple(_texts(passage)) == header[: len(passage.cells)] and bool(header)


def _texts(passage: Passage) -> list[str]:
    return [" ".join(passage.text[slice(*span)].split()) for span in passage.cells]


def _row(passage: Passage) -> CountRow:
    texts = _texts(passage)
    return CountRow(passage, texts[0], tuple(map(_cell, texts)))


def _cell(text: str) -> Cell:
    match = _COUNT.fullmatch(text)
    if match is not None:
        return Cell(tuple(whole_number(each) for each in match.groups() if each))
    return Cell(hidden=_HIDDEN.fullmatch(text) is not None)


def whole_number(written: str) -> int:
    """Read "1,205"."""
    return int(written.replace(",", ""))
