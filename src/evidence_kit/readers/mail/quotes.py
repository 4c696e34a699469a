"""Which lines of a message are its own, and which are earlier messages, their heads, and signatures.

Most replies carry all that was written before. Its own messages may be in the pack too, and are older than the reply:
so what is quoted is kept apart. A message that only hands another one on has that one as its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FEW_LETTERS = 240
"""A message that hands another on adds no more of its own than this."""
_HEAD_LINES = 12
"""Lines in which the head of an earlier message ends."""
_RULE = re.compile(
    r"[\s>]*-{2,}\s*(?:original (?:message|appointment)|forwarded (?:message|by\b.{0,80}))\s*-{2,}\s*"
    r"|[\s>]*begin forwarded message:?\s*",
    re.IGNORECASE,
)
_LINE = re.compile(r"\s*_{10,}\s*")
_FIELD = re.compile(
    r"[\s*_]*(from|sent|date|to|cc|bcc|subject|importance|attachments|reply-to)[*_]*\s*:", re.IGNORECASE
)
_WROTE = re.compile(r"\s*(?:on|am)\b.{4,300}\bwrote\s*:\s*", re.IGNORECASE)
_WROTE_BEGINS = re.compile(r"\s*on\b.{4,200}", re.IGNORECASE)
_QUOTED = re.compile(r"\s?>")
_SIGNATURE = re.compile(r"--\s?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(" + "|".join(_MONTHS) + r")[a-z]{0,6}\.?"
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH},?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_FIGURES = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@dataclass(frozen=True, slots=True)
class Own:
    """Which lines are the message's own.

    Attributes:
        lines: One flag a line.
        sent: Of the message that was handed on, if that is the content: its day in ISO 8601 where its head tells it.
    """

    lines: tuple[bool, ...]
    sent: str = ""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """An earlier message: the line where its head begins, the line after its head, and its day."""

    start: int
    body: int
    sent: str


def own_lines(lines: Sequence[str], *, forwards: bool) -> Own:
    """Tell a message's own lines from what it quotes.

    Args:
        lines: The text, line by line, blank ones included.
        forwards: The subject says that the message hands another one on.
    """
    earlier = list(_earlier(lines))
    end = earlier[0].start if earlier else len(lines)
    signed = next((index for index in range(end) if _SIGNATURE.fullmatch(lines[index].rstrip("\n"))), end)
    flags = [index < signed and not _QUOTED.match(line) for index, line in enumerate(lines)]
    for index in _lines_before_quotes(lines, flags):
        flags[index] = False
    handed_on = forwards or any(
        re.search("forwarded", lines[one.start], re.IGNORECASE) for one in earlier[:1]
    )
    said = sum(sum(map(str.isalpha, line)) for line, own in zip(lines, flags, strict=True) if own)
    if not (handed_on and earlier and said <= FEW_LETTERS):
        return Own(tuple(flags))
    first = earlier[0]
    stop = earlier[1].start if len(earlier) > 1 else len(lines)
    for index in range(first.body, stop):
        flags[index] = not _QUOTED.match(lines[index])
    return Own(tuple(flags), first.sent)


def _earlier(lines: Sequence[str]) -> Iterator[_Earlier]:
    """Yield the earlier messages that stand below, each with its head."""
    index = 0
    while index < len(lines):
        if _RULE.fullmatch(lines[index]):
            yield (found := _head(lines, index, index + 1))
        elif _LINE.fullmatch(lines[index]) and _is_head(lines, _next(lines, index + 1)):
            yield (found := _head(lines, index, _next(lines, index + 1)))
        elif _is_head(lines, index):
            yield (found := _head(lines, index, index))
        elif span := _wrote(lines, index):
            after = _next(lines, index + span)
            if after < len(lines) and _QUOTED.match(lines[after]):
                index += span
                continue
            yield (found := _Earlier(index, index + span, _day(" ".join(lines[index : index + span]))))
        else:
            index += 1
            continue
        index = max(found.body, index + 1)


def _lines_before_quotes(lines: Sequence[str], flags: Sequence[bool]) -> Iterator[int]:
    """Yield the lines "On … X wrote:" that stand before lines marked by ``>``."""
    for index in range(len(lines)):
        span = _wrote(lines, index) if flags[index] else 0
        after = _next(lines, index + span) if span else len(lines)
        if after < len(lines) and _QUOTED.match(lines[after]):
            yield from range(index, index + span)


def _wrote(lines: Sequence[str], index: int) -> int:
    """Return how many lines "On … X wrote:" takes here: none, one or two."""
    if _WROTE.fullmatch(lines[index]):
        return 1
    both = _WROTE_BEGINS.fullmatch(lines[index]) and index + 1 < len(lines)
    return 2 if both and _WROTE.fullmatch(f"{lines[index]} {lines[index + 1]}") else 0


def _is_head(lines: Sequence[str], index: int) -> bool:
    """Say whether the head of a message begins here: "From:" and two more of its fields below."""
    if index >= len(lines):
        return False
    first = _FIELD.match(lines[index])
    if first is None or first[1].lower() != "from":
        return False
    below = [match[1].lower() for line in lines[index + 1 : index + 8] if (match := _FIELD.match(line))]
    return len({"sent", "date", "to", "subject"} & set(below)) >= 2


def _head(lines: Sequence[str], start: int, index: int) -> _Earlier:
    """Return the earlier message whose head stands at ``index``."""
    index = _next(lines, index)
    stop = min(index + _HEAD_LINES, len(lines))
    last, sent = index - 1, ""
    for number in range(index, stop):
        match = _FIELD.match(lines[number])
        if match:
            last = number
            if match[1].lower() in ("sent", "date"):
                sent = sent or _day(lines[number])
        elif not lines[number].strip() and last >= index and not _field_follows(lines, number, stop):
            break
    return _Earlier(start, last + 1, sent)


def _field_follows(lines: Sequence[str], number: int, stop: int) -> bool:
    after = _next(lines, number)
    return after < stop and _FIELD.match(lines[after]) is not None


def _next(lines: Sequence[str], index: int) -> int:
    """Return the index of the next line with text."""
    while index < len(lines) and not lines[index].strip():
        index += 1
    return index


def _day(text: str) -> str:
    """Return the first date in a head's line as ISO 8601, empty where there is none. Figures are British."""
    if match := _ISO.search(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.search(text):
        day, word, year = match.groups()
        month = str(_MONTHS.index(word[:3].lower()) + 1)
    elif match := _MONTH_FIRST.search(text):
        word, day, year = match.groups()
        month = str(_MONTHS.index(word[:3].lower()) + 1)
    elif match := _FIGURES.search(text):
        day, month, year = match.groups()
    else:
        return ""
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ""
    return f"{year}-{int(month):02d}-{int(day):02d}"
