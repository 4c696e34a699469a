"""What tells of one person: forms are found for certain, guesses as often as is written down in the docs."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.pipeline.sharing.personal import addresses, is_account, personal
from evidence_kit.records.sharing import Kind


def _words() -> Any:
    spec = importlib.util.spec_from_file_location(
        "personal_words", Path(__file__).with_name("personal_words.py")
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WORDS = _words()
FORMS = {Kind.EMAIL, Kind.PHONE, Kind.NHS_NUMBER}


def found(sentences: tuple[str, ...], kinds: set[Kind]) -> int:
    return sum(bool(kinds & {one.kind for one in personal(sentence)}) for sentence in sentences)


@pytest.mark.parametrize(
    ("name", "kinds", "least"),
    [("ACCOUNTS", {Kind.ACCOUNT}, 13), ("NAMES", {Kind.NAME}, 9), ("ADDRESSES", FORMS, 8)],
)
def test_as_many_are_found_as_the_docs_say(name: str, kinds: set[Kind], least: int) -> None:
    assert found(getattr(WORDS, name), kinds) >= least
    assert found(getattr(WORDS, f"NOT_{name}"), kinds) == 0


@given(st.integers(0, 10**9 - 1))
def test_an_nhs_number_is_one_by_its_check_digit(nine: int) -> None:
    digits = f"{nine:09d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    for last in range(10):
        number = f"{digits[:3]} {digits[3:6]} {digits[6:]}{last}"
        is_one = {one.kind for one in addresses(f"number {number} was")} & {Kind.NHS_NUMBER}
        same = len(set(digits + str(last))) == 1
        assert bool(is_one) == (check % 11 == last and check != 10 and not same)


@given(st.text(max_size=400))
def test_no_text_breaks_the_rules(text: str) -> None:
    for one in personal(text):
        assert 0 <= one.start <= one.end <= len(text)
    is_account(text)


def test_a_long_line_takes_no_long_time() -> None:
    """Patterns that go back over what they have read would take hours here."""
    dice = random.Random(7)
    for piece in ("0161 ", "a@", "Aa ", "racist I was ", "grievance Aa ", "one a b "):
        personal(piece * 20_000)
    personal("".join(dice.choice("aA0 @.+-'’") for _ in range(100_000)))


def test_a_capital_word_that_the_paper_also_writes_small_is_no_name() -> None:
    text = "Harbour Lights raised a grievance."
    assert Kind.NAME in {one.kind for one in personal(text)}
    assert Kind.NAME not in {one.kind for one in personal(text, small_words=frozenset({"lights"}))}


@pytest.mark.parametrize(
    ("local", "is_somebody"),
    [
        ("edi", False),
        ("editeam", False),
        ("EqualityAndDiversity", False),
        ("foi.request", False),
        ("info2", False),
        ("edith.jones", True),
        ("hrisha.patel", True),
        ("webb.alan", True),
        ("pressley", True),
    ],
)
def test_addresses_of_teams_begin_with_whole_words(local: str, is_somebody: bool) -> None:
    assert bool(list(addresses(f"Write to {local}@example.nhs.uk."))) is is_somebody
