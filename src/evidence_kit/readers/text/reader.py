"""Reads Markdown, plain text and captions of meetings; every block tells the source lines of its text.

The text of a block has one line for each source line that it joins, and ``Block.lines`` gives that line's number, so
that a quote can be traced to the lines of the file. Which of the three it is, the content tells; only a name such as
``.md`` decides for Markdown by itself. There are no pages; places are sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from evidence_kit.readers.base import Draft, Inspection, Whole
from evidence_kit.readers.sections import make_sections
from evidence_kit.readers.text.captions import are_captions, read_captions
from evidence_kit.readers.text.lines import (
    Line,
    clean,
    ends_sentence,
    goes_on,
    has_letters,
    is_contents_line,
    is_spaced,
    read_text,
    running_lines,
    starts_small,
)
from evidence_kit.readers.text.markdown import front_matter, is_markdown, read_markdown
from evidence_kit.readers.text.paragraphs import Form, Joiner, Read
from evidence_kit.records.document import Media, Metadata, Page
from evidence_kit.workers import Limits

_MARKDOWN_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_LONGEST_HEADING = 90
_LONG_LINE = 150
"""Lines that are mostly longer than this are whole paragraphs; a wrapped line is shorter."""
_SHORT_SHARE = 0.6
"""A line shorter than this share of a full one ends its paragraph, unless the sentence goes on in small letters."""
_BULLET = re.compile(r"(\s*)(?:[•●▪◦‣➢■·\uf0b7\uf0a7]\s*|[-–*+]\s+|o\t\s*)(?=\S)")
_NUMBER = re.compile(r"(\s*)(?:\d{1,3}[.)]|\(?[a-z]\)|\(?[ivx]{1,4}\))\s+(?=\S)")
_NUMBERED_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[^\W\d_])")


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read the file into sections; ``Page.number`` is ``None``.

    Raises:
        ReadError: The file is empty, larger than the limit, or no text.
    """
    lines = read_text(path, limits).split("\n")
    metadata = front_matter(lines)[0] if kind_of(path, lines) is Media.MARKDOWN else Metadata()
    pages = _pages(path, lines)
    return Inspection(page_count=len(pages), metadata=metadata), pages


def kind_of(path: Path, lines: Sequence[str]) -> Media:
    """Return whether the lines are Markdown or plain text (captions among them)."""
    if are_captions(lines):
        return Media.TEXT
    marked = path.suffix.lower() in _MARKDOWN_NAMES or is_markdown(lines)
    return Media.MARKDOWN if marked else Media.TEXT


def _pages(path: Path, lines: Sequence[str]) -> tuple[Page, ...]:
    if are_captions(lines):
        return make_sections(read_captions(lines))
    if kind_of(path, lines) is Media.MARKDOWN:
        return make_sections(read_markdown(lines))
    return make_sections(read_plain(lines))


def read_plain(lines: Sequence[str]) -> Iterator[Draft]:
    """Yield the blocks of a plain text.

    Args:
        lines: All source lines, blank ones included.
    """
    spaced = is_spaced(lines)
    filled = [Line(number, text) for number, raw in enumerate(lines, 1) if (text := clean(raw))]
    running = running_lines(filled)
    reads = [
        Read(form=Form.RUNNING, line=read.line) if read.line.number in running else read
        for read in _classified(lines, width=_full_width(filled))
    ]
    return Joiner(spaced=spaced).joined(reads)


def _full_width(lines: Sequence[Line]) -> int:
    """Return how long a full line is, 0 where each line is a paragraph of its own."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths or lengths[len(lengths) * 3 // 4] > _LONG_LINE:
        return 0
    return lengths[len(lengths) * 9 // 10]


def _classified(lines: Sequence[str], *, width: int) -> Iterator[Read]:
    before = ""
    for index, raw in enumerate(lines):
        text = clean(raw)
        if not text:
            before = ""
            continue
        read = _classify(lines, index, text, parted=_is_parted(before, text, width))
        if read is not None:
            yield read
        before = text if read is not None and read.form is not Form.HEADING else ""


def _is_parted(before: str, text: str, width: int) -> bool:
    """Say whether a line begins something new although no blank line parts it from the one before."""
    if not before:
        return True
    if not width:
        return not goes_on(before, text)
    return len(before) < _SHORT_SHARE * width and not goes_on(before, text)


def _classify(lines: Sequence[str], index: int, text: str, *, parted: bool) -> Read | None:
    raw, line = lines[index], Line(index + 1, text)
    if not any(map(str.isalnum, text)) and len(set(text)) <= 2:
        return None  # a rule, or the underline of a heading
    if is_contents_line(text):
        return Read(form=Form.RUNNING, line=line)
    if bullet := _BULLET.match(raw):
        stripped = clean(raw[bullet.end() :])
        return Read(form=Form.ITEM, line=Line(index + 1, stripped), level=_depth(bullet[1]))
    below = lines[index + 1].strip() if index + 1 < len(lines) else ""
    if parted and (level := _heading_level(text, below, _next_filled(lines, index))):
        return Read(form=Form.HEADING, line=line, level=level, gap=True)
    if numbered := _NUMBER.match(raw):
        return Read(form=Form.ITEM, line=line, level=_depth(numbered[1]))
    return Read(form=Form.TEXT, line=line, gap=parted)


def _depth(indent: str) -> int:
    return min(len(indent.expandtabs(4)) // 2 + 1, 6)


def _next_filled(lines: Sequence[str], index: int) -> str:
    return next((text for raw in lines[index + 1 : index + 8] if (text := raw.strip())), "")


def _heading_level(text: str, below: str, following: str) -> int:
    """Return the level of a heading by its looks (short, no full stop, written as titles are, text below), else 0."""
    if len(below) >= 3 and set(below) in ({"="}, {"-"}) and len(text) <= _LONGEST_HEADING:
        return 1 if below[0] == "=" else 2
    if len(text) > _LONGEST_HEADING or not has_letters(text) or starts_small(text):
        return 0
    if ends_sentence(text) or text.endswith(",") or not following or len(following) <= len(text):
        return 0
    if numbered := _NUMBERED_HEADING.match(text):
        return numbered[1].count(".") + 1 if _is_titled(text[numbered.end() :]) or not below else 0
    if text.isupper():
        return 1
    return 2 if _is_titled(text) and not below else 0


def _is_titled(text: str) -> bool:
    """Say whether the words that count begin with capitals, or there are only a few words."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(1 for word in words if word[0].isupper())
    return bool(words) and (capital >= 0.6 * len(words) or (len(text.split()) <= 8 and text[0].isupper()))
