"""Where a long paragraph is cut: between sentences, into groups that a person would quote."""

from __future__ import annotations

import re

from evidence_kit.language.sentences import split_sentences
from evidence_kit.records.document import Span

# Set by looking at real reports: a panel member quotes one to three sentences; a paragraph up to some 90 words is
# quoted whole.
WHOLE_WORDS = 90
"""A paragraph of no more words stays whole."""
GROUP_WORDS = 60
"""A group that has this many words takes no further sentence."""
GROUP_LIMIT = 80
"""A sentence that would bring the group above it opens a new one."""
GROUP_SENTENCES = 3
TAIL_WORDS = 12
"""A last group shorter than this stays with the one before."""
RUN_ON_WORDS = 200
"""What runs on for more words without a full stop is not a sentence but captions or a lost table: cut at lines."""
MOST_CHARACTERS = 4000
"""Nothing that a person would quote is longer; what is (no blanks, no full stops, a whole document in a table's cell)
would take time that grows with its square wherever parts of a passage are compared."""

_WORD = re.compile(r"\S+")


def cut(text: str) -> tuple[Span, ...]:
    """Return the spans that a paragraph is cut into, in order, without outer white space.

    They cover every character that is not white space. No sentence is cut, unless it is over
    :data:`RUN_ON_WORDS` or :data:`MOST_CHARACTERS` long.
    """
    starts = [0] if _words(text) <= WHOLE_WORDS else _group(text, _sentence_starts(text))
    return _trimmed(text, _bounded(text, starts))


def cut_to_size(text: str) -> tuple[Span, ...]:
    """Return the spans of a text that is cut only where it is over :data:`MOST_CHARACTERS` long."""
    return _trimmed(text, _bounded(text, [0]))


def last_sentence(text: str) -> str:
    """Return the last sentence of a text."""
    starts = _sentence_starts(text)
    return text[starts[-1] :].strip()


def _words(text: str) -> int:
    return len(text.split())


def _sentence_starts(text: str) -> list[int]:
    """Return where sentences begin; what stands before the first belongs to it."""
    starts = [0]
    starts.extend(start for start, _ in split_sentences(text)[1:] if start > 0)
    finer: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        finer.append(start)
        if end - start > RUN_ON_WORDS and _words(text[start:end]) > RUN_ON_WORDS:
            finer.extend(_line_starts(text, start, end))
    return finer


def _line_starts(text: str, start: int, end: int) -> list[int]:
    """Return where a run-on text is cut: at line ends, else at blanks, every :data:`GROUP_WORDS` words."""
    places: list[int] = []
    count = 0
    previous = start
    for word in _WORD.finditer(text, start, end):
        at_line = "\n" in text[previous : word.start()]
        if (count >= GROUP_WORDS and at_line) or count >= WHOLE_WORDS:
            places.append(word.start())
            count = 0
        previous = word.end()
        count += 1
    return places


def _group(text: str, starts: list[int]) -> list[int]:
    """Return the starts of the groups."""
    groups = [starts[0]]
    words = sentences = 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        size = _words(text[start:end])
        full = sentences >= GROUP_SENTENCES or words >= GROUP_WORDS or words + size > GROUP_LIMIT
        if sentences and full:
            groups.append(start)
            words = sentences = 0
        words += size
        sentences += 1
    if len(groups) > 1 and words < TAIL_WORDS:
        groups.pop()
    return groups


def _bounded(text: str, starts: list[int]) -> list[int]:
    """Add starts where parts are too long: at the last blank that fits, if one stands in the second half."""
    finer: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        finer.append(start)
        while end - finer[-1] > MOST_CHARACTERS:
            low, high = finer[-1] + MOST_CHARACTERS // 2, finer[-1] + MOST_CHARACTERS
            blank = next((place for place in range(high, low, -1) if text[place - 1].isspace()), high)
            finer.append(blank)
    return finer


def _trimmed(text: str, starts: list[int]) -> tuple[Span, ...]:
    spans = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        if part.strip():
            low = start + len(part) - len(part.lstrip())
            spans.append((low, low + len(part.strip())))
    return tuple(spans)
