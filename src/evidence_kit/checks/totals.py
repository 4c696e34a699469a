"""Totals whose parts do not add up, in tables of headcounts by ethnic group and in sentences that split a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence_kit.checks.base import quoted
from evidence_kit.checks.headcounts import NUMBER, Cell, CountRow, CountTable, whole_number
from evidence_kit.language.count_labels import Group, group_of, is_aggregate, is_countable, is_total
from evidence_kit.records.passage import Paper, Passage

_GRADE = re.compile(
    r"\bbands?\b|\b8\s?[a-d]\b|\bvsm\b|\bvery senior\b|\bmedical\b|\bconsultants?\b|\bapprentices?\b"
    r"|^\d(?:\s*(?:to|and|[-–])\s*\d)?$",
    re.IGNORECASE,
)
_SUB_TOTAL = re.compile(
    r"\bsub-?\s?total\b|\btotal\b|\ball\b|\bof (?:whom|which)\b|\bincluding\b", re.IGNORECASE
)
_ROUNDED_TO, _OFF_BY = 5, 2
"""Where every figure is a multiple of five, all were rounded to it: each may be off by two."""
_SHOWN_PARTS = 8
_LABEL_WORDS = 8
"""Behind a number, that may tell whom it counts."""
_WHOLE = re.compile(
    rf"(?:^|(?<=[.;:]\s))(?:Out\s+of|Of|Among)\s+(?:the\s+|our\s+|these\s+|all\s+)*(?P<whole>{NUMBER})(?![\d.,]*\d|%)"
    r"\s+(?P<rest>[^.;]*(?:\.\d[^.;]*)*)"
)
_PART = re.compile(rf"(?<![\d.,])({NUMBER})(?![\d.,]*\d|\s?%|\s+per\s?cent)([^\d,;]*)")
_SOME_OF = re.compile(rf"\d\s+(?:out\s+)?of\s+(?:the\s+)?(?:{NUMBER})")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A total that its parts do not come to.

    Attributes:
        note: What is told of it, with its figures and words.
        passage: Where the total stands.
        beside: Ids of all passages of its table, or its own.
    """

    note: str
    passage: Passage
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    label: str
    cell: Cell


def mismatches(tables: Iterable[CountTable], prose: Iterable[tuple[Passage, Paper]]) -> Iterator[Mismatch]:
    """Yield the totals that their parts do not come to, tables first.

    Nothing is said where a reading of the parts fits: without sub-totals, without those who are not stated. Where a
    figure is not printed because it is small, and in a sentence that does not name the rest, only parts that are more
    than the whole are told. Shares are left alone; where every figure was rounded, rounding is allowed for.
    """
    for table in tables:
        yield from _across(table)
        yield from _down(table)
    for passage, paper in prose:
        yield from _in_sentences(passage, paper)


def _across(table: CountTable) -> Iterator[Mismatch]:
    """Hold each row's parts against the column of totals."""
    counted = [index for index, name in enumerate(table.header) if index and is_countable(name)]
    totals = [index for index in counted if is_total(table.header[index])]
    others = [index for index in counted if index not in totals]
    names = [table.header[index] for index in others]
    by_group = all(group_of(name) for name in names)
    if len(totals) != 1 or len(others) < 2 or not (by_group or all(map(_GRADE.search, names))):
        return
    for row in table.rows:
        if len(row.cells) == len(table.header) and (by_group or group_of(row.label)):
            parts = [_Part(table.header[index], row.cells[index]) for index in others]
            told = _differs(parts, row.cells[totals[0]])
            if told:
                note = f"{told}: {quoted(row.words, table.paper, table.paper.profile.date)}."
                yield Mismatch(note, row.passage, table.passages)


def _down(table: CountTable) -> Iterator[Mismatch]:
    """Hold the rows' figures against a row of totals, the last of its rows or the first."""
    for rows, total in _blocks(table.rows):
        groups = {group_of(row.label) for row in rows}
        for index in range(1, len(total.cells)):
            name = table.header[index] if index < len(table.header) else ""
            by_group = {Group.WHITE, Group.MINORITY} <= groups or (name and group_of(name))
            if not by_group or not is_countable(name) or any(len(row.cells) <= index for row in rows):
                continue
            told = _differs([_Part(row.label, row.cells[index]) for row in rows], total.cells[index])
            if told:
                under = f" under “{name}”" if name else ""
                note = f"{told}{under}: {quoted(total.words, table.paper, table.paper.profile.date)}."
                yield Mismatch(note, total.passage, table.passages)


