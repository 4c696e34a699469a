"""How a page lies in its picture: on its side, on its head, or slanting; and the way back to where its words stand."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence_kit.readers.ocr.engines import Engine, Picture, SeenLine, SeenWord
from evidence_kit.readers.ocr.ink import Ink
from evidence_kit.readers.ocr.type import is_noise, slant_of

UPRIGHT = 0.7
"""Pages read with less confidence than this are turned, to see whether they stand on their side or head…"""
SURER = 0.1
"""… and are read turned if that is better by so much."""
STRAIGHT = 0.01
"""A page that slants more than this (pixels down for each to the right) is put straight and read again: engines take
boxes of words from a slanting line that are as high as all of it."""
STILL = 0.95
"""… unless that loses more than the rest of what was read."""
WHITE = 255


@dataclass(frozen=True, slots=True)
class Pose:
    """What was done to a picture so that its lines run straight from left to right.

    Attributes:
        quarters: It was turned clockwise by so many quarters first,
        slant: and then put straight by so many pixels down for each to the right.
    """

    quarters: int = 0
    slant: float = 0.0

    def shown(self, boxes: bytes, size: tuple[float, float]) -> bytes:
        """Return boxes (four floats each) of a picture in this pose as they stand on the page that is shown.

        Args:
            size: Width and height of the picture in this pose, in the boxes' unit.
        """
        if not self.quarters and not self.slant:
            return boxes
        width, height = size
        found = array("f", boxes)
        shown = array("f")
        for index in range(0, len(found), 4):
            left, top, right, bottom = self._slanting(*found[index : index + 4])
            if self.quarters == 1:
                shown.extend((top, width - right, bottom, width - left))
            elif self.quarters == 2:
                shown.extend((width - right, height - bottom, width - left, height - top))
            elif self.quarters == 3:
                shown.extend((height - bottom, left, height - top, right))
            else:
                shown.extend((left, top, right, bottom))
        return shown.tobytes()

    def _slanting(
        self, left: float, top: float, right: float, bottom: float
    ) -> tuple[float, float, float, float]:
        aside = self.slant * (top + bottom) / 2
        down = self.slant * ((left + right) / 2 - aside)
        return left - aside, top + down, right - aside, bottom + down


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture in the pose in which it can be read, and its lines."""

    picture: Picture
    lines: list[SeenLine]
    pose: Pose


def look(engine: Engine, picture: Picture) -> Seen:
    """Read a picture in the pose in which it reads best."""
    seen = _upright(engine, picture)
    slant = slant_of(seen.lines)
    if abs(slant) <= STRAIGHT:
        return seen
    straight = straightened(seen.picture, slant)
    lines = kept(engine.lines(straight))
    if sureness(lines) < STILL * sureness(seen.lines):
        return seen
    return Seen(straight, lines, replace(seen.pose, slant=slant))


def _upright(engine: Engine, picture: Picture) -> Seen:
    best = _turned(engine, picture, 0)
    ink = Ink(picture)
    if ink.grainy or _mean(best.lines) < UPRIGHT:
        plain = _turned(engine, ink.plain(), 0)
        if sureness(plain.lines) > sureness(best.lines) and _mean(plain.lines) > _mean(best.lines) - SURER:
            best, picture = plain, plain.picture
    for quarters in (2, 1, 3):
        if _mean(best.lines) >= UPRIGHT:
            break
        seen = _turned(engine, picture, quarters)
        if _mean(seen.lines) > _mean(best.lines) + SURER:
            best = seen
    needed = _needed_turn(best.lines)
    if needed:
        seen = _turned(engine, picture, (best.pose.quarters + needed) % 4)
        if _mean(seen.lines) > _mean(best.lines) - SURER:
            return seen
    return best


def _turned(engine: Engine, picture: Picture, quarters: int) -> Seen:
    turned = picture.turned(quarters) if quarters else picture
    return Seen(turned, kept(engine.lines(turned)), Pose(quarters))


def _needed_turn(lines: Sequence[SeenLine]) -> int:
    """Return by how many quarters to turn the picture clockwise so that most lines run to the right.

    Engines read some pages that stand on their side or head, and give the words' boxes as they lie.
    """
    letters = [0, 0, 0, 0]
    for line in lines:
        (x, y), (x2, y2) = line[0].middle, line[-1].middle
        if len(line) > 1:
            along, down = x2 - x, y2 - y
            turn = (0 if along > 0 else 2) if abs(along) > abs(down) else (3 if down > 0 else 1)
            letters[turn] += sum(len(word.text) for word in line)
    return letters.index(max(letters))


def straightened(picture: Picture, slant: float) -> Picture:
    """Return a picture whose lines go down by ``slant`` with their lines level; what comes in at its edges is white.

    For the few degrees by which paper slants in a scanner, moving columns up and rows aside is as good as turning.
    """
    width, height, pixels = picture.width, picture.height, picture.pixels
    step = max(1, int(1 / abs(slant)))
    most = round(abs(slant) * max(width, height)) + 1
    blank = bytes([WHITE]) * (width * most)
    padded = blank + pixels + blank
    blocks = [
        (start, min(start + step, width), (most + round(slant * (start + step / 2))) * width)
        for start in range(0, width, step)
    ]
    rows = []
    for row in range(height):
        begin = row * width
        level = b"".join([padded[begin + by + start : begin + by + stop] for start, stop, by in blocks])
        aside = round(slant * row)
        if aside > 0:
            level = (blank[:aside] + level)[:width]
        elif aside < 0:
            level = level[-aside:] + blank[:-aside]
        rows.append(level)
    return replace(picture, pixels=b"".join(rows))


def kept(lines: Sequence[SeenLine]) -> list[SeenLine]:
    """Return the lines without what is no word."""
    return [words for line in lines if (words := tuple(word for word in line if not is_noise(word)))]


def sureness(lines: Sequence[Sequence[SeenWord]]) -> float:
    """Return the confidence of all letters together."""
    return sum(word.confidence * len(word.text) for line in lines for word in line)


def _mean(lines: Sequence[SeenLine]) -> float:
    """Return the mean confidence by letters; 0 for no words. Dots that lead to a page number are none."""
    words = [[word for word in line if any(map(str.isalnum, word.text))] for line in lines]
    letters = sum(len(word.text) for line in words for word in line)
    return sureness(words) / letters if letters else 0.0
