"""``cited-pages.pdf``: only the pages that are cited, each quote marked, with an index and bookmarks.

Near-misses are left away. A page that cannot be shown (Word, web pages, a paper that is missing or was changed) is set
as text with its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from evidence_kit.records.document import Media
from evidence_kit.records.evidence_map import CitedPage, DocumentSummary
from evidence_kit.records.finding import Place, Role
from evidence_kit.rendering.binding import bind
from evidence_kit.rendering.book import Book, Group, Leaf, Mark, Row, Section, Tint
from evidence_kit.rendering.copying import CopiedPage, Copies, Wanted, copy_pages
from evidence_kit.rendering.sources import Lack
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.material import Material
from evidence_kit.reports.quotes import NOT_REFOUND, QuoteView, place_words
from evidence_kit.reports.view import LevelView, MapView
from evidence_kit.reports.words import DISCLAIMER, MEDIA_WORDS, ROLE_WORDS, UNIT_WORDS, listed, visible

BANNER = "Working copy, made by evidence-kit: not the document itself"
COLUMNS = (("Quote", 0.2), ("Document", 0.47), ("Page", 0.09), ("Printed", 0.1))
PAGE_COLUMN = "In this file"
TINTS = {Role.AGAINST: Tint.RED, Role.PLAN: Tint.BLUE, Role.SUPPORT: Tint.YELLOW}
LEGEND = (
    "Marks: yellow with a plain edge for support, blue with a dashed edge for plans, red with a thick edge for what "
    "speaks against. Each mark has a note that names its criteria. Pages are copied as they look; links, forms, "
    "scripts and attachments of the documents are left out."
)
LACKS = {
    Lack.NO_FOLDER: "It is not known where the papers lie",
    Lack.NOT_PDF: "This format has no pages to copy",
    Lack.PACKED: "The file could not be taken out of the archive or message that holds it",
    Lack.MISSING: "The file is missing from the folder of papers",
    Lack.CHANGED: "The file was changed since it was read",
    Lack.UNOPENED: "The page could not be copied",
}
"""Why a page is set as text."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """A quote at one of its places; ``key`` names the mark there."""

    finding: FindingView
    quote: QuoteView
    place: Place

    @property
    def page(self) -> tuple[str, int]:
        return self.place.document, self.place.page_index

    @property
    def key(self) -> str:
        place = self.place
        return f"{place.document}@{place.page_index}:{place.start}-{place.end}"

    @property
    def name(self) -> str:
        return f"{self.finding.criterion.id} quote {self.quote.number} ({ROLE_WORDS[self.quote.quote.role]})"


def render(material: Material) -> bytes:
    """Return the PDF, for the target level and those that it builds on."""
    view = material.view
    cited = _cited(view)
    wanted = [
        Wanted(document, tuple(page for name, page in cited if name == document.id))
        for document in _cited_documents(view, cited)
    ]
    copies = _copies(material, wanted)
    leaves = tuple(_leaves(view, wanted, cited, copies))
    name = visible(view.map.organisation) or "an organisation that is not named"
    intro = (
        f"{name}, as of {view.as_of}, target {view.target.label}.",
        *(level.line for level in view.levels),
        LEGEND,
        *_told(view, copies),
        DISCLAIMER,
    )
    return bind(_book(f"Cited pages: {name}", intro, tuple(map(_section, view.levels)), leaves))


def whole_copies(material: Material) -> dict[str, bytes]:
    """Return every cited PDF as a whole, each quote marked, by names for the copies.

    A PDF of which any page cannot be copied is left away; :func:`render` shows its quotes as text.
    """
    view = material.view
    cited = _cited(view)
    made: dict[str, bytes] = {}
    wanted = [
        Wanted(document, tuple(range(document.page_count)))
        for document in _cited_documents(view, cited)
        if document.media is Media.PDF
    ]
    copies = _copies(material, wanted)
    for one in wanted:
        document = one.document
        if any(isinstance(copies[document.id, page], Lack) for page in one.pages):
            continue
        leaves = tuple(_leaves(view, [one], cited, copies))
        keys = {mark.key for leaf in leaves for mark in leaf.marks}
        file = visible(document.path)
        sections = tuple(_section(level, only=keys) for level in view.levels)
        intro = (f"All pages of {file}, as of {view.as_of}.", LEGEND, DISCLAIMER)
        with_quotes = tuple(section for section in sections if section.groups)
        book = _book(f"Marked copy: {file}", intro, with_quotes, leaves)
        made[_free_name(document.path, made)] = bind(book)
    return made


def _copies(material: Material, wanted: Sequence[Wanted]) -> Copies:
    return copy_pages(wanted, material.papers, limits=material.limits, workers=material.workers)


def _free_name(path: str, taken: Mapping[str, bytes]) -> str:
    """Return a file name for a copy that no other copy has."""
    stem = PurePosixPath(path).stem
    number, name = 1, f"{stem}.pdf"
    while name.casefold() in {one.casefold() for one in taken}:
        number += 1
        name = f"{stem}-{number}.pdf"
    return name


_Places = Mapping[tuple[str, int], Sequence[_Cited]]
"""Quotes at their places, by document id and page index, in the order of the pages."""


def _cited(view: MapView) -> _Places:
    """Return the quotes of the target's levels at their places."""
    found: dict[tuple[str, int], list[_Cited]] = {}
    for level in view.levels:
        for finding in level.findings:
            for quote in _shown(finding):
                for place in quote.quote.places if quote.refound else ():
                    one = _Cited(finding, quote, place)
                    found.setdefault(one.page, []).append(one)
    return dict(sorted(found.items()))


