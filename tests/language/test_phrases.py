"""Forms with alternatives, and the finder that never writes them all out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from evidence_kit.language.phrases import PhraseFinder, expand, segments


def finder_of(*forms: str) -> PhraseFinder:
    finder = PhraseFinder(lambda phrase: tuple(phrase.split()))
    for form in forms:
        finder.add(form, form)
    return finder


def found(finder: PhraseFinder, text: str) -> set[tuple[str, int, int]]:
    return set(finder.find(text.split()))


slots = some.lists(some.sampled_from(["", "a", "b", "a ", "b a ", " b", "ab"]), min_size=1, max_size=3)
parts = some.one_of(
    slots.map(lambda options: "{" + ",".join(options) + "}"), some.sampled_from(["a", "b", " "])
)


@given(some.lists(parts, min_size=1, max_size=5).map("".join))
def test_exactly_the_phrases_of_a_form_are_found(form: str) -> None:
    finder = finder_of(form)
    wanted = {tuple(phrase.split()) for phrase in expand(form)} - {()}
    longest = max((len(phrase) for phrase in wanted), default=0)
    for length in range(1, longest + 2):
        for tokens in product(("a", "b", "ab", "aa", "ba"), repeat=min(length, 4)):
            whole = (form, 0, len(tokens)) in set(finder.find(tokens))
            assert whole == (tokens in wanted)


@pytest.mark.parametrize(
    ("form", "cut"),
    [
        ("attend{,s,ed}", ("attend{,s,ed}",)),
        (
            "{each,every} {of the ,}{four ,}quarter{s,}",
            ("{each,every}", "{of the ,}", "{four ,}", "quarter{s,}"),
        ),
        ("anti{-racism, racism} plan", ("anti{-racism, racism}", "plan")),
    ],
)
def test_forms_are_cut_where_a_blank_must_stand(form: str, cut: tuple[str, ...]) -> None:
    assert segments(form) == cut


def test_thousands_of_phrases_are_cheap() -> None:
    """A form of eight million phrases makes no eight million states."""
    form = " ".join(["{one,two,three,four,five,six,seven,eight,nine,ten}"] * 7)
    finder = finder_of(form)
    assert (form, 1, 8) in found(finder, "of one two three four five six seven eight")
    assert found(finder, "of one two three four five six of eight") == set()


def test_all_places_are_told_even_inside_one_another() -> None:
    assert found(finder_of("a b", "b", "a {b ,}c"), "a b c") == {
        ("a b", 0, 2),
        ("b", 1, 2),
        ("a {b ,}c", 0, 3),
    }


def test_forms_may_come_after_a_search() -> None:
    finder = finder_of("a b")
    assert found(finder, "a c") == set()
    finder.add("late", "a c")
    assert found(finder, "a c") == {("late", 0, 2)}


def test_a_phrase_is_taken_letter_by_letter() -> None:
    finder = finder_of()
    finder.add_phrase("name", "{a,b}")
    assert found(finder, "{a,b} a b") == {("name", 0, 1)}
