"""Tables of headcounts by ethnic group: added-up figures, as a paper prints them; nobody's ethnicity is inferred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Paper, Passage

_LONGEST_LABEL = 8
"""Words; what is longer is a sentence."""
NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_COUNT = re.compile(rf"({NUMBER})(?:\s+of\s+({NUMBER}))?(?:\s*\(\s*[\d.]+\s?%\s*\))?")
_HIDDEN = re.compile(r"|[*–—-]|<\s*\d+|\[?[xcz]\]?|n/?a|(?:fewer|less) than \d+|suppressed", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"%|\b(?:per\s?cent|percentage|share|rate|ratio|gap|likelihood|average|mean|median|change|wte|fte)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand |overall )?totals?(?: (?:staff|workforce|headcount|number))?|all(?: (?:staff|bands|groups|employees))?"
    r"|overall|headcount|(?:whole )?workforce",
    re.IGNORECASE,
)
_UNSTATED = re.compile(
    r"\bnot (?:stated|known|declared|disclosed|recorded|given)\b|\bprefer(?:red)? not\b|\bunknown\b|\bundisclosed\b"
    r"|\bundeclared\b|\bunspecified\b|\bmissing\b|\bnull\b|\bblank\b",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"\b(?:non|not|other than)[\s-]+white\b|\bwhite and (?:black|asian)\b|\bmixed\b", re.IGNORECASE
)
_WHITE = re.compile(r"\b(?:white|irish|gypsy|traveller)\b", re.IGNORECASE)
_AGGREGATE = re.compile(
    r"\b(?:bme|bame|ethnic minorit(?:y|ies)|minority ethnic|global majority|racialised|minoritised|non-white)\b",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"\b(?:black|asian|mixed|multiple|arab|chinese|indian|pakistani|bangladeshi|african|caribbean|filipino|roma"
    r"|white and|any other|other ethnic)\b|^other\b",
    re.IGNORECASE,
)


class Group(StrEnum):
    """What a row or column of headcounts counts."""

    WHITE = "white"
    MINORITY = "minority"
    UNSTATED = "unstated"


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
        rows = (
            tuple(_row(each) for each in group if not _is_header(each)) if is_row and name in papers else ()
        )
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


def group_of(label: str) -> Group | None:
    """Return the ethnic group that a label names; ``None`` for other labels, and for shares, ratios and gaps."""
    if _NO_COUNT.search(label) or label.count(" ") >= _LONGEST_LABEL:
        return None
    if _UNSTATED.search(label):
        return Group.UNSTATED
    mixed = bool(_MIXED.search(label))
    white = bool(_WHITE.search(label)) and not mixed
    if white and _AGGREGATE.search(label):
        return None  # "White to BME" holds one against the other
    if white:
        return Group.WHITE
    return Group.MINORITY if mixed or is_aggregate(label) or _DETAIL.search(label) else None


def is_aggregate(label: str) -> bool:
    """Tell whether a label names all ethnic minority people, not one group of them."""
    return _AGGREGATE.search(label) is not None


def is_total(label: str) -> bool:
    """Tell whether a label names a total."""
    return _TOTAL.fullmatch(label.strip(" :*")) is not None


def is_countable(label: str) -> bool:
    """Tell whether what stands under a label may be headcounts: no shares, rates or full-time equivalents."""
    return not _NO_COUNT.search(label)
