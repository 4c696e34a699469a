"""The check before sharing: what the files hide, and what their words tell of people."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from evidence_kit.passages.markings import marking_of
from evidence_kit.passages.register import REGISTER_MISSING, REGISTER_UNCLEAR
from evidence_kit.pipeline.sharing.kinds import finding
from evidence_kit.pipeline.sharing.personal import personal, small_words_of
from evidence_kit.pipeline.sharing.small_numbers import HIDDEN, advise, records_of, tables_of
from evidence_kit.readers.hidden.folder import look_through
from evidence_kit.readers.pack import read_pack
from evidence_kit.records.document import Block, BlockKind, Document, Page, PageState, Problem
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.records.sharing import Kind, SharingCheck, SharingFinding
from evidence_kit.reports.words import UNIT_WORDS, count, listed, one_line
from evidence_kit.reports.writing import write_file
from evidence_kit.workers import Limits

SMALL = 10
"""Numbers below this are small where nobody says otherwise: the limit of the Welsh WRES publications."""
_SEPARATORS = re.compile(r"[_.-]+|(?<=[a-z])(?=[A-Z])")
"""Between the words of a file's name."""
SHOWN = 90
"""Characters of the words that a finding shows."""
REPORTS = "reports to be shared"


def check_folder(
    folder: Path, *, limit: int = SMALL, limits: Limits = Limits(), workers: int = 0
) -> SharingCheck:
    """Check all files of a folder, or one file.

    Args:
        limit: Numbers of people below this are small.
        limits: Of the guard around every opening of a file.
        workers: Worker processes; 0 opens files in this process.

    Raises:
        UsageError: There is no such folder.
    """
    looked = look_through(folder, limits=limits, workers=workers)
    documents = read_pack(folder, limits=limits, workers=workers)
    found = [
        finding(one.kind, one_line(file.name), one_line(one.place), one_line(one.what), limit=limit)
        for file in looked
        for one in file.hidden
    ]
    found += [one for document in documents for one in _in_document(document, limit)]
    if not looked:
        found.append(finding(Kind.NOT_CHECKED, "", "", "there is no file in this folder", limit=limit))
    return SharingCheck(files=len(looked), limit=limit, findings=_sorted(found))


def check_documents(documents: Iterable[Document], *, limit: int = SMALL) -> tuple[SharingFinding, ...]:
    """Return what the words of documents that are read already tell of people; what files hide is not looked for."""
    return _sorted(one for document in documents for one in _in_document(document, limit))


def check_map(
    shared: EvidenceMap,
    contents: Mapping[str, str | bytes],
    papers: Path | None,
    *,
    problems: Sequence[Problem] = (),
    limit: int = SMALL,
    limits: Limits = Limits(),
    workers: int = 0,
) -> SharingCheck:
    """Check the papers of a map, and what is to be shared of it.

    Args:
        shared: The map as it is to be shared.
        contents: The reports as they are to be written.
        papers: The folder of papers; ``None`` if it is not known where they are.
        problems: Of the whole map: rows of the evidence register that fit no file may have meant "internal".
    """
    found: list[SharingFinding] = []
    files = 0
    if papers is None:
        what = "the papers of the map are not where they were, so they were not checked"
        found.append(finding(Kind.NOT_CHECKED, "", "", what, limit=limit))
    else:
        checked = check_folder(papers, limit=limit, limits=limits, workers=workers)
        found += checked.findings
        files = checked.files
    found += [
        finding(Kind.NOT_CHECKED, one_line(one.file), "", one_line(one.message), limit=limit)
        for one in problems
        if one.code in (REGISTER_MISSING, REGISTER_UNCLEAR)
    ]
    found += _in_quotes(shared, limit)
    with tempfile.TemporaryDirectory(prefix="evidence-kit-") as folder:
        for name, content in contents.items():
            write_file(Path(folder, name), content)
        for file in look_through(Path(folder), limits=limits, workers=workers):
            place = f"{REPORTS}: {file.name}"
            found += [finding(one.kind, place, one.place, one.what, limit=limit) for one in file.hidden]
    return SharingCheck(files=files + len(contents), limit=limit, findings=_sorted(found))


def _sorted(found: Iterable[SharingFinding]) -> tuple[SharingFinding, ...]:
    """Return the findings by file and kind, each once."""
    order = {kind: number for number, kind in enumerate(Kind)}
    ids = {one.id: one for one in found}
    return tuple(
        sorted(ids.values(), key=lambda one: (one.file, order[one.kind], _natural(one.place), one.what))
    )


def _natural(place: str) -> tuple[int, str]:
    digits = "".join(mark for mark in place if mark.isdigit())
    return int(digits or 0), place


