"""Which fields of the records may leave: a field that nobody has thought about does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from evidence_kit.records.decision import Decision, QuoteKey
from evidence_kit.records.document import Problem
from evidence_kit.records.evidence_map import CitedPage, DocumentSummary, EvidenceMap, Run
from evidence_kit.records.finding import Conclusion, ElementResult, Finding, Place, Quote, Trend
from evidence_kit.records.passage import Paper, Profile

Record = TypeVar("Record")

CONSIDERED: Mapping[type, str] = {
    EvidenceMap: "organisation organisation_reason as_of target framework findings levels documents papers problems "
    "cited_pages run schema schema_version",
    DocumentSummary: "id path sha256 size media state page_count read_pages blank_pages unread_pages ocr_pages "
    "unsure_pages",
    Paper: "id document first_page last_page profile item duplicate_of venues text_digest",
    Profile: "title weak_title organisation kind status meeting_date document_date period_start period_end review_date "
    "body public date_is_weak marking owner address published reasons",
    CitedPage: "document page_index page label text",
    Finding: "criterion status conclusions quotes split_by_wording newest oldest next_steps notes expires trends "
    "applies",
    Conclusion: "variant status rule reason elements intention_only tolerance_used",
    ElementResult: "element outcome reason quotes",
    Trend: "measure label years values written steps quote",
    Quote: "id passage document paper text places role stance whose cues elements act_date date_from_paper in_window "
    "headings stem header probability reasons remark",
    Place: "document page_index page start end label boxes line",
    Problem: "code file message next_step pages",
    Decision: "criterion verdict person at quote comment status_seen belongs_to",
    QuoteKey: "text before after paper",
    Run: "tool_version framework_digest lexicon_digest classifier settings",
}
"""The fields of each record that somebody has thought about. A field that is added later has its default in what is
shared, until it is added here: a test asks for that."""


def known(record: Record) -> Record:
    """Return a record with the fields of :data:`CONSIDERED` alone."""
    return type(record)(**{name: getattr(record, name) for name in CONSIDERED[type(record)].split()})
