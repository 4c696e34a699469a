"""Builds documents of drafts, for the tests of this room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from evidence_kit.readers.base import Draft, make_page
from evidence_kit.readers.header_rows import mark_headers
from evidence_kit.records.document import (
    BlockKind,
    Document,
    DocumentState,
    Media,
    Metadata,
    OutlineItem,
    Page,
)

Item = str | tuple[str, ...] | Draft
Lay = Callable[..., Document]


def draft(item: Item, table: int, row: int) -> Draft:
    """A short way to write blocks: "# Heading", "- item", "~ furniture", ("cell", "cell"), else a paragraph."""
    if isinstance(item, Draft):
        return item
    if isinstance(item, tuple):
        return Draft(kind=BlockKind.TABLE_ROW, cells=item, table=table, row=row, header=False)
    for mark, kind, level in (
        ("### ", BlockKind.HEADING, 3),
        ("## ", BlockKind.HEADING, 2),
        ("# ", BlockKind.HEADING, 1),
        ("-- ", BlockKind.LIST_ITEM, 2),
        ("- ", BlockKind.LIST_ITEM, 1),
        ("~ ", BlockKind.FURNITURE, 0),
        ("^ ", BlockKind.CAPTION, 0),
    ):
        if item.startswith(mark):
            return Draft(kind=kind, text=item.removeprefix(mark), level=level)
    return Draft(text=item)


def lay_page(items: Sequence[Item], number: int | None, tables: list[int]) -> Page:
    drafts: list[Draft] = []
    row = 0
    for item in items:
        if isinstance(item, tuple):
            if row == 0:
                tables.append(len(tables))
            drafts.append(draft(item, tables[-1], row))
            row += 1
        else:
            row = 0
            drafts.append(draft(item, 0, 0))
    return make_page(drafts, number=number, label=str(number) if number else None)


@pytest.fixture(scope="session")
def lay() -> Lay:
    """Return a function that lays pages of blocks into a document."""

    def build(
        *pages: Sequence[Item],
        path: str = "paper.pdf",
        media: Media = Media.PDF,
        outline: Sequence[tuple[str, int, int]] = (),
        metadata: Metadata | None = None,
        name: str = "d0",
    ) -> Document:
        paged = media is Media.PDF
        tables: list[int] = []
        return Document(
            id=name,
            path=path,
            sha256=name,
            size=1,
            media=media,
            state=DocumentState.READ,
            pages=mark_headers(
                [lay_page(page, number if paged else None, tables) for number, page in enumerate(pages, 1)]
            ),
            outline=tuple(OutlineItem(title, page, level) for title, page, level in outline),
            metadata=metadata or Metadata(),
        )

    return build
