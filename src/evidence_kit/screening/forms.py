"""Forms that people fill in: claims for applicants, and blind forms for reviewers.

A reviewer's form is made from the framework and the applicant's own claims alone: no function here is given what the
tool found, so that no verdict, status or score of it can stand in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.decision import CRITERION_DECISIONS
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.findings import variant_label, wordings_of
from evidence_kit.reports.view import levels_for
from evidence_kit.reports.word_base import finished, open_base
from evidence_kit.reports.word_parts import Blank, Run, Table
from evidence_kit.reports.words import listed, one_line, sentence
from evidence_kit.reports.workbook_base import Cell, Sheets
from evidence_kit.reports.workbook_layout import Column
from evidence_kit.screening.claims import CLAIMED, CLAIMED_WORDS, CLAIMS, MEANS, NAME, NAMES, TEXT, Claim

REVIEW = "Review"
APPLICANT = "Applicant"
REVIEWER = layout.YOUR_NAME
SPARE_ROWS = 80
CLAIM_COLUMNS = (
    Column(layout.CRITERION, 12, filled_in=True),
    Column(CLAIMED, 18, tuple(CLAIMED_WORDS.values()), filled_in=True),
    Column(layout.DOCUMENT, 44, filled_in=True),
    Column(layout.PAGE, 10, filled_in=True),
    Column(TEXT, 80, filled_in=True),
)
NAME_COLUMNS = (Column(NAME, 30, filled_in=True), Column(MEANS, 60, filled_in=True))
REVIEW_COLUMNS = (
    Column(layout.LEVEL, 10),
    Column(layout.CRITERION, 10),
    Column("Wordings", 60),
    Column("What the applicant says", 50),
    Column("Pages that the applicant cites", 40),
    Column(layout.DECISION, 22, layout.choices(CRITERION_DECISIONS), filled_in=True),
    Column(layout.COMMENT, 50, filled_in=True),
)


def claims_template(framework: Framework, target: str, made: date) -> bytes:
    """Return the workbook in which an applicant makes claims: a row for every criterion of the target, and spare ones.

    Raises:
        UsageError: The framework has no such level.
    """
    book = Sheets(title="Claims of an applicant", made=made)
    book.lines(
        layout.START,
        _HOW_TO_CLAIM,
        title=f"{framework.title}: claims of an applicant",
        filled_in=(("Organisation", ""), ("Filled in by", "")),
    )
    rows = [(criterion.id, "", "", "", "") for criterion in criteria_for(framework, target)]
    source = f"={layout.LISTS}!$A$2:$A${len(framework.criteria) + 1}"
    book.table(CLAIMS, CLAIM_COLUMNS, rows, spare=SPARE_ROWS, sources={layout.CRITERION: source})
    book.table(NAMES, NAME_COLUMNS, [], spare=12)
    book.lines(
        "Criteria", ((c.id, " / ".join(text for _, text in wordings_of(c))) for c in framework.criteria)
    )
    book.choices(layout.LISTS, {layout.CRITERION: (14, [criterion.id for criterion in framework.criteria])})
    return book.finished()


def criteria_for(framework: Framework, target: str) -> tuple[Criterion, ...]:
    """Return the criteria of the target level and those that it builds on, in the framework's order.

    Raises:
        UsageError: The framework has no such level.
    """
    _, levels = levels_for(framework, target)
    wanted = {level.id for level in levels}
    return tuple(criterion for criterion in framework.criteria if criterion.level in wanted)


def review_workbook(
    framework: Framework,
    target: str,
    organisation: str,
    claims: Sequence[Claim],
    *,
    reviewer: str,
    made: date,
) -> bytes:
    """Return a reviewer's form as a workbook; arguments as for :func:`review_document`."""
    book = Sheets(title="Reviewer's form", made=made)
    book.lines(
        layout.START,
        (
            (APPLICANT, one_line(organisation) or "not named"),
            ("Framework", f"{framework.title}, {framework.edition}"),
            *_HOW_TO_REVIEW,
            ("Wordings", framework.attribution),
        ),
        title="Reviewer’s form",
        filled_in=((REVIEWER, reviewer),),
    )
    book.table(REVIEW, REVIEW_COLUMNS, _review_rows(framework, target, claims))
    return book.finished()


def review_document(
    framework: Framework,
    target: str,
    organisation: str,
    claims: Sequence[Claim],
    *,
    reviewer: str,
    made: date,
) -> bytes:
    """Return a reviewer's form as a Word document.

    Args:
        framework: Whose criteria, in its own order, with all wordings.
        target: The level that is applied for.
        organisation: The applicant.
        claims: What it claims, in its own words.
        reviewer: Whose form it is.
        made: Day of the round.
    """
    title = f"Reviewer’s form: {one_line(organisation) or 'applicant not named'}"
    base = open_base(None, foot=f"{title} · {one_line(reviewer)}")
    body = base.body
    body.paragraph(title, "Title")
    body.paragraph(f"{framework.title}, {framework.edition}", "Subtitle")
    body.paragraph(
        [Run(f"{REVIEWER}: ", "Strong"), Blank(REVIEWER, reviewer or "name", draft=bool(reviewer))]
    )
    for label, text in _HOW_TO_REVIEW:
        body.paragraph([Run(f"{label}: ", "Strong"), text])
    with base.landscape():
        body.table(
            Table(
                caption=REVIEW,
                columns=[column.heading for column in REVIEW_COLUMNS[1:]],
                widths=(2, 6, 5, 4, 4, 5),
                rows=[[str(cell) for cell in row[1:]] for row in _review_rows(framework, target, claims)],
            )
        )
    body.paragraph(framework.attribution, "Evidence Source")
    return finished(base, title=title, made=made)


def _review_rows(framework: Framework, target: str, claims: Sequence[Claim]) -> Iterator[Sequence[Cell]]:
    labels = {level.id: level.label for level in framework.levels}
    for criterion in criteria_for(framework, target):
        mine = [claim for claim in claims if claim.criterion == criterion.id]
        yield (
            labels[criterion.level],
            criterion.id,
            " ".join(f"{variant_label(one.variant)}: {one_line(one.text)}" for one in criterion.wordings),
            " ".join(f"{claim.id}, {CLAIMED_WORDS[claim.claimed]}: {_said(claim)}" for claim in mine)
            or "no claim",
            " ".join(f"{claim.id}: {_where(claim)}." for claim in mine if claim.document),
            "",
            "",
        )


def _said(claim: Claim) -> str:
    return sentence(one_line(claim.text)) if claim.text else "no words."


def _where(claim: Claim) -> str:
    return (
        f"{one_line(claim.document)}, page {one_line(claim.page)}" if claim.page else one_line(claim.document)
    )


_HOW_TO_CLAIM = (
    (
        "How to use it",
        "One row for every claim: a criterion, a document of your application by its file name, and the page, by the "
        "number printed on it or the number that the file shows. Several rows for one criterion are welcome.",
    ),
    (
        "What counts",
        "What your documents show. This form, a narrative and a self-assessment say what you claim; they show nothing "
        "themselves. Whole packs and extracts are treated alike.",
    ),
    (
        NAMES,
        "Names of your own for networks, committees and programmes, and what each is. They are shown to the "
        "coordinator and used only if accepted.",
    ),
)
_HOW_TO_REVIEW = (
    (
        "How to use it",
        "Read the pages that the applicant cites, and decide for every criterion: "
        f"{listed([f'“{words}”' for words in layout.choices(CRITERION_DECISIONS)], 'or')}. Say why in the comment. "
        "The form holds what the applicant wrote and nothing else.",
    ),
)
