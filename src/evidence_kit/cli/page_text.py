"""A document as text or JSON for people who want to see what was read of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from evidence_kit.records.document import Block, BlockKind, Document, Page, PageState
from evidence_kit.records.passage import Paper, Profile
from evidence_kit.reports.documents import ranges as page_ranges
from evidence_kit.reports.words import UNIT_WORDS, count, day, visible

READ_SCHEMA = "evidence-kit/read"
READ_SCHEMA_VERSION = 1

Ranges = tuple[tuple[int, int], ...]
Found = Sequence[tuple[Document, tuple[Paper, ...]]]
"""A file and then the files that it holds, each with its papers."""


def chosen(document: Document, ranges: Ranges) -> Iterator[tuple[int, Page]]:
    """Yield position from 1 and page for the pages in ``ranges``, or for all if it is empty."""
    for position, page in enumerate(document.pages, start=1):
        if not ranges or any(first <= position <= last for first, last in ranges):
            yield position, page


def documents_text(found: Found, ranges: Ranges) -> str:
    """Return a file for people, and after it the files that it holds."""
    return "\n\n".join(document_text(document, papers, ranges) for document, papers in found)


def document_text(document: Document, papers: tuple[Paper, ...], ranges: Ranges) -> str:
    """Return the document for people: what it is, its problems, its papers, its pages."""
    lines = [*_head(document)]
    shown = {position - 1 for position, _ in chosen(document, ranges)}
    for paper in papers:
        if shown.intersection(range(paper.first_page, paper.last_page + 1)):
            lines += ["", *_paper(paper, document)]
    for position, page in chosen(document, ranges):
        lines += ["", *_page(position, page, document)]
    return visible("\n".join(lines))


def _head(document: Document) -> Iterator[str]:
    unit = UNIT_WORDS[document.media]
    yield f"{document.path}: {document.media.value}, {document.state.value.replace('_', ' ')}"
    states = [page.state for page in document.pages]
    blank, unread = states.count(PageState.BLANK), states.count(PageState.UNREAD)
    yield f"{count(len(states), unit)}, {blank} blank, {unread} unread"
    yield f"{document.size:,} bytes, SHA-256 {document.sha256}"
    for problem in document.problems:
        noun = "pages" if len(problem.pages) > 1 else "page"
        pages = f"{noun} {page_ranges(problem.pages)}: " if problem.pages else ""
        yield f"Problem ({problem.code}): {pages}{problem.message} {problem.next_step}".rstrip()
    if document.outline:
        yield "Bookmarks:"
        for item in document.outline:
            yield f"  {'  ' * (item.level - 1)}{item.title} (page {item.page + 1})"


def _paper(paper: Paper, document: Document) -> Iterator[str]:
    profile = paper.profile
    extent = (
        f"pages {paper.first_page + 1} to {paper.last_page + 1}"
        if len(document.pages) > 1
        else "the whole file"
    )
    item = f", item {paper.item}" if paper.item else ""
    yield f"Paper {paper.id}{item}, {extent}: {profile.title or '(no title found)'}"
    reasons = dict(profile.reasons)
    for name, value in profile_fields(profile):
        why = reasons.get(name, "")
        yield f"  {name.replace('_', ' ')}: {value}" + (f"  (because: {why})" if why else "")


def profile_fields(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield field name and value of all that a profile knows, its title apart."""
    yield "kind", profile.kind.value.replace("_", " ")
    yield "status", profile.status.value.replace("_", " ")
    for name in ("organisation", "body"):
        if getattr(profile, name):
            yield name, getattr(profile, name)
    for name in ("meeting_date", "document_date", "period_start", "period_end", "review_date"):
        if getattr(profile, name):
            yield name, day(getattr(profile, name))
    if profile.date_is_weak:
        yield "date", "only from the file's own properties: weak"
    if profile.public is not None:
        yield "public", "yes" if profile.public else "no"
    if profile.marking:
        yield "marking", profile.marking
    if extract := dict(profile.reasons).get("extract"):
        yield "extract", extract
    if changes := dict(profile.reasons).get("changes"):
        yield "tracked changes", changes


def _page(position: int, page: Page, document: Document) -> Iterator[str]:
    unit = UNIT_WORDS[document.media].capitalize()
    label = f', printed "{page.label}"' if page.label else ""
    recognised = (
        f" by text recognition, confidence {page.confidence:.2f}" if page.confidence is not None else ""
    )
    yield f"--- {unit} {page.number or position} of {len(document.pages)}{label}: {page.state.value}{recognised}"
    if page.reason:
        yield f"  {page.reason}"
    for block in page.blocks:
        yield from _block(block, page)


def _block(block: Block, page: Page) -> Iterator[str]:
    name = block.kind.value.replace("_", " ")
    if block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) and block.level:
        name += f" {block.level}"
    if block.kind is BlockKind.TABLE_ROW:
        name = f"table {block.table} row {block.row}" + (" header" if block.header else "")
        yield f"  [{name}] " + " | ".join(
            " ".join(page.text[start:end].split()) for start, end in block.cells
        )
    else:
        yield f"  [{name}] " + " ".join(page.text[block.start : block.end].split())


def documents_json(found: Found, ranges: Ranges) -> str:
    """Return a file for programs; the files that it holds, if any, stand in ``members`` in the same form.

    Blocks keep their spans over the page's text, word boxes are left out.
    """
    first, *others = (_json(document, papers, ranges) for document, papers in found)
    return json.dumps(first | ({"members": others} if others else {}), indent=2)


def _json(document: Document, papers: tuple[Paper, ...], ranges: Ranges) -> dict[str, Any]:
    pages = [{"position": position, **_plain(page)} for position, page in chosen(document, ranges)]
    body: dict[str, Any] = {"schema": READ_SCHEMA, "schema_version": READ_SCHEMA_VERSION}
    body |= {key: value for key, value in _plain(replace(document, pages=())).items() if key != "pages"}
    return body | {"pages": pages, "papers": [_plain(paper) for paper in papers]}


def _plain(record: Document | Page | Paper) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(record)
    fields.pop("words", None)
    return fields
