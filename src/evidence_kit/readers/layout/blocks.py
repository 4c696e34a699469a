"""From segments in reading order to paragraphs, list items and single lines.

Pure functions over :class:`evidence_kit.readers.layout.segments.Segment`; PDFium is not needed to test them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from evidence_kit.readers.layout.segments import BULLETS, Segment
from evidence_kit.records.document import BlockKind

SAME_HEIGHT = 0.12
"""Lines whose heights differ by less are of one size."""
SAME_STEP = 0.18
"""Lines of a paragraph keep their distance this well."""
LARGEST_STEP = 2.2
"""Lines further apart than so many heights are never one paragraph, even with wide line spacing."""
INDENT = 0.7
"""A first line is indented by at least so many heights…"""
LARGEST_INDENT = 4.0
"""… and by no more than so many."""
WELL_INSIDE = 0.8
"""A line whose next word would have ended within this share of the width that lines of its edge have elsewhere on
the page was ended on purpose, though its neighbours are no longer."""
ALIGNED = 2.0
"""Left edges within so many points are the same."""
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]|o|-")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.)]")
_DEEP_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?")
_SENTENCE_END = re.compile(r"[.!?:;][)\]’”\"']*$")
_UNFINISHED = re.compile(
    r"(?:.*,|a|an|and|are|as|at|by|for|from|has|have|in|is|of|on|or|our|that|the|their|this|to|was|were|which|will"
    r"|with)$"
)
"""A line that ends with such a word was not ended on purpose."""
_CAPTION = re.compile(
    r"(?:Figure|Fig\.|Table|Chart|Graph|Diagram|Exhibit)\s+[A-Z]?\d+(?:\.\d+)*\s*(?:[:.–—-]|\s[A-Z])"
)


@dataclass(slots=True)
class Lines:
    """A block in the making: its lines, and its extent in the direction of reading."""

    segments: list[Segment]
    left: float
    right: float
    step: float = 0.0
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: bool = field(default=False)

    @property
    def last(self) -> Segment:
        """Its last line."""
        return self.segments[-1]


def blocks_of(segments: Sequence[Segment]) -> list[Lines]:
    """Join segments, in reading order, to paragraphs, list items and single lines."""
    joiner = _Joiner(segments)
    blocks: list[Lines] = []
    for index, segment in enumerate(segments):
        following = segments[index + 1] if index + 1 < len(segments) else None
        if blocks and joiner.goes_on(blocks[-1], segment, following):
            block = blocks[-1]
            block.step = block.step or segment.bottom - block.last.bottom
            block.segments.append(segment)
            block.left = min(block.left, segment.left)
            block.right = max(block.right, segment.right)
        else:
            blocks.append(Lines([segment], segment.left, segment.right, marker=is_item(segment)))
    for block in blocks:
        _set_kind(block)
    blocks = _put_behind(blocks)
    _set_nesting(blocks)
    return blocks


def _put_behind(blocks: list[Lines]) -> list[Lines]:
    """Move a block that can only be the rest of a sentence behind the one block to its left that lacks a rest.

    Some files write the middle column first. Its first block begins with a small letter, and nothing before it is
    unfinished.
    """
    for index, block in enumerate(blocks):
        if not _is_rest(block) or (index and _unfinished(blocks[index - 1])):
            continue
        places = [
            later
            for later in range(index + 1, len(blocks))
            if _unfinished(blocks[later])
            and blocks[later].right < block.left
            and blocks[later].last.bottom > block.segments[0].top
            and _same_height(blocks[later].last, block.segments[0])
            and not (later + 1 < len(blocks) and _is_rest(blocks[later + 1]))
        ]
        if len(places) == 1:
            place = places[0]
            return [*blocks[:index], *blocks[index + 1 : place + 1], block, *blocks[place + 1 :]]
    return blocks


def _is_rest(block: Lines) -> bool:
    return block.kind is BlockKind.PARAGRAPH and block.segments[0].words[0][0].islower()


def _unfinished(block: Lines) -> bool:
    """Whether a paragraph or item breaks off within a sentence."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or _ends(block.last):
        return False
    return len(block.segments) > 1 or block.last.words[-1][-1].islower()


def _usual_steps(segments: Sequence[Segment]) -> dict[int, float]:
    """Return the commonest distance between lines for each height of line, in points."""
    found: Counter[tuple[int, int]] = Counter()
    for above, below in pairwise(segments):
        step = below.bottom - above.bottom
        if 0 < step < LARGEST_STEP * below.height and _same_height(above, below):
            found[round(below.height), round(step * 2)] += 1
    steps: dict[int, float] = {}
    for (height, halves), _ in found.most_common():
        steps.setdefault(height, halves / 2)
    return steps


def _same_height(one: Segment, other: Segment) -> bool:
    difference = one.height - other.height
    return difference == 0.0 or abs(difference) <= SAME_HEIGHT * max(one.height, other.height)


