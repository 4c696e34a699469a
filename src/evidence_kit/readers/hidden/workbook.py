"""What a workbook hides: sheets, rows and columns, pivot caches, comments, copies of other workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from evidence_kit.readers.base import DAMAGED, ReadError
from evidence_kit.readers.hidden.office import all_text, excerpt, package_hidden, properties, remarks, root_of
from evidence_kit.readers.hidden.open_document import look as look_open
from evidence_kit.readers.hidden.picture import in_package
from evidence_kit.readers.office.package import OLE_MAGIC, Package
from evidence_kit.readers.office.xml import local, relation_id
from evidence_kit.readers.workbook.xls import opened, rust_guarded
from evidence_kit.readers.workbook.xlsx import column_number
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_ON = frozenset({"1", "true"})
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_COMMENTS = re.compile(r"xl/(?:comments[^/]*|threadedComments/[^/]+)\.xml|xl/comments/[^/]+\.xml")
_UNREACHED = {
    "xl/pivotCache/pivotCacheRecords": (Kind.PIVOT_CACHE, "all rows behind a pivot table"),
    "xl/externalLinks/externalLink": (Kind.DATA_BEHIND, "values copied from another workbook"),
    "xl/model/": (Kind.DATA_BEHIND, "a data model behind the sheets"),
    "xl/connections": (Kind.DATA_BEHIND, "connections to databases or files"),
}
_STYLES_HIDING = ";;;"
"""The number format that shows nothing."""


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return what a workbook hides, whichever of the three formats it has.

    Raises:
        ReadError: The file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(len(OLE_MAGIC))
    if head == OLE_MAGIC:
        return tuple(_look_old(path))
    with Package(path, limits) as package:
        if any(name.startswith("xl/") for name in package.names()):
            return tuple(_look(package))
    return look_open(path, limits)


def _look(package: Package) -> Iterator[Hidden]:
    yield from package_hidden(package)
    yield from in_package(package)
    names = package.names()
    for start, (kind, what) in _UNREACHED.items():
        parts = [name for name in names if name.startswith(start) and "/_rels/" not in name]
        if parts:
            yield Hidden(kind=kind, place="workbook", what=f"{what} ({len(parts)})")
    people = _people(package)
    comments = [
        pair for name in names if _COMMENTS.fullmatch(name) for pair in _comments(package, name, people)
    ]
    yield from remarks(Kind.COMMENTS, "", "comment", comments)
    yield from _sheets(package)


def _sheets(package: Package) -> Iterator[Hidden]:
    main = package.named("officeDocument", "xl/workbook.xml")
    root, targets = root_of(package, main), package.targets(main)
    if root is None:
        raise ReadError(DAMAGED, "The file holds no Excel workbook.", "Ask for a fresh copy of the file.")
    strings = shared_strings(package)
    for element in root.iter("{*}sheet"):
        name = element.get("name") or ""
        state = element.get("state") or "visible"
        if state != "visible":
            how = "hidden so that Excel's menus do not show it" if state == "veryHidden" else "hidden"
            yield Hidden(kind=Kind.HIDDEN_SHEET, place=f"sheet ‘{excerpt(name)}’", what=f"the sheet is {how}")
        target = targets.get(relation_id(element))
        sheet = root_of(package, target.name) if target and not target.external else None
        if sheet is not None:
            yield from _cells(sheet, f"sheet ‘{excerpt(name)}’", strings)


def _cells(sheet: etree._Element, place: str, strings: list[str]) -> Iterator[Hidden]:
    """Yield hidden rows and columns that have something in them."""
    hidden = [
        (int(one.get("min") or 0), int(one.get("max") or 0))
        for one in sheet.iter("{*}col")
        if one.get("hidden") in _ON or one.get("width") == "0"
    ]
    rows: list[str] = []
    columns: dict[str, str] = {}
    first = ""
    for row in sheet.iter("{*}row"):
        cells = [(cell, text) for cell in row if (text := cell_text(cell, strings))]
        if row.get("hidden") in _ON or row.get("ht") == "0":
            if cells:
                rows.append(row.get("r") or "?")
                first = first or cells[0][1]
            continue
        for cell, text in cells:
            match = _REFERENCE.fullmatch(cell.get("r") or "")
            if match and any(low <= column_number(match[1]) <= high for low, high in hidden):
                columns.setdefault(match[1], text)
    if rows:
        what = f"{len(rows)} hidden rows with content ({excerpt(', '.join(rows))}), first ‘{excerpt(first)}’"
        yield Hidden(kind=Kind.HIDDEN_CELLS, place=place, what=what)
    if columns:
        letters = ", ".join(sorted(columns, key=column_number))
        what = f"hidden columns with content ({excerpt(letters)}), first ‘{excerpt(next(iter(columns.values())))}’"
        yield Hidden(kind=Kind.HIDDEN_CELLS, place=place, what=what)


def cell_text(cell: etree._Element, strings: list[str]) -> str:
    """Return what a cell holds; empty for one with a style alone."""
    inline = all_text(cell, "t")
    value = next((one.text or "" for one in cell if local(one) == "v"), "")
    if cell.get("t") == "s" and value.isdecimal() and int(value) < len(strings):
        return strings[int(value)]
    return inline or value


def shared_strings(package: Package) -> list[str]:
    """Return the texts that cells share, in order."""
    root = root_of(package, "xl/sharedStrings.xml")
    return [] if root is None else [all_text(one, "t") for one in root if local(one) == "si"]


def _people(package: Package) -> dict[str, str]:
    root = root_of(package, "xl/persons/person.xml")
    return {} if root is None else {one.get("id") or "": one.get("displayName") or "" for one in root}


def _comments(package: Package, name: str, people: dict[str, str]) -> Iterator[tuple[str, str]]:
    root = root_of(package, name)
    if root is None:
        return
    authors = [one.text or "" for one in root.iter("{*}author")]
    for one in root.iter("{*}comment"):
        number = one.get("authorId") or ""
        known = number.isdecimal() and int(number) < len(authors)
        yield authors[int(number)] if known else "", all_text(one, "t")
    for one in root.iter("{*}threadedComment"):
        yield people.get(one.get("personId") or "", ""), all_text(one, "text")


def _look_old(path: Path) -> Iterator[Hidden]:
    """Yield what is known of the format before 2007: sheets and properties; the rest is said to be unchecked."""
    book = rust_guarded(opened, path.read_bytes())
    for facts in book.sheets_metadata:
        if not str(facts.visible).endswith(".Visible"):
            yield Hidden(
                kind=Kind.HIDDEN_SHEET, place=f"sheet ‘{excerpt(facts.name)}’", what="the sheet is hidden"
            )
    yield from properties(_old_properties(path))
    yield Hidden(
        kind=Kind.NOT_CHECKED,
        what="an Excel file of the format before 2007: hidden rows and columns, comments and pivot caches are not seen",
    )


def _old_properties(path: Path) -> Iterator[tuple[str, str]]:
    import olefile

    try:
        with olefile.OleFileIO(path) as container:
            facts = container.get_metadata()
    except Exception:  # noqa: BLE001 - a parser of hostile files raises anything; the sheets are told all the same
        return
    for name in ("author", "last_saved_by", "company", "manager", "subject", "comments", "keywords"):
        value = getattr(facts, name, None)
        if isinstance(value, bytes):
            yield name.replace("_", " "), value.decode("cp1252", "replace")
