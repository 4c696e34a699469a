"""Words that were split or misspelt are whole, and everything else stays where and as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.misread import mended
from evidence_kit.language.plain import plain, whole_end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("repre sentation", "representation "),
        ("has been app ointed exec utive", "has been appointed  executive "),
        ("The Chief Peo ple Officer", "The Chief People  Officer"),
        ("the netwrok's sponser", "the network's sponsor"),
        ("EXEC UTIVE", "EXECUTIVE "),
        ("harrasment", "harassment"),
    ],
)
def test_what_is_mended(text: str, expected: str) -> None:
    assert mended(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "by direct or indirect means",
        "interest in equality",
        "we review and report on them",
        "the net of it works",
        "appointed executive sponsor of the network",
        "",
    ],
)
def test_what_stays(text: str) -> None:
    assert mended(text) == text


@given(st.text(alphabet="netwrok spoxcutivEd \n", max_size=80))
def test_the_length_stays(text: str) -> None:
    assert len(mended(text)) == len(text)


def test_a_quote_holds_the_whole_split_word() -> None:
    text = "She leads the net work."
    made = plain(text)
    end = made.index("network") + len("network")
    assert text[: whole_end(text, made, end)] == "She leads the net work"
