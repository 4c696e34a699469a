"""The cache: results by the content that they were made from, in one SQLite file.

Nothing in it is ever needed: whatever is wrong with it, the run goes on without, and :attr:`Cache.notes` says why.
Nothing in it is trusted blindly either: each value carries a checksum over itself and its key, and who takes it
out checks that it is what he put in (:func:`evidence_kit.records.packing.unpacked`).
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

FILE_NAME = "cache.sqlite3"
APPLICATION = 0x45764B31
"""``application_id`` of our files ("EvK1")."""
VERSION = 1
"""Of the tables; a file of another version is thrown away."""
LIMIT = 1 << 30
"""Bytes of values that are kept unless somebody says otherwise."""
PRUNED_SHARE = 0.8
"""Pruning goes so far below the limit, so that it is not needed again at once."""
LARGEST = 1 << 28
"""Bytes of one value, unpacked; a larger one is not kept."""
BUSY_SECONDS = 10.0
OPENING_ATTEMPTS = 50
ATTEMPT_SECONDS = 0.1
PACKING_LEVEL = 1
"""Of zlib: a fifth to a half of the size for a twentieth of the time that reading takes."""

_DAMAGED = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_TABLES = """
CREATE TABLE entries (
    key BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    used INTEGER NOT NULL,
    stored INTEGER NOT NULL,
    size INTEGER NOT NULL,
    checksum BLOB NOT NULL,
    value BLOB NOT NULL
)"""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a cache holds.

    Attributes:
        entries: Number of values.
        stored: Bytes that they take.
        kinds: Kind, number and bytes, sorted by kind.
        file_size: Bytes of the file and its log on disk.
    """

    path: Path
    entries: int
    stored: int
    kinds: tuple[tuple[str, int, int], ...]
    file_size: int


class _Foreign(Exception):
    """The file is a database, but not ours or not of this version."""


