"""What a claim cites: which files and pages are meant, and what they are. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from evidence_kit.checks.gather import NEVER_EVIDENCE
from evidence_kit.pipeline.cited import pages_meant
from evidence_kit.pipeline.filled import find_document
from evidence_kit.records.document import BlockKind, Document, DocumentState, PageState
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.passage import Paper
from evidence_kit.reports.documents import ranges
from evidence_kit.reports.words import listed, one_line
from evidence_kit.screening.claims import Claim

_ITEM = re.compile(r"(?:agenda\s+)?item\s+(?:no\.?\s+)?(\d+(?:\.\d+)*[a-z]?)", re.IGNORECASE)
_SEVERAL = re.compile(r"\s*(?:;|\n)\s*")

LEAST_WORDS = 3
"""Of a name whose words may stand in another order."""

Pages = frozenset[tuple[str, int]]
"""Document ids and page indexes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What one claim cites.

    Attributes:
        documents: Ids of the files that were found.
        missing: Names of files that were not found, each with the nearest paths.
        pages: The cited pages; where a file holds a second copy of a paper, the pages of the first as well.
        words: The pages as found ("minutes.pdf, pages 3 and 14"), for people.
        notes: What stands in the way: a page that is not there or not read, a paper that only claims.
        only_claims: All that is cited is the applicant's own words or guidance, which show nothing.
        unreadable: Nothing of what is cited could be read.
        extracts: Files that are parts of something longer, and how that is known.
    """

    documents: tuple[str, ...] = ()
    missing: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pages: Pages = frozenset()
    words: str = ""
    notes: tuple[str, ...] = ()
    only_claims: bool = False
    unreadable: bool = False
    extracts: tuple[str, ...] = ()


class Citer:
    """Finds what claims cite among the files of an application.

    Args:
        evidence_map: Its documents and papers.
        documents: The same, with their pages.
        own_form: File name of the form with the claims: it is never evidence.
    """

    def __init__(self, evidence_map: EvidenceMap, documents: Sequence[Document], own_form: str) -> None:
        self._map = evidence_map
        self._documents = {document.id: document for document in documents}
        self._own_form = own_form.casefold()
        self._papers = {paper.id: paper for paper in evidence_map.papers}
        self._titles = _by_title(evidence_map, self._documents)
        self._words_of: dict[frozenset[str], set[str]] = {}
        for title, ids in self._titles.items():
            if len(words := _name_words(title)) >= LEAST_WORDS:
                self._words_of.setdefault(words, set()).update(ids)

    def cited(self, claim: Claim) -> Cited:
        """Return what a claim cites."""
        found: list[tuple[str, str]] = []
        missing: list[tuple[str, tuple[str, ...]]] = []
        notes: list[str] = []
        own = False
        for name, page in _parts(claim):
            if PurePosixPath(name.replace("\\", "/")).name.casefold() == self._own_form:
                notes.append("it cites the form itself, which claims and shows nothing")
                own = True
                continue
            document, nearest = self._find(name)
            if document:
                found.append((document, page))
            else:
                missing.append((one_line(name), nearest))
        pages: set[tuple[str, int]] = set()
        words = []
        for document, page in found:
            indexes = self._pages(document, page, notes)
            pages |= {(document, index) for index in indexes}
            words.append(self._words(document, page, indexes))
        readable = {one for one in pages if self._page_state(one) is PageState.READ}
        claiming = [one for one in sorted(readable) if self._only_claims(one, notes)]
        only = len(claiming) == len(readable) if readable else own and not found
        return Cited(
            documents=tuple(document for document, _ in found),
            missing=tuple(missing),
            pages=frozenset(pages | {twin for one in pages for twin in self._twins(one)}),
            words="; ".join(words),
            notes=tuple(dict.fromkeys(notes)),
            only_claims=only,
            unreadable=bool(found) and not readable and (bool(pages) or self._none_read(found)),
            extracts=tuple(self._extracts(pages)),
        )

    def _none_read(self, found: Sequence[tuple[str, str]]) -> bool:
        return all(self._documents[name].state is DocumentState.NOT_READ for name, _ in found)

    def _find(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Find a file by path, name or a paper's title; of a name of several words, in any order."""
        found, nearest = find_document(name, self._map.documents)
        if found:
            return found, ()
        for known in (self._titles.get(_folded(name)), self._words_of.get(_name_words(name))):
            if known and len(known) == 1:
                return next(iter(known)), ()
        return "", nearest

    def _pages(self, document: str, said: str, notes: list[str]) -> set[int]:
        whole = self._documents[document]
        path = one_line(whole.path)
        if whole.state is DocumentState.NOT_READ:
            notes.append(f"‘{path}’ is there and could not be read")
            return set()
        indexes = pages_meant(whole, said) or self._place(whole, said)
        if not indexes:
            notes.append(f"‘{path}’ has no page ‘{one_line(said)}’")
        unread = [index + 1 for index in sorted(indexes) if whole.pages[index].state is PageState.UNREAD]
        if unread:
            notes.append(f"page {ranges(unread)} of ‘{path}’ could not be read")
        return indexes

    def _place(self, document: Document, said: str) -> set[int]:
        """Return the pages of an agenda item, or under a heading or in a sheet of that name."""
        item = _ITEM.fullmatch(said.strip())
        if item:
            papers = [one for one in self._map.papers if one.document == document.id and one.item == item[1]]
            return {at for one in papers for at in range(one.first_page, one.last_page + 1)} or _opening(
                document, item[1]
            )
        named = _folded(said).strip("‘’'\"")
        return {
            index
            for index, page in enumerate(document.pages)
            for block in page.blocks
            if block.kind is BlockKind.HEADING and _folded(page.text[block.start : block.end]) == named
        }

    def _words(self, document: str, said: str, indexes: set[int]) -> str:
        whole = self._documents[document]
        numbers = [number for index in sorted(indexes) if (number := whole.pages[index].number) is not None]
        if not said or not numbers:
            return one_line(whole.path)
        return f"{one_line(whole.path)}, {'page' if len(numbers) == 1 else 'pages'} {ranges(numbers)}"

    def _page_state(self, place: tuple[str, int]) -> PageState:
        return self._documents[place[0]].pages[place[1]].state

    def _on(self, place: tuple[str, int]) -> tuple[Paper, ...]:
        document, index = place
        return tuple(
            paper
            for paper in self._map.papers
            if paper.document == document and paper.first_page <= index <= paper.last_page
        )

    def _only_claims(self, place: tuple[str, int], notes: list[str]) -> bool:
        papers = self._on(place)
        kinds = {paper.profile.kind for paper in papers}
        only = bool(kinds) and kinds <= set(NEVER_EVIDENCE)
        if only:
            why = listed([NEVER_EVIDENCE[kind] for kind in sorted(kinds)])
            notes.append(f"‘{one_line(self._documents[place[0]].path)}’: {why}")
        return only

    def _twins(self, place: tuple[str, int]) -> Iterator[tuple[str, int]]:
        """Yield the page of the paper that is counted in a copy's stead."""
        for copy in self._on(place):
            first = self._papers.get(copy.duplicate_of)
            if first is None:
                continue
            if first.last_page - first.first_page == copy.last_page - copy.first_page:
                yield first.document, place[1] - copy.first_page + first.first_page
            else:
                yield from ((first.document, index) for index in range(first.first_page, first.last_page + 1))

    def _extracts(self, pages: set[tuple[str, int]]) -> Iterator[str]:
        for paper in dict.fromkeys(paper for place in sorted(pages) for paper in self._on(place)):
            how = dict(paper.profile.reasons).get("extract", "")
            if how:
                yield f"{one_line(self._documents[paper.document].path)} ({one_line(how)})"


