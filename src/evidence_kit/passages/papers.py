"""Splits a meeting pack into its papers; every other file is one paper.

What marks the beginning of a paper: a bookmark, a cover sheet, a heading "Agenda item 9.1", a running header whose
item changes, the title of minutes, and what the agenda says. A file is a pack when an agenda, several covers or
several item numbers say so; numbered chapters of a report do not make one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from evidence_kit.passages import fields as f
from evidence_kit.passages.agenda import Agenda, Entry, read_agenda
from evidence_kit.passages.fields import read_fields
from evidence_kit.passages.flow import Piece, pieces_of
from evidence_kit.passages.kinds import is_application_title, is_cover
from evidence_kit.passages.marks import (
    AGENDA,
    APPLICATION,
    BOOKMARK,
    COVER,
    ITEM_HEADING,
    LABEL,
    MINUTES,
    RUNNING_ITEM,
    SAME_TITLE,
    Mark,
    agenda_marks,
    overlap,
    top_of,
    words_of,
)
from evidence_kit.passages.part import Pages, Part
from evidence_kit.passages.profile import MEETING_KINDS, describe, organisation_of
from evidence_kit.passages.titles import without_item
from evidence_kit.records.document import BlockKind, Document, OutlineItem
from evidence_kit.records.passage import Paper, PaperKind, Profile

_TOP_PIECES = 6
_COVER_PIECES = 25
_ITEM_WORD = re.compile(
    r"\b(?:agenda )?item(?: (?:no\.?|number))?[ :]*(?P<item>\d{1,3}(?:[./]\d{1,2})*[a-z]?)\b", re.IGNORECASE
)
_AGENDA_ITEM = re.compile(
    r"\W*(?:agenda )?item(?: (?:no\.?|number))?[ :]*(?P<item>\d{1,3}(?:[./]\d{1,2})*[a-z]?)\b", re.IGNORECASE
)
_ITEM_NUMBER = re.compile(
    r"\W*(?P<item>\d{1,2}(?:\.\d{1,2})*[a-z]?)[.)]?(?: ?[:\u2013\u2014-])? +(?=[A-Z\u201c\u2018'])"
)
_MINUTES_TITLE = re.compile(
    r"\W*(?:draft |unconfirmed |confirmed |approved |the )*(?:minutes|notes) of (?:the |a )?.{0,120}"
    r"\b(?:meeting|board|committee|group|network|council|forum|held)\b",
    re.IGNORECASE,
)
_MINUTES_WORD = re.compile(r"\bminutes\b", re.IGNORECASE)
_LIKE_TITLE = 0.5
_SUPPORTED_BOOKMARKS = 0.6
"""Where this share of the bookmarks is borne out by their pages, the rest is believed too."""
_DIVIDER_WORDS = 40
_COVER_REACH = 2
"""Pages after the cover of the minutes within which the minutes themselves begin."""
MIN_PACK_PAGES = 3
FRONT_PAGES = 4
"""Pages before the first paper that may be title and agenda; more of them are a paper of their own."""


def split_papers(document: Document) -> tuple[Paper, ...]:
    """Return the papers of a document, in order; together they hold all its pages.

    A document without pages (not read) has none.
    """
    if not document.pages:
        return ()
    pages = pages_of(document)
    agenda = read_agenda(document, pages)
    marks = _all_marks(document, pages, agenda)
    if len(pages) < MIN_PACK_PAGES or not _is_pack(agenda, marks):
        return _single(document, pages, marks)
    chosen = _chosen(document, pages, agenda, marks)
    return _papers(document, pages, agenda, chosen)


def pages_of(document: Document) -> Pages:
    """Return the pieces of every page, furniture included."""
    return tuple(tuple(pieces_of(document, index, index)) for index in range(len(document.pages)))


def _single(document: Document, pages: Pages, marks: Sequence[Mark]) -> tuple[Paper, ...]:
    """One paper, apart from an applicant's submission that is appended to it under its own heading."""
    starts = [mark.page for mark in marks if mark.rank == APPLICATION and mark.page > 0][:1]
    parts = [
        Part(first=first, last=last)
        for first, last in zip([0, *starts], [*(start - 1 for start in starts), len(pages) - 1], strict=True)
    ]
    found = [describe(document, pages, part) for part in parts]
    return tuple(
        _paper(document, number, part, profile, _own_item(document, pages, part))
        for number, (part, profile) in enumerate(zip(parts, found, strict=True), 1)
    )


