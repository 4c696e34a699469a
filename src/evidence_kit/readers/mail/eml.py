"""Reads internet messages (.eml) by the standard library's parser; what is malformed is taken as far as it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from email import errors, message_from_bytes, policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.message import Message as AnyMessage
from email.parser import HeaderParser
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import TypeVar, cast

from evidence_kit.readers.base import DAMAGED, ENCRYPTED, NOT_READ_YET, ReadError
from evidence_kit.readers.mail.message import Attachment, Body, Message, name_by_type, split_subject
from evidence_kit.readers.text.lines import decode
from evidence_kit.records.document import Problem

DEEPEST_PART = 30
"""Parts in parts of one message."""
_FIELDS = ("from", "to", "subject", "date", "message-id", "mime-version", "received", "content-type")
_SEALS = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"})
_PROTECTED = frozenset({"application/x-microsoft-rpmsg-message"})
_REPORTS = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"})
_ELSEWHERE = frozenset({"message/external-body", "message/partial"})

_CUT_SHORT = (errors.CloseBoundaryNotFoundDefect, errors.StartBoundaryNotFoundDefect)

# The library parses a field anew each time that it is asked for, which is most of the work.
_POLICY = policy.default.clone(header_factory=lru_cache(maxsize=512)(HeaderRegistry()))

Value = TypeVar("Value")


def parse_eml(data: bytes) -> Message:
    """Return what an internet message holds.

    Raises:
        ReadError: It is no message, or nested too deeply.
    """
    try:
        root = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf"), policy=_POLICY)
        if not any(name in root for name in _FIELDS):
            raise ReadError(DAMAGED, "The file holds no e-mail message.", "Ask for a fresh copy.")
        walk = _Walk()
        walk.part(root, 0)
    except RecursionError as error:
        raise ReadError(
            DAMAGED,
            "The message is nested too deeply to be read.",
            "Open it in a mail program, print it to PDF and map that.",
        ) from error
    subject, forwards = split_subject(_header(root, "subject"))
    return Message(
        subject=subject,
        forwards=forwards,
        sent=_sent(root),
        bodies=tuple(walk.bodies),
        attachments=tuple(walk.attachments),
        problems=tuple(walk.problems.values()),
    )


@dataclass(slots=True)
class _Walk:
    """Goes through the parts of a message and sorts them."""

    bodies: list[Body] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    problems: dict[str, Problem] = field(default_factory=dict)

    def part(self, part: EmailMessage, depth: int, *, related: bool = False) -> None:
        """Sort a part; ``related`` says that it belongs to a text, as its pictures do."""
        kind = _safely(part.get_content_type, "text/plain")
        if any(isinstance(defect, _CUT_SHORT) for defect in part.defects):
            self._tell(DAMAGED, "The end of the message is missing; attachments may be cut short or missing.")
        if depth > DEEPEST_PART:
            self._tell(DAMAGED, "Parts of the message are nested too deeply to be read.")
        elif kind in _SEALED or kind == "multipart/encrypted":
            self._tell(ENCRYPTED, "The message, or a part of it, is encrypted or sealed.")
        elif kind in _PROTECTED:
            self._tell(ENCRYPTED, "The message is protected by rights management.")
        elif kind in _ELSEWHERE:
            self._tell(NOT_READ_YET, "A part of the message is kept elsewhere, and is not fetched.")
        elif kind in _SEALS or kind in _REPORTS:
            return
        elif kind == "message/rfc822":
            self._attached_message(part)
        elif part.is_multipart():
            self._parts(part, kind, depth)
        elif self._is_text(part, kind):
            self._text(part, kind)
        else:
            self._attach(part, kind, related)

    def _parts(self, part: EmailMessage, kind: str, depth: int) -> None:
        children = [cast(EmailMessage, child) for child in cast("list[AnyMessage]", part.get_payload())]
        if kind == "multipart/alternative":
            self._alternatives(children, depth)
            return
        for number, child in enumerate(children):
            self.part(child, depth + 1, related=kind == "multipart/related" and number > 0)

    def _alternatives(self, children: list[EmailMessage], depth: int) -> None:
        """Take the forms of one text together; what comes with them (pictures, invitations) apart."""
        inner = _Walk()
        for child in children:
            if _safely(child.get_content_type, "") != "text/calendar":
                inner.part(child, depth + 1)
        plain = "\n\n".join(body.plain for body in inner.bodies if body.plain)
        markup = next((body.markup for body in inner.bodies if body.markup), b"")
        if plain or markup:
            self.bodies.append(Body(plain=plain, markup=markup))
        self.attachments += inner.attachments
        self.problems |= inner.problems

    def _is_text(self, part: EmailMessage, kind: str) -> bool:
        if kind.startswith("multipart/"):
            return True  # it says that it has parts, and has none
        if kind not in ("text/plain", "text/html"):
            return False
        return _safely(part.get_content_disposition, None) != "attachment" and not _filename(part)

    def _text(self, part: EmailMessage, kind: str) -> None:
        data = _payload(part)
        if not data.strip():
            return
        try:
            text = decode(data, _safely(part.get_content_charset, None) or "")
        except ReadError as error:
            self._tell(error.code, "A text of the message holds data that is no text.")
            return
        body = Body(markup=text.encode("utf-8", "replace")) if kind == "text/html" else Body(plain=text)
        self.bodies.append(body)

    def _attached_message(self, part: EmailMessage) -> None:
        children = part.get_payload()
        child = cast(AnyMessage, children[0]) if isinstance(children, list) and children else None
        subject = split_subject(_header(child, "subject"))[0] if child is not None else ""
        name = _filename(part) or name_by_type("message/rfc822", len(self.attachments) + 1, subject[:80])
        if not name.lower().endswith(".eml"):
            name += ".eml"
        self.attachments.append(Attachment(name=name, data=lambda: _message_bytes(part, child)))

    def _attach(self, part: EmailMessage, kind: str, related: bool) -> None:
        name = _filename(part) or name_by_type(kind, len(self.attachments) + 1)
        named = "content-id" in part  # so that the text can show it
        apart = _safely(part.get_content_disposition, None) == "attachment"
        shown = (related and named) or (not apart and (related or named))
        inline = shown and kind.startswith("image/")
        self.attachments.append(Attachment(name=name, data=lambda: _payload(part), inline=inline))

    def _tell(self, code: str, message: str) -> None:
        step = "Open it in a mail program, print it to PDF and map that, its attachments beside it."
        self.problems.setdefault(message, Problem(code=code, file="", message=message, next_step=step))


def _payload(part: EmailMessage) -> bytes:
    data: object = _safely(lambda: part.get_payload(decode=True), None)
    return data if isinstance(data, bytes) else b""


def _message_bytes(part: EmailMessage, child: AnyMessage | None) -> bytes:
    """Return an attached message as it stood in the file."""
    if child is None:
        return _payload(part)
    unfolded = policy.compat32.clone(max_line_length=None)
    data = _safely(lambda: child.as_bytes(policy=unfolded), b"")
    if not data:
        raise ReadError(DAMAGED, "The attached message is damaged.", "Ask for a fresh copy of it.")
    return data


def _filename(part: EmailMessage) -> str:
    return " ".join(str(_safely(part.get_filename, None) or "").split())


def _header(message: AnyMessage, name: str) -> str:
    return str(_safely(lambda: message[name], None) or "")


def sent_of_head(text: str) -> str:
    """Return the day in the header fields of a message, ISO 8601, empty where there is none."""
    return _sent(HeaderParser().parsestr(text))


def _sent(message: AnyMessage) -> str:
    told = _header(message, "x-sent") or _header(message, "date")
    if not told[:4].isdigit():
        told = _safely(lambda: parsedate_to_datetime(told).isoformat(), "") if told else ""
    return told[:40]


def _safely(ask: Callable[[], Value], otherwise: Value) -> Value:
    try:
        return ask()
    except RecursionError:
        raise
    except Exception:  # noqa: BLE001 - the parser of header fields raises anything on malformed ones
        return otherwise
