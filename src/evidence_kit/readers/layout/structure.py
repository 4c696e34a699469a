"""What only the whole document can tell: hyphens at line ends, furniture, headings, paragraphs that go on.

Runs in the parent over the pages of all ranges, so that no range border shows in the result. Pure functions from
pages to pages.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence_kit.readers.layout.footnotes import mark_footnotes
from evidence_kit.readers.layout.furniture import block_box, body_size, mark_furniture
from evidence_kit.readers.layout.numbering import number_tables
from evidence_kit.readers.layout.text import PENDING_HYPHEN
from evidence_kit.records.document import Block, BlockKind, OutlineItem, Page

LARGE = 1.12
"""A heading set in larger type is larger than the body by this factor at least."""
NOT_SMALLER = 0.95
"""A heading set in bold is not smaller than the body by more than this factor."""
HEADING_WORDS = 20
HEADING_CHARACTERS = 160
DEEPEST = 6
LONGEST_WORD = 40
RARE_STYLE = 0.04
"""A style that fewer than this share of the headings have makes no level of its own."""
MOSTLY_BOLD = 0.5
"""Where more than this share of the body is bold, bold type tells no heading."""

_APART = frozenset({BlockKind.FURNITURE, BlockKind.CAPTION, BlockKind.FOOTNOTE})
"""What may stand between two parts of a paragraph."""
_MARKS = ".,;:!?()[]“”‘’\"'…•–—"
_ENDING = re.compile(
    r"(?:[a-z]?(?:tion|sion|ment|ing|ed|er|est|ly|ity|ness|able|ible|al|ance|ence|ful|ist|ous|ive|ate|ise|ship)s?"
    r"|ies|es|s)"
)
"""What a word of the document may be followed by behind a syllable break, not behind a hyphen."""
_WORD_BEFORE = re.compile(r"\w+$")
_WORD_AFTER = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_SECTION = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_SENTENCE_END = re.compile(r"[.!?:;…][)\]’”\"']*$")
_GOING_ON = re.compile(
    r"(?:\w,|\w-|\w –|\b(?:a|an|and|are|as|at|by|for|from|has|have|in|is|of|on|or|our|that|the|their|this|to|was|were"
    r"|which|will|with))$",
    re.IGNORECASE,
)
"""A block that ends so is not finished, whatever the next one begins with."""


def finish_pages(pages: Sequence[Page], outline: Sequence[OutlineItem] = ()) -> tuple[Page, ...]:
    """Settle everything that needs the whole document, for pages read from a PDF."""
    settled = mark_furniture(join_hyphens(pages))
    return number_tables(mark_continued(mark_headings(mark_footnotes(settled), outline)))


def join_hyphens(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Decide line-end hyphens by the document's own words.

    "Participa-tion" is joined because the document writes "participation" somewhere; "energy-related" keeps its
    hyphen because it writes that, or neither form and a part is a word of the document. Spans move along.
    """
    if not any(PENDING_HYPHEN in page.text for page in pages):
        return tuple(pages)
    written: Counter[str] = Counter()
    for page in pages:
        written.update(page.text.lower().split())
    known: Counter[str] = Counter()
    for word, count in written.items():  # punctuation is taken off once a word, not once an occurrence
        if PENDING_HYPHEN not in word:
            known[word.strip(_MARKS)] += count
    return tuple(_joined(page, known) if PENDING_HYPHEN in page.text else page for page in pages)


def _joined(page: Page, known: Counter[str]) -> Page:
    text = page.text
    dropped: list[int] = []
    parts: list[str] = []
    position = 0
    at = text.find(PENDING_HYPHEN)
    while at >= 0:
        parts.append(text[position:at])
        position = at + 1
        before = _WORD_BEFORE.search(text[max(0, at - LONGEST_WORD) : at])
        after = _WORD_AFTER.match(text, position)
        if _keeps_hyphen(before.group().lower() if before else "", after.group() if after else "", known):
            parts.append("-")
        else:
            dropped.append(at)
        at = text.find(PENDING_HYPHEN, position)
    parts.append(text[position:])
    return _moved(replace(page, text="".join(parts)), dropped)


