"""Writes Outlook messages (.msg) for tests: a compound file with the streams that a message has.

Not a test module; no library at hand writes this format.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise

SECTOR, MINI, CUTOFF = 512, 64, 4096
FREE, END, FAT_SECTOR, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF

TEXT, BYTES, TIME, LONG, OBJECT = 0x001F, 0x0102, 0x0040, 0x0003, 0x000D
SUBJECT, BODY, HTML, SENT, RTF, CLASS = 0x0037, 0x1000, 0x1013, 0x0039, 0x1009, 0x001A
FILE_NAME, DATA, METHOD, CONTENT_ID, MIME, CODE_PAGE, DISPLAY_NAME = (
    0x3707,
    0x3701,
    0x3705,
    0x3712,
    0x370E,
    0x3FDE,
    0x3001,
)


@dataclass
class Folder:
    """A storage: streams and storages by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)


def properties(folder: Folder, head: int, values: dict[tuple[int, int], object]) -> Folder:
    """Add the stream of properties and the streams that it refers to."""
    rows = b""
    for (pid, kind), value in sorted(values.items()):
        if kind in (TEXT, BYTES):
            content = value.encode("utf-16-le") if isinstance(value, str) else value
            assert isinstance(content, bytes)
            folder.streams[f"__substg1.0_{pid:04X}{kind:04X}"] = content
            payload = struct.pack("<II", len(content) + (2 if kind == TEXT else 0), 0)
        elif kind == OBJECT:
            payload = struct.pack("<II", 0xFFFFFFFF, 1)
        else:
            payload = struct.pack("<Q", value)
        rows += struct.pack("<HHI", kind, pid, 6) + payload
    folder.streams["__properties_version1.0"] = bytes(head) + rows
    return folder


def message(
    values: dict[tuple[int, int], object], attachments: tuple[Folder, ...] = (), *, head: int = 32
) -> Folder:
    """Return the storage of a message."""
    folder = properties(Folder(), head, values)
    for number, attachment in enumerate(attachments):
        folder.folders[f"__attach_version1.0_#{number:08X}"] = attachment
    return folder


def attached(name: str, data: bytes, **more: object) -> Folder:
    """Return the storage of an attached file."""
    values: dict[tuple[int, int], object] = {(FILE_NAME, TEXT): name, (DATA, BYTES): data, (METHOD, LONG): 1}
    if "cid" in more:
        values[CONTENT_ID, TEXT] = more["cid"]
    return properties(Folder(), 8, values)


def attached_message(name: str, inner: Folder) -> Folder:
    """Return the storage of an attached message."""
    folder = properties(Folder(), 8, {(DISPLAY_NAME, TEXT): name, (METHOD, LONG): 5, (DATA, OBJECT): None})
    folder.folders[f"__substg1.0_{DATA:04X}{OBJECT:04X}"] = inner
    return folder


def compound(root: Folder) -> bytes:
    """Return a compound file of version 3."""
    entries: list[tuple[str, int, bytes, int]] = []  # name, type, content, first child
    links: list[int] = []

    def add(name: str, kind: int, folder: Folder | None, content: bytes = b"") -> int:
        number = len(entries)
        entries.append((name, kind, content, NONE))
        links.append(NONE)
        if folder is not None:
            children = [add(key, 2, None, data) for key, data in folder.streams.items()]
            children += [add(key, 1, inner) for key, inner in folder.folders.items()]
            for one, following in pairwise(children):
                links[one] = following
            entries[number] = (name, kind, content, children[0] if children else NONE)
        return number

    add("Root Entry", 5, root)
    sectors: list[bytes] = []
    fat: list[int] = []

    def chain(data: bytes) -> int:
        if not data:
            return END
        first = len(sectors)
        for position in range(0, len(data), SECTOR):
            sectors.append(data[position : position + SECTOR].ljust(SECTOR, b"\0"))
            fat.append(len(sectors))
        fat[-1] = END
        return first

    mini, mini_fat, starts = b"", [], {}
    for number, (_, kind, content, _) in enumerate(entries):
        if kind != 2:
            continue
        if len(content) >= CUTOFF or not content:
            starts[number] = chain(content)
            continue
        starts[number] = len(mini_fat)
        for position in range(0, len(content), MINI):
            mini += content[position : position + MINI].ljust(MINI, b"\0")
            mini_fat.append(len(mini_fat) + 1)
        mini_fat[-1] = END
    starts[0] = chain(mini)
    table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_start = chain(table + b"\xff" * (-len(table) % SECTOR))
    mini_count = -(-len(table) // SECTOR)
    rows = b""
    for number, (name, kind, content, child) in enumerate(entries):
        letters = name.encode("utf-16-le") + b"\0\0"
        size = len(mini) if number == 0 else len(content)
        rows += letters.ljust(64, b"\0") + struct.pack("<HBB", len(letters), kind, 1)
        rows += struct.pack("<III", NONE, links[number], child) + bytes(16) + bytes(4) + bytes(16)
        rows += struct.pack("<IQ", starts.get(number, END if kind == 2 else 0), size)
    directory = chain(rows)
    count = 1
    while count * (SECTOR // 4) < len(fat) + count:
        count += 1
    fat_first = len(sectors)
    fat += [FAT_SECTOR] * count
    fat += [FREE] * (count * (SECTOR // 4) - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory)
    head += struct.pack("<IIIIII", 0, CUTOFF, mini_start, mini_count, END, 0)
    head += struct.pack("<109I", *(fat_first + n if n < count else FREE for n in range(109)))
    return head + b"".join(sectors) + struct.pack(f"<{len(fat)}I", *fat)
