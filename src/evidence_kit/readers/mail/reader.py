"""Reads e-mail messages (.eml, .msg): subject and own text; attachments become documents of their own.

The subject is the heading, the day of sending is the file's date. Senders and recipients are left away. Earlier
messages that a reply carries, their heads, and what stands below a signature's dashes are furniture: kept, not quoted.
Small pictures in the text (logos, banners) are named as furniture; larger ones are documents, like attachments.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from evidence_kit.readers.base import DAMAGED, Draft, Inspection, ReadError, Whole
from evidence_kit.readers.containers.members import Allowance, Unpacked, Unpacking
from evidence_kit.readers.mail.eml import parse_eml
from evidence_kit.readers.mail.message import Attachment, Body, Message
from evidence_kit.readers.mail.quotes import Own, own_lines
from evidence_kit.readers.sections import make_sections
from evidence_kit.readers.text.lines import read_bytes
from evidence_kit.readers.text.reader import read_plain
from evidence_kit.records.document import BlockKind, Metadata, Problem
from evidence_kit.workers import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL_BYTES = 20_000
"""A picture in the text whose size cannot be told and that has fewer bytes is taken for a logo."""
SMALL_SIDE = 200
"""A picture in the text that is less high or wide than this, in pixels, is a logo, a line or a banner."""
_RICHER = 2
"""The HTML form is taken where it has so many times the letters of the plain one: "open this in a browser"."""
_COURTESY = re.compile(
    r"(?:dear|hi|hello|good (?:morning|afternoon|evening)|morning|afternoon|all|colleagues|(?:kind(?:est)?|best|warm) "
    r"(?:regards|wishes)|regards|(?:many |with )?thanks|yours (?:sincerely|faithfully)|best)\b.{0,40}",
    re.IGNORECASE,
)
_CITED = re.compile(r"(?:^|\s)(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote)(?:\s|$)")


def read_whole(path: Path, limits: Limits) -> Whole:
    """Read subject and own text of a message; ``Page.number`` is ``None``.

    Raises:
        ReadError: The file is no message, damaged, or larger than the limit.
    """
    message = _message(path, limits)
    text = _Text.of(message)
    pages = make_sections(text.drafts)
    told = Inspection(
        page_count=len(pages),
        metadata=Metadata(title=message.subject, created=text.sent or message.sent),
        problems=(*message.problems, *text.problems),
        members=sum(not _is_decoration(attachment) for attachment in message.attachments),
    )
    return told, pages


def unpack(path: Path, folder: Path, allowance: Allowance) -> Unpacked:
    """Write the attachments into a folder.

    Raises:
        ReadError: As :func:`inspect`.
    """
    unpacking = Unpacking(folder, allowance)
    for attachment in _message(path, allowance.limits).attachments:
        if not _is_decoration(attachment):
            unpacking.add(attachment.name, _chunks(attachment))
    return unpacking.result()


def _chunks(attachment: Attachment) -> Iterator[bytes]:
    yield attachment.data()


def _message(path: Path, limits: Limits) -> Message:
    data = read_bytes(path, limits)
    if not data.startswith(_OLE):
        return parse_eml(data)
    from evidence_kit.readers.mail.msg import parse_msg

    return parse_msg(path)


@dataclass(slots=True)
class _Text:
    """The text of a message as blocks.

    Attributes:
        sent: Day of the message that is handed on, if that is the content.
    """

    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    sent: str = ""

    @classmethod
    def of(cls, message: Message) -> _Text:
        """Lay out a message: subject, text, pictures that are not read."""
        text = cls()
        if message.subject:
            text.drafts.append(Draft(kind=BlockKind.HEADING, text=message.subject, level=1))
        for body in message.bodies:
            text.add(body, forwards=message.forwards)
        text.drafts += [
            Draft(kind=BlockKind.FURNITURE, text=f"Picture in the message, not read: {attachment.name}")
            for attachment in message.attachments
            if _is_decoration(attachment)
        ]
        return text

    def add(self, body: Body, *, forwards: bool) -> None:
        """Add one piece of text in its better form."""
        plain, own = _plain_drafts(body.plain, forwards)
        if body.markup:
            marked, own_marked = self._marked_drafts(body.markup, forwards)
            if _letters(marked) > _RICHER * _letters(plain):
                plain, own = marked, own_marked
        self.drafts += [_calmed(draft) for draft in plain]
        self.sent = self.sent or own.sent

    def _marked_drafts(self, markup: bytes, forwards: bool) -> tuple[list[Draft], Own]:
        from evidence_kit.readers.web.reader import drafts_of, parse_markup

        try:
            root, whole = parse_markup(b"\xef\xbb\xbf" + markup)
        except ReadError:
            return [], Own(())
        for element in root.iter("blockquote", "div"):
            cited = element.get("type") == "cite" or _CITED.search(element.get("class", "")[:500])
            if cited and not forwards:
                element.set("hidden", "hidden")  # what is hidden becomes furniture
        if not whole:
            self.problems.append(
                Problem(
                    code=DAMAGED,
                    file="",
                    message="The message is nested too deeply; text after the deepest place may be missing.",
                    next_step="Open it in a mail program, print it to PDF and map that.",
                )
            )
        return _parted(drafts_of(root), forwards)


def _plain_drafts(text: str, forwards: bool) -> tuple[list[Draft], Own]:
    lines = text.split("\n")
    own = own_lines(lines, forwards=forwards)
    drafts: list[Draft] = []
    for is_own, group in groupby(zip(own.lines, lines, strict=True), key=lambda pair: pair[0]):
        part = [line for _, line in group]
        if is_own:
            # The lines of a decoded text are not those of the file.
            drafts += [replace(draft, line=None, lines=()) for draft in read_plain(part)]
        else:
            drafts.append(Draft(kind=BlockKind.FURNITURE, text="\n".join(part)))
    return drafts, own


def _parted(drafts: Sequence[Draft], forwards: bool) -> tuple[list[Draft], Own]:
    """Make what is not the message's own furniture; a block may be both, its lines parted by ``<br>``."""
    texts = [["\t".join(draft.cells)] if draft.cells else draft.text.split("\n") for draft in drafts]
    own = own_lines([line for lines in texts for line in lines], forwards=forwards)
    parted: list[Draft] = []
    position = 0
    for draft, lines in zip(drafts, texts, strict=True):
        flags = own.lines[position : position + len(lines)]
        position += len(lines)
        if draft.kind is BlockKind.FURNITURE or all(flags):
            parted.append(draft)
            continue
        for is_own, group in groupby(zip(flags, lines, strict=True), key=lambda pair: pair[0]):
            text = "\n".join(line for _, line in group)
            kept = replace(draft, text=text) if is_own else Draft(kind=BlockKind.FURNITURE, text=text)
            parted.append(kept)
    return parted, own


def _calmed(draft: Draft) -> Draft:
    """Return a greeting or close as what it is, though it looks like a heading."""
    if draft.kind is BlockKind.HEADING and _COURTESY.fullmatch(draft.text):
        return replace(draft, kind=BlockKind.PARAGRAPH, level=0)
    return draft


def _letters(drafts: Sequence[Draft]) -> int:
    solid = [draft for draft in drafts if draft.kind is not BlockKind.FURNITURE]
    return sum(sum(map(str.isalpha, draft.text + "".join(draft.cells))) for draft in solid)


def _is_decoration(attachment: Attachment) -> bool:
    """Say whether it is a small picture in the text."""
    if not attachment.inline:
        return False
    try:
        data = attachment.data()
    except ReadError:
        return False
    size = _pixels(data)
    return min(size) < SMALL_SIDE if size else len(data) < SMALL_BYTES


def _pixels(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF or JPEG picture."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    if data.startswith(b"GIF8") and len(data) >= 10:
        return struct.unpack("<HH", data[6:10])
    position = 2
    while data.startswith(b"\xff\xd8") and position + 9 <= len(data) and data[position] == 0xFF:
        marker, length = data[position + 1], int.from_bytes(data[position + 2 : position + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + max(length, 2)
    return None
