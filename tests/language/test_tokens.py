"""Tokens: those of spaCy, whatever was cut before."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as some

from evidence_kit.language.tokens import GAP, Tokenizer, starts_of_tokens

PIECES = (
    "staff",
    "Network,",
    "staff.",
    "(BME)",
    "can't",
    "cannot",
    "3.5%",
    "£40m",
    "2025/26",
    "e.g.",
    "co-chair",
    "Dr.",
    "10am",
    "Trust's",
    "board's:",
    "S4/S5",
    "“Yes”",
    "a.b@example.org",
)
TOKENIZER = Tokenizer()
SPACY = spacy.blank("en").tokenizer


@given(some.lists(some.sampled_from(PIECES), max_size=12).map(" ".join))
def test_words_are_cut_as_spacy_cuts_a_whole_text(text: str) -> None:
    assert TOKENIZER.tokens(text) == ([token.text for token in SPACY(text)] or [GAP])


@pytest.mark.parametrize("gap", ["  ", "   ", "\t", " \t", "\t ", "\t\t", " \u2003 "])
def test_a_wide_gap_is_one_token(gap: str) -> None:
    assert TOKENIZER.tokens(f"Name{gap}Role held") == ["Name", GAP, "Role", "held"]
    assert len(SPACY(f"Name{gap}Role held")) == 4


@given(some.lists(some.sampled_from((*PIECES, "", "\t")), max_size=12).map(" ".join))
def test_tokens_stand_where_they_are_said_to_stand(text: str) -> None:
    tokens = TOKENIZER.tokens(text)
    starts = starts_of_tokens(text, tokens)
    end = 0
    for token, start in zip(tokens, starts, strict=True):
        if token != GAP:
            assert text.startswith(token, start)
            assert not text[end:start].strip()
            end = start + len(token)
    assert not text[end:].strip()
