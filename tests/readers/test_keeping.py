"""What reading keeps: the same documents with it, no worker started for what is kept, nothing that may pass."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from evidence_kit import workers
from evidence_kit.readers import pack
from evidence_kit.readers.pack import read_file, read_pack
from evidence_kit.records.document import Document, DocumentState, Media, PageState
from evidence_kit.workers import Limits

LIMITS = Limits()
MODULE = "test_keeping_reader"


class Memory:
    """A shelf of this test."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.hits = 0

    def get(self, key: str) -> bytes | None:
        self.hits += key in self.values
        return self.values.get(key)

    def put(self, key: str, value: bytes) -> None:
        self.values[key] = value


def write_pdf(path: Path, pages: int, word: str = "network") -> Path:
    canvas = Canvas(str(path), invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(72, 700, f"The Board heard from the {word} on day {number} of the year.")
        canvas.drawString(72, 40, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    write_pdf(folder / "long.pdf", 7)
    (folder / "news.md").write_text("# News\n\nThe network met on 9 June 2026.\n", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    (folder / "empty.docx").write_bytes(b"")
    return folder


def read(folder: Path, shelf: Memory | None, **options: object) -> tuple[Document, ...]:
    return read_pack(folder, **{"limits": LIMITS, "shelf": shelf, "pages_per_task": 3, **options})


def refuse(*_: object) -> None:
    raise AssertionError("a kept result was made again")


def test_documents_are_the_same_with_and_without_and_no_worker_starts_for_what_is_kept(
    papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = read(papers, None)
    shelf = Memory()
    assert read(papers, shelf) == without
    assert len(shelf.values) == 4 + 4, "four openings, four ranges"
    monkeypatch.setattr(workers.Guard, "_open", refuse)
    for module in ("open_file", "read_range"):
        monkeypatch.setattr(pack, module, refuse)
    told: list[tuple[str, int, int]] = []
    assert read(papers, shelf, workers=2, progress=lambda *seen: told.append(seen)) == without
    assert ("long.pdf", 7, 7) in told
    assert ("news.md", 1, 1) in told


def test_a_file_that_was_renamed_is_known_and_one_that_was_changed_is_not(papers: Path) -> None:
    shelf = Memory()
    read(papers, shelf)
    (papers / "long.pdf").rename(papers / "longer.pdf")
    shelf.hits = 0
    assert read(papers, shelf) == read(papers, None)
    assert shelf.hits == 8
    write_pdf(papers / "longer.pdf", 7, word="council")
    changed = read(papers, shelf)
    assert changed == read(papers, None)
    assert "council" in next(d for d in changed if d.path == "longer.pdf").pages[6].text


def test_other_limits_and_ranges_are_other_results(papers: Path) -> None:
    shelf = Memory()
    read(papers, shelf)
    few = Limits(pages=5)
    assert read(papers, shelf, limits=few) == read(papers, None, limits=few)
    assert read(papers, shelf, pages_per_task=2) == read(papers, None, pages_per_task=2)
    shelf.hits = 0
    read(papers, shelf, limits=Limits(seconds=9.0, memory_mib=999))
    assert shelf.hits == 8, "time and memory decide whether there is a result, not which"


@pytest.mark.parametrize("value", [b"", b"\xc1nonsense", b"\x93\x01\x02\x03"])
def test_what_is_no_kept_result_is_read_again(papers: Path, value: bytes) -> None:
    shelf = Memory()
    without = read(papers, shelf)
    good = dict(shelf.values)
    shelf.values = dict.fromkeys(shelf.values, value)
    assert read(papers, shelf) == without
    assert shelf.values == good


def test_a_range_of_fewer_pages_than_asked_for_is_read_again(papers: Path) -> None:
    shelf = Memory()
    without = read(papers, shelf)
    ranges = sorted(key for key in shelf.values if key.startswith("pages"))
    shelf.values[ranges[0]] = shelf.values[ranges[-1]]
    assert read(papers, shelf) == without


def test_what_may_be_otherwise_the_next_time_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{MODULE}.py").write_text(READER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    path = write_pdf(tmp_path / "a.pdf", 4)
    readers = {Media.PDF: MODULE}
    shelf = Memory()
    monkeypatch.setenv("READER_FAILS", "yes")
    first = read_file(path, limits=LIMITS, pages_per_task=2, readers=readers, shelf=shelf)
    assert [page.state for page in first.pages] == [PageState.READ] * 2 + [PageState.UNREAD, PageState.READ]
    assert sum(key.startswith("pages") for key in shelf.values) == 2, "the good range and the good half"
    monkeypatch.setenv("READER_FAILS", "no")
    assert (
        read_file(path, limits=LIMITS, pages_per_task=2, readers=readers, shelf=shelf).state
        is DocumentState.READ
    )
    sys.modules.pop(MODULE)


READER = """
import os
from evidence_kit.readers.base import Inspection
from evidence_kit.records.document import Page

def inspect(path, limits):
    return Inspection(page_count=4)

def read(path, first, last, limits):
    if os.environ["READER_FAILS"] == "yes" and first <= 2 < last:
        raise RuntimeError("page 3")
    if os.environ["READER_FAILS"] == "touch":
        os.utime(path, ns=(1, 1))
    return tuple(Page(number=index + 1, text="text") for index in range(first, last))
"""


def test_what_was_read_of_a_file_that_changed_meanwhile_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{MODULE}.py").write_text(READER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("READER_FAILS", "touch")
    path = write_pdf(tmp_path / "a.pdf", 4)
    shelf = Memory()
    read_file(path, limits=LIMITS, readers={Media.PDF: MODULE}, shelf=shelf)
    assert not [key for key in shelf.values if key.startswith("pages")]
    sys.modules.pop(MODULE)


def test_a_file_that_may_not_be_opened_is_tried_again(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", 2)
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("everything may be opened here")
    path.chmod(0)
    shelf = Memory()
    assert read_file(path, limits=LIMITS, shelf=shelf).state is DocumentState.NOT_READ
    assert not shelf.values
    path.chmod(0o600)
    assert read_file(path, limits=LIMITS, shelf=shelf).state is DocumentState.READ
