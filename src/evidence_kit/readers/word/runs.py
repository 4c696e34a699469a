"""Reads what stands inside a Word paragraph: text as accepted, and what hangs on it (text boxes, diagrams, images)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from evidence_kit.readers.office.xml import alternative, child, local, tidy
from evidence_kit.readers.word.styles import Look, Styles, attribute, number, switch

# Tracked deletions, comments and instructions: not part of the accepted text.
_LEFT_OUT = frozenset(
    {
        "pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "annotationRef",
        "commentReference", "footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef", "softHyphen", "rt",
        "tblPr", "tblGrid", "trPr", "tcPr", "sectPr", "lastRenderedPageBreak",
    }
)  # fmt: skip
_FIXED = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
}
# Marks that people set in symbol fonts, where a letter stands for a tick: without this a ticked box is lost.
_SYMBOLS = {
    0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0x6F: "☐", 0xA8: "☐", 0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x53: "☒",
    0xA3: "☐",
}  # fmt: skip
_BULLET_SYMBOLS = frozenset({0xA7, 0xB7, 0xD8, 0x76, 0x71, 0x6C, 0x6E, 0xD2})
_DRAWN = frozenset({"drawing", "pict", "object"})
"""Halves of characters among them: a workbook can write one (``_xD800_``), and no encoder takes it."""


@dataclass(slots=True)
class Runs:
    """What was found in a paragraph, growing while it is read.

    Attributes:
        text: Pieces of visible text.
        hidden: Pieces of text that Word does not show.
        plain: Any visible letter or digit was not bold.
        size: Size of the first visible run in points, 0 where not told.
        boxes: Text box contents (``w:txbxContent``), to be read after the paragraph.
        words: Texts of word art (watermarks among them).
        diagrams: Relationship ids of diagram data.
        images: Pictures and charts.
        embedded: Embedded files, by their count.
        seams: Section or file borders that pull in content from elsewhere (``w:subDoc``).
    """

    text: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    plain: bool = False
    size: float = 0.0
    boxes: list[etree._Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)
    images: int = 0
    embedded: int = 0
    seams: int = 0

    def visible(self) -> str:
        """Return the visible text, white space at line ends removed."""
        return tidy("".join(self.text))


def read_runs(paragraph: etree._Element, look: Look, styles: Styles, into: Runs) -> None:
    """Read all runs of a paragraph, or of a part of one, into ``into``."""
    for element in paragraph:
        _read(element, look, styles, into)


def _read(element: etree._Element, look: Look, styles: Styles, into: Runs) -> None:
    name = local(element)
    if name == "r":
        _read_run(element, look, styles, into)
    elif name in _DRAWN:
        read_drawing(element, into)
    elif name == "AlternateContent":
        for one in alternative(element):
            _read(one, look, styles, into)
    elif name == "t":
        # Formulas keep their text in runs of another namespace.
        _add(element.text or "", into, bold=False)
    elif name == "subDoc":
        into.seams += 1
    elif name and name not in _LEFT_OUT:
        read_runs(element, look, styles, into)


def _read_run(run: etree._Element, look: Look, styles: Styles, into: Runs) -> None:
    properties = child(run, "rPr")
    bold, hidden, size = look.bold, look.hidden, look.size
    if properties is not None:
        style_id = attribute(child(properties, "rStyle"))
        own = styles.look(style_id, "character") if style_id else Look()
        told_bold, told_hidden = switch(properties, "b"), switch(properties, "vanish")
        bold = (bold or own.bold) if told_bold is None else told_bold
        hidden = (hidden or own.hidden) if told_hidden is None else told_hidden
        half_points = number(child(properties, "sz"))
        size = half_points / 2 if half_points is not None else own.size or size
    for element in run:
        name = local(element)
        if name in _LEFT_OUT:
            continue
        if name == "fldChar":
            piece = _form_field(element)
        elif name == "sym":
            piece = _symbol(element)
        elif name == "t":
            piece = element.text or ""
        elif name in _FIXED:
            piece = _FIXED[name]
        else:
            _read(element, look, styles, into)
            continue
        if hidden:
            into.hidden.append(piece)
        else:
            _add(piece, into, bold=bold, size=size)


def _add(piece: str, into: Runs, *, bold: bool, size: float = 0.0) -> None:
    into.text.append(piece)
    if piece.strip():
        into.size = into.size or size
        into.plain = into.plain or (not bold and any(map(str.isalnum, piece)))


def _symbol(element: etree._Element) -> str:
    code = attribute(element, "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    value = int(code, 16)
    # Symbol fonts are addressed in the private area F000-F0FF.
    low = value - 0xF000 if 0xF000 <= value <= 0xF0FF else value
    if low in _SYMBOLS:
        return _SYMBOLS[low]
    if low in _BULLET_SYMBOLS:
        return "•"
    return chr(value) if 0xFF < value < 0xD800 else ""


def _form_field(element: etree._Element) -> str:
    """Return what a form field of the old kind shows: a ticked box, a chosen line. Its text has runs of its own."""
    data = child(element, "ffData")
    box = child(data, "checkBox")
    if box is not None:
        checked = switch(box, "checked")
        if checked is None:
            checked = switch(box, "default")
        return "☒" if checked else "☐"
    choice = child(data, "ddList")
    if choice is not None:
        entries = [attribute(entry) or "" for entry in choice if local(entry) == "listEntry"]
        chosen = number(child(choice, "result")) or number(child(choice, "default")) or 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


def read_drawing(element: etree._Element, into: Runs) -> None:
    """Note what a drawing holds: text boxes, diagrams, word art, pictures, embedded files."""
    name = local(element)
    if name == "txbxContent":
        into.boxes.append(element)
        return
    if name == "AlternateContent":
        for one in alternative(element):
            read_drawing(one, into)
        return
    if name == "relIds":
        into.diagrams += [str(value) for key, value in element.attrib.items() if str(key).endswith("}dm")]
    elif name == "textpath":
        into.words.append(element.get("string") or "")
    elif name in ("blip", "imagedata", "chart"):
        into.images += 1
    elif name == "OLEObject":
        into.embedded += 1
    for one in element:
        read_drawing(one, into)
