"""The intake check: what stands in the way of a fair reading, before anything is concluded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence_kit.records.document import Problem
from evidence_kit.reports.documents import ranges, with_unread
from evidence_kit.reports.view import MapView
from evidence_kit.reports.words import count, listed, one_line
from evidence_kit.screening.citations import Cited
from evidence_kit.screening.claims import Claim, ClaimsForm, Unmatched
from evidence_kit.screening.suspects import Trick


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """A file that may be too personal to be read by a panel, and why."""

    file: str
    why: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What the coordinator settles first.

    Attributes:
        problems: Files and pages that could not be read.
        missing: Claims that name a file which is not there, with the names and the nearest.
        unmatched: Rows of the form that fit no criterion.
        personal: Files that a panel perhaps should not read.
        tricks: Words in documents that want to steer their reader.
        copies: Files of the application that are the form with the claims itself; they were not read.
        names: The applicant's own names, and whether the coordinator accepted them.
        prompts: What to ask the applicant for, in sentences.
    """

    problems: tuple[Problem, ...] = ()
    missing: tuple[tuple[Claim, tuple[tuple[str, tuple[str, ...]], ...]], ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    personal: tuple[Personal, ...] = ()
    tricks: tuple[Trick, ...] = ()
    copies: tuple[str, ...] = ()
    names: tuple[tuple[str, str, bool], ...] = ()
    prompts: tuple[str, ...] = ()


def check_intake(
    view: MapView,
    form: ClaimsForm,
    cited: Sequence[tuple[Claim, Cited]],
    *,
    personal: Sequence[Personal],
    tricks: Sequence[Trick],
    copies: Sequence[str],
    names: Sequence[tuple[str, str, bool]],
) -> Intake:
    """Return the intake check of an application that was read."""
    problems = with_unread(view.documents, view.problems)
    missing = tuple((claim, one.missing) for claim, one in cited if one.missing)
    return Intake(
        problems=problems,
        missing=missing,
        unmatched=form.unmatched,
        personal=tuple(personal),
        tricks=tuple(tricks),
        copies=tuple(copies),
        names=tuple(names),
        prompts=tuple(_prompts(problems, missing, form, personal)),
    )


def _prompts(
    problems: Sequence[Problem],
    missing: Sequence[tuple[Claim, tuple[tuple[str, tuple[str, ...]], ...]]],
    form: ClaimsForm,
    personal: Sequence[Personal],
) -> Iterator[str]:
    names = dict.fromkeys(name for _, those in missing for name, _ in those)
    for name in names:
        claims = listed([claim.id for claim, those in missing if name in [one for one, _ in those]])
        yield f"Please send ‘{name}’, which your form cites ({claims}) and which is not among the files we have."
    for problem in problems:
        pages = f", page {ranges(problem.pages)}," if problem.pages else ""
        yield (
            f"Please send ‘{one_line(problem.file)}’{pages} in a form that can be read: {one_line(problem.message)} "
            f"{one_line(problem.next_step)}"
        )
    if form.unmatched:
        rows = listed([one.cell for one in form.unmatched])
        yield f"Please say which criterion {count(len(form.unmatched), 'row')} of your form is about ({rows})."
    for one in personal:
        yield f"Please look at ‘{one.file}’ before a panel reads it: {one.why}."
