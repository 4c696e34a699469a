"""Text as the language room sees it has the length of the page's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.plain import plain, whole_end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one line", "one line"),
        ("two\nlines", "two lines"),
        ("a paragraph\n\nanother", "a paragraph  another"),
        ("partici-\npation rose", "participation   rose"),
        ("partici- \n pation rose", "participation     rose"),
        # what is no broken word stays as it is
        ("2025-\n26 year", "2025- 26 year"),
        ("anti-\nRacism", "anti- Racism"),
        ("a-\nnd", "a- nd"),
        ("well-known", "well-known"),
        ("the network\u2019s non\u2011executive\u00a0chair", "the network's non-executive chair"),
        ("", ""),
        ("\n", " "),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


TEXTS = st.one_of(
    st.text(max_size=100),
    st.text(alphabet="ab-\n .É", max_size=60),
)


@given(TEXTS)
def test_the_length_stays(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(TEXTS)
def test_no_line_end_is_left_and_nothing_else_is_lost(text: str) -> None:
    made = plain(text)
    assert "\n" not in made

    def letters(value: str) -> list[str]:
        return [character for character in value if character.isalnum()]

    assert letters(made) == letters(text)


@given(TEXTS)
def test_plain_text_is_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.lists(st.sampled_from(["word", "exec-\nutive", "x\n", "- ", "Trust."]), max_size=12))
def test_words_that_no_line_end_broke_stay_at_their_place(parts: list[str]) -> None:
    text = " ".join(parts)
    made = plain(text)
    position = 0
    for part in parts:
        if part in ("word", "Trust."):
            assert made[position : position + len(part)] == part
        position += len(part) + 1


@pytest.mark.parametrize(
    ("text", "word", "part"),
    [
        ("of every exec-\nutive", "executive", "exec-\nutive"),
        ("of every exec- \nutive left", "executive", "exec- \nutive"),
        ("every exec-\nutive, and", "executive", "exec-\nutive"),
        ("of every executive\nwho", "executive", "executive"),
        ("of every executive", "executive", "executive"),
    ],
)
def test_a_broken_word_ends_where_its_letters_end(text: str, word: str, part: str) -> None:
    made = plain(text)
    start = made.index(word)
    assert text[start : whole_end(text, made, start + len(word))] == part


@given(TEXTS, st.integers(0, 100))
def test_an_end_moves_over_letters_alone(text: str, end: int) -> None:
    made, end = plain(text), min(end, len(text))
    moved = whole_end(text, made, end)
    assert end <= moved <= len(text)
    assert not made[end:moved].strip()
    assert moved == len(text) or made[moved] != " " or text[moved].isspace()