class _Joiner:
    """Decides whether a line belongs to a block, knowing all lines of the page."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._steps = _usual_steps(segments)
        self._edges: dict[tuple[int, int], float] = {}
        for segment in segments:
            key = (segment.angle, round(segment.left))
            self._edges[key] = max(self._edges.get(key, segment.right), segment.right)

    def goes_on(self, block: Lines, line: Segment, following: Segment | None) -> bool:
        """Whether ``line`` is the next line of the block; ``following`` comes after it."""
        last = block.segments[-1]
        height = last.height
        step = line.bottom - last.bottom
        if not 0.3 * height < step < LARGEST_STEP * height or last.angle != line.angle:
            return False
        if not _same_height(last, line):
            return False
        left = line.left if line.left > block.left else block.left
        right = line.right if line.right < block.right else block.right
        if right - left < 0.4 * min(last.right - last.left, line.right - line.left):
            return False
        if last.hyphen:
            return True
        usual = block.step or self._steps.get(round(height), 1.3 * height)
        if abs(step - usual) > SAME_STEP * usual and step > usual:
            return False
        return not (
            self._new_weight(block, line)
            or self._opens_item(block, line)
            or self._opens_paragraph(block, line, following)
        )

    def _new_weight(self, block: Lines, line: Segment) -> bool:
        """Whether bold type begins or ends between two lines, as between a heading and its text."""
        if block.last.bold == line.bold:
            return False
        if line.bold:
            return _ends(block.last) or self._would_have_fitted(block, line)
        return all(segment.bold for segment in block.segments)

    def _opens_item(self, block: Lines, line: Segment) -> bool:
        """Whether ``line`` opens a list item below the block; a number at a line's start may just be wrapped."""
        if not is_item(line):
            return False
        if _BULLET.fullmatch(line.words[0]) and line.words[0] not in "-–—":
            return True
        if block.marker and abs(line.left - block.segments[0].left) <= ALIGNED:
            return True
        return _ends(block.last) or self._would_have_fitted(block, line)

    def _opens_paragraph(self, block: Lines, line: Segment, following: Segment | None) -> bool:
        """Whether ``line`` begins a paragraph although no gap says so: by indent, or by an early end above it."""
        first, last = block.segments[0], block.last
        indent = line.left - last.left
        capital = not line.words[0][:1].islower()
        if block.marker:
            if line.left < first.left - ALIGNED:
                return True
            hanging = len(block.segments) > 1 and last.left > first.left + ALIGNED
            if hanging and abs(line.left - first.left) <= ALIGNED:
                return True
        elif INDENT * line.height <= indent <= LARGEST_INDENT * line.height and capital:
            back = following is not None and abs(following.left - last.left) <= ALIGNED
            if _ends(last) or back:
                return True
        if abs(indent) > ALIGNED and abs(line.left + line.right - last.left - last.right) <= 2 * ALIGNED:
            return False  # centred lines
        if not capital or _UNFINISHED.search(last.words[-1]):
            return False
        together = 1 if line.words[0][0].isalpha() or _ends(last) else 2  # "31 March" is kept on one line
        return self._would_have_fitted(block, line, together)

    def _would_have_fitted(self, block: Lines, line: Segment, words: int = 1) -> bool:
        """Whether the first words of ``line`` had room on the line above: then that line was ended on purpose."""
        length = sum(len(word) + 1 for word in line.words)
        share = sum(len(word) + 1 for word in line.words[:words]) / max(1, length)
        needed = block.last.right + share * line.width + 1.0
        if needed < max(block.right, line.right):
            return True
        return self._has_room(block.last, line.left + (needed - line.left) / WELL_INSIDE)

    def _has_room(self, line: Segment, right: float) -> bool:
        """Whether lines with the left edge of ``line`` go beyond ``right`` on this page, and nothing stands there."""
        left = round(line.left)
        edge = max(self._edges.get((line.angle, left + near), 0.0) for near in (-1, 0, 1))
        return edge > right and not any(
            line.right < other.left < edge and other.top < line.bottom and other.bottom > line.top
            for other in self._segments
        )


def is_item(line: Segment) -> bool:
    """Whether a line opens with a bullet or a number, and has a text after it."""
    first = line.words[0]
    if len(first) > 1 and first.isalpha():
        return False  # most lines
    first, gap, _ = first.partition(" ")
    if len(line.words) < 2 and not gap:
        return first in BULLETS
    if not gap and not any(character.isalpha() for word in line.words[1:3] for character in word):
        return False  # a row of figures
    if first == "§":
        return line.words[1][0].isalpha()  # a square bullet of a symbol font, not a section of a law
    return bool(_BULLET.fullmatch(first) or _NUMBER.fullmatch(first) or _DEEP_NUMBER.fullmatch(first))


def _ends(line: Segment) -> bool:
    return not line.hyphen and _SENTENCE_END.search(line.words[-1]) is not None


def _set_kind(block: Lines) -> None:
    """Tell list items and captions; headings are told over the whole document."""
    words = block.segments[0].words
    if block.marker and not _DEEP_NUMBER.fullmatch(words[0].split(" ")[0]):
        block.kind = BlockKind.LIST_ITEM
    elif _CAPTION.match(" ".join(words[:4]) + " "):
        block.kind = BlockKind.CAPTION


def _set_nesting(blocks: Iterable[Lines]) -> None:
    """Give list items that follow one another their depth, by their left edges."""
    edges: list[float] = []
    for block in blocks:
        if block.kind is not BlockKind.LIST_ITEM:
            edges = []
            continue
        left = block.segments[0].left
        while edges and left < edges[-1] - 2 * ALIGNED:
            edges.pop()
        if not edges or left > edges[-1] + 2 * ALIGNED:
            edges.append(left)
        block.level = len(edges)