def _papers(
    document: Document, pages: Pages, agenda: Agenda | None, marks: Sequence[Mark]
) -> tuple[Paper, ...]:
    """Describe the pack's front and then, with what it says of the meeting, its papers."""
    first = marks[0].page
    ends = [*(mark.page - 1 for mark in marks[1:]), len(pages) - 1]
    kind = PaperKind.AGENDA if agenda or 0 < first <= FRONT_PAGES else None
    front = describe(document, pages, Part(first=0, last=first - 1 if first else ends[0], kind=kind))
    whole = organisation_of(document)
    pack = replace(
        front if front.kind in MEETING_KINDS else Profile(), organisation=whole or front.organisation
    )
    front = replace(front, organisation=pack.organisation)
    found: list[Paper] = []
    if first:
        found.append(_paper(document, 1, Part(first=0, last=first - 1), front, ""))
    for mark, last in zip(marks, ends, strict=True):
        part = Part(first=mark.page, last=last, title=without_item(mark.title), pack=pack)
        profile = describe(document, pages, part)
        found.append(_paper(document, len(found) + 1, part, profile, mark.item))
    return tuple(found)


def _paper(document: Document, number: int, part: Part, profile: Profile, item: str) -> Paper:
    return Paper(
        id=f"{document.id}:p{number}",
        document=document.id,
        first_page=part.first,
        last_page=part.last,
        profile=profile,
        item=item,
    )


def _own_item(document: Document, pages: Pages, part: Part) -> str:
    field = f.first_value(read_fields(document, top_of(pages[part.first], _COVER_PIECES)), f.ITEM)
    return _item_of(field.value) if field else ""


# Marks ----------------------------------------------------------------------------------------------------------------


def _all_marks(document: Document, pages: Pages, agenda: Agenda | None) -> list[Mark]:
    front = agenda.last_page if agenda else -1
    marks = list(_bookmarks(document.outline, len(pages)))
    before = ""
    for index, pieces in enumerate(pages):
        running = _running_item(pieces)
        if running and running["item"] != before:
            said = _MEETING_WORD.search(running[0]) is not None
            marks.append(Mark(page=index, rank=RUNNING_ITEM, item=running["item"], agenda=said))
            before = running["item"]
        marks.extend(_marks_of_page(document, index, top_of(pieces, _COVER_PIECES)))
    marks.extend(agenda_marks(document, pages, agenda))
    marks.extend(_label_marks(document, pages))
    return [mark for mark in marks if mark.page > front]


def _bookmarks(outline: Sequence[OutlineItem], count: int) -> Iterator[Mark]:
    """Yield a mark for every bookmark of the highest level; of the second where the first is a single root."""
    levels = Counter(entry.level for entry in outline)
    if not levels:
        return
    top = min(levels)
    if levels[top] == 1 and levels.get(top + 1, 0) > 1:
        top += 1
    for entry in outline:
        worded = entry.level == top + 1 and _AGENDA_ITEM.match(entry.title)
        if (entry.level == top or worded) and 0 <= entry.page < count:
            yield Mark(
                page=entry.page,
                rank=BOOKMARK,
                title=" ".join(entry.title.split()),
                item=_item_of(entry.title),
            )


def _item_of(title: str) -> str:
    match = _AGENDA_ITEM.match(title) or _ITEM_NUMBER.match(title) or _ITEM_CELL.fullmatch(title.strip())
    return match["item"] if match else ""


