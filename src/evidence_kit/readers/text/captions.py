"""Reads captions of meetings: time stamps at line starts, SRT and WebVTT; stamps go, lines become paragraphs.

Captions break sentences anywhere, so lines are joined and a paragraph ends where a sentence does, which may be within
a line: then both paragraphs tell that line. Speakers' names are kept where the source gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from evidence_kit.readers.base import Draft
from evidence_kit.readers.text.lines import Line, clean, make_draft
from evidence_kit.records.document import BlockKind

PARAGRAPH_CHARS = 500
"""From here on a paragraph ends with the next sentence."""
LONGEST_CHARS = 1_500
"""Here it ends with the line: captions without full stops must end somewhere."""
_PAUSE = 6.0
"""Seconds between two stamps, beyond what the words take, that end a paragraph after a full stop."""
_FAST = 10.0
"""Characters a second of slow speech: what a line takes to say."""

_CLOCK = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?"
_STAMP = re.compile(rf"\s*[\[(]?{_CLOCK}[\])]?(?![\d:])\s*(?:[-–—|]\s+|:\s+)?")
_CUE = re.compile(rf"\s*{_CLOCK}\s*-->\s*(?:\d{{1,2}}:)?\d{{1,3}}:[0-5]\d[^\n]{{0,200}}")
_NAME_STAMP = re.compile(rf"([^\d\s:][^:\d]{{1,60}}?)\s{{1,10}}[\[(]?{_CLOCK}[\])]?\s*")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,40})?\s+([^<>]{1,100})>")
_TAG = re.compile(
    r"</?(?:[ibuvc]|ruby|rt|lang|font)(?:[.\s][^<>]{0,100})?>|<\d\d:[\d:.]{4,12}>|\{\\an?\d\}", re.IGNORECASE
)
_TURN = re.compile(r"(?:>>+|[-–—] )\s*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)")
_FULL_STOPS = (".", "?", "!", "…", '"', "”")
_NUMBERED = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A line of speech: when (seconds, or none), who where told, and whether somebody new speaks."""

    line: Line
    second: float | None
    turn: bool = False


