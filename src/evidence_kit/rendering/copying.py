"""Copies pages of PDFs so that they look as before and nothing of them can run, link out or carry other pages along.

A page becomes a form object of a new file: its drawing and the fonts and pictures that this uses, upright and cut to
what is visible. Annotations are made part of the drawing as they look; links, scripts, actions, embedded files, forms,
tags and metadata stay behind.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_kit.records.evidence_map import DocumentSummary
from evidence_kit.rendering.sources import Lack, SourceError, bytes_of, why_not
from evidence_kit.workers import Limits, run_guarded

if TYPE_CHECKING:
    from pikepdf import Dictionary, Object, Page, Pdf

AT_ONCE = 64
"""Pages of a file that are copied in one task."""
LETTER = (0.0, 0.0, 612.0, 792.0)
"""The size of a page that does not say which it has, as PDFium takes it."""
A_WORKER = 200
"""Pages for which a further worker is worth its start."""
DEEPEST = 100
"""Groups of pages within groups of pages that are looked through."""
UNWANTED = frozenset(
    {
        "/A", "/AA", "/AcroForm", "/AF", "/Alternates", "/Annots", "/Dest", "/EF", "/JavaScript", "/JS",
        "/LastModified", "/Metadata", "/Names", "/OpenAction", "/OPI", "/Parent", "/PieceInfo", "/Ref",
        "/StructParent", "/StructParents", "/URI", "/Usage",
    }
)  # fmt: skip
"""What no drawing needs, or what leads elsewhere: actions, files, tags, other pages."""
ELSEWHERE = ("/F", "/FFilter", "/FDecodeParms")
"""Of a stream: that its bytes stand in another file."""
OUTSIDE = frozenset(
    {"/Action", "/Annot", "/Catalog", "/EmbeddedFile", "/Filespec", "/Page", "/Pages", "/StructElem"}
)
"""Types of what is no part of a drawing."""
NAMED = frozenset({"/CharProcs", "/Colorants"})
"""Dictionaries whose keys are names that the file's maker chose; so are the parts of resources."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pages (indexes from 0) of a document that are to be copied."""

    document: DocumentSummary
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CopiedPage:
    """A page in a small PDF of ours: its number there, from 0."""

    pdf: bytes
    index: int


Copies = Mapping[tuple[str, int], CopiedPage | Lack]
"""What became of pages, by document id and page index."""


@dataclass(frozen=True, slots=True)
class _Task:
    wanted: Wanted
    folder: Path
    most_pages: int


_Copied = tuple[bytes, tuple[int, ...], Lack]
"""A PDF, the pages of the source that it holds, and why it lacks the others."""


def copy_pages(wanted: Sequence[Wanted], folder: Path | None, *, limits: Limits, workers: int = 0) -> Copies:
    """Copy pages of PDFs, under guard: a page that cannot be copied costs itself alone.

    Args:
        wanted: Which pages of which documents.
        folder: In which the papers lie.
        limits: Of time, memory and pages of one file.
        workers: Worker processes; 0 copies in this process.
    """
    copies: dict[tuple[str, int], CopiedPage | Lack] = {}
    tasks = []
    for one in wanted:
        lack = why_not(one.document, folder)
        if folder is None or lack:
            copies |= {(one.document.id, page): lack or Lack.NO_FOLDER for page in one.pages}
            continue
        for first in range(0, len(one.pages), AT_ONCE):
            part = replace(one, pages=one.pages[first : first + AT_ONCE])
            tasks.append(_Task(part, folder, limits.pages))
    workers = min(workers, 1 + sum(len(task.wanted.pages) for task in tasks) // A_WORKER)
    for outcome in run_guarded(_copy, tasks, workers=workers, limits=limits, split=_halves):
        done = outcome.task.wanted
        pdf, had, lack = outcome.result or (b"", (), Lack.UNOPENED)
        copies |= {
            (done.document.id, page): CopiedPage(pdf, had.index(page)) if page in had else lack
            for page in done.pages
        }
    return copies


def _halves(task: _Task) -> tuple[_Task, ...]:
    pages = task.wanted.pages
    if len(pages) < 2:
        return ()
    middle = len(pages) // 2
    return tuple(
        replace(task, wanted=replace(task.wanted, pages=half)) for half in (pages[:middle], pages[middle:])
    )


def _copy(task: _Task) -> _Copied:
    """Copy pages of one file; runs in a worker."""
    import pikepdf

    try:
        data = bytes_of(task.wanted.document, task.folder)
        with pikepdf.open(io.BytesIO(data)) as source, pikepdf.new() as copy:
            count = task.wanted.document.page_count
            if len(source.pages) != count and count < task.most_pages:
                return b"", (), Lack.UNOPENED  # pages are told apart otherwise than when they were read
            notes = _notes_apart(source)
            had = tuple(page for page in task.wanted.pages if _added(source, page, notes.get(page, ()), copy))
            hide_layers(copy, _hidden_layers(source))
            target = io.BytesIO()
            copy.save(target, static_id=True)
            return target.getvalue(), had, Lack.UNOPENED
    except SourceError as error:
        return b"", (), error.lack
    except pikepdf.PdfError:  # encrypted or damaged
        return b"", (), Lack.UNOPENED


def _notes_apart(source: Pdf) -> dict[int, Sequence[Any]]:
    """Take the annotations off all pages and return them, so that those of a page cost no other page anything."""
    import pikepdf

    notes: dict[int, Sequence[Any]] = {}
    for index, page in enumerate(source.pages):
        if "/Annots" in page.obj:
            found = page.obj.Annots
            if isinstance(found, pikepdf.Array):
                notes[index] = [note for note in found if isinstance(note, pikepdf.Dictionary)]
            del page.obj["/Annots"]
    return notes


def _flatten(source: Pdf, page: Page, notes: Sequence[Any]) -> None:
    """Make a page's annotations part of its drawing, as they are seen; links have no look of their own."""
    import pikepdf

    if not any("/AP" in note or "/FT" in note for note in notes):
        return
    page.obj.Annots = pikepdf.Array(notes)
    try:
        form = source.Root.get("/AcroForm")
        if form is not None and form.get("/NeedAppearances", False):
            source.generate_appearance_streams()
        source.flatten_annotations("screen")
    finally:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


def _hidden_layers(source: Pdf) -> Iterator[Any]:
    """Yield the layers that are not shown when the file is opened."""
    import pikepdf

    layers = source.Root.get("/OCProperties", pikepdf.Dictionary())
    shown = layers.get("/D", pikepdf.Dictionary())
    on, off = ({one.objgen for one in shown.get(key, ())} for key in ("/ON", "/OFF"))
    for layer in layers.get("/OCGs", ()):
        if layer.objgen not in on if shown.get("/BaseState") == "/OFF" else layer.objgen in off:
            clean(layer)
            yield layer


def hide_layers(pdf: Pdf, layers: Iterable[Any]) -> None:
    """Hide layers of other PDFs in one that pages were copied to; their names mean nothing there."""
    import pikepdf

    hidden = pikepdf.Array([pdf.copy_foreign(layer) for layer in layers if layer.is_indirect])
    if len(hidden):
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=hidden, D=pikepdf.Dictionary(OFF=hidden))


