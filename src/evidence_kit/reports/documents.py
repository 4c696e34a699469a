"""What was searched: documents, their papers, pages that could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_kit.records.document import DocumentState, Media, Problem
from evidence_kit.records.evidence_map import DocumentSummary, EvidenceMap
from evidence_kit.records.passage import STATED_BY_TRUST, Paper
from evidence_kit.reports.words import (
    DOCUMENT_STATE_WORDS,
    MEDIA_WORDS,
    PAPER_KIND_WORDS,
    PAPER_STATUS_WORDS,
    UNIT_WORDS,
    count,
    day,
    listed,
    one_line,
    visible,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """How much was searched. A format without pages counts its sections as pages.

    Attributes:
        documents, pages: That were read, in part at least.
        unread_pages: Of these documents, that hold something which could not be read.
        unread_documents: Files that could not be read at all.
    """

    documents: int
    pages: int
    unread_pages: int
    unread_documents: int

    @property
    def unread(self) -> str:
        """What could not be read, in words; empty when all was."""
        parts = []
        if self.unread_pages:
            parts.append(count(self.unread_pages, "page"))
        if self.unread_documents:
            parts.append(count(self.unread_documents, "document"))
        return f"{listed(parts)} could not be read" if parts else ""

    @property
    def words(self) -> str:
        """Return "searched 9 documents, 112 pages; 3 pages could not be read"."""
        return f"searched {self.amount}; {self.unread or 'every page could be read'}"

    @property
    def not_found_words(self) -> str:
        """Return what *not found* always says (``docs/verdicts.md`` §7)."""
        tail = f"; {self.unread}" if self.unread else "; every page could be read"
        return f"not found in these documents ({self.amount} searched{tail})"

    @property
    def amount(self) -> str:
        """Return "9 documents, 112 pages"."""
        return f"{count(self.documents, 'document')}, {count(self.pages, 'page')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A paper's profile in words."""

    title: str
    file: str
    item: str
    pages: str
    kind: str
    kind_reason: str
    date: str
    date_reason: str
    status: str
    organisation: str
    review: str
    public: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A file in words."""

    summary: DocumentSummary
    file: str
    media: str
    state: str
    pages: str
    unread: str
    blank: str
    recognised: str


def searched(documents: Sequence[DocumentSummary]) -> Searched:
    """Count what was searched. An archive that opened is not counted beside the files that came out of it."""
    documents = [
        document
        for document in documents
        if document.media is not Media.ARCHIVE or document.state is DocumentState.NOT_READ
    ]
    read = [document for document in documents if document.state is not DocumentState.NOT_READ]
    unread_pages = sum(len(document.unread_pages) for document in read)
    return Searched(
        documents=len(read),
        pages=sum(document.page_count for document in read) - unread_pages,
        unread_pages=unread_pages,
        unread_documents=len(documents) - len(read),
    )


def document_views(evidence_map: EvidenceMap) -> tuple[DocumentView, ...]:
    """Return the documents in the map's order."""
    return tuple(
        DocumentView(
            summary=document,
            file=visible(document.path),
            media=MEDIA_WORDS[document.media],
            state=DOCUMENT_STATE_WORDS[document.state],
            pages=count(document.page_count, UNIT_WORDS[document.media])
            if document.media is not Media.ARCHIVE
            else "",
            unread=ranges(document.unread_pages),
            blank=ranges(document.blank_pages),
            recognised=_recognised(document),
        )
        for document in evidence_map.documents
    )