def _cited_documents(view: MapView, cited: _Places) -> list[DocumentSummary]:
    named = {name for name, _ in cited}
    return [document for document in view.map.documents if document.id in named]


def _shown(finding: FindingView) -> tuple[QuoteView, ...]:
    return (*finding.support, *finding.plans, *finding.against)


def _leaves(view: MapView, wanted: Sequence[Wanted], cited: _Places, copies: Copies) -> Iterator[Leaf]:
    texts = {(page.document, page.page_index): page for page in view.map.cited_pages}
    for one in wanted:
        for page in one.pages:
            key = one.document.id, page
            yield _leaf(one.document, page, texts.get(key), cited.get(key, ()), copies[key])


def _leaf(
    document: DocumentSummary,
    page: int,
    text: CitedPage | None,
    cited: Sequence[_Cited],
    copy: CopiedPage | Lack,
) -> Leaf:
    """Return the leaf of a page: its copy, or its words."""
    number = text.page if text else page + 1
    place = Place(
        document=document.id,
        page_index=page,
        page=number,
        label=text.label if text else None,
        start=0,
        end=0,
    )
    head = [place_words(visible(document.path), (place,), (), unit=UNIT_WORDS[document.media])]
    if cited:
        head.append(f"Cited for {listed(_names(cited))}")
    return Leaf(
        head=tuple(head),
        page=None if isinstance(copy, Lack) else copy,
        text=text.text if text else "",
        marks=tuple(_marks(cited)),
        note=_note(document, copy) if isinstance(copy, Lack) else "",
    )


