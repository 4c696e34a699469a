"""The reader of web pages, on pages made here."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit.readers.base import DAMAGED, EMPTY_FILE, TOO_LARGE, ReadError
from evidence_kit.readers.web import reader as web
from evidence_kit.records.document import Block, BlockKind, Page, PageState
from evidence_kit.workers import Limits

LIMITS = Limits()
HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, CAPTION, FURNITURE = BlockKind.TABLE_ROW, BlockKind.CAPTION, BlockKind.FURNITURE


def read(path: Path, content: str | bytes) -> tuple[Page, ...]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    inspection, pages = web.read_whole(path, LIMITS)
    assert len(pages) == inspection.page_count
    check(pages)
    return pages


def check(pages: Sequence[Page]) -> None:
    """Blocks are in order, apart from each other, within the text, and cover all of it but white space."""
    for page in pages:
        position = 0
        for block in page.blocks:
            assert position <= block.start < block.end <= len(page.text)
            assert not page.text[position : block.start].strip()
            assert all(block.start <= low <= high <= block.end for low, high in block.cells)
            position = block.end
        assert not page.text[position:].strip()


def blocks(path: Path, content: str | bytes) -> list[tuple[BlockKind, int, str]]:
    return [
        (block.kind, block.level, page.text[block.start : block.end])
        for page in read(path, content)
        for block in page.blocks
    ]


def cells(page: Page, block: Block) -> list[str]:
    return [page.text[low:high] for low, high in block.cells]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


class TestContent:
    def test_headings_paragraphs_and_nested_lists(self, target: Path) -> None:
        content = (
            "<body><h1>Statement</h1><p>We <b>met</b>\n four&nbsp;times.</p><h3>Acts</h3>"
            "<ul><li>one<ol><li>deep</li></ol>rest</li><li><p>two</p><p>three</p></li></ul><div>loose<p>tight</div>"
        )
        assert blocks(target, content) == [
            (HEADING, 1, "Statement"),
            (PARAGRAPH, 0, "We met four times."),
            (HEADING, 3, "Acts"),
            (ITEM, 1, "one"),
            (ITEM, 2, "deep"),
            (ITEM, 1, "rest"),
            (ITEM, 1, "two"),
            (ITEM, 1, "three"),
            (PARAGRAPH, 0, "loose"),
            (PARAGRAPH, 0, "tight"),
        ]

    def test_line_breaks_and_set_text_keep_their_lines(self, target: Path) -> None:
        found = blocks(target, "<p>Chair<br>Vice  chair</p><pre>a\n  b</pre>")
        assert found == [(PARAGRAPH, 0, "Chair\nVice chair"), (PARAGRAPH, 0, "a\nb")]

    def test_a_term_stands_with_its_meaning(self, target: Path) -> None:
        content = "<dl><dt>Sponsor<dd>Medical Director<dd>since May<dt>Alone</dl><p>Text.</p>"
        assert [text for _, _, text in blocks(target, content)] == [
            "Sponsor\nMedical Director",
            "since May",
            "Alone",
            "Text.",
        ]

    def test_a_heading_inside_a_button_is_content(self, target: Path) -> None:
        content = "<main><h2><button>What we do</button></h2><p>We act.</p><button>Expand</button></main>"
        assert blocks(target, content) == [
            (HEADING, 2, "What we do"),
            (PARAGRAPH, 0, "We act."),
            (FURNITURE, 0, "Expand"),
        ]

    def test_a_short_bold_paragraph_is_a_heading_below_the_last(self, target: Path) -> None:
        content = "<h2>A</h2><p><strong>By hand</strong></p><p>Text with <strong>weight</strong>.</p>"
        assert blocks(target, content)[1] == (HEADING, 3, "By hand")

    def test_scripts_and_styles_are_no_text(self, target: Path) -> None:
        content = (
            "<style>p{}</style><p>Text<script>alert('x')</script></p><svg><text>logo</text></svg><!-- no -->"
        )
        assert blocks(target, content) == [(PARAGRAPH, 0, "Text")]


class TestFurniture:
    @pytest.mark.parametrize(
        "edge",
        [
            "<nav>edge</nav>",
            "<aside>edge</aside>",
            "<header>edge</header>",
            "<footer>edge</footer>",
            "<div role='navigation'>edge</div>",
            "<div class='site cookie-banner'>edge</div>",
            "<ul id='main-menu'><li>edge</ul>",
            "<p hidden>edge</p>",
            "<p aria-hidden='true'>edge</p>",
            "<p style='color:red; DISPLAY: none'>edge</p>",
            "<form><label>edge</label></form>",
            "<select><option>edge</select>",
        ],
    )
    def test_edges_are_kept_and_never_quoted(self, target: Path, edge: str) -> None:
        content = f"<body>{edge}<main><h1>Policy</h1><p>A long text that is the point of the page.</p></main></body>"
        found = blocks(target, content)
        assert (FURNITURE, 0, "edge") in found
        assert [text for kind, _, text in found if kind is not FURNITURE] == [
            "Policy",
            "A long text that is the point of the page.",
        ]

    @pytest.mark.parametrize(
        "frame",
        [
            "<form id='aspnetForm'>{}</form>",
            "<div class='has-sidebar page-with-menu'>{}</div>",
            "<div class='social-care-team'>{}</div>",
            "<article><header>{}</header></article>",
            "<body class='no-sidebar nav-open'>{}</body>",
        ],
    )
    def test_frames_around_the_content_are_not_edges(self, target: Path, frame: str) -> None:
        found = blocks(target, frame.format("<p>The network met on 4 May and chose its chair.</p>"))
        assert found == [(PARAGRAPH, 0, "The network met on 4 May and chose its chair.")]

    def test_the_only_title_counts_although_it_stands_in_the_page_head(self, target: Path) -> None:
        content = "<header><nav>Home</nav><h1>Our plan</h1></header><p>Text that is rather longer than the head.</p>"
        assert blocks(target, content)[:2] == [(FURNITURE, 0, "Home"), (HEADING, 1, "Our plan")]

    def test_what_stands_outside_the_marked_main_part_is_edge(self, target: Path) -> None:
        words = "The network met and chose its chair, and the board was told of it in public. " * 3
        content = (
            f"<body><p>We use files.</p><div><h1>Our plan</h1><p>A strap line</p></div><main><p>{words}</p></main>"
            "<div>Latest news</div><article>Teaser</article></body>"
        )
        assert blocks(target, content) == [
            (FURNITURE, 0, "We use files."),
            (HEADING, 1, "Our plan"),
            (FURNITURE, 0, "A strap line"),
            (PARAGRAPH, 0, words.strip()),
            (FURNITURE, 0, "Latest news"),
            (FURNITURE, 0, "Teaser"),
        ]

    def test_an_empty_main_part_marks_nothing(self, target: Path) -> None:
        found = blocks(target, "<div>The network met on 4 May.</div><main>Loading</main>")
        assert found == [(PARAGRAPH, 0, "The network met on 4 May."), (PARAGRAPH, 0, "Loading")]

    def test_a_page_of_edges_alone_is_read(self, target: Path) -> None:
        assert blocks(target, "<nav>All there is</nav>") == [(PARAGRAPH, 0, "All there is")]


class TestTables:
    def test_spans_leave_columns_in_line(self, target: Path) -> None:
        content = (
            "<table><caption>Attendance</caption><thead><tr><th>Name<th colspan=2>Meetings</thead>"
            "<tr><th rowspan=2>Chair<td>May<td>yes<tr><td>June<td>no<br>apologies</table>"
        )
        (page,) = read(target, content)
        caption, *rows = page.blocks
        assert (caption.kind, caption.table) == (CAPTION, 0)
        assert [cells(page, block) for block in rows] == [
            ["Name", "Meetings", ""],
            ["Chair", "May", "yes"],
            ["", "June", "no\napologies"],
        ]
        assert [block.header for block in rows] == [True, False, False]
        assert [(block.table, block.row) for block in rows] == [(0, 0), (0, 1), (0, 2)]

    @pytest.mark.parametrize(
        ("first", "header"), [("<th>A<th>B", True), ("<td><b>A</b><td><b>B</b>", True), ("<td>A<td>B", False)]
    )
    def test_header_rows(self, target: Path, first: str, header: bool) -> None:
        (page,) = read(target, f"<table><tr>{first}<tr><td>1<td>2</table>")
        assert [block.header for block in page.blocks] == [header, False]

    @pytest.mark.parametrize(
        "table",
        [
            "<table role=presentation><tr><td>{}<td></table>",
            "<table><tr><td>{}</table>",
            "<table><tr><td>x<td><table><tr><td>{}</table></table>",
        ],
    )
    def test_tables_that_arrange_the_page_are_none(self, target: Path, table: str) -> None:
        found = blocks(target, table.format("<h2>Head</h2><p>Text</p>"))
        assert found[-2:] == [(HEADING, 2, "Head"), (PARAGRAPH, 0, "Text")]

    def test_absurd_spans_are_bounded(self, target: Path) -> None:
        (page,) = read(
            target, "<table><tr><td colspan=99999999>a<td rowspan=-3>b<tr><td colspan=x>c<td>d</table>"
        )
        assert len(page.blocks[0].cells) <= 101
        assert cells(page, page.blocks[1]) == ["c", "d"]


class TestFacts:
    def test_title_and_dates(self, target: Path) -> None:
        read(
            target,
            "<title>Our  statement</title><meta property='article:published_time' content='2026-03-12T10:00:00Z'>"
            "<meta name='DCTERMS.modified' content='2026-04-01'><meta name=author content='Board'><p>x</p>",
        )
        metadata = web.read_whole(target, LIMITS)[0].metadata
        assert metadata.title == "Our statement"
        assert metadata.author == "Board"
        assert (metadata.created, metadata.modified) == ("2026-03-12T10:00:00Z", "2026-04-01")

    def test_a_date_not_as_the_standard_writes_it_is_left_alone(self, target: Path) -> None:
        read(target, "<meta name=date content='12 March 2026'><p><time datetime='2026-05'>May</time></p>")
        assert web.read_whole(target, LIMITS)[0].metadata.created == "2026-05"

    @pytest.mark.parametrize(
        ("data", "text"),
        [
            ("<p>café – “so”</p>".encode(), "café – “so”"),
            ("\ufeff<p>café</p>".encode("utf-16"), "café"),
            (b"<meta charset=iso-8859-1><p>\x93caf\xe9\x94</p>", "“café”"),
            (b"<p>\x93caf\xe9\x94</p>", "“café”"),
            ("<?xml version='1.0' encoding='windows-1252'?><p>café</p>".encode("cp1252"), "café"),
            (b"<meta charset=no-such-code><p>caf\xc3\xa9</p>", "café"),
            (b"<meta charset=unicode_escape><p>\\x41</p>", "\\x41"),
        ],
    )
    def test_encodings(self, target: Path, data: bytes, text: str) -> None:
        assert blocks(target, data) == [(PARAGRAPH, 0, text)]


class TestHostile:
    @pytest.mark.parametrize(
        ("data", "code"), [(b"", EMPTY_FILE), (b" \n", EMPTY_FILE), (bytes(range(256)) * 9, DAMAGED)]
    )
    def test_files_that_hold_no_page(self, target: Path, data: bytes, code: str) -> None:
        target.write_bytes(data)
        with pytest.raises(ReadError) as caught:
            web.read_whole(target, LIMITS)
        assert caught.value.code == code

    def test_size_is_limited(self, target: Path) -> None:
        target.write_bytes(b"<p>text</p>" * 200_000)
        with pytest.raises(ReadError) as caught:
            web.read_whole(target, Limits(decompressed_mib=1))[1]
        assert caught.value.code == TOO_LARGE

    def test_deep_nesting_is_told(self, target: Path) -> None:
        (page,) = read(target, "<p>Above</p>" + "<div>" * 5000 + "deep")
        assert "Above" in page.text
        assert [problem.code for problem in web.read_whole(target, LIMITS)[0].problems] == [DAMAGED]

    def test_nothing_is_fetched_or_expanded(self, target: Path) -> None:
        (page,) = read(
            target,
            '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>A &x; B</p><iframe src="file:///etc/passwd">'
            '</iframe><object data="http://localhost:1/"></object>',
        )
        assert "root:" not in page.text

    def test_many_edges_and_long_lines_end_in_time(self, target: Path) -> None:
        parts = "<div class='share'>" * 200 + "x" * 300_000 + "<div class='menu'>a</div>" * 5000
        assert read(target, parts)[0].state is PageState.READ

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.one_of(st.binary(max_size=300), st.integers(0, 2**32)))
    def test_anything_is_read_or_refused(self, target: Path, drawn: bytes | int) -> None:
        try:
            read(target, drawn if isinstance(drawn, bytes) else _tag_soup(drawn))
        except ReadError as error:
            assert error.next_step


def _tag_soup(seed: int) -> str:
    chance = random.Random(seed)
    names = [
        "p",
        "table",
        "tr",
        "td",
        "th",
        "ul",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h4",
        "nav",
        "main",
        "b",
        "caption",
    ]
    names += ["br", "form", "button", "pre", "head", "body", "thead", "select", "header", "sup", "a"]
    parts = []
    for _ in range(chance.randint(1, 60)):
        name = chance.choice(names)
        mark = chance.choice(
            (f"<{name}>", f"</{name}>", f"<{name} hidden class=menu colspan=3 rowspan=2>", "text ", "&x;")
        )
        parts.append(mark)
    return "".join(parts)
