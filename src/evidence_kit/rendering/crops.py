"""Pictures of cited places for web pages: a piece of the page around a quote, with the quote marked, as JPEG.

A report asks with one :class:`CropRequest` a quote, in the order in which they matter::

    crops = crops_of(requests, papers_folder, limits)
    crop = crops.get("B1-q1")  # None: set the quote as text alone

The same requests and papers give the same bytes, with any number of workers.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence_kit.records.document import Box
from evidence_kit.records.evidence_map import DocumentSummary
from evidence_kit.rendering.book import EDGES, FILLS, Tint
from evidence_kit.rendering.sources import SourceError, bytes_of, why_not
from evidence_kit.workers import Limits, run_guarded

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_IN_GROUP = 3
MOST_BYTES = 10_000_000
"""Of all pictures together: those that come later and do not fit are left away."""
MARGIN = 30.0
"""Around the quote, in points: two lines above and below."""
TALLEST = 360.0
"""Of a piece, in points; a longer quote is shown from its beginning."""
WHOLE_WIDTH = 650.0
"""Pages of no more than so many points are shown in their whole width, so that no line is cut."""
SCALE = 1.75
"""Pixels a point: a page of A4 is 1,041 pixels wide."""
QUALITY = 60
A_WORKER = 100
"""Pictures for which a further worker is worth its start."""
AT_ONCE = 64
"""Pictures of one file that are made in one task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CropRequest:
    """A picture that is wanted.

    Attributes:
        key: Names the picture in the result.
        group: No more than :data:`MOST_IN_GROUP` pictures of a group are made, the first ones: a criterion's id.
        page_index: Of the document's page, from 0.
        boxes: Of the quote on this page (:attr:`evidence_kit.records.finding.Place.boxes`).
    """

    key: str
    group: str
    document: DocumentSummary
    page_index: int
    boxes: tuple[Box, ...]
    tint: Tint = Tint.YELLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A picture; ``width`` and ``height`` in pixels, of which there are :data:`SCALE` a point."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class _Task:
    requests: tuple[CropRequest, ...]
    folder: Path
    limits: Limits


def crops_of(
    requests: Sequence[CropRequest], papers_folder: Path | None, limits: Limits, *, workers: int = 0
) -> Mapping[str, Crop]:
    """Return pictures by the keys of their requests, made under guard.

    A request has no picture if its paper is no PDF, is missing, was changed since it was read or cannot be opened; if
    its quote has no boxes; or if its group or the whole is full.

    Args:
        requests: In the order in which they matter.
        papers_folder: In which the papers lie; ``None`` if that is not known.
        limits: Of time, memory and pixels.
        workers: Worker processes; 0 renders in this process.
    """
    if papers_folder is None:
        return {}
    chosen = _chosen(requests, papers_folder)
    made: dict[str, Crop] = {}
    tasks = list(_tasks(chosen, papers_folder, limits))
    workers = min(workers, 1 + len(chosen) // A_WORKER)
    for outcome in run_guarded(_render, tasks, workers=workers, limits=limits, split=_halves):
        made |= outcome.result or {}
    kept: dict[str, Crop] = {}
    used = 0
    for request in chosen:
        crop = made.get(request.key)
        if crop is not None and used + len(crop.jpeg) <= MOST_BYTES:
            used += len(crop.jpeg)
            kept[request.key] = crop
    return kept


def _chosen(requests: Sequence[CropRequest], folder: Path) -> list[CropRequest]:
    """Return the first requests of each group that can have a picture, as far as that is known."""
    counts: Counter[str] = Counter()
    chosen = []
    for request in requests:
        if counts[request.group] < MOST_IN_GROUP and request.boxes and not why_not(request.document, folder):
            counts[request.group] += 1
            chosen.append(request)
    return chosen


def _tasks(requests: Sequence[CropRequest], folder: Path, limits: Limits) -> Iterator[_Task]:
    by_document: dict[str, list[CropRequest]] = {}
    for request in requests:
        by_document.setdefault(request.document.id, []).append(request)
    for group in by_document.values():
        for first in range(0, len(group), AT_ONCE):
            yield _Task(tuple(group[first : first + AT_ONCE]), folder, limits)


def _halves(task: _Task) -> tuple[_Task, ...]:
    if len(task.requests) < 2:
        return ()
    middle = len(task.requests) // 2
    return tuple(replace(task, requests=half) for half in (task.requests[:middle], task.requests[middle:]))


def _render(task: _Task) -> dict[str, Crop]:
    """Make the pictures of one file; runs in a worker."""
    import pypdfium2

    made: dict[str, Crop] = {}
    try:
        data = bytes_of(task.requests[0].document, task.folder)
        document = pypdfium2.PdfDocument(data)
    except (SourceError, pypdfium2.PdfiumError):  # said where the pages are cited
        return made
    try:
        for request in task.requests:
            crop = _crop(document, request, task.limits)
            if crop is not None:
                made[request.key] = crop
    finally:
        document.close()
    return made


def _crop(document: Any, request: CropRequest, limits: Limits) -> Crop | None:
    """Return one picture; ``None`` if the page cannot be opened or the boxes lie outside it."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = document[request.page_index]
        # What is written in fields is drawn only when it was made part of the page and the page is loaded again.
        if pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
            page.close()
            page = document[request.page_index]
    except (pypdfium2.PdfiumError, IndexError):
        return None
    try:
        wide, tall = page.get_size()
        left, top, right, bottom = _piece(request.boxes, wide, tall)
        if right - left < 1 or bottom - top < 1:
            return None
        scale = min(SCALE, (limits.pixels / ((right - left) * (bottom - top))) ** 0.5)
        bitmap = page.render(scale=scale, crop=(left, tall - bottom, wide - right, top), may_draw_forms=False)
        image = _marked(bitmap.to_pil().convert("RGB"), request, (left, top), scale)
        bitmap.close()
    finally:
        page.close()
    target = io.BytesIO()
    image.save(target, "JPEG", quality=QUALITY, optimize=True)
    return Crop(jpeg=target.getvalue(), width=image.width, height=image.height)


def _piece(boxes: Sequence[Box], wide: float, tall: float) -> Box:
    """Return the part of the page that is shown."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    left, right = max(0.0, min(lefts) - MARGIN), min(wide, max(rights) + MARGIN)
    if wide <= WHOLE_WIDTH:
        left, right = 0.0, wide
    top = max(0.0, min(tops) - MARGIN)
    return left, top, right, min(tall, max(bottoms) + MARGIN, top + TALLEST)


def _marked(image: Image, request: CropRequest, origin: tuple[float, float], scale: float) -> Image:
    """Return the picture with the quote's boxes filled, so that the words shine through, and with an edge."""
    from PIL import Image as Pillow
    from PIL import ImageChops, ImageDraw

    boxes = [
        tuple((value - origin[place % 2]) * scale for place, value in enumerate(box)) for box in request.boxes
    ]
    layer = Pillow.new("RGB", image.size, "white")
    fill, edge = (tuple(round(255 * part) for part in colours[request.tint]) for colours in (FILLS, EDGES))
    drawing = ImageDraw.Draw(layer)
    for box in boxes:
        drawing.rectangle(box, fill=fill)
    marked = ImageChops.multiply(image, layer)
    drawing = ImageDraw.Draw(marked)
    for box in boxes:
        drawing.rectangle(box, outline=edge)
    return marked
