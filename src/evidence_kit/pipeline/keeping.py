"""What the pipeline keeps for the next run: for each document its papers, its passages and what they say.

Every key holds all that a value was made from: the record itself, to the letter, and the code that made it. So a
kept value is what would be made again, and a map is the same to the byte with and without a cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.readers.keeping import Shelf
from evidence_kit.records.packing import packed, unpacked
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import Prediction, Reading
from evidence_kit.store.cache import Cache
from evidence_kit.store.code import code_digest

READING_CODE = ("readers", "records", "workers.py", "errors.py")
"""What pages depend on; a changed check does not make a changed page."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class DocumentParts:
    """A document cut up, before it is known whether its papers stand elsewhere too."""

    papers: tuple[Paper, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A passage that bears on something.

    Attributes:
        number: Its place among the passages of its document.
        predictions: What it bears on.
        reading: What it says.
    """

    number: int
    predictions: tuple[Prediction, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Kept:
    """The shelves of a run. ``None`` everywhere for a run without a cache."""

    pages: Shelf | None = None
    parts: Shelf | None = None
    readings: Shelf | None = None


NOTHING = Kept()


@contextmanager
def opened(folder: Path | None, notes: list[str]) -> Iterator[Kept]:
    """Open the cache in a folder; what was wrong with it is added to ``notes`` at the end."""
    if folder is None:
        yield NOTHING
        return
    whole = code_digest()
    with Cache(folder) as cache:
        yield Kept(
            pages=cache.shelf("pages", code_digest(*READING_CODE)),
            parts=cache.shelf("papers and passages", whole),
            readings=cache.shelf("readings", whole),
        )
    notes.extend(cache.notes)


def key_of(*records: Any) -> str:
    """Return a key for what is made from these records alone; empty if there is none (a text that is no text)."""
    data = packed(records)
    return "" if data is None else hashlib.sha256(data).hexdigest()


def knowledge_key(knowledge: Knowledge, ours: Ours) -> str:
    """Return what readings depend on beside the document.

    Of the framework: what finds passages, and the wordings, whose copies are no evidence. A changed window or element
    makes other conclusions from the same readings.
    """
    heard = tuple(
        (one.id, one.wordings, one.bears, one.bears_not, one.bears_unless, one.concepts)
        for one in knowledge.framework.criteria
    )
    about = (knowledge.lexicon.digest, knowledge.classifier.name, ours.organisation, ours.names, ours.others)
    return key_of(heard, about, sorted((words, sorted(those)) for words, those in ours.cited.items()))


def take(shelf: Shelf | None, key: str, kind: type[Record]) -> Record | None:
    """Return the record that was put by under a key; ``None`` if there is none, or something else."""
    data = shelf.get(key) if shelf and key else None
    return None if data is None else unpacked(data, kind)


def put_by(shelf: Shelf | None, key: str, record: Any) -> None:
    """Keep a record for the next run."""
    data = packed(record) if shelf and key else None
    if shelf and data is not None:
        shelf.put(key, data)
