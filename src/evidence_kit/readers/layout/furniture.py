"""Running headers, footers and page numbers, told over the whole document, and the page labels they print.

A line of the outer bands is furniture when it runs: the same words at the same height on at least three pages, each
the next or the next but one. Its numbers must stay the same or grow with the pages. That a line merely repeats is
not enough: in a merged board pack every cover sheet repeats its first lines, and those are content.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence_kit.records.document import Block, BlockKind, Box, Page

BAND = 0.12
"""Share of the page's height at top and bottom where running lines stand."""
MARGIN = 0.08
"""Share of the page's width at left and right where side tabs stand."""
LEAST_RUN = 3
STRIDE = 2
"""Left and right pages may have lines of their own."""
DRIFT = 6.0
"""A running line keeps its height on the page within so many points."""
SLOT = 1.5
"""Lines are on one height if their tops differ by no more than about so many points."""
SLOT_PAGES = 4
SLOT_SHARE = 0.3
"""A height where lines of one size run on so many pages, and on this share of all, is a place of running lines."""
LONGEST = 200
"""Characters of the longest running line."""
TITLE = 1.2
"""A line this much larger than the body is a title, even where slides or sections repeat it."""

_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\[(]?\s*#\s*[-–—|\])]?(?:\s*(?:of|/)\s*#)?")
"""A line's words that are nothing but a page number, ``#`` for the number."""
_COUNTED = re.compile(
    r"(?:appendix|annex|section|chapter|part|figure|table|item|agenda item|question|recommendation|step|stage"
    r"|standard|objective|priority|theme|action|indicator)\b",
    re.IGNORECASE,
)
"""Lines that begin so and count up are content with a number of its own."""


@dataclass(slots=True)
class _Line:
    """A block in a band: where it is, its words without numbers, and the numbers."""

    page: int
    block: int
    top: float
    size: float
    key: str
    numbers: tuple[int, ...]
    run: int = 0
    """Pages of its run."""
    grows: int | None = None
    """Which of its numbers grows with the pages."""


def mark_furniture(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages with running lines marked as furniture and printed labels set."""
    groups: dict[tuple[str, str], list[_Line]] = {}
    largest = TITLE * body_size(pages)[0]
    for zone, line in _candidates(pages, largest):
        groups.setdefault((zone, line.key), []).append(line)
    running: dict[int, list[_Line]] = {}
    loose: list[tuple[str, _Line]] = []
    for (zone, _), lines in groups.items():
        found = list(_running(lines))
        for line in found:
            running.setdefault(line.page, []).append(line)
        if len(found) < len(lines):
            kept = {id(line) for line in found}
            loose.extend((zone, line) for line in lines if id(line) not in kept)
    for line in _in_slots(loose, running, len(pages)):
        running[line.page].append(line)
    return tuple(_marked(page, running.get(index, [])) for index, page in enumerate(pages))


def block_box(page: Page, block: Block) -> Box | None:
    """Return the box around a block's first and last word: its full height, and all of its width if it is a line."""
    if page.words is None or not len(page.words):
        return None
    spans = memoryview(page.words.spans).cast("I")
    boxes = memoryview(page.words.boxes).cast("f")
    first = bisect_left(spans[::2], block.start)
    last = bisect_left(spans[::2], block.end) - 1
    if first > last:
        return None
    left, top, right, bottom = boxes[4 * first : 4 * first + 4]
    left2, top2, right2, bottom2 = boxes[4 * last : 4 * last + 4]
    return min(left, left2), min(top, top2), max(right, right2), max(bottom, bottom2)


def body_size(pages: Sequence[Page]) -> tuple[float, float]:
    """Return the size in points in which most characters are set, and the share of those that is bold."""
    sizes: Counter[float] = Counter()
    bold: Counter[float] = Counter()
    for page in pages:
        for block in page.blocks:
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
                size = round(block.size * 2) / 2
                sizes[size] += block.end - block.start
                bold[size] += (block.end - block.start) * block.bold
    if not sizes:
        return 0.0, 0.0
    size = max(sizes, key=lambda one: (sizes[one], -one))
    return size, bold[size] / sizes[size]


def _candidates(pages: Sequence[Page], largest: float) -> Iterator[tuple[str, _Line]]:
    for index, page in enumerate(pages):
        for number, block in enumerate(page.blocks):
            if block.kind is BlockKind.TABLE_ROW or block.end - block.start > LONGEST or block.size > largest:
                continue
            box = block_box(page, block)
            if box is None:
                continue
            zone = _zone(page, box)
            if zone:
                text = page.text[block.start : block.end]
                key, numbers = _key(text)
                yield zone, _Line(index, number, box[1], block.size, key, numbers)


def _zone(page: Page, box: Box) -> str:
    left, top, right, bottom = box
    if bottom < BAND * page.height:
        return "top"
    if top > (1 - BAND) * page.height:
        return "bottom"
    if right < MARGIN * page.width or left > (1 - MARGIN) * page.width:
        return "side"
    return ""


def _key(text: str) -> tuple[str, tuple[int, ...]]:
    words = " ".join(text.lower().split())
    if _ROMAN.fullmatch(words) and _roman(words):
        return "roman", (_roman(words),)
    return _NUMBER.sub("#", words), tuple(int(number[:9]) for number in _NUMBER.findall(words))


def _roman(text: str) -> int:
    """Return the value of a Roman numeral as page numbers use it; 0 for other letters ("civil" is no number)."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in text]
    total = sum(
        -value if any(later > value for later in values[index + 1 : index + 2]) else value
        for index, value in enumerate(values)
    )
    return total if _written_roman(total) == text else 0


def _written_roman(value: int) -> str:
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return tens[value // 10] + ones[value % 10] if 0 < value < 100 else ""


def _running(lines: list[_Line]) -> Iterator[_Line]:
    """Yield the lines of a group that run, and those that stand as a running line of the group stands."""
    runs: list[list[_Line]] = []
    for line in lines:
        for run in reversed(runs):
            if _follows(run[-1], line):
                run.append(line)
                break
        else:
            runs.append([line])
    long = [run for run in runs if len({line.page for line in run}) >= LEAST_RUN]
    for run in runs:
        grows = _growing(run)
        whole = run in long or _stands_as(run, long) or _is_page_number(run)
        if not whole:
            continue
        for line in run:
            line.run = len(run)
            line.grows = grows if grows is not None else _sole_number(line)
            yield line


def _in_slots(
    loose: Sequence[tuple[str, _Line]], running: Mapping[int, Sequence[_Line]], page_count: int
) -> Iterator[_Line]:
    """Yield lines that stand where others run: the name of the chapter or of the paper, on a page or two."""
    slots: dict[tuple[int, float], set[int]] = {}
    for page, lines in running.items():
        for line in lines:
            for top in (-1, 0, 1):
                slots.setdefault((round(line.top / SLOT) + top, line.size), set()).add(page)
    needed = max(SLOT_PAGES, SLOT_SHARE * page_count)
    for _, line in loose:
        pages = slots.get((round(line.top / SLOT), line.size), set())
        if len(pages) >= needed and line.page in running:
            yield line


def _follows(before: _Line, line: _Line) -> bool:
    distance = line.page - before.page
    if not 1 <= distance <= STRIDE or abs(line.top - before.top) > DRIFT:
        return False
    changes = {now - then for then, now in zip(before.numbers, line.numbers, strict=True)}
    if not changes <= {0, distance}:
        return False
    return changes <= {0} or not _COUNTED.match(line.key)


def _stands_as(run: list[_Line], long: list[list[_Line]]) -> bool:
    """Whether a short run says the same as a long one at the same height, numbers that grow in step included."""
    for other in long:
        grows = _growing(other)
        model = other[0]
        if all(
            abs(line.top - model.top) <= DRIFT
            and all(
                now == then or (position == grows and now - then == line.page - model.page)
                for position, (then, now) in enumerate(zip(model.numbers, line.numbers, strict=True))
            )
            for line in run
        ):
            return True
    return False


def _is_page_number(run: list[_Line]) -> bool:
    """Whether a short run is nothing but the number that the file itself gives its page ("3", "Page 3 of 4")."""
    return all(_PAGE_NUMBER.fullmatch(line.key) and line.numbers[0] == line.page + 1 for line in run)


def _growing(run: list[_Line]) -> int | None:
    """Return which number of a run grows with the pages."""
    for position in range(len(run[0].numbers)):
        if (
            len(run) > 1
            and run[-1].numbers[position] - run[0].numbers[position] == run[-1].page - run[0].page
        ):
            return position
    return None


def _sole_number(line: _Line) -> int | None:
    return 0 if _is_page_number([line]) else None


def _marked(page: Page, lines: list[_Line]) -> Page:
    if not lines:
        return page
    blocks = list(page.blocks)
    for line in lines:
        blocks[line.block] = replace(blocks[line.block], kind=BlockKind.FURNITURE, level=0)
    numbered = [line for line in lines if line.grows is not None]
    label = page.label
    if numbered:
        best = max(numbered, key=lambda line: (line.run, -line.block))
        block = page.blocks[best.block]
        label = _printed(page.text[block.start : block.end], best)
    return replace(page, blocks=tuple(blocks), label=label)


def _printed(text: str, line: _Line) -> str:
    """Return the number as it is printed."""
    if line.key == "roman":
        return text.strip()
    return str(_NUMBER.findall(text)[line.grows or 0])
