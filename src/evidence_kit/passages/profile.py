"""What a paper says of itself, put together: title, organisation, kind, dates, status, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import PurePosixPath

from evidence_kit.passages import fields as f
from evidence_kit.passages import names
from evidence_kit.passages.fields import Field, read_fields
from evidence_kit.passages.flow import Piece
from evidence_kit.passages.kinds import by_body, is_cover, kind_of
from evidence_kit.passages.markings import changes_of, extract_of, marking_of
from evidence_kit.passages.paper_dates import (
    Sources,
    Stated,
    document_date,
    iso_day,
    meeting_date,
    review_date,
)
from evidence_kit.passages.part import OPENING_PIECES, Pages, Part
from evidence_kit.passages.periods import Period, looks_ahead, period_of
from evidence_kit.passages.standing import is_public, status_of
from evidence_kit.passages.titles import choose_title, clean_stem
from evidence_kit.passages.traits import traits_of
from evidence_kit.records.document import BlockKind, Document, Media
from evidence_kit.records.passage import AT_ITS_HEAD, PaperKind, Profile

CLOSING_PIECES = 25
OPENING_PAGES = 3
_HEADINGS = 4
_CONTROL = frozenset(
    {f.APPROVED, f.EFFECTIVE, f.REVIEW, f.RATIFIER, f.VERSION, f.STATUS, f.CYCLE, f.PUBLISHED}
)
"""Fields that a control table at the end of a paper may hold."""
_FRONT_WEIGHT = 3
"""A name on the first page counts as often."""
_BODY_WORDS = 10
_TOP, _LINE_WORDS, _AUTHOR_REACH = 5, 40, 120
"""Blocks at a paper's top, words of one that still tells whose it is, characters in which an author is named."""
_AUTHOR = re.compile(
    r"(?:^|[.;|]\s+)(?:from|authors?|(?:report|paper)\s+(?:of|by|from)|(?:prepared|presented|issued|published|written)\s+by)\b\s*:?",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"\b(?:joint(?:ly)?|shared|merg(?:ed?|er|ing)|formerly|previously|predecessor|legacy|now\s+(?:part\s+of|called|known)|became|hosted"
    r"|hosts?|on\s+behalf\s+of|in\s+partnership\s+with|partnership\s+of|collaborative|committees?\s+in\s+common|alliance"
    r"|consortium)\b",
    re.IGNORECASE,
)

MINUTES_KINDS = frozenset({PaperKind.BOARD_MINUTES, PaperKind.COMMITTEE_MINUTES, PaperKind.NETWORK_MINUTES})
MEETING_KINDS = MINUTES_KINDS | {PaperKind.BOARD_PAPER, PaperKind.COMMITTEE_PAPER, PaperKind.AGENDA}


def describe(document: Document, pages: Pages, part: Part) -> Profile:
    """Return the profile of a part of a document.

    Args:
        document: What was read.
        pages: Its pieces by page, furniture included.
        part: Which pages, and what the pack says of them.
    """
    opening, closing = _ends(pages, part)
    fields = _fields(document, opening, closing)
    whole = part.first == 0 and part.pack is None
    stem = PurePosixPath(document.path).stem if whole else ""
    title, title_reason = choose_title(
        opening,
        fields,
        given=part.title,
        stem=stem,
        metadata=document.metadata if whole else type(document.metadata)(),
    )
    sources = Sources(
        title=title,
        stem=clean_stem(stem),
        fields=fields,
        opening=tuple(piece.text for piece in opening),
        closing=tuple(piece.text for piece in closing),
        headings=_headings(opening),
    )
    organisation, organisation_reason, own, national = _organisation(
        document, part, sources, _first_lines(opening)
    )
    body, body_reason = _body(sources, part.pack)
    traits = traits_of(document, pages, part, sources, body=body, own=own, national=national)
    kind, kind_reason = (part.kind, "front of a meeting pack") if part.kind else kind_of(traits)
    if kind in MINUTES_KINDS:
        body, body_reason = _body_of_minutes(sources, body, body_reason)
        kind = by_body(body, minutes=True) if body else kind
    elif kind not in MEETING_KINDS and not body_reason.startswith(("field", "of the pack")):
        body = body_reason = ""
    reasons = {
        "title": title_reason,
        "organisation": organisation_reason,
        "kind": kind_reason,
        "body": body_reason,
    }
    return _with_dates(document, part, sources, reasons, _Known(title, organisation, kind, body, whole))


@dataclass(frozen=True, slots=True)
class _Known:
    title: str
    organisation: str
    kind: PaperKind
    body: str
    whole: bool


