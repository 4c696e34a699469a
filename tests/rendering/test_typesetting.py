"""Any text can be set: it fits, nothing of it is lost, and what has no letter is spelt out."""

from __future__ import annotations

import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.rendering.typesetting import REGULAR, fonts, lines, width

SIZE = 9.0


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.integers(20, 400))
def test_every_character_is_shown_once_and_in_order(text: str, room: int) -> None:
    found = lines(text, room, size=SIZE)
    shown = "".join(character for line in found for character in line.shown if not character.isspace())
    known = fonts()
    wanted = "".join(
        character if ord(character) in known and not spelt(character) else f"[U+{ord(character):04X}]"
        for character in text
        if not character.isspace()
    )
    assert shown == wanted
    for line in found:
        assert len(line.shown) <= 1 or width(line.shown, REGULAR, SIZE) <= room + 0.01
        assert len(line.origin) == len(line.shown) + 1
        assert list(line.origin) == sorted(line.origin)
        assert line.origin[0] >= 0 and line.origin[-1] <= len(text)


def spelt(character: str) -> bool:
    return bool(re.match("[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
                         "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]", character))  # fmt: skip


def test_hidden_and_turning_characters_and_letters_that_no_font_has_are_spelt_out() -> None:
    (line,) = lines("a\u202eb\u200bc\U00020000d", 400, size=SIZE)
    assert line.shown == "a[U+202E]b[U+200B]c[U+20000]d"
    assert line.part(1, 2) == (1, 9)


def test_a_line_of_100_kilobytes_is_cut_soon_enough() -> None:
    found = lines("x" * 100_000, 400, size=SIZE)
    assert sum(len(line.shown) for line in found) == 100_000


def test_the_canvas_takes_everything_that_is_set() -> None:
    fonts()
    canvas = Canvas(io.BytesIO(), invariant=1)
    canvas.setFont(REGULAR, SIZE)
    for line in lines(
        "Siân, Łódź, Ωμέγα, Жанна, 😀 \ud800 \U000e0041 \x00 )(\\ <b>&amp;</b>", 400, size=SIZE
    ):
        canvas.drawString(10, 10, line.shown)
    assert canvas.getpdfdata().startswith(b"%PDF")


def test_paragraphs_stay_apart_and_places_are_those_of_the_text() -> None:
    text = "One two\r\nthree\n\nfour"
    found = lines(text, 400, size=SIZE)
    assert [line.shown for line in found] == ["One two", "three", "", "four"]
    start = text.index("three")
    assert [line.part(start, start + 5) for line in found] == [None, (0, 5), None, None]
