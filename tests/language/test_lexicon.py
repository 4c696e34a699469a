"""The lexicon as data, and the tagger that finds its concepts."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_kit.errors import FrameworkInvalid
from evidence_kit.language.lexicon import MEANINGS, expand, load_lexicon
from evidence_kit.language.nlp import Tagger, _longest
from evidence_kit.records.reading import Origin

WORDS = """
concepts:
  - {id: race, sort: strand, forms: [ethnic, BME], cased: [REM], unless: [ethnic food]}
  - {id: disability, sort: strand, forms: ["disab{led,ility}"]}
  - {id: net, sort: word, forms: ["network{,s}"]}
  - id: race_network
    sort: body
    forms: ["unity group"]
    near: [{all: [race, net], within: 3, not_between: [disability]}]
  - {id: any_network, sort: body, includes: [race_network]}
"""


def lexicon_of(folder: Path, text: str = WORDS):
    (folder / "words.yml").write_text(text, encoding="utf-8")
    return load_lexicon(folder)


def concepts(tagger: Tagger, text: str) -> set[str]:
    return {mention.concept for mention in tagger.mentions(text)}


@pytest.fixture
def tagger(tmp_path: Path) -> Tagger:
    return Tagger(lexicon_of(tmp_path))


def test_braces_stand_for_alternatives() -> None:
    assert expand("attend{,s,ed}") == ("attend", "attends", "attended")
    assert expand("{a,b} {c,d}") == ("a c", "a d", "b c", "b d")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The BME staff network met.", {"race", "net", "race_network", "any_network"}),
        ("The network for all of the staff of ethnic minorities", {"race", "net"}),
        ("The network for ethnic staff", {"race", "net", "race_network", "any_network"}),
        ("An ethnic food network", {"net"}),
        ("Our REM group", {"race"}),
        ("deep rem sleep", set()),
        ("The Unity Group", {"race_network", "any_network"}),
        ("Disability network for BME staff", {"race", "net", "disability", "race_network", "any_network"}),
        ("BME people. Networks of disability", {"race", "net", "disability"}),
        # the network of the sentence before is nearer, and no part of this one
        ("A network. BME staff and the network", {"race", "net", "race_network", "any_network"}),
        ("BME disabled network", {"race", "disability", "net"}),
        ("", set()),
    ],
)
def test_concepts_are_found(tagger: Tagger, text: str, expected: set[str]) -> None:
    assert concepts(tagger, text) == expected


def test_mentions_know_their_place(tagger: Tagger) -> None:
    text = "Last year the\nBME network met."
    mention = next(each for each in tagger.mentions(text) if each.concept == "race_network")
    assert text[mention.start : mention.end] == mention.form == "BME network"


def test_an_organisations_own_name_counts(tmp_path: Path) -> None:
    tagger = Tagger(lexicon_of(tmp_path), names=(("EMBRACE", "race_network"),))
    assert "race_network" in concepts(tagger, "EMBRACE met in May.")


def test_the_innermost_heading_speaks_for_its_sort(tagger: Tagger, make_passage) -> None:
    tags = tagger.tag(make_passage("They met in May.", headings=("BME staff", "Disability")))
    assert {mention.concept for mention in tags.mentions} == {"disability"}
    assert {mention.origin for mention in tags.mentions} == {Origin.HEADING}


def test_the_documentation_lists_the_meanings(checkout: Path) -> None:
    text = (checkout / "docs" / "taxonomy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(text|subject|heading|column)` \| (.*) \|$", text, re.MULTILINE)
    assert {where: set(re.findall(r"`(\w+)`", said)) for where, said in rows} == MEANINGS


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=25))
def test_of_overlapping_matches_the_longest_stay(places: list[tuple[int, int]]) -> None:
    hits = [(first, first + length) for first, length in places]
    kept = _longest(hits)
    assert all(one[1] <= two[0] for one, two in pairwise(kept))
    for first, last in hits:  # what is left out overlaps one that is longer, or as long and before it
        rank = (first - last, first)
        assert (first, last) in kept or any(
            one < last and first < other and (one - other, one) < rank for one, other in kept
        )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("concepts: [{id: a, sort: thing}]", "nothing can ever match"),
        ("concepts: [{id: a, sort: colour, forms: [x]}]", "`sort` must be one of"),
        ("concepts: [{id: a, sort: thing, includes: [b]}]", "unknown concept `b`"),
        ("concepts: [{id: a, sort: thing, forms: [x]}, {id: a, sort: thing, forms: [y]}]", "defined twice"),
        ("cues: [{name: c, meaning: planned, patterns: ['(']}]", "not a regular expression"),
        (
            "cues: [{name: c, meaning: planed, forms: [x]}]",
            r"words\.yml:1: `meaning` must be one of: planned, ",
        ),
        ("cues: [{name: c, forms: [x]}]", r"words\.yml:1: `meaning` is missing"),
        (
            "cues: [{name: c, meaning: done, where: clause, forms: [x]}]",
            "`where` must be one of: text, heading, column",
        ),
        ("cues: [{name: c, meaning: wished, forms: [x]}]", "`wished` is never heard in `text`"),
        ("cues: [{name: c, meaning: status_column, where: heading, forms: [x]}]", "never heard in `heading`"),
        (
            "cues: [{name: c, meaning: done, where: column, forms: [x]}]",
            "never heard in `column`; heard there: status",
        ),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(FrameworkInvalid, match=message):
        lexicon_of(tmp_path, text)