_ITEM_CELL = re.compile(r"(?P<item>\d{1,3}(?:[./]\d{1,2})*[a-z]?)\.?", re.IGNORECASE)


def _running_item(pieces: Iterable[Piece]) -> re.Match[str] | None:
    for piece in pieces:
        if piece.kind is BlockKind.FURNITURE:
            match = _ITEM_WORD.search(piece.text)
            if match:
                return match
    return None


def _marks_of_page(document: Document, index: int, body: list[Piece]) -> Iterator[Mark]:
    fields = read_fields(document, body)
    if is_cover(fields):
        item, title = f.first_value(fields, f.ITEM), f.first_value(fields, f.TITLE)
        yield Mark(
            page=index,
            rank=COVER,
            title=" ".join(title.value.split()) if title else "",
            item=_item_of(item.value) if item else "",
        )
    for piece in body[:_TOP_PIECES]:
        short = piece.kind is BlockKind.HEADING or piece.text.count(" ") < 24
        item_match = _AGENDA_ITEM.match(piece.text)
        if short and item_match:
            rest = piece.text[item_match.end() :].strip(" :.\u2013\u2014-")
            agenda = _MEETING_WORD.search(item_match[0]) is not None
            yield Mark(page=index, rank=ITEM_HEADING, title=rest, item=item_match["item"], agenda=agenda)
        if short and _MINUTES_TITLE.match(piece.text):
            yield Mark(page=index, rank=MINUTES, title=piece.text)
        if piece.kind is BlockKind.HEADING and is_application_title(piece.text):
            yield Mark(page=index, rank=APPLICATION, title=piece.text)


def _label_marks(document: Document, pages: Pages) -> Iterator[Mark]:
    """Yield the pages where printed numbering begins anew under a heading: another file was merged in."""
    before = ""
    for index, page in enumerate(document.pages):
        label = page.label or ""
        if (
            label == "1"
            and before not in ("", "1")
            and any(p.kind is BlockKind.HEADING for p in top_of(pages[index], 3))
        ):
            yield Mark(page=index, rank=LABEL)
        before = label or before


# Choosing -------------------------------------------------------------------------------------------------------------


def _is_pack(agenda: Agenda | None, marks: Sequence[Mark]) -> bool:
    """Say whether the marks are those of a meeting's papers. "Item 7" alone is not: annual returns have items too."""
    if agenda and marks:
        return True
    covers = {mark.page for mark in marks if mark.rank == COVER}
    items = {mark.item for mark in marks if mark.item and _says_item(mark)}
    meeting = bool(covers) or any(
        mark.agenda or mark.rank == MINUTES or _MEETING_WORD.search(mark.title) is not None for mark in marks
    )
    return len(covers) > 1 or (len(items) > 1 and meeting)


_MEETING_WORD = re.compile(
    r"\b(?:agenda|minutes of|matters arising|apologies|declarations? of interest)\b", re.IGNORECASE
)


def _says_item(mark: Mark) -> bool:
    return mark.rank in (ITEM_HEADING, RUNNING_ITEM) or _AGENDA_ITEM.match(mark.title) is not None


def _chosen(document: Document, pages: Pages, agenda: Agenda | None, marks: Sequence[Mark]) -> list[Mark]:
    """Return one mark a page, in order, without those that only repeat or continue the one before."""
    by_page: dict[int, list[Mark]] = {}
    for mark in _believed(pages, marks):
        by_page.setdefault(mark.page, []).append(mark)
    structured = sum(1 for group in by_page.values() if any(mark.rank <= RUNNING_ITEM for mark in group)) > 1
    chosen: list[Mark] = []
    for page in sorted(by_page):
        group = by_page[page]
        if structured and all(mark.rank == LABEL for mark in group):
            continue
        mark = _merged(pages[page], group, agenda)
        if chosen and _goes_on(document, chosen[-1], mark, group):
            chosen[-1] = replace(
                chosen[-1], title=chosen[-1].title or mark.title, item=chosen[-1].item or mark.item
            )
        else:
            chosen.append(mark)
    after = agenda.last_page + 1 if agenda else 0
    opens = next((piece.kind is BlockKind.HEADING for piece in top_of(pages[after], 1)), False)
    if agenda and chosen and chosen[0].page > after and opens:
        chosen.insert(0, Mark(page=after, rank=LABEL))  # a paper without any sign of its own
    return chosen


