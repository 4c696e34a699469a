"""Words that may not speak for a claim: nobody sees them, they speak to the reader, or they repeat the criterion."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence_kit.language.content_words import SMALL_WORDS, content_words
from evidence_kit.language.dates import find_dates
from evidence_kit.language.quantities import find_quantities
from evidence_kit.language.scan import words_of
from evidence_kit.records.criterion import Criterion
from evidence_kit.records.decision import comparable
from evidence_kit.records.document import BlockKind, Document, Page
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.words import one_line

UNSEEN = "words that nobody sees on the page"
UNCHECKED = "a page that could not be looked at for words that nobody sees"
INSTRUCTS = "words that tell the reader or a program what to conclude"
STUFFED = "a heap of words without a sentence"
RESTATES = "a paper that repeats the criteria and tells no fact of its own"
LEAST_REPEATED, MOSTLY = 2, 0.5
"""So many deliverables, and such a share of its sentences, before a paper is taken for a repetition of the criteria."""

_READER = (
    r"(?:assessors?|reviewers?|readers?|panel(?: members?)?|evaluators?|markers?"
    r"|tool|system|model|ai|assistants?|software)"
)
_PROGRAM = r"(?:ai|assistants?|chatbots?|(?:language |ai )models?|automated (?:tools?|systems?|readers?))"
_MARK = r"(?:mark|score|rate|record|accept|confirm|award|classify|count|approve|treat|regard|report)"
_OBJECT = (
    r"(?:criteri(?:on|a)|deliverables?|claims?|evidence|application|standard|requirements?|level|accreditation"
    r"|met|confirmed|evidenced|achieved|complete|satisfied|in place|[bsgr][1-5]\b)"
)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}"
    r"\b(?:instructions?|previous|above|prompts?|guidance|rules)\b"
    rf"|\b{_READER}\b[^.\n]{{0,30}}\b(?:should|must|shall|please|is to|are to|will)\b[^.\n]{{0,20}}"
    rf"\b{_MARK}\b[^.\n]{{0,60}}\b{_OBJECT}"
    rf"|\b{_MARK}\b[^.\n]{{0,40}}\b(?:criteri(?:on|a)|deliverables?|claims?|requirements?)\b[^.\n]{{0,30}}"
    r"\bas (?:being )?(?:met|confirmed|evidenced|achieved|complete|satisfied|in place)\b"
    rf"|\b{_PROGRAM}\b[^.\n]{{0,40}}\b(?:should|must|shall|please|is to|are to)\b[^.\n]{{0,20}}"
    r"\b(?:answer|say|state|conclude|respond|reply|output|write|give|find)\b"
    r"|\bgive (?:it|this|them|us|each)\b[^.\n]{0,30}\b(?:status|verdict|score|rating)\b"
    r"|\bsystem prompt\b|\bas an ai\b|\byou are an? (?:ai|assistant|assessor|language model)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\t")
_BINDING = SMALL_WORDS.union(words_of("a an of in on to by at as or we it he she they"))
HEAP_WORDS, HEAP_SHARE = 12, 0.1
"""Words of a heap, and the share of binding words below which it is one; running text has a third or more of them."""
COPIED = 0.7
"""Share of a sentence's words that are a criterion's before it is taken for a repetition."""
LEAST_WORDS = 4
"""Of a sentence that counts."""
SPECK = 3.5
"""Points of a line's box, the shorter side: letters of four points and less."""
LEAST_LETTERS = 8
"""Of a part of a quote that is looked for among unseen words; fewer stand anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trick:
    """Something in a document that wants to steer its reader, for the coordinator to see."""

    file: str
    page: str
    what: str
    words: str


def instructions_in(documents: Iterable[Document]) -> Iterator[Trick]:
    """Yield the words of documents that tell the reader or a program what to conclude."""
    for document in documents:
        for page in document.pages:
            for found in _INSTRUCTION.finditer(page.text):
                words = one_line(page.text[max(0, found.start() - 30) : found.end() + 30])
                number = str(page.number) if page.number is not None else ""
                yield Trick(file=one_line(document.path), page=number, what=INSTRUCTS, words=words)


def suspects_of(
    evidence_map: EvidenceMap,
    findings: Sequence[FindingView],
    documents: Sequence[Document],
    unseen: Mapping[tuple[str, int], str | None],
) -> dict[str, str]:
    """Return why support may not speak for a claim, by quote id.

    Args:
        evidence_map: Its papers and criteria.
        findings: Of the map.
        documents: With their pages.
        unseen: Words that nobody sees, by document id and page index; ``None`` where that could not be found out.
    """
    pages = {document.id: document.pages for document in documents}
    criteria = tuple(map(_asked, evidence_map.framework.criteria))
    papers = {paper.id: paper for paper in evidence_map.papers}
    echoes: dict[str, bool] = {}
    found: dict[str, str] = {}
    for quote in (quote for finding in findings for quote in finding.support):
        around = " ".join(
            pages[place.document][place.page_index].text[max(0, place.start - 80) : place.end + 80]
            for place in quote.quote.places
        )
        paper = papers[quote.quote.paper]
        if paper.id not in echoes:
            echoes[paper.id] = _repeats(
                pages[paper.document][paper.first_page : paper.last_page + 1], criteria
            )
        hidden = [unseen.get((place.document, place.page_index), "") for place in quote.quote.places]
        if None in hidden:
            found[quote.quote.id] = UNCHECKED
        elif _is_unseen(quote.quote.text, " ".join(filter(None, hidden))) or _is_tiny(quote):
            found[quote.quote.id] = UNSEEN
        elif _INSTRUCTION.search(around):
            found[quote.quote.id] = INSTRUCTS
        elif _is_heap(quote):
            found[quote.quote.id] = STUFFED
        elif echoes[paper.id]:
            found[quote.quote.id] = RESTATES
    return found


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a criterion asks: its deliverable, its words and its figures."""

    deliverable: str
    words: frozenset[str]
    figures: frozenset[tuple[float, float | None]]


