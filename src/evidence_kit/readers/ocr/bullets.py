"""Bullets of lists in a picture: engines take them for letters, glue them to a word, or do not see them at all."""

from __future__ import annotations

from dataclasses import replace

from evidence_kit.readers.ocr.engines import SeenLine, SeenWord
from evidence_kit.readers.ocr.ink import Ink

BULLET = "•"
ALONE = frozenset("eo°¢©®*«»@+·•")
"""What engines make of a bullet before a text; none of these is a word by itself."""
GLUED = frozenset("°¢©®*«»@·•")
"""… and of one that stands close to it."""
WIDTH, GAP = 0.35, 0.15
"""Of a glued bullet and of the gap behind it, by the size of type."""
LEAST, MOST = 0.12, 0.5
"""How wide and how high a bullet is, by the size of type."""
NEAREST, FURTHEST = 0.12, 2.6
"""How far before its text a bullet stands, by the size of type."""
SQUARE = 1.8
"""A bullet is no more than so many times as wide as it is high, or as high as it is wide."""


def with_bullet(line: SeenLine, size: float, ink: Ink) -> SeenLine:
    """Return the line with the bullet that it opens with as a word of its own.

    Args:
        size: Of its type, in pixels.
    """
    first, rest = line[0], line[1:]
    if rest and first.text in ALONE:
        return (replace(first, text=BULLET), *rest)
    if first.text[0] in GLUED and first.text[1:2].isupper():
        left, top, right, bottom = first.box
        end = min(right - 1, left + round(WIDTH * size))
        begin = min(right - 1, end + round(GAP * size))
        bullet = replace(first, text=BULLET, box=(left, top, end, bottom))
        return (bullet, replace(first, text=first.text[1:], box=(begin, top, right, bottom)), *rest)
    return (*_unseen(first, size, ink), *line)


def _unseen(first: SeenWord, size: float, ink: Ink) -> tuple[SeenWord, ...]:
    """Return the bullet that stands before a word and was not seen, if one does."""
    if not first.text[0].isalnum():
        return ()
    left, _, _, bottom = first.box
    window = (
        int(left - FURTHEST * size),
        int(bottom - 0.85 * size),
        int(left - NEAREST * size),
        int(bottom + 0.15 * size),
    )
    blob = ink.blob(window)
    if blob is None:
        return ()
    width, height = (blob[2] - blob[0]) / size, (blob[3] - blob[1]) / size
    fits = LEAST <= width <= MOST and LEAST <= height <= MOST and 1 / SQUARE <= width / height <= SQUARE
    return (SeenWord(text=BULLET, box=blob, confidence=first.confidence),) if fits else ()