def _believed(pages: Pages, marks: Sequence[Mark]) -> list[Mark]:
    """Leave out bookmarks that their pages do not bear out, unless most are borne out."""
    other = {mark.page for mark in marks if mark.rank != BOOKMARK}
    bookmarks = [mark for mark in marks if mark.rank == BOOKMARK]
    borne_out = {
        id(mark)
        for mark in bookmarks
        if _AGENDA_ITEM.match(mark.title)
        or mark.page in other
        or _likeness(pages[mark.page], mark.title) >= _LIKE_TITLE
    }
    if len(borne_out) >= _SUPPORTED_BOOKMARKS * len(bookmarks):
        return list(marks)
    return [mark for mark in marks if mark.rank != BOOKMARK or id(mark) in borne_out]


def _likeness(pieces: Iterable[Piece], title: str) -> float:
    """Say how much of a title stands in one of the first lines of a page."""
    words = words_of(without_item(title))
    best = 0.0
    for piece in top_of(pieces, _TOP_PIECES):
        own = words_of(piece.text)
        best = max(best, len(words & own) / len(words) if words else 0.0)
    return best


def _merged(pieces: tuple[Piece, ...], group: Sequence[Mark], agenda: Agenda | None) -> Mark:
    """Make one mark of all the signs on a page: the strongest gives the title, any gives the item."""
    ordered = sorted(group, key=lambda mark: mark.rank)
    bookmarks = [mark for mark in ordered if mark.rank == BOOKMARK]
    if len(bookmarks) > 1:
        best = max(bookmarks, key=lambda mark: (_likeness(pieces, mark.title), bookmarks.index(mark)))
        ordered = [best, *(mark for mark in ordered if mark.rank != BOOKMARK)]
    covers = [mark for mark in ordered if mark.rank == COVER]
    title = next((mark.title for mark in (*covers, *ordered) if mark.title), "")
    item = next((mark.item for mark in (*covers, *ordered) if mark.item), "")
    if not item and agenda and title:
        item = _item_by_title(agenda.entries, title)
        if not item and any(mark.rank == MINUTES for mark in ordered):
            item = next((entry.item for entry in agenda.entries if _MINUTES_WORD.search(entry.title)), "")
    return Mark(page=ordered[0].page, rank=ordered[0].rank, title=title, item=item)


def _item_by_title(entries: Sequence[Entry], title: str) -> str:
    words = words_of(without_item(title))
    best = max(entries, key=lambda entry: overlap(words_of(entry.title), words))
    return best.item if overlap(words_of(best.title), words) >= SAME_TITLE else ""


def _goes_on(document: Document, before: Mark, mark: Mark, group: Sequence[Mark]) -> bool:
    """Say whether a mark belongs to the paper that the mark before it opened."""
    ranks = {each.rank for each in group}
    divider = mark.page == before.page + 1 and len(document.pages[before.page].text.split()) < _DIVIDER_WORDS
    if divider and BOOKMARK not in ranks and mark.item in ("", before.item):
        return True
    if ranks <= {MINUTES, AGENDA, LABEL} and MINUTES in ranks:
        return mark.page - before.page <= _COVER_REACH and _MINUTES_WORD.search(before.title) is not None
    if ranks <= {RUNNING_ITEM, ITEM_HEADING, AGENDA} and mark.item and mark.item == before.item:
        return True
    return ranks == {AGENDA} and mark.title == before.title
