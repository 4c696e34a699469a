"""OpenDocument texts, written here by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit.readers.base import DAMAGED, ENCRYPTED, NOT_READ_YET, TOO_LARGE, ReadError
from evidence_kit.readers.word import opendocument
from evidence_kit.records.document import BlockKind, Page, PageState
from evidence_kit.workers import Limits

LIMITS = Limits()
NAMES = {
    "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "style": "style:1.0", "meta": "meta:1.0",
    "fo": "xsl-fo-compatible:1.0", "draw": "drawing:1.0",
}  # fmt: skip
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for short, name in NAMES.items()
)
STYLES = (
    '<style:style style:name="Strong"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:parent-style-name="Strong"/>'
    '<style:style style:name="Off"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Loop" style:parent-style-name="Loop"/>'
)


def write(path: Path, body: str, **parts: str) -> Path:
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, text in parts.items():
            archive.writestr({"manifest": "META-INF/manifest.xml"}.get(name, f"{name}.xml"), text)
    return path


def read(path: Path) -> tuple[Page, ...]:
    inspection, pages = opendocument.read_whole(path, LIMITS)
    assert len(pages) == inspection.page_count
    for page in pages:
        position = 0
        for block in page.blocks:
            assert position <= block.start < block.end <= len(page.text)
            assert not page.text[position : block.start].strip()
            position = block.end
        assert not page.text[position:].strip()
    return pages


def lines(path: Path) -> list[str]:
    found = []
    for page in read(path):
        for block in page.blocks:
            if block.kind is BlockKind.TABLE_ROW:
                mark = f"{block.table}.{block.row}{'h' if block.header else ''}"
                found.append(f"{mark} " + " | ".join(page.text[low:high] for low, high in block.cells))
            else:
                found.append(f"{block.kind.value}{block.level or ''} {page.text[block.start : block.end]}")
    return found


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "paper.odt"


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_headings_paragraphs_lists_and_hand_made_headings(paper: Path) -> None:
    body = (
        '<text:h text:outline-level="1">Anti-racism plan</text:h>'
        + p(
            "Our <text:span>board</text:span>\n  agreed<text:s text:c='2'/>it<text:line-break/>in <text:tab/>May."
        )
        + p("Our actions", "P1")
        + "<text:list><text:list-item>"
        + p("Mentoring:")
        + "<text:list><text:list-item>"
        + p("for nurses")
        + "</text:list-item></text:list></text:list-item><text:list-item>"
        + p("Careers fair")
        + p("held in June")
        + "</text:list-item></text:list>"
        + p("Figure 1: who came", "Illustration")
    )
    assert lines(write(paper, body)) == [
        "heading1 Anti-racism plan",
        "paragraph Our board agreed  it\nin \tMay.",
        "heading2 Our actions",
        "list_item1 Mentoring:",
        "list_item2 for nurses",
        "list_item1 Careers fair",
        "paragraph held in June",
        "caption Figure 1: who came",
    ]


def test_tables_boxes_notes_and_what_is_no_content(paper: Path) -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    body = (
        "<text:tracked-changes><text:changed-region>"
        + p("Deleted words")
        + "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body>"
        + p("Plan 3")
        + "</text:index-body></text:table-of-content>"
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format(p("Action"))
        + cell.format(p("Owner"))
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + '<table:table-cell table:number-columns-spanned="2">'
        + p("Silver")
        + "</table:table-cell>"
        + "<table:covered-table-cell/></table:table-row><table:table-row>"
        + cell.format(p("Fair") + p("in June"))
        + cell.format(p("Director"))
        + "</table:table-row></table:table>"
        + p(
            "It was held.<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            + p("In Salford.")
            + "</text:note-body></text:note><office:annotation>"
            + p("A remark")
            + "</office:annotation>"
            + "<draw:frame><draw:text-box>"
            + p("In a box.")
            + "</draw:text-box></draw:frame>"
        )
        + p("Hidden words", "Off")
        + "<text:section text:display='none'>"
        + p("Hidden section")
        + "</text:section>"
        + p("Of a style that goes round in circles.", "Loop")
    )
    assert lines(write(paper, body)) == [
        "furniture Plan 3",
        "0.0h Action | Owner",
        "0.1 Silver | ",
        "0.2 Fair\nin June | Director",
        "paragraph It was held.",
        "paragraph In a box.",
        "furniture Hidden words",
        "furniture Hidden section",
        "paragraph Of a style that goes round in circles.",
        "footnote In Salford.",
    ]


def test_running_lines_are_furniture_and_properties_are_told(paper: Path) -> None:
    styles = (
        f"<office:document-styles {SPACES}><office:master-styles><style:master-page><style:header>{p('Example Trust')}"
        f"</style:header><style:footer>{p('Page')}</style:footer></style:master-page><style:master-page>"
        f"<style:header>{p('Example Trust')}</style:header></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    meta = (
        f'<office:document-meta {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
        "<dc:title>The plan</dc:title><meta:creation-date>2026-02-04T09:00:00</meta:creation-date>"
        "</office:meta></office:document-meta>"
    )
    path = write(paper, p("The text."), styles=styles, meta=meta)
    assert lines(path) == ["furniture Example Trust", "furniture Page", "paragraph The text."]
    metadata = opendocument.read_whole(path, LIMITS)[0].metadata
    assert (metadata.title, metadata.created) == ("The plan", "2026-02-04T09:00:00")


def test_pictures_alone_are_unread_and_embedded_objects_are_said(paper: Path) -> None:
    picture = p("<draw:frame><draw:image/></draw:frame>")
    (page,) = read(write(paper, picture))
    assert page.state is PageState.UNREAD
    assert read(write(paper, ""))[0].state is PageState.BLANK
    held = write(paper, p("Text.<draw:frame><draw:object/><draw:image/></draw:frame>"))
    assert [problem.code for problem in opendocument.read_whole(held, LIMITS)[0].problems] == [NOT_READ_YET]


def test_encrypted_damaged_large_and_deep(paper: Path) -> None:
    for parts, body, code, limits in (
        ({"manifest": "<m><encryption-data/></m>"}, "", ENCRYPTED, LIMITS),
        ({}, " " * 3_000_000, TOO_LARGE, Limits(decompressed_mib=1)),
    ):
        with pytest.raises(ReadError) as caught:
            opendocument.read_whole(write(paper, body, **parts), limits)
        assert caught.value.code == code
    torn = write(paper, p("Kept.") + "<text:p></text:oops>")
    assert "Kept." in read(torn)[0].text
    assert [problem.code for problem in opendocument.read_whole(torn, LIMITS)[0].problems] == [DAMAGED]
    deep = "<text:section>" * 3000 + p("Too deep") + "</text:section>" * 3000
    read(write(paper, p("Kept.") + deep))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.lists(
        st.sampled_from(
            ["<text:p>", "</text:p>", "<text:list>", "</text:list>", "<text:list-item>", "</text:list-item>", "word ",
             "<table:table>", "</table:table>", "<table:table-row>", "</table:table-row>", "<table:table-cell>",
             "</table:table-cell>", "<draw:frame>", "</draw:frame>", "<draw:text-box>", "</draw:text-box>", "&x;",
             "<text:note>", "</text:note>", "<text:h>", "</text:h>", "<text:s text:c='99999999'/>"]
        ),
        max_size=30,
    ),
    cut=st.integers(0, 2000),
)  # fmt: skip
def test_any_tags_are_read_or_refused(paper: Path, body: list[str], cut: int) -> None:
    whole = write(paper, "".join(body)).read_bytes()
    if cut < len(whole):
        paper.write_bytes(whole[: len(whole) - cut // 2])
    try:
        read(paper)
    except ReadError as error:
        assert error.message and error.next_step.endswith(".")
