"""What office files say of themselves: title, author, dates."""

from __future__ import annotations

from lxml import etree

from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import local, tidy
from evidence_kit.records.document import Metadata

_CORE_FIELDS = {"title": "title", "creator": "author", "created": "created", "modified": "modified"}
_OPEN_FIELDS = {
    "title": "title",
    "initial-creator": "author",
    "creator": "author",
    "creation-date": "created",
    "date": "modified",
}


def core_properties(package: Package) -> Metadata:
    """Return the core properties of a Word file, workbook or deck.

    Raises:
        ReadError: The limit of decompressed bytes is reached, or the part is damaged.
    """
    part = package.xml(package.named("core-properties", "docProps/core.xml"))
    return _told(part.root if part else None, _CORE_FIELDS)


def open_properties(package: Package) -> Metadata:
    """Return the properties of an OpenDocument file.

    Raises:
        ReadError: As :func:`core_properties`.
    """
    part = package.xml("meta.xml")
    return _told(
        next((one for one in part.root if local(one) == "meta"), None) if part else None, _OPEN_FIELDS
    )


def _told(root: etree._Element | None, fields: dict[str, str]) -> Metadata:
    values = dict.fromkeys(("title", "author", "created", "modified"), "")
    for element in () if root is None else root:
        field = fields.get(local(element))
        if field and element.text:
            values[field] = values[field] or tidy(element.text)
    return Metadata(
        title=values["title"],
        author=values["author"],
        created=values["created"],
        modified=values["modified"],
    )
