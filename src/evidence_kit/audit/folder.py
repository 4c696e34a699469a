"""The folder of an audit: what is finished stays finished, whole or not at all, a folder a submission.

``work/CODE/YEAR`` holds what a later run takes up again; ``maps/CODE/YEAR`` the evidence map; ``data`` the dataset.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_kit import outputs
from evidence_kit.audit.inventory import Facts
from evidence_kit.audit.manifest import Submission
from evidence_kit.audit.tables import Row
from evidence_kit.audit.work import ConcludeDone, ReadDone
from evidence_kit.errors import OutputUnwritable
from evidence_kit.records.packing import packed, unpacked
from evidence_kit.reports.writing import write_file

WORK, MAPS, DATA = "work", "maps", "data"
RUN = "run.json"
PAGE = "audit-report.html"
BOOK = "audit-report.xlsx"
_DOCUMENTS, _KEPT, _FACTS, _ROWS = "documents.bin", "kept.bin", "facts.bin", "rows.bin"


@dataclass(frozen=True, slots=True)
class ReadKeys:
    """What documents, and what is said of them, were made from."""

    documents: str
    facts: str


@dataclass(frozen=True, slots=True)
class _KeptFacts:
    keys: ReadKeys
    facts: Facts


@dataclass(frozen=True, slots=True)
class _KeptRows:
    key: str
    rows: dict[str, tuple[Row, ...]]


class AuditFolder:
    """Keeps the results of an audit.

    Args:
        root: Made if it is missing.

    Raises:
        OutputUnwritable: It cannot be written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.data = root / DATA

    def check(self) -> None:
        """See that files can be written, before the long work.

        Raises:
            OutputUnwritable: They cannot.
        """
        if self.root.is_file():
            raise OutputUnwritable(f"{self.root} is a file.", next_step="Name another folder with --out.")
        mark = self.root / WORK / "README.txt"
        write_file(
            mark, "What evidence-kit audit takes up again in the next run. It holds text of the papers.\n"
        )

    def read(self, submission: Submission, keys: ReadKeys) -> Facts | None:
        """Return what an earlier run found out about a submission, if it was made from the same."""
        kept = self._facts(submission)
        return kept.facts if kept and kept.keys == keys else None

    def documents(self, submission: Submission, keys: ReadKeys) -> bytes:
        """Return the packed documents of an earlier run, whatever is said of them now; empty if there are none."""
        kept = self._facts(submission)
        return self._bytes(submission, _DOCUMENTS) if kept and kept.keys.documents == keys.documents else b""

    def kept(self, submission: Submission) -> bytes:
        """Return what conclusions of an earlier run may use again."""
        return self._bytes(submission, _KEPT)

    def keep_read(self, submission: Submission, keys: ReadKeys, done: ReadDone) -> None:
        """Keep what reading gave; the facts, which say that it is finished, come last."""
        place = self._place(submission)
        (place / _FACTS).unlink(missing_ok=True)
        write_file(place / _DOCUMENTS, done.documents)
        write_file(place / _KEPT, done.kept)
        write_file(place / _FACTS, _data(_KeptFacts(keys, done.facts)))

    def rows(self, submission: Submission, key: str) -> dict[str, tuple[Row, ...]] | None:
        """Return the rows that an earlier run concluded, if they were made from the same."""
        found = unpacked(self._bytes(submission, _ROWS), _KeptRows)
        return found.rows if found and found.key == key else None

    def keep_rows(self, submission: Submission, key: str, done: ConcludeDone) -> None:
        """Keep what was concluded; the rows, which say that it is finished, come last."""
        place = self._place(submission)
        (place / _ROWS).unlink(missing_ok=True)
        target = self.root / MAPS / submission.code / submission.year.label / outputs.MARK
        if done.evidence_map:
            write_file(target, done.evidence_map)
        else:
            target.unlink(missing_ok=True)
        write_file(place / _KEPT, done.kept)
        write_file(place / _ROWS, _data(_KeptRows(key, done.rows)))

    def _facts(self, submission: Submission) -> _KeptFacts | None:
        return unpacked(self._bytes(submission, _FACTS), _KeptFacts)

    def _place(self, submission: Submission) -> Path:
        return self.root / WORK / submission.code / submission.year.label

    def _bytes(self, submission: Submission, name: str) -> bytes:
        try:
            return (self._place(submission) / name).read_bytes()
        except OSError:
            return b""


def _data(record: object) -> bytes:
    data = packed(record)
    if data is None:
        raise ValueError("a text holds what is no character")
    return data
