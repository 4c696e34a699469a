"""What a web page hides: remarks in its source, elements set hidden, who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from evidence_kit.readers.base import ReadError
from evidence_kit.readers.hidden.office import excerpt, properties, remarks
from evidence_kit.readers.text.lines import read_bytes
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_NAMES = frozenset({"author", "generator-user", "dc.creator", "owner"})
_NOT_TEXT = frozenset({"script", "style", "template", "head", "form", "input"})
"""What holds no words for readers, and controls that a script shows."""


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return what a web page hides.

    Raises:
        ReadError: The file cannot be opened, or is larger than the limit.
    """
    data = read_bytes(path, limits)
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8", recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", "The page is no HTML.", "Save it again from the browser.") from error
    return () if root is None else tuple(_look(root))


def _look(root: etree._Element) -> Iterator[Hidden]:
    yield from properties(
        ((one.get("name") or "").lower(), one.get("content") or "")
        for one in root.iter("meta")
        if (one.get("name") or "").lower() in _NAMES
    )
    comments = [("", one.text or "") for one in root.iter(etree.Comment) if (one.text or "").strip()]
    yield from remarks(Kind.COMMENTS, "source of the page", "remark", comments)
    hidden = [
        text
        for one in root.iter()
        if isinstance(one.tag, str)
        and one.tag not in _NOT_TEXT
        and ("hidden" in one.attrib or _UNSEEN.search(one.get("style") or ""))
        and (text := " ".join(str(part) for part in one.itertext()).strip())
    ]
    if hidden:
        what = f"{len(hidden)} elements set hidden, the first begins ‘{excerpt(hidden[0])}’"
        yield Hidden(kind=Kind.HIDDEN_TEXT, place="text", what=what)
