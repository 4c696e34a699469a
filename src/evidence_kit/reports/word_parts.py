"""The parts of a Word document: paragraphs, tables, fields, links, places to fill in; styles only, by their names.

Made straight as WordprocessingML (ECMA-376, part 1, §17): a long pack is then written in well under a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from evidence_kit.reports.words import visible

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CONTENTS_LEVELS = 2
_ANCHOR = "_ek"
"""Begins the names of bookmarks; Word hides names that begin with a line."""
_LONGEST_NAME = 64
"""Characters of the name of a content control."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words within a paragraph: a character style's name, and the anchor in this document that they lead to."""

    text: str
    style: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A place for a person to fill in: its name, what to write there, and whether that is a text to start from."""

    name: str
    hint: str
    draft: bool = False


Words = str | Run | Blank | Sequence[str | Run | Blank]
"""What stands in a paragraph or a cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a heading row that is repeated on every page; ``widths`` are shares of the text's width."""

    caption: str
    columns: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[Words]]


@dataclass(slots=True, kw_only=True)
class Body:
    """The body of a document while it is written.

    Attributes:
        styles: Ids of the document's styles by their names in lower case.
        width: Of the text, in twentieths of a point.
    """

    styles: Mapping[str, str]
    width: int
    blocks: list[etree._Element] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _headings: list[tuple[int, str, str]] = field(default_factory=list)
    _controls: int = 0

    def paragraph(self, words: Words, style: str = "Normal", *, anchor: str = "") -> None:
        """Add a paragraph, which ``anchor`` names for links."""
        paragraph = self._paragraph(words, style)
        if anchor:
            name = self._name(anchor)
            number = name.removeprefix(_ANCHOR)
            paragraph.insert(1, _element("bookmarkStart", id=number, name=name))
            paragraph.append(_element("bookmarkEnd", id=number))
        self.blocks.append(paragraph)

    def bullet(self, words: Words) -> None:
        """Add an item of a list; a base without the style for it gets a mark in the text instead."""
        if "list bullet" in self.styles:
            self.paragraph(words, "List Bullet")
        else:
            self.paragraph(["• ", *_sequence(words)])

    def heading(self, text: str, level: int) -> None:
        """Add a heading; the first two levels stand in the contents."""
        anchor = f"heading {len(self._headings)}"
        self._headings.append((level, text, anchor))
        self.paragraph(text, f"Heading {level}", anchor=anchor)

    def blank(self, blank: Blank) -> None:
        """Add a place for a person to write in, of as many paragraphs as they like."""
        control = self._control(blank)
        control[-1].append(self._paragraph(_hinted(blank), "Own Statement"))
        self.blocks.append(control)

    def table(self, table: Table) -> None:
        """Add a table with its caption above it."""
        self.paragraph(table.caption, "Caption")
        total = sum(table.widths)
        widths = [round(self.width * share / total) for share in table.widths]
        look = _element(
            "tblLook", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noHBand="1", noVBand="1"
        )
        properties = _element(
            "tblPr",
            self._style("tblStyle", "Evidence Table"),
            _element("tblW", w=str(sum(widths)), type="dxa"),
            _element("tblLayout", type="fixed"),
            look,
            _element("tblCaption", val=_safe(table.caption)),
        )
        grid = _element("tblGrid", *(_element("gridCol", w=str(width)) for width in widths))
        rows = [self._row(table.columns, widths, heading=True)]
        rows += [self._row(row, widths) for row in table.rows]
        self.blocks.append(_element("tbl", properties, grid, *rows))

    def section_end(self, properties: etree._Element) -> None:
        """End a section: what stands above is laid out by these properties (a ``sectPr``)."""
        self.blocks.append(_element("p", _element("pPr", properties)))

    def contents(self, place: int) -> None:
        """Put the contents, filled in, before the block with this index.

        Page numbers are fields without a value: they are right once a program has counted the pages, and never wrong.
        """
        listed = [
            (level, text, anchor) for level, text, anchor in self._headings if level <= _CONTENTS_LEVELS
        ]
        entries = [self._entry(level, text, anchor) for level, text, anchor in listed]
        if entries:
            start = _field_start(f'TOC \\o "1-{_CONTENTS_LEVELS}" \\h \\z \\u')
            entries[0][1:1] = start
            entries[-1].append(_mark("end"))
        gallery = _element(
            "docPartObj", _element("docPartGallery", val="Table of Contents"), _element("docPartUnique")
        )
        head = self._paragraph("Contents", "TOC Heading")
        self.blocks.insert(
            place, _element("sdt", _element("sdtPr", gallery), _element("sdtContent", head, *entries))
        )

    def _entry(self, level: int, text: str, anchor: str) -> etree._Element:
        name = self._name(anchor)
        link = _element("hyperlink", _text(text), _element("r", _element("tab")), anchor=name, history="1")
        link.extend([*_field_start(f"PAGEREF {name} \\h"), _mark("end")])
        return _element("p", _element("pPr", self._style("pStyle", f"toc {level}")), link)

    def _paragraph(self, words: Words, style: str) -> etree._Element:
        properties = _element("pPr", self._style("pStyle", style))
        return _element("p", properties, *(self._inline(part) for part in _sequence(words)))

    def _inline(self, part: str | Run | Blank) -> etree._Element:
        if isinstance(part, Blank):
            control = self._control(part)
            control[-1].append(self._inline(_hinted(part)))
            return control
        if isinstance(part, str):
            return _text(part)
        run = _text(part.text)
        style = part.style or ("Hyperlink" if part.anchor else "")
        if style:
            run.insert(0, _element("rPr", self._style("rStyle", style)))
        return _element("hyperlink", run, anchor=self._name(part.anchor), history="1") if part.anchor else run

    def _row(self, cells: Sequence[Words], widths: Sequence[int], *, heading: bool = False) -> etree._Element:
        properties = _element("trPr", _element("cantSplit"), *([_element("tblHeader")] if heading else []))
        row = _element("tr", properties)
        for words, width in zip(cells, widths, strict=True):
            size = _element("tcPr", _element("tcW", w=str(width), type="dxa"))
            row.append(_element("tc", size, self._paragraph(words, "Table Text")))
        return row

    def _control(self, blank: Blank) -> etree._Element:
        """Return an empty content control, its content last."""
        self._controls += 1
        properties = _element(
            "sdtPr",
            _element("alias", val=_safe(blank.name)[:_LONGEST_NAME]),
            _element("tag", val=f"blank-{self._controls}"),
            _element("id", val=str(self._controls)),
            *([] if blank.draft else [_element("showingPlcHdr")]),
        )
        return _element("sdt", properties, _element("sdtContent"))

    def _name(self, anchor: str) -> str:
        """Return the bookmark's name: letters and digits only, whatever a framework calls its criteria."""
        return self._names.setdefault(anchor, f"{_ANCHOR}{len(self._names) + 1}")

    def _style(self, tag: str, name: str) -> etree._Element:
        return _element(tag, val=self.styles.get(name.lower(), self.styles["normal"]))


