"""The title of a paper: cover field, bookmark, first heading, file name, file properties, in this order of trust."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence_kit.passages import fields as f
from evidence_kit.passages import names
from evidence_kit.passages.fields import Field, field_name
from evidence_kit.passages.flow import Piece
from evidence_kit.records.document import BlockKind, Metadata

_GENERIC = re.compile(
    r"(?:(?:table of )?contents|(?:executive )?summary|introduction|foreword|welcome|background|purpose"
    r"|(?:front|cover) sheet|report|"
    r"(?:public )?(?:trust )?board(?: of directors)?(?: meeting)?(?: in public)?|cover|page \d+|hello|overview|"
    r"(?:agenda )?item(?: no\.?)? ?[\d.]*|enclosure.{0,12}|appendix.{0,4}|draft|confidential|present"
    r"|document control|version control|"
    r"no title found|untitled|title|home|menu|skip to (?:main )?content)\W*",
    re.IGNORECASE,
)
_ITEM_IN_FRONT = re.compile(
    r"(?:(?:agenda )?item(?: no\.?| number)?[ :]*\d+[\d.]*[a-z]?|(?:enc(?:losure)?|paper|appendix"
    r"|tab)\.? ?[a-z\d.]{1,4}(?=[ :\u2013-])|\d{1,2}(?:\.\d{1,2}){0,2}\.?(?=\s))"
    r"\s*[:\u2013\u2014.)-]*\s*",
    re.IGNORECASE,
)
_BAD_PROPERTY = re.compile(
    r"microsoft (?:word|powerpoint|excel)|untitled|\.(?:docx?|pptx?|xlsx?|pdf|indd|qxd)\b|^(?:document"
    r"|presentation|slide)\s?\d*$|^\W*$",
    re.IGNORECASE,
)
_LONG = 24
"""Words; what is longer is a sentence, not a title."""
_PART_WORDS = 9
_PARTS = 4
_LEAD = 14
"""Pieces at the top in which a title stands."""
_INFORMATIVE = 3


def choose_title(
    pieces: Sequence[Piece], fields: Sequence[Field], *, given: str, stem: str, metadata: Metadata
) -> tuple[str, str]:
    """Return the title and where it was found; both empty if nothing tells it.

    Args:
        pieces: The first pieces of the paper.
        fields: Labelled fields of its first pages.
        given: Title by bookmark or agenda, else empty.
        stem: Name of the file without suffix; empty for a part of a pack.
        metadata: The file's properties.
    """
    field = f.first_value(fields, f.TITLE)
    if field and not _GENERIC.fullmatch(field.value):
        return " ".join(field.value.split()), f"field \u201c{field.label}\u201d"
    if given:
        return given, "bookmark or agenda"
    heading = _heading(pieces)
    if heading:
        return heading, "first heading"
    if stem.count(" ") + stem.count("_") + stem.count("-") >= _INFORMATIVE:
        return clean_stem(stem), "the file's name"
    line = _first_line(pieces)
    if line:
        return line, "first line"
    generic = next(
        (piece.text for piece in pieces if piece.kind is BlockKind.HEADING and _may_stand(piece.text)), ""
    )
    if generic:
        return generic, "first heading"
    if metadata.title and not _BAD_PROPERTY.search(metadata.title):
        return " ".join(metadata.title.split()), "file properties"
    return clean_stem(stem), "the file's name" if stem else ""


def clean_stem(stem: str) -> str:
    """Return a file's name as words."""
    return " ".join(re.sub(r"[_+]+|(?<=[A-Za-z])-(?=\w)|(?<=\d)-(?=[A-Za-z])", " ", stem).split())


def without_item(title: str) -> str:
    """Return a title without the agenda item in front of it."""
    rest = title[match.end() :] if (match := _ITEM_IN_FRONT.match(title)) else title
    return rest.strip() or title.strip()


def _heading(pieces: Sequence[Piece]) -> str:
    """Return the first heading that says something, joined with those that plainly go on with it."""
    top = [piece for piece in pieces if piece.kind is not BlockKind.FURNITURE]
    for index, piece in enumerate(top):
        if piece.kind is not BlockKind.HEADING or not _says_something(piece.text):
            continue
        parts = [piece]
        for follower in top[index + 1 : index + _PARTS]:
            if not _goes_on(parts[-1], follower):
                break
            parts.append(follower)
        title = " ".join(part.text for part in parts)
        if title.count(" ") < _LONG:
            return without_item(title)
    return ""


def _may_stand(text: str) -> bool:
    """Say whether a heading that says little ("Board of Directors in public") is still better than a file's name."""
    return names.body_in(text) != "" and text.count(" ") < _PART_WORDS


def _says_something(text: str) -> bool:
    if _GENERIC.fullmatch(text) or field_name(text) or not any(map(str.isalpha, text)):
        return False
    organisation = next(iter(names.organisations_in(text)), "")
    return len(organisation) < len(text) - 4 and text.count(" ") < _LONG


def _goes_on(before: Piece, after: Piece) -> bool:
    """Say whether a heading of several lines was read as several headings."""
    return (
        after.kind is BlockKind.HEADING
        and after.page == before.page
        and after.block.level == before.block.level
        and before.text.count(" ") < _PART_WORDS
        and after.text.count(" ") < _PART_WORDS
        and not before.text.endswith((".", ":"))
        and not _GENERIC.fullmatch(after.text)
        and not re.match(r"\d+\.?\d*\s", after.text)
    )


def _first_line(pieces: Sequence[Piece]) -> str:
    """Return a first line that may be a title: short, no sentence, no label with its value."""
    for piece in pieces[:_LEAD]:
        if piece.kind in (BlockKind.FURNITURE, BlockKind.TABLE_ROW, BlockKind.LIST_ITEM):
            continue
        text = piece.text
        if (
            text.count(" ") < _LONG // 2
            and not text.endswith((".", "?", "!", ",", ";"))
            and _says_something(text)
        ):
            if ":" in text and field_name(text.split(":")[0]):
                continue
            return text
        if text.count(" ") >= _LONG:
            return ""
    return ""
