"""The Word reader, on documents made here: by python-docx, and by hand for what python-docx does not write."""

from __future__ import annotations

import io
import random
import tracemalloc
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit.characters import without_silent
from evidence_kit.passages.papers import split_papers
from evidence_kit.readers.base import DAMAGED, EMPTY_FILE, ENCRYPTED, NOT_READ_YET, TOO_LARGE, ReadError
from evidence_kit.readers.office.xml import tidy
from evidence_kit.readers.pack import read_file
from evidence_kit.readers.word import reader as word
from evidence_kit.records.document import Block, BlockKind, Page, PageState
from evidence_kit.workers import Limits

LIMITS = Limits()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def package(
    path: Path, body: str, parts: dict[str, str] | None = None, *, root: str = "", before: str = ""
) -> Path:
    """Write a Word file of one main part and others; their relationships follow from their names."""
    kinds = {"styles", "numbering", "footnotes", "endnotes", "header1", "header2", "footer1", "data1"}
    parts = parts or {}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{R}/{"diagramData" if name == "data1" else name.rstrip("12")}" '
        f'Target="{name}.xml"/>'
        for name in parts
        if name in kinds
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{REL}"><Relationship Id="a" Type="{R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            root or f"<w:document {SPACES}>{before}<w:body>{body}</w:body></w:document>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{REL}">{relations}</Relationships>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml" if name in kinds else name, content)
    return path


def p(text: str, properties: str = "", run: str = "") -> str:
    words = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if '<w:p>' in content else p(content)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def part(name: str, content: str) -> str:
    return f"<w:{name} {SPACES}>{content}</w:{name}>"


def blocks(path: Path) -> list[tuple[BlockKind, str]]:
    return [(block.kind, text) for page in read(path) for block, text in texts(page)]


def read(path: Path) -> tuple[Page, ...]:
    inspection, pages = word.read_whole(path, LIMITS)
    assert len(pages) == inspection.page_count
    check(pages)
    return pages


def texts(page: Page) -> list[tuple[Block, str]]:
    return [(block, page.text[block.start : block.end]) for block in page.blocks]


def check(pages: Sequence[Page]) -> None:
    """Blocks are in order, apart from each other, within the text, and cover all of it but white space."""
    for page in pages:
        assert page.number is None
        position = 0
        for block in page.blocks:
            assert position <= block.start < block.end <= len(page.text)
            assert not page.text[position : block.start].strip()
            assert all(block.start <= low <= high <= block.end for low, high in block.cells)
            position = block.end
        assert not page.text[position:].strip()


def cells(page: Page, block: Block) -> list[str]:
    return [page.text[low:high] for low, high in block.cells]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "paper.docx"


class TestAgainstPythonDocx:
    @pytest.fixture
    def paper(self, target: Path) -> Path:
        document = docx.Document()
        document.core_properties.title = "Annual equality report"
        document.core_properties.author = "Head of Inclusion"
        document.add_heading("Annual equality report", 0)
        document.add_heading("Staff networks", 1)
        document.add_paragraph("The network met six times during the year.")
        document.add_paragraph("A sponsor on the executive", style="List Bullet")
        document.add_paragraph("Protected time for chairs", style="List Bullet")
        document.add_heading("Attendance", 2)
        grid = document.add_table(rows=3, cols=3, style="Table Grid")
        for index, line in enumerate(
            (("Role", "Held", "Attended"), ("Chair", "6", "6"), ("Nursing", "6", ""))
        ):
            for column, text in enumerate(line):
                grid.cell(index, column).text = text
        for one in grid.rows[0].cells:
            one.paragraphs[0].runs[0].bold = True
        paragraph = document.add_paragraph("Papers are ")
        paragraph.add_run("published").bold = True
        paragraph.add_run(" in\tfull.").font.size = Pt(14)
        document.save(str(target))
        return target

    def test_paragraphs_and_headings_agree(self, paper: Path) -> None:
        reference = [one.text for one in docx.Document(str(paper)).paragraphs if one.text.strip()]
        found = [text for kind, text in blocks(paper) if kind is not BlockKind.TABLE_ROW]
        assert found == reference
        levels = [
            block.level for page in read(paper) for block in page.blocks if block.kind is BlockKind.HEADING
        ]
        assert levels == [1, 1, 2]

    def test_table_agrees(self, paper: Path) -> None:
        reference = [[one.text for one in line.cells] for line in docx.Document(str(paper)).tables[0].rows]
        (page,) = read(paper)
        rows = [block for block in page.blocks if block.kind is BlockKind.TABLE_ROW]
        assert [cells(page, block) for block in rows] == reference
        assert [block.header for block in rows] == [True, False, False]
        assert [(block.table, block.row) for block in rows] == [(0, 0), (0, 1), (0, 2)]

    def test_metadata(self, paper: Path) -> None:
        metadata = word.read_whole(paper, LIMITS)[0].metadata
        assert (metadata.title, metadata.author) == ("Annual equality report", "Head of Inclusion")
        assert metadata.created.startswith("20")

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(("Normal", "Heading 1", "Heading 3", "List Bullet", "Title")),
                st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=60),
            ),
            max_size=12,
        )
    )
    def test_any_paragraphs_agree(self, target: Path, lines: list[tuple[str, str]]) -> None:
        document = docx.Document()
        for style, text in lines:
            document.add_paragraph(text, style=style)
        document.save(str(target))
        printed = [without_silent(text) for _, text in lines]
        assert [text for _, text in blocks(target)] == [text for text in printed if text]