def _with_dates(
    document: Document, part: Part, sources: Sources, reasons: dict[str, str], known: _Known
) -> Profile:
    """Add dates, period, status and publication, and make the profile."""
    kind, pack = known.kind, part.pack
    met = _meeting(sources, kind, pack)
    covered = period_of(sources)
    # The dates on a cover of minutes are those of the next meeting: no date is better than that one.
    on_cover = kind in MINUTES_KINDS and is_cover(sources.fields)
    made = None if met or on_cover else _sent(document) or document_date(sources)
    weak = False
    if not met and not made and covered and (looks_ahead(known.title, kind) or covered.year_only):
        made = Stated(covered.first, f"first day of the period named {covered.reason}")
    if not met and not made and not covered and known.whole:
        made = _from_properties(document)
        weak = made is not None
    lapses = review_date(sources, made.day if made else None)
    status, status_reason = status_of(sources, kind)
    public, public_reason = is_public(sources, kind, web=document.media is Media.HTML)
    if public is None and pack is not None:
        public, public_reason = pack.public, "of the pack"
    for name, found in (("meeting_date", met), ("document_date", made), ("review_date", lapses)):
        if found:
            reasons[name] = found.reason
    marking = marking_of(sources.opening)
    if marking and public is None:
        public, public_reason = False, f"marked \u201c{marking}\u201d"
    if known.whole and part.last == len(document.pages) - 1:
        reasons["extract"] = extract_of(document, title=sources.title, stem=sources.stem)
        reasons["changes"] = changes_of(document)
    reasons |= {"period": covered.reason if covered else "", "status": status_reason}
    reasons["public"] = public_reason if public is not None else ""
    first, last = _span(covered)
    return Profile(
        title=known.title,
        organisation=known.organisation,
        kind=kind,
        status=status,
        meeting_date=met.day if met else None,
        document_date=made.day if made else None,
        period_start=first,
        period_end=last,
        review_date=lapses.day if lapses else None,
        body=known.body,
        public=public,
        date_is_weak=weak,
        marking=marking,
        reasons=tuple((name, reason) for name, reason in reasons.items() if reason),
    )


def _span(covered: Period | None) -> tuple[date | None, date | None]:
    return (covered.first, covered.last) if covered else (None, None)


def _meeting(sources: Sources, kind: PaperKind, pack: Profile | None) -> Stated | None:
    if kind not in MEETING_KINDS:
        return None if pack is None or pack.meeting_date is None else _of_pack(pack.meeting_date)
    found = meeting_date(
        sources,
        is_minutes=kind in MINUTES_KINDS,
        behind_cover=is_cover(sources.fields),
        in_pack=pack is not None,
    )
    if found or pack is None or kind in MINUTES_KINDS or pack.meeting_date is None:
        return found
    return _of_pack(pack.meeting_date)


def _of_pack(day: date) -> Stated:
    return Stated(day, "date of the pack's meeting")


def _sent(document: Document) -> Stated | None:
    """Return the day on which a message was sent: dates in its text are those of what it speaks of."""
    day = iso_day(document.metadata.created) if document.media is Media.MAIL else None
    return Stated(day, "the day on which the message was sent") if day else None


def _from_properties(document: Document) -> Stated | None:
    for name, text in (("created", document.metadata.created), ("modified", document.metadata.modified)):
        day = iso_day(text)
        if day:
            return Stated(day, f"file properties only ({name})")
    return None


