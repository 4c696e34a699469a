"""Reads a filled-in workbook back: decisions, cited pages, overdue actions, and every cell that was not understood."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from itertools import pairwise

from evidence_kit.errors import UsageError
from evidence_kit.readers.workbook.forms import Form, Value, cell_name
from evidence_kit.records.decision import (
    CRITERION_DECISIONS,
    NETWORK_VIEWS,
    QUOTE_DECISIONS,
    SELF_ASSESSMENTS,
    Decision,
    QuoteKey,
    Verdict,
    comparable,
)
from evidence_kit.records.evidence_map import DocumentSummary, EvidenceMap
from evidence_kit.reports import workbook_layout as layout
from evidence_kit.reports.decided import fit, quote_keys
from evidence_kit.reports.words import VERDICT_WORDS, listed, one_line, visible

_SPELT_OUT = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that was not understood ("Evidence!G12"), and why."""

    cell: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A row that a person added: a document and page that bear on a criterion.

    Attributes:
        cell: Of the row's criterion.
        document: The document's id in the map.
        page: As written, a number or a printed label; empty for the whole document.
    """

    cell: str
    criterion: str
    document: str
    page: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A row of the action plan. ``overdue``: its target date has passed and it is not complete."""

    cell: str
    level: str
    action: str
    person: str
    due: date | None
    progress: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a workbook says."""

    person: str
    decisions: tuple[Decision, ...]
    citations: tuple[Citation, ...]
    actions: tuple[Action, ...]
    faults: tuple[Fault, ...]


def read_filled(
    forms: Sequence[Form], evidence_map: EvidenceMap, *, person: str, at: str, today: date
) -> Filled:
    """Read what people filled in.

    Args:
        forms: The workbook's sheets.
        evidence_map: The map that it is about, not necessarily the one that it was made from.
        person: Who decides; empty to take the name on the first sheet.
        at: Time of the decisions, as :attr:`Decision.at`.
        today: Actions with an earlier target date are overdue.

    Raises:
        UsageError: This is not the workbook, or decisions stand in it and nobody is named.
    """
    by_name = {form.name: form for form in forms}
    if layout.SELF_ASSESSMENT not in by_name and layout.EVIDENCE not in by_name:
        raise UsageError(
            f"This is not the workbook that evidence-kit writes: it has no sheet ‘{layout.EVIDENCE}’.",
            next_step="Give evidence-map.xlsx as it was filled in.",
        )
    name = person or _named(by_name.get(layout.START))
    reading = _Reading(evidence_map, name, at, today)
    decisions = [
        *reading.self_assessment(by_name.get(layout.SELF_ASSESSMENT)),
        *reading.evidence(by_name.get(layout.EVIDENCE)),
    ]
    citations = tuple(reading.citations(by_name.get(layout.ADDED)))
    if (citations or any(not decision.person for decision in decisions)) and not name:
        raise UsageError(
            "Decisions stand in the workbook, and it does not say whose they are.",
            next_step=f"Fill in ‘{layout.YOUR_NAME}’ on the sheet ‘{layout.START}’, or name them with --person.",
        )
    return Filled(
        person=name,
        decisions=tuple(decisions),
        citations=citations,
        actions=tuple(reading.actions(by_name.get(layout.ACTIONS))),
        faults=tuple(reading.faults),
    )


def new_decisions(decisions: Sequence[Decision], known: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return the decisions that say something new: not what was each person's last word about the same thing."""
    last: dict[tuple[str, ...], Decision] = {}
    for decision in sorted(known, key=lambda one: one.at):
        last[_about(decision)] = decision
    return tuple(one for one in decisions if _saying(one) != _saying(last.get(_about(one))))


def _about(decision: Decision) -> tuple[str, ...]:
    quote = decision.quote
    where = (comparable(quote.text), comparable(quote.before), quote.paper) if quote else ()
    question = "" if decision.verdict is Verdict.WITHDRAWN else decision.verdict.question
    return (decision.person, decision.criterion, question, *where)


def _saying(decision: Decision | None) -> tuple[str, str, str] | None:
    return (decision.verdict, decision.comment, decision.belongs_to) if decision else None


