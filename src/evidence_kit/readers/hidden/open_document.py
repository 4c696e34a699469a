"""What an OpenDocument text or spreadsheet hides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.office import all_text, excerpt, properties, remarks, root_of
from evidence_kit.readers.hidden.picture import in_package
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import local
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_FIELDS = {
    "initial-creator": "author",
    "creator": "last changed by",
    "printed-by": "printed by",
    "subject": "subject",
    "description": "description",
    "keyword": "keywords",
}
_CHANGES = frozenset({"changed-region", "cell-content-change", "insertion", "deletion", "movement"})


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return what the file hides.

    Raises:
        ReadError: The file cannot be opened.
    """
    with Package(path, limits) as package:
        return tuple(_look(package))


def _look(package: Package) -> Iterator[Hidden]:
    yield from properties(_properties(root_of(package, "meta.xml")))
    yield from in_package(package)
    embedded = [
        name for name in package.names() if name.startswith("Object ") and name.endswith("content.xml")
    ]
    if embedded:
        what = f"{len(embedded)} embedded objects with their data"
        yield Hidden(kind=Kind.DATA_BEHIND, place="embedded files", what=what)
    for name, place in (("content.xml", "text"), ("styles.xml", "headers and footers")):
        root = root_of(package, name)
        if root is not None:
            yield from _content(root, place)


def _properties(root: etree._Element | None) -> Iterator[tuple[str, str]]:
    for one in () if root is None else root.iter():
        name = local(one)
        if name in _FIELDS and one.text:
            yield _FIELDS[name], one.text
        elif name == "user-defined" and one.text:
            key = next((str(value) for key, value in one.attrib.items() if str(key).endswith("}name")), "")
            yield f"custom ‘{key}’", one.text


def _content(root: etree._Element, place: str) -> Iterator[Hidden]:
    notes = [one for one in root.iter() if local(one) == "annotation"]
    yield from remarks(
        Kind.COMMENTS, "", "comment", ((all_text(one, "creator"), _words(one)) for one in notes)
    )
    changes = [
        (all_text(one, "creator"), _words(one))
        for kept in root.iter()
        if local(kept) == "tracked-changes"
        for one in kept
        if local(one) in _CHANGES
    ]
    yield from remarks(Kind.TRACKED_CHANGES, place, "tracked change", changes)
    yield from _unseen(root, place)
    yield from _tables(root)


def _unseen(root: etree._Element, place: str) -> Iterator[Hidden]:
    """Yield hidden text: by its style, and by fields and paragraphs with a condition."""
    hiding = _styles(root, "display", "none")
    found = [
        _words(one)
        for one in root.iter()
        if local(one) in ("hidden-text", "hidden-paragraph") or attribute(one, "style-name") in hiding
    ]
    found += [attribute(one, "string-value") for one in root.iter() if local(one) == "hidden-text"]
    texts = [text for text in found if text.strip()]
    if texts:
        what = f"{sum(map(len, texts))} characters set hidden, beginning ‘{excerpt(texts[0])}’"
        yield Hidden(kind=Kind.HIDDEN_TEXT, place=place, what=what)


def _tables(root: etree._Element) -> Iterator[Hidden]:
    hiding = _styles(root, "display", "false")
    for table in root.iter():
        if local(table) != "table":
            continue
        place = f"sheet ‘{excerpt(attribute(table, 'name'))}’"
        if attribute(table, "style-name") in hiding:
            yield Hidden(kind=Kind.HIDDEN_SHEET, place=place, what="the sheet is hidden")
        hidden = [
            _words(row)
            for row in table.iter()
            if local(row) == "table-row" and attribute(row, "visibility") in ("collapse", "filter")
        ]
        rows = [text for text in hidden if text.strip()]
        if rows:
            what = f"{len(rows)} hidden rows with content, first ‘{excerpt(rows[0])}’"
            yield Hidden(kind=Kind.HIDDEN_CELLS, place=place, what=what)
        if any(
            local(one) == "table-column" and attribute(one, "visibility") == "collapse"
            for one in table.iter()
        ):
            yield Hidden(kind=Kind.HIDDEN_CELLS, place=place, what="hidden columns")


def _styles(root: etree._Element, name: str, value: str) -> frozenset[str]:
    """Return the names of the styles one of whose properties has this value."""
    return frozenset(
        attribute(style, "name")
        for style in root.iter()
        if local(style) == "style" and any(attribute(one, name) == value for one in style)
    )


def _words(element: etree._Element) -> str:
    """Return the text of an element's paragraphs."""
    return " ".join(
        " ".join(str(text) for text in one.itertext()) for one in element.iter() if local(one) in ("p", "h")
    ) or " ".join(str(text) for text in element.itertext() if local(element) == "span")


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name without its namespace; empty where it is not there."""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), ""
    )
