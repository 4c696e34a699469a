"""What a message says beside its text: who sent it to whom."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email import policy
from pathlib import Path

from evidence_kit.readers.hidden.office import properties
from evidence_kit.readers.office.package import OLE_MAGIC
from evidence_kit.readers.text.lines import read_bytes
from evidence_kit.records.sharing import Hidden
from evidence_kit.workers import Limits

_FIELDS = ("from", "sender", "to", "cc", "bcc", "reply-to")


def look(path: Path, limits: Limits) -> tuple[Hidden, ...]:
    """Return who sent a message to whom.

    Raises:
        ReadError: The file cannot be opened, or is larger than the limit.
    """
    data = read_bytes(path, limits)
    pairs = _outlook(path) if data.startswith(OLE_MAGIC) else _fields(data)
    return tuple(properties(pairs))


def _fields(data: bytes) -> Iterator[tuple[str, str]]:
    message = email.message_from_bytes(data, policy=policy.compat32)
    for name in _FIELDS:
        for value in message.get_all(name) or ():
            yield name, str(value)


def _outlook(path: Path) -> Iterator[tuple[str, str]]:
    from oxmsg import Message

    try:
        message = Message.load(str(path))
        pairs = [("from", message.sender or "")]
        pairs += [("to", f"{one.name} {one.email_address}") for one in message.recipients]
    except Exception:  # noqa: BLE001 - a parser of hostile files raises anything; the reader tells what is broken
        return
    yield from pairs