def _in_document(document: Document, limit: int) -> Iterator[SharingFinding]:
    name = one_line(document.path)
    unread = [page for page in document.pages if page.state is PageState.UNREAD]
    if unread:
        what = f"{count(len(unread), UNIT_WORDS[document.media])} could not be read: {unread[0].reason}"
        yield finding(Kind.NOT_CHECKED, name, "", one_line(what), limit=limit)
    small_words = small_words_of("\n".join(page.text for page in document.pages))
    marked: dict[str, list[str]] = {}
    for page in document.pages:
        place = _place(document, page)
        marking = marking_of(page.text.splitlines())
        if marking:
            marked.setdefault(one_line(marking), []).append(place)
        yield from _in_page(name, place, page, small_words, limit)
    for marking, places in marked.items():
        where = places[0] if len(places) == 1 else f"{places[0]} and {count(len(places) - 1, 'other place')}"
        yield finding(Kind.MARKING, name, where, f"‘{marking}’", limit=limit)


def _place(document: Document, page: Page) -> str:
    """Word which page it is; a format without pages has no places but its blocks."""
    return "" if page.number is None else f"{UNIT_WORDS[document.media]} {page.number}"


def _in_page(
    name: str, place: str, page: Page, small_words: frozenset[str], limit: int
) -> Iterator[SharingFinding]:
    for block in page.blocks:
        text = page.text[block.start : block.end]
        for one in personal(text, small_words=small_words):
            what = _excerpt(text, one.start, one.end)
            yield finding(one.kind, name, _with_line(place, block), what, limit=limit)
    for records in records_of(page):
        yield finding(Kind.RECORDS, name, place, one_line(records), limit=limit)
    for table in tables_of(page):
        for small in advise(table, limit):
            also = f"; hide with it: {listed(small.also)}" if small.also else ""
            value = "hidden, and given away by a total" if small.value == HIDDEN else small.value
            what = one_line(f"{small.row}, {small.column}: {value}{also}")
            yield finding(Kind.SMALL_NUMBER, name, place, what, limit=limit)


def _with_line(place: str, block: Block) -> str:
    return place or (f"line {block.line}" if block.line else "")


def _excerpt(text: str, start: int, end: int) -> str:
    """Return the words found, with some of those around them."""
    room = max(0, SHOWN - (end - start)) // 2
    low, high = max(0, start - room), min(len(text), max(end, start + 1) + room)
    words = one_line(text[low:high])
    if len(words) > SHOWN:
        words = words[:SHOWN].rstrip()
        return f"‘{words}…’"
    return f"‘{'…' if low else ''}{words}{'…' if high < len(text) else ''}’"


def _in_quotes(shared: EvidenceMap, limit: int) -> Iterator[SharingFinding]:
    """Yield what stands in the words that are to be shared: masked things are gone from them already."""
    small_words = small_words_of("\n".join(page.text for page in shared.cited_pages))
    rows: dict[tuple[str, str], Sequence[str]] = {}
    words = [("name of a file", name) for one in shared.documents for name in _readings(one.path)]
    words += [
        ("title of a paper", text) for one in shared.papers for text in (one.profile.title, *one.venues)
    ]
    for one in shared.findings:
        for number, quote in enumerate(one.quotes, start=1):
            place = f"{one.criterion}, quote {number}"
            words += [(place, text) for text in (*quote.headings, quote.stem, *quote.header, quote.text)]
            if quote.header and "\t" in quote.text:
                rows[place, quote.text] = quote.header
    for place, text in words:
        for found in personal(text, small_words=small_words):
            what = _excerpt(text, found.start, found.end)
            yield finding(found.kind, REPORTS, place, what, limit=limit)
    for (place, text), header in rows.items():
        for table in tables_of(_as_table(header, text)):
            for small in advise(table, limit):
                what = one_line(f"{small.row}, {small.column}: {small.value}")
                yield finding(Kind.SMALL_NUMBER, REPORTS, place, what, limit=limit)


def _readings(name: str) -> tuple[str, ...]:
    """Return a file's name as it stands, where an address may stand, and with its words apart, where a name may."""
    return name, _SEPARATORS.sub(" ", name)


def _as_table(header: Sequence[str], row: str) -> Page:
    """Return a page that holds a quoted row under its header."""
    cells = [tuple(header), tuple(row.split("\t"))]
    text, blocks = "", []
    for number, line in enumerate(cells):
        spans = []
        start = len(text)
        for cell in line:
            spans.append((len(text), len(text) + len(cell)))
            text += f"{cell}\t"
        blocks.append(
            Block(
                kind=BlockKind.TABLE_ROW, start=start, end=len(text), table=0, row=number, cells=tuple(spans)
            )
        )
    return Page(number=None, text=text, blocks=tuple(blocks))
