"""``evidence-pack.docx``: the pack that a trust submits, for a person to finish.

Contents, summary, every criterion of the target's levels with room for the trust's own statement, gaps and actions, an
index of evidence, and a summary for the board. What the tool reads and what people say always stand apart. People's
remarks on their decisions are for their own house and stay out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evidence_kit.records.document import Problem
from evidence_kit.records.passage import Paper
from evidence_kit.reports.chosen import Chosen, choose
from evidence_kit.reports.documents import ranges, with_unread
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.view import LevelView, MapView
from evidence_kit.reports.word_base import finished, open_base
from evidence_kit.reports.word_parts import Blank, Body, Run, Table, Words
from evidence_kit.reports.words import (
    DISCLAIMER,
    KIND_WORDS,
    ROLE_WORDS,
    STATUS_ORDER,
    STATUS_WORDS,
    count,
    day,
    listed,
    one_line,
    sentence,
)

SHOWN_PROBLEMS = 8
"""On the summary, which is one page; the others are counted."""
NOBODY = "nobody has decided about it yet"
UNCHECKED = "Not yet checked by the trust"


def render(view: MapView, template: Path | None = None) -> bytes:
    """Return the pack; the same map and decisions give the same bytes.

    Args:
        view: What the map and people say.
        template: A user's Word document whose styles, page, header and footer are used.

    Raises:
        UsageError: The template cannot be used.
    """
    name = f"{view.target.label} evidence pack"
    title = f"{one_line(view.map.framework.title)}: {name}"
    organisation = one_line(view.map.organisation) or "Organisation not stated"
    base = open_base(template, foot=f"{organisation} · {name} · as at {view.as_of}")
    chosen = {
        finding.criterion.id: choose(finding.quotes) for level in view.levels for finding in level.findings
    }
    body = base.body
    _cover(body, view, title, organisation)
    place = len(body.blocks)
    _summary(body, view, chosen)
    for level in view.levels:
        _level(body, view, level, chosen)
    with base.landscape():
        _gaps(body, view, chosen)
        _index(body, view, chosen)
    _board(body, view)
    body.contents(place)
    return finished(base, title=f"{title}, {organisation}", made=view.map.as_of)


def item(finding: FindingView, quote: QuoteView) -> str:
    """Name a quote: its criterion and its number there, the same in every report."""
    return f"{finding.criterion.id}-{quote.number}"


def _cover(body: Body, view: MapView, title: str, organisation: str) -> None:
    body.paragraph(title, "Title")
    body.paragraph(organisation, "Subtitle")
    body.paragraph(f"{sentence(one_line(view.map.framework.edition))} As at {view.as_of}.")
    body.paragraph(
        "A draft, for the trust to finish: the grey places are for its own words. Quotes stand word for word as in "
        "the papers. “The tool’s reading” is what evidence-kit reads in them; “the trust’s word” what people decided."
    )


def _summary(body: Body, view: MapView, chosen: Mapping[str, Chosen]) -> None:
    body.heading("Summary", 1)
    for level in view.levels:
        body.bullet(level.line)
    body.table(
        Table(
            caption="Criteria by the tool’s reading",
            columns=("In these documents", "Deliverables", "Supporting actions"),
            widths=(5, 2, 2),
            rows=_statuses(view),
        )
    )
    body.heading("What people have said", 3)
    body.paragraph(_said(view, chosen))
    body.heading("What was searched", 3)
    body.paragraph(sentence(view.searched.words))
    problems = with_unread(view.documents, view.problems)
    for problem in problems[:SHOWN_PROBLEMS]:
        body.bullet(_problem(problem))
    if len(problems) > SHOWN_PROBLEMS:
        body.paragraph(f"And {len(problems) - SHOWN_PROBLEMS} more, all listed in the evidence map.")
    body.paragraph(DISCLAIMER, "Evidence Source")


def _statuses(view: MapView) -> Iterator[Sequence[Words]]:
    for status in STATUS_ORDER:
        found = [one for level in view.levels for one in level.findings if one.status is status]
        deliverables = sum(one.is_deliverable for one in found)
        yield STATUS_WORDS[status], str(deliverables), str(len(found) - deliverables)


def _said(view: MapView, chosen: Mapping[str, Chosen]) -> str:
    findings = [finding for level in view.levels for finding in level.findings]
    every = chosen.values()
    decided = sum(bool(finding.decisions) for finding in findings)
    quotes = [
        f"{count(sum(len(one.accepted) for one in every), 'quote')} accepted",
        f"{sum(len(one.unchecked) for one in every)} not yet checked",
    ]
    others = (
        ("of which people say that more is needed", sum(len(one.needs_more) for one in every)),
        ("about which people differ", sum(len(one.different) for one in every)),
        (
            "left out, since people rejected them or said that they belong elsewhere",
            sum(one.rejected + one.elsewhere for one in every),
        ),
    )
    quotes += [f"{number} {what}" for what, number in others if number]
    words = f"{decided} of {count(len(findings), 'criterion', 'criteria')} decided by a person. {'; '.join(quotes)}."
    unplaced = len(view.decided.unplaced)
    return (
        f"{words} {count(unplaced, 'decision')} could not be placed; the evidence map lists them."
        if unplaced
        else words
    )


def _problem(problem: Problem) -> str:
    pages = (
        f", {'pages' if len(problem.pages) > 1 else 'page'} {ranges(problem.pages)}" if problem.pages else ""
    )
    return one_line(f"{problem.file}{pages}: {problem.message}")


def _level(body: Body, view: MapView, level: LevelView, chosen: Mapping[str, Chosen]) -> None:
    body.heading(f"{level.level.label}: criterion by criterion", 1)
    body.paragraph(sentence(level.line))
    if level.level.text:
        body.paragraph(one_line(level.level.text), "Quote")
        body.paragraph(f"Level text. {view.map.framework.attribution}", "Evidence Source")
    if level.level.asks_more:
        body.paragraph("The level text also asks what no paper can show; a person has to answer:")
        for question in level.level.asks_more:
            body.bullet(question)
    if level.not_judged:
        body.paragraph(f"Not judged in this map: {listed(list(level.not_judged))}.")
    for finding in level.findings:
        _criterion(body, view, finding, chosen[finding.criterion.id])


def _criterion(body: Body, view: MapView, finding: FindingView, chosen: Chosen) -> None:
    name = finding.criterion.id
    body.heading(f"{name}. {one_line(finding.criterion.plain)}", 2)
    for label, text in finding.wordings:
        body.paragraph(one_line(text), "Quote")
        body.paragraph(f"{label} of this {KIND_WORDS[finding.criterion.kind]}", "Evidence Source")
    body.paragraph(view.map.framework.attribution, "Evidence Source")
    body.heading(f"The trust’s statement on {name}", 3)
    body.blank(
        Blank(f"The trust’s statement on {name}", "Write here what the trust has done, in its own words, and refer to "
        "the evidence by its numbers.")
    )  # fmt: skip
    body.heading(f"How {name} stands", 3)
    split = f" The framework’s wordings give different answers: {finding.split}." if finding.split else ""
    reading = f" {sentence(finding.status_line)} {finding.main.reason}{split}"
    body.paragraph([Run("The tool’s reading:", "Strong"), reading])
    said = "; ".join(
        f"{one.line}{f', when the tool’s reading was “{one.since}”' if one.since else ''}"
        for one in finding.decisions
    )
    body.paragraph([Run("The trust’s word:", "Strong"), f" {sentence(said or NOBODY)}"])
    _evidence(body, view, finding, chosen)
    if finding.missing:
        body.heading(f"What is missing for {name}", 3)
        for element in finding.missing:
            body.bullet(f"{one_line(element.asks)} {sentence(element.outcome_words)}")


def _evidence(body: Body, view: MapView, finding: FindingView, chosen: Chosen) -> None:
    papers = {paper.id: paper for paper in view.map.papers}
    groups = (
        ("Evidence that the trust accepted", chosen.accepted),
        ("Evidence of which the trust says that more is needed", chosen.needs_more),
        ("Evidence about which people at the trust differ", chosen.different),
        (UNCHECKED, chosen.unchecked),
    )
    for heading, quotes in groups:
        if quotes:
            body.heading(heading, 3)
        for quote in quotes:
            body.paragraph(f"“{quote.text}”", "Quote", anchor=quote.anchor)
            for words in _about(finding, quote, papers.get(quote.quote.paper)):
                body.paragraph(words, "Evidence Source")
    if not chosen.printed:
        body.heading("Evidence", 3)
        body.paragraph("None stands in this pack.")
    if chosen.left_out:
        body.paragraph(f"Left out: {chosen.left_out}.", "Evidence Source")


def _about(finding: FindingView, quote: QuoteView, paper: Paper | None) -> Iterator[Words]:
    """Say where a quote stands and when it was; then what the tool reads in it; then what people say of it."""
    around = f" Introduced by ‘{quote.stem}’." if quote.stem else ""
    if quote.header:
        around += f" Columns of the table: {listed(list(quote.header))}."
    owner = f" Owner, as the evidence register states: {_owner(paper)}." if _owner(paper) else ""
    named = f" Paper: {quote.paper}." if quote.paper else ""
    yield [
        Run(f"{item(finding, quote)}", "Strong"),
        f" {quote.place}.{around}{named} Date of the act: {quote.date}.{owner}",
    ]
    shows = f" It bears on: {' '.join(map(one_line, quote.elements))}" if quote.elements else ""
    whose = f", of {quote.whose}" if quote.whose else ""
    remark = f" {sentence(one_line(quote.remark))}" if quote.remark else ""
    role = ROLE_WORDS[quote.quote.role]
    does = quote.stance if role in quote.stance else f"{role}, {quote.stance}"
    reading = f" {does}{whose}.{shows}{remark}"
    yield [Run("The tool’s reading:", "Strong"), reading]
    if quote.decisions:
        said = "; ".join(one.line for one in quote.decisions)
        recut = " The words were cut otherwise then." if quote.recut else ""
        yield [Run("The trust’s word:", "Strong"), f" {sentence(said)}{recut}"]


def _owner(paper: Paper | None) -> str:
    return one_line(paper.profile.owner) if paper else ""


def _gaps(body: Body, view: MapView, chosen: Mapping[str, Chosen]) -> None:
    body.heading("Gaps and planned actions", 1)
    if not view.gaps:
        body.paragraph("Every criterion of these levels is evidenced in these documents.")
        return
    body.paragraph(
        "Gaps are gaps in the papers that were read; what was done without a paper can still be shown. What the papers "
        "plan is named by the number of its quote. Action, owner and date are for the trust."
    )
    body.table(
        Table(
            caption="What is not evidenced, the widest gaps first",
            columns=(
                "Criterion",
                "In these documents",
                "To be shown",
                "Planned in",
                "Action",
                "Owner",
                "Date",
            ),
            widths=(1.5, 2, 6, 1.5, 5, 3, 2),
            rows=(_gap(gap, chosen[gap.criterion.id]) for gap in view.gaps),
        )
    )


def _gap(gap: FindingView, chosen: Chosen) -> Sequence[Words]:
    name = gap.criterion.id
    plans: list[str | Run | Blank] = []
    for quote in gap.plans:
        if quote in chosen.printed:
            plans += [" ", Run(item(gap, quote), anchor=quote.anchor)]
    asks = " ".join(one_line(element.asks) for element in gap.missing) or one_line(gap.criterion.plain)
    blanks = (Blank(f"{what.capitalize()} for {name}", what) for what in ("action", "owner", "date"))
    return (name, gap.status_words, asks, plans[1:], *blanks)


def _index(body: Body, view: MapView, chosen: Mapping[str, Chosen]) -> None:
    body.heading("Index of evidence", 1)
    papers = {paper.id: paper for paper in view.map.papers}
    rows = [
        _index_row(finding, quote, papers.get(quote.quote.paper), chosen[finding.criterion.id])
        for level in view.levels
        for finding in level.findings
        for quote in chosen[finding.criterion.id].printed
    ]
    body.table(
        Table(
            caption="Every quote of this pack. “Page” counts the file’s pages; “printed” is the number on the page",
            columns=("Number", "Document", "Date", "Owner", "Page", "Printed", "Quote", "The trust’s word"),
            widths=(1.6, 4.3, 3.1, 2.2, 1.2, 1.4, 7.6, 2.1),
            rows=rows,
        )
    )


def _index_row(
    finding: FindingView, quote: QuoteView, paper: Paper | None, chosen: Chosen
) -> Sequence[Words]:
    title = one_line(paper.profile.title) if paper else ""
    return (
        Run(item(finding, quote), anchor=quote.anchor),
        f"{title} ({quote.file})" if title else quote.file,
        day(paper.profile.date if paper else None, none="no date found"),
        _owner(paper),
        quote.pages,
        quote.labels,
        f"“{quote.text}”",
        "not yet checked" if quote in chosen.unchecked else "; ".join(one.words for one in quote.decisions),
    )


def _board(body: Body, view: MapView) -> None:
    """Write the annex: a cover sheet for a board paper, and the gaps of the deliverables, a line each."""
    framework = view.map.framework
    body.heading("Annex: gap summary for the board", 1)
    unread = f"; {view.searched.unread}" if view.searched.unread else ""
    caveat = (
        f"Drawn from {view.searched.amount} read as at {view.as_of}{unread}. "
        "What these papers do not show may still have been done, and what they say was not checked beyond the papers."
    )
    fields = (
        ("Meeting", "name of the board or committee", False),
        ("Date", "date of the meeting", False),
        ("Agenda item", "number", False),
        ("Title", f"{framework.title}, {view.target.label}: where the evidence stands", True),
        ("Author", "name and role", False),
        ("Purpose", "for decision, discussion, assurance or information", False),
        ("Recommendation", "what the board is asked to do", False),
        ("Assurance caveat", caveat, True),
    )
    body.table(
        Table(
            caption="Cover sheet",
            columns=("Field", "To be filled in or changed"),
            widths=(1, 4),
            rows=((name, Blank(name, hint, draft)) for name, hint, draft in fields),
        )
    )
    body.heading("Where the evidence stands", 3)
    for level in view.levels:
        body.bullet(level.line)
    gaps = [gap for gap in view.gaps if gap.is_deliverable]
    actions = len(view.gaps) - len(gaps)
    if actions:
        body.paragraph(
            f"Not evidenced beside the deliverables: {count(actions, 'supporting action')} of these levels."
        )
    if gaps:
        body.table(
            Table(
                caption="Deliverables with gaps, the widest first",
                columns=("Criterion", "What it asks", "In these documents"),
                widths=(1.2, 6, 2),
                rows=((gap.criterion.id, one_line(gap.criterion.plain), gap.status_words) for gap in gaps),
            )
        )
