"""Files that mean harm end as read, partly read or a clear problem, within the limits, and harm nothing beside them."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from evidence_kit.readers import base
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.document import Document, DocumentState, PageState
from evidence_kit.workers import Limits

LIMITS = Limits(seconds=4, memory_mib=1024, decompressed_mib=64, member_mib=32, pages=400, members=150)
READ, PARTLY, NOT = DocumentState.READ, DocumentState.PARTLY_READ, DocumentState.NOT_READ

EXPECTED: dict[str, tuple[DocumentState, set[str]]] = {
    "good.pdf": (READ, set()),
    # what unpacks or goes on for ever
    "bomb.zip/zeros.txt": (NOT, {base.TOO_LARGE}),
    "bomb.zip/good.txt": (READ, set()),
    "bomb.docx": (NOT, {base.TOO_LARGE}),
    "nested.zip/level29.zip/level28.zip/level27.zip/level26.zip": (NOT, {base.TOO_LARGE}),
    "many.zip": (PARTLY, {base.TOO_LARGE}),
    "ten-thousand-pages.pdf": (PARTLY, {base.TOO_LARGE}),
    # XML that grows
    "laughs.docx": (PARTLY, {base.DAMAGED}),
    "laughs.odt": (PARTLY, {base.DAMAGED}),
    "laughs.pptx": (PARTLY, {base.DAMAGED}),
    "laughs.xlsx": (PARTLY, {base.DAMAGED, base.HIDDEN}),  # the golden workbook has a hidden sheet
    # PDFs whose parts hold themselves, and odd pages
    "pages-in-themselves.pdf": (NOT, {base.PAGE_DAMAGED}),
    "pages-of-nothing.pdf": (NOT, {base.PAGE_DAMAGED}),
    "bookmarks-in-a-ring.pdf": (READ, set()),
    "length-of-itself.pdf": (READ, set()),
    "deep-array.pdf": (READ, set()),
    "huge-page.pdf": (NOT, {base.NO_TEXT}),
    "huge-page-with-text.pdf": (READ, set()),
    "many-marks.pdf": (READ, set()),
    "graph-paper.pdf": (READ, set()),
    # names that lead out, links, passwords
    "traversal.zip/good.txt": (READ, set()),
    "traversal.zip/escaped.txt": (NOT, {base.OUTSIDE}),
    "locked.pdf": (NOT, {base.ENCRYPTED}),
    "locked.zip/secret.txt": (NOT, {base.ENCRYPTED}),
    # too deep
    "deep.docx": (PARTLY, {base.DAMAGED}),
    "deep.html": (PARTLY, {base.DAMAGED}),
    "deep-list.html": (PARTLY, {base.DAMAGED}),
    "deep.eml": (PARTLY, {base.DAMAGED}),
    # not what they say
    "pdf-as.docx": (READ, set()),
    "word-as.pdf": (READ, set()),
    "page-as.doc": (READ, set()),
    "text-as.xlsx": (NOT, {base.WRONG_NAME}),
    "program-as.pdf": (NOT, {base.DAMAGED}),
    "rich.rtf": (NOT, {base.NOT_READ_YET}),
    "packed.7z": (NOT, {base.NOT_READ_YET}),
    "link.url": (NOT, {base.NOT_READ_YET}),
}


@pytest.fixture(scope="module")
def hostile() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def run(
    hostile: ModuleType, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, Document], float, Path]:
    """One run over all of them: the documents by path, its wall seconds, the folder above."""
    above = tmp_path_factory.mktemp("hostile")
    folder = above / "one" / "pack"
    folder.mkdir(parents=True)
    hostile.write(folder)
    started = time.monotonic()
    documents = read_pack(folder, workers=2, limits=LIMITS)
    return {document.path: document for document in documents}, time.monotonic() - started, above


def texts(documents: dict[str, Document]) -> Iterator[str]:
    for document in documents.values():
        for page in document.pages:
            yield page.text


def test_every_file_ends_as_read_partly_read_or_a_clear_problem(run) -> None:
    documents, _, above = run
    for path in (above / "one" / "pack").iterdir():
        assert path.name in documents
    for document in documents.values():
        holds_others = any(name.startswith(document.path + "/") for name in documents)
        if document.state is not READ and not holds_others:
            assert document.problems, document.path
        for problem in document.problems:
            assert problem.message.endswith((".", "…")) and problem.next_step.endswith("."), problem
        told = {number for problem in document.problems for number in problem.pages}
        for index, page in enumerate(document.pages):
            if page.state is PageState.UNREAD:
                assert page.reason and (page.number or index + 1) in told, document.path


@pytest.mark.parametrize("path", EXPECTED)
def test_how_it_ends(run, path: str) -> None:
    document = run[0][path]
    assert (document.state, {problem.code for problem in document.problems}) == EXPECTED[path]


def test_only_the_endless_page_costs_its_process(run) -> None:
    documents, seconds, _ = run
    ended = {
        document.path: problem.code
        for document in documents.values()
        for problem in document.problems
        if problem.code in (base.CRASHED, base.TIME_LIMIT, base.MEMORY_LIMIT)
    }
    # PDFium ends its process where it gets no memory, so which limit comes first depends on the machine.
    assert set(ended) == {"form-in-itself.pdf"}
    assert documents["form-in-itself.pdf"].state is NOT
    assert seconds < 60  # about 5


def test_cut_off_noisy_and_empty_files_are_not_read_as_whole(run) -> None:
    documents = run[0]
    whole = [
        path
        for path, document in documents.items()
        if path.startswith(("cut-", "noise", "empty")) and document.state is READ and "/" not in path
    ]
    # The head of a message that ends before its text is a whole message without a text.
    assert set(whole) <= {"cut-1.eml", "cut-2.eml"}
    assert all(
        documents[f"empty.{suffix}"].problems[0].code == base.EMPTY_FILE for suffix in ("pdf", "docx", "eml")
    )


def test_nothing_escapes_and_nothing_foreign_comes_in(run, hostile: ModuleType) -> None:
    documents, _, above = run
    assert [path for path in above.rglob("*") if "escaped" in path.name] == []
    assert not Path("/tmp/escaped.txt").exists()
    lines = (
        [line for line in Path("/etc/passwd").read_text().splitlines() if line]
        if Path("/etc/passwd").exists()
        else []
    )
    for text in texts(
        {path: one for path, one in documents.items() if not path.startswith("traversal.zip/")}
    ):
        assert hostile.SECRET not in text  # not run, not unpacked
        assert not any(line in text for line in lines)
        assert "ha ha ha ha ha ha ha ha ha ha ha" not in text


def test_a_sheet_of_graph_paper_costs_neither_itself_nor_its_neighbours(run, hostile: ModuleType) -> None:
    pages = run[0]["graph-paper.pdf"].pages
    assert all(hostile.PROSE in page.text for page in pages)
    assert pages[1].text.count("two") == 30


def test_of_ten_thousand_pages_those_within_the_limit_are_read_and_the_others_listed(run) -> None:
    document = run[0]["ten-thousand-pages.pdf"]
    assert len(document.pages) == 10_000
    assert [page.state for page in document.pages[:400]] == [PageState.READ] * 400
    assert document.problems[0].pages == tuple(range(401, 10_001))
