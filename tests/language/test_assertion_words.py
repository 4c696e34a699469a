"""Deeds, changes, scope and denials in a claim and on a page, and proper names with those who bear them."""

from __future__ import annotations

import pytest

from evidence_kit.language.assertion_words import (
    CHANGES,
    DEEDS,
    DENIALS,
    SCOPES,
    Family,
    deed_is_told,
    looks_ahead,
)
from evidence_kit.language.content_words import content_words
from evidence_kit.language.proper_names import find_names, is_person_like, is_titled, roles_beside

FAMILIES = (*DEEDS, *CHANGES, *SCOPES, *DENIALS)


def asserted(claim: str) -> list[Family]:
    return [family for family in FAMILIES if family.asserts.search(claim)]


@pytest.mark.parametrize(
    ("claim", "page", "told"),
    [
        ("The board approved it.", "The plan was ratified in May.", True),
        ("The board approved it.", "The plan was discussed in May.", False),
        ("The board approved it.", "The board will approve the plan in May.", False),
        ("The board approved it.", "The plan has not yet been approved.", False),
        ("It is published.", "It has been on our website since May.", True),
        ("It is published.", "It is to be published in June.", False),
        ("The plan is complete.", "All actions were finished in May.", True),
        ("The plan is complete.", "The board asks every team to complete a plan.", False),
        ("It was co-produced.", "It was written with the networks.", True),
        ("It was co-produced.", "It was shared with the networks.", False),
        ("It was independently evaluated.", "It was evaluated by us.", False),
        ("The vote was unanimous.", "The vote was taken in May.", False),
    ],
)
def test_a_deed_is_told_where_it_is_done(claim: str, page: str, told: bool) -> None:
    families = [family for family in asserted(claim) if family in DEEDS]
    assert families
    assert all(deed_is_told(family, page) for family in families) is told


@pytest.mark.parametrize(
    ("claim", "page", "told"),
    [
        ("The gap has halved.", "The gap fell from 8 to 4 points.", False),
        ("The gap has narrowed.", "The gap fell from 8 to 4 points.", True),
        ("The gap has closed.", "The gap fell from 8 to 4 points.", False),
        ("Reports have risen.", "Reports went from 12 to 30.", True),
        ("It holds across the whole trust.", "It holds at all sites.", True),
        ("It holds across the whole trust.", "It holds at the Hill site.", False),
        ("The whole board took part.", "Six directors took part.", False),
        ("Nobody was turned away.", "Three people were turned away.", False),
    ],
)
def test_changes_scope_and_denials_are_told_in_words_of_their_own(claim: str, page: str, told: bool) -> None:
    families = [family for family in asserted(claim) if family not in DEEDS]
    assert families
    assert all(family.tells.search(page) for family in families) is told


def test_plans_look_ahead() -> None:
    assert looks_ahead("The board will hear it in May.")
    assert not looks_ahead("The board heard it in May.")


def names(text: str) -> list[str]:
    return [text[low:high] for low, high in find_names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On 27 May 2026 the board made Leo Marsh, Chief Nurse, sponsor for EDI.", ["Leo Marsh", "EDI"]),
        ("The Long Table has met.", ["Long Table"]),
        ("Our Chief Executive reported in March.", []),
        ("Racism is named.", []),
        ("The People and Culture Committee received it.", ["People and Culture Committee"]),
    ],
)
def test_names_are_no_roles_dates_or_openings(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_who_bears_a_name() -> None:
    assert roles_beside("Leo Marsh", "Leo Marsh, Chief Nurse, spoke.") == ("chief_nurse",)
    assert roles_beside("Leo Marsh", "The Chief Nurse (Leo Marsh) spoke.") == ("chief_nurse",)
    assert roles_beside("Leo Marsh", "Leo Marsh thanked the Chief Nurse.") == ()
    assert is_titled("Marsh", "Dr Marsh spoke.")
    assert is_person_like("Leo Marsh")
    assert not is_person_like("Race Equality Network")


def test_content_words_are_the_same_for_plan_and_report() -> None:
    assert content_words("attends meetings") == content_words("attended a meeting")