class TestTables:
    def test_merged_cells_stand_once_and_columns_line_up(self, target: Path) -> None:
        grid = table(
            row(cell("Body"), cell("Meetings", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
            row(cell("Network", '<w:vMerge w:val="restart"/>'), cell("June"), cell("yes")),
            row(cell("Network", "<w:vMerge/>"), cell("July"), cell("no")),
            row(cell("late"), properties='<w:gridBefore w:val="2"/>'),
        )
        (page,) = read(package(target, grid))
        assert [cells(page, block) for block in page.blocks] == [
            ["Body", "Meetings", ""],
            ["Network", "June", "yes"],
            ["", "July", "no"],
            ["", "", "late"],
        ]
        assert [block.header for block in page.blocks] == [True, False, False, False]

    def test_first_row_by_its_style(self, target: Path) -> None:
        styles = part(
            "styles",
            '<w:style w:type="table" w:styleId="T"><w:name w:val="Banded"/><w:tblStylePr w:type="firstRow">'
            "<w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>",
        )
        looks = {"told": '<w:tblLook w:val="04A0"/>', "not": '<w:tblLook w:firstRow="0"/>'}
        for name, look in looks.items():
            grid = table(
                row(cell("Action"), cell("Owner")),
                row(cell("Publish"), cell("Chair")),
                properties=f'<w:tblStyle w:val="T"/>{look}',
            )
            (page,) = read(package(target, grid, {"styles": styles}))
            assert [block.header for block in page.blocks] == [name == "told", False]

    def test_plain_first_row_is_no_header(self, target: Path) -> None:
        (page,) = read(package(target, table(row(cell("A"), cell("B")), row(cell("C"), cell("D")))))
        assert not any(block.header for block in page.blocks)

    def test_nested_table_follows_its_row_and_numbers_run_on(self, target: Path) -> None:
        inner = table(row(cell("in 1"), cell("in 2")))
        outer = table(
            row(cell("out 1"), cell(p("out 2") + inner + "<w:p/>")), row(cell("out 3"), cell("out 4"))
        )
        (page,) = read(package(target, outer + table(row(cell("x"), cell("y")))))
        assert [(block.table, block.row, cells(page, block)) for block in page.blocks] == [
            (0, 0, ["out 1", "out 2"]),
            (1, 0, ["in 1", "in 2"]),
            (0, 1, ["out 3", "out 4"]),
            (2, 0, ["x", "y"]),
        ]

    def test_one_column_is_a_frame_not_a_table(self, target: Path) -> None:
        frame = table(row(cell(p("Policy", '<w:outlineLvl w:val="0"/>') + p("It applies to all."))))
        assert blocks(package(target, frame)) == [
            (BlockKind.HEADING, "Policy"),
            (BlockKind.PARAGRAPH, "It applies to all."),
        ]

    def test_deleted_rows_and_cells_are_gone(self, target: Path) -> None:
        grid = table(
            row(cell("kept"), cell("gone", "<w:cellDel/>"), cell("too")),
            row(cell("gone"), cell("gone"), properties="<w:del/>"),
        )
        (page,) = read(package(target, grid))
        assert page.text == "kept\ttoo"

    def test_cells_keep_paragraphs_apart_and_hold_no_tab(self, target: Path) -> None:
        grid = table(
            row(cell(p("one") + p("two")), cell("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>"))
        )
        (page,) = read(package(target, grid))
        assert cells(page, page.blocks[0]) == ["one\ntwo", "a b"]

    def test_absurd_spans_are_bounded(self, target: Path) -> None:
        grid = table(row(cell("a", '<w:gridSpan w:val="9999999"/>'), cell("b", '<w:gridSpan w:val="-4"/>')))
        (page,) = read(package(target, grid))
        assert len(page.blocks[0].cells) <= 64


class TestLists:
    NUMBERING = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="5">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2"/></w:lvl>'
        "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="6"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
        "</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="6"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="5"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>',
    )

    @staticmethod
    def item(text: str, number: int, level: int = 0) -> str:
        return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    def test_numbers_are_computed_and_kept_out_of_the_item(self, target: Path) -> None:
        body = "".join(
            self.item(text, 1, level)
            for text, level in (("one", 0), ("sub", 1), ("sub too", 1), ("two", 0), ("s", 1))
        )
        found = blocks(package(target, body, {"numbering": self.NUMBERING}))
        assert [text for kind, text in found if kind is BlockKind.FURNITURE] == [
            "1.",
            "1.a",
            "1.b",
            "2.",
            "2.a",
        ]
        assert [text for kind, text in found if kind is BlockKind.LIST_ITEM] == [
            "one",
            "sub",
            "sub too",
            "two",
            "s",
        ]

    def test_bullets_have_no_number_and_levels_count_from_one(self, target: Path) -> None:
        (page,) = read(
            package(target, self.item("x", 2) + self.item("y", 2, 1), {"numbering": self.NUMBERING})
        )
        assert [(block.kind, block.level) for block in page.blocks] == [
            (BlockKind.LIST_ITEM, 1),
            (BlockKind.LIST_ITEM, 2),
        ]

    def test_a_numbered_heading_keeps_its_number(self, target: Path) -> None:
        heading = p(
            "Scope", '<w:outlineLvl w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
        )
        assert blocks(package(target, heading, {"numbering": self.NUMBERING})) == [
            (BlockKind.HEADING, "7. Scope")
        ]

    def test_number_nought_takes_a_paragraph_out_of_its_list(self, target: Path) -> None:
        styles = part(
            "styles",
            '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="Item"/><w:pPr><w:numPr><w:numId w:val="1"/>'
            "</w:numPr></w:pPr></w:style>",
        )
        body = p("in", '<w:pStyle w:val="L"/>') + p(
            "out", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        )
        found = blocks(package(target, body, {"numbering": self.NUMBERING, "styles": styles}))
        assert found[-2:] == [(BlockKind.LIST_ITEM, "in"), (BlockKind.PARAGRAPH, "out")]

    def test_typed_bullets_are_items(self, target: Path) -> None:
        assert blocks(package(target, p("• first") + p("-\tsecond") + p("- third"))) == [
            (BlockKind.LIST_ITEM, "first"),
            (BlockKind.LIST_ITEM, "second"),
            (BlockKind.LIST_ITEM, "third"),
        ]


class TestHeadings:
    STYLES = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Trust head"/><w:basedOn w:val="berschrift2"/>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Loop2"><w:name w:val="Loop2"/><w:basedOn w:val="Loop"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>',
    )

    def test_by_style_name_and_by_what_the_style_is_based_on(self, target: Path) -> None:
        body = "".join(
            p(name, f'<w:pStyle w:val="{name}"/>') for name in ("berschrift2", "Own", "Loop", "TOC1", "Cap")
        )
        (page,) = read(package(target, body, {"styles": self.STYLES}))
        assert [(block.kind, block.level) for block in page.blocks] == [
            (BlockKind.HEADING, 2),
            (BlockKind.HEADING, 2),
            (BlockKind.PARAGRAPH, 0),
            (BlockKind.FURNITURE, 0),
            (BlockKind.CAPTION, 0),
        ]

    def test_a_short_bold_line_above_text_is_a_heading(self, target: Path) -> None:
        body = p("Real", '<w:pStyle w:val="berschrift2"/>') + p("Our duty", run="<w:b/>") + p("We meet.")
        (page,) = read(package(target, body, {"styles": self.STYLES}))
        assert [(block.kind, block.level) for block in page.blocks] == [
            (BlockKind.HEADING, 2),
            (BlockKind.HEADING, 3),
            (BlockKind.PARAGRAPH, 0),
        ]

    @pytest.mark.parametrize(
        ("text", "run", "below"),
        [
            ("We met four times.", "<w:b/>", p("Text")),
            ("Our duty", '<w:b w:val="0"/>', p("Text")),
            ("Our duty", "<w:b/>", p("Also bold", run="<w:b/>")),
            ("We have:", "<w:b/>", p("• an item")),
            ("Our duty", "<w:b/>", ""),
        ],
    )
    def test_other_bold_lines_are_text(self, target: Path, text: str, run: str, below: str) -> None:
        assert blocks(package(target, p(text, run=run) + below))[0] == (BlockKind.PARAGRAPH, text)