def with_unread(documents: Sequence[DocumentView], problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the problems, and one for every document with unread pages that none of them names."""
    named = {(problem.file, page) for problem in problems for page in problem.pages}
    silent = []
    for document in documents:
        path = document.summary.path
        pages = tuple(page for page in document.summary.unread_pages if (path, page) not in named)
        if pages:
            silent.append(
                Problem(
                    code="unread_pages",
                    file=path,
                    message=f"{count(len(pages), 'page')} could not be read.",
                    next_step="Look at them yourself, or read them with --ocr auto.",
                    pages=pages,
                )
            )
    return (*problems, *silent)


def _recognised(document: DocumentSummary) -> str:
    """Say which pages were read by text recognition; empty for none."""
    if not document.ocr_pages:
        return ""
    noun = "page" if len(document.ocr_pages) == 1 else "pages"
    said = f"{noun} {ranges(document.ocr_pages)} by text recognition"
    if not document.unsure_pages:
        return said
    noun = "page" if len(document.unsure_pages) == 1 else "pages"
    return f"{said}, with low confidence on {noun} {ranges(document.unsure_pages)}"


def paper_views(evidence_map: EvidenceMap) -> tuple[PaperView, ...]:
    """Return the papers in the map's order."""
    summaries = {document.id: document for document in evidence_map.documents}
    papers = {paper.id: paper for paper in evidence_map.papers}
    return tuple(_paper_view(paper, summaries, papers) for paper in evidence_map.papers)


def ranges(numbers: Sequence[int]) -> str:
    """Word page numbers: "3, 5 to 7 and 12"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return listed([str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs])


def _paper_view(paper: Paper, summaries: dict[str, DocumentSummary], papers: dict[str, Paper]) -> PaperView:
    profile = paper.profile
    reasons = dict(profile.reasons)
    summary = summaries.get(paper.document)
    in_pages = summary is not None and summary.media in (Media.PDF, Media.IMAGE)
    return PaperView(
        title=one_line(profile.title) or "no title found",
        file=visible(summary.path if summary else paper.document),
        item=visible(paper.item),
        pages=ranges(range(paper.first_page + 1, paper.last_page + 2)) if in_pages else "",
        kind=PAPER_KIND_WORDS[profile.kind],
        kind_reason=visible(reasons.get("kind", "")),
        date=day(profile.date, none="no date found"),
        date_reason=_date_reason(paper, reasons),
        status=PAPER_STATUS_WORDS[profile.status],
        organisation=one_line(profile.organisation),
        review=day(profile.review_date),
        public=_public(paper, reasons),
        remark=_remark(paper, papers),
    )


def _public(paper: Paper, reasons: dict[str, str]) -> str:
    """Say who can see the paper; what only the evidence register says is shown as the trust's own word."""
    profile = paper.profile
    said = {True: "public", False: "not public", None: ""}[profile.public]
    marked = f"marked ‘{one_line(profile.marking)}’" if profile.marking else ""
    if marked and reasons.get("marking") == STATED_BY_TRUST:
        marked += " (stated by the trust)"
    stated = []
    if said and reasons.get("public") == STATED_BY_TRUST:
        said += " (stated by the trust)"
    if profile.published:
        stated.append(f"published {day(profile.published)}")
    if profile.address:
        stated.append(f"published at {one_line(profile.address)}")
    if profile.owner:
        stated.append(f"owner {one_line(profile.owner)}")
    told = f"stated by the trust: {', '.join(stated)}" if stated else ""
    return "; ".join(part for part in (said, marked, told) if part)


def _date_reason(paper: Paper, reasons: dict[str, str]) -> str:
    """Say why the paper has its date, by the order of trust of ``docs/verdicts.md`` §3."""
    profile = paper.profile
    fields = (
        ("meeting_date", "meeting date", profile.meeting_date),
        ("document_date", "document date", profile.document_date),
        ("period_end", "end of the period covered", profile.period_end),
    )
    for name, words, value in fields:
        if value:
            why = f"{words}: {visible(reasons[name])}" if reasons.get(name) else words
            return f"{why}; weak, from the file’s own properties" if profile.date_is_weak else why
    return ""


def _remark(paper: Paper, papers: dict[str, Paper]) -> str:
    parts = []
    if paper.duplicate_of:
        first = papers.get(paper.duplicate_of)
        title = one_line(first.profile.title) if first else ""
        parts.append(f"same text as ‘{title or paper.duplicate_of}’, counted there")
    extract = dict(paper.profile.reasons).get("extract", "")
    if extract:
        parts.append(f"an extract: {visible(extract)}")
    if changes := dict(paper.profile.reasons).get("changes"):
        parts.append(visible(changes))
    if paper.venues:
        parts.append(f"also in {listed([one_line(venue) for venue in paper.venues])}")
    return "; ".join(parts)
