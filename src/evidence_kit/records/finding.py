"""Conclusions: element results, quotes with their places, findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence_kit.records.document import Box
from evidence_kit.records.reading import Cue, Stance, Whose


class Status(StrEnum):
    """The status of a criterion; rules in ``docs/verdicts.md``."""

    EVIDENCED = "evidenced"
    PARTLY = "partly"
    PLANNED = "planned"
    CONTRADICTED = "contradicted"
    STALE = "stale"
    NOT_FOUND = "not_found"
    NEEDS_PERSON = "needs_person"


class Outcome(StrEnum):
    """What was concluded about one element."""

    SHOWN = "shown"
    SHOWN_OLD = "shown_old"
    """Shown, but outside the window or by a paper that has lapsed."""
    PLANNED = "planned"
    NOT_SHOWN = "not_shown"
    AGAINST = "against"
    SHORT = "short"
    """A complete figure that falls short of what is asked."""
    OPEN = "open"
    """Documents cannot show it, or this version does not check it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a piece of a quote stands.

    Attributes:
        page_index: Index into the document's pages, from 0.
        page: Page number from 1 as the file counts it, or ``None``.
        label: Page number as printed, or ``None``.
        start, end: Half-open character span in the page's text.
        boxes: One box a line, in points.
        line: Source line from 1, for text formats.
    """

    document: str
    page_index: int
    page: int | None
    start: int
    end: int
    label: str | None = None
    boxes: tuple[Box, ...] = ()
    line: int | None = None


class Role(StrEnum):
    """What a quote does for a criterion."""

    SUPPORT = "support"
    PLAN = "plan"
    AGAINST = "against"
    NEAR_MISS = "near_miss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A piece of evidence: exact words at exact places, and what was read in them.

    Attributes:
        id: Passage id, ``+``, start of the act in the passage.
        text: The places' texts, white space as on the page, joined by one blank.
        act_date: Of the act, or of its paper (then ``date_from_paper``); ``None`` if neither tells one.
        elements: Ids of the elements that it shows or speaks against.
        remark: Why it is a near-miss, or what the reader should mind.
    """

    id: str
    passage: str
    document: str
    paper: str
    text: str
    places: tuple[Place, ...]
    role: Role
    stance: Stance
    whose: Whose
    cues: tuple[Cue, ...] = ()
    elements: tuple[str, ...] = ()
    act_date: date | None = None
    date_from_paper: bool = False
    in_window: bool = True
    headings: tuple[str, ...] = ()
    stem: str = ""
    header: tuple[str, ...] = ()
    probability: float = 0.0
    reasons: tuple[tuple[str, float], ...] = ()
    remark: str = ""


class Step(StrEnum):
    """What became of a measure from one year to the next."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Figures of one measure, year by year, as a document gives them.

    Attributes:
        measure: Id of its concept.
        label: What the document calls it.
        years: Oldest first.
        values: What was read, one a year; ratios that were written in other units as ratios.
        written: As the document writes them, one a year.
        steps: From each year to the next.
        quote: Id of the quote that gives them.
    """

    measure: str
    label: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    written: tuple[str, ...]
    steps: tuple[Step, ...]
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementResult:
    """What was concluded about one element, why, and by which quotes (ids)."""

    element: str
    outcome: Outcome
    reason: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """A criterion's status under one wording.

    Attributes:
        rule: Number of the rule of ``docs/verdicts.md`` §4 that decided.
        intention_only: The status is *planned* by a bare commitment.
        tolerance_used: The two months beyond an annual window were needed.
    """

    variant: str
    status: Status
    rule: int
    reason: str
    elements: tuple[ElementResult, ...]
    intention_only: bool = False
    tolerance_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """All that is known about one criterion.

    Attributes:
        status: Of the first wording (the table's).
        split_by_wording: Another wording gives another status.
        quotes: Support, plans, contradictions and near-misses, in that order, strongest first.
        newest, oldest: Dates of the supporting acts.
        next_steps: What would change the status.
        expires: The first day on which these papers alone no longer make it *evidenced*; ``None`` if it is not
            evidenced, or if nothing in it is dated.
        trends: Measures that were recomputed over years, in the order in which documents give them.
        applies: Whether the criterion asks anything of such an organisation: false where the type of the organisation
            is known and is none of the criterion's ``applies_to``. No status: what was seen stays as it is.
    """

    criterion: str
    status: Status
    conclusions: tuple[Conclusion, ...]
    quotes: tuple[Quote, ...] = ()
    split_by_wording: bool = False
    newest: date | None = None
    oldest: date | None = None
    next_steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    expires: date | None = None
    trends: tuple[Trend, ...] = ()
    applies: bool = True