def _names(cited: Sequence[_Cited]) -> list[str]:
    """Name quotes, those of one criterion and role together: "B1 quotes 1 and 2 (support)"."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for one in cited:
        quote = one.quote
        numbers.setdefault((one.finding.criterion.id, ROLE_WORDS[quote.quote.role]), []).append(
            str(quote.number)
        )
    return [
        f"{criterion} {'quote' if len(found) == 1 else 'quotes'} {listed(found)} ({role})"
        for (criterion, role), found in (
            (key, list(dict.fromkeys(values))) for key, values in numbers.items()
        )
    ]


def _note(document: DocumentSummary, lack: Lack) -> str:
    media = f" ({MEDIA_WORDS[document.media]})" if lack is Lack.NOT_PDF else ""
    return f"{LACKS[lack]}{media}: the words that were read are set here as text, with those around them."


def _marks(cited: Sequence[_Cited]) -> Iterator[Mark]:
    """Yield a mark for each stretch of words; one that is cited more than once names all that it is cited for."""
    by_key: dict[str, list[_Cited]] = {}
    for one in cited:
        by_key.setdefault(one.key, []).append(one)
    for key, group in by_key.items():
        place = group[0].place
        roles = {one.quote.quote.role for one in group}
        yield Mark(
            key=key,
            label="\n".join(dict.fromkeys(_label(one) for one in group)),
            tint=next(tint for role, tint in TINTS.items() if role in roles),
            start=place.start,
            end=place.end,
            boxes=place.boxes,
            notes=tuple(dict.fromkeys(note for one in group for note in _notes(one))),
        )


def _label(one: _Cited) -> str:
    finding, quote = one.finding, one.quote
    decided = f" People decided: {_decided(quote)}." if quote.decisions else ""
    return (
        f"{one.name}, {quote.stance}.{decided} {finding.level}: {finding.criterion.id} {finding.status_words}. "
        f"{visible(finding.criterion.plain)}"
    )


def _decided(quote: QuoteView) -> str:
    """Return what people decided, without their names: this file goes from hand to hand."""
    return listed(list(dict.fromkeys(decision.words for decision in quote.decisions)))


def _notes(one: _Cited) -> Iterator[str]:
    """Yield what must be known of words that are set without their page."""
    quote = one.quote
    yield f"{one.name}: {quote.place}"
    if quote.header:
        yield f"Columns: {' | '.join(quote.header)}"
    if quote.stem:
        yield f"Stem: {quote.stem}"


def _told(view: MapView, copies: Copies) -> Iterator[str]:
    """Say which cited PDFs could not be copied, and why."""
    for document in view.map.documents:
        lacks = dict.fromkeys(
            copy for (name, _), copy in copies.items() if name == document.id and isinstance(copy, Lack)
        )
        for lack in lacks:
            if document.media is Media.PDF:
                yield f"{visible(document.path)}: {LACKS[lack][0].lower()}{LACKS[lack][1:]}; its words are set as text."


def _book(
    title: str, intro: tuple[str, ...], sections: tuple[Section, ...], leaves: tuple[Leaf, ...]
) -> Book:
    return Book(
        title=title,
        banner=BANNER,
        intro=intro,
        columns=COLUMNS,
        page_column=PAGE_COLUMN,
        sections=sections,
        leaves=leaves,
    )


def _section(level: LevelView, only: set[str] | None = None) -> Section:
    """Return a level's part of the index; with ``only``, of quotes whose marks are among these."""
    groups = [_group(finding, only) for finding in level.findings]
    return Section(
        title=level.level.label, groups=tuple(group for group in groups if group.rows or only is None)
    )


def _group(finding: FindingView, only: set[str] | None) -> Group:
    rows = []
    for quote in _shown(finding):
        key = _Cited(finding, quote, quote.quote.places[0]).key if quote.refound else ""
        if only is not None and key not in only:
            continue
        role = ROLE_WORDS[quote.quote.role]
        decided = f", {_decided(quote)}" if quote.decisions else ""
        where = quote.file if quote.pages else quote.place
        rows.append(
            Row(
                cells=(
                    f"{quote.number} {role}{decided}",
                    where if key else NOT_REFOUND,
                    quote.pages,
                    quote.labels,
                ),
                title=f"Quote {quote.number}, {role}: {quote.place}",
                goes_to=key,
            )
        )
    said = f"{finding.criterion.id}, {finding.status_words}. {visible(finding.criterion.plain)}"
    return Group(title=said if rows else f"{said} No quote.", rows=tuple(rows))
