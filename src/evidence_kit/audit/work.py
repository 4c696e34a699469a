"""What a worker does for a submission: read its files, say what they are; later conclude from what was read.

Both tasks take and return bytes and records alone, and write nothing: whoever runs them keeps the results.
"""

from __future__ import annotations

import errno
import os
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from multiprocessing import util
from pathlib import Path
from typing import Literal

from evidence_kit.audit.inventory import Facts, facts_of
from evidence_kit.audit.manifest import Submission
from evidence_kit.audit.rows import rows_of
from evidence_kit.audit.sources import SourceFile, fetch
from evidence_kit.audit.tables import Row
from evidence_kit.errors import NothingRead, OutputUnwritable, UsageError
from evidence_kit.language.lexicon import Lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.options import MapOptions
from evidence_kit.pipeline import keeping
from evidence_kit.pipeline.conclude import cut
from evidence_kit.pipeline.keeping import Kept
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.pipeline.ours import Names, Ours
from evidence_kit.pipeline.run import map_documents
from evidence_kit.readers.pack import READERS, read_pack
from evidence_kit.records.document import Document, Media, Problem
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.packing import packed, unpacked
from evidence_kit.reports.data import to_json
from evidence_kit.store.code import code_digest
from evidence_kit.workers import Guard, Limits

Ocr = Literal["off", "auto", "force"]
_FULL = (errno.ENOSPC, errno.EDQUOT)
_PACKING = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What all tasks of a run share.

    Attributes:
        framework: Folder of a framework, at the same path for every worker; ``None`` for the built-in one.
        kinds: The sorts of papers that are audited, as criteria name them in ``expected_in``.
        code, knowledge: Digests of the code and of framework, lexicon and model; a worker that has others refuses.
        guarded: Open files in a process of its own, under the limits.
    """

    framework: Path | None = None
    kinds: tuple[str, ...] = ("annual report",)
    ocr: Ocr = "off"
    limits: Limits = field(default_factory=Limits)
    code: str = ""
    knowledge: str = ""
    guarded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadJob:
    """Read a submission, and say what its files are.

    Attributes:
        documents: What reading gave an earlier time, packed; then nothing is read.
    """

    submission: Submission
    files: tuple[SourceFile, ...]
    settings: Settings
    documents: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDone:
    """What a submission is; its documents, and what may be used again (both packed)."""

    facts: Facts
    documents: bytes
    kept: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeJob:
    """Conclude from the documents of a submission that are what they should be."""

    submission: Submission
    facts: Facts
    settings: Settings
    documents: bytes
    kept: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeDone:
    """The evidence map as JSON (empty if there is none), the rows of the dataset, what may be used again."""

    evidence_map: bytes
    rows: dict[str, tuple[Row, ...]]
    kept: bytes


@dataclass(frozen=True, slots=True)
class _KeptBox:
    code: str
    entries: dict[str, bytes]


class _Box:
    """A shelf in memory: what was neither taken nor put by in a run is left out of the next."""

    def __init__(self, data: bytes) -> None:
        found = unpacked(zlib.decompress(data), _KeptBox) if data else None
        self._old = found.entries if found and found.code == code_of_process() else {}
        self._new: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return what was put under a key."""
        if key not in self._new and key in self._old:
            self._new[key] = self._old[key]
        return self._new.get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep a value."""
        self._new[key] = value

    def packed(self) -> bytes:
        """Return all of it as bytes."""
        return _squeezed(_KeptBox(code_of_process(), dict(sorted(self._new.items()))))


@cache
def code_of_process() -> str:
    """Return the digest of the code that this process runs."""
    return code_digest()


@lru_cache(maxsize=2)
def knowledge_of(folder: Path | None, digest: str = "") -> Knowledge:
    """Load framework, lexicon and classifier once a process.

    Raises:
        UsageError: They are others than the digest says.
        FrameworkInvalid, ModelUnusable: As :func:`load_knowledge` does.
    """
    knowledge = load_knowledge(folder)
    if digest and digest_of(knowledge) != digest:
        raise UsageError(
            "A worker has another framework, lexicon or model than the process that started the audit.",
            next_step="Give all workers the same files, and start them anew.",
        )
    return knowledge


def digest_of(knowledge: Knowledge) -> str:
    """Return a digest of all that conclusions depend on beside the documents and the code."""
    return keeping.key_of(knowledge.framework, keeping.knowledge_key(knowledge, Ours()))


def read_submission(job: ReadJob) -> ReadDone:
    """Read the files of a submission and say what they are; runs in a worker.

    Raises:
        OutputUnwritable: There is no room for a copy of the files.
        UsageError: The worker has other code.
    """
    _check(job.settings)
    names = _names(job.files)
    lost: tuple[Problem, ...] = ()
    documents = _documents(job.documents) if job.documents else None
    if documents is None:
        with tempfile.TemporaryDirectory(prefix="evidence-kit-") as folder:
            lost = _fetched(names, Path(folder))
            documents = read_pack(
                Path(folder), limits=job.settings.limits, ocr=job.settings.ocr, guard=_guard(job.settings)
            )
    box = _Box(b"")
    papers = cut(documents, Kept(parts=box)).papers
    facts = facts_of(job.submission, documents, papers, {name: file.url for name, file in names.items()})
    facts = replace(facts, problems=(*lost, *facts.problems))
    # What could not be fetched may come the next time: then nothing of this reading is kept.
    return ReadDone(facts=facts, documents=b"" if lost else _squeezed(documents), kept=box.packed())


def conclude_submission(job: ConcludeJob) -> ConcludeDone:
    """Conclude every criterion from a submission; runs in a worker.

    Raises:
        UsageError: The worker has other code or another framework.
    """
    _check(job.settings)
    settings, submission = job.settings, job.submission
    knowledge = knowledge_of(settings.framework, settings.knowledge)
    used = {file.path for file in job.facts.files if file.used}
    documents = _documents(job.documents) if job.documents else ()
    if documents is None:
        raise ValueError("what was kept of its files is damaged")
    documents = tuple(one for one in documents if one.path in used)
    box = _Box(job.kept)
    options = MapOptions(
        pack=Path(os.devnull),  # nothing is opened any more
        organisation=submission.organisation,
        as_of=submission.year.as_of,
        ocr=settings.ocr,
        limits=settings.limits,
        stated=(
            ("as_of", f"two months after the end of {submission.year.label}"),
            ("organisation", "manifest"),
        ),
    )
    found: EvidenceMap | None = None
    if documents:
        try:
            result = map_documents(
                documents,
                options,
                knowledge=knowledge,
                kept=Kept(parts=box, readings=box),
                tagger=_tagger,
            )
            found = _with_type(result.evidence_map, submission.type)
        except NothingRead:
            found = None
    rows = rows_of(submission, job.facts, found, knowledge.framework, settings.kinds)
    return ConcludeDone(evidence_map=to_json(found) if found else b"", rows=rows, kept=box.packed())


_TAGGERS: dict[tuple[str, Names], Tagger] = {}


def _tagger(lexicon: Lexicon, names: Names) -> Tagger:
    """Return the last submission's tagger if lexicon and names are the same: making one takes half a second."""
    key = (lexicon.digest, names)
    if key not in _TAGGERS:
        _TAGGERS.clear()
        _TAGGERS[key] = Tagger(lexicon, names)
    return _TAGGERS[key]


