"""Reads the pages that people cite: what each shows of its criterion, by the same readings and checks as a map."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evidence_kit.checks.conclude import conclude
from evidence_kit.language.nlp import Tagger
from evidence_kit.passages.confidence import mark_confidence
from evidence_kit.passages.split import split_passages
from evidence_kit.pipeline.assemble import finding_of
from evidence_kit.pipeline.conclude import Cut, bearings_of
from evidence_kit.pipeline.filled import Citation
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.pipeline.ours import Cited, ours_of
from evidence_kit.records.decision import Decision, QuoteKey, Verdict, comparable
from evidence_kit.records.document import Document
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Finding, Outcome, Role
from evidence_kit.records.passage import Passage

MOST_PAGES = 1000
"""Of a range; a longer one is no range of pages."""
_PAGE_WORD = re.compile(
    r"\b(?:pages?|pgs?|pp?|slides?|sheets?)(?=\d|\b)\.?|\b(?:pdf|printed|numbered|file|no|nos|of the)\b\.?"
    r"|[()]|\bof \d+\b",
    re.IGNORECASE,
)
"""What people write beside the number of a page, and which numbering they mean: both are tried."""
_BETWEEN_PAGES = re.compile(r"\s*(?:[,;&]|\band\b)\s*", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-\u2010-\u2015]|\bto\b)\s*", re.IGNORECASE)
_SPEAKS = frozenset({Role.SUPPORT, Role.PLAN, Role.AGAINST})


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a cited page shows.

    Attributes:
        pages: Pages that were looked at, as the file counts them; empty for a format without pages.
        finding: What these passages alone would give; ``None`` if there is no such page or nothing is on it.
        shown, missing: Questions of the elements, by what the page shows.
        keys: The passages that say something of the criterion.
        already: The map quotes these words for the criterion already.
    """

    citation: Citation
    pages: tuple[int, ...] = ()
    finding: Finding | None = None
    shown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    keys: tuple[QuoteKey, ...] = ()
    already: bool = False


def look_up(
    citations: Sequence[Citation],
    evidence_map: EvidenceMap,
    documents: Sequence[Document],
    knowledge: Knowledge,
    tagger: Tagger | None = None,
) -> tuple[Looked, ...]:
    """Read cited pages for their criteria.

    Args:
        citations: What people cite, of this map's documents.
        evidence_map: Its papers, organisation, names and date are used.
        documents: With their text, as :func:`evidence_kit.reports.data.read_texts` gives them.
        knowledge: Framework, lexicon and classifier.
        tagger: One made before of the same lexicon and names.
    """
    if not citations:
        return ()
    tagger = tagger or Tagger(knowledge.lexicon, ours_of(evidence_map).names)
    by_id = {document.id: document for document in documents}
    cuts = {name: _cut(by_id[name], evidence_map) for name in {one.document for one in citations}}
    return tuple(
        _look_up(one, evidence_map, by_id, cuts[one.document], knowledge, tagger) for one in citations
    )


def citing(looked: Iterable[Looked], *, person: str, at: str) -> tuple[Decision, ...]:
    """Return what is kept of citations: one decision a passage that says something of its criterion."""
    return tuple(
        Decision(
            criterion=one.citation.criterion,
            verdict=Verdict.CITED,
            person=person,
            at=at,
            quote=key,
            comment=one.citation.why,
        )
        for one in looked
        for key in one.keys
    )


def cited_passages(decisions: Iterable[Decision]) -> Cited:
    """Return which passages people cite for which criteria; a citation stands until its person withdraws it."""
    standing: dict[tuple[str, str, str], bool] = {}
    for decision in sorted(decisions, key=lambda one: one.at):
        if decision.quote is not None and decision.verdict in (Verdict.CITED, Verdict.WITHDRAWN):
            words = comparable(decision.quote.text)
            standing[words, decision.criterion, decision.person] = decision.verdict is Verdict.CITED
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for (words, criterion, _), stands in standing.items():
        if stands:
            cited[words].add(criterion)
    return {words: frozenset(criteria) for words, criteria in cited.items()}


def _cut(document: Document, evidence_map: EvidenceMap) -> Cut:
    papers = tuple(paper for paper in evidence_map.papers if paper.document == document.id)
    return Cut(papers, mark_confidence(document, split_passages(document, papers)))


def _look_up(
    citation: Citation,
    evidence_map: EvidenceMap,
    documents: dict[str, Document],
    whole: Cut,
    knowledge: Knowledge,
    tagger: Tagger,
) -> Looked:
    document = documents[citation.document]
    papers = whole.papers
    wanted = pages_meant(document, citation.page)
    passages = tuple(
        passage for passage in whole.passages if wanted & {segment.page for segment in passage.segments}
    )
    numbers = tuple(
        number for index in sorted(wanted) if (number := document.pages[index].number) is not None
    )
    criterion = knowledge.framework.criterion(citation.criterion)
    pack = Cut(papers, passages)
    cited = {comparable(passage.text): frozenset({criterion.id}) for passage in passages}
    ours = replace(ours_of(evidence_map), cited=cited)
    bearings = bearings_of(pack, knowledge, tagger, ours).get(criterion.id)
    if not bearings:
        return Looked(citation=citation, pages=numbers)
    finding = finding_of(conclude(criterion, bearings, evidence_map.as_of), documents)
    asks = {element.id: element.asks for element in criterion.elements}
    results = finding.conclusions[0].elements
    speaking = _speaking(finding)
    quoted = next((_speaking(one) for one in evidence_map.findings if one.criterion == criterion.id), set())
    digests = {paper.id: paper.text_digest for paper in papers}
    return Looked(
        citation=citation,
        pages=numbers,
        finding=finding,
        shown=tuple(asks[one.element] for one in results if one.outcome is Outcome.SHOWN),
        missing=tuple(asks[one.element] for one in results if one.outcome is not Outcome.SHOWN),
        keys=tuple(_key(one, digests) for one in passages if one.id in speaking - quoted),
        already=bool(speaking) and speaking <= quoted,
    )


def _speaking(finding: Finding) -> set[str]:
    """Return the ids of passages that say something of the criterion, near-misses left out."""
    return {quote.passage for quote in finding.quotes if quote.role in _SPEAKS}


def _key(passage: Passage, digests: dict[str, str]) -> QuoteKey:
    return QuoteKey(text=" ".join(passage.text.split()), paper=digests.get(passage.paper, ""))


def pages_meant(document: Document, said: str) -> set[int]:
    """Return the indexes of the pages that are meant; all if none is named, or if the format has no pages.

    Of a file of one page, that page is meant, whatever number it had in the pack that it was taken from.

    Args:
        document: Whose pages.
        said: Numbers, the file's own or printed ones, alone or several: "12", "p. iii", "3, 5 to 7", "pp. 14-16".
    """
    if not said or len(document.pages) == 1 or all(page.number is None for page in document.pages):
        return set(range(len(document.pages)))
    if found := _named(document, said):
        return found
    meant: set[int] = set()
    for part in filter(None, _BETWEEN_PAGES.split(_PAGE_WORD.sub(" ", said).strip())):
        first, _, last = (end.strip() for end in _RANGE.sub("\0", part.strip(), count=1).partition("\0"))
        if last.isdecimal() and first.isdecimal() and int(last) - int(first) < MOST_PAGES:
            meant.update(*(_named(document, str(number)) for number in range(int(first), int(last) + 1)))
        else:
            meant |= _named(document, part.strip())
    return meant


def _named(document: Document, said: str) -> set[int]:
    return {
        index for index, page in enumerate(document.pages) if said in (str(page.number), page.label or "")
    }
