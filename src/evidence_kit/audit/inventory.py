"""What was handed in, before anything is concluded: organisation by year, file by file, each with its reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence_kit.audit.manifest import Submission
from evidence_kit.audit.years import Year
from evidence_kit.passages.names import organisations_in
from evidence_kit.records.document import Document, DocumentState, PageState, Problem
from evidence_kit.records.passage import Paper, PaperKind
from evidence_kit.reports.words import count, listed

THIN_PAGES = 10
"""A file of fewer pages is told as thin: a whole annual report has dozens."""
COVER_PAGES = 3
"""An organisation that a file is about is named on one of its first pages."""
_SUMMARY = re.compile(
    r"\b(?:summary|summarised|highlights|at a glance|easy read|short(?:er)? version)\b", re.IGNORECASE
)
_IN_MANY_NAMES = """
    nhs foundation trust the and of for university hospital hospitals teaching healthcare health care services service
    partnership community ft
"""
_COMMON = frozenset(_IN_MANY_NAMES.split())
_WORD = re.compile(r"[^\W_]+")


class State(StrEnum):
    """What became of a submission or a file."""

    PRESENT = "present"
    MISSING = "missing"
    UNREAD = "unread"
    """It is there, and nothing of it could be read."""
    WRONG_YEAR = "wrong_year"
    WRONG_ORGANISATION = "wrong_organisation"
    SUMMARY = "summary_only"
    EXTRACT = "extract"
    DOUBLED = "doubled"
    """A file with the bytes of another one of the same submission."""


STATE_WORDS = {
    State.PRESENT: "present",
    State.MISSING: "missing",
    State.UNREAD: "cannot be read",
    State.WRONG_YEAR: "wrong year",
    State.WRONG_ORGANISATION: "wrong organisation",
    State.SUMMARY: "summary only",
    State.EXTRACT: "extract",
    State.DOUBLED: "doubled",
}
USED = (State.PRESENT, State.SUMMARY, State.EXTRACT)
"""Files in these states are concluded from; the better first, so that a submission is what its best file is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What reading told of a file, or of one in an archive.

    Attributes:
        file: Name of the file of the submission that it is, or came out of.
        source: Where that lies.
        words: State in words, with its reason.
    """

    file: str
    source: str
    document: str
    path: str
    sha256: str
    size: int
    media: str
    reading: str
    pages: int
    read_pages: int
    unread_pages: int
    title: str
    organisation: str
    kind: str
    period_start: str
    period_end: str
    state: State
    words: str

    @property
    def used(self) -> bool:
        """Whether anything is concluded from it."""
        return self.state in USED


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the inventory says of a submission."""

    state: State
    words: str
    files: tuple[FileFacts, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def used(self) -> bool:
        """Whether anything is concluded from it."""
        return any(file.used for file in self.files)


def missing(submission: Submission) -> Facts:
    """Return the facts of a submission of which nothing is there."""
    named = f"nothing at {listed(submission.paths)}" if submission.paths else "nothing was handed in"
    return Facts(state=State.MISSING, words=named)


def facts_of(
    submission: Submission, documents: Sequence[Document], papers: Iterable[Paper], sources: dict[str, str]
) -> Facts:
    """Return what the documents of a submission are, as they say themselves.

    Args:
        submission: Whose they should be, and of which year.
        documents: As they were read, in order of path.
        papers: Of the documents, with their profiles.
        sources: Where each file of the submission lies, by its name.
    """
    main = _main_papers(papers)
    seen: set[str] = set()
    files = []
    for document in documents:
        file = next(
            (name for name in sources if document.path == name or document.path.startswith(name + "/")), ""
        )
        state, words = _judged(submission, document, main.get(document.id))
        if document.sha256 and document.sha256 in seen:
            state, words = State.DOUBLED, "the same bytes stand here already"
        seen.add(document.sha256)
        files.append(_facts(document, main.get(document.id), file, sources.get(file, ""), state, words))
    problems = tuple(problem for document in documents for problem in document.problems)
    return _whole(tuple(files), problems)


def _whole(files: tuple[FileFacts, ...], problems: tuple[Problem, ...]) -> Facts:
    """Return what a submission is: what its best file is, with remarks on what the others are and on unread pages."""
    order = (*USED, State.WRONG_YEAR, State.WRONG_ORGANISATION, State.UNREAD, State.DOUBLED)
    ranked = sorted(files, key=lambda one: order.index(one.state))
    if not ranked:
        return Facts(state=State.MISSING, words="no file was found")
    best = ranked[0]
    remarks = [f"{best.file}: {best.words}" if best.words else ""]
    remarks += [
        f"{one.path}: {STATE_WORDS[one.state]} ({one.words})"
        for one in ranked[1:]
        if not one.used and one.pages
    ]
    pages = sum(one.pages for one in files if one.used)
    unread = sum(one.unread_pages for one in files if one.used)
    if best.used and unread:
        remarks.append(f"{unread} of {count(pages, 'page')} could not be read")
    if best.used and pages < THIN_PAGES:
        remarks.append(f"thin: {count(pages, 'page')}")
    return Facts(state=best.state, words="; ".join(filter(None, remarks)), files=files, problems=problems)


def _main_papers(papers: Iterable[Paper]) -> dict[str, Paper]:
    """Return the longest paper of each document: what the file as a whole is."""
    by_document: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_document[paper.document].append(paper)
    return {
        name: max(those, key=lambda one: (one.last_page - one.first_page, -one.first_page))
        for name, those in by_document.items()
    }


def _judged(submission: Submission, document: Document, paper: Paper | None) -> tuple[State, str]:
    if document.state is DocumentState.NOT_READ or paper is None:
        return State.UNREAD, document.problems[
            0
        ].message if document.problems else "nothing in it could be read"
    profile = paper.profile
    if _is_other(submission.organisation, profile.organisation, document):
        return State.WRONG_ORGANISATION, f"it is by {profile.organisation}"
    told = _other_year(submission.year, profile.period_start, profile.period_end)
    if told:
        return State.WRONG_YEAR, told
    if _SUMMARY.search(profile.title):
        return State.SUMMARY, f"its title is “{profile.title}”"
    if reason := dict(profile.reasons).get("extract", ""):
        return State.EXTRACT, reason
    if not profile.period_end:
        return State.PRESENT, "it does not say which year it is about"
    return State.PRESENT, ""


def _is_other(expected: str, named: str, document: Document) -> bool:
    """Tell whether a file is another organisation's: it says so, and its first pages do not name the expected one."""
    if not named or _core(expected) <= _core(named) or _core(named) <= _core(expected):
        return False
    first = [page.text for page in document.pages[:COVER_PAGES]]
    if any(_core(expected) == _core(name) for text in first for name in organisations_in(text)):
        return False
    # Word for word: a town of the name is no organisation.
    return f" {' '.join(_words(expected))} " not in f" {' '.join(_words(' '.join(first)))} "


def _core(name: str) -> set[str]:
    """Return the words of a name that tell it from others; all of them, if none does."""
    words = set(_words(name))
    return words - _COMMON or words


def _words(text: str) -> list[str]:
    return [found[0].casefold() for found in _WORD.finditer(text)]


def _other_year(year: Year, first: date | None, last: date | None) -> str:
    """Say that a paper covers another year; empty if it does not, or says nothing."""
    if first is None or last is None or year.holds(first, last):
        return ""
    return f"it covers {first.isoformat()} to {last.isoformat()}"


def _facts(
    document: Document, paper: Paper | None, file: str, source: str, state: State, words: str
) -> FileFacts:
    profile = paper.profile if paper else None
    return FileFacts(
        file=file,
        source=source,
        document=document.id,
        path=document.path,
        sha256=document.sha256,
        size=document.size,
        media=document.media.value,
        reading=document.state.value,
        pages=len(document.pages),
        read_pages=sum(page.state is PageState.READ for page in document.pages),
        unread_pages=sum(page.state is PageState.UNREAD for page in document.pages),
        title=profile.title if profile else "",
        organisation=profile.organisation if profile else "",
        kind=(profile.kind if profile else PaperKind.OTHER).value,
        period_start=profile.period_start.isoformat() if profile and profile.period_start else "",
        period_end=profile.period_end.isoformat() if profile and profile.period_end else "",
        state=state,
        words=words,
    )
