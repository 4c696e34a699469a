"""What a "no" denies: an item of a cell, what "which" goes on about, or the whole act."""

from __future__ import annotations

import re

import pytest

from evidence_kit.language.denials import confined
from evidence_kit.language.lexicon import load_lexicon
from evidence_kit.language.stance import find_cues, stance_of
from evidence_kit.records.reading import Act, Mention, Origin, Stance, Whose
from evidence_kit.resources import lexicon_root

RULES = load_lexicon(lexicon_root()).cues


def parts(text: str) -> list[tuple[str, Stance, str]]:
    """Return text, stance and own words of what is made of a text in which every word is a mention."""
    cues = find_cues(text, RULES, where="text")
    found = stance_of(text, cues, verb=True)
    mentions = [
        Mention("word", each.start(), each.end(), each.group(), Origin.TEXT)
        for each in re.finditer(r"\w+", text)
    ]
    act = Act(
        start=0,
        end=len(text),
        stance=found.stance,
        whose=Whose.OWN,
        cues=found.cues,
        mentions=tuple(mentions),
        people=(),
        dates=(),
        quantities=(),
    )
    return [
        (text[each.start : each.end], each.stance, " ".join(word.form for word in each.mentions))
        for each in confined(act, text, RULES)
    ]


def test_an_item_of_a_cell_is_denied_alone() -> None:
    text = "Controls\tThe council met in May; no divisional plans; the sponsor was appointed"
    assert [each[1:] for each in parts(text)] == [
        (Stance.DONE, "Controls The council met in May"),
        (Stance.CONTRADICTS, "no divisional plans"),
        (Stance.DONE, "the sponsor was appointed"),
    ]


@pytest.mark.parametrize(
    "label", ["Gaps in control", "Gaps in assurance", "Key gaps", "Weaknesses", "Known shortfalls"]
)
def test_what_stands_among_gaps_is_named_and_not_done(label: str) -> None:
    rest, denied, others = parts(
        f"{label}\tProcedure on racist abuse was last approved in 2021; no divisional plans; others"
    )
    assert rest[1] is others[1] is Stance.MENTION
    assert denied[1] is Stance.CONTRADICTS
    assert "divisional" in denied[2]
    assert "Procedure" not in denied[2]


def test_which_denies_what_it_goes_on_about() -> None:
    rest, denied = parts(
        "The council had refused its agreement to the revised guidance, which is therefore withdrawn."
    )
    assert rest[1] is not Stance.CONTRADICTS
    assert denied[2] == "to the revised guidance which is therefore withdrawn"


def test_items_of_a_sentence_stand_apart() -> None:
    assert [stance for _, stance, _ in parts("The post of sponsor is vacant; the board was told.")] == [
        Stance.CONTRADICTS,
        Stance.DONE,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The sponsor did not attend the network.",
        "The council, which has been wound up, had twelve members.",
        "We have no council.",
        "The council met in May.",
    ],
)
def test_what_is_no_part_is_left_whole(text: str) -> None:
    assert len(parts(text)) == 1
