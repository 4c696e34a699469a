"""Where papers of a pack seem to begin, and what the agenda says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence_kit.passages.agenda import Agenda
from evidence_kit.passages.flow import Piece
from evidence_kit.passages.part import Pages
from evidence_kit.records.document import BlockKind, Document

BOOKMARK, COVER, ITEM_HEADING, RUNNING_ITEM, MINUTES, AGENDA, APPLICATION, LABEL = range(8)
"""Ranks of the signs, the strongest first."""
SAME_TITLE = 0.8
"""Titles that share so much of their words are one."""
_WORD = re.compile(r"[a-z0-9]+")
_SMALL = "the a an of and for to in on at by with from item agenda report"
_SMALL_WORDS = frozenset(_SMALL.split())
_FEWEST_INITIALS = 3
_FEWEST_KNOWN = 2
"""So many papers must be known by their titles before the size of these tells others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A page where a paper seems to begin, the strongest sign with the lowest rank.

    Attributes:
        agenda: It says in words that it is an item of an agenda.
    """

    page: int
    rank: int
    title: str = ""
    item: str = ""
    agenda: bool = False


def top_of(pieces: Iterable[Piece], count: int) -> list[Piece]:
    """Return the first pieces of a page that are not furniture."""
    return [piece for piece in pieces if piece.kind is not BlockKind.FURNITURE][:count]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a title that tell it from others."""
    return frozenset(_WORD.findall(text.casefold())) - _SMALL_WORDS


def overlap(one: frozenset[str], two: frozenset[str]) -> float:
    """Return the share of the longer title's words that both have."""
    return len(one & two) / max(len(one), len(two)) if one and two else 0.0


def agenda_marks(document: Document, pages: Pages, agenda: Agenda | None) -> Iterator[Mark]:
    """Yield the pages that open with an item's title, or carry the printed page that the agenda names for one."""
    if agenda is None:
        return
    openings = _openings(pages, agenda.last_page + 1)
    known = list(_titled(openings, agenda))
    for opening, number in known:
        entry = agenda.entries[number]
        yield Mark(page=opening.page, rank=AGENDA, title=entry.title, item=entry.item)
    for opening, number in _between(openings, known, agenda):
        yield Mark(page=opening.page, rank=AGENDA, title=opening.text, item=agenda.entries[number].item)
    labels: dict[str, int] = {}
    for index, page in enumerate(document.pages):
        labels.setdefault(page.label or "", index)
    for entry in agenda.entries:
        start = labels.get(entry.page) if entry.page else None
        if start is not None and top_of(pages[start], 1):
            yield Mark(page=start, rank=AGENDA, title=entry.title, item=entry.item)


def _openings(pages: Pages, first: int) -> list[Piece]:
    """Return the heading of every page that opens with one."""
    tops = (top_of(pages[index], 3) for index in range(first, len(pages)))
    found = (next((piece for piece in top if piece.kind is BlockKind.HEADING), None) for top in tops)
    return [piece for piece in found if piece is not None]


def _titled(openings: Sequence[Piece], agenda: Agenda) -> Iterator[tuple[Piece, int]]:
    """Yield the headings that are titles of items, with the number of the item's entry."""
    wanted = [words_of(entry.title) for entry in agenda.entries]
    for opening in openings:
        own = words_of(opening.text)
        for number, title in enumerate(wanted):
            if len(title) > 1 and overlap(own, title) >= SAME_TITLE:
                yield opening, number
                break


def _between(
    openings: Sequence[Piece], known: Sequence[tuple[Piece, int]], agenda: Agenda
) -> Iterator[tuple[Piece, int]]:
    """Yield headings of the size of titles between two known papers, for what the agenda has there by other words.

    An agenda shortens ("WRES: annual return"), and a paper spells out.
    """
    sizes = [opening.block.size for opening, _ in known]
    if len(known) < _FEWEST_KNOWN or not min(sizes):
        return
    borders = [(agenda.last_page, -1), *((opening.page, number) for opening, number in known)]
    borders.append((openings[-1].page + 1, len(agenda.entries)))
    for (page, number), (next_page, next_number) in pairwise(borders):
        left = list(range(number + 1, next_number))
        for opening in openings:
            if not page < opening.page < next_page or opening.block.size < min(sizes):
                continue
            akin = [one for one in left if _akin(opening.text, agenda.entries[one].title)]
            if akin:
                yield opening, akin[0]
                left.remove(akin[0])


def _akin(title: str, entry: str) -> bool:
    """Say whether two titles share a word, or one has the initials of the other as a word."""
    if words_of(title) & words_of(entry):
        return True
    for one, other in ((title, entry), (entry, title)):
        initials = "".join(word[0] for word in _WORD.findall(one.casefold()))
        if any(len(word) >= _FEWEST_INITIALS and word in initials for word in words_of(other)):
            return True
    return False
