"""What is kept of an e-mail message, whichever format it came in: subject, day, text, attachments; no addresses.

Who wrote to whom is personal data that no criterion asks for, so senders and recipients are not taken over at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage

from evidence_kit.records.document import Problem

_REPLY = re.compile(r"\s*(?:(?:re|fw|fwd|aw|wg|tr)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FORWARD = re.compile(r"\s*(?:re\s*:\s*)*(?:fw|fwd|wg|tr)\s*:", re.IGNORECASE)
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": ".pptx",
    "application/zip": ".zip",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tiff",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
"""Endings for attachments without a name; the standard library's own table differs from system to system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One piece of text of a message, in one form or both.

    Attributes:
        plain: Lines ended by line feeds.
        markup: HTML in UTF-8.
    """

    plain: str = ""
    markup: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that a message carries.

    Attributes:
        name: As the message calls it; not made safe.
        data: Returns its bytes; may raise :class:`~evidence_kit.readers.base.ReadError`.
        inline: It is a picture that stands in the text.
    """

    name: str
    data: Callable[[], bytes]
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An e-mail message.

    Attributes:
        subject: Without "Re:" and "Fw:".
        forwards: The subject says that it hands another message on.
        sent: ISO 8601, empty if unknown.
        bodies: Its text in order; several where attachments stand between.
        problems: What of it cannot be read; ``file`` is left empty.
    """

    subject: str = ""
    forwards: bool = False
    sent: str = ""
    bodies: tuple[Body, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()


def split_subject(subject: str) -> tuple[str, bool]:
    """Return a subject without "Re:" and "Fw:", and whether it says that another message is handed on."""
    subject = " ".join(subject.split())
    match = _REPLY.match(subject)
    return (subject[match.end() :] if match else subject), _FORWARD.match(subject) is not None


def name_by_type(media_type: str, number: int, given: str = "") -> str:
    """Return a name for an attachment that has none."""
    return (given or f"attachment {number}") + _SUFFIXES.get(media_type.lower(), "")


def write_eml(message: Message) -> bytes:
    """Return a message as an internet message, the same bytes each time; for messages within Outlook's files.

    Raises:
        ReadError: An attachment cannot be had.
    """
    written = EmailMessage(policy=policy.default)
    written["Subject"] = message.subject
    if message.sent:
        written["X-Sent"] = message.sent
    body = message.bodies[0] if message.bodies else Body()
    written.set_content(body.plain or "")
    if body.markup:
        written.add_alternative(body.markup.decode("utf-8", "replace"), subtype="html")
    for attachment in message.attachments:
        written.add_attachment(
            attachment.data(),
            maintype="application",
            subtype="octet-stream",
            filename=" ".join(attachment.name.split()),
            disposition="inline" if attachment.inline else "attachment",
        )
    for number, part in enumerate(written.walk()):
        if part.is_multipart():
            part.set_boundary(f"=={number}==evidence-kit==")  # the library would draw one by lot
    return written.as_bytes()
