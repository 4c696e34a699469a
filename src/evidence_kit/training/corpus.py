"""Labelled passages: one JSON object a line, one file for each (invented) organisation.

What a label means is written in ``corpus_samples/passages/LABELLING.md``; this module is the schema.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from evidence_kit.errors import CorpusInvalid
from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import Stance, Whose


class LabelledPassage(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A passage with its context, and what a careful reader says of it.

    A ``Struct``, since msgspec then refuses unknown keys and values and writes the JSON Schema.

    Attributes:
        id: The organisation's slug, a hyphen and a number.
        kind, title, headings: Of its paper; headings outermost first.
        stem: The sentence that introduces a list, if the passage is one of its items.
        header: The column headers, if it is a table's row.
        before, after: The passages next to it in the paper.
        bears: Ids of the criteria that it bears on directly: for, planned or against.
        near: Ids of criteria that it looks like, with why it is none of theirs.
        stance, whose: Of the act that it bears by; empty where it bears on nothing.
        elements: For each criterion, short names of what it shows.
        note: Why the label is as it is, where that needs a word.
    """

    id: str
    kind: PaperKind
    text: str
    title: str = ""
    headings: tuple[str, ...] = ()
    stem: str = ""
    header: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    bears: tuple[str, ...] = ()
    near: dict[str, str] = {}
    stance: Stance | None = None
    whose: Whose | None = None
    elements: dict[str, tuple[str, ...]] = {}
    note: str = ""

    @property
    def organisation(self) -> str:
        """The slug of the organisation whose passage it is; passages of one are never parted between train and test."""
        return self.id.rpartition("-")[0]


class Corpus(msgspec.Struct, frozen=True):
    """All labelled passages of a folder, in order of file name and line, and the SHA-256 of what they say."""

    passages: tuple[LabelledPassage, ...]
    digest: str

    def organisations(self) -> tuple[str, ...]:
        """Return the slugs, sorted."""
        return tuple(sorted({passage.organisation for passage in self.passages}))


def load_corpus(folder: Path, *, criteria: Iterable[str]) -> Corpus:
    """Read every ``*.jsonl`` of a folder.

    Args:
        folder: Where the files are.
        criteria: The ids that labels may name.

    Raises:
        CorpusInvalid: A line does not follow the schema, an id stands twice, a criterion is unknown; all of them.
    """
    known, faults = frozenset(criteria), list[str]()
    found: dict[str, LabelledPassage] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
            if not line.strip():
                continue
            try:
                passage = msgspec.json.decode(line, type=LabelledPassage)
            except msgspec.MsgspecError as error:
                faults.append(f"{path.name}:{number}: {error}")
                continue
            faults.extend(f"{path.name}:{number}: {fault}" for fault in _faults(passage, path.stem, known))
            if passage.id in found:
                faults.append(f"{path.name}:{number}: the id {passage.id} stands twice")
            found[passage.id] = passage
    if faults:
        raise CorpusInvalid(tuple(faults))
    return corpus_of(found.values())


def corpus_of(passages: Iterable[LabelledPassage]) -> Corpus:
    """Make a corpus of passages; its digest follows what they say, not how their files are laid out."""
    ordered = tuple(passages)
    digest = hashlib.sha256()
    for passage in ordered:
        digest.update(msgspec.json.encode(passage, order="sorted") + b"\n")
    return Corpus(ordered, digest.hexdigest())


def schema_bytes() -> bytes:
    """Return the JSON Schema of one line."""
    made = msgspec.json.encode(msgspec.json.schema(LabelledPassage), order="sorted")
    return msgspec.json.format(made, indent=2) + b"\n"


def _faults(passage: LabelledPassage, slug: str, known: frozenset[str]) -> Sequence[str]:
    """Say what is wrong with a label that the schema cannot see."""
    named = (*passage.bears, *passage.near, *passage.elements)
    faults = [f"no criterion has the id {name}" for name in dict.fromkeys(named) if name not in known]
    if passage.organisation != slug:
        faults.append(f"the id {passage.id} does not begin with the file's name")
    if not passage.text.strip():
        faults.append("the text is empty")
    if both := sorted(set(passage.bears) & set(passage.near)):
        faults.append(f"{', '.join(both)} is both borne on and a near-miss")
    if passage.bears and passage.stance is None:
        faults.append("it bears on a criterion and has no stance")
    return faults