def _added(source: Pdf, index: int, notes: Sequence[Any], copy: Pdf) -> bool:
    """Add a page to the copy; false if it is damaged."""
    import pikepdf

    try:
        page = source.pages[index]
        _flatten(source, page, notes)
        form, size = _as_form(source, page, copy)
        added = copy.add_blank_page(page_size=size)
    except (pikepdf.PdfError, IndexError, TypeError, ValueError):
        return False
    added.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Source=form))
    added.obj.Contents = copy.make_stream(b"q /Source Do Q")
    return True


def _as_form(source: Pdf, page: Page, copy: Pdf) -> tuple[Object, tuple[float, float]]:
    """Return a page as a form object of the copy, and its width and height as shown."""
    import pikepdf

    page.remove_unreferenced_resources()
    left, bottom, right, top = _visible(page.obj)
    turns = int(inherited(page.obj, "/Rotate") or 0) // 90 % 4
    form = copy.make_stream(_drawing(page.obj))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([left, bottom, right, top])
    form.Matrix = pikepdf.Array(
        [
            (1, 0, 0, 1, -left, -bottom),
            (0, -1, 1, 0, -bottom, right),
            (-1, 0, 0, -1, right, top),
            (0, 1, -1, 0, top, -left),
        ][turns]
    )
    for key in ("/Resources", "/Group"):
        value = inherited(page.obj, key)
        if value is not None:
            clean(value, named=key == "/Resources")
            form[key] = copy.copy_foreign(source.make_indirect(value))
    width, height = right - left, top - bottom
    return form, (height, width) if turns % 2 else (width, height)


def inherited(page: Dictionary, key: str) -> Any:
    """Return a page's attribute, its own or that of the groups of pages which it stands in; ``None`` if none has it."""
    node: Any = page
    for _ in range(DEEPEST):
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(key)


def _visible(page: Dictionary) -> tuple[float, float, float, float]:
    """Return the part of a page that is shown, as PDFium tells it to the reader."""
    media, crop = _box(inherited(page, "/MediaBox")), _box(inherited(page, "/CropBox"))
    media = media or LETTER
    if crop is None:
        return media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def _box(value: Any) -> tuple[float, float, float, float] | None:
    if value is None or len(value) != 4:
        return None
    left, bottom, right, top = (float(number) for number in value)
    box = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return box if box[0] < box[2] and box[1] < box[3] else None


def _drawing(page: Dictionary) -> bytes:
    """Return what draws a page."""
    import pikepdf

    contents = page.get("/Contents")
    if contents is None:
        return b""
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream))


def clean(thing: Any, *, named: bool = False) -> None:
    """Take what is unwanted out of everything that an object leads to.

    Args:
        thing: Resources, or another object of a page's drawing.
        named: It holds dictionaries under names that the file's maker chose, as resources do.
    """
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Any, int]] = [(thing, 2 if named else 0)]
    while waiting:
        one, names = waiting.pop()
        if getattr(one, "is_indirect", False):
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        waiting.extend(_cleaned(one, names))


def _cleaned(thing: Any, names: int) -> Iterator[tuple[Any, int]]:
    """Clean one object and yield those that it holds, each with how many levels of chosen names begin at it.

    The parts of resources (level 2) hold dictionaries of chosen names (level 1).
    """
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        yield from ((part, 0) for part in thing)
        return
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)) or _kind(thing) in OUTSIDE:
        return
    is_stream = isinstance(thing, pikepdf.Stream)
    if _kind(thing) == "/OCG":
        thing.Name = pikepdf.String("Layer")
    for key in list(thing.keys()):
        value = thing[key]
        unwanted = names != 1 and (key in UNWANTED or (is_stream and key in ELSEWHERE))
        if unwanted or (isinstance(value, pikepdf.Dictionary) and _kind(value) in OUTSIDE):
            del thing[key]
            continue
        below = names - 1 if names else 2 if key == "/Resources" else 1 if key in NAMED else 0
        yield value, below


def _kind(thing: Any) -> str:
    return str(thing.get("/Type", ""))
