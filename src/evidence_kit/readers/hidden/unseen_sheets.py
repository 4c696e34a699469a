"""Words of an Excel workbook that its reader reads and nobody sees: white on white, shown by no format, specks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.light import SMALLEST, is_light
from evidence_kit.readers.hidden.office import root_of
from evidence_kit.readers.hidden.workbook import cell_text, shared_strings
from evidence_kit.readers.office.package import OLE_MAGIC, Package
from evidence_kit.readers.office.xml import child, local
from evidence_kit.workers import Limits

_SHOWS_NOTHING = ";;;"
_WHITE_THEME = "0"
"""Number of a theme's colour of paper."""


def unseen_text(path: Path, limits: Limits) -> str:
    """Return the words of a workbook (.xlsx, .xlsm) that nobody sees; of older and other formats nothing is known.

    A white letter counts as seen where its cell has a filling; what a table's style or a condition fills is not looked
    up.

    Raises:
        ReadError: The file cannot be opened.
    """
    with path.open("rb") as file:
        if file.read(len(OLE_MAGIC)) == OLE_MAGIC:
            return ""
    with Package(path, limits) as package:
        hiding = _hiding(root_of(package, "xl/styles.xml"))
        strings = shared_strings(package) if hiding else []
        return " ".join(
            text
            for name in package.names()
            if hiding and name.startswith("xl/worksheets/") and (sheet := root_of(package, name)) is not None
            for cell in sheet.iter("{*}c")
            if (cell.get("s") or "0") in hiding and (text := cell_text(cell, strings))
        )


def _hiding(styles: etree._Element | None) -> frozenset[str]:
    """Return the numbers of the cell styles that show nothing."""
    if styles is None:
        return frozenset()
    fonts = [_is_unseen(font) for font in _items(styles, "fonts")]
    fills = [_is_filled(fill) for fill in _items(styles, "fills")]
    formats = {
        one.get("numFmtId")
        for one in styles.iter("{*}numFmt")
        if (one.get("formatCode") or "").strip() == _SHOWS_NOTHING
    }
    found = set()
    for number, style in enumerate(_items(styles, "cellXfs")):
        font, fill = _number(style.get("fontId")), _number(style.get("fillId"))
        unseen = fonts[font] if font < len(fonts) else None
        white = unseen == "white" and not (fill < len(fills) and fills[fill])
        if white or unseen == "speck" or style.get("numFmtId") in formats:
            found.add(str(number))
    return frozenset(found)


def _items(styles: etree._Element, name: str) -> Iterator[etree._Element]:
    for group in styles:
        if local(group) == name:
            yield from group


def _number(told: str | None) -> int:
    return int(told) if told and told.isdecimal() else 0


def _is_unseen(font: etree._Element) -> str | None:
    """Return how a font hides its letters: white, or specks."""
    size, colour = child(font, "sz"), child(font, "color")
    try:
        if size is not None and float(size.get("val") or SMALLEST) < SMALLEST:
            return "speck"
    except ValueError:
        return None
    if colour is None:
        return None
    white = colour.get("theme") == _WHITE_THEME or is_light(colour.get("rgb") or "")
    return "white" if white and not colour.get("tint") else None


def _is_filled(fill: etree._Element) -> bool:
    pattern = child(fill, "patternFill")
    if pattern is None:
        return True  # a gradient
    colour = child(pattern, "fgColor")
    if (pattern.get("patternType") or "none") == "none" or colour is None:
        return False
    return not (
        is_light(colour.get("rgb") or "") or (colour.get("theme") == _WHITE_THEME and not colour.get("tint"))
    )
