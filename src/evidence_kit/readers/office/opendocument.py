"""What OpenDocument files share: names, protection, and the text of paragraphs.

Blanks, tabs and line breaks are elements there; notes and comments stand apart.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from evidence_kit.readers.base import ENCRYPTED, ReadError
from evidence_kit.readers.office.package import Package
from evidence_kit.readers.office.xml import local, tidy

APART = frozenset(
    {"note", "annotation", "annotation-end", "frame", "custom-shape", "rect", "ruby-text", "tracked-changes"}
)
"""Elements in a paragraph whose text is not the paragraph's own."""
_MOST_BLANKS = 1_000
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"


def refuse_encrypted(package: Package) -> None:
    """Raise if the file's manifest says that its parts are encrypted.

    Raises:
        ReadError: It does; or the manifest is damaged.
    """
    manifest = package.bytes_of("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest or package.bytes_of("encrypted-package") is not None:
        raise ReadError(
            ENCRYPTED,
            "The file is protected by a password.",
            "Open it with its password, save it without one, and map it again.",
        )


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the paragraph's own text, tidied."""
    parts: list[str] = []
    _gather(paragraph, parts)
    return tidy("".join(parts))


def _gather(element: etree._Element, parts: list[str]) -> None:
    # White space in the XML is no more than a blank each (ODF 1.3 part 3, §6.1.2).
    parts.append(" ".join(f"|{element.text or ''}|".split())[1:-1])
    for one in element:
        name = local(one)
        if name == "s":
            count = one.get(f"{{{TEXT}}}c", "1")
            parts.append(" " * min(int(count), _MOST_BLANKS) if count.isdecimal() and len(count) < 6 else " ")
        elif name == "tab":
            parts.append("\t")
        elif name == "line-break":
            parts.append("\n")
        elif name and name not in APART:
            _gather(one, parts)
        parts.append(" ".join(f"|{one.tail or ''}|".split())[1:-1])


def is_bold(paragraph: etree._Element, bold: bool, says_bold: Callable[[str], bool]) -> bool:
    """Say whether all text of a paragraph is bold.

    Args:
        paragraph: The element.
        bold: What its own style says.
        says_bold: What the style of a name says.
    """
    if paragraph.text and paragraph.text.strip() and not bold:
        return False
    for one in paragraph:
        name = local(one)
        if name in APART:
            continue
        style = one.get(f"{{{TEXT}}}style-name", "") if name == "span" else ""
        if len(one) == 0 and not (one.text or "").strip():
            pass
        elif not is_bold(one, says_bold(style) if style else bold, says_bold):
            return False
        if one.tail and one.tail.strip() and not bold:
            return False
    return True