def _keeps_hyphen(before: str, after: str, known: Counter[str]) -> bool:
    """Whether ``before`` and ``after`` are a compound, not the syllables of a word."""
    if not before.isalpha() or not after.isalpha() or not after.islower():
        return True
    whole, compound = known[before + after], known[f"{before}-{after}"]
    if whole or compound:
        return compound > whole
    if known[after]:
        return True
    return len(before) < 2 or bool(known[before] and not _ENDING.fullmatch(after))


def _moved(page: Page, dropped: list[int]) -> Page:
    """Return the page with all spans moved left past the characters that were dropped before them."""
    if not dropped:
        return page

    def moved(position: int) -> int:
        return position - bisect_right(dropped, position - 1)

    blocks = tuple(
        replace(
            block,
            start=moved(block.start),
            end=moved(block.end),
            cells=tuple((moved(start), moved(end)) for start, end in block.cells),
        )
        for block in page.blocks
    )
    words = page.words
    if words is not None:
        words = replace(words, spans=_moved_spans(array("I", words.spans), dropped).tobytes())
    return replace(page, blocks=blocks, words=words)


def _moved_spans(spans: array[int], dropped: Sequence[int]) -> array[int]:
    """Return sorted positions, each moved left by the number of dropped characters before it."""
    moved = array("I")
    begin = 0
    for count, at in enumerate(dropped):
        end = bisect_right(spans, at)
        moved.extend(spans[begin:end] if not count else [position - count for position in spans[begin:end]])
        begin = end
    moved.extend([position - len(dropped) for position in spans[begin:]])
    return moved


def mark_headings(pages: Sequence[Page], outline: Sequence[OutlineItem] = ()) -> tuple[Page, ...]:
    """Tell headings and their levels by size and weight against the body, by numbering and by bookmarks."""
    body, bold_share = body_size(pages)
    titles: dict[int, set[str]] = {}
    for item in outline:
        titles.setdefault(item.page, set()).add(_plain(item.title))
    found: list[tuple[int, int]] = []
    for index, page in enumerate(pages):
        listed = titles.get(index, set())
        for number, block in enumerate(page.blocks):
            large = block.size >= LARGE * body
            strong = block.bold and bold_share < MOSTLY_BOLD
            if block.size < NOT_SMALLER * body or not (large or strong or listed):
                continue
            text = page.text[block.start : block.end]
            if not _may_be_heading(block, text) or not (large or strong or _plain(text) in listed):
                continue
            if not _in_a_row(page, number):
                found.append((index, number))
    levels = _levels(pages, found)
    changed: dict[int, list[Block]] = {}
    for index, number in found:
        blocks = changed.setdefault(index, list(pages[index].blocks))
        blocks[number] = replace(blocks[number], kind=BlockKind.HEADING, level=levels[index, number])
    return tuple(
        replace(page, blocks=tuple(changed[index])) if index in changed else page
        for index, page in enumerate(pages)
    )


def _may_be_heading(block: Block, text: str) -> bool:
    """Whether kind, length and wording allow a heading."""
    if block.kind is BlockKind.LIST_ITEM:
        if not _SECTION.match(text):
            return False
    elif block.kind is not BlockKind.PARAGRAPH:
        return False
    if len(text) > HEADING_CHARACTERS or text[-1] in ".,;:" or len(text.split()) > HEADING_WORDS:
        return False
    letters = len(_LETTER.findall(text))
    return letters >= 3 and 2 * letters >= len(text.replace(" ", ""))


