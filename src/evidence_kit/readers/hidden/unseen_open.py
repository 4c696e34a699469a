"""Words of an OpenDocument text that its reader reads and nobody sees: white, specks or set hidden by a style."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.light import SMALLEST, is_light
from evidence_kit.readers.hidden.office import root_of
from evidence_kit.readers.hidden.open_document import attribute
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import local
from evidence_kit.workers import Limits

_DEEPEST_STYLE = 12
_TOLD = ("color", "background-color", "font-size", "display")


def unseen_text(path: Path, limits: Limits) -> str:
    """Return the words of an OpenDocument text that nobody sees.

    Raises:
        ReadError: The file cannot be opened.
    """
    with Package(path, limits) as package:
        roots = [
            root for name in ("styles.xml", "content.xml") if (root := root_of(package, name)) is not None
        ]
        styles = {
            attribute(style, "name"): style
            for root in roots
            for style in root.iter()
            if local(style) == "style"
        }
        texts = (
            "".join(str(part) for part in one.itertext())
            for root in roots[-1:]
            for one in root.iter()
            if local(one) in ("span", "p", "h") and _hides(one, styles)
        )
        return " ".join(texts)


def _hides(element: etree._Element, styles: Mapping[str, etree._Element]) -> bool:
    told = _told(attribute(element, "style-name"), styles)
    if told.get("display") == "none":
        return True
    size = told.get("font-size", "")
    if size.endswith("pt") and size[:-2].replace(".", "", 1).isdecimal() and float(size[:-2]) < SMALLEST:
        return True
    around = [_told(attribute(one, "style-name"), styles) for one in (element, *element.iterancestors())]
    fillings = [one.get("background-color", "transparent") for one in around]
    behind = next((filling for filling in fillings if filling != "transparent"), "#ffffff")
    return is_light(told.get("color", "")) and is_light(behind)


def _told(name: str, styles: Mapping[str, etree._Element]) -> dict[str, str]:
    """Return what a style and those that it builds on say of its letters, the nearest first."""
    found: dict[str, str] = {}
    for _ in range(_DEEPEST_STYLE):
        style = styles.get(name)
        if style is None:
            break
        for one in style:
            for key in _TOLD:
                if value := attribute(one, key):
                    found.setdefault(key, value)
        name = attribute(style, "parent-style-name")
    return found