class Cache:
    """A cache in a folder; a context manager. Used from one thread; any number of processes may share the file.

    Args:
        folder: Made if it is missing, for this user alone.
        limit: Bytes of values; what was not used for longest goes when the cache is closed.

    Attributes:
        notes: What was wrong with the cache, in plain English, for the user.
    """

    def __init__(self, folder: Path, *, limit: int = LIMIT) -> None:
        self.path = folder / FILE_NAME
        self.notes: list[str] = []
        self._limit = limit
        self._base: sqlite3.Connection | None = None
        self._used: set[bytes] = set()
        self._grown = False
        self._usable = False

    def __enter__(self) -> Cache:
        self._open(may_discard=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._base is not None:
            self._guarded(self._settle)
        self._close()

    @property
    def usable(self) -> bool:
        """Whether anything can be kept: false once the cache was given up, and before it is entered."""
        return self._usable

    def shelf(self, kind: str, *about: str) -> Shelf:
        """Return the part of the cache for one kind of value.

        Args:
            kind: A word for people, shown by ``evidence-kit cache info``.
            about: What all values of it depend on (code, settings): part of every key.
        """
        return Shelf(self, kind, about)

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key, or ``None``."""
        row = self._guarded(lambda base: base.execute(_GET, (key,)).fetchone())
        if row is None:
            return None
        value = _unpacked(key, *row)
        if value is None:
            self._note("An entry of the cache was damaged and was thrown away.")
            self._guarded(lambda base: base.execute("DELETE FROM entries WHERE key = ?", (key,)))
            return None
        self._used.add(key)
        return value

    def put(self, key: bytes, kind: str, value: bytes) -> None:
        """Keep a value under a key."""
        if len(value) > LARGEST or self._base is None:
            return
        stored = zlib.compress(value, PACKING_LEVEL)
        row = (key, kind, _now(), len(stored), len(value), _checksum(key, stored), stored)
        self._guarded(lambda base: base.execute(_PUT, row))
        self._grown = True

    def content(self) -> Content:
        """Return what the cache holds."""
        rows = self._guarded(lambda base: base.execute(_KINDS).fetchall()) or []
        files = (self.path, *_beside(self.path))
        return Content(
            path=self.path,
            entries=sum(count for _, count, _ in rows),
            stored=sum(stored for _, _, stored in rows),
            kinds=tuple((str(kind), int(count), int(stored)) for kind, count, stored in rows),
            file_size=sum(file.stat().st_size for file in files if file.is_file()),
        )

    def prune(self, limit: int) -> int:
        """Take away what was not used for longest until the values take no more than ``limit`` bytes.

        Returns:
            How many values went.
        """
        return self._guarded(lambda base: _pruned(base, limit)) or 0

    def clear(self) -> int:
        """Take everything away, from the disk too; what another run is doing goes on undisturbed.

        Returns:
            How many values went.
        """
        return self._guarded(_cleared) or 0

    def _settle(self, base: sqlite3.Connection) -> None:
        """Write down what was used, and prune if the cache has grown over its limit."""
        now = _now()
        base.execute("BEGIN IMMEDIATE")
        base.executemany(
            "UPDATE entries SET used = ? WHERE key = ?", [(now, key) for key in sorted(self._used)]
        )
        base.execute("COMMIT")
        if self._grown and _stored(base) > self._limit:
            _pruned(base, int(self._limit * PRUNED_SHARE))

    def _guarded(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do something with the database; whatever goes wrong costs a note at most."""
        if self._base is None:
            return None
        try:
            return work(self._base)
        except sqlite3.Error as error:
            if self._base.in_transaction:
                with suppress(sqlite3.Error):
                    self._base.execute("ROLLBACK")
            code = _code(error)
            if code in _DAMAGED:
                self._discard("was damaged")
            elif code not in _BUSY:  # a busy moment passes; a full disk does not
                self._give_up(str(error))
        return None

    def _open(self, *, may_discard: bool) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileExistsError):
                self.path.touch(mode=0o600, exist_ok=False)
            self._base = _connected(self.path)
            self._usable = True
        except _Foreign:
            self._after_failure("was made by another version or another program", may_discard)
        except sqlite3.Error as error:
            if _code(error) in _DAMAGED:
                self._after_failure("was damaged", may_discard)
            else:
                self._give_up(str(error))
        except OSError as error:
            self._give_up(error.strerror or str(error))

    def _after_failure(self, what: str, may_discard: bool) -> None:
        if may_discard:
            self._discard(what)
        else:
            self._give_up(f"it {what} again")

    def _discard(self, what: str) -> None:
        """Throw the file away and begin anew, unless another run has done so already."""
        self._close()
        try:
            if not _is_sound(self.path):
                for file in (*_beside(self.path), self.path):
                    file.unlink(missing_ok=True)
        except OSError as error:  # Windows: another run holds it open
            self._give_up(f"it {what} and cannot be removed: {error.strerror}")
            return
        self._note(f"The cache {self.path} {what}; it was thrown away and begun anew.")
        self._open(may_discard=False)

    def _give_up(self, why: str) -> None:
        self._usable = False
        self._close()
        self._note(f"The cache {self.path} could not be used, and the run went on without it: {why}.")

    def _close(self) -> None:
        if self._base is not None:
            with suppress(sqlite3.Error):
                self._base.close()
        self._base = None

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


class Shelf:
    """One kind of value of a cache, under keys that are texts."""

    def __init__(self, cache: Cache, kind: str, about: tuple[str, ...]) -> None:
        self._cache = cache
        self._kind = kind
        self._about = _joined(kind, *about)

    def get(self, key: str) -> bytes | None:
        """Return what was put under this key, or ``None``."""
        return self._cache.get(self._key(key))

    def put(self, key: str, value: bytes) -> None:
        """Keep a value for the next time."""
        self._cache.put(self._key(key), self._kind, value)

    def _key(self, key: str) -> bytes:
        return hashlib.sha256(self._about + _joined(key)).digest()


_GET = "SELECT size, checksum, value FROM entries WHERE key = ?"
_PUT = "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)"
_KINDS = "SELECT kind, count(*), sum(stored) FROM entries GROUP BY kind ORDER BY kind"


