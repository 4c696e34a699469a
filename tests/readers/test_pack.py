"""A folder becomes documents: what is found, what is left out, what goes wrong, and that ranges never show."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.errors import UsageError
from evidence_kit.readers import base, pack
from evidence_kit.readers.pack import READERS, read_file, read_pack
from evidence_kit.records.document import BlockKind, Document, DocumentState, Media, PageState
from evidence_kit.workers import CRASHED, TIME_LIMIT, Limits

LIMITS = Limits()
HEIGHT = A4[1]
BODY = (
    "The executive sponsor attended the meeting of the network in every quarter of the year and reported to the "
    "board what its members had said, and the long-term plan was changed after partici-"
)


def report(path: Path, pages: int = 10) -> Path:
    """A report with running lines, headings, and a sentence and a word that each page hands to the next."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, HEIGHT - 40, "Example NHS Trust")
        canvas.drawString(280, HEIGHT - 810, f"Page {number + 4} of {pages + 4}")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, HEIGHT - 90, f"{number} Participation in year {number}")
        canvas.setFont("Helvetica", 11)
        y = 120
        for line in simpleSplit("which was agreed. " + BODY, "Helvetica", 11, 430):
            canvas.drawString(72, HEIGHT - y, line)
            y += 14
        canvas.drawString(72, HEIGHT - y, "pation in the network and the")
        canvas.showPage()
    canvas.save()
    return path


def read(folder: Path, **options: object) -> tuple[Document, ...]:
    return read_pack(folder, **{"limits": LIMITS, **options})


def test_missing_folder_is_a_usage_error_and_an_empty_one_gives_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        read(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="no file"):
        read_file(tmp_path / "nowhere.pdf", limits=LIMITS)
    assert read(tmp_path) == ()


