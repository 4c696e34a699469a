"""Whether a clause that names nobody goes on about the person named before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.subjects import goes_on


@pytest.mark.parametrize(
    "clause",
    [
        "She attended the network in May.",
        "They met every quarter.",
        "His portfolio covers race equality.",
        "Both attended the meeting.",
        "In May she attended the network.",
        "As sponsor, he chairs the group.",
        "When asked, she agreed.",
    ],
)
def test_a_sentence_that_goes_on(clause: str) -> None:
    assert goes_on(clause, first=True)


@pytest.mark.parametrize(
    "clause",
    [
        "Forty members attended the network.",
        "The secretary attended its meetings.",
        "The meetings of the network were attended by forty members.",
        "Her deputy attended in her place.",
        "All staff attended the training.",
        "Each division has a plan.",
        "It was published in May.",
        "This was agreed.",
        "Attended the network in May.",
        "",
    ],
)
def test_a_sentence_with_a_subject_of_its_own(clause: str) -> None:
    assert not goes_on(clause, first=True)


@pytest.mark.parametrize(
    "clause",
    [
        "and will report to the Board in May",
        "but did not attend",
        "and attended the network four times",
        "which will be published",
        "who then left the meeting",
        "and has never missed a meeting",
        "but she attended the others",
        "and reports to the Chief Executive",
    ],
)
def test_a_clause_that_goes_on(clause: str) -> None:
    assert goes_on(clause, first=False)


@pytest.mark.parametrize(
    "clause",
    [
        "forty members attended the network",
        "but only members attended the network",
        "and the network met in May",
        "while staff said that it helped",
        "members of the network spoke to the Board",
    ],
)
def test_a_clause_with_a_subject_of_its_own(clause: str) -> None:
    assert not goes_on(clause, first=False)


@given(st.text(max_size=80))
def test_what_goes_on_as_a_sentence_goes_on_as_a_clause(text: str) -> None:
    assert goes_on(text, first=False) or not goes_on(text, first=True)
