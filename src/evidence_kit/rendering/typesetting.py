"""Sets text on pages of our own: lines that fit a width, in a font that ships with the package.

Any text can be set: a character that the font does not have, or that prints nothing, is spelt out as ``[U+202E]``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate

from evidence_kit.characters import LINE_ENDS, SILENT, TURNING

REGULAR, BOLD = "evidence-kit", "evidence-kit-bold"
_FILES = {REGULAR: "DejaVuSans.ttf", BOLD: "DejaVuSans-Bold.ttf"}
LEADING = 1.35
"""Height of a line, in sizes of its font."""
ASCENT, DESCENT = 0.93, 0.24
"""How far a line's box reaches above and below its baseline, in sizes of its font."""
_HIDDEN = re.compile(f"[{SILENT}{TURNING}]")
_BREAK = re.compile(f"\r\n|[\r\n{LINE_ENDS}]")
_WORD = re.compile(r"\s*\S+\s*|\s+")
_BLANKS = {"\t": "    "}


@dataclass(frozen=True, slots=True)
class Line:
    """A line that fits: what is shown, and for each of its characters and its end the place in the text."""

    shown: str
    origin: tuple[int, ...]

    def part(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the characters of the line that show the text's span; ``None`` if none does."""
        inside = [index for index, place in enumerate(self.origin[:-1]) if start <= place < end]
        return (inside[0], inside[-1] + 1) if inside else None


@cache
def fonts() -> frozenset[int]:
    """Make the fonts known to the canvas, once a process; return the characters that both have."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    known: list[set[int]] = []
    for name, file in _FILES.items():
        path = files("evidence_kit.rendering") / "fonts" / file
        with path.open("rb") as stream:
            font = TTFont(name, stream)
        pdfmetrics.registerFont(font)
        known.append(set(font.face.charToGlyph))
    return frozenset(set.intersection(*known))


def width(text: str, font: str, size: float) -> float:
    """Return how wide a text is that :func:`lines` gave, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, font, size))


@lru_cache(maxsize=4096)
def lines(text: str, room: float, *, font: str = REGULAR, size: float) -> tuple[Line, ...]:
    """Cut a text into lines that fit into so many points; words that fit no line are cut themselves.

    Results are kept: an index says the same names again and again, and is laid out twice.
    """
    found: list[Line] = []
    position = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        found.extend(_wrapped(_shown(text, position, end), end, room, font, size))
        position = match.end() if match else end
    return tuple(found)


_Shown = list[tuple[str, int]]
"""Characters that are shown, each with the place of the character that it stands for."""


def _shown(text: str, start: int, end: int) -> _Shown:
    known = fonts()
    shown: _Shown = []
    for place in range(start, end):
        character = text[place]
        if character.isspace():
            spelt = _BLANKS.get(character, " ")
        elif ord(character) in known and not _HIDDEN.match(character):
            spelt = character
        else:
            spelt = f"[U+{ord(character):04X}]"
        shown.extend((one, place) for one in spelt)
    return shown


def _wrapped(shown: _Shown, end: int, room: float, font: str, size: float) -> Iterator[Line]:
    text = "".join(character for character, _ in shown)
    at = [0.0, *accumulate(size * _advance(font, character) for character in text)]
    first = 0
    for match in _WORD.finditer(text):
        low = match.start()
        last = low + len(match.group().rstrip())
        if low > first and at[last] - at[first] > room:
            yield _line(text, shown, first, low, end)
            first = low
        while at[last] - at[first] > room and last - first > 1:
            fits = max(first + 1, bisect_right(at, at[first] + room) - 1)
            yield _line(text, shown, first, fits, end)
            first = fits
    yield _line(text, shown, first, len(text), end)


@cache
def _advance(font: str, character: str) -> float:
    return width(character, font, 1.0)


def _line(text: str, shown: _Shown, low: int, high: int, end: int) -> Line:
    last = low + len(text[low:high].rstrip())
    after = shown[last][1] if last < len(shown) else end
    return Line(text[low:last], (*(place for _, place in shown[low:last]), after))
