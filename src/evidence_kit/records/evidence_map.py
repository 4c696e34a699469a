"""The one artefact: everything that a report needs, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evidence_kit.records.criterion import Framework
from evidence_kit.records.document import DocumentState, Media, Problem
from evidence_kit.records.finding import Finding
from evidence_kit.records.passage import Paper

SCHEMA = "evidence-kit/evidence-map"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSummary:
    """A document without its text; counts in pages (sections for formats without pages).

    Attributes:
        ocr_pages: Numbers of the pages whose text was recognised in a picture.
        unsure_pages: Those of them that were recognised with so little confidence that nothing rests on them alone.
    """

    id: str
    path: str
    sha256: str
    size: int
    media: Media
    state: DocumentState
    page_count: int
    read_pages: int
    blank_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    unsure_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPage:
    """The text of a page that a quote stands on, so that a quote can be re-found without the file."""

    document: str
    page_index: int
    page: int | None
    label: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    """How a level stands: deliverables with status *evidenced* of all, and those that a person confirmed."""

    level: str
    evidenced: int
    total: int
    confirmed: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What made the map: enough to make it again, and no clock.

    Attributes:
        settings: Options and their values as shown in reports, sorted by name.
        lexicon_digest, framework_digest: SHA-256 of what was used.
        classifier: Name of the classifier, with the digest of its model where it has one.
    """

    tool_version: str
    framework_digest: str
    lexicon_digest: str
    classifier: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceMap:
    """All findings for one organisation as at a date, the documents, the problems and the run."""

    organisation: str
    organisation_reason: str
    as_of: date
    target: str
    framework: Framework
    findings: tuple[Finding, ...]
    levels: tuple[LevelLine, ...]
    documents: tuple[DocumentSummary, ...]
    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]
    cited_pages: tuple[CitedPage, ...]
    run: Run
    schema: str = SCHEMA
    schema_version: int = SCHEMA_VERSION
