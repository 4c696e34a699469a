"""Whether a clause that names nobody goes on about the person named before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.language.subjects import another_thing, goes_on, refers_back


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


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("It was published.", "We agreed the statement."),
        ("Places were held back in it for nurses.", "The course for future leaders ran again."),
        ("Twelve colleagues took part in it.", "The course for future leaders ran again."),
        ("Thirteen of them took part.", "We chose leaders."),
        ("The statement was published.", "We agreed the statement."),
        ("The revised statement was published.", "We agreed the statement."),
        ("The two policies were published.", "We agreed our policy."),
        ("The trajectory is on our website.", "We agreed how many there shall be."),
        ("The latest figures are 63% and 67%.", "Pain relief was given to 51%."),
        ("The Board approved it in May.", "The statement was written."),
        ("The first was held in May.", "There were four meetings."),
    ],
)
def test_a_sentence_that_refers_back(text: str, before: str) -> None:
    assert refers_back(text, before)
    assert not another_thing(text, before)


@pytest.mark.parametrize(
    "text",
    [
        "The smoking policy was approved.",
        "The car park has been resurfaced.",
        "Our leadership course has been completed by 36 of 44.",
        "A new parking policy was approved.",
        "The gender gap of 8.2% was published.",
    ],
)
def test_a_sentence_about_another_thing(text: str) -> None:
    before = "Our anti-racism statement and policy on pay were discussed."
    end = another_thing(text, before)
    assert 0 < end < len(text)
    assert not refers_back(text, before)


@pytest.mark.parametrize(
    "text",
    [
        "The Chief Nurse signed it off.",
        "The network's members presented what lay behind the figures.",
        "The annual report prints it.",
        "Three associates have been appointed.",
        "Published on our website in May.",
        "",
    ],
)
def test_who_acts_may_go_on_about_what_was_named(text: str) -> None:
    assert not another_thing(text, "Our anti-racism statement was discussed.")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_sentence_is_both(text: str, before: str) -> None:
    assert not (refers_back(text, before) and another_thing(text, before))
