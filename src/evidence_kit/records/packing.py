"""Records as bytes and back, to the letter: what the cache holds."""

from __future__ import annotations

import gc
from typing import Any, TypeVar

import msgspec

Record = TypeVar("Record")


def packed(record: Any) -> bytes | None:
    """Return a record, or a tuple of records, as msgpack; ``None`` if a text in it is none (lone surrogates)."""
    try:
        return msgspec.msgpack.encode(record)
    except UnicodeEncodeError:
        return None


def unpacked(data: bytes, kind: type[Record]) -> Record | None:
    """Return the record that :func:`packed` packed; ``None`` if the bytes are none of its kind.

    Every field is checked against its type; a number without a fraction comes back as the float that its field asks
    for.
    """
    watched = gc.isenabled()
    gc.disable()  # thousands of records that live: looking through them again and again takes five times as long
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError):
        return None
    finally:
        if watched:
            gc.enable()