def test_documents_are_sorted_and_twins_get_numbers(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("b.pdf", "a.pdf", "sub/c.pdf"):
        report(tmp_path / name, 2)
    (tmp_path / "note.txt").write_text("A note on the network.\n", encoding="utf-8")
    documents = read(tmp_path)
    assert [d.path for d in documents] == ["a.pdf", "b.pdf", "note.txt", "sub/c.pdf"]
    first, second, note, third = documents
    assert first.id == f"d{first.sha256[:12]}"
    assert (second.id, third.id) == (f"{first.id}.2", f"{first.id}.3")
    assert note.media is Media.TEXT
    assert first.size == (tmp_path / "a.pdf").stat().st_size


def test_what_is_no_paper_is_left_out(tmp_path: Path) -> None:
    report(tmp_path / "a.pdf", 1)
    for name in (
        "~$a.docx",
        ".hidden.pdf",
        "Thumbs.db",
        "desktop.ini",
        ".git/a.pdf",
        "old/data/evidence-map.json",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"{}")
    report(tmp_path / "old" / "cited-pages.pdf", 1)
    report(tmp_path / "skipped.pdf", 1)
    (tmp_path / "out").mkdir()
    report(tmp_path / "out" / "skipped.pdf", 1)
    documents = read(tmp_path, skip=(tmp_path / "skipped.pdf", tmp_path / "out"))
    assert [d.path for d in documents] == ["a.pdf"]


def test_a_pack_that_was_mapped_into_itself(tmp_path: Path) -> None:
    report(tmp_path / "a.pdf", 1)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "evidence-map.json").write_bytes(b"{}")
    (tmp_path / "evidence-map.html").write_text("<html>", encoding="utf-8")
    assert [d.path for d in read(tmp_path)] == ["a.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_do_not_lead_out_of_the_pack(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "sub").mkdir(parents=True)
    report(pack / "sub" / "a.pdf", 1)
    report(tmp_path / "outside.pdf", 1)
    (pack / "in.pdf").symlink_to(pack / "sub" / "a.pdf")
    (pack / "out.pdf").symlink_to(tmp_path / "outside.pdf")
    (pack / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    (pack / "loop").symlink_to(pack)
    (pack / "up").symlink_to(tmp_path)
    found = {d.path: (d.state, [p.code for p in d.problems]) for d in read(pack)}
    assert found == {
        "gone.pdf": (DocumentState.NOT_READ, [base.UNREADABLE]),
        "in.pdf": (DocumentState.READ, []),
        "out.pdf": (DocumentState.NOT_READ, [base.OUTSIDE]),
        "sub/a.pdf": (DocumentState.READ, []),
        "up": (DocumentState.NOT_READ, [base.OUTSIDE]),
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_the_folder_does_not_stop_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (document,) = read(tmp_path)
    assert [p.code for p in document.problems] == [base.UNREADABLE]


def test_every_bad_file_has_its_problem_and_the_run_goes_on(tmp_path: Path) -> None:
    good = report(tmp_path / "good.pdf", 3).read_bytes()
    (tmp_path / "cut.pdf").write_bytes(good[: len(good) // 2])
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "photo.pdf").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 500)
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    found = {d.path: (d.state, [p.code for p in d.problems]) for d in read(tmp_path)}
    assert found["cut.pdf"][1][0] == base.DAMAGED
    assert found["cut.pdf"][0] is not DocumentState.READ
    del found["cut.pdf"]
    assert found == {
        "empty.pdf": (DocumentState.NOT_READ, [base.EMPTY_FILE]),
        "good.pdf": (DocumentState.READ, []),
        "noise.pdf": (DocumentState.NOT_READ, [base.DAMAGED]),
        "photo.pdf": (DocumentState.NOT_READ, [base.NO_TEXT]),
    }


def test_an_unreadable_file_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """File modes do not stop a superuser, so opening is made to fail."""
    report(tmp_path / "a.pdf", 1)
    locked = report(tmp_path / "locked.pdf", 1)
    opened = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self == locked:
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    first, second = read(tmp_path)
    assert first.state is DocumentState.READ
    assert second.state is DocumentState.NOT_READ
    assert (second.sha256, len(second.id)) == ("", 13)
    assert second.id != first.id
    (problem,) = second.problems
    assert problem.code == base.UNREADABLE
    assert "Permission denied" in problem.message


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Document, ...]]:
    folder = tmp_path_factory.mktemp("pack")
    report(folder / "report.pdf", 10)
    (folder / "note.md").write_text("# Note\n\nThe network met.\n", encoding="utf-8")
    return folder, read(folder)


def test_the_report_is_settled_as_a_whole(settled: tuple[Path, tuple[Document, ...]]) -> None:
    _, (_, document) = settled
    assert [page.label for page in document.pages] == [str(number) for number in range(5, 15)]
    for page in document.pages:
        kinds = [block.kind for block in page.blocks]
        assert kinds.count(BlockKind.FURNITURE) == 2
        assert kinds.count(BlockKind.HEADING) == 1
        assert "after participation in the network and the" in page.text


@pytest.mark.parametrize("pages_per_task", [1, 7, 64])
def test_range_borders_never_show(settled: tuple[Path, tuple[Document, ...]], pages_per_task: int) -> None:
    folder, documents = settled
    assert read(folder, pages_per_task=pages_per_task) == documents


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_never_shows(settled: tuple[Path, tuple[Document, ...]], workers: int) -> None:
    folder, documents = settled
    assert read(folder, workers=workers, pages_per_task=3) == documents


def test_progress_counts_pages_by_file(settled: tuple[Path, tuple[Document, ...]]) -> None:
    folder, _ = settled
    seen: list[tuple[str, int, int]] = []
    read(folder, pages_per_task=4, progress=lambda *told: seen.append(told))
    assert seen == [("note.md", 1, 1), *(("report.pdf", done, 10) for done in (2, 5, 7, 10))]


def test_pages_beyond_the_limit_are_listed(tmp_path: Path) -> None:
    report(tmp_path / "a.pdf", 5)
    (document,) = read(tmp_path, limits=Limits(pages=3))
    assert [page.state for page in document.pages] == [PageState.READ] * 3 + [PageState.UNREAD] * 2
    assert [(p.code, p.pages) for p in document.problems] == [(base.TOO_LARGE, (4, 5))]
    assert document.state is DocumentState.PARTLY_READ


FAULTY = '''
"""The PDF reader with a fault on some pages."""
import os, time
from evidence_kit.readers.pdf.reader import inspect as _inspect, read as _read
from evidence_kit.readers.pdf.reader import *

FAULTS = {faults}

def inspect(path, limits):
    if "open" in FAULTS:
        os._exit(9)
    return _inspect(path, limits)

def read(path, first, last, limits):
    pages = []
    for index in range(first, last):
        fault = FAULTS.get(index)
        if fault == "sleep":
            time.sleep(600)
        if fault == "die":
            os._exit(9)
        if fault == "short":
            break
        pages.extend(_read(path, index, index + 1, limits))
    return tuple(pages)
'''


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., dict[Media, str]]]:
    """Readers with a faulty PDF reader that worker processes can import."""
    modules = tmp_path / "modules"
    modules.mkdir()
    monkeypatch.syspath_prepend(modules)

    def make(faults: dict[object, str]) -> dict[Media, str]:
        (modules / "faulty_pdf.py").write_text(FAULTY.format(faults=faults), encoding="utf-8")
        return {**READERS, Media.PDF: "faulty_pdf"}

    yield make
    sys.modules.pop("faulty_pdf", None)


