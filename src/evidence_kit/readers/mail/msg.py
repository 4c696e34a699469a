"""Reads Outlook messages (.msg) by python-oxmsg over olefile; messages attached to them become internet messages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from olefile import OleFileIO
from oxmsg.domain import constants
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from evidence_kit.readers.base import DAMAGED, ENCRYPTED, NOT_READ_YET, ReadError
from evidence_kit.readers.mail.eml import sent_of_head
from evidence_kit.readers.mail.message import (
    Attachment,
    Body,
    Message,
    name_by_type,
    split_subject,
    write_eml,
)
from evidence_kit.readers.text.lines import decode
from evidence_kit.records.document import Problem

DEEPEST_MESSAGE = 8
"""Messages in messages of one file."""
_STREAM = 2
_HEAD, _ATTACHED_HEAD, _EMBEDDED_HEAD = 32, 8, 24
"""Where the properties of a message, of an attachment and of a message within one begin in their stream."""
_EMBEDDED = "__substg1.0_3701000D"
_RTF = 0x1009
_AGAIN = "Open it in Outlook, print or save it as PDF and map that, its attachments beside it."

Value = TypeVar("Value")


def parse_msg(path: Path) -> Message:
    """Return what an Outlook message holds.

    Raises:
        ReadError: It is no message, or damaged.
    """
    # What the parser thinks of a file is no message of ours.
    logging.getLogger("olefile").setLevel(logging.CRITICAL)
    try:
        with OleFileIO(str(path)) as ole:
            size = path.stat().st_size
            entries = [entry for entry in ole.direntries if entry is not None]
            if sum(entry.size for entry in entries if entry.entry_type == _STREAM) > size:
                raise _damaged()  # parts that share their bytes would unpack to many times the file
            if not ole.exists("__properties_version1.0"):
                raise _damaged()
            root = Storage.from_ole(ole)
        return _message(root, _HEAD, 0)
    except (ReadError, MemoryError):
        raise
    except Exception as error:  # the parsers raise anything on damaged input
        raise _damaged() from error


def _damaged() -> ReadError:
    return ReadError(DAMAGED, "The Outlook message is damaged and cannot be opened.", "Ask for a fresh copy.")


def _message(storage: Storage, offset: int, depth: int) -> Message:
    values = Properties(storage, offset)
    told = _safely(lambda: values.str_prop_value(constants.PID_SUBJECT), None)
    subject, forwards = split_subject(told or "")
    body = Body(plain=_plain(values), markup=_markup(values))
    problems: list[Problem] = []
    if not body.plain.strip() and not body.markup and f"__substg1.0_{_RTF:04X}0102" in _streams(storage):
        problems.append(_problem(NOT_READ_YET, "The message has its text in Outlook's own form (RTF) only."))
    kind = _safely(lambda: values.str_prop_value(constants.PID_MESSAGE_CLASS), None) or ""
    if kind.lower().startswith("ipm.note.smime") and "multipartsigned" not in kind.lower():
        problems.append(_problem(ENCRYPTED, "The message is encrypted or sealed."))
    return Message(
        subject=subject,
        forwards=forwards,
        sent=_sent(values),
        bodies=(body,) if body.plain.strip() or body.markup else (),
        attachments=tuple(_attachments(storage, depth)),
        problems=tuple(problems),
    )


def _plain(values: Properties) -> str:
    text = _safely(lambda: values.str_prop_value(constants.PID_BODY), None) or ""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _markup(values: Properties) -> bytes:
    data = _safely(lambda: values.binary_prop_value(constants.PID_HTML), None)
    if data is None:
        text = _safely(lambda: values.str_prop_value(constants.PID_BODY_HTML), None) or ""
        return text.encode("utf-8", "replace")
    encoding = _safely(lambda: values.body_encoding, "")
    try:
        return decode(data, encoding).encode("utf-8", "replace")
    except ReadError:
        return b""


def _sent(values: Properties) -> str:
    head = _safely(lambda: values.str_prop_value(constants.PID_TRANSPORT_MESSAGE_HEADERS), None)
    if head and (sent := sent_of_head(head)):
        return sent
    moment = _safely(lambda: values.date_prop_value(constants.PID_CLIENT_SUBMIT_TIME), None)
    return moment.isoformat() if moment is not None else ""


def _attachments(storage: Storage, depth: int) -> Iterator[Attachment]:
    for number, held in enumerate(storage.iter_attachment_storages(), 1):
        values = Properties(held, _ATTACHED_HEAD)
        name = _text(values, constants.PID_ATTACH_LONG_FILENAME) or _text(
            values, constants.PID_ATTACH_FILENAME
        )
        kind = _text(values, constants.PID_ATTACH_MIME_TAG)
        inner = next((one for one in held.storages if one.name == _EMBEDDED), None)
        if inner is not None:
            label = name or _text(values, constants.PID_DISPLAY_NAME) or f"message {number}"
            label = label if label.lower().endswith((".eml", ".msg")) else f"{label[:80]}.eml"
            yield Attachment(name=label.removesuffix(".msg"), data=_embedded(inner, depth))
            continue
        shown = bool(_text(values, constants.PID_ATTACH_CONTENT_ID))
        picture = kind.startswith("image/") or name.lower().endswith(
            (".png", ".jpg", ".jpeg", ".gif", ".bmp")
        )
        yield Attachment(
            name=name or name_by_type(kind, number), data=_data(values), inline=shown and picture
        )


def _embedded(storage: Storage, depth: int) -> Callable[[], bytes]:
    def data() -> bytes:
        if depth >= DEEPEST_MESSAGE:
            raise ReadError(NOT_READ_YET, "Messages are nested too deeply here.", _AGAIN)
        try:
            return write_eml(_message(storage, _EMBEDDED_HEAD, depth + 1))
        except ReadError:
            raise
        except Exception as error:  # as in parse_msg
            raise _damaged() from error

    return data


def _data(values: Properties) -> Callable[[], bytes]:
    def data() -> bytes:
        found = _safely(lambda: values.binary_prop_value(constants.PID_ATTACH_DATA_BINARY), None)
        if found is None:
            raise ReadError(
                NOT_READ_YET,
                "The message holds no file here: it is kept elsewhere, or is an object of another program.",
                "Open the message in Outlook and save the attachment into the folder.",
            )
        return found

    return data


def _text(values: Properties, pid: int) -> str:
    return (_safely(lambda: values.str_prop_value(pid), None) or "").replace("\x00", "").strip()


def _streams(storage: Storage) -> set[str]:
    return {stream.name for stream in storage.streams}


def _problem(code: str, message: str) -> Problem:
    return Problem(code=code, file="", message=message, next_step=_AGAIN)


def _safely(ask: Callable[[], Value], otherwise: Value) -> Value:
    try:
        return ask()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a property that cannot be read is a property that is not there
        return otherwise
