"""What a claim's words are held against: the sentences of the pages cited and of the pages that show the criterion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from evidence_kit.language.content_words import content_words
from evidence_kit.language.lexicon import Sort
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.proper_names import is_titled, roles_beside
from evidence_kit.language.sentences import split_sentences
from evidence_kit.records.document import BlockKind, Document
from evidence_kit.records.passage import Paper, Profile
from evidence_kit.records.reading import Mention
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.words import one_line
from evidence_kit.screening.citations import Pages

QUOTED, BESIDE, ON_PAGE = 2, 1, 0
"""How near a sentence stands to what shows the criterion: it is quoted, it stands beside a quote, it is on the page."""
BEFORE, BEHIND = 2, 1
"""Sentences before and behind a quote that may name whom and what it speaks of."""

_GOES_ON = re.compile(r"(?:It|They|He|She|This|These|Those|Both|All of them|Its|Their|Her|His)\b")
AROUND = 80
"""Characters on either side of a name in which the role of its bearer stands."""
LONG_ROW = 200
"""Characters of a table's row that is cut into sentences: minutes stand in tables, too."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a row of a page.

    Attributes:
        heads: The heading over it, or the header of its table.
        paper: Profile of its paper.
        where: File and page, for people.
        before: The sentence before, where this one opens with a pronoun and goes on about it.
    """

    text: str
    start: int
    end: int
    heads: str
    paper: Profile
    where: str
    before: str = ""

    @property
    def words(self) -> frozenset[str]:
        """Its content words and those of its heading, and of what it goes on about."""
        return content_words(self.text) | content_words(self.heads) | content_words(self.before)

    @property
    def day(self) -> date | None:
        """The date of its paper."""
        return self.paper.date


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and how near it stands to what shows the criterion."""

    sentence: Sentence
    near: int

    @property
    def text(self) -> str:
        """Its words."""
        return self.sentence.text


class Grounds:
    """The sentences of an application's pages, cut when they are asked for.

    Args:
        documents: With their pages.
        papers: What they are.
        tagger: Knows words that mean the same: "BME staff", "global majority colleagues".
        sorts: What its concepts are.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        papers: Sequence[Paper],
        tagger: Tagger,
        sorts: Mapping[str, Sort],
    ) -> None:
        self._tagger, self._sorts = tagger, sorts
        self.meanings = cache(self._meanings)
        self._documents = {document.id: document for document in documents}
        self._papers: dict[str, list[Paper]] = {}
        for paper in papers:
            self._papers.setdefault(paper.document, []).append(paper)
        self._roles: dict[str, frozenset[str]] = {}
        self._cut: dict[tuple[str, int], tuple[Sentence, ...]] = {}

    def told(self, quotes: Sequence[QuoteView], pages: Pages) -> tuple[Told, ...]:
        """Return the sentences of pages: the cited ones and those on which the quotes stand, in order."""
        spans: dict[tuple[str, int], list[tuple[int, int]]] = {place: [] for place in pages}
        for quote in quotes:
            for place in quote.quote.places:
                spans.setdefault((place.document, place.page_index), []).append((place.start, place.end))
        on_pages = (told for place in sorted(spans) for told in self._marked(place, spans[place]))
        return (*on_pages, *map(self._quoted, quotes))

    def _quoted(self, view: QuoteView) -> Told:
        """Return a quote as a sentence of its own: it may run over two pages, and has its headings and stem."""
        quote = view.quote
        heads = " ".join((*quote.headings, quote.stem, *quote.header))
        first = quote.places[0]
        at = (quote.document, first.page_index)
        return Told(
            Sentence(view.text, first.start, first.end, heads, self._profile(*at), self._where(*at)), QUOTED
        )

    def _meanings(self, text: str) -> tuple[Mention, ...]:
        """Return the things that a text names, each of which has several names; what is done has many shades."""
        found = self._tagger.mentions(text)
        return tuple(each for each in found if self._sorts.get(each.concept) not in (Sort.WORD, Sort.ACT))

    def roles_of(self, name: str) -> frozenset[str]:
        """Return the roles that the application's papers give to a person by name."""
        if name not in self._roles:
            self._roles[name] = frozenset(
                role for text in self._around(name) for role in roles_beside(name, text)
            )
        return self._roles[name]

    def titles(self, name: str) -> bool:
        """Tell whether the papers put a title before a name."""
        return any(is_titled(name, text) for text in self._around(name))

    def _around(self, name: str) -> Iterator[str]:
        """Yield what stands around a name, each different text once."""
        found = (
            page.text[max(0, match.start() - AROUND) : match.end() + AROUND]
            for document in self._documents.values()
            for page in document.pages
            for match in re.finditer(re.escape(name), page.text)
        )
        return iter(dict.fromkeys(found))

    def _marked(self, place: tuple[str, int], spans: Sequence[tuple[int, int]]) -> Iterator[Told]:
        sentences = self._sentences(place)
        quoted = {
            number
            for number, one in enumerate(sentences)
            if any(low < one.end and one.start < high for low, high in spans)
        }
        beside = {number + step for number in quoted for step in range(-BEFORE, BEHIND + 1)}
        for number, one in enumerate(sentences):
            yield Told(one, QUOTED if number in quoted else BESIDE if number in beside else ON_PAGE)

    def _sentences(self, place: tuple[str, int]) -> tuple[Sentence, ...]:
        if place not in self._cut:
            self._cut[place] = tuple(self._sentences_of(*place))
        return self._cut[place]

    def _sentences_of(self, document: str, index: int) -> Iterator[Sentence]:
        page = self._documents[document].pages[index]
        paper, where = self._profile(document, index), self._where(document, index)
        heading, headers = "", dict[int | None, str]()
        for block in page.blocks:
            text = page.text[block.start : block.end]
            if block.kind is BlockKind.FURNITURE:
                continue
            if block.kind is BlockKind.HEADING:
                heading = text
            if block.header:
                headers[block.table] = text
            heads = f"{heading} {headers.get(block.table, '') if block.table is not None else ''}"
            is_row = block.kind is BlockKind.TABLE_ROW and len(text) < LONG_ROW
            spans = [(0, len(text))] if is_row else split_sentences(text)
            before = ""
            for low, high in spans:
                said = text[low:high]
                goes_on = before if _GOES_ON.match(said) else ""
                yield Sentence(said, block.start + low, block.start + high, heads, paper, where, goes_on)
                before = said

    def _where(self, document: str, index: int) -> str:
        whole = self._documents[document]
        number = whole.pages[index].number
        return one_line(whole.path) if number is None else f"{one_line(whole.path)}, page {number}"

    def _profile(self, document: str, index: int) -> Profile:
        papers = self._papers.get(document, ())
        on = [paper for paper in papers if paper.first_page <= index <= paper.last_page]
        return on[-1].profile if on else Profile()
