"""Words of a deck that its reader reads and nobody sees: white on white, specks, beside the slide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.light import SMALLEST, is_light
from evidence_kit.readers.hidden.office import all_text, root_of
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import child, local
from evidence_kit.workers import Limits

_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_UNDER = re.compile(r"ppt/slide(?:Layouts|Masters)/[^/]+\.xml")
_PAPER = frozenset({"bg1", "lt1"})
"""Names of a theme's lightest colour, of which backgrounds are by default."""
_FILLS = frozenset({"solidFill", "gradFill", "pattFill", "blipFill"})


def unseen_text(path: Path, limits: Limits) -> str:
    """Return the words of a deck that nobody sees.

    White letters count as seen on a filled shape, and on a slide with a picture, a table, a filled shape or a dark
    background, its layout's and master's too: what lies under what is not worked out.

    Raises:
        ReadError: The file cannot be opened.
    """
    with Package(path, limits) as package:
        size = _size(root_of(package, package.named("officeDocument", "ppt/presentation.xml")))
        slides = [name for name in package.names() if _SLIDE.fullmatch(name)]
        return " ".join(text for name in slides for text in _on_slide(package, name, size))


def _size(root: etree._Element | None) -> tuple[int, int]:
    told = None if root is None else next(root.iter("{*}sldSz"), None)
    return (0, 0) if told is None else (_number(told, "cx"), _number(told, "cy"))


def _number(element: etree._Element, name: str) -> int:
    told = element.get(name) or ""
    return int(told) if re.fullmatch(r"-?\d{1,12}", told) else 0


def _on_slide(package: Package, name: str, size: tuple[int, int]) -> Iterator[str]:
    root = root_of(package, name)
    if root is None:
        return
    bare = not any(map(_is_filled_in, (root, *_under(package, name, set()))))
    for shape in root.iter("{*}sp"):
        beside, filled = _is_beside(shape, size), _has_fill(child(shape, "spPr"))
        for run in shape.iter("{*}r"):
            white = bare and not filled and _is_white(run)
            if (beside or white or _is_speck(run)) and (text := all_text(run, "t")).strip():
                yield text


def _under(package: Package, name: str, seen: set[str]) -> Iterator[etree._Element]:
    """Yield what a slide stands on: its layout, and the layout's master."""
    for target in package.targets(name).values():
        if target.external or not _UNDER.fullmatch(target.name) or target.name in seen:
            continue
        seen.add(target.name)
        if (root := root_of(package, target.name)) is not None:
            yield root
        if "slideLayouts" in target.name:
            yield from _under(package, target.name, seen)


def _is_filled_in(root: etree._Element) -> bool:
    """Tell whether a slide has something on it that may be dark: a background, a picture, a filled shape, a table."""
    reference = child(root, "cSld", "bg", "bgRef", "schemeClr")
    if _has_fill(child(root, "cSld", "bg", "bgPr")):
        return True
    if reference is not None and reference.get("val") not in _PAPER:
        return True
    return any(
        local(one) in ("pic", "tbl") or (local(one) == "spPr" and _has_fill(one)) for one in root.iter()
    )


def _has_fill(element: etree._Element | None) -> bool:
    """Tell whether something has a filling that is not paper's."""
    fills = [one for one in (() if element is None else element) if local(one) in _FILLS]
    return any(local(one) != "solidFill" or not _is_paper(one) for one in fills)


def _is_white(run: etree._Element) -> bool:
    fill = child(run, "rPr", "solidFill")
    return fill is not None and _is_paper(fill)


def _is_paper(fill: etree._Element) -> bool:
    colour = next(iter(fill), None)
    if colour is None or len(colour) > 0:  # none, or one that is made darker
        return False
    value = colour.get("val") or ""
    return value in _PAPER or is_light(value)


def _is_speck(run: etree._Element) -> bool:
    told = child(run, "rPr")
    size = 0 if told is None else _number(told, "sz")
    return 0 < size < SMALLEST * 100


def _is_beside(shape: etree._Element, size: tuple[int, int]) -> bool:
    """Tell whether a shape lies wholly beside its slide."""
    place, extent = child(shape, "spPr", "xfrm", "off"), child(shape, "spPr", "xfrm", "ext")
    if place is None or extent is None or not all(size):
        return False
    left, top = _number(place, "x"), _number(place, "y")
    right, bottom = left + _number(extent, "cx"), top + _number(extent, "cy")
    return right <= 0 or bottom <= 0 or left >= size[0] or top >= size[1]