def test_pages_that_never_end_or_kill_their_process_cost_themselves_alone(
    tmp_path: Path, faulty: Callable[..., dict[Media, str]]
) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    report(pack / "a.pdf", 9)
    whole = read(pack)[0]
    (document,) = read(
        pack, workers=2, limits=Limits(seconds=2.0), pages_per_task=8, readers=faulty({2: "sleep", 6: "die"})
    )
    assert [(p.code, p.pages) for p in document.problems] == [(TIME_LIMIT, (3,)), (CRASHED, (7,))]
    assert document.state is DocumentState.PARTLY_READ
    for page, same in zip(document.pages, whole.pages, strict=True):
        if page.number in (3, 7):
            assert page.state is PageState.UNREAD
            assert page.reason
        else:
            assert page == same


def test_pages_that_a_reader_leaves_out_are_unread(
    tmp_path: Path, faulty: Callable[..., dict[Media, str]]
) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    report(pack / "a.pdf", 4)
    (document,) = read(pack, readers=faulty({2: "short"}))
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert [(p.code, p.pages) for p in document.problems] == [(base.PAGE_DAMAGED, (3, 4))]


def test_a_file_that_dies_on_opening_is_still_named_by_its_bytes(
    tmp_path: Path, faulty: Callable[..., dict[Media, str]]
) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    report(pack / "a.pdf", 2)
    expected = read(pack)[0]
    (document,) = read(pack, workers=1, readers=faulty({"open": "die"}))
    assert document.state is DocumentState.NOT_READ
    assert [p.code for p in document.problems] == [CRASHED]
    assert (document.id, document.size) == (expected.id, expected.size)


def test_one_file_under_another_name(settled: tuple[Path, tuple[Document, ...]]) -> None:
    folder, (_, document) = settled
    renamed = read_file(folder / "report.pdf", name="board/report.pdf", limits=LIMITS)
    assert renamed == replace(document, path="board/report.pdf")
    assert read(folder / "report.pdf") == (document,)


@given(st.integers(0, 5000), st.integers(1, 300))
def test_ranges_hold_every_page_once_and_are_of_one_size(pages: int, most: int) -> None:
    borders = pack._borders(pages, most)
    assert (borders[0], borders[-1]) == (0, pages)
    sizes = [end - first for first, end in pairwise(borders)]
    assert all(0 < size <= most for size in sizes)
    assert not sizes or max(sizes) - min(sizes) <= 1
    assert len(sizes) < 2 or len(sizes) == pages or len(sizes) % 2 == 0