def _joined(*texts: str) -> bytes:
    """Join texts so that no two lists of texts give the same bytes."""
    return b"".join(
        b"%d:%s" % (len(data), data) for text in texts for data in [text.encode("utf-8", "surrogatepass")]
    )


def _checksum(key: bytes, stored: bytes) -> bytes:
    return hashlib.blake2b(key + stored, digest_size=16).digest()


def _unpacked(key: bytes, size: object, checksum: object, stored: object) -> bytes | None:
    """Return a value as it was put; ``None`` if it is not that any more."""
    if not (isinstance(size, int) and isinstance(stored, bytes)) or not 0 <= size <= LARGEST:
        return None
    if _checksum(key, stored) != checksum:
        return None
    opener = zlib.decompressobj()
    try:
        value = opener.decompress(stored, size + 1)
    except zlib.error:
        return None
    return value if opener.eof and len(value) == size else None


def _now() -> int:
    """Return the time; it decides what is pruned first and reaches no result."""
    return int(time.time())


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extension that says more exactly


def _is_sound(path: Path) -> bool:
    """Tell whether the file is in order after all: another run may have thrown the bad one away in the meantime."""
    try:
        base = _connected(path)
    except (_Foreign, sqlite3.Error):
        return False
    try:
        return bool(base.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False
    finally:
        base.close()


def _beside(path: Path) -> tuple[Path, ...]:
    """Return the names of SQLite's log and of its index."""
    return (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"))


def _connected(path: Path) -> sqlite3.Connection:
    """Open the file and make the tables if they are missing.

    Raises:
        _Foreign: It is a database, but not one of ours of this version.
        sqlite3.Error: It is damaged or cannot be used.
    """
    base = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        for attempt in range(OPENING_ATTEMPTS):
            try:
                _prepare(base)
                break
            except sqlite3.OperationalError as error:
                # Two runs that begin a new file at once: SQLite does not wait by itself while the log is set up.
                if base.in_transaction:
                    base.execute("ROLLBACK")
                if _code(error) not in _BUSY or attempt == OPENING_ATTEMPTS - 1:
                    raise
                time.sleep(ATTEMPT_SECONDS)
    except BaseException:
        base.close()
        raise
    return base


def _prepare(base: sqlite3.Connection) -> None:
    application, version = _number(base, "application_id"), _number(base, "user_version")
    tables = base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if (application, version, tables) != (0, 0, 0) and (application, version) != (APPLICATION, VERSION):
        raise _Foreign
    if not tables:
        base.execute("PRAGMA auto_vacuum = INCREMENTAL")  # only before the first table
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = NORMAL")
    if tables:
        return
    base.execute("BEGIN IMMEDIATE")
    if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        base.execute(_TABLES)
        base.execute(f"PRAGMA application_id = {APPLICATION}")
        base.execute(f"PRAGMA user_version = {VERSION}")
    base.execute("COMMIT")


def _number(base: sqlite3.Connection, pragma: str) -> int:
    return int(base.execute(f"PRAGMA {pragma}").fetchone()[0])


def _stored(base: sqlite3.Connection) -> int:
    return int(base.execute("SELECT coalesce(sum(stored), 0) FROM entries").fetchone()[0])


def _pruned(base: sqlite3.Connection, limit: int) -> int:
    base.execute("BEGIN IMMEDIATE")
    room, going = limit, []
    for key, stored in base.execute("SELECT key, stored FROM entries ORDER BY used DESC, key").fetchall():
        room -= stored
        if room < 0:
            going.append((key,))
    base.executemany("DELETE FROM entries WHERE key = ?", going)
    base.execute("COMMIT")
    base.executescript("PRAGMA incremental_vacuum")  # a step a page: execute() would take only the first
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return len(going)


def _cleared(base: sqlite3.Connection) -> int:
    count = base.execute("DELETE FROM entries").rowcount
    base.execute("VACUUM")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return int(count)