def _named(start: Form | None) -> str:
    """Return the name on the first sheet."""
    for row in start.rows if start else ():
        for label, value in pairwise(row):
            if _text(label).casefold() == layout.YOUR_NAME.casefold():
                return _text(value)
    return ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table by its headings."""

    sheet: str
    number: int
    values: tuple[Value, ...]
    columns: Mapping[str, int]

    def value(self, heading: str) -> Value:
        index = self.columns.get(heading)
        return self.values[index] if index is not None and index < len(self.values) else ""

    def text(self, heading: str) -> str:
        return _text(self.value(heading))

    def cell(self, heading: str) -> str:
        return f"{self.sheet}!{cell_name(self.number, self.columns.get(heading, 0))}"


class _Reading:
    """One workbook: what is understood is returned, what is not is a fault."""

    def __init__(self, evidence_map: EvidenceMap, person: str, at: str, today: date) -> None:
        self.faults: list[Fault] = []
        self._map = evidence_map
        self._person = person
        self._at = at
        self._today = today
        self._criteria = {one.id.casefold(): one.id for one in evidence_map.framework.criteria}
        self._status = {finding.criterion: finding.status.value for finding in evidence_map.findings}
        keys = quote_keys(evidence_map)
        self._keys: defaultdict[tuple[str, str], list[QuoteKey]] = defaultdict(list)
        for finding in evidence_map.findings:
            for quote in finding.quotes:
                key = keys[quote.id, quote.text]
                self._keys[finding.criterion, comparable(key.text)].append(key)

    def self_assessment(self, form: Form | None) -> Iterator[Decision]:
        """Yield self-assessments, the staff network's views and decisions about criteria."""
        for row in self._rows(form, layout.CRITERION, layout.DECISION):
            own = self._verdict(row, layout.IN_PLACE, SELF_ASSESSMENTS)
            view = self._verdict(row, layout.NETWORK_VIEW, NETWORK_VIEWS)
            decided = self._verdict(row, layout.DECISION, (*CRITERION_DECISIONS, Verdict.WITHDRAWN))
            self._lonely(row, layout.COMMENT, decided)
            self._lonely(row, layout.NETWORK_WHY, view)
            criterion = self._criterion(row, layout.CRITERION) if own or view or decided else ""
            if not criterion:
                continue
            if own:
                confirmed_by = row.text(layout.CONFIRMED_BY)
                yield replace(self._decision(criterion, own), person=confirmed_by or self._person)
            if view:
                yield self._decision(criterion, view, row.text(layout.NETWORK_WHY))
            if decided:
                yield self._decision(criterion, decided, row.text(layout.COMMENT))

    def evidence(self, form: Form | None) -> Iterator[Decision]:
        """Yield decisions about quotes."""
        for row in self._rows(form, layout.CRITERION, layout.QUOTE, layout.DECISION):
            verdict = self._verdict(row, layout.DECISION, (*QUOTE_DECISIONS, Verdict.WITHDRAWN))
            self._lonely(row, layout.COMMENT, verdict)
            criterion = self._criterion(row, layout.CRITERION) if verdict else ""
            if not (verdict and criterion):
                continue
            belongs = self._criterion(row, layout.BELONGS_TO) if row.text(layout.BELONGS_TO) else ""
            if belongs and verdict is not Verdict.WRONG_CRITERION:
                self._fault(
                    row,
                    layout.BELONGS_TO,
                    f"says where the quote belongs, and the decision is ‘{VERDICT_WORDS[verdict]}’",
                )
                belongs = ""
            decision = self._decision(criterion, verdict, row.text(layout.COMMENT))
            yield replace(decision, quote=self._key(criterion, row), belongs_to=belongs)

    def citations(self, form: Form | None) -> Iterator[Citation]:
        """Yield the rows that a person added."""
        for row in self._rows(form, layout.CRITERION, layout.DOCUMENT, layout.PAGE):
            criterion = self._criterion(row, layout.CRITERION)
            document = self._document(row)
            if criterion and document:
                yield Citation(
                    cell=row.cell(layout.CRITERION),
                    criterion=criterion,
                    document=document,
                    page=row.text(layout.PAGE),
                    why=row.text(layout.WHY),
                )

    def actions(self, form: Form | None) -> Iterator[Action]:
        """Yield the rows of the action plan."""
        for row in self._rows(form, layout.ACTION, layout.TARGET_DATE, layout.PROGRESS):
            if not row.text(layout.ACTION):
                continue
            due = row.value(layout.TARGET_DATE)
            if due and not isinstance(due, date):
                self._fault(row, layout.TARGET_DATE, f"‘{_text(due)}’ is not a date that the sheet knows")
            when = due if isinstance(due, date) else None
            progress = row.text(layout.PROGRESS)
            yield Action(
                cell=row.cell(layout.ACTION),
                level=row.text(layout.LEVEL),
                action=row.text(layout.ACTION),
                person=row.text(layout.PERSON),
                due=when,
                progress=progress,
                overdue=when is not None and when < self._today and progress.casefold() != layout.DONE,
            )

    def _rows(self, form: Form | None, *needed: str) -> Iterator[_Row]:
        """Yield the rows below the headings, wherever the headings stand."""
        if form is None:
            return
        for number, values in enumerate(form.rows):
            columns = {_text(value): index for index, value in reversed(list(enumerate(values)))}
            if all(heading in columns for heading in needed):
                for below, row in enumerate(form.rows[number + 1 :], start=number + 1):
                    if any(map(_text, row)):
                        yield _Row(form.name, below, row, columns)
                return
        self.faults.append(
            Fault(
                f"{form.name}!A1",
                f"The headings {listed([f'‘{one}’' for one in needed])} were not found in one row.",
            )
        )

    def _verdict(self, row: _Row, heading: str, verdicts: tuple[Verdict, ...]) -> Verdict | None:
        words = row.text(heading)
        verdict = layout.verdict_of(words, verdicts)
        if words and verdict is None:
            choices = listed([f"‘{VERDICT_WORDS[one]}’" for one in verdicts], "or")
            self._fault(row, heading, f"‘{words}’ is none of {choices}")
        return verdict

    def _criterion(self, row: _Row, heading: str) -> str:
        words = row.text(heading)
        found = self._criteria.get(words.casefold(), "")
        if not words:
            self._fault(row, heading, "no criterion is named")
        elif not found:
            near = [self._criteria[one] for one in get_close_matches(words.casefold(), self._criteria, n=3)]
            hint = f"; did you mean {listed(near, 'or')}?" if near else ""
            self._fault(row, heading, f"‘{words}’ is no criterion of this framework{hint}")
        return found

    def _document(self, row: _Row) -> str:
        """Return the id of the document that a row names."""
        words = row.text(layout.DOCUMENT)
        found, near = find_document(words, self._map.documents)
        if not found:
            hint = f"; the nearest are {listed([f'‘{one}’' for one in near])}" if near else ""
            self._fault(
                row, layout.DOCUMENT, f"‘{words.casefold()}’ is not among the documents of this map{hint}"
            )
        return found

    def _key(self, criterion: str, row: _Row) -> QuoteKey:
        """Return the key of the row's quote: the map's own where it has the quote, else what stands in the row.

        The same words may stand in several papers; where the row no longer says in which, the first is meant.
        """
        said = QuoteKey(
            text=_restored(row.text(layout.QUOTE)),
            before=_restored(row.text(layout.WORDS_BEFORE)),
            after=_restored(row.text(layout.WORDS_AFTER)),
            paper=row.text(layout.PAPER_KEY),
        )
        same = self._keys.get((criterion, comparable(said.text)), [])
        best = max(same, key=lambda one: fit(said, one), default=said)
        says_where = said.before or said.after or said.paper
        return best if fit(said, best) or not says_where else said

    def _decision(self, criterion: str, verdict: Verdict, comment: str = "") -> Decision:
        return Decision(
            criterion=criterion,
            verdict=verdict,
            person=self._person,
            at=self._at,
            comment=comment,
            status_seen=self._status.get(criterion, ""),
        )

    def _lonely(self, row: _Row, heading: str, verdict: Verdict | None) -> None:
        """List a comment that stands beside no decision: nothing would be kept of it."""
        if row.text(heading) and verdict is None:
            self._fault(row, heading, "a comment without a decision beside it; nothing was kept of it")

    def _fault(self, row: _Row, heading: str, message: str) -> None:
        self.faults.append(Fault(row.cell(heading), f"{visible(message[:1].upper() + message[1:])}."))


def find_document(said: str, documents: Sequence[DocumentSummary]) -> tuple[str, tuple[str, ...]]:
    """Return the id of the document that is named by its path or, where only one has it, by its file name.

    Returns:
        The id and nothing, or an empty text and the paths that come nearest.
    """
    words = said.casefold()
    paths = {one_line(document.path).casefold(): document.id for document in documents}
    if words in paths:
        return paths[words], ()
    same = [path for path in paths if words and path.rsplit("/", 1)[-1] == words.rsplit("/", 1)[-1]]
    if len(same) == 1:
        return paths[same[0]], ()
    return "", tuple(same or get_close_matches(words, paths, n=3, cutoff=0.5))


def _text(value: Value) -> str:
    """Return a cell's value as text; whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _restored(text: str) -> str:
    """Return text with the characters that the workbook spells out (``[U+202E]``)."""
    return _SPELT_OUT.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    code = int(found.group(1), 16)
    return "" if 0xD800 <= code <= 0xDFFF or code > sys.maxunicode else chr(code)