def _parts(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield the files that a claim names with their pages: "a.pdf; b.pdf" with "3; 5", or with one page for all."""
    names = [part for part in _SEVERAL.split(claim.document) if part]
    pages = [part for part in _SEVERAL.split(claim.page) if part]
    for number, name in enumerate(names):
        yield name, pages[number] if len(pages) == len(names) else claim.page


def _opening(document: Document, item: str) -> set[int]:
    """Return the pages on which a heading or a row opens with the number of an item."""
    opens = re.compile(rf"(?:item\s+)?{re.escape(item)}[.):]?\s+[A-Z]", re.IGNORECASE)
    return {
        index
        for index, page in enumerate(document.pages)
        for block in page.blocks
        if block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW)
        and opens.match(page.text[block.start : block.end].strip())
    }


def _by_title(evidence_map: EvidenceMap, documents: Mapping[str, Document]) -> dict[str, frozenset[str]]:
    """Return the documents by the names that they go by beside their file names."""
    found: dict[str, set[str]] = {}
    for document in documents.values():
        found.setdefault(_folded(PurePosixPath(document.path).stem), set()).add(document.id)
    for paper in evidence_map.papers:
        if paper.profile.title:
            found.setdefault(_folded(paper.profile.title), set()).add(paper.document)
    return {name: frozenset(ids) for name, ids in found.items()}


def _name_words(name: str) -> frozenset[str]:
    """Return the words of a name without its ending and the number that it is filed under."""
    stem = re.sub(r"\.[a-z]{2,5}$", "", name.casefold())
    return frozenset(re.findall(r"[^\W_]+", re.sub(r"^\d{1,2}\W+", "", stem)))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
