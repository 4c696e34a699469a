"""The race disparity ratio, worked out where a paper prints headcounts by band and ethnic group.

From one group of bands to a higher one it is (White staff above ÷ White staff below) ÷ (ethnic minority staff above ÷
ethnic minority staff below): 1 is parity, more favours White staff. Only printed, added-up figures are used.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from evidence_kit.checks.base import quoted
from evidence_kit.checks.headcounts import NUMBER, Cell, CountTable, whole_number
from evidence_kit.language.count_labels import Group, group_of, is_aggregate, is_total
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Paper, Passage

CUT_OFFS = (("lower", 1, 5), ("middle", 6, 7), ("upper", 8, 9))
"""Groups of Agenda for Change bands, lowest and highest; very senior managers stand with the upper ones."""
_STEPS = (("lower", "middle"), ("middle", "upper"), ("lower", "upper"))
_HIGHEST, _LOWEST = 9, 1
_BANDS = re.compile(r"\bbands?\b|\b8\s?[a-d]\b", re.IGNORECASE)
_BAND = re.compile(r"\b([1-9])(?:\s?[a-d])?\b", re.IGNORECASE)
_VSM = re.compile(r"\bvsm\b|\bvery senior managers?\b", re.IGNORECASE)
_UP = re.compile(r"\b(?:and|or) (?:above|over|higher|upwards)\b|\+", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:and|or) (?:below|under|lower)\b|\bup to\b", re.IGNORECASE)
_CLINICAL = re.compile(r"\b(?:non[\s-]?)?clinical\b", re.IGNORECASE)
_IN_PROSE = re.compile(
    r"\b(?:(?:at|in)\s+)?bands?\s+\(?\d[a-d]?(?:\s*(?:to|and|[-–])\s*\d[a-d]?)?(?:\s+(?:and|or)\s+(?:above|over|below|higher))?\)?",
    re.IGNORECASE,
)
_OF_GROUP = re.compile(
    rf"(?<![\d.,])({NUMBER})(?![\d.,]*\d|\s?%)\s+(?:are\s+|were\s+|staff\s+)*([^\d,;.()]*)"
)
_STATED = re.compile(r"\bdisparity\s+ratios?\b|\bRDR\b", re.IGNORECASE)
_STEP_NAMED = re.compile(
    r"\b(lower|middle)(?:\s+bands?)?(?:\s+to\s+|-to-|\s*[-–→]\s*)(?:the\s+)?(middle|upper)\b", re.IGNORECASE
)
_RATIO = re.compile(r"(?<![\d.])\d\.(\d{1,3})(?!\d|\.\d|\s?%)")
_SLACK = 0.01
"""Beyond the rounding of a ratio's last digit."""

Counts = Mapping[str, Mapping[Group, int]]
"""Headcounts by group of bands and ethnic group."""