def _blocks(rows: Sequence[CountRow]) -> Iterator[tuple[list[CountRow], CountRow]]:
    """Yield stretches of rows, each with its row of totals; a row without any figure parts two stretches."""
    block: list[CountRow] = []
    total: CountRow | None = None
    for row in rows:
        if not any(cell.counts for cell in row.cells[1:]) and not any(cell.hidden for cell in row.cells[1:]):
            if total is not None and len(block) > 1:
                yield block, total
            block, total = [], None
        elif not is_total(row.label):
            block.append(row)
        elif total is None and len(block) > 1:
            yield block, row
            block = []
        else:
            total = row
    if total is not None and len(block) > 1:
        yield block, total


def _differs(parts: Sequence[_Part], total: Cell) -> str:
    """Say how parts and total differ; nothing where a reading of them fits."""
    for place, whole in enumerate(total.counts):
        told = [
            _Part(each.label, Cell(each.cell.counts[place : place + 1], each.cell.hidden)) for each in parts
        ]
        if any(not each.cell.counts and not each.cell.hidden for each in told):
            continue
        detailed = [each for each in told if not _is_sub_total(each.label, told)]
        stated = [each for each in detailed if group_of(each.label) is not Group.UNSTATED]
        readings = (told, detailed, stated, [each for each in told if each in stated or each not in detailed])
        rounded = all(each % _ROUNDED_TO == 0 for part in told for each in (*part.cell.counts, whole))
        if len(detailed) > 1 and not any(_fits(each, whole, rounded=rounded) for each in readings):
            return _said(detailed, whole)
    return ""


def _is_sub_total(label: str, parts: Sequence[_Part]) -> bool:
    """Tell whether a part is made of others: "All Asian", "White" beside "White British", "BME" beside "Asian"."""
    if _SUB_TOTAL.search(label):
        return True
    others = [each.label for each in parts if each.label != label]
    if any(each.casefold().startswith(label.casefold() + " ") for each in others if label):
        return True
    return is_aggregate(label) and any(
        group_of(each) is Group.MINORITY and not is_aggregate(each) for each in others
    )


def _fits(parts: Sequence[_Part], whole: int, *, rounded: bool = False) -> bool:
    figures = [each.cell.counts[0] for each in parts if each.cell.counts]
    allowed = _OFF_BY * (len(figures) + 1) if rounded else 0
    over = sum(figures) - whole
    return over <= allowed if any(each.cell.hidden for each in parts) else abs(over) <= allowed


def _said(parts: Sequence[_Part], whole: int) -> str:
    figures = [each.cell.counts[0] for each in parts if each.cell.counts]
    shown = " + ".join(f"{value:,}" for value in figures[:_SHOWN_PARTS])
    more = " + …" if len(figures) > _SHOWN_PARTS else ""
    return f"Parts and total differ: {shown}{more} come to {sum(figures):,}, not {whole:,}"


def _in_sentences(passage: Passage, paper: Paper) -> Iterator[Mismatch]:
    """Hold the groups that a sentence tells against the whole that it opens with: "Of 60 places, 23 went to …"."""
    for match in _WHOLE.finditer(passage.text):
        if _SOME_OF.search(match["rest"]):
            continue
        parts = [
            _Part(part[2].strip(), Cell((whole_number(part[1]),)))
            for part in _PART.finditer(match["rest"])
            if group_of(" ".join(part[2].split()[:_LABEL_WORDS])) is not None
        ]
        whole = whole_number(match["whole"])
        groups = {group_of(each.label) for each in parts}
        over = sum(each.cell.counts[0] for each in parts) > whole
        if (
            {Group.WHITE, Group.MINORITY} <= groups
            and (over or Group.UNSTATED in groups)
            and not _fits(parts, whole)
        ):
            told = f"{_said(parts, whole)}: {quoted(match.group(), paper, paper.profile.date)}."
            yield Mismatch(told, passage, frozenset({passage.id}))
