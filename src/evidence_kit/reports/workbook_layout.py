"""The sheets of the travelling workbook: what ``workbook`` writes and ``pipeline.filled`` reads back.

Columns are found by their headings, so a person may move them, sort the rows and add columns of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from evidence_kit.records.decision import (
    CRITERION_DECISIONS,
    NETWORK_VIEWS,
    QUOTE_DECISIONS,
    SELF_ASSESSMENTS,
    Verdict,
)
from evidence_kit.reports.words import VERDICT_WORDS

SCHEMA = "evidence-kit/workbook"
SCHEMA_VERSION = 1

START = "Start here"
SELF_ASSESSMENT = "Self-assessment"
EVIDENCE = "Evidence"
ADDED = "Add evidence"
GAPS = "Gaps"
ACTIONS = "Action plan"
DOCUMENTS = "Documents"
NOT_READ = "Not read"
LISTS = "Lists"
ABOUT = "About"

YOUR_NAME = "Your name"
"""Label on the first sheet; the cell to its right holds who decides."""

CRITERION = "Criterion"
DECISION = "Decision"
COMMENT = "Comment"
BELONGS_TO = "Belongs to"
SAID_BEFORE = "Said before"

IN_PLACE = "In place or development area"
CONFIRMED_BY = "Confirmed by"
NETWORK_VIEW = "Staff network's view"
NETWORK_WHY = "Why (staff network)"

QUOTE = "Quote"
WORDS_BEFORE = "Words before"
WORDS_AFTER = "Words after"
PAPER_KEY = "Paper key"

DOCUMENT = "Document"
PAGE = "Page"
WHY = "Why it shows it"

LEVEL = "Level"
ACTION = "Action"
PERSON = "Person/Team"
TIMESCALE = "Timescale"
TARGET_DATE = "Target completion date"
PROGRESS = "Progress"
COMMENTS = "Comments"
ACTION_COLUMNS = (LEVEL, ACTION, PERSON, TIMESCALE, TARGET_DATE, PROGRESS, COMMENTS)
"""The seven columns of the framework's sample action plan."""

STATUS_NOW = "In these documents"

DONE = "complete"
PROGRESS_CHOICES = ("not started", "ongoing", DONE)


def choices(verdicts: tuple[Verdict, ...]) -> tuple[str, ...]:
    """Return the words of a drop-down."""
    return tuple(VERDICT_WORDS[verdict] for verdict in verdicts)


def verdict_of(words: str, verdicts: tuple[Verdict, ...]) -> Verdict | None:
    """Return the verdict that a cell names, whatever its case and spacing; ``None`` if it names none."""
    said = " ".join(words.split()).casefold()
    return next((verdict for verdict in verdicts if VERDICT_WORDS[verdict].casefold() == said), None)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, width in characters, and the words of its drop-down.

    Attributes:
        filled_in: A person writes here.
        folded: Long text is folded in the cell; else the column is for reading back, stands last and is not printed.
    """

    heading: str
    width: int
    choices: tuple[str, ...] = ()
    filled_in: bool = False
    folded: bool = True


SELF_ASSESSMENT_COLUMNS: Final = (
    Column(LEVEL, 10),
    Column(CRITERION, 10),
    Column("Asks", 60),
    Column(STATUS_NOW, 20),
    Column(IN_PLACE, 20, choices(SELF_ASSESSMENTS), filled_in=True),
    Column(CONFIRMED_BY, 20, filled_in=True),
    Column(NETWORK_VIEW, 14, choices(NETWORK_VIEWS), filled_in=True),
    Column(NETWORK_WHY, 30, filled_in=True),
    Column(DECISION, 20, choices((*CRITERION_DECISIONS, Verdict.WITHDRAWN)), filled_in=True),
    Column(COMMENT, 30, filled_in=True),
    Column(SAID_BEFORE, 40),
)
EVIDENCE_COLUMNS: Final = (
    Column(CRITERION, 10),
    Column("Quote no.", 8),
    Column("What it does", 12),
    Column(QUOTE, 60),
    Column(DOCUMENT, 24),
    Column(PAGE, 8),
    Column(DECISION, 20, choices((*QUOTE_DECISIONS, Verdict.WITHDRAWN)), filled_in=True),
    Column(BELONGS_TO, 10, filled_in=True),
    Column(COMMENT, 30, filled_in=True),
    Column(SAID_BEFORE, 30),
    Column("Date", 18),
    Column("In the window", 9),
    Column("Bears on", 34),
    Column("Remark", 30),
    Column("Read as", 16),
    Column("Heading", 24),
    Column("Printed page", 8),
    Column(WORDS_BEFORE, 20, folded=False),
    Column(WORDS_AFTER, 20, folded=False),
    Column(PAPER_KEY, 14, folded=False),
)
"""What people decide stands beside the quote and its place, on one screen with them."""
ADDED_COLUMNS: Final = (
    Column(CRITERION, 12, filled_in=True),
    Column(DOCUMENT, 50, filled_in=True),
    Column(PAGE, 10, filled_in=True),
    Column(WHY, 80, filled_in=True),
)
GAP_COLUMNS: Final = (
    Column(LEVEL, 10),
    Column(CRITERION, 10),
    Column("Asks", 44),
    Column(STATUS_NOW, 20),
    Column("Missing", 50),
    Column("Basis", 16),
    Column("What good evidence looks like", 44),
    Column("Usually found in", 30),
    Column("What would change it", 50),
)
ACTION_PLAN_COLUMNS: Final = (
    Column(LEVEL, 10),
    Column(ACTION, 80, filled_in=True),
    Column(PERSON, 20, filled_in=True),
    Column(TIMESCALE, 14, filled_in=True),
    Column(TARGET_DATE, 16, filled_in=True),
    Column(PROGRESS, 14, PROGRESS_CHOICES, filled_in=True),
    Column(COMMENTS, 50, filled_in=True),
)
DOCUMENT_COLUMNS: Final = (
    Column(DOCUMENT, 40),
    Column("Format", 14),
    Column("State", 12),
    Column("Pages", 8),
    Column("Paper", 44),
    Column("Kind", 20),
    Column("Date", 18),
    Column("Why this date", 34),
    Column("Status", 18),
    Column("Public", 18),
    Column("Remark", 40),
)
NOT_READ_COLUMNS: Final = (
    Column(DOCUMENT, 40),
    Column("Pages", 18),
    Column("What happened", 60),
    Column("What to do", 60),
)
