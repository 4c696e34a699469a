"""Short names of other organisations, learnt from full names."""

from __future__ import annotations

import pytest

from evidence_kit.language.lexicon import load_lexicon
from evidence_kit.language.other_names import short_names
from evidence_kit.language.owner import Owner
from evidence_kit.records.reading import Whose
from evidence_kit.resources import lexicon_root

OURS = "Example Vale NHS Foundation Trust"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We work with Port Ellery Hospitals NHS Foundation Trust.", ("Port Ellery",)),
        ("Marlowe Community NHS Trust was there.", ("Marlowe",)),
        ("The Chief Executive of Marlowe Community NHS Trust spoke.", ("Marlowe",)),
        ("University Hospitals of North Ashby NHS Trust", ("North Ashby",)),
        ("Port Ellery Hospitals NHS Foundation Trust (PEH) has joined.", ("PEH", "Port Ellery")),
        ("Oakden and Thorley Mental Health NHS Trust", ("Oakden and Thorley",)),
        ("Port Ellery Hospitals NHS Foundation Trust (EDI) has joined.", ("Port Ellery",)),
        ("Example Vale NHS Foundation Trust (EVFT) has joined.", ()),
        ("Example Dale Hospitals NHS Trust shares a word with us.", ()),
        ("The Oakden Trust gives money.", ()),
        ("Oakden City Council and the University of Oakden", ()),
        ("The North Hospitals NHS Trust", ()),
        ("The Trust, this NHS Foundation Trust, and an NHS Trust", ()),
    ],
)
def test_learnt_from_full_names(text: str, names: tuple[str, ...]) -> None:
    assert short_names([text], OURS) == names


@pytest.mark.parametrize(
    "text",
    [
        "It was held at our Marlowe site.",
        "Marlowe Community NHS Trust merged with us in 2021.",
        "Our predecessor, Marlowe Community NHS Trust, had one.",
        "The former Marlowe sites have none.",
        "a marlowe is a sort of knot",
    ],
)
def test_what_may_be_ours_is_not_learnt(text: str) -> None:
    full = "Marlowe Community NHS Trust was there."
    assert short_names([full], OURS) == ("Marlowe",)
    assert short_names([full, text], OURS) == ()


def test_nothing_is_learnt_for_an_unknown_organisation() -> None:
    assert short_names(["Marlowe Community NHS Trust"], "") == ()


@pytest.fixture(scope="module")
def owner() -> Owner:
    return Owner(load_lexicon(lexicon_root()).cues, OURS, ("Marlowe", "Port Ellery", "PEH"))


@pytest.mark.parametrize(
    "clause",
    [
        "Port Ellery has appointed its Chief People Officer as sponsor",
        "Colleagues at Marlowe have published a statement",
        "Our colleagues at Marlowe have published a statement",
        "Our partner Port Ellery has set up a council",
        "Our neighbours in Marlowe have signed",
        "Our friends at Port Ellery Hospitals NHS Trust have appointed a sponsor",
        "The Medical Director at Port Ellery attended the network",
        "The Chief Nurse of Marlowe chairs the network",
        "The team from Port Ellery told the Board",
        "The Port Ellery board approved its statement",
        "Port Ellery's Chief Nurse attended all meetings",
        "In March Port Ellery launched its programme",
        "Meanwhile Marlowe ran a scheme",
        "PEH published its pay gap",
        "The Board was told that Port Ellery has appointed a sponsor",
        "We heard how some trusts have appointed a sponsor",
        "Our executive team noted that in May Marlowe had set up a council",
    ],
)
def test_a_short_name_that_acts_is_theirs(owner: Owner, clause: str) -> None:
    assert owner.of(clause, Whose.OWN)[0] is Whose.OTHER


@pytest.mark.parametrize(
    "clause",
    [
        "We visited Port Ellery",
        "The network's meeting was held at Port Ellery",
        "Dr Marlowe attended the network",
        "Jane Marlowe, Chief Nurse, attended the network",
        "The Chief Nurse, Jane Marlowe, attended",
        "Marlowe's population is 30% ethnic minority",
        "Oakden's residents are 30% ethnic minority",
        "Marlowe residents were asked",
        "In Marlowe the gap fell",
        "Together with Port Ellery, the Chief Nurse launched the scheme",
        "Unlike Port Ellery, the Trust has a sponsor",
        "The Trust learned from Port Ellery and appointed a sponsor",
        "The Board noted that, unlike Port Ellery, the Trust has a sponsor",
    ],
)
def test_a_short_name_that_does_not_act(owner: Owner, clause: str) -> None:
    assert owner.of(clause, Whose.OWN)[0] is Whose.OWN


@pytest.mark.parametrize(
    ("sentence", "before", "theirs"),
    [
        ("They have a sponsor.", "We learned from Oakden Hospitals NHS Trust.", True),
        ("There, the Chief Nurse is sponsor.", "The Trust visited Marlowe.", True),
        ("They attended the network.", "Our executives visited Marlowe.", False),
        ("They attended the network.", "We learned from our staff.", False),
        ("There is a sponsor.", "We visited Marlowe.", False),
    ],
)
def test_they_are_the_body_named_before(owner: Owner, sentence: str, before: str, theirs: bool) -> None:
    assert owner.goes_on_about(sentence, before) is theirs


@pytest.mark.parametrize(
    ("clause", "rest"),
    [
        ("We visited Oakden Hospitals NHS Trust, which has a sponsor", "which has a sponsor"),
        ("We thank Marlowe, whose Chief Nurse is sponsor", "whose Chief Nurse is sponsor"),
        ("We met Marlowe's Chief Nurse, who chairs it", "who chairs it"),
        ("We have a network, which has a sponsor", None),
    ],
)
def test_where_a_clause_turns_to_another_body(owner: Owner, clause: str, rest: str | None) -> None:
    turn = owner.turn_of(clause)
    assert (None if turn is None else clause[turn:]) == rest
