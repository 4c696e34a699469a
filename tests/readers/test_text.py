"""The reader of Markdown, plain text and captions, on texts made here."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence_kit.readers.base import DAMAGED, EMPTY_FILE, TOO_LARGE, ReadError
from evidence_kit.readers.text import reader as text
from evidence_kit.readers.text.lines import decode, goes_on
from evidence_kit.readers.text.markdown import plain
from evidence_kit.records.document import Block, BlockKind, Media, Page
from evidence_kit.workers import Limits

LIMITS = Limits()
HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
ROW, FURNITURE = BlockKind.TABLE_ROW, BlockKind.FURNITURE


def read(path: Path, content: str | bytes) -> tuple[Page, ...]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    inspection, pages = text.read_whole(path, LIMITS)
    assert len(pages) == inspection.page_count
    check(pages)
    return pages


def check(pages: Sequence[Page]) -> None:
    """Blocks are in order, cover the text, and each line of a block has its line in the source, in order."""
    for page in pages:
        position = 0
        for block in page.blocks:
            assert position <= block.start < block.end <= len(page.text)
            assert not page.text[position : block.start].strip()
            assert all(block.start <= low <= high <= block.end for low, high in block.cells)
            assert len(page.text[block.start : block.end].split("\n")) == len(block.lines)
            assert block.line == block.lines[0]
            assert list(block.lines) == sorted(block.lines)
            position = block.end
        assert not page.text[position:].strip()


def traced(path: Path, content: str) -> list[tuple[BlockKind, str]]:
    """Return kinds and texts, after checking that each line of text stands on the line that it names."""
    source = content.split("\n")
    found = []
    for page in read(path, content):
        for block in page.blocks:
            words = page.text[block.start : block.end]
            for line, number in zip(words.split("\n"), block.lines, strict=True):
                assert set(line.split()) - {"|"} <= set(plain(source[number - 1]).replace("|", " ").split())
            found.append((block.kind, words))
    return found


def cells(page: Page, block: Block) -> list[str]:
    return [page.text[low:high] for low, high in block.cells]


@pytest.fixture
def md(tmp_path: Path) -> Path:
    return tmp_path / "paper.md"


@pytest.fixture
def txt(tmp_path: Path) -> Path:
    return tmp_path / "paper.txt"


def spaced(*lines: str) -> str:
    """Return lines as text drawn from a PDF has them: a blank one after each. Filler makes it long enough."""
    filler = [f"Filler sentence number {number} says nothing." for number in range(20)]
    return "\n\n".join([*lines, *filler]) + "\n"


class TestMarkdown:
    def test_headings_lists_and_paragraphs(self, md: Path) -> None:
        content = (
            "# Equality report\n\nThe board met\nin *public* on **4 May**.\n\n## Acts ##\n- one\n  goes on\n"
            "  - deep\n- two\n\n1. first\n2. second\n\nSigned\n======\n\n> Quoted words.\n\n***\n\nLast."
        )
        assert traced(md, content) == [
            (HEADING, "Equality report"),
            (PARAGRAPH, "The board met\nin public on 4 May."),
            (HEADING, "Acts"),
            (ITEM, "one\ngoes on"),
            (ITEM, "deep"),
            (ITEM, "two"),
            (ITEM, "1. first"),
            (ITEM, "2. second"),
            (HEADING, "Signed"),
            (PARAGRAPH, "Quoted words."),
            (PARAGRAPH, "Last."),
        ]
        (page,) = read(md, content)
        assert [block.level for block in page.blocks] == [1, 0, 2, 1, 2, 1, 1, 1, 1, 0, 0]
        assert [block.lines for block in page.blocks][:4] == [(1,), (3, 4), (6,), (7, 8)]

    def test_tables(self, md: Path) -> None:
        content = "| Name | Held |\n|:--|--:|\n| Chair | **6** |\n| a \\| b | |\n\n"
        content += "Text | with a bar\n\n| x | y |\n| z | |"
        (page,) = read(md, content)
        rows = [block for block in page.blocks if block.kind is ROW]
        assert [cells(page, block) for block in rows] == [
            ["Name", "Held"],
            ["Chair", "6"],
            ["a | b", ""],
            ["x", "y"],
            ["z", ""],
        ]
        assert [(block.table, block.row, block.header, block.line) for block in rows] == [
            (0, 0, True, 1),
            (0, 1, False, 3),
            (0, 2, False, 4),
            (1, 0, False, 8),
            (1, 1, False, 9),
        ]
        assert (PARAGRAPH, "Text | with a bar") in traced(md, content)

    @pytest.mark.parametrize(
        ("source", "words"),
        [
            ("a **bold** and *it* and ***both***", "a bold and it and both"),
            ("Gover****nance ****objectives", "Governance objectives"),
            ("staff* and 5 * 3 and 2*4", "staff* and 5 * 3 and 2*4"),
            ("snake_case and _this_ and __that__", "snake_case and this and that"),
            ("\\(V1.0\\) \\*kept\\* \\# \\[x\\]", "(V1.0) *kept* # [x]"),
            ('see [our page](https://x.uk/a_(b) "t") or <https://y.uk/z>', "see our page or https://y.uk/z"),
            ("![a picture](p.png) [text][ref] `code` ~~no~~", "text code no"),
            ("a<br>b <span class='x'>c</span> & &amp; 3 < 4 > 2", "a b c & & 3 < 4 > 2"),
            ("* 15 *", "15"),
        ],
    )
    def test_marks_are_left_out(self, source: str, words: str) -> None:
        assert plain(source) == words

    def test_a_bold_line_is_a_heading_below_the_last(self, md: Path) -> None:
        (page,) = read(md, "## Part\n\n**Our duty**\n\nText.\n\n**We met four times in the year.**\n")
        assert [(block.kind, block.level, block.bold) for block in page.blocks] == [
            (HEADING, 2, False),
            (HEADING, 3, True),
            (PARAGRAPH, 0, False),
            (PARAGRAPH, 0, True),
        ]

    def test_a_figure_set_in_bold_is_no_heading(self, md: Path) -> None:
        found = traced(md, "**11 years**\n\nText.\n\n**3.1 Our aim**\n\nText.\n")
        assert [kind for kind, _ in found] == [PARAGRAPH, PARAGRAPH, HEADING, PARAGRAPH]

    def test_code_comments_and_front_matter(self, md: Path) -> None:
        content = "---\ntitle: Plan\ndate: 2026-03-12\n---\n\nText <!-- not\nthis --> here.\n\n"
        content += "```\n# no head\n```\n[r]: http://x.uk\n"
        path, found = md, read(md, content)
        assert "not" not in "".join(page.text for page in found).replace("no head", "")
        kinds = {page.text[block.start : block.end]: block.kind for page in found for block in page.blocks}
        assert kinds["# no head"] is PARAGRAPH
        metadata = text.read_whole(path, LIMITS)[0].metadata
        assert (metadata.title, metadata.created) == ("Plan", "2026-03-12")

    def test_an_unclosed_comment_loses_nothing(self, md: Path) -> None:
        assert "after" in read(md, "before <!-- open\n\nafter\n")[0].text


class TestDrawnFromPdf:
    def test_broken_lines_are_joined_by_their_sentence(self, md: Path) -> None:
        content = spaced(
            "The trust will publish", "its plan by the", "Board of Directors.", "New sentence", "7.2%"
        )
        assert traced(md, content)[:3] == [
            (PARAGRAPH, "The trust will publish\nits plan by the\nBoard of Directors."),
            (PARAGRAPH, "New sentence"),
            (PARAGRAPH, "7.2%"),
        ]
        (page,) = read(md, content)
        assert page.blocks[0].lines == (1, 3, 5)

    def test_a_bullet_alone_takes_the_next_line(self, md: Path) -> None:
        content = spaced(
            "We have:", "•", "****", "Chosen a sponsor", "**• Paid for time:** two days", "who meets monthly."
        )
        assert traced(md, content)[:3] == [
            (PARAGRAPH, "We have:"),
            (ITEM, "Chosen a sponsor"),
            (ITEM, "Paid for time: two days\nwho meets monthly."),
        ]

    def test_bold_lines_that_belong_together_are_one_heading(self, md: Path) -> None:
        content = spaced("**Calling out all forms of **", "## **discrimination**", "All of us act.")
        assert traced(md, content)[0] == (HEADING, "Calling out all forms of\ndiscrimination")

    def test_page_numbers_and_running_heads_are_furniture_and_sentences_go_on_behind_them(
        self, md: Path
    ) -> None:
        lines = []
        for page in range(4, 14):
            lines += [
                f"Sentence on page {page} of some length, which says a thing or two and then runs on. " * 3
            ]
            lines += [
                f"Sentence {page * page} is cut in",
                f"**{page}**",
                "**Annual report 2025/26**",
                f"the middle of what says {page}.",
            ]
        (page, *_) = read(md, "\n\n".join(lines))
        furniture = [page.text[block.start : block.end] for block in page.blocks if block.kind is FURNITURE]
        assert furniture[:4] == ["4", "Annual report 2025/26", "5", "Annual report 2025/26"]
        cut = [block for block in page.blocks if block.joins_next]
        assert page.text[cut[0].start : cut[0].end].endswith("is cut in")

    def test_figures_and_lists_of_numbers_are_not_page_numbers(self, md: Path) -> None:
        content = spaced("Staff", "1", "2", "3", "4", "5", "6", "7", "8")
        assert not [one for one in traced(md, content) if one[0] is FURNITURE]

    def test_contents_lines_are_furniture(self, md: Path) -> None:
        assert traced(md, "Our staff ................................ **29**\n\nText.\n") == [
            (FURNITURE, "Our staff ................................ 29"),
            (PARAGRAPH, "Text."),
        ]

    @pytest.mark.parametrize(
        ("before", "after", "joined"),
        [
            ("We met", "and agreed.", True),
            ("We met.", "and agreed.", False),
            ("the Chair of the", "Board", True),
            ("Chief Executive", "Medical Director", False),
            ("7.2%", "of staff", False),
            ("Band 8, 9,", "VSM", True),
            ("We have:", "chosen", False),
        ],
    )
    def test_what_goes_on(self, before: str, after: str, joined: bool) -> None:
        assert goes_on(before, after) is joined


class TestPlainText:
    def test_wrapped_paragraphs_lists_and_headings(self, txt: Path) -> None:
        content = (
            "STAFF NETWORK MINUTES\n\nThe network met on 4 May 2026 in the board room and was attended by the\n"
            "Chief Executive, who spoke about the plan.\n\nActions\n\n"
            "- Publish the plan on the web site of the trust by the end\n"
            "  of June.\n- Tell all staff.\n\n3.1 Any Other Business\n\nThere was none to be reported at this time.\n"
        )
        assert traced(txt, content) == [
            (HEADING, "STAFF NETWORK MINUTES"),
            (
                PARAGRAPH,
                "The network met on 4 May 2026 in the board room and was attended by the\n"
                "Chief Executive, who spoke about the plan.",
            ),
            (HEADING, "Actions"),
            (ITEM, "Publish the plan on the web site of the trust by the end\nof June."),
            (ITEM, "Tell all staff."),
            (HEADING, "3.1 Any Other Business"),
            (PARAGRAPH, "There was none to be reported at this time."),
        ]

    def test_long_lines_are_paragraphs_and_short_ones_are_apart(self, txt: Path) -> None:
        long = (
            "This is one paragraph on one line, as word processors save it, and it has several clauses. " * 3
        )
        found = traced(txt, f"{long}\n{long}\n{long}\n")
        assert [kind for kind, _ in found] == [PARAGRAPH] * 3
        listed = traced(
            txt,
            "Present at the meeting of the board on that day were all of these\nJane Doe\nJohn Roe\nAnn Poe\n",
        )
        assert [words for _, words in listed][-2:] == ["John Roe", "Ann Poe"]

    def test_an_agenda_with_times_is_not_captions(self, txt: Path) -> None:
        content = "\n".join(
            f"{hour}:{minute} Item {hour}{minute}" for hour in (10, 11) for minute in ("00", "15", "30")
        )
        assert "10:15 Item 1015" in read(txt, content)[0].text

    def test_markdown_under_another_name_is_told_by_its_content(self, txt: Path) -> None:
        content = "# Plan\n\ntext\n\n## Part\n\ntext\n\n## Other\n\ntext\n"
        assert [kind for kind, _ in traced(txt, content)].count(HEADING) == 3
        assert text.kind_of(txt, content.split("\n")) is Media.MARKDOWN

    def test_form_feeds_and_odd_line_ends_keep_the_count(self, txt: Path) -> None:
        (page,) = read(txt, "One\u2028two\x0c\r\n\r\nThree is here.\rFour\x85five\n")
        assert [(block.lines, page.text[block.start : block.end]) for block in page.blocks] == [
            ((1,), "One two"),
            ((3, 4), "Three is here.\nFour five"),
        ]


class TestCaptions:
    LINES = (
        "Good afternoon and welcome to the",
        "meeting of the board. Our chief executive",
        "will speak first. Thank you, chair.",
        "In the past year I went to four meetings",
        "of the network and I listened.",
    )

    @pytest.mark.parametrize(
        "stamp",
        [
            "00:00:{:02d}.480 ",
            "[00:01:{:02d}] ",
            "0:00:{:02d} - ",
            "(0:{:02d}) ",
            "0:{:02d}\n",
            "00:{:02d}\t",
        ],
    )
    def test_stamps_go_and_sentences_come_together(self, txt: Path, stamp: str) -> None:
        content = "".join(stamp.format(2 * number) + line + "\n" for number, line in enumerate(self.LINES))
        (page,) = read(txt, content)
        assert page.text.replace("\n", " ") == " ".join(self.LINES)
        assert len(page.blocks) == 1
        step = 2 if "\n" in stamp else 1
        assert page.blocks[0].lines == tuple(range(step, 5 * step + 1, step))

    def test_paragraphs_end_with_sentences_even_within_a_line(self, txt: Path) -> None:
        half = "this is what somebody says at the meeting without any hurry at all and"
        lines = [f"00:{number // 60:02d}:{number % 60:02d} {half}" for number in range(7)]
        lines += ["00:00:08 then stops. Next begins here and", "00:00:09 goes on to its end."]
        (page,) = read(txt, "\n".join(lines))
        first, second = page.blocks
        assert page.text[first.start : first.end].endswith("then stops.")
        assert page.text[second.start : second.end] == "Next begins here and\ngoes on to its end."
        assert (first.lines[-1], second.lines) == (8, (8, 9))

    def test_captions_without_full_stops_end_somewhere(self, txt: Path) -> None:
        content = "\n".join(
            f"00:{number // 60:02d}:{number % 60:02d} um so we were thinking about that"
            for number in range(300)
        )
        pages = read(txt, content)
        sizes = [block.end - block.start for page in pages for block in page.blocks]
        assert len(sizes) > 3
        assert max(sizes) < 1700

    def test_subrip(self, txt: Path) -> None:
        content = "1\n00:00:01,000 --> 00:00:03,000\n<i>We met</i> in\n\n"
        content += "2\n00:00:03,000 --> 00:00:06,000\n2026 and agreed.\n"
        (page,) = read(txt, content)
        assert page.text == "We met in\n2026 and agreed."
        assert page.blocks[0].lines == (3, 7)

    def test_webvtt_keeps_speakers(self, txt: Path) -> None:
        content = (
            "WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:03.000\n<v Ann Poe>I am the sponsor\n\n"
            "00:03.000 --> 00:05.000\n<v Ann Poe>of the network.</v>\n\n00:05.000 --> 00:07.000\n<v Jo Roe>Thanks.\n"
        )
        (page,) = read(txt, content)
        assert page.text == "Ann Poe: I am the sponsor\nof the network.\n\nJo Roe: Thanks."

    def test_transcripts_with_names_and_times(self, txt: Path) -> None:
        content = "Ann Poe   0:03\nI went to the meetings.\n\nJo Roe   0:10\nThank you.\n\n"
        content += "Ann Poe   1:02:11\nNot at all.\n"
        (page,) = read(txt, content)
        assert page.text == "Ann Poe: I went to the meetings.\n\nJo Roe: Thank you.\n\nAnn Poe: Not at all."

    def test_a_new_turn_begins_a_paragraph_and_comments_are_furniture(self, txt: Path) -> None:
        content = (
            "# made by a tool\nBoard meeting\n00:00:01 Thank you.\n00:00:02 >> I agree.\n00:00:40 Later.\n"
        )
        (page,) = read(txt, content)
        assert [(block.kind, page.text[block.start : block.end]) for block in page.blocks] == [
            (FURNITURE, "# made by a tool"),
            (PARAGRAPH, "Board meeting"),
            (PARAGRAPH, "Thank you."),
            (PARAGRAPH, "I agree."),
            (PARAGRAPH, "Later."),
        ]


class TestSections:
    def test_a_long_text_is_cut_at_headings_and_loses_nothing(self, md: Path) -> None:
        content = "".join(
            f"## Part {one}\n\n" + f"sentence {one} is here. " * 100 + "\n\n" for one in range(20)
        )
        pages = read(md, content)
        assert len(pages) > 3
        assert all(page.number is None and page.blocks[0].kind is HEADING for page in pages)
        assert sum(page.text.count("sentence") for page in pages) == 2000


class TestEncodings:
    @pytest.mark.parametrize(
        "data",
        [
            "“Café” – £5".encode(),
            "“Café” – £5".encode("utf-8-sig"),
            "“Café” – £5".encode("utf-16"),
            "\ufeff“Café” – £5".encode("utf-16-be"),
            "“Café” – £5".encode("cp1252"),
        ],
    )
    def test_one_text_in_many_codes(self, data: bytes) -> None:
        assert decode(data) == "“Café” – £5"

    def test_utf_16_without_a_mark(self) -> None:
        assert decode("The network met.".encode("utf-16-le")) == "The network met."

    def test_mostly_good_utf_8_stays_utf_8(self) -> None:
        assert decode("é".encode() * 50 + b"\xff") == "é" * 50 + "\ufffd"

    def test_zero_bytes_show(self, txt: Path) -> None:
        assert read(txt, b"A\x00B is a line of text.")[0].text == "A\ufffdB is a line of text."


class TestHostile:
    @pytest.mark.parametrize(
        ("data", "code"), [(b"", EMPTY_FILE), (b"\n \n", EMPTY_FILE), (bytes(range(256)) * 20, DAMAGED)]
    )
    def test_files_that_hold_no_text(self, txt: Path, data: bytes, code: str) -> None:
        txt.write_bytes(data)
        with pytest.raises(ReadError) as caught:
            text.read_whole(txt, LIMITS)
        assert caught.value.code == code
        assert caught.value.next_step

    def test_size_is_limited(self, txt: Path) -> None:
        txt.write_bytes(b"text\n" * 300_000)
        with pytest.raises(ReadError) as caught:
            text.read_whole(txt, Limits(decompressed_mib=1))
        assert caught.value.code == TOO_LARGE

    @pytest.mark.parametrize(
        "unit",
        [
            "*",
            "**a",
            "[",
            "[a](",
            "`",
            "_a",
            "<",
            "<b ",
            "| ",
            "a|b\n",
            "|\n",
            "#",
            "\\",
            "&",
            "0:01 ",
            ". ",
            "- \n",
            "1\n",
        ],
    )
    @pytest.mark.parametrize("name", ["long.md", "long.txt"])
    def test_long_runs_of_marks_end_in_time(self, tmp_path: Path, unit: str, name: str) -> None:
        begun = time.process_time()
        try:
            read(tmp_path / name, "x " + unit * (120_000 // len(unit)))
        except ReadError as error:
            assert error.next_step
        assert time.process_time() - begun < 8

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.one_of(st.binary(max_size=300), st.text(max_size=300), st.integers(0, 2**32)), st.booleans())
    def test_anything_is_read_or_refused(
        self, md: Path, txt: Path, drawn: bytes | str | int, marked: bool
    ) -> None:
        content = _mark_soup(drawn) if isinstance(drawn, int) else drawn
        content = content.encode("utf-8", "replace") if isinstance(content, str) else content
        try:
            read(md if marked else txt, content)
        except ReadError as error:
            assert error.next_step

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, 2**32), st.booleans())
    def test_no_word_is_lost(self, md: Path, txt: Path, seed: int, marked: bool) -> None:
        """Every word of a soup of marks and words comes out, once, on the line that it stands on."""
        content = _mark_soup(seed)
        pages = read(md if marked else txt, "Start.\n" + content)
        found = Counter(
            (number, word)
            for page in pages
            for block in page.blocks
            for line, number in zip(page.text[block.start : block.end].split("\n"), block.lines, strict=True)
            for word in re.findall(r"word\d+", line)
        )
        wanted = Counter(
            (number, word)
            for number, line in enumerate(content.split("\n"), 2)
            for word in re.findall(r"word\d+", line)
        )
        assert found == wanted


def _mark_soup(seed: int) -> str:
    chance = random.Random(seed)
    marks = [
        "# ",
        "## ",
        "- ",
        "* ",
        "1. ",
        "> ",
        "| ",
        " | ",
        "**",
        "*",
        "• ",
        "    ",
        "---",
        "===",
        "|---|---|",
        "00:01 ",
    ]
    lines = []
    for _ in range(chance.randint(1, 40)):
        line = "".join(
            chance.choice((chance.choice(marks), f"word{chance.randint(0, 99)} "))
            for _ in range(chance.randint(0, 6))
        )
        lines.append(line)
        if chance.random() < 0.4:
            lines.append("")
    return "\n".join(lines)
