"""What a deck hides: slides not shown, speakers' notes, comments, shapes set invisible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.office import all_text, excerpt, package_hidden, remarks, root_of
from evidence_kit.readers.hidden.picture import in_package
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import local, relation_id
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_NOTES = re.compile(r"ppt/notesSlides/notesSlide\d+\.xml")
_COMMENTS = re.compile(r"ppt/comments/[^/]+\.xml")
_OFF = frozenset({"0", "false"})
_PLACEHOLDERS = frozenset({"sldNum", "sldImg", "dt", "hdr", "ftr"})


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return what a deck hides.

    Raises:
        ReadError: The file cannot be opened.
    """
    with Package(path, limits) as package:
        return tuple(_look(package))


def _look(package: Package) -> Iterator[Hidden]:
    yield from package_hidden(package)
    yield from in_package(package)
    shown = _order(package)
    for name in package.names():
        if _SLIDE.fullmatch(name):
            yield from _slide(package, name, f"slide {shown[name]}" if name in shown else "a slide left out")
    yield from remarks(Kind.COMMENTS, "", "comment", _comments(package))


def _order(package: Package) -> dict[str, int]:
    """Return the slides' numbers as the deck shows them."""
    main = package.named("officeDocument", "ppt/presentation.xml")
    targets, root = package.targets(main), root_of(package, main)
    found = {}
    ids = [] if root is None else [one for one in root.iter() if local(one) == "sldId"]
    for number, one in enumerate(ids, start=1):
        if target := targets.get(relation_id(one)):
            found[target.name] = number
    return found


def _slide(package: Package, name: str, place: str) -> Iterator[Hidden]:
    root = root_of(package, name)
    if root is None:
        return
    if root.get("show") in _OFF or "left out" in place:
        yield Hidden(kind=Kind.HIDDEN_SLIDE, place=place, what=f"not shown: ‘{excerpt(all_text(root, 't'))}’")
    unseen = [
        all_text(shape, "t")
        for shape in root.iter()
        if local(shape) in ("sp", "pic", "graphicFrame", "grpSp")
        and any(local(one) == "cNvPr" and one.get("hidden") in ("1", "true") for one in _own(shape))
    ]
    if unseen:
        yield Hidden(
            kind=Kind.HIDDEN_TEXT,
            place=place,
            what=f"{len(unseen)} shapes set invisible: ‘{excerpt(unseen[0])}’",
        )
    for target in package.targets(name).values():
        if not target.external and _NOTES.fullmatch(target.name):
            text = _note(root_of(package, target.name))
            if text.strip():
                yield Hidden(kind=Kind.SPEAKER_NOTES, place=place, what=f"notes beginning ‘{excerpt(text)}’")


def _own(shape: etree._Element) -> Iterator[etree._Element]:
    """Yield a shape's own properties, not those of shapes in it."""
    for one in shape:
        if local(one).startswith("nv"):
            yield from one


def _note(root: etree._Element | None) -> str:
    shapes = [] if root is None else [one for one in root.iter() if local(one) == "sp"]
    kept = [
        shape
        for shape in shapes
        if not any(local(one) == "ph" and one.get("type") in _PLACEHOLDERS for one in shape.iter())
    ]
    return " ".join(all_text(shape, "t") for shape in kept)


def _comments(package: Package) -> Iterator[tuple[str, str]]:
    authors = {}
    for name in ("ppt/commentAuthors.xml", "ppt/authors.xml"):
        root = root_of(package, name)
        for one in () if root is None else root:
            authors[one.get("id") or ""] = one.get("name") or ""
    for name in package.names():
        if _COMMENTS.fullmatch(name) and (root := root_of(package, name)) is not None:
            for one in root.iter():
                if local(one) in ("cm", "reply"):
                    yield authors.get(one.get("authorId") or "", ""), all_text(one, "text", "t")
