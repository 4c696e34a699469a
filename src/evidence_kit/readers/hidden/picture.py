"""What a picture says beside what it shows: who took it, where, with which words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from evidence_kit.readers.base import DAMAGED, ReadError
from evidence_kit.readers.hidden.office import excerpt, properties
from evidence_kit.readers.office.package import Package
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_TAGS = {0x013B: "artist", 0x8298: "copyright", 0x010E: "description", 0x9C9D: "author", 0x9C9C: "comment"}
_POSITION = 0x8825
_IN_PACKAGE = re.compile(r"(?:^|/)(?:media|Pictures)/([^/]+\.(?:jpe?g|png|tiff?))$", re.IGNORECASE)


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:  # noqa: ARG001 - the shape of all of them
    """Return what a picture says beside what it shows.

    Raises:
        ReadError: It cannot be opened.
    """
    return _told(path)


def in_package(package: Package) -> Iterator[Hidden]:
    """Yield what the pictures in an office file say beside what they show.

    Raises:
        ReadError: The file is encrypted or unpacks beyond the limit.
    """
    for name in package.names():
        match = _IN_PACKAGE.search(name)
        if match is None:
            continue
        try:
            found = _told(BytesIO(package.bytes_of(name) or b""))
        except ReadError as error:
            if error.code != DAMAGED:
                raise
            continue  # a picture that nobody can open tells nobody anything
        for one in found:
            yield replace(one, place=f"picture ‘{excerpt(match[1])}’")


def _told(picture_file: Path | BytesIO) -> tuple[Hidden, ...]:
    from PIL import Image

    try:
        with Image.open(picture_file, formats=("JPEG", "PNG", "TIFF")) as picture:
            tags = {number: str(value) for number, value in picture.getexif().items()}
            words = {str(name): str(value) for name, value in picture.info.items() if isinstance(value, str)}
    except Exception as error:  # a parser of hostile files raises anything
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
