"""What the letters of recognised lines tell of their type: baseline, slant, size, weight.

An engine gives the box of a word's ink. Which letters the word has tells how much of a line's height that box takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from evidence_kit.readers.ocr.engines import SeenLine, SeenWord
from evidence_kit.readers.ocr.ink import Ink

RISING, X_HEIGHT, HANGING = 0.71, 0.5, 0.21
"""How far letters such as b, x and p reach above and below the baseline, by size: the middle of common fonts."""
_HANGS = frozenset("gjpqyQ,;()[]{}|/@_$§")
_RISES = frozenset("bdfhklABCDEFGHIJKLMNOPRSTUVWXYZ0123456789&%£?!")
_HALF = frozenset("acemnorsuvwxz")
SLANT_WORDS = 4
STEEPEST = 0.06
"""A page lies straighter than this: pixels down for each to the right."""
SAME_SIZE = 0.07
"""Sizes that differ by less are one size, measured with an error."""
BOLD = 1.28
"""Strokes of bold type are wider than most of the page's by this factor at least, size for size."""
BOLD_WORD = 1.15
"""… and by this factor in a line's first and last word, which are measured less well."""
NOISE_CONFIDENCE = 0.5
RULE_LIKE = frozenset("|_¦")
"""What rules of tables are taken for."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a line is set: the size of its type in pixels, and whether it is bold."""

    size: float
    bold: bool


def is_noise(word: SeenWord) -> bool:
    """Whether a word is ink that was taken for letters: specks, rules, corners of frames."""
    if set(word.text) <= RULE_LIKE:
        return True
    return word.confidence < NOISE_CONFIDENCE and not any(character.isalnum() for character in word.text)


def tightened(lines: Sequence[SeenLine], ink: Ink) -> list[SeenLine]:
    """Return the lines with true boxes of words where the engine gave each word the height of the whole line.

    It does so where it could not tell the lines apart. Then words with and without hanging letters end alike.
    """
    return [
        tuple(replace(word, box=ink.tight(word.box)) for word in line) if _are_alike(line) else line
        for line in lines
    ]


def _are_alike(line: SeenLine) -> bool:
    heights = [word.box[1::2] for word in line]
    common = max(heights, key=heights.count)
    alike = [word for word in line if word.box[1::2] == common]
    return 2 * len(alike) > len(line) and len({_HANGS.isdisjoint(word.text) for word in alike}) > 1


def slant_of(lines: Sequence[SeenLine]) -> float:
    """Return how far the lines of a page go down, in pixels for each to the right."""
    slopes = [slope for line in lines if (slope := _slope([_base(word) for word in line])) is not None]
    return median(slopes) if slopes else 0.0


def bases_of(lines: Sequence[SeenLine], slant: float) -> list[float]:
    """Return where the baseline of each line would meet the page's left edge, in pixels from the top."""
    return [median(y - slant * x for x, y in map(_base, line)) for line in lines]


def _base(word: SeenWord) -> tuple[float, float]:
    """Return a word's middle and its baseline."""
    left, top, right, bottom = word.box
    hangs = not _HANGS.isdisjoint(word.text)
    if hangs:
        rises = not _RISES.isdisjoint(word.text)
        share = HANGING / (HANGING + (RISING if rises else X_HEIGHT))
        if set(word.text) & _HANGS <= set(",;"):
            share *= 0.6
        return (left + right) / 2, bottom - share * (bottom - top)
    return (left + right) / 2, float(bottom)


def _slope(points: Sequence[tuple[float, float]]) -> float | None:
    """Return the slope of a line through the points by the median of pairs half a line apart; ``None`` for few."""
    if len(points) < SLANT_WORDS:
        return None
    half = len(points) // 2
    pairs = zip(points[:half], points[-half:], strict=True)
    slope = median((y2 - y) / (x2 - x) if x2 > x else 0.0 for (x, y), (x2, y2) in pairs)
    return slope if abs(slope) <= STEEPEST else None


def type_of(lines: Sequence[SeenLine], ink: Ink) -> list[Type]:
    """Return how each line is set."""
    letters = [sum(len(word.text) for word in line) for line in lines]
    sizes = [_size(line) for line in lines]
    strokes = [_stroke(line, size, ink) for line, size in zip(lines, sizes, strict=True)]
    usual = _weighted_median(strokes, letters)
    bold = [
        stroke > BOLD * usual and all(_stroke((end,), size, ink) > BOLD_WORD * usual for end in _ends(line))
        for line, size, stroke in zip(lines, sizes, strokes, strict=True)
    ]
    for weight in (False, True):  # a bold heading keeps its size, however near it is to that of the text
        same = [index for index, one in enumerate(bold) if one is weight]
        settled = _settled([sizes[index] for index in same], [letters[index] for index in same])
        for index, size in zip(same, settled, strict=True):
            sizes[index] = size
    return [Type(size, weight) for size, weight in zip(sizes, bold, strict=True)]


def _size(line: SeenLine) -> float:
    """Return the size of a line's type in pixels: from words with tall letters if there are any."""
    tall, others = [], []
    for word in line:
        height = word.box[3] - word.box[1]
        letters = set(word.text)
        below = HANGING if letters & _HANGS else 0.0
        if letters & _HANGS and letters & _HANGS <= set(",;"):
            below = HANGING * 0.6
        if letters & _RISES:
            tall.append(height / (RISING + below))
        elif letters & _HALF:
            others.append(height / ((0.6 if letters & set("tij") else X_HEIGHT) + below))
        else:
            others.append(height / (RISING + below))
    return max(1.0, median(tall or others))


def _settled(sizes: Sequence[float], weights: Sequence[int]) -> list[float]:
    """Return sizes with those made one that lie close to a size that most letters have, or most of the others."""
    settled = list(sizes)
    left = set(range(len(sizes)))
    while left:
        near = {
            one: [other for other in sorted(left) if abs(sizes[other] - sizes[one]) <= SAME_SIZE * sizes[one]]
            for one in sorted(left)
        }
        middle = max(near, key=lambda one: (sum(weights[other] for other in near[one]), -one))
        common = _weighted_median([sizes[i] for i in near[middle]], [weights[i] for i in near[middle]])
        for index in near[middle]:
            settled[index] = common
        left.difference_update(near[middle])
    return settled


def _weighted_median(values: Sequence[float], weights: Sequence[int]) -> float:
    order = sorted(zip(values, weights, strict=True))
    left = sum(weights) / 2
    for value, weight in order:
        left -= weight
        if left <= 0:
            return value
    return order[-1][0]


def _ends(line: SeenLine) -> tuple[SeenWord, ...]:
    """Return a line's first and last word with letters: a bold name makes no bold line of the sentence behind it."""
    words = [word for word in line if sum(map(str.isalpha, word.text)) > 1]
    return (words[0], words[-1]) if words else ()


def _stroke(line: SeenLine, size: float, ink: Ink) -> float:
    """Return the width of a line's strokes by the size of its type, from the part of it where every letter has some."""
    pixels = runs = 0
    for word in line:
        _, base = _base(word)
        left, _, right, _ = word.box
        count, pieces = ink.stroke((left, round(base - 0.45 * size), right, round(base - 0.08 * size)))
        pixels += count
        runs += pieces
    return pixels / runs / size if runs else 0.0
