"""Made pages of two and three columns whose reading order is known, and how well an engine keeps it.

Every word is written once in the file, so what an engine gives can be laid beside what was written: the score is the
share of neighbouring words that still stand next to one another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
TOP, BOTTOM, SIDE, GUTTER = 120.0, 760.0, 50.0, 22.0
SIZE, STEP = 9.5, 12.0
LENGTHS = (2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 6, 7, 8, 9, 11)
"""Of words of English prose, about."""
_WORD = re.compile(r"[a-z]+")

Column = list[str]
"""Lines of a column, the empty ones between its paragraphs."""


def by_column(canvas: Canvas, columns: Sequence[Column], width: float) -> None:
    """Draw one column after the other, as most programs do."""
    for number, column in enumerate(columns):
        for row, line in enumerate(column):
            canvas.drawString(SIDE + number * (width + GUTTER), HEIGHT - TOP - row * STEP, line)


def by_line(canvas: Canvas, columns: Sequence[Column], width: float) -> None:
    """Draw line by line over all columns, as programs do that print what they see."""
    for row in range(max(map(len, columns))):
        for number, column in enumerate(columns):
            if row < len(column):
                canvas.drawString(SIDE + number * (width + GUTTER), HEIGHT - TOP - row * STEP, column[row])


WAYS: dict[str, Callable[[Canvas, Sequence[Column], float], None]] = {
    "column by column": by_column,
    "line by line": by_line,
}


def make_pages(path: Path, *, columns: int, way: str, pages: int = 6) -> list[list[str]]:
    """Write a file; return the words of each page in reading order."""
    words = _words(random.Random(columns))
    chance = random.Random(columns)
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    width = (WIDTH - 2 * SIDE - (columns - 1) * GUTTER) / columns
    order: list[list[str]] = []
    for _ in range(pages):
        title = list(islice(words, 4))
        written = list(title)
        laid: list[Column] = []
        for _ in range(columns):
            column: Column = []
            while len(column) < (BOTTOM - TOP) / STEP - 12:
                said = list(islice(words, chance.randrange(18, 90)))
                written += said
                column += [*simpleSplit(" ".join(said).capitalize() + ".", "Helvetica", SIZE, width), ""]
            laid.append(column)
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(SIDE, HEIGHT - 80, " ".join(title).capitalize())
        canvas.setFont("Helvetica", SIZE)
        WAYS[way](canvas, laid, width)
        canvas.showPage()
        order.append(written)
    canvas.save()
    return order


def _words(chance: random.Random) -> Iterator[str]:
    """Yield made words, none twice, as long as English ones."""
    seen: set[str] = set()
    while True:
        word = "".join(chance.choices("etaoinshrdlucmfwgypbvk", k=chance.choice(LENGTHS)))
        if len(word) == 2 and len(seen) > 300:
            word += chance.choice("aeiou")
        if word not in seen:
            seen.add(word)
            yield word


def score(written: Sequence[Sequence[str]], read: Sequence[str]) -> float:
    """Return the share of neighbouring words of all pages that are neighbours in the texts that were read."""
    kept = total = 0
    for words, text in zip(written, read, strict=True):
        found = _WORD.findall(text.lower())
        pairs = set(pairwise(found))
        kept += sum(pair in pairs for pair in pairwise(words))
        total += len(words) - 1
    return kept / total