@dataclass(slots=True)
class _Sums:
    """What is added up of one table, or of one part of it."""

    counts: dict[str, dict[Group, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    labels: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: str = ""

    def add(self, band: str, label: str, counts: Mapping[Group, int], words: str) -> None:
        """Add a band's headcounts; the last band's words are quoted."""
        for group, value in counts.items():
            self.counts[band][group] += value
        if label not in self.labels[band]:
            self.labels[band].append(label)
        self.words = words


def disparity_notes(
    tables: Iterable[CountTable], prose: Sequence[Passage], papers: Mapping[str, Paper]
) -> Iterator[str]:
    """Yield the ratios that headcounts give, each with its working; then those that their paper states otherwise.

    Args:
        tables: Of headcounts.
        prose: Every passage, in order: sentences that tell headcounts, and those that state a ratio.
        papers: Those that count, by id.
    """
    worked: defaultdict[str, list[dict[tuple[str, str], float]]] = defaultdict(list)
    told: defaultdict[str, list[str]] = defaultdict(list)
    for paper, part, sums in (*_of_tables(tables), *_of_prose(prose, papers)):
        ratios = _ratios(sums.counts)
        if ratios:
            worked[paper.id].append(ratios)
            told[_told(ratios, sums, part)].append(quoted(sums.words, paper, paper.profile.date))
    for working, sources in told.items():
        yield f"{working} From {', and '.join(sources)}."
    for passage in prose:
        if passage.paper in worked and _STATED.search(passage.text):
            yield from _stated_otherwise(passage, worked[passage.paper], papers[passage.paper])


def band_group(label: str, *, of_bands: bool = False) -> str:
    """Return the group of bands that a label lies in; empty for what is no band, or lies in several groups.

    Args:
        of_bands: The label stands where bands are expected ("5" under "Band").
    """
    if not _is_band(label, of_bands=of_bands):
        return ""
    told = [int(match[1]) for match in _BAND.finditer(label)]
    if _VSM.search(label):
        told.append(_HIGHEST)
    if told and _UP.search(label):
        told.append(_HIGHEST)
    if told and _DOWN.search(label):
        told.append(_LOWEST)
    return next((name for name, low, high in CUT_OFFS if told and low <= min(told) and max(told) <= high), "")


def _is_band(label: str, *, of_bands: bool) -> bool:
    named = _VSM.search(label) or ((of_bands or _BANDS.search(label)) and _BAND.search(label))
    return bool(named)


def _of_tables(tables: Iterable[CountTable]) -> Iterator[tuple[Paper, str, _Sums]]:
    for table in tables:
        parts: defaultdict[str, _Sums] = defaultdict(_Sums)
        sound = (
            _add_rows(table, parts) if any(map(group_of, table.header[1:])) else _add_columns(table, parts)
        )
        if sound:
            yield from ((table.paper, part, sums) for part, sums in parts.items())


def _add_rows(table: CountTable, parts: dict[str, _Sums]) -> bool:
    """Add up a table with a row for each band; false where it cannot be told or is not printed in full."""
    groups = _chosen(table.header)
    of_bands = bool(table.header and _BANDS.search(table.header[0]))
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        if is_total(row.label) or not _is_band(row.label, of_bands=of_bands):
            continue
        band = band_group(row.label, of_bands=of_bands)
        cells = {index: row.cells[index] for index in groups if index < len(row.cells)}
        part = _part(f"{row.passage.context.stem} {row.label}")
        if not band or (part, row.label) in seen or not all(len(cell.counts) == 1 for cell in cells.values()):
            return False
        seen.add((part, row.label))
        parts[part].add(band, row.label, _by_group(groups, cells), row.words)
    return True


def _add_columns(table: CountTable, parts: dict[str, _Sums]) -> bool:
    """Add up a table with a column for each band and a row for each ethnic group."""
    groups = _chosen([row.label for row in table.rows])
    bands = {index: band_group(name) for index, name in enumerate(table.header) if _BANDS.search(name)}
    if not all(bands.values()):
        return False
    for index, band in bands.items():
        cells = {number: _cell(table, number, index) for number in groups}
        if not all(len(cell.counts) == 1 for cell in cells.values()):
            return False
        words = " / ".join(table.rows[number].words for number in groups)
        parts[_part(table.header[index])].add(band, table.header[index], _by_group(groups, cells), words)
    return True


def _cell(table: CountTable, row: int, column: int) -> Cell:
    cells = table.rows[row].cells
    return cells[column] if column < len(cells) else Cell()


def _chosen(labels: Sequence[str]) -> dict[int, Group]:
    """Choose the White and the ethnic minority lines of a table: where all minorities have a line, that one alone."""
    lines: dict[int, Group] = {
        index: group
        for index, label in enumerate(labels)
        if (group := group_of(label)) in (Group.WHITE, Group.MINORITY)
    }
    for group in (Group.WHITE, Group.MINORITY):
        every = [index for index, each in lines.items() if each is group and _is_every(labels[index])]
        if every:
            lines = {index: each for index, each in lines.items() if each is not group or index == every[0]}
    return lines


def _is_every(label: str) -> bool:
    return (
        is_aggregate(label)
        or re.fullmatch(r"(?:all )?white(?: (?:staff|people|total))?", label, re.IGNORECASE) is not None
    )


def _by_group(groups: Mapping[int, Group], cells: Mapping[int, Cell]) -> dict[Group, int]:
    found: defaultdict[Group, int] = defaultdict(int)
    for index, cell in cells.items():
        found[groups[index]] += cell.counts[0]
    return found


def _part(text: str) -> str:
    match = _CLINICAL.search(text)
    return match.group().lower() if match else ""


def _of_prose(passages: Sequence[Passage], papers: Mapping[str, Paper]) -> Iterator[tuple[Paper, str, _Sums]]:
    """Read headcounts that sentences under one heading tell, each group of bands once."""
    for (name, _), group in groupby(passages, key=lambda each: (each.paper, each.context.headings)):
        sums, told = _Sums(), 0
        for passage in group:
            if name in papers and passage.kind is not BlockKind.TABLE_ROW and _BANDS.search(passage.text):
                for band, label, counts in _prose_counts(passage.text):
                    told += 1
                    sums.add(band, label, counts, passage.text)
        if told and told == len(sums.counts):
            yield papers[name], "", sums


def _prose_counts(text: str) -> Iterator[tuple[str, str, dict[Group, int]]]:
    """Yield bands with the headcounts behind them, or before them where the text tells it that way."""
    bands = list(_IN_PROSE.finditer(text))
    edges = [*(match.start() for match in bands), len(text)]
    behind = [_counts_in(text[match.end() : end]) for match, end in zip(bands, edges[1:], strict=True)]
    before = [
        _counts_in(text[start : match.start()])
        for match, start in zip(bands, [0, *(m.end() for m in bands)], strict=False)
    ]
    for counts in (behind, before):
        if bands and all(len(each) == 2 for each in counts):
            for match, each in zip(bands, counts, strict=True):
                band = band_group(match.group())
                if band:
                    yield band, match.group().removeprefix("in ").removeprefix("at "), each
            return


def _counts_in(text: str) -> dict[Group, int]:
    found: dict[Group, int] = {}
    for match in _OF_GROUP.finditer(text):
        group = group_of(" ".join(match[2].split()[:4]))
        if group in (Group.WHITE, Group.MINORITY):
            found.setdefault(group, whole_number(match[1]))
    return found


def _ratios(counts: Counts) -> dict[tuple[str, str], float]:
    """Return the ratio of each step whose four headcounts are known and none."""
    found = {}
    for low, high in _STEPS:
        figures = [
            counts.get(band, {}).get(group, 0)
            for group in (Group.WHITE, Group.MINORITY)
            for band in (high, low)
        ]
        if all(figures):
            found[low, high] = (figures[0] / figures[1]) / (figures[2] / figures[3])
    return found


def _told(ratios: Mapping[tuple[str, str], float], sums: _Sums, part: str) -> str:
    steps = []
    for (low, high), value in ratios.items():
        white, minority = (
            [sums.counts[band][group] for band in (high, low)] for group in (Group.WHITE, Group.MINORITY)
        )
        steps.append(
            f"{low} to {high} {value:.2f} = ({white[0]:,} ÷ {white[1]:,}) ÷ ({minority[0]:,} ÷ {minority[1]:,})"
        )
    bands = "; ".join(
        f"{band}: {', '.join(sums.labels[band])}" for band, _, _ in CUT_OFFS if sums.labels.get(band)
    )
    of_part = f" ({part} staff)" if part else ""
    return (
        f"Race disparity ratio{of_part}, worked out from headcounts: {'; '.join(steps)}. White staff ÷ ethnic minority "
        f"staff, 1 is parity and more favours White staff. Bands taken as {bands}."
    )


def _stated_otherwise(
    passage: Passage, worked: Sequence[Mapping[tuple[str, str], float]], paper: Paper
) -> Iterator[str]:
    """Hold a ratio that a paper states against those that its headcounts give for the step that it names."""
    values = [(float(match.group()), len(match[1])) for match in _RATIO.finditer(passage.text)]
    named = _STEP_NAMED.search(passage.text)
    step = (named[1].lower(), named[2].lower()) if named else None
    given = [value for ratios in worked for key, value in ratios.items() if step in (None, key)]
    if (
        values
        and given
        and not any(
            abs(value - told) <= 0.5 * 10**-digits + _SLACK for value in given for told, digits in values
        )
    ):
        worked_out = " or ".join(f"{value:.2f}" for value in given)
        stated = quoted(passage.text, paper, paper.profile.date)
        yield f"The paper states another ratio than its headcounts give ({worked_out}): {stated}."
