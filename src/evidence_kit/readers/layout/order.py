"""Columns whose lines alternate in the file, taken apart.

The order of the file is trusted otherwise: it follows columns almost always.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from evidence_kit.readers.layout.blocks import ALIGNED, LARGEST_INDENT, LARGEST_STEP
from evidence_kit.readers.layout.segments import Segment

PROSE_WORDS = 4
"""Alternating segments with so many words in the middle one are lines of columns; with fewer, cells of a table."""
LEAST_WORDS = 3
FILLED_RUN = 5
FILLED = 0.85
"""Segments of fewer words, but so many, are lines of narrow columns if so many rows fill their columns to this share
in the middle."""
LEAST_RUN = 3
"""So many rows must alternate before columns are taken apart."""


def in_reading_order(segments: Sequence[Segment]) -> list[Segment]:
    """Take columns apart whose lines alternate in the file.

    Rows of two or more segments that begin at the same places, and are long enough to be lines of prose, are read
    column by column; all else stays as it is.
    """
    rows = rows_of(segments)
    ordered: list[Segment] = []
    index = 0
    while index < len(rows):
        end = run_of_columns(rows, index)
        if end - index >= LEAST_RUN:
            ordered.extend(_by_column(rows[index:end]))
            index = end
        else:
            ordered.extend(rows[index])
            index += 1
    return ordered


def rows_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Group segments that follow one another on one baseline from left to right."""
    rows: list[list[Segment]] = []
    for segment in segments:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and last.angle == segment.angle
            and segment.left > last.right
            and abs(segment.bottom - last.bottom) < 0.35 * last.height
        ):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def run_of_columns(rows: Sequence[list[Segment]], start: int) -> int:
    """Return the end of the run of rows from ``start`` that are lines of the same columns, or ``start``."""
    end, full = _same_columns(rows, start)
    words = [len(segment.words) for row in full for segment in row]
    if len(words) < 2 * LEAST_RUN or not (median(words) >= PROSE_WORDS or _fill_columns(full)):
        return start
    return end


def run_of_prose(rows: Sequence[list[Segment]], start: int) -> int:
    """As :func:`run_of_columns`, for rows that may be a table's too: only what no table would look like."""
    end, full = _same_columns(rows, start)
    if end - start < LEAST_RUN or len(full) < LEAST_RUN or run_of_columns(rows, start) == start:
        return start
    wordy = all(
        median(len(segment.words) for segment in column) > PROSE_WORDS for column in zip(*full, strict=True)
    )
    return end if wordy or _fill_columns(full) else start


def _fill_columns(full: Sequence[list[Segment]]) -> bool:
    """Whether lines fill their columns, as those of prose do but for the last of a paragraph, and cells do not."""
    return len(full) >= FILLED_RUN and all(
        median(len(segment.words) for segment in column) >= LEAST_WORDS
        and median(segment.width for segment in column) >= FILLED * max(segment.width for segment in column)
        for column in zip(*full, strict=True)
    )


def _same_columns(rows: Sequence[list[Segment]], start: int) -> tuple[int, list[list[Segment]]]:
    """Return the end of the rows from ``start`` that begin where the first one's columns do, and the full ones."""
    first = rows[start]
    if len(first) < 2:
        return start, []
    edges = [segment.left for segment in first]
    gutters = edges[1:]
    end = start
    full: list[list[Segment]] = []
    for row in rows[start:]:
        if (
            end > start
            and not 0 < row[0].bottom - rows[end - 1][0].bottom < LARGEST_STEP * 1.5 * row[0].height
        ):
            break
        if any(_column(segment, edges) is None or _crosses(segment, gutters) for segment in row):
            break
        if len(row) == len(first):
            full.append(row)
        end += 1
    return end, full


def _column(segment: Segment, edges: Sequence[float]) -> int | None:
    """Return the column whose left edge the segment has, a paragraph's or list's indent allowed."""
    for number in range(len(edges) - 1, -1, -1):
        if -ALIGNED <= segment.left - edges[number] <= LARGEST_INDENT * segment.height:
            return number
    return None


def _crosses(segment: Segment, gutters: Sequence[float]) -> bool:
    return any(segment.left < gutter - ALIGNED and segment.right > gutter for gutter in gutters)


def _by_column(rows: Sequence[list[Segment]]) -> list[Segment]:
    edges = [segment.left for segment in rows[0]]
    columns: list[list[Segment]] = [[] for _ in edges]
    for row in rows:
        for segment in row:
            columns[_column(segment, edges) or 0].append(segment)
    return [segment for column in columns for segment in column]


def row_by_row(segments: Sequence[Segment]) -> list[Segment]:
    """Return segments from top to bottom, those of a row from left to right, where the file's order says nothing."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: (one.bottom, one.left)):
        if rows and abs(segment.bottom - rows[-1][0].bottom) < 0.3 * min(segment.height, rows[-1][0].height):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [segment for row in rows for segment in sorted(row, key=lambda one: one.left)]
