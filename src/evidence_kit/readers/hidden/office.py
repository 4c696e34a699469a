"""What office files of every kind hold beside their content: properties, comments, embedded files, paths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import local, tidy
from evidence_kit.records.sharing import Hidden, Kind

CORE = {
    "creator": "author",
    "lastModifiedBy": "last changed by",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "category": "category",
}
APPLICATION = {"Company": "company", "Manager": "manager"}
_NOBODY = re.compile(
    r"\W*|\(?(?:unspecified|anonymous|unknown|user|admin(?:istrator)?|microsoft office user"
    r"|(?:generated (?:by|using) )?python-(?:docx|pptx)"
    r"|openpyxl|evidence-kit)\)?"
    r"|.*\b(?:NHS|(?:foundation|hospitals?|partnership) trust|health board)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""What programs write where nobody is named, and names of organisations: they tell nothing of a person."""
SHOWN = 60
"""Characters told of what was found: enough to know it again, no more than needed."""
_LOCAL_PATH = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)")
_OBJECT_FOLDER = re.compile(r"(?:^|/)(?:embeddings|activeX)/[^/]+$")


def excerpt(text: str) -> str:
    """Return the first characters of a text on one line."""
    line = " ".join(tidy(text).split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()}…"


def all_text(element: etree._Element, *names: str) -> str:
    """Return the text of all elements below with one of the names, in order."""
    return " ".join(one.text for one in element.iter() if local(one) in names and one.text)


def told(pairs: Iterable[tuple[str, str]]) -> str:
    """Word the properties that tell something: "author: Jane Doe; company: Example"."""
    return "; ".join(f"{name}: {excerpt(value)}" for name, value in pairs if not _NOBODY.fullmatch(value))


def properties(pairs: Iterable[tuple[str, str]]) -> Iterator[Hidden]:
    """Yield the finding that properties make; none where all are empty."""
    words = told(pairs)
    if words:
        yield Hidden(kind=Kind.PROPERTIES, what=words)


def remarks(kind: Kind, place: str, noun: str, found: Iterable[tuple[str, str]]) -> Iterator[Hidden]:
    """Yield one finding for pairs of author and text: how many, by whom, and how the first begins."""
    pairs = list(found)
    if not pairs:
        return
    people = "; ".join(
        f"{excerpt(name)} ({number})" for name, number in sorted(Counter(n for n, _ in pairs).items()) if name
    )
    first = next((excerpt(text) for _, text in pairs if text.strip()), "")
    words = f"{len(pairs)} {noun}{'s' if len(pairs) != 1 else ''}"
    words += f", by {people}" if people else ""
    yield Hidden(kind=kind, place=place, what=f"{words}; the first begins ‘{first}’" if first else words)


def root_of(package: Package, name: str) -> etree._Element | None:
    """Return the root of a part; ``None`` where it is missing or broken beyond reading.

    Raises:
        ReadError: The file is encrypted or unpacks beyond the limit.
    """
    part = package.sound(name)
    return part.root if part else None


def package_hidden(package: Package) -> Iterator[Hidden]:
    """Yield what Word files, workbooks and decks share: properties, embedded files, paths to somebody's drive.

    Raises:
        ReadError: As :func:`root_of`.
    """
    yield from properties(_properties(package))
    embedded = [name.rpartition("/")[2] for name in package.names() if _OBJECT_FOLDER.search(name)]
    if embedded:
        yield Hidden(
            kind=Kind.DATA_BEHIND,
            place="embedded files",
            what=f"{len(embedded)} embedded, such as the workbook behind a chart: {excerpt(', '.join(embedded))}",
        )
    yield from _paths(package)


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    for kind, usual, fields in (
        ("core-properties", "docProps/core.xml", CORE),
        ("extended-properties", "docProps/app.xml", APPLICATION),
    ):
        yield from _fields(root_of(package, package.named(kind, usual)), fields)
    custom = root_of(package, package.named("custom-properties", "docProps/custom.xml"))
    for one in () if custom is None else custom:
        yield f"custom ‘{one.get('name') or ''}’", " ".join(str(text) for text in one.itertext())


def _fields(root: etree._Element | None, fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for element in () if root is None else root:
        if local(element) in fields and element.text:
            yield fields[local(element)], element.text


def _paths(package: Package) -> Iterator[Hidden]:
    """Yield addresses of files on a drive: templates, links, linked workbooks; they name folders and people."""
    found = set()
    for name in package.names():
        if not name.endswith(".rels"):
            continue
        root = root_of(package, name)
        for one in () if root is None else root:
            target = one.get("Target") or ""
            if one.get("TargetMode") == "External" and _LOCAL_PATH.match(target):
                found.add(target)
    if found:
        yield Hidden(
            kind=Kind.PATHS, place="links", what=f"{len(found)} to a drive: {excerpt(sorted(found)[0])}"
        )
