"""A book of cited pages: what it holds, before anybody knows how it is laid out. All its words come from the caller."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence_kit.records.document import Box
from evidence_kit.rendering.copying import CopiedPage


class Tint(StrEnum):
    """How a mark looks; each has a colour and a kind of edge."""

    YELLOW = "yellow"
    BLUE = "blue"
    RED = "red"


FILLS = {Tint.YELLOW: (1.0, 0.92, 0.35), Tint.BLUE: (0.65, 0.85, 1.0), Tint.RED: (1.0, 0.72, 0.65)}
EDGES = {Tint.YELLOW: (0.6, 0.45, 0.0), Tint.BLUE: (0.0, 0.3, 0.6), Tint.RED: (0.7, 0.1, 0.0)}
DASHES = {Tint.YELLOW: "[] 0 d .5 w", Tint.BLUE: "[2 1] 0 d .5 w", Tint.RED: "[] 0 d 1.2 w"}
"""The edge of a mark: told apart without colour, and seen on dark grounds where the fill is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words that are marked on a leaf.

    Attributes:
        key: Of the mark in its book.
        label: What the annotation says.
        boxes: Where the words stand on the page of the source.
        start, end: Half-open character span in the leaf's text.
        notes: What stands above the words where they are set as text: their place, what comes before a list item.
    """

    key: str
    label: str
    tint: Tint
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A cited page.

    Attributes:
        head: What stands above it: file and page, and what it is cited for.
        page: Its copy; ``None`` to set the marked words, with the words around them, as text.
        text: All text of the page.
        note: Above words that are set as text: why.
    """

    head: tuple[str, ...]
    page: CopiedPage | None
    text: str
    marks: tuple[Mark, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the index; ``goes_to`` is the key of a mark, empty for none, and ``title`` the bookmark."""

    cells: tuple[str, ...]
    title: str
    goes_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of the index under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Groups of the index under one heading."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """An index and the pages that it lists.

    Attributes:
        banner: Stands on every page.
        intro: Paragraphs above the index.
        columns: Names of the index's columns with their share of the width. One more is added: the page of the book.
        page_column: Its name.
    """

    title: str
    banner: str
    intro: tuple[str, ...]
    columns: tuple[tuple[str, float], ...]
    page_column: str
    sections: tuple[Section, ...]
    leaves: tuple[Leaf, ...]
