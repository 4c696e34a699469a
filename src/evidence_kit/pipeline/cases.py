"""Cases as data: one passage in one dated paper, judged as if it were the whole pack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evidence_kit.checks.conclude import conclude
from evidence_kit.errors import FrameworkInvalid
from evidence_kit.framework.yaml_source import Faults, Node, read_yaml_list
from evidence_kit.language.nlp import Tagger
from evidence_kit.passages.split import split_passages
from evidence_kit.pipeline.conclude import Cut, bearings_of, others_named
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.readers.sections import make_sections
from evidence_kit.readers.text.markdown import read_markdown
from evidence_kit.records.document import Document, DocumentState, Media
from evidence_kit.records.finding import Status
from evidence_kit.records.passage import Paper, PaperKind, PaperStatus, Passage, Profile

CASE_ORGANISATION = "Sandholme and Wyrebank NHS Foundation Trust"
"""The invented trust whose papers the cases are, unless a case says otherwise."""
DEFAULT_AS_OF = "2026-10-01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text with its paper, and the status that it must give one criterion."""

    criterion: str
    name: str
    text: str
    status: Status
    as_of: date
    profile: Profile
    organisation: str = CASE_ORGANISATION


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What a case gave, beside what it must give."""

    case: Case
    status: Status
    reason: str

    @property
    def passed(self) -> bool:
        """Whether the status is the one that was asked for."""
        return self.status is self.case.status


def load_cases(folder: Path, criteria: frozenset[str]) -> tuple[Case, ...]:
    """Read ``cases/*.yml`` of a framework; each file is named for its criterion.

    Raises:
        FrameworkInvalid: A file is malformed, or named for no criterion.
    """
    faults = Faults()
    cases: list[Case] = []
    for path in sorted((folder / "cases").glob("*.yml")):
        if path.stem not in criteria:
            faults.add(path, None, f"no criterion has the id `{path.stem}`")
            continue
        cases.extend(_case(path.stem, node) for node in read_yaml_list(path, faults))
    if faults.lines:
        raise FrameworkInvalid(tuple(faults.lines))
    return tuple(cases)


def run_cases(cases: tuple[Case, ...], knowledge: Knowledge) -> Iterator[CaseResult]:
    """Judge every case by itself."""
    tagger = Tagger(knowledge.lexicon)
    for case in cases:
        yield run_case(case, knowledge, tagger)


def run_case(case: Case, knowledge: Knowledge, tagger: Tagger) -> CaseResult:
    """Judge one case as if it were the whole pack."""
    pack = as_pack(case)
    ours = Ours(organisation=case.organisation, others=others_named(pack, case.organisation))
    bearings = bearings_of(pack, knowledge, tagger, ours)
    criterion = knowledge.framework.criterion(case.criterion)
    concluded = conclude(criterion, bearings.get(case.criterion, ()), case.as_of)
    return CaseResult(case, concluded.status, concluded.conclusions[0].reason)


def document_of(text: str, *, name: str = "case.md") -> Document:
    """Make a document of a Markdown text, as the reader would from a file."""
    pages = make_sections(read_markdown(text.split("\n")))
    return Document(
        id="d000000000000",
        path=name,
        sha256="0" * 64,
        size=len(text),
        media=Media.MARKDOWN,
        state=DocumentState.READ,
        pages=pages,
    )


def as_pack(case: Case) -> Cut:
    """Make a pack of one paper of a case."""
    document = document_of(case.text)
    last = max(len(document.pages) - 1, 0)
    paper = Paper(
        id=f"{document.id}:p1", document=document.id, first_page=0, last_page=last, profile=case.profile
    )
    passages: tuple[Passage, ...] = split_passages(document, (paper,))
    return Cut((paper,), passages)


def _case(criterion: str, node: Node) -> Case:
    day = node.day("date")
    kind = node.one_of("kind", PaperKind, PaperKind.REPORT)
    profile = Profile(
        title=node.text("title", ""),
        organisation=CASE_ORGANISATION,
        kind=kind,
        status=node.one_of("paper_status", PaperStatus, PaperStatus.UNKNOWN),
        meeting_date=day if kind.value.endswith(("minutes", "paper")) else None,
        document_date=day,
        review_date=node.day("review_date"),
        body=node.text("body", ""),
        public=node.flag("public", False) if node.has("public") else None,
    )
    case = Case(
        criterion=criterion,
        name=node.text("name"),
        text=node.text("text"),
        status=node.one_of("status", Status),
        as_of=node.day("as_of") or date.fromisoformat(DEFAULT_AS_OF),
        profile=profile,
        organisation=node.text("organisation", CASE_ORGANISATION),
    )
    node.refuse_unknown()
    return case
