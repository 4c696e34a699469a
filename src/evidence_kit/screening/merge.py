"""Reads reviewers' forms back as decisions, and lays reviewers and the tool's reading side by side."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from evidence_kit.errors import UsageError
from evidence_kit.pipeline.filled import Fault
from evidence_kit.readers.pack import read_file
from evidence_kit.readers.workbook.forms import Form, cell_name
from evidence_kit.records.criterion import Framework
from evidence_kit.records.decision import CRITERION_DECISIONS, Decision, Question, Verdict
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.words import VERDICT_WORDS, one_line
from evidence_kit.screening.forms import REVIEWER
from evidence_kit.screening.tables import read_tables
from evidence_kit.workers import Limits

_COMPARABLE = {
    "confirmed": Verdict.CONFIRMED,
    "confirmed_elsewhere": Verdict.CONFIRMED,
    "partly": Verdict.PARTLY,
    "planned": Verdict.NOT_SHOWN,
    "out_of_date": Verdict.NOT_SHOWN,
    "contradicted": Verdict.NOT_SHOWN,
    "not_found": Verdict.NOT_SHOWN,
}
"""What a reviewer would say who reads as the tool does. A missing document is no reading, and is compared with none."""
_OPEN = frozenset({Verdict.MORE_INFORMATION})
"""Decisions that say neither yes nor no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What one reviewer's form says."""

    reviewer: str
    decisions: tuple[Decision, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One criterion: what every reviewer decided, and what the tool reads of the claims.

    Attributes:
        decisions: By reviewer; the last word of each.
        tool: The tool's verdicts on the claims about it.
        reviewers_differ: Reviewers among each other.
        tool_differs: A reviewer who decided from every reading of the criterion by the tool; ``None`` where there is
            nothing to compare: no claim, a document that is missing, a claim that says more than its criterion, or
            reviewers who ask for more.
    """

    criterion: str
    decisions: tuple[Decision, ...]
    tool: tuple[str, ...]
    reviewers_differ: bool
    tool_differs: bool | None


def read_review(path: Path, framework: Framework, *, at: str, limits: Limits, reviewer: str = "") -> Review:
    """Read a reviewer's form (XLSX, ODS, DOCX) back.

    Args:
        path: The form, filled in.
        framework: Its criteria.
        at: Time of the decisions.
        limits: Of the guard.
        reviewer: Whose it is; empty to take the name in the form.

    Raises:
        UsageError: It is no such form, or nobody is named in it.
    """
    forms = read_tables(path, limits=limits)
    form, first, columns = _table(forms, path)
    name = reviewer or _named(forms) or _named_in_text(path, limits)
    if not name:
        raise UsageError(
            f"{path} does not say whose it is.",
            next_step=f"Fill in ‘{REVIEWER}’, or name them with --reviewer.",
        )
    ids = {criterion.id.casefold(): criterion.id for criterion in framework.criteria}
    decisions, faults = [], []
    for number, row in enumerate(form.rows[first:], start=first):
        said = {
            heading: one_line(str(row[at_])) if at_ < len(row) else "" for heading, at_ in columns.items()
        }
        cell = f"{form.name}!{cell_name(number, columns[layout.DECISION])}"
        criterion = ids.get(said[layout.CRITERION].casefold(), "")
        words, comment = said[layout.DECISION], said.get(layout.COMMENT, "")
        verdict = layout.verdict_of(words, CRITERION_DECISIONS)
        if words and (verdict is None or not criterion):
            what = (
                "no decision that the form offers"
                if verdict is None
                else "beside no criterion of this framework"
            )
            faults.append(Fault(cell, f"‘{words}’ is {what}."))
        elif verdict:
            decisions.append(
                Decision(criterion=criterion, verdict=verdict, person=name, at=at, comment=comment)
            )
        elif comment:
            faults.append(Fault(cell, "A comment without a decision beside it; nothing was kept of it."))
    return Review(reviewer=name, decisions=tuple(decisions), faults=tuple(faults))


def side_by_side(
    decisions: Sequence[Decision],
    verdicts: Mapping[str, Sequence[str]],
    framework: Framework,
    beside: Collection[str] = (),
) -> tuple[SideBySide, ...]:
    """Return reviewers and tool side by side, in the framework's order, for criteria that anybody decided about.

    Args:
        decisions: Everybody's, by time.
        verdicts: The tool's verdicts on the claims, by criterion.
        framework: Its order.
        beside: Criteria with a claim that is *partly* for what it says beside its criterion.
    """
    last: dict[tuple[str, str], Decision] = {}
    for decision in decisions:
        if decision.quote is None and decision.verdict.question is Question.DECISION:
            last[decision.criterion, decision.person] = decision
    return tuple(_rows(last, verdicts, framework, beside))


def _rows(
    last: Mapping[tuple[str, str], Decision],
    verdicts: Mapping[str, Sequence[str]],
    framework: Framework,
    beside: Collection[str],
) -> Iterator[SideBySide]:
    for criterion in framework.criteria:
        mine = tuple(
            one
            for (about, _), one in sorted(last.items())
            if about == criterion.id and one.verdict is not Verdict.WITHDRAWN
        )
        if not mine:
            continue
        said = {one.verdict for one in mine}
        tool = tuple(verdicts.get(criterion.id, ()))
        read = {_COMPARABLE[verdict] for verdict in tool if verdict in _COMPARABLE}
        decided = said - _OPEN
        yield SideBySide(
            criterion=criterion.id,
            decisions=mine,
            tool=tool,
            reviewers_differ=len(said) > 1,
            tool_differs=bool(decided - read) if read and decided and criterion.id not in beside else None,
        )


def _table(forms: Sequence[Form], path: Path) -> tuple[Form, int, dict[str, int]]:
    wanted = (layout.CRITERION, layout.DECISION)
    for form in forms:
        for number, row in enumerate(form.rows):
            columns = {one_line(str(value)): index for index, value in reversed(list(enumerate(row)))}
            if all(heading in columns for heading in wanted):
                return form, number + 1, columns
    raise UsageError(
        f"{path} is no reviewer's form: it has no table with ‘{layout.CRITERION}’ and ‘{layout.DECISION}’.",
        next_step="Give a form that `evidence-kit screen run` wrote, filled in.",
    )


def _named(forms: Sequence[Form]) -> str:
    """Return the name beside its label on a sheet of a workbook."""
    for form in forms:
        for row in form.rows:
            for label, value in pairwise(row):
                if one_line(str(label)) == REVIEWER and str(value).strip():
                    return one_line(str(value))
    return ""


def _named_in_text(path: Path, limits: Limits) -> str:
    """Return the name behind its label in a Word form."""
    for page in read_file(path, limits=limits).pages:
        for line in page.text.splitlines():
            label, _, name = line.partition(":")
            if label.strip() == REVIEWER:
                return one_line(name)
    return ""


def decision_words(decision: Decision) -> str:
    """Word a decision: "Ada Obi: partly (the figures are of 2024)"."""
    comment = f" ({one_line(decision.comment)})" if decision.comment else ""
    return f"{one_line(decision.person)}: {VERDICT_WORDS[decision.verdict]}{comment}"
