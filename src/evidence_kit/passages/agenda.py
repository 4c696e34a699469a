"""The agenda of a meeting pack: item numbers, titles, and the pages where the papers are said to begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence_kit.passages.flow import Piece, cells_of
from evidence_kit.records.document import BlockKind, Document

_HEADING_WORDS = 12
_NOT_AGENDA = re.compile(r"agenda item|on the agenda|agenda for change", re.IGNORECASE)
_ITEM_CELL = re.compile(r"(?:item )?(?P<item>\d{1,3}(?:[./]\d{1,2})*[a-z]?|[A-Z]\d{1,2})[.)]?", re.IGNORECASE)
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[.:][0-5][05](?: ?[ap]m)?", re.IGNORECASE)
_ENTRY_LINE = re.compile(
    r"(?:item )?(?P<item>\d{1,2}(?:\.\d{1,2})*[a-z]?)[.)]?[ \t]+(?P<title>[A-Z\u2018\u201c'\"][^\n]{2,140}?)"
    r"(?:[ .\u2026\t]{2,}(?:page )?(?P<page>\d{1,3}))?\W*",
    re.IGNORECASE,
)
_PAGE_CELL = re.compile(r"(?:pages? |p\.? ?)?(?P<page>\d{1,3})(?: ?[\u2013-] ?\d{1,3})?", re.IGNORECASE)
_FRONT_PAGES = 12
_TOP_PIECES = 10
MIN_ENTRIES = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of an agenda: its number, its title, and the printed page where it begins (if the agenda says so)."""

    item: str
    title: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda: its entries and the index of its last page."""

    entries: tuple[Entry, ...]
    last_page: int


def read_agenda(document: Document, pages: Sequence[tuple[Piece, ...]]) -> Agenda | None:
    """Return the agenda among the first pages of a document, if there is one with at least three items."""
    for index, pieces in enumerate(pages[:_FRONT_PAGES]):
        if not _is_headed(pieces):
            continue
        entries = list(_entries(document, pieces))
        last = index
        if len(entries) < MIN_ENTRIES:
            continue
        for following in range(index + 1, min(index + 4, len(pages))):
            more = list(_entries(document, pages[following]))
            if len(more) < MIN_ENTRIES or not _goes_on(entries[-1], more[0]):
                break
            entries.extend(more)
            last = following
        return Agenda(tuple(entries), last)
    return None


def _is_headed(pieces: Sequence[Piece]) -> bool:
    body = [piece for piece in pieces if piece.kind is not BlockKind.FURNITURE][:_TOP_PIECES]
    return any(_names_agenda(piece.text) for piece in body if piece.text.count(" ") < _HEADING_WORDS)


def _names_agenda(text: str) -> bool:
    words = text.casefold().replace(":", " ").split()
    return "agenda" in words and not _NOT_AGENDA.search(text)


def _goes_on(last: Entry, first: Entry) -> bool:
    """Say whether a list of items on the next page is still the agenda: its numbers go on."""
    return _number(first.item) >= _number(last.item)


def _number(item: str) -> int:
    digits = re.match(r"\D*(\d+)", item)
    return int(digits[1]) if digits else 0


def _entries(document: Document, pieces: Sequence[Piece]) -> list[Entry]:
    found: list[Entry] = []
    number = ""  # an item's number that stands alone, its title in the next block
    for piece in pieces:
        if piece.kind is BlockKind.FURNITURE:
            continue
        if number and sum(map(str.isalpha, piece.text)) >= MIN_ENTRIES:
            found.append(Entry(number, piece.text))
            number = ""
            continue
        alone = _ITEM_CELL.fullmatch(piece.text) if not _TIME.fullmatch(piece.text) else None
        number = alone["item"] if alone and piece.kind is not BlockKind.TABLE_ROW else ""
        raw = document.pages[piece.page].text[piece.start : piece.end]
        if piece.kind is BlockKind.TABLE_ROW and len(piece.block.cells) > 1:
            entry = _of_row([" ".join(raw[start:end].split()) for start, end in cells_of(piece)])
            found.extend([entry] if entry else [])
        else:
            for line in raw.split("\n"):
                match = _ENTRY_LINE.fullmatch(line.strip())
                if match and not _TIME.fullmatch(match["item"]):
                    found.append(Entry(match["item"], match["title"].strip(" ."), match["page"] or ""))
    return found


def _of_row(cells: Sequence[str]) -> Entry | None:
    """Read a row: the item stands in its first or second cell, the title in the longest of the next two."""
    for index in range(min(2, len(cells) - 1)):
        match = _ITEM_CELL.fullmatch(cells[index])
        if match is None or (_TIME.fullmatch(cells[index]) and index == 0 and _ITEM_CELL.fullmatch(cells[1])):
            continue
        title = max(cells[index + 1 : index + 3], key=len)
        if sum(map(str.isalpha, title)) < MIN_ENTRIES:
            continue
        page = _PAGE_CELL.fullmatch(cells[-1]) if cells[-1] != title else None
        return Entry(match["item"], title, page["page"] if page else "")
    return None