def _with_type(evidence_map: EvidenceMap, kind: str) -> EvidenceMap:
    """Mark the findings of criteria that ask nothing of this type of organisation."""
    asked = {
        criterion.id: {one.casefold() for one in criterion.applies_to}
        for criterion in evidence_map.framework.criteria
    }
    return replace(
        evidence_map,
        findings=tuple(
            replace(
                one, applies=not (kind and asked[one.criterion]) or kind.casefold() in asked[one.criterion]
            )
            for one in evidence_map.findings
        ),
    )


def _check(settings: Settings) -> None:
    if settings.code != code_of_process():
        raise UsageError(
            "A worker runs another version of evidence-kit, of its libraries or of Python than the one that "
            "started the audit.",
            next_step="Install the same on all machines, and start the workers anew.",
        )


_GUARDS: dict[Limits, Guard] = {}


def _guard(settings: Settings) -> Guard:
    """Return the guard of this process; its worker is kept from submission to submission."""
    if not settings.guarded:
        return Guard(workers=0, limits=settings.limits)
    if settings.limits not in _GUARDS:
        guard = Guard(workers=1, limits=settings.limits, preload=(READERS[Media.PDF],), lasting=True)
        _GUARDS[settings.limits] = guard.__enter__()
        # Before this process waits for its children: that of the guard would never end by itself.
        util.Finalize(None, guard.__exit__, args=(SystemExit, None, None), exitpriority=10)
    return _GUARDS[settings.limits]


def _names(files: Sequence[SourceFile]) -> dict[str, SourceFile]:
    """Name files as they are called; of two with one name the later is numbered."""
    named: dict[str, SourceFile] = {}
    for file in files:
        name, number = file.name, 1
        while name.casefold() in {other.casefold() for other in named}:
            number += 1
            name = f"{number} {file.name}"
        named[name] = file
    return named


def _fetched(names: Mapping[str, SourceFile], folder: Path) -> tuple[Problem, ...]:
    problems = []
    for name, file in names.items():
        try:
            fetch(file, folder / name)
        except OSError as error:
            (folder / name).unlink(missing_ok=True)
            if error.errno in _FULL:
                raise OutputUnwritable(
                    f"There is no room for a copy of {file.url}: {error.strerror}.",
                    next_step="Free some space, or name another folder for temporary files in TMPDIR.",
                ) from error
            problems.append(
                Problem(
                    code="unreadable",
                    file=name,
                    message=f"{file.url} cannot be opened: {error.strerror or error}.",
                    next_step="See that it is there and that you may read it, and run again.",
                )
            )
    return tuple(problems)


def _documents(data: bytes) -> tuple[Document, ...] | None:
    try:
        return unpacked(zlib.decompress(data), tuple[Document, ...])
    except zlib.error:
        return None


def _squeezed(record: object) -> bytes:
    data = packed(record)
    if data is None:
        raise ValueError("a text holds what is no character")
    return zlib.compress(data, _PACKING)