class TestWhatCounts:
    def test_background_before_the_body(self, target: Path) -> None:
        path = package(target, p("Kept"), before='<w:background w:color="FFFFFF"/>')
        assert blocks(path) == [(BlockKind.PARAGRAPH, "Kept")]

    def test_content_controls_are_looked_through(self, target: Path) -> None:
        inline = (
            "<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>inline</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )
        opened, closed = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
        body = f"{opened}{p('block')}{opened}{inline}{closed}{closed}"
        held = table(f"{opened}{row(cell('a'), cell('b'))}{closed}")
        assert [text for _, text in blocks(package(target, body + held))] == ["block", "inline", "a\tb"]

    def test_a_text_box_is_read_once(self, target: Path) -> None:
        content = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
        body = (
            "<w:p><w:r><w:t>Anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
            f"{content}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
        )
        assert [text for _, text in blocks(package(target, body))] == ["Anchor", "In the box"]

    def test_a_text_box_of_the_old_kind_is_read(self, target: Path) -> None:
        box = f"<v:textbox><w:txbxContent>{p('Old')}</w:txbxContent></v:textbox>"
        body = f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>"
        assert [text for _, text in blocks(package(target, body))] == ["Old"]

    def test_tracked_changes_are_read_as_accepted(self, target: Path) -> None:
        body = (
            "<w:p><w:r><w:t>We </w:t></w:r><w:del><w:r><w:delText>will </w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>did </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom>"
            "<w:r><w:t>meet.</w:t></w:r></w:p>"
            "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One</w:t></w:r></w:p>" + p("sentence.")
        )
        assert [text for _, text in blocks(package(target, body))] == ["We did meet.", "One sentence."]

    def test_tracked_changes_are_noted(self, target: Path) -> None:
        gone = "<w:del><w:r><w:delText>will</w:delText></w:r></w:del>"
        body = f"<w:p><w:ins><w:r><w:t>did </w:t></w:r></w:ins>{gone}</w:p>"
        package(target, body)
        assert word.read_whole(target, LIMITS)[0].metadata.tracked_changes == 2
        (paper,) = split_papers(read_file(target, limits=LIMITS))
        assert dict(paper.profile.reasons)["changes"] == "2 tracked changes in the file, read as accepted"
        package(target, p("Nothing changed."))
        assert "changes" not in dict(split_papers(read_file(target, limits=LIMITS))[0].profile.reasons)

    def test_a_last_paragraph_with_a_deleted_mark_is_kept(self, target: Path) -> None:
        body = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Last</w:t></w:r></w:p>"
        assert [text for _, text in blocks(package(target, body))] == ["Last"]

    def test_links_fields_breaks_and_symbols(self, target: Path) -> None:
        body = (
            '<w:p><w:hyperlink r:id="x"><w:r><w:t>Our page</w:t></w:r></w:hyperlink><w:r><w:br/><w:t>next</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:noBreakHyphen/><w:t>a</w:t><w:softHyphen/><w:t>b</w:t>'
            '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
        )
        assert [text for _, text in blocks(package(target, body))] == ["Our page\nnext12-ab✓"]

    def test_comments_are_no_content_and_hidden_text_is_never_quoted(self, target: Path) -> None:
        body = (
            '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Shown</w:t></w:r><w:commentRangeEnd w:id="0"/>'
            '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Not shown</w:t></w:r></w:p>'
        )
        path = package(target, body, {"word/comments.xml": part("comments", p("A remark"))})
        assert blocks(path) == [(BlockKind.PARAGRAPH, "Shown"), (BlockKind.FURNITURE, "Not shown")]

    def test_notes_come_last_and_running_heads_are_furniture(self, target: Path) -> None:
        body = '<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
        notes = part(
            "footnotes",
            f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
            f'<w:footnote w:id="2">{p("A note.")}</w:footnote>',
        )
        head = "<w:p><w:r><w:pict><v:textpath string='DRAFT'/></w:pict></w:r></w:p>"
        parts = {
            "footnotes": notes,
            "header1": part("hdr", p("Trust board")),
            "header2": part("hdr", head),
            "footer1": part("ftr", p("Page 1")),
        }
        assert blocks(package(target, body, parts)) == [
            (BlockKind.FURNITURE, "Trust board"),
            (BlockKind.FURNITURE, "DRAFT"),
            (BlockKind.PARAGRAPH, "Text."),
            (BlockKind.FOOTNOTE, "A note."),
            (BlockKind.FURNITURE, "Page 1"),
        ]

    def test_the_words_of_a_diagram_are_read(self, target: Path) -> None:
        data = (
            f"<dgm:dataModel {SPACES}><dgm:t><a:p><a:r><a:t>Board</a:t></a:r></a:p></dgm:t></dgm:dataModel>"
        )
        body = '<w:p><w:r><w:drawing><dgm:relIds r:dm="data1"/></w:drawing></w:r></w:p>'
        assert blocks(package(target, body, {"data1": data})) == [(BlockKind.PARAGRAPH, "Board")]

    def test_form_fields_show_their_state(self, target: Path) -> None:
        def field(inner: str) -> str:
            return f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r></w:p>'

        choice = (
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="No"/><w:listEntry w:val="Yes"/></w:ddList>'
        )
        body = field("<w:checkBox><w:checked/></w:checkBox>") + field("<w:checkBox/>") + field(choice)
        assert [text for _, text in blocks(package(target, body))] == ["☒", "☐", "Yes"]

    def test_strict_files_are_read(self, target: Path) -> None:
        strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        body = p("Strict", '<w:outlineLvl w:val="0"/>')
        root = f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>'
        assert blocks(package(target, "", root=root)) == [(BlockKind.HEADING, "Strict")]

    def test_what_is_embedded_is_told(self, target: Path) -> None:
        body = (
            p("See below") + "<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p><w:altChunk r:id='z'/>"
        )
        (problem,) = word.read_whole(package(target, body), LIMITS)[0].problems
        assert problem.code == NOT_READ_YET
        assert "2 embedded" in problem.message

    def test_a_scan_without_text_is_unread(self, target: Path) -> None:
        body = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
        (page,) = read(package(target, body))
        assert page.state is PageState.UNREAD
        assert "pictures here and no text" in page.reason

    def test_an_empty_document_is_blank(self, target: Path) -> None:
        (page,) = read(package(target, "<w:p/>"))
        assert page.state is PageState.BLANK


class TestSections:
    def test_a_long_document_is_cut_at_headings_and_loses_nothing(self, target: Path) -> None:
        heading = '<w:outlineLvl w:val="0"/>'
        body = "".join(p(f"Part {one}", heading) + p(f"sentence {one}. " * 100) for one in range(20))
        pages = read(package(target, body))
        assert len(pages) > 3
        assert all(page.blocks[0].kind is BlockKind.HEADING for page in pages)
        assert sum(page.text.count("sentence") for page in pages) == 2000


class TestHostile:
    def fails(self, path: Path, limits: Limits = LIMITS) -> ReadError:
        with pytest.raises(ReadError) as caught:
            word.read_whole(path, limits)
        assert caught.value.next_step
        return caught.value

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", EMPTY_FILE),
            (b"PK\x03\x04 no archive", DAMAGED),
            (
                bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
                ENCRYPTED,
            ),
            (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), NOT_READ_YET),
        ],
    )
    def test_files_that_cannot_be_read(self, target: Path, content: bytes, code: str) -> None:
        target.write_bytes(content)
        assert self.fails(target).code == code

    def test_a_zip_of_something_else(self, target: Path) -> None:
        with zipfile.ZipFile(target, "w") as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
        assert self.fails(target).code == DAMAGED

    def test_an_encrypted_member(self, target: Path) -> None:
        package(target, p("x"))
        data = bytearray(target.read_bytes())
        for at in range(len(data) - 4):
            if (
                data[at : at + 4] == b"PK\x01\x02"
            ):  # an entry of the directory; its flags stand eight bytes on
                data[at + 8] |= 1
        target.write_bytes(bytes(data))
        assert self.fails(target).code == ENCRYPTED

    def test_a_zip_bomb_ends_at_the_limit(self, target: Path) -> None:
        package(target, p("x" * 1000) * 4000)
        assert target.stat().st_size < 100_000
        assert self.fails(target, Limits(decompressed_mib=1)).code == TOO_LARGE

    def test_sizes_in_the_headers_are_not_believed(self, target: Path) -> None:
        package(target, p("x" * 1000) * 4000)
        data = bytearray(target.read_bytes())
        at = 0
        while (at := data.find(b"PK\x01\x02", at)) >= 0:
            data[at + 24 : at + 28] = (10).to_bytes(4, "little")
            at += 4
        target.write_bytes(bytes(data))
        tracemalloc.start()
        error = self.fails(target, Limits(decompressed_mib=1))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert error.code in (TOO_LARGE, DAMAGED)
        assert peak < 16 * 1024 * 1024

    def test_entities_are_not_expanded(self, target: Path) -> None:
        bomb = "".join(f'<!ENTITY e{one} "{f"&e{one - 1};" * 10}">' for one in range(1, 9))
        root = (
            f'<!DOCTYPE w:document [<!ENTITY e0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
            f"<w:document {SPACES}><w:body><w:p><w:r><w:t>before &e8;&f; after</w:t></w:r></w:p></w:body></w:document>"
        )
        text = "".join(page.text for page in word.read_whole(package(target, "", root=root), LIMITS)[1])
        assert "root:" not in text
        assert "haha" not in text
        assert "before" in text

    def test_deep_nesting_is_told(self, target: Path) -> None:
        body = p("Above") + "<w:sdt><w:sdtContent>" * 400 + p("Deep") + "</w:sdtContent></w:sdt>" * 400
        inspection = word.read_whole(package(target, body), LIMITS)[0]
        assert [problem.code for problem in inspection.problems] == [DAMAGED]
        assert "Above" in word.read_whole(target, LIMITS)[1][0].text

    def test_broken_xml_gives_what_there_is_and_says_so(self, target: Path) -> None:
        root = f"<w:document {SPACES}><w:body>{p('First')}{p('Second')}<w:p><w:r><w:t>cut of"
        path = package(target, "", root=root)
        assert [problem.code for problem in word.read_whole(path, LIMITS)[0].problems] == [DAMAGED]
        assert blocks(path)[:2] == [(BlockKind.PARAGRAPH, "First"), (BlockKind.PARAGRAPH, "Second")]

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.binary(max_size=400), st.booleans())
    def test_random_bytes(self, target: Path, data: bytes, as_zip: bool) -> None:
        target.write_bytes(b"PK\x03\x04" + data if as_zip else data)
        try:
            read(target)
        except ReadError as error:
            assert error.next_step

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, 2**32))
    def test_mutated_files(self, target: Path, seed: int) -> None:
        data = bytearray(MODEL)
        chance = random.Random(seed)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        target.write_bytes(bytes(data))
        try:
            read(target)
        except ReadError as error:
            assert error.next_step

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, 2**32))
    def test_mutated_parts(self, target: Path, seed: int) -> None:
        """Changed bytes inside the parts, in a zip whose checksums are right."""
        chance = random.Random(seed)
        with zipfile.ZipFile(io.BytesIO(MODEL)) as source, zipfile.ZipFile(target, "w") as copy:
            for name in source.namelist():
                data = bytearray(source.read(name))
                for _ in range(chance.randint(0, 6)):
                    data[chance.randrange(len(data))] = chance.choice(b'<>/="&;w:019\x00\xff')
                copy.writestr(name, bytes(data))
        try:
            read(target)
        except ReadError as error:
            assert error.next_step

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, 2**32))
    def test_scrambled_xml(self, target: Path, seed: int) -> None:
        """Elements in places where they do not belong: the walk must not count on any order."""
        chance = random.Random(seed)
        names = ["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "pPr", "rPr", "numPr"]
        names += ["txbxContent", "drawing", "tab", "sym", "hyperlink", "body"]

        def grow(depth: int) -> str:
            if depth > 6 or chance.random() < 0.2:
                return chance.choice(("", "text", "a &amp; b"))
            name = chance.choice(names)
            value = chance.choice(("", ' w:val="1"', ' w:val="-9"', ' w:val="x"', ' w:char="F0FC"'))
            return (
                f"<w:{name}{value}>{''.join(grow(depth + 1) for _ in range(chance.randint(0, 4)))}</w:{name}>"
            )

        read(package(target, "".join(grow(0) for _ in range(5))))


def _model() -> bytes:
    document = docx.Document()
    document.add_heading("Title", 1)
    document.add_paragraph("Some text about the network.", style="List Number")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "cell"
    buffer = io.BytesIO()
    document.save(buffer)
    stored = io.BytesIO()
    # Stored, not deflated: a changed byte then reaches the XML, if its checksum is not looked at first.
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(stored, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
    return stored.getvalue()


MODEL = _model()


def test_no_text_holds_half_a_character() -> None:
    assert tidy("left\ud800 and right") == "left and right"