def are_captions(lines: Sequence[str]) -> bool:
    """Say whether the text is captions: most lines are stamped, and the times go up as speech does."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return False
    cues = [line for line in filled if _CUE.fullmatch(line)]
    if len(cues) >= 2 and len(cues) >= len(filled) / 6:
        return True
    stamps = [match for line in filled if (match := _STAMP.match(line))]
    if len(stamps) < max(3, 0.4 * len(filled)):
        return _named_stamps(filled)
    times = [_seconds(match) for match in stamps]
    rising = sum(1 for one, two in pairwise(times) if two >= one)
    if rising < 0.9 * (len(times) - 1):
        return False
    # "09:30 Welcome" in an agenda is a time of day; captions begin near zero or tell the second.
    exact = sum(1 for match in stamps if match[1] is not None or match[4] is not None)
    return exact > len(stamps) / 2 or times[0] < 5 * 60 or len(stamps) > 60


def _named_stamps(filled: Sequence[str]) -> bool:
    """Say whether it is a transcript with a line "name, time" before each turn."""
    times = [_seconds(match, 1) for line in filled if (match := _NAME_STAMP.fullmatch(line))]
    return len(times) >= max(3, 0.2 * len(filled)) and times == sorted(times)


def read_captions(lines: Sequence[str]) -> Iterator[Draft]:
    """Yield the paragraphs of captions; lines before the first stamp are furniture where they are comments."""
    if any(_CUE.fullmatch(line) for line in lines):
        cues = list(_subtitle_cues(lines))
    elif _named_stamps([line for line in lines if line.strip()]):
        cues = list(_named_cues(lines))
    else:
        preamble, cues = _stamped_cues(lines)
        for line in preamble:
            comment = line.text.startswith("#")
            yield make_draft([line], BlockKind.FURNITURE if comment else BlockKind.PARAGRAPH)
    yield from _paragraphs(cues)


def _seconds(match: re.Match[str], skip: int = 0) -> float:
    hours, minutes, seconds, fraction = (match[skip + group] for group in (1, 2, 3, 4))
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def _stamped_cues(lines: Sequence[str]) -> tuple[list[Line], list[_Cue]]:
    preamble: list[Line] = []
    cues: list[_Cue] = []
    second: float | None = None
    for number, raw in enumerate(lines, 1):
        match = _STAMP.match(raw)
        if match:
            second = _seconds(match)
            raw = raw[match.end() :]
        text = clean(raw)
        if not text:
            continue
        if second is None:
            preamble.append(Line(number, text))
        else:
            cues += _spoken(number, text, second)
    return preamble, cues


def _subtitle_cues(lines: Sequence[str]) -> Iterator[_Cue]:
    """Yield the speech of SRT and WebVTT: after a line with ``-->`` up to the next blank line."""
    second: float | None = None
    speaker = ""
    for number, raw in enumerate(lines, 1):
        match = _CUE.fullmatch(raw)
        if match:
            second = _seconds(match)
            continue
        if second is None or not raw.strip():
            second = None if not raw.strip() else second
            continue
        if _NUMBERED.fullmatch(raw.strip()) and _next_is_cue(lines, number):
            continue
        voice = _VOICE.search(raw)
        text = clean(_TAG.sub("", _VOICE.sub("", raw)))
        if voice and text and voice[1].strip() != speaker:
            speaker = clean(voice[1])
            yield _Cue(Line(number, f"{speaker}: {text}"), second, turn=True)
        elif text:
            yield from _spoken(number, text, second)


def _next_is_cue(lines: Sequence[str], number: int) -> bool:
    return number < len(lines) and bool(_CUE.fullmatch(lines[number]))


def _named_cues(lines: Sequence[str]) -> Iterator[_Cue]:
    second: float | None = None
    speaker = ""
    for number, raw in enumerate(lines, 1):
        match = _NAME_STAMP.fullmatch(raw)
        if match:
            second, speaker = _seconds(match, 1), clean(match[1])
            continue
        text = clean(raw)
        if text and speaker:
            yield _Cue(Line(number, f"{speaker}: {text}"), second, turn=True)
            speaker = ""
        elif text:
            yield _Cue(Line(number, text), second)


def _spoken(number: int, text: str, second: float) -> Iterator[_Cue]:
    match = _TURN.match(text)
    if match:
        text = text[match.end() :]
    if text:
        yield _Cue(Line(number, text), second, turn=bool(match))


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)
    size: int = 0

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.size += len(line.text) + 1

    def take(self) -> Draft:
        draft = make_draft(self.lines, BlockKind.PARAGRAPH)
        self.lines, self.size = [], 0
        return draft


def _paragraphs(cues: Iterable[_Cue]) -> Iterator[Draft]:
    paragraph = _Paragraph()
    before: _Cue | None = None
    for cue in cues:
        if paragraph.lines and before and (cue.turn or _paused(before, cue)):
            yield paragraph.take()
        before = cue
        parts: list[str] = []
        for part, whole in _sentences(cue.line.text):
            parts.append(part)
            size = paragraph.size + sum(map(len, parts))
            if (whole and size >= PARAGRAPH_CHARS) or size >= LONGEST_CHARS:
                paragraph.add(Line(cue.line.number, " ".join(parts)))
                parts = []
                yield paragraph.take()
        if parts:
            paragraph.add(Line(cue.line.number, " ".join(parts)))
    if paragraph.lines:
        yield paragraph.take()


def _paused(before: _Cue, cue: _Cue) -> bool:
    if before.second is None or cue.second is None or not before.line.text.endswith((".", "?", "!")):
        return False
    return cue.second - before.second > _PAUSE + len(before.line.text) / _FAST


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences of a line, and whether each ends in it; endless ones in parts, cut at a blank."""
    start = 0
    for end in [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]:
        while end - start > LONGEST_CHARS:
            blank = text.rfind(" ", start + 1, start + LONGEST_CHARS)
            cut = blank if blank > 0 else start + LONGEST_CHARS
            yield text[start:cut], False
            start = cut + (text[cut] == " ")
        if start < end:
            part = text[start:end].strip()
            yield part, part.endswith(_FULL_STOPS)
        start = end
