"""Pictures as documents: JPEG, PNG, and TIFF with its pages. Their words are had by text recognition alone.

Without the extra for it a picture is a document whose pages are unread. Pillow, which opens pictures, belongs to that
extra, so how many pages a TIFF has is counted here.
"""

from __future__ import annotations

import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_kit.readers import base
from evidence_kit.readers.base import Inspection, ReadError, unread_page
from evidence_kit.readers.ocr.engines import Picture
from evidence_kit.records.document import Page
from evidence_kit.workers import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("JPEG", "PNG", "TIFF")
TIFF_HEADS = {b"II*\x00": "<", b"MM\x00*": ">"}
"""Beginning of a TIFF, and the order of its bytes."""
ENTRY_BYTES = 12
DPI = 200.0
"""Pictures are brought to this many pixels an inch, as pages of PDFs are."""
BELIEVED = (100.0, 1300.0)
"""A stated resolution outside is one that screens and phones write into every picture."""
LONG_SIDE = 11.69
"""In inches: a picture that does not say how large it is is taken for a page of A4."""
DECODED_TIMES = 5
"""A picture may unpack to so many times the limit's pixels before it is made smaller: to 200 MiB in colour."""
REDUCED = ("L", "LA", "RGB", "RGBA", "CMYK", "YCbCr")
"""Modes that can be made smaller as they are; the others take a byte or two a pixel."""


def inspect(path: Path, limits: Limits) -> Inspection:
    """Count the picture's pages.

    Raises:
        ReadError: It cannot be opened.
    """
    try:
        return Inspection(page_count=_page_count(path, limits.pages + 1))
    except OSError as error:
        raise ReadError(
            base.UNREADABLE,
            "The file cannot be opened.",
            "Check that it still exists and that you may read it.",
        ) from error


def read(path: Path, first: int, last: int, limits: Limits) -> tuple[Page, ...]:  # noqa: ARG001
    """Return pages ``[first, last)`` (indexes from 0), unread: a picture has no text of its own."""
    return tuple(unread_page(index + 1, base.NO_TEXT) for index in range(first, last))


def _page_count(path: Path, most: int) -> int:
    """Return the pages of a TIFF, at most ``most``; 1 for other pictures and for what is damaged."""
    with path.open("rb") as file:
        order = TIFF_HEADS.get(file.read(4))
        if order is None:
            return 1
        seen: set[int] = set()
        place = _number(file.read(4), order + "I")
        while place and place not in seen and len(seen) < most:
            file.seek(place)
            entries = _number(file.read(2), order + "H")
            if not entries:
                break
            seen.add(place)
            file.seek(entries * ENTRY_BYTES, 1)
            place = _number(file.read(4), order + "I")
    return max(1, len(seen))


def _number(data: bytes, form: str) -> int:
    """Return a number, 0 where the file ends too early."""
    return int(struct.unpack(form, data)[0]) if len(data) == struct.calcsize(form) else 0


def picture(path: Path, index: int, limits: Limits) -> Picture:
    """Return a page of the picture in grey, upright as its camera says, at :data:`DPI` pixels an inch.

    Raises:
        ReadError: It is damaged or has too many pixels.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of size: the limit below is ours; of damage: it becomes a problem
            with Image.open(path, formats=FORMATS) as image:
                if index:
                    image.seek(index)
                stated = image.info.get("dpi") or (0.0, 0.0)
                whole = image.width * image.height
                small = _unpacked(image, limits.pixels)
                scale = (small.width * small.height / whole) ** 0.5
                return _brought_to_size(
                    _in_grey(small), _resolution(stated, small.size, scale), limits.pixels
                )
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (MemoryError, ReadError):
        raise
    except Exception as error:  # Pillow's parsers raise anything for what is damaged
        raise ReadError(base.PAGE_DAMAGED, *base.UNREAD_REASONS[base.PAGE_DAMAGED]) from error


def _too_large() -> ReadError:
    return ReadError(base.TOO_MANY_PIXELS, *base.UNREAD_REASONS[base.TOO_MANY_PIXELS])


def _unpacked(image: Image, most: int) -> Image:
    """Return the picture upright; one of many more pixels than ``most`` made smaller first, to spare memory.

    Raises:
        ReadError: It has too many pixels for that.
    """
    from PIL import ImageOps

    times = int((image.width * image.height / most) ** 0.5)
    if times > 1:
        image.draft("L", (image.width // times, image.height // times))  # a JPEG unpacks to less at once
    if image.width * image.height > DECODED_TIMES * most:
        raise _too_large()
    ImageOps.exif_transpose(image, in_place=True)
    times = int((image.width * image.height / most) ** 0.5)
    return image.reduce(times) if times > 1 and image.mode in REDUCED else image


def _in_grey(upright: Image) -> Image:
    """Return the picture in grey, on white where it is transparent."""
    from PIL import Image as Pillow

    if upright.mode.startswith("I;16"):
        upright = upright.convert("I").point(lambda value: value * (1 / 256))
    elif upright.has_transparency_data:
        colours = upright.convert("RGBA")
        paper = Pillow.new("RGBA", colours.size, "white")
        upright = Pillow.alpha_composite(paper, colours)
    return upright.convert("RGB").convert("L") if upright.mode == "CMYK" else upright.convert("L")


def _brought_to_size(image: Image, resolution: tuple[float, float], most: int) -> Picture:
    across, down = resolution
    dpi = min(DPI, DPI * (most / (image.width * DPI / across * image.height * DPI / down)) ** 0.5)
    size = (max(1, round(image.width * dpi / across)), max(1, round(image.height * dpi / down)))
    if size != image.size:
        from PIL.Image import Resampling

        image = image.resize(size, Resampling.LANCZOS)
    return Picture(pixels=image.tobytes(), width=image.width, height=image.height, dpi=dpi)


def _resolution(stated: Any, size: tuple[int, int], scale: float) -> tuple[float, float]:
    """Return pixels an inch, across and down: as stated, or as if the picture were a page of A4.

    Args:
        stated: What the file says of itself before it was made smaller by ``scale``; may be anything.
        size: Of the picture as it is.
    """
    try:
        across, down = (float(value) for value in stated)
    except (TypeError, ValueError, ZeroDivisionError):
        across = down = 0.0
    least, highest = BELIEVED
    if all(least / 2 <= value <= highest for value in (across, down)) and max(across, down) >= least:
        return across * scale, down * scale
    alike = max(1.0, max(size) / LONG_SIDE)
    return alike, alike
