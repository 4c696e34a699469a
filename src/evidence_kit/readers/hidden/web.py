"""What a web page hides: remarks in its source, elements set hidden, who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from lxml import etree

from evidence_kit.readers.hidden.office import excerpt, properties, remarks
from evidence_kit.readers.text.lines import read_bytes
from evidence_kit.readers.web.reader import parse_markup
from evidence_kit.records.sharing import Hidden, Kind
from evidence_kit.workers import Limits

_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_NAMES = frozenset({"author", "generator-user", "dc.creator", "owner"})
_NOT_TEXT = frozenset({"script", "style", "template", "head", "form", "input"})
"""What holds no words for readers, and controls that a script shows."""


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return what a web page hides.

    Raises:
        ReadError: The file cannot be opened, is larger than the limit, or holds no HTML.
    """
    root, whole = parse_markup(read_bytes(path, limits), remarks=True)
    deeper = Hidden(
        kind=Kind.NOT_CHECKED, what="the page is nested too deeply: its deepest places are not seen"
    )
    return (*_look(root), *(() if whole else (deeper,)))


def _look(root: etree._Element) -> Iterator[Hidden]:
    yield from properties(
        ((one.get("name") or "").lower(), one.get("content") or "")
        for one in root.iter("meta")
        if (one.get("name") or "").lower() in _NAMES
    )
    around = chain(root.itersiblings(etree.Comment, preceding=True), root.itersiblings(etree.Comment))
    found = chain(root.iter(etree.Comment), around)
    comments = [("", one.text or "") for one in found if (one.text or "").strip()]
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
