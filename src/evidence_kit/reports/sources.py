"""Links from a quote to the file that it stands in: relative, so that a map and its papers may move together."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from evidence_kit.records.document import Media

_CONTAINER = re.compile(r"\.(zip|eml|msg)$", re.IGNORECASE)


def link_of(sources: str, path: str, media: Media, page: int | None) -> str:
    """Return a link to a page of a source, or to the archive or message that holds it; empty without a folder.

    Every part is percent-encoded and the link begins with a dot or a drive's URL, so that no file name can make another
    kind of address of it.

    Args:
        sources: The folder of papers as seen from the report ("../papers", "."), or a ``file:`` URL; empty if unknown.
        path: The document's path in the pack.
        media: Its format; only a PDF opens at a page.
        page: Page number from 1, or ``None``.
    """
    if not sources:
        return ""
    parts = PurePosixPath(path).parts
    inside = next((index for index, part in enumerate(parts[:-1]) if _CONTAINER.search(part)), None)
    outer = parts if inside is None else parts[: inside + 1]
    base = sources if sources.startswith("file:") else _dotted(sources)
    at = f"#page={page}" if page is not None and media is Media.PDF and inside is None else ""
    return f"{base}/{'/'.join(quote(part, errors='replace', safe='') for part in outer)}{at}"


def _dotted(folder: str) -> str:
    """Return a relative folder, encoded and beginning with a dot."""
    encoded = "/".join(quote(part, errors="replace", safe="") for part in PurePosixPath(folder).parts) or "."
    return encoded if encoded.startswith(".") else f"./{encoded}"
