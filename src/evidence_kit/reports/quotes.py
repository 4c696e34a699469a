"""Quotes as reports print them: re-found at their place first, with their cue words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence_kit.records.criterion import Criterion
from evidence_kit.records.document import Problem
from evidence_kit.records.evidence_map import CitedPage, DocumentSummary, EvidenceMap
from evidence_kit.records.finding import Finding, Outcome, Place, Quote, Role
from evidence_kit.records.passage import Paper
from evidence_kit.records.reading import Cue, Whose
from evidence_kit.reports.decided import Decided, DecisionView, decision_view
from evidence_kit.reports.sources import link_of
from evidence_kit.reports.words import (
    PAPER_KIND_WORDS,
    PAPER_STATUS_WORDS,
    STANCE_WORDS,
    UNIT_WORDS,
    WHOSE_WORDS,
    day,
    listed,
    one_line,
    visible,
)

NOT_REFOUND = "This quote could not be re-found at its place, so its words are not printed."
"""Stands in the place of a quote's words when they are not on the page that the map says."""
UNDER = ", under ‘"
"""Stands in a place before its headings."""
RECOGNISED = "; words read by text recognition"
"""Stands behind the place of a quote that was read in a picture of its page: its words may differ from it."""

CitedPages = Mapping[tuple[str, int], CitedPage]
"""Cited pages by document id and page index."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; ``cue`` for the words that gave it its stance."""

    text: str
    cue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A quote in the words of a report. All text is safe to read (hidden characters spelt out) but not escaped.

    Attributes:
        number: From 1 within its criterion; ``anchor`` is its id in a web page.
        refound: The text stands at its place in the map's cited pages; else ``text`` is :data:`NOT_REFOUND`.
        place: In words: file, page, printed page, heading.
        pages, labels: Page numbers and printed page numbers in words, empty where there are none.
        cues: What gave it its stance and owner: words of the page, or the name of what was seen ("action plan").
        date: Of the act in words, with where it came from.
        elements: What it shows or speaks against, as questions.
        decisions: What people decided about it.
        recut: It is longer or shorter than the words that were decided about.
        link: To the page of its source, as seen from the report; empty where that is not known.
    """

    number: int
    anchor: str
    quote: Quote
    refound: bool
    text: str
    pieces: tuple[Piece, ...]
    file: str
    place: str
    pages: str
    labels: str
    headings: tuple[str, ...]
    stem: str
    header: tuple[str, ...]
    paper: str
    stance: str
    cues: tuple[str, ...]
    whose: str
    date: str
    elements: tuple[str, ...]
    remark: str
    decisions: tuple[DecisionView, ...] = ()
    recut: bool = False
    link: str = ""

    @property
    def spot(self) -> str:
        """Its place without the headings, where these take too much room."""
        return self.place.partition(UNDER)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What all quotes of a map are looked up in, made once a report.

    Attributes:
        sources: The folder of papers as seen from the report; empty where quotes carry no links.
    """

    pages: CitedPages
    documents: Mapping[str, DocumentSummary]
    papers: Mapping[str, Paper]
    decided: Decided
    sources: str = ""


def about(evidence_map: EvidenceMap, decided: Decided, *, sources: str = "") -> About:
    """Return what a map's quotes are looked up in."""
    return About(
        pages={(page.document, page.page_index): page for page in evidence_map.cited_pages},
        documents={document.id: document for document in evidence_map.documents},
        papers={paper.id: paper for paper in evidence_map.papers},
        decided=decided,
        sources=sources,
    )


def refound(quote: Quote, pages: CitedPages) -> bool:
    """Tell whether the quote's text stands, letter for letter, at its places in the cited pages."""
    found: list[str] = []
    for place in quote.places:
        page = pages.get((place.document, place.page_index))
        if page is None or not 0 <= place.start < place.end <= len(page.text):
            return False
        found.append(page.text[place.start : place.end])
    return bool(quote.places) and " ".join(found) == quote.text


def refound_problem(finding: Finding, quote: Quote, file: str) -> Problem:
    """Return the problem that a quote makes which is not where the map says."""
    return Problem(
        code="quote_not_refound",
        file=file,
        message=f"A quote for {finding.criterion} could not be re-found at its place, so it is not printed. "
        "This is a fault in evidence-kit or a changed map, not in the document.",
        next_step="Make the map again; if it happens again, report it with the map's version. Do not rely on this "
        "quote.",
        pages=tuple(place.page for place in quote.places if place.page is not None),
    )


