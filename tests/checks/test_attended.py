"""What was attended: the body's meeting, or something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from evidence_kit.checks.attended import attended_another_thing
from evidence_kit.checks.base import Witness
from evidence_kit.records.passage import Passage
from evidence_kit.records.reading import Mention, Origin

VERB, BODY = "attend", "race_network"


def mention(concept: str, text: str, form: str) -> Mention:
    start = text.index(form)
    return Mention(concept, start, start + len(form), form)


@pytest.fixture
def witness_of(
    make_witness: Callable[..., Witness], make_passage: Callable[..., Passage]
) -> Callable[..., Witness]:
    """Build a witness with a text and mentions of its own."""

    def build(text: str, *mentions: Mention) -> Witness:
        witness = make_witness()
        act = replace(witness.act, start=0, end=len(text), mentions=mentions)
        return replace(witness, act=act, passage=make_passage(text))

    return build


@pytest.mark.parametrize(
    ("text", "verb", "another"),
    [
        ("The Chief Nurse attended BME network meetings on 4 May.", "attended", False),
        ("The Chief Nurse attended the BME network on 4 May.", "attended", False),
        (
            "The Chief Nurse attended, as sponsor, four of the six meetings of the BME network.",
            "attended",
            False,
        ),
        (
            "The Chief Nurse was at each of the meetings that the BME network held in the year.",
            "was at each",
            False,
        ),
        ("BME network meetings were attended by the Chief Nurse.", "attended", False),
        ("At the BME network the Chief Nurse attended in May.", "attended", False),
        ("BME network. In attendance: Chief Nurse", "In attendance", False),
        ("The Chief Nurse attended the BME network's first session.", "attended", False),
        ("The Chief Nurse attended the BME network's summer party.", "attended", True),
        ("The Chief Nurse attended the awards of the BME network.", "attended", True),
        ("The Chief Nurse attended training with the BME network.", "attended", True),
        ("With the BME network the Chief Nurse attended a ward opening.", "attended", True),
        ("The Chief Nurse attended a dinner with the BME network chair.", "attended", True),
    ],
)
def test_what_was_attended(witness_of: Callable[..., Witness], text: str, verb: str, another: bool) -> None:
    witness = witness_of(text, mention(VERB, text, verb), mention(BODY, text, "BME network"))
    assert attended_another_thing(witness, (VERB,), (BODY,)) is another


def test_an_act_that_attends_nothing_says_nothing(witness_of: Callable[..., Witness]) -> None:
    witness = witness_of("The BME network met.", Mention(VERB, 0, 8, "Attended", Origin.HEADING))
    assert not attended_another_thing(witness, (VERB,), (BODY,))
