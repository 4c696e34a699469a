"""Pictures of the cited places for the map's page: the first quotes of each criterion, as they stand on their pages."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence_kit.records.evidence_map import DocumentSummary
from evidence_kit.rendering.crops import CropRequest, crops_of
from evidence_kit.reports.marked_pdf import TINTS
from evidence_kit.reports.material import Material
from evidence_kit.reports.quotes import QuoteView


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a page holds it; ``width`` and ``height`` in pixels."""

    address: str
    width: int
    height: int


def pictures_of(material: Material) -> Mapping[str, Picture]:
    """Return pictures by the anchors of their quotes: what PDF papers show, and no more than a page can carry.

    Support first, then what speaks against, then plans; the target's criteria before those of other levels.
    """
    crops = crops_of(tuple(_requests(material)), material.papers, material.limits, workers=material.workers)
    return {
        anchor: Picture(
            address=f"data:image/jpeg;base64,{base64.b64encode(crop.jpeg).decode('ascii')}",
            width=crop.width,
            height=crop.height,
        )
        for anchor, crop in crops.items()
    }


def _requests(material: Material) -> Iterator[CropRequest]:
    view = material.view
    documents = {document.id: document for document in view.map.documents}
    for level in (*view.levels, *view.annex):
        for finding in level.findings:
            for quote in (*finding.support, *finding.against, *finding.plans):
                yield from _request(quote, finding.criterion.id, documents)


def _request(
    view: QuoteView, criterion: str, documents: Mapping[str, DocumentSummary]
) -> Iterator[CropRequest]:
    """Ask for the place where a quote begins."""
    quote = view.quote
    if view.refound and quote.document in documents:
        yield CropRequest(
            key=view.anchor,
            group=criterion,
            document=documents[quote.document],
            page_index=quote.places[0].page_index,
            boxes=quote.places[0].boxes,
            tint=TINTS[quote.role],
        )