def _in_a_row(page: Page, number: int) -> bool:
    """Whether a neighbour in reading order stands beside the block: then both are cells, or a label and its value."""
    box = block_box(page, page.blocks[number])
    if box is None:
        return False
    _, top, _, bottom = box
    for other in (number - 1, number + 1):
        if not 0 <= other < len(page.blocks) or page.blocks[other].kind is BlockKind.FURNITURE:
            continue
        beside = block_box(page, page.blocks[other])
        if beside is None or page.blocks[other].size > 1.5 * page.blocks[number].size:
            continue
        overlap = min(bottom, beside[3]) - max(top, beside[1])
        one_line = beside[3] - beside[1] < 2.0 * (bottom - top)
        if one_line and overlap > 0.5 * min(bottom - top, beside[3] - beside[1]):
            return True
    return False


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _levels(pages: Sequence[Page], found: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Give each heading its level: larger type stands higher; in one style, deeper numbers stand lower.

    A style makes a level of its own if it is used often enough; others share the level of the next smaller one, so
    that the many sizes of a designed report do not push everything to the deepest level.
    """
    styles: dict[tuple[float, bool], list[tuple[int, int]]] = {}
    for index, number in found:
        block = pages[index].blocks[number]
        styles.setdefault((-round(block.size * 2) / 2, not block.bold), []).append((index, number))
    least_used = RARE_STYLE * len(found)
    levels: dict[tuple[int, int], int] = {}
    level = 1
    for style in sorted(styles):
        depths = {place: _depth(pages, place) for place in styles[style]}
        numbered = [depth for depth in depths.values() if depth]
        least = min(numbered, default=1)
        for place, depth in depths.items():
            levels[place] = min(DEEPEST, level + (depth - least if depth else 0))
        if len(depths) >= least_used:
            level += 1 + max(numbered, default=least) - least
    return levels


def _depth(pages: Sequence[Page], place: tuple[int, int]) -> int:
    """Return how many numbers a heading's own number has; 0 without one."""
    page = pages[place[0]]
    block = page.blocks[place[1]]
    match = _SECTION.match(page.text[block.start : block.end])
    return match.group(1).count(".") + 1 if match else 0


def mark_continued(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Mark paragraphs and list items that go on: in the next column, on the next page, behind a figure or a note."""
    changed: dict[int, list[Block]] = {}
    before: tuple[int, int] | None = None
    for index, number in _content(pages):
        if before is not None and _goes_on(pages, before, (index, number)):
            blocks = changed.setdefault(before[0], list(pages[before[0]].blocks))
            blocks[before[1]] = replace(blocks[before[1]], joins_next=True)
        before = (index, number)
    return tuple(
        replace(page, blocks=tuple(changed[index])) if index in changed else page
        for index, page in enumerate(pages)
    )


def _content(pages: Sequence[Page]) -> Iterator[tuple[int, int]]:
    for index, page in enumerate(pages):
        for number, block in enumerate(page.blocks):
            if block.kind not in _APART:
                yield index, number


def _goes_on(pages: Sequence[Page], place: tuple[int, int], next_place: tuple[int, int]) -> bool:
    page, next_page = pages[place[0]], pages[next_place[0]]
    block, following = page.blocks[place[1]], next_page.blocks[next_place[1]]
    if (
        block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        or following.kind is not BlockKind.PARAGRAPH
    ):
        return False
    if abs(block.size - following.size) > 0.5 or block.bold != following.bold or next_place[0] - place[0] > 1:
        return False
    if page.text[block.end - 1] in ".!?:;…":
        return False
    text = page.text[block.start : block.end]
    if _SENTENCE_END.search(text):
        return False
    if not next_page.text[following.start].islower() and not _GOING_ON.search(text):
        return False
    return page is not next_page or not _beside(page, block, following)


def _beside(page: Page, block: Block, following: Block) -> bool:
    """Whether the next block is a cell to the right: one line beside another, not columns of text."""
    box, beside = block_box(page, block), block_box(page, following)
    if box is None or beside is None or box[3] - box[1] > 2.0 * block.size:
        return False
    return abs(box[1] - beside[1]) < 2.0 and abs(box[3] - beside[3]) < 2.0
