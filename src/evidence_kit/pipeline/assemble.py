"""Lays conclusions and documents out as one evidence map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from evidence_kit.checks.across import Across
from evidence_kit.checks.attainment import Claim
from evidence_kit.checks.conclude import Concluded, Exhibit
from evidence_kit.checks.gather import LEAST_PAGE
from evidence_kit.passages.quoting import places_of
from evidence_kit.records.criterion import CriterionKind, Framework
from evidence_kit.records.document import Document, DocumentState, Page, PageState, Problem
from evidence_kit.records.evidence_map import CitedPage, DocumentSummary, LevelLine
from evidence_kit.records.finding import Finding, Quote, Role, Status
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.reports.words import level_line

CLAIM_UNSUPPORTED, TOTALS_DIFFER = "claim_unsupported", "totals_differ"


def finding_of(concluded: Concluded, documents: Mapping[str, Document]) -> Finding:
    """Turn a conclusion into a finding whose quotes know their places."""
    quotes = tuple(_quote(exhibit, documents) for exhibit in concluded.exhibits)
    dates = sorted(
        quote.act_date for quote in quotes if quote.role is Role.SUPPORT and quote.act_date is not None
    )
    statuses = {conclusion.status for conclusion in concluded.conclusions}
    return Finding(
        criterion=concluded.criterion.id,
        status=concluded.status,
        conclusions=concluded.conclusions,
        quotes=quotes,
        split_by_wording=len(statuses) > 1,
        newest=dates[-1] if dates else None,
        oldest=dates[0] if dates else None,
        next_steps=concluded.next_steps,
        notes=concluded.notes,
        expires=concluded.expires,
        trends=concluded.trends,
    )


def _quote(exhibit: Exhibit, documents: Mapping[str, Document]) -> Quote:
    witness = exhibit.witness
    passage, act = witness.passage, witness.act
    document = documents[passage.document]
    places = places_of(document, passage, act.start, act.end)
    return Quote(
        id=witness.id,
        passage=passage.id,
        document=passage.document,
        paper=passage.paper,
        text=" ".join(document.pages[place.page_index].text[place.start : place.end] for place in places),
        places=places,
        role=exhibit.role,
        stance=witness.stance,
        whose=act.whose,
        cues=tuple(replace(cue, start=cue.start - act.start, end=cue.end - act.start) for cue in act.cues),
        elements=exhibit.elements,
        act_date=witness.when,
        date_from_paper=witness.from_paper,
        in_window=witness.fresh,
        headings=passage.context.headings,
        stem=passage.context.stem,
        header=passage.context.header,
        probability=witness.prediction.probability,
        reasons=witness.prediction.reasons,
        remark=exhibit.remark,
    )


def cited_pages_of(findings: Iterable[Finding], documents: Mapping[str, Document]) -> tuple[CitedPage, ...]:
    """Take the text of every page on which a quote stands, in order of document and page."""
    order = {name: index for index, name in enumerate(documents)}
    cited = {
        (place.document, place.page_index)
        for finding in findings
        for q in finding.quotes
        for place in q.places
    }
    pages = []
    for name, index in sorted(cited, key=lambda key: (order[key[0]], key[1])):
        page = documents[name].pages[index]
        pages.append(
            CitedPage(document=name, page_index=index, page=page.number, label=page.label, text=page.text)
        )
    return tuple(pages)


def summary_of(document: Document) -> DocumentSummary:
    """Count what was read of a document."""
    states = Counter(page.state for page in document.pages)

    def numbers(chosen: Callable[[Page], bool]) -> tuple[int, ...]:
        return tuple(page.number or index + 1 for index, page in enumerate(document.pages) if chosen(page))

    return DocumentSummary(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        size=document.size,
        media=document.media,
        state=document.state,
        page_count=len(document.pages),
        read_pages=states[PageState.READ],
        blank_pages=numbers(lambda page: page.state is PageState.BLANK),
        unread_pages=numbers(lambda page: page.state is PageState.UNREAD),
        ocr_pages=numbers(lambda page: page.ocr),
        unsure_pages=numbers(lambda page: page.confidence is not None and page.confidence < LEAST_PAGE),
    )


def problems_of(
    documents: Mapping[str, Document],
    register: Iterable[Problem],
    across: Across,
    concluded: Iterable[Concluded],
) -> tuple[Problem, ...]:
    """Put together what went wrong in reading, then with the register, and what papers claim or add up wrongly.

    Of claims and totals only the place is told, no words or figures: problems are shared, and the papers may not be.
    """
    reading = (one for document in documents.values() for one in document.problems)
    claims = (_claim_problem(*each, documents) for each in across.unsupported(concluded))
    off: dict[str, list[Passage]] = {}
    for mismatch in across.mismatches:
        off.setdefault(mismatch.passage.document, []).append(mismatch.passage)
    totals = (
        Problem(
            code=TOTALS_DIFFER,
            file=documents[name].path,
            message="Headcounts by ethnic group do not come to their total.",
            next_step="Compare them with their source. Notes of the criteria that quote them give the figures.",
            pages=_pages(passages, documents[name]),
        )
        for name, passages in off.items()
    )
    return (*reading, *register, *claims, *totals)


def _claim_problem(claim: Claim, missing: int, documents: Mapping[str, Document]) -> Problem:
    document = documents[claim.passage.document]
    criteria = "criterion has" if missing == 1 else "criteria have"
    return Problem(
        code=CLAIM_UNSUPPORTED,
        file=document.path,
        message=f"It says that a level is attained as a whole; of what it claims, {missing} {criteria} no support.",
        next_step="A claim shows nothing. Their notes quote it; add the papers that show what was done.",
        pages=_pages([claim.passage], document),
    )


def _pages(passages: Iterable[Passage], document: Document) -> tuple[int, ...]:
    """Return the numbers of the pages on which passages begin."""
    numbers = (document.pages[passage.segments[0].page].number for passage in passages)
    return tuple(sorted({number for number in numbers if number is not None}))


def level_lines(framework: Framework, findings: Iterable[Finding]) -> tuple[LevelLine, ...]:
    """Count, level by level, the deliverables that are evidenced. Nobody has confirmed any yet."""
    status = {finding.criterion: finding.status for finding in findings}
    lines = []
    for level in framework.levels:
        deliverables = [
            criterion.id
            for criterion in framework.criteria
            if criterion.level == level.id and criterion.kind is CriterionKind.DELIVERABLE
        ]
        evidenced = sum(status.get(name) is Status.EVIDENCED for name in deliverables)
        text = level_line(level.label, evidenced=evidenced, total=len(deliverables), confirmed=0)
        lines.append(
            LevelLine(level=level.id, evidenced=evidenced, total=len(deliverables), confirmed=0, text=text)
        )
    return tuple(lines)


def organisation_of(stated: str, papers: Iterable[Paper]) -> tuple[str, str]:
    """Return whose papers these are, and how that is known: stated, else what most papers say."""
    if stated:
        return stated, "stated by the user"
    named = Counter(paper.profile.organisation for paper in papers if paper.profile.organisation)
    if not named:
        return "", "not stated, and no paper names one"
    name, times = max(named.items(), key=lambda pair: (pair[1], pair[0]))
    return name, f"named by {times} of {named.total()} papers that name an organisation"


def anything_read(documents: Iterable[Document]) -> bool:
    """Tell whether any document could be read at all."""
    return any(document.state is not DocumentState.NOT_READ for document in documents)
