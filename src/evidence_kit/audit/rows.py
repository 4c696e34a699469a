"""The rows of one submission in the dataset's tables; columns are those of :mod:`evidence_kit.audit.tables`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from evidence_kit.audit.inventory import Facts
from evidence_kit.audit.manifest import Submission
from evidence_kit.audit.tables import Row
from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.finding import Conclusion, Finding, Quote, Status
from evidence_kit.reports.words import one_line

ROUNDED = 3


def rows_of(
    submission: Submission,
    facts: Facts,
    evidence_map: EvidenceMap | None,
    framework: Framework,
    kinds: Sequence[str],
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of a submission, by table.

    Args:
        submission: Of whom and when.
        facts: What was read.
        evidence_map: What was concluded, if anything was.
        framework: Its criteria and regions.
        kinds: Sorts of papers that are audited.
    """
    where = is_in_region(submission, framework)
    documents = tuple(_documents(submission, facts))
    problems = tuple(_problems(submission, facts))
    head = (inventory_row(submission, facts, in_region=where, concluded=evidence_map is not None),)
    if evidence_map is None:
        return {"inventory": head, "documents": documents, "problems": problems}
    paths = {document.id: document.path for document in evidence_map.documents}
    findings: list[Row] = []
    elements: list[Row] = []
    quotes: list[Row] = []
    for finding in evidence_map.findings:
        criterion = framework.criterion(finding.criterion)
        findings.append(_finding(submission, facts, finding, criterion, kinds, in_region=where))
        for conclusion in finding.conclusions:
            elements.extend(_elements(submission, finding, criterion, conclusion))
        quotes.extend(_quote(submission, finding, quote, paths) for quote in finding.quotes)
    return {
        "inventory": head,
        "findings": tuple(findings),
        "elements": tuple(elements),
        "quotes": tuple(quotes),
        "documents": documents,
        "problems": problems,
    }


def is_in_region(submission: Submission, framework: Framework) -> bool:
    """Tell whether the framework is in use where an organisation is; an unknown region counts as inside."""
    regions = {region.casefold() for region in framework.regions}
    return not regions or not submission.region or submission.region.casefold() in regions


def is_expected(criterion: Criterion, kinds: Sequence[str]) -> bool:
    """Tell whether papers of these sorts usually show a criterion."""
    usual = {one.casefold() for one in criterion.expected_in}
    return not usual or any(kind.casefold() in usual for kind in kinds)


def inventory_row(submission: Submission, facts: Facts, *, in_region: bool, concluded: bool) -> Row:
    """Return the row of the table ``inventory``."""
    used = [file for file in facts.files if file.used]
    return (
        *_who(submission),
        facts.state.value,
        one_line(facts.words),
        len(facts.files),
        len(used),
        sum(file.pages for file in used),
        sum(file.unread_pages for file in used),
        submission.year.as_of.isoformat(),
        in_region,
        concluded,
    )


def _who(submission: Submission) -> Row:
    return (
        submission.organisation,
        submission.code,
        submission.type,
        submission.region,
        submission.year.label,
    )


def _key(submission: Submission) -> Row:
    return (submission.code, submission.year.label)


def _finding(
    submission: Submission,
    facts: Facts,
    finding: Finding,
    criterion: Criterion,
    kinds: Sequence[str],
    *,
    in_region: bool,
) -> Row:
    main = finding.conclusions[0]
    used = [file for file in facts.files if file.used]
    return (
        *_who(submission),
        criterion.id,
        criterion.kind.value,
        criterion.driver,
        finding.status.value,
        finding.status is Status.EVIDENCED,
        finding.applies,
        is_expected(criterion, kinds),
        in_region,
        main.intention_only,
        finding.split_by_wording,
        main.rule,
        one_line(main.reason),
        _day(finding.newest),
        _day(finding.oldest),
        len(finding.quotes),
        sum(file.pages for file in used),
        sum(file.unread_pages for file in used),
    )


def _elements(
    submission: Submission, finding: Finding, criterion: Criterion, conclusion: Conclusion
) -> Iterator[Row]:
    known = {element.id: element for element in criterion.elements}
    for result in conclusion.elements:
        element = known[result.element]
        yield (
            *_key(submission),
            criterion.id,
            conclusion.variant,
            element.id,
            one_line(element.asks),
            element.required,
            element.core,
            element.basis.value,
            result.outcome.value,
            one_line(result.reason),
            " ".join(result.quotes),
            finding.applies,
        )


def _quote(submission: Submission, finding: Finding, quote: Quote, paths: dict[str, str]) -> Row:
    first = quote.places[0] if quote.places else None
    return (
        *_key(submission),
        finding.criterion,
        quote.id,
        quote.role.value,
        quote.stance.value,
        quote.document,
        one_line(paths[quote.document]),
        first.page if first else None,
        (first.label if first else None) or "",
        one_line(quote.text),
        " ".join(quote.elements),
        _day(quote.act_date),
        quote.in_window,
        round(quote.probability, ROUNDED),
        one_line(quote.remark),
    )


def _documents(submission: Submission, facts: Facts) -> Iterator[Row]:
    for file in facts.files:
        yield (
            *_key(submission),
            file.document,
            one_line(file.path),
            one_line(file.source),
            file.sha256,
            file.size,
            file.media,
            file.reading,
            file.pages,
            file.read_pages,
            file.unread_pages,
            one_line(file.title),
            one_line(file.organisation),
            file.kind,
            file.period_start or None,
            file.period_end or None,
            file.state.value,
            one_line(file.words),
            file.used,
        )


def _problems(submission: Submission, facts: Facts) -> Iterator[Row]:
    for problem in facts.problems:
        yield (
            *_key(submission),
            one_line(problem.file),
            problem.code,
            one_line(problem.message),
            one_line(problem.next_step),
            " ".join(map(str, problem.pages)),
        )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
