"""The map as data: JSON with its schema, tables for spreadsheets, and the documents' text.

What stands in ``map/data/`` and what each file holds is told in ``docs/reports.md``.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from evidence_kit import outputs
from evidence_kit.errors import UsageError
from evidence_kit.records.document import Block, Document, Page, PageState
from evidence_kit.records.evidence_map import SCHEMA, SCHEMA_VERSION, DocumentSummary, EvidenceMap
from evidence_kit.reports.tables import EVIDENCE_COLUMNS, FINDINGS_COLUMNS, evidence_rows, findings_rows
from evidence_kit.reports.words import cell, count
from evidence_kit.reports.writing import write_file

TEXTS_SCHEMA = "evidence-kit/texts"
TEXTS_SCHEMA_VERSION = 1

_INDENT = 2
_UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Header:
    """What every file of ours says first."""

    schema: str = ""
    schema_version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPage:
    """A page's text in ``texts.jsonl.gz``: its number and printed label, and blocks as spans over the text.

    ``ocr`` and ``confidence`` are those of :class:`evidence_kit.records.document.Page`.
    """

    number: int | None
    label: str | None
    state: PageState
    text: str
    blocks: tuple[Block, ...]
    ocr: bool = False
    confidence: float | None = None


_PageKind = TypeVar("_PageKind", Page, TextPage)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument:
    """A line of ``texts.jsonl.gz``."""

    schema: str
    schema_version: int
    id: str
    path: str
    sha256: str
    pages: tuple[TextPage, ...]


def to_json(evidence_map: EvidenceMap) -> bytes:
    r"""Return the map as JSON: UTF-8, indented, keys in a fixed order, the same bytes for the same map.

    ``<`` is written as ``\u003c``, so that the text can stand inside a web page. Lone surrogates, which no JSON may
    hold, become U+FFFD; readers make none.
    """
    fields: dict[str, Any] = msgspec.to_builtins(evidence_map, builtin_types=())
    ordered = {"schema": fields.pop("schema"), "schema_version": fields.pop("schema_version"), **fields}
    try:
        compact = msgspec.json.encode(ordered)
    except UnicodeEncodeError:
        compact = msgspec.json.encode(_without_surrogates(ordered))
    return msgspec.json.format(compact, indent=_INDENT).replace(b"<", b"\\u003c") + b"\n"


def from_json(data: bytes) -> EvidenceMap:
    """Return the map that :func:`to_json` wrote.

    Raises:
        UsageError: This is no evidence map, or one of another version, or a damaged one.
    """
    try:
        header = msgspec.json.decode(data, type=_Header)
    except _UNDECODABLE as error:
        raise UsageError(
            f"This is not an evidence map: {error}.", next_step="Give the file map/data/evidence-map.json."
        ) from error
    if header.schema != SCHEMA:
        raise UsageError(
            f"This is not an evidence map: its schema is {header.schema or 'not named'!r}, not {SCHEMA!r}.",
            next_step="Give the file map/data/evidence-map.json.",
        )
    if header.schema_version != SCHEMA_VERSION:
        newer = header.schema_version > SCHEMA_VERSION
        raise UsageError(
            f"This evidence map has version {header.schema_version}; this evidence-kit reads version {SCHEMA_VERSION}.",
            next_step="Update evidence-kit, or make the map again."
            if newer
            else "Make the map again with `evidence-kit map`.",
        )
    try:
        return msgspec.json.decode(data, type=EvidenceMap)
    except _UNDECODABLE as error:
        raise UsageError(
            f"This evidence map is damaged: {error}.", next_step="Make it again with `evidence-kit map`."
        ) from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of ``evidence-map.json``; published as ``docs/evidence-map.schema.json``."""
    (reference,), parts = msgspec.json.schema_components((EvidenceMap,), ref_template="#/$defs/{name}")
    properties = parts["EvidenceMap"]["properties"]
    properties["schema"] = {"type": "string", "const": SCHEMA}
    properties["schema_version"] = {"type": "integer", "const": SCHEMA_VERSION}
    parts["EvidenceMap"]["required"] = ["schema", "schema_version", *parts["EvidenceMap"]["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{SCHEMA} version {SCHEMA_VERSION}",
        **reference,
        "$defs": parts,
    }


def schema_bytes() -> bytes:
    """Return :func:`json_schema` as it is published."""
    return msgspec.json.format(msgspec.json.encode(json_schema()), indent=_INDENT) + b"\n"


def findings_csv(evidence_map: EvidenceMap) -> bytes:
    """Return one row a criterion, in the framework's order."""
    return _csv(FINDINGS_COLUMNS, findings_rows(evidence_map))


def evidence_csv(evidence_map: EvidenceMap) -> bytes:
    """Return one row a quote, in the order of the findings."""
    return _csv(EVIDENCE_COLUMNS, evidence_rows(evidence_map))


def texts_jsonl_gz(documents: Sequence[Document]) -> bytes:
    """Return the documents' text, a line of JSON a document, packed; no time stamp, so the same bytes twice."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as stream:
        for document in documents:
            line = msgspec.to_builtins(_text_document(document))
            try:
                stream.write(msgspec.json.encode(line))
            except UnicodeEncodeError:
                stream.write(msgspec.json.encode(_without_surrogates(line)))
            stream.write(b"\n")
    return buffer.getvalue()


def read_texts(path: Path, evidence_map: EvidenceMap) -> tuple[Document, ...]:
    """Return the documents of a map with their text, as ``texts.jsonl.gz`` holds them: without the words' boxes.

    Raises:
        UsageError: The file is missing, damaged, or of another version.
    """
    summaries = {document.id: document for document in evidence_map.documents}
    try:
        with gzip.open(path) as stream:
            texts = [msgspec.json.decode(line, type=TextDocument) for line in stream]
    except (OSError, EOFError, zlib.error, *_UNDECODABLE) as error:
        raise UsageError(
            f"The text of the papers cannot be read from {path}: {error}.",
            next_step="Make the map again with `evidence-kit map`; its data folder holds the text.",
        ) from error
    return tuple(_document(text, summaries[text.id]) for text in texts if text.id in summaries)


def _document(text: TextDocument, summary: DocumentSummary) -> Document:
    pages = tuple(_page_as(Page, page) for page in text.pages)
    return Document(
        id=text.id,
        path=text.path,
        sha256=text.sha256,
        size=summary.size,
        media=summary.media,
        state=summary.state,
        pages=pages,
    )


def _page_as(kind: type[_PageKind], page: Page | TextPage) -> _PageKind:
    """Copy what both kinds of page have."""
    return kind(**{field.name: getattr(page, field.name) for field in fields(TextPage)})


def write_data(evidence_map: EvidenceMap, documents: Sequence[Document], folder: Path) -> None:
    """Write all files of ``map/data/`` into ``folder``, each whole or not at all; the warning comes first.

    Raises:
        OutputUnwritable: The folder or a file in it cannot be written.
    """
    write_file(folder / outputs.README, _readme(evidence_map, documents))
    write_file(folder / outputs.MAP, to_json(evidence_map))
    write_file(folder / outputs.FINDINGS, findings_csv(evidence_map))
    write_file(folder / outputs.EVIDENCE, evidence_csv(evidence_map))
    write_file(folder / outputs.TEXTS, texts_jsonl_gz(documents))


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF: what spreadsheet programs open rightly with a double click."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", "replace")


def _text_document(document: Document) -> TextDocument:
    pages = tuple(_page_as(TextPage, page) for page in document.pages)
    return TextDocument(
        schema=TEXTS_SCHEMA,
        schema_version=TEXTS_SCHEMA_VERSION,
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        pages=pages,
    )


def _without_surrogates(value: Any) -> Any:
    """Return plain JSON data with lone surrogates replaced."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item) for item in value]
    return value


def _readme(evidence_map: EvidenceMap, documents: Sequence[Document]) -> str:
    return f"""NOT FOR SENDING

This folder holds text of the documents that were read ({count(len(documents), "document")}), word for word.
They may hold personal or confidential information. Keep this folder where the documents
themselves are kept, and send it to nobody. The reports one folder up quote only what they cite;
read them through before you send them, too.

{outputs.MAP:20}The whole map as data: findings, quotes with their places, the text of every
                    page that is cited, the framework's wordings, and how the map was made.
                    Schema: {SCHEMA}, version {SCHEMA_VERSION}.
{outputs.FINDINGS:20}One row a criterion, for spreadsheets.
{outputs.EVIDENCE:20}One row a quote, for spreadsheets.
{outputs.TEXTS:20}All text that was read: one line of JSON a document, with its pages and blocks.
{outputs.WRITTEN:20}Where the papers lie as seen from the map, and what was written.
{outputs.PREVIOUS:20}The map before the last one that was different, if there was one.
{outputs.README:20}This file.

In the two tables a cell that a spreadsheet could take for a formula (it begins with = + - @, a
tab or a line end) has an apostrophe in front. It is not in the document.

Made by evidence-kit {evidence_map.run.tool_version}.
"""