def _ends(pages: Pages, part: Part) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the first pieces of a part, and its last that are not among them."""
    head = min(part.last, part.first + OPENING_PAGES - 1)
    opening = tuple(islice(chain.from_iterable(pages[part.first : head + 1]), OPENING_PIECES))
    seen = opening[-1] if opening else None
    tail = pages[part.last][-CLOSING_PIECES:]
    closing = tuple(
        piece for piece in tail if seen is None or (piece.page, piece.start) > (seen.page, seen.start)
    )
    return opening, closing


def _fields(document: Document, opening: Sequence[Piece], closing: Sequence[Piece]) -> tuple[Field, ...]:
    found = read_fields(document, opening)
    control = [each for each in read_fields(document, closing) if each.name in _CONTROL]
    return (*found, *control)


def _headings(opening: Sequence[Piece]) -> tuple[str, ...]:
    return tuple(piece.text for piece in opening if piece.kind is BlockKind.HEADING)[:_HEADINGS]


def organisation_of(document: Document) -> str:
    """Return the organisation that a whole document names most often; empty if it names none."""
    return names.most_named(name for page in document.pages for name in names.organisations_in(page.text))[0]


def _organisation(
    document: Document, part: Part, sources: Sources, first_lines: tuple[str, ...]
) -> tuple[str, str, int, int]:
    """Return organisation, reason, how often its own name and how often national bodies are named."""
    texts = [document.pages[index].text for index in range(part.first, part.last + 1)]
    national = sum(1 for text in texts for _ in names.NATIONAL.finditer(text))
    found = [name for text in texts for name in names.organisations_in(text)]
    front = [
        name
        for text in (texts[0], sources.stem, sources.title)
        for name in names.organisations_in(text[:6000])
    ]
    name, count = names.most_named([*front * _FRONT_WEIGHT, *found])
    field = f.first_value(sources.fields, f.ORGANISATION)
    if field and field.value.count(" ") < _BODY_WORDS:
        return field.value, f"field \u201c{field.label}\u201d", max(count, 1), national
    own = sum(1 for each in found if each.casefold() == name.casefold())
    pack = part.pack.organisation if part.pack else ""
    if pack and (pack.casefold() in {each.casefold() for each in found} or name not in front):
        return pack, "of the pack", own, national
    reason = f"named {own} times" if own > 1 else "named once" if own else "the file's name"
    if name and _is_its_head(name, sources.opening, first_lines):
        reason = f"{reason}, {AT_ITS_HEAD}"
    return name, reason if name else "", own, national


def _first_lines(opening: Sequence[Piece]) -> tuple[str, ...]:
    """Return the first text of a paper that is no furniture, and its first heading."""
    text = next((piece.text for piece in opening if piece.kind is not BlockKind.FURNITURE), "")
    return (text, *_headings(opening)[:1])


def _is_its_head(name: str, opening: Sequence[str], first_lines: Sequence[str]) -> bool:
    """Tell whether an organisation speaks in a paper: its name is the head of it, and no other's hand is told of.

    Where the beginning tells of authors, it is one of them. What several share, or one took over from another, may be
    the other's as well.
    """
    plain = name.casefold()
    top = [text for text in opening[:_TOP] if text.count(" ") <= _LINE_WORDS]
    authors = {
        each.casefold()
        for text in top
        for author in _AUTHOR.finditer(text)
        for each in names.organisations_in(text[author.end() : author.end() + _AUTHOR_REACH])
    }
    if any(_SHARED.search(text) for text in top) or (authors and authors != {plain}):
        return False
    return bool(authors) or any(
        text.strip(" .,:").casefold() in (plain, f"the {plain}") for text in first_lines
    )


def _body(sources: Sources, pack: Profile | None) -> tuple[str, str]:
    """Return the body that met or received the paper, by cover, title, file name or pack."""
    for each in sources.fields:
        if each.name == f.BODY:
            body = names.body_in(each.value)
            if not body and each.value.count(" ") < _BODY_WORDS and not any(map(str.isdigit, each.value)):
                body = each.value
            if body:
                return body, f"field \u201c{each.label}\u201d"
    for text, where in ((sources.title, "in the title"), (sources.stem, "in the file's name")):
        body = names.body_in(text)
        if body:
            return body, where
    if pack and pack.body:
        return pack.body, "of the pack"
    for each in sources.fields:
        if each.name == f.KIND and (body := names.body_in(each.value)):
            return body, f"field \u201c{each.label}\u201d"
    for text in sources.opening:
        # "People Committee, 13 August 2026" in a line or running header of its own.
        body = names.body_in(text) if text.count(" ") < _BODY_LINE_WORDS else ""
        if body and text.startswith(body) and sources.day(text):
            return body, "a line that names the meeting"
    return "", ""


_BODY_LINE_WORDS = 14
_SHORT_BODY = re.compile(r"\b(?:board|committee)\b", re.IGNORECASE)
_MINUTES_OF = re.compile(r"\b(?:minutes|notes|record|meeting) of (?:the |a |our )?", re.IGNORECASE)


def _body_of_minutes(sources: Sources, body: str, reason: str) -> tuple[str, str]:
    """Minutes name the body in their own title; a pack's or cover's body comes second."""
    for text in (sources.title, *sources.opening[:12]):
        match = _MINUTES_OF.search(text)
        own = names.body_in(text[match.end() :][:120]) if match else ""
        if own:
            return own, f"\u201c{text[match.start() : match.end()].strip()} \u2026\u201d" if match else ""
    if body:
        return body, reason
    # "Board minutes": a title that names no body in full still says whose they are, whoever spoke there.
    for text in (sources.title, *(each.value for each in sources.fields if each.name == f.KIND)):
        if (match := _SHORT_BODY.search(text)) is not None:
            return match.group().capitalize(), "in the title"
    for text in sources.opening[:12]:
        own = names.body_in(text[:120])
        if own:
            return own, "named at the top"
    return "", ""