def _asked(criterion: Criterion) -> _Asked:
    text = " ".join((*(wording.text for wording in criterion.wordings), criterion.plain))
    return _Asked(criterion.parent or criterion.id, content_words(text), _figures(text))


def _repeats(pages: Sequence[Page], criteria: Sequence[_Asked]) -> bool:
    """Tell whether a paper only repeats criteria: most of its sentences do, of several deliverables.

    One sentence in a criterion's words is how anybody reports; a paper of them is a form that was filled in.
    """
    sentences = [
        sentence
        for page in pages
        for block in page.blocks
        if block.kind not in (BlockKind.FURNITURE, BlockKind.HEADING)
        for sentence in _SENTENCE.split(page.text[block.start : block.end])
        if len(content_words(sentence)) >= LEAST_WORDS
    ]
    repeated = [told for sentence in sentences if (told := _repeated(sentence, criteria))]
    return len(set(repeated)) >= LEAST_REPEATED and len(repeated) >= MOSTLY * len(sentences)


def _repeated(sentence: str, criteria: Sequence[_Asked]) -> str:
    """Return the deliverable that a sentence repeats: nearly all words are its own, and no date or figure is new."""
    words = content_words(sentence)
    for asked in criteria:
        if len(words & asked.words) >= COPIED * len(words):
            return (
                asked.deliverable if not find_dates(sentence) and _figures(sentence) <= asked.figures else ""
            )
    return ""


def _figures(text: str) -> frozenset[tuple[float, float | None]]:
    return frozenset((one.value, one.total) for one in find_quantities(text))


def _is_heap(quote: QuoteView) -> bool:
    """Tell whether a quote is a heap of words: long, and next to none of them bind.

    A row of a table is none, nor is a list of those present, whose words are mostly names.
    """
    words = re.findall(r"[^\W\d_]+", quote.quote.text)
    if len(words) < HEAP_WORDS or quote.quote.header or "\t" in quote.quote.text:
        return False
    named = sum(word[0].isupper() for word in words)
    return named < len(words) / 2 and sum(word.casefold() in _BINDING for word in words) < HEAP_SHARE * len(
        words
    )


def _is_tiny(quote: QuoteView) -> bool:
    """Tell whether a quote is set so small that its lines are specks."""
    boxes = [box for place in quote.quote.places for box in place.boxes]
    return bool(boxes) and all(
        min(abs(right - left), abs(bottom - top)) < SPECK for left, top, right, bottom in boxes
    )


def _is_unseen(text: str, hidden: str) -> bool:
    """Tell whether a part of a quote stands among words that nobody sees."""
    letters = _letters(hidden)
    parts = map(_letters, re.split(r"[.;:\n\t]", text))
    return bool(letters) and any(
        len(part) >= LEAST_LETTERS and (part in letters or letters in part) for part in parts
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", comparable(text))