def footer(words: str, styles: Mapping[str, str]) -> etree._Element:
    """Return a footer's paragraph: the words, and the page of how many."""
    style = _element("pStyle", val=styles.get("footer", styles["normal"]))
    paragraph = _element("p", _element("pPr", style), _text(words))
    for before, code in ((" · Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.extend([_text(before), *_field_start(code), _text("1"), _mark("end")])
    return paragraph


def _hinted(blank: Blank) -> Run:
    return Run(blank.hint, "" if blank.draft else "Placeholder Text")


def _sequence(words: Words) -> Sequence[str | Run | Blank]:
    return (words,) if isinstance(words, str | Run | Blank) else words


def _field_start(code: str) -> list[etree._Element]:
    instruction = _element("instrText")
    instruction.text = f" {code} "
    instruction.set(_XML_SPACE, "preserve")
    return [_mark("begin"), _element("r", instruction), _mark("separate")]


def _mark(kind: str) -> etree._Element:
    return _element("r", _element("fldChar", fldCharType=kind))


def _text(text: str) -> etree._Element:
    words = _element("t")
    words.text = _safe(text)
    words.set(_XML_SPACE, "preserve")
    return _element("r", words)


def _safe(text: str) -> str:
    """Return text on one line, with hidden characters and those that no XML may hold spelt out."""
    return visible(re.sub(r"[\t\n\r]+", " ", text))


def _element(tag: str, *children: etree._Element, **attributes: str) -> etree._Element:
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={"w": NAMESPACE})
    for name, value in attributes.items():
        element.set(f"{{{NAMESPACE}}}{name}", value)
    element.extend(children)
    return element
