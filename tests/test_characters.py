"""What does not print: one list, held against Unicode's own."""

import re
import sys
import unicodedata

import pytest

from evidence_kit.characters import LINE_ENDS, SILENT, TURNING, without_silent
from evidence_kit.readers.containers.members import plain_name
from evidence_kit.readers.office.xml import tidy
from evidence_kit.readers.text.lines import clean
from evidence_kit.reports.words import visible

OURS = re.compile(f"[\t\n\r{LINE_ENDS}{SILENT}{TURNING}]")


def test_controls_and_halves_are_all_there() -> None:
    codes = [chr(code) for code in range(sys.maxunicode + 1)]
    missing = [mark for mark in codes if unicodedata.category(mark) in ("Cc", "Cs") and not OURS.match(mark)]
    assert missing == []


def test_formats_are_there_but_for_those_that_show_something() -> None:
    """Signs of Arabic, Syriac and Kaithi numbers print; hieroglyphs, shorthand and music have joiners of their own."""
    left = {
        ord(mark)
        for mark in map(chr, range(0x3000))
        if unicodedata.category(mark) == "Cf" and not OURS.match(mark)
    }
    assert left <= {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2}


def test_nothing_that_prints_is_among_them() -> None:
    for mark in map(chr, range(sys.maxunicode + 1)):
        if OURS.match(mark):
            assert unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Cn", "Mn", "Zl", "Zp"), hex(ord(mark))


@pytest.mark.parametrize("mark", ["\xad", "\u200b", "\u200e", "\ufeff", "\x07", "\ufe0f", "\U000e0041"])
def test_readers_drop_what_means_nothing(mark: str) -> None:
    text = f"anti{mark}racism"
    assert {without_silent(text), tidy(text), clean(text), plain_name(text)} == {"antiracism"}


def test_what_turns_a_text_stays_and_is_spelt_out() -> None:
    text = "not \u202edetelpmoc\u202c"
    assert tidy(text) == clean(text) == text
    assert visible(text) == "not [U+202E]detelpmoc[U+202C]"


def test_a_line_end_of_any_kind_parts_words() -> None:
    assert tidy("one\u2028two\x85three") == "one\ntwo\nthree"
    assert clean("one\u2028two\x85three") == "one two three"
