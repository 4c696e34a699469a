"""Papers, their profiles, and the passages they are cut into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence_kit.records.document import BlockKind, Span


class PaperKind(StrEnum):
    """What sort of paper a paper is; decides strength, and whether it can be evidence at all."""

    BOARD_PAPER = "board_paper"
    COMMITTEE_PAPER = "committee_paper"
    BOARD_MINUTES = "board_minutes"
    COMMITTEE_MINUTES = "committee_minutes"
    NETWORK_MINUTES = "network_minutes"
    ANNUAL_REPORT = "annual_report"
    POLICY = "policy"
    STRATEGY = "strategy"
    STATEMENT = "statement"
    REPORT = "report"
    ROLE_DESCRIPTION = "role_description"
    TERMS_OF_REFERENCE = "terms_of_reference"
    ACTION_PLAN = "action_plan"
    WEB_PAGE = "web_page"
    NEWSLETTER = "newsletter"
    LETTER = "letter"
    SLIDES = "slides"
    POSTER = "poster"
    AGENDA = "agenda"
    APPLICATION = "application"
    """A trust's own narrative or self-assessment: may claim, never show."""
    GUIDANCE = "guidance"
    """The framework itself, national guidance: says what is asked, never what was done."""
    OFFER = "offer"
    """A supplier's proposal or quotation: says what would be done for money, and was done elsewhere."""
    OTHER = "other"


class PaperStatus(StrEnum):
    """Where a paper stands in its life."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    """Said to be approved, ratified, final or published."""
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


STATED_BY_TRUST = "stated by the trust in its evidence register"
"""The reason of what no document shows: "published" cannot be known from files."""
AT_ITS_HEAD = "at its head"
"""Ends the reason of an organisation that speaks in a paper: it heads it, or is its author's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a paper says of itself. Every date is a calendar day or ``None``.

    Attributes:
        organisation: As the paper names it, else empty.
        meeting_date: Of the meeting that the paper went to, or that the minutes record.
        document_date: Approved, effective or published, else the end of the period that the title names.
        period_start, period_end: The period that the paper covers.
        review_date: When the paper lapses.
        body: The body that met or received the paper ("Board of Directors"), else empty.
        public: Whether it is shown to the public (a web page, a published annual report, a public board pack);
            ``None`` where nothing says so.
        date_is_weak: The only date is the file's own metadata.
        marking: Of confidentiality, as printed ("OFFICIAL-SENSITIVE"), else empty.
        weak_title: The paper's own title, where the better one that the evidence register states is shown in its stead.
        owner, address, published: Who answers for it, where and when it was published: as the evidence register states.
        reasons: Pairs of field name and why it has its value; ``extract`` says that the file is a part of something
            longer, and how that is known; ``changes`` that it holds tracked changes.
    """

    title: str = ""
    weak_title: str = ""
    organisation: str = ""
    kind: PaperKind = PaperKind.OTHER
    status: PaperStatus = PaperStatus.UNKNOWN
    meeting_date: date | None = None
    document_date: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    review_date: date | None = None
    body: str = ""
    public: bool | None = None
    date_is_weak: bool = False
    marking: str = ""
    owner: str = ""
    address: str = ""
    published: date | None = None
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def date(self) -> date | None:
        """The paper's date by the order of trust of ``docs/verdicts.md`` §3."""
        return self.meeting_date or self.document_date or self.period_end

    @property
    def name(self) -> str:
        """What it is called: its title, or else the words of its kind."""
        return self.title or self.kind.value.replace("_", " ")

    @property
    def own_title(self) -> str:
        """Its title by itself: titles give passages their meaning, and a register may claim, never show."""
        return self.weak_title if dict(self.reasons).get("title") == STATED_BY_TRUST else self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A part of a file with its own profile; most files are one paper.

    Attributes:
        id: Document id, ``:p`` and the paper's number from 1.
        first_page, last_page: Indexes into the document's pages, both included.
        item: Agenda item ("9.1"), else empty.
        duplicate_of: Id of the paper with the same text that is counted in its stead, else empty.
        venues: Titles of the other papers' packs in which the same paper stands.
        text_digest: SHA-256 of the paper's words in lower case: the same for the same text in another file or format.
    """

    id: str
    document: str
    first_page: int
    last_page: int
    profile: Profile
    item: str = ""
    duplicate_of: str = ""
    venues: tuple[str, ...] = ()
    text_digest: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters ``[start, end)`` of the page with this index in its document."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around a passage and gives it meaning; never part of the quote.

    Attributes:
        headings: Heading trail, outermost first.
        stem: The line that introduces a list ("Over the past year we have:").
        header: Texts of the table's header cells, in column order.
        caption: Of the table or figure.
    """

    headings: tuple[str, ...] = ()
    stem: str = ""
    header: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SureWord:
    """A word of a passage that was recognised in a picture.

    Attributes:
        start, end: Half-open span in the passage's text.
        confidence: Of the recognition, from 0 to 1.
    """

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A quotable unit: a sentence or a few, a list item, a table row.

    Attributes:
        id: Document id, ``@``, page index, ``:``, start of its first segment. Unique and stable.
        segments: Where its text stands; more than one where it crosses a page or a column.
        text: The segments' texts, white space kept, joined by one blank. Offsets into it map to pages by
            :meth:`spans_of`.
        cells: Spans of the row's cells in ``text``, for a table row.
        confidence: Of the recognised page that it stands on (of several, the least); ``None`` for a file's own text.
        recognised: Its words on such pages, in order.
    """

    id: str
    document: str
    paper: str
    kind: BlockKind
    segments: tuple[Segment, ...]
    text: str
    context: Context = Context()
    cells: tuple[Span, ...] = ()
    confidence: float | None = None
    recognised: tuple[SureWord, ...] = ()

    def spans_of(self, start: int, end: int) -> Iterator[Segment]:
        """Yield the places of ``text[start:end]`` on their pages."""
        offset = 0
        for segment in self.segments:
            length = segment.end - segment.start
            low, high = max(start - offset, 0), min(end - offset, length)
            if low < high:
                yield Segment(segment.page, segment.start + low, segment.start + high)
            offset += length + 1
