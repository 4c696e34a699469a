"""What every report says, worked out once: two reports over the same map cannot disagree.

A report asks :func:`build` for a :class:`MapView` and lays it out; it words, counts and orders nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Framework, Level
from evidence_kit.records.decision import Decision
from evidence_kit.records.document import DocumentState, Problem
from evidence_kit.records.evidence_map import EvidenceMap, LevelLine
from evidence_kit.records.finding import Role, Status
from evidence_kit.reports.decided import Decided, Remark, decision_view, place
from evidence_kit.reports.documents import (
    DocumentView,
    PaperView,
    Searched,
    document_views,
    paper_views,
    searched,
)
from evidence_kit.reports.findings import FindingView, anchor_of, finding_view
from evidence_kit.reports.quotes import about, refound_problem
from evidence_kit.reports.words import GAP_ORDER, STATUS_ORDER, day, level_line, one_line, visible


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A document and, for each criterion of the grid, how many quotes of each role it gave."""

    file: str
    counts: tuple[tuple[tuple[Role, int], ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelView:
    """A level, its line and its criteria in the framework's order.

    Attributes:
        line: The level line of ``docs/verdicts.md`` §6.
        counts: For every status, how many deliverables and how many supporting actions have it.
        not_judged: Ids of criteria that this map says nothing about.
    """

    level: Level
    anchor: str
    is_target: bool
    line: str
    evidenced: int
    total: int
    confirmed: int
    findings: tuple[FindingView, ...]
    counts: tuple[tuple[Status, int, int], ...]
    grid: tuple[GridRow, ...]
    not_judged: tuple[str, ...]

    @property
    def deliverables(self) -> tuple[FindingView, ...]:
        """The level's deliverables."""
        return tuple(finding for finding in self.findings if finding.is_deliverable)

    @property
    def supporting(self) -> tuple[FindingView, ...]:
        """The level's supporting actions."""
        return tuple(finding for finding in self.findings if not finding.is_deliverable)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """Everything that a report prints.

    Attributes:
        levels: The target level first, then those that it builds on; ``annex``: all others.
        gaps: What is not evidenced in ``levels``, gaps first: see :func:`gaps_first`.
        problems: Of the map, and quotes that could not be re-found.
        decided: People's decisions in their places, those without one, and where people differ.
    """

    map: EvidenceMap
    as_of: str
    target: Level
    searched: Searched
    levels: tuple[LevelView, ...]
    annex: tuple[LevelView, ...]
    gaps: tuple[FindingView, ...]
    documents: tuple[DocumentView, ...]
    papers: tuple[PaperView, ...]
    problems: tuple[Problem, ...]
    not_refound: int
    decided: Decided

    @property
    def conflicts(self) -> tuple[Remark, ...]:
        """Criteria and quotes about which people differ."""
        quotes = {(one.criterion.id, q.quote.id): q for one in self.findings for q in one.quotes}
        return tuple(
            Remark(
                title=f"{one.criterion}, quote {quotes[one.criterion, one.quote].number}"
                if one.quote
                else one.criterion,
                anchor=quotes[one.criterion, one.quote].anchor if one.quote else anchor_of(one.criterion),
                decisions=tuple(map(decision_view, one.decisions)),
            )
            for one in self.decided.conflicts
        )

    @property
    def unplaced(self) -> tuple[Remark, ...]:
        """Decisions that have no place in this map."""
        return tuple(
            Remark(
                title=one_line(one.decision.criterion),
                text=one_line(one.decision.quote.text) if one.decision.quote else "",
                decisions=(decision_view(one.decision),),
                reason=one.reason,
            )
            for one in self.decided.unplaced
        )

    @property
    def all_read(self) -> bool:
        """Whether every file was read whole; problems that are about something else do not count."""
        documents = self.map.documents
        return not self.searched.unread and all(one.state is DocumentState.READ for one in documents)

    @property
    def complete(self) -> bool:
        """Whether every criterion of ``levels`` was judged and is evidenced."""
        return not self.gaps and all(level.findings and not level.not_judged for level in self.levels)

    @property
    def findings(self) -> tuple[FindingView, ...]:
        """All findings, in the framework's order of levels and criteria."""
        order = [level.id for level in self.map.framework.levels]
        every = sorted((*self.levels, *self.annex), key=lambda view: order.index(view.level.id))
        return tuple(finding for view in every for finding in view.findings)


def build(evidence_map: EvidenceMap, decisions: Iterable[Decision] = (), *, sources: str = "") -> MapView:
    """Work out what reports say of a map and of what people decided about it.

    Args:
        evidence_map: The map.
        decisions: People's decisions, of whatever map.
        sources: The folder of papers as seen from the report, for links; empty for none.

    Raises:
        UsageError: The map names a target, level or criterion that its framework does not have.
    """
    framework = evidence_map.framework
    _check(evidence_map)
    target, needed = levels_for(framework, evidence_map.target)
    extent = searched(evidence_map.documents)
    decided = place(decisions, evidence_map)
    among = about(evidence_map, decided, sources=sources)
    views = {
        finding.criterion: finding_view(
            evidence_map, framework.criterion(finding.criterion), finding, among, extent
        )
        for finding in evidence_map.findings
    }
    levels = tuple(_level(evidence_map, level, views, target) for level in needed)
    others = tuple(level for level in framework.levels if level not in needed)
    problems = list(evidence_map.problems)
    for view in views.values():
        problems += [refound_problem(view.finding, q.quote, q.file) for q in view.quotes if not q.refound]
    return MapView(
        map=evidence_map,
        as_of=day(evidence_map.as_of),
        target=target,
        searched=extent,
        levels=levels,
        annex=tuple(_level(evidence_map, level, views, target) for level in others),
        gaps=gaps_first(tuple(finding for level in levels for finding in level.findings)),
        documents=document_views(evidence_map),
        papers=paper_views(evidence_map),
        problems=tuple(problems),
        not_refound=len(problems) - len(evidence_map.problems),
        decided=decided,
    )


def levels_for(framework: Framework, target: str) -> tuple[Level, tuple[Level, ...]]:
    """Return the target level (the first, where none is named), and it with the levels that it builds on.

    The target comes first; the lower levels follow in the framework's order, if it is cumulative.

    Raises:
        UsageError: The framework has no such level.
    """
    known = {level.id: level for level in framework.levels}
    level = known.get(target) if target else framework.levels[0]
    if level is None:
        raise UsageError(
            f"The framework has no level {target!r}.", next_step=f"Use one of: {', '.join(known)} (--target)."
        )
    lower = framework.levels[: framework.levels.index(level)] if level.cumulative else ()
    return level, (level, *(below for below in lower if below.cumulative))


def gaps_first(findings: Sequence[FindingView]) -> tuple[FindingView, ...]:
    """Return what is not evidenced: deliverables first, level by level, then by how wide the gap is."""
    gaps = [view for view in findings if view.status is not Status.EVIDENCED]
    return tuple(sorted(gaps, key=lambda view: (not view.is_deliverable, GAP_ORDER.index(view.status))))


def level_line_of(label: str, line: LevelLine | None, confirmed: int = 0) -> str:
    """Word a map's level line with what people confirmed, or say that the level was not judged."""
    if line is None:
        return f"{label}: not judged in this map"
    return level_line(label, evidenced=line.evidenced, total=line.total, confirmed=confirmed)


def _check(evidence_map: EvidenceMap) -> None:
    """Refuse a map whose findings and criteria do not fit together; decoding alone cannot see that."""
    framework = evidence_map.framework
    levels = {level.id for level in framework.levels}
    known = {criterion.id: criterion for criterion in framework.criteria}
    for finding in evidence_map.findings:
        criterion = known.get(finding.criterion)
        if criterion is None or criterion.level not in levels or not finding.conclusions:
            raise UsageError(
                f"The map does not fit its framework: the finding {finding.criterion!r} has no criterion, no level or "
                "no conclusion.",
                next_step="Make the map again with `evidence-kit map`.",
            )


def _level(
    evidence_map: EvidenceMap, level: Level, views: dict[str, FindingView], target: Level
) -> LevelView:
    criteria = [criterion for criterion in evidence_map.framework.criteria if criterion.level == level.id]
    findings = tuple(views[criterion.id] for criterion in criteria if criterion.id in views)
    line = next((line for line in evidence_map.levels if line.level == level.id), None)
    confirmed = sum(view.confirmed for view in findings if view.is_deliverable)
    return LevelView(
        level=level,
        anchor=anchor_of(f"level-{level.id}"),
        is_target=level == target,
        line=level_line_of(level.label, line, confirmed),
        evidenced=line.evidenced if line else 0,
        total=line.total if line else 0,
        confirmed=confirmed,
        findings=findings,
        counts=tuple(
            (
                status,
                sum(view.status is status for view in findings if view.is_deliverable),
                sum(view.status is status for view in findings if not view.is_deliverable),
            )
            for status in STATUS_ORDER
        ),
        grid=_grid(evidence_map, findings),
        not_judged=tuple(criterion.id for criterion in criteria if criterion.id not in views),
    )


def _grid(evidence_map: EvidenceMap, findings: Sequence[FindingView]) -> tuple[GridRow, ...]:
    """Return the documents that have a quote for one of these criteria."""
    rows = []
    for document in evidence_map.documents:
        counts = tuple(
            tuple(
                (role, number)
                for role in Role
                if (
                    number := sum(
                        q.quote.role is role and q.quote.document == document.id for q in view.quotes
                    )
                )
            )
            for view in findings
        )
        if any(counts):
            rows.append(GridRow(file=visible(document.path), counts=counts))
    return tuple(rows)
