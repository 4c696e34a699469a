"""What people decided about quotes and criteria: the other half of the evidence map, never made by the tool.

A decision is bound to a criterion and to words, never to an id that a run has made: it holds when a file is renamed,
exported again or read by a newer model.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from evidence_kit.characters import SILENT, TURNING

SCHEMA = "evidence-kit/decision"
SCHEMA_VERSION = 1
CONTEXT_WORDS = 8
"""Words of the page that are kept before and after a quote, to tell it from the same words elsewhere."""
CITED = "cited by a person"
"""Stands among the reasons of a prediction that a person made."""

_UNSEEN = re.compile(rf"[\s\-\u2010-\u2015\u2212{SILENT}{TURNING}]")


class Question(StrEnum):
    """What a verdict answers; a person's last word counts for each question."""

    DECISION = "decision"
    CITATION = "citation"
    SELF_ASSESSMENT = "self_assessment"
    """The framework's checklist: in place, or a development area. A trust's own word, never evidence."""
    NETWORK_VIEW = "network_view"
    """Whether the staff network agrees with the self-assessment."""


class Verdict(StrEnum):
    """What a person said: about a quote, about a criterion, in the self-assessment, for the staff network."""

    ACCEPT = "accept"
    REJECT = "reject"
    WRONG_CRITERION = "wrong_criterion"
    NEEDS_MORE = "needs_more"
    CITED = "cited"
    """Words that the tool did not quote for the criterion and that a person cites for it: the next map reads them."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    NOT_SHOWN = "not_shown"
    MORE_INFORMATION = "more_information"

    IN_PLACE = "in_place"
    DEVELOPMENT_AREA = "development_area"

    NETWORK_AGREES = "network_agrees"
    NETWORK_DISAGREES = "network_disagrees"

    WITHDRAWN = "withdrawn"
    """Takes back all that the same person said before about the quote or the criterion."""

    @property
    def question(self) -> Question:
        """What the verdict answers."""
        if self is Verdict.CITED:
            return Question.CITATION
        if self in SELF_ASSESSMENTS:
            return Question.SELF_ASSESSMENT
        return Question.NETWORK_VIEW if self in NETWORK_VIEWS else Question.DECISION


QUOTE_DECISIONS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.WRONG_CRITERION, Verdict.NEEDS_MORE)
CRITERION_DECISIONS = (Verdict.CONFIRMED, Verdict.PARTLY, Verdict.NOT_SHOWN, Verdict.MORE_INFORMATION)
SELF_ASSESSMENTS = (Verdict.IN_PLACE, Verdict.DEVELOPMENT_AREA)
NETWORK_VIEWS = (Verdict.NETWORK_AGREES, Verdict.NETWORK_DISAGREES)

ON_QUOTES = frozenset({*QUOTE_DECISIONS, Verdict.CITED, Verdict.WITHDRAWN})
ON_CRITERIA = frozenset({*CRITERION_DECISIONS, *SELF_ASSESSMENTS, *NETWORK_VIEWS, Verdict.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteKey:
    """Which words were decided about.

    Attributes:
        text: The quote as printed, white space folded.
        before, after: Up to :data:`CONTEXT_WORDS` words of the page on either side.
        paper: SHA-256 of the paper's words (:attr:`evidence_kit.records.passage.Paper.text_digest`): a hint where the
            same words stand in two papers.
    """

    text: str
    before: str = ""
    after: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of one person.

    Attributes:
        at: When, in UTC to the second ("2026-11-24T09:30:00Z").
        quote: What it is about; ``None`` for a decision about the whole criterion.
        status_seen: The machine's status of the criterion when the person decided.
        belongs_to: The criterion that a quote belongs to instead (*wrong criterion*), else empty.
    """

    criterion: str
    verdict: Verdict
    person: str
    at: str
    quote: QuoteKey | None = None
    comment: str = ""
    status_seen: str = ""
    belongs_to: str = ""


def comparable(text: str) -> str:
    """Return the words without what an export may change: NFKC, no white space, hyphens or unseen characters.

    The normalisation under which a citation counts as confirmed by another reader (``docs/reports.md``).
    """
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
