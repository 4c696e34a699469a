"""What a picture says beside what it shows: who took it, where, with which words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence_kit.readers.base import DAMAGED, ReadError
from evidence_kit.readers.hidden.office import properties
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_TAGS = {0x013B: "artist", 0x8298: "copyright", 0x010E: "description", 0x9C9D: "author", 0x9C9C: "comment"}
_POSITION = 0x8825


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:  # noqa: ARG001 - the shape of all of them
    """Return what a picture says beside what it shows.

    Raises:
        ReadError: It cannot be opened.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as picture:
            tags = {number: str(value) for number, value in picture.getexif().items()}
            words = {str(name): str(value) for name, value in picture.info.items() if isinstance(value, str)}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ReadError(
            DAMAGED, "The picture cannot be opened.", "Save it again from its program."
        ) from error
    return tuple(_look(tags, words))


def _look(tags: dict[int, str], words: dict[str, str]) -> Iterator[Hidden]:
    told = [(_TAGS[number], tags[number]) for number in _TAGS if number in tags]
    told += [
        (name, value) for name, value in words.items() if name.lower() in ("author", "comment", "description")
    ]
    yield from properties(told)
    if _POSITION in tags:
        what = "the picture says where it was taken"
        yield Hidden(kind=Kind.PROPERTIES, place="position", what=what)