def quote_views(among: About, criterion: Criterion, finding: Finding, *, anchor: str) -> Iterator[QuoteView]:
    """Yield the finding's quotes in their order (support, plans, contradictions, near-misses)."""
    asks = {element.id: element.asks for element in criterion.elements}
    for number, quote in enumerate(finding.quotes, start=1):
        is_there = refound(quote, among.pages)
        document = among.documents.get(quote.document)
        file = visible(document.path if document else quote.document)
        key = (finding.criterion, quote.id)
        yield QuoteView(
            number=number,
            anchor=f"{anchor}-q{number}",
            quote=quote,
            refound=is_there,
            text=one_line(quote.text) if is_there else NOT_REFOUND,
            pieces=tuple(_pieces(quote)) if is_there else (Piece(NOT_REFOUND),),
            file=file,
            place=_place(quote, document, file),
            pages=_numbers([place.page for place in quote.places]),
            labels=_numbers([place.label for place in quote.places]),
            headings=tuple(one_line(heading) for heading in quote.headings),
            stem=one_line(quote.stem),
            header=tuple(one_line(name) for name in quote.header),
            paper=paper_words(among.papers.get(quote.paper)),
            stance=STANCE_WORDS[quote.stance],
            cues=tuple(dict.fromkeys(_cue_words(cue) for cue in quote.cues)),
            whose=WHOSE_WORDS[Whose.OTHER] if quote.whose is Whose.OTHER else "",
            date=date_words(quote),
            elements=tuple(asks.get(name, name) for name in quote.elements),
            remark=visible(quote.remark),
            decisions=tuple(map(decision_view, among.decided.quotes.get(key, ()))),
            recut=key in among.decided.recut,
            link=_link(among.sources, quote, document),
        )


def _place(quote: Quote, document: DocumentSummary | None, file: str) -> str:
    unit = UNIT_WORDS[document.media] if document else "page"
    words = place_words(file, quote.places, quote.headings, unit=unit)
    recognised = document and any(place.page in document.ocr_pages for place in quote.places)
    return words + RECOGNISED if recognised else words


def _link(sources: str, quote: Quote, document: DocumentSummary | None) -> str:
    return (
        link_of(sources, document.path, document.media, quote.places[0].page)
        if document and quote.places
        else ""
    )


def date_words(quote: Quote) -> str:
    """Word when the act was: its day, and whether the paper's date stands in for it."""
    if quote.act_date is None:
        return "no date found"
    return day(quote.act_date) + (" (date of the paper)" if quote.date_from_paper else "")


def place_words(file: str, places: Sequence[Place], headings: Sequence[str], *, unit: str = "page") -> str:
    """Word a place: "board-pack.pdf, page 12 (printed 10), under ‘Staff networks’"; ``unit`` is what is numbered.

    Printed page numbers are told where they differ from the file's own.
    """
    numbers = list(dict.fromkeys(place.page for place in places if place.page is not None))
    labels = list(dict.fromkeys(place.label for place in places if place.label is not None))
    words = [file]
    if numbers:
        differs = any(place.label not in (None, str(place.page)) for place in places)
        printed = f" (printed {listed([visible(label) for label in labels])})" if differs else ""
        words.append(
            f"{unit if len(numbers) == 1 else unit + 's'} {listed([str(n) for n in numbers])}{printed}"
        )
    elif places and places[0].line is not None:
        words.append(f"line {places[0].line}")
    if headings:
        trail = " › ".join(one_line(heading) for heading in headings)
        return f"{', '.join(words)}{UNDER}{trail}’"
    return ", ".join(words)


def paper_words(paper: Paper | None) -> str:
    """Word a paper in a line: title, agenda item, kind, date, draft or superseded."""
    if paper is None:
        return ""
    profile = paper.profile
    words = [one_line(profile.title)] if profile.title else []
    if paper.item:
        words.append(f"item {visible(paper.item)}")
    words.append(PAPER_KIND_WORDS[profile.kind])
    if profile.date:
        words.append(day(profile.date))
    if PAPER_STATUS_WORDS[profile.status]:
        words.append(PAPER_STATUS_WORDS[profile.status])
    return ", ".join(words)


def by_role(quotes: Sequence[QuoteView], role: Role) -> tuple[QuoteView, ...]:
    """Return the quotes that do this for the criterion."""
    return tuple(view for view in quotes if view.quote.role is role)


def is_missing(outcome: Outcome) -> bool:
    """Tell whether an element still wants evidence."""
    return outcome is not Outcome.SHOWN


def _numbers(values: Sequence[int | str | None]) -> str:
    """Word numbers so that no spreadsheet reads a date into them ("12 and 13", never "12-13")."""
    return listed([visible(str(value)) for value in dict.fromkeys(values) if value is not None])


def _pieces(quote: Quote) -> Iterator[Piece]:
    """Cut the quote where its cue words stand, white space folded."""
    position = 0
    for start, end in sorted({span for cue in quote.cues if (span := _cue_span(quote, cue))}):
        if start < position:
            continue
        yield from _piece(quote.text[position:start])
        yield from _piece(quote.text[start:end], cue=True)
        position = end
    yield from _piece(quote.text[position:])


def _piece(text: str, *, cue: bool = False) -> Iterator[Piece]:
    if text:
        yield Piece(visible(re.sub(r"\s+", " ", text)), cue)


def _cue_words(cue: Cue) -> str:
    """Return a cue's words; one that is no words of the page (a list of those present) is told by its name."""
    return one_line(cue.text or cue.name.replace("_", " "))


def _cue_span(quote: Quote, cue: Cue) -> tuple[int, int] | None:
    """Find a cue in the quote, at its own offsets or where else its words stand.

    White space of the page (a line end in the middle of a cue) may have moved it. A cue in the stem or in a heading is
    not part of the quote and has no span in it.
    """
    if 0 <= cue.start < cue.end and quote.text[cue.start : cue.end] == cue.text:
        return cue.start, cue.end
    words = r"\s+".join(re.escape(word) for word in cue.text.split())
    found = re.search(rf"(?<!\w){words}(?!\w)", quote.text, re.IGNORECASE) if words else None
    return found.span() if found else None
