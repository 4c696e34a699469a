"""``screening.xlsx``: every claim with its verdict, quotes and reasons, for the coordinator; never for reviewers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from evidence_kit.pipeline.filled import Fault
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.documents import ranges
from evidence_kit.reports.words import DISCLAIMER, count, listed, one_line
from evidence_kit.reports.workbook import MOST_LINK
from evidence_kit.reports.workbook_base import Cell, Sheets
from evidence_kit.reports.workbook_layout import Column
from evidence_kit.screening.claims import CLAIMED, CLAIMED_WORDS, CLAIMS, TEXT
from evidence_kit.screening.letters import Ask
from evidence_kit.screening.merge import SideBySide, decision_words
from evidence_kit.screening.round import Ruling
from evidence_kit.screening.screen import Application
from evidence_kit.screening.sheet import reading_order
from evidence_kit.screening.verdicts import CLAIM_WORDS, Screened

CLAIM_COLUMNS = (
    Column("Read", 6),
    Column("Claim", 7),
    Column(layout.CRITERION, 10),
    Column(CLAIMED, 14),
    Column(TEXT, 40),
    Column("Cites", 28),
    Column("Cell", 14),
    Column("Reading", 18),
    Column("Why", 50),
    Column("Shown", 36),
    Column("Missing", 36),
    Column("Quote", 60),
    Column("Where", 36),
    Column("Remarks", 44),
)
UNCITED_COLUMNS = (
    Column(layout.CRITERION, 10),
    Column("In these documents", 18),
    Column("Quote", 70),
    Column("Where", 50),
)
INTAKE_COLUMNS = (Column("What", 26), Column("Where", 40), Column("Told", 70), Column("What to do", 60))
QUESTION_COLUMNS = (
    Column("Claim", 7),
    Column(layout.CRITERION, 10),
    Column("Question", 90),
    Column("Rests on", 60),
)
MERGE_COLUMNS = (
    Column(layout.CRITERION, 10),
    Column("Reviewers", 60),
    Column("The tool’s reading of the claims", 34),
    Column("Reviewers differ", 12),
    Column("A reviewer differs from the tool", 16),
)


def render(
    application: Application,
    asks: Sequence[Ask],
    rulings: Sequence[Ruling],
    settings: Sequence[tuple[str, str]],
) -> bytes:
    """Return the workbook of a screened application; the same screening gives the same bytes."""
    view = application.view
    book = Sheets(title="Screening", made=view.map.as_of)
    book.lines(
        layout.START,
        (
            ("As at", view.as_of),
            ("Target", view.target.label),
            ("Searched", view.searched.words),
            *settings,
            *((f"Ruling of {one.date}", f"{one.question} {one.ruling}") for one in rulings),
            ("Independence", DISCLAIMER),
        ),
        title=f"Screening: {one_line(view.map.organisation) or 'organisation not named'}",
    )
    book.table(CLAIMS, CLAIM_COLUMNS, _claims(application))
    book.table("Not cited", UNCITED_COLUMNS, _uncited(application))
    book.table("Intake", INTAKE_COLUMNS, _intake(application))
    book.table("Questions", QUESTION_COLUMNS, _questions(asks))
    return book.finished()


def render_merged(
    organisation: str, rows: Sequence[SideBySide], faults: Sequence[Fault], made: date
) -> bytes:
    """Return the workbook in which reviewers and the tool stand side by side, and what was not understood."""
    book = Sheets(title="Reviews", made=made)
    differ = sum(row.reviewers_differ for row in rows)
    book.lines(
        layout.START,
        (
            ("Decided", count(len(rows), "criterion", "criteria")),
            ("Reviewers differ", count(differ, "criterion", "criteria")),
            *((f"Not understood: {fault.cell}", fault.message) for fault in faults),
        ),
        title=f"Reviews: {one_line(organisation)}",
    )
    book.table("Side by side", MERGE_COLUMNS, map(_merged, rows))
    return book.finished()


def _merged(row: SideBySide) -> Sequence[Cell]:
    words = {verdict.value: told for verdict, told in CLAIM_WORDS.items()}
    return (
        row.criterion,
        "; ".join(map(decision_words, row.decisions)),
        "; ".join(words[one] for one in row.tool) or "no claim",
        "yes" if row.reviewers_differ else "",
        {True: "yes", False: "", None: "nothing to compare"}[row.tool_differs],
    )


def _claims(application: Application) -> Iterator[Sequence[Cell]]:
    for number, one in enumerate(reading_order(application.screened), start=1):
        yield (number, *_claim(one))


def _claim(one: Screened) -> Iterator[Cell]:
    claim = one.claim
    quote = one.quotes[0] if one.quotes else None
    yield from (claim.id, claim.criterion, CLAIMED_WORDS[claim.claimed], one_line(claim.text))
    yield one_line(f"{claim.document} {claim.page}")
    yield from (claim.cell, CLAIM_WORDS[one.verdict], one.reason, " ".join(one.shown), " ".join(one.missing))
    yield " / ".join(f"“{q.text}”" for q in one.quotes[:4])
    places = "; ".join(q.place for q in one.quotes[:4])
    yield (quote.link, places) if quote and 0 < len(quote.link) <= MOST_LINK else places
    yield " ".join(one.remarks)


def _uncited(application: Application) -> Iterator[Sequence[Cell]]:
    for finding, quotes in application.uncited:
        for quote in quotes:
            linked = 0 < len(quote.link) <= MOST_LINK
            yield (
                finding.criterion.id,
                finding.status_words,
                quote.text,
                (quote.link, quote.place) if linked else quote.place,
            )


def _intake(application: Application) -> Iterator[Sequence[Cell]]:
    intake = application.intake
    for problem in intake.problems:
        pages = f", page {ranges(problem.pages)}" if problem.pages else ""
        yield (
            "Not read",
            f"{one_line(problem.file)}{pages}",
            one_line(problem.message),
            one_line(problem.next_step),
        )
    for claim, missing in intake.missing:
        for name, near in missing:
            yield (
                "Cited and not there",
                f"{claim.id}, {claim.cell}",
                name,
                f"Nearest: {listed(near)}" if near else "",
            )
    for row in intake.unmatched:
        yield "Fits no criterion", row.cell, row.why, ""
    for personal in intake.personal:
        yield "Perhaps too personal", personal.file, personal.why, listed(personal.places)
    for trick in intake.tricks:
        yield "Speaks to the reader", f"{trick.file} {trick.page}".strip(), trick.what, trick.words
    for one in application.screened:
        for words in one.suspect:
            yield "Passed over", one.claim.id, words, ""
    for name in intake.copies:
        yield "Copy of the form", name, "Not read as evidence.", ""
    for name, means, accepted in intake.names:
        yield "Own name", name, means, "accepted" if accepted else "not accepted: --accept-name takes it"
    for prompt in intake.prompts:
        yield "For the applicant", "", prompt, ""


def _questions(asks: Sequence[Ask]) -> Iterator[Sequence[Cell]]:
    for ask in asks:
        rests = dict.fromkeys(place for sentence in ask.sentences for place in sentence.rests_on)
        yield ask.claim, ask.criterion, ask.text, "; ".join(rests)
