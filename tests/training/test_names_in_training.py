"""Names that an organisation's passages explain count in all of its passages, and in no other organisation's."""

from __future__ import annotations

from evidence_kit.language.lexicon import Lexicon
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.records.passage import PaperKind
from evidence_kit.training.corpus import LabelledPassage
from evidence_kit.training.examples import around_of

NETWORK = "ethnic_minority_staff_network"


def _passage(name: str, text: str) -> LabelledPassage:
    return LabelledPassage(id=name, kind=PaperKind.NETWORK_MINUTES, text=text)


def _named(lexicon: Lexicon) -> list[bool]:
    passages = (
        _passage("one-001", "Lattice is our network for Black and Asian staff."),
        _passage("one-002", "The Chief Nurse came to Lattice, and Lattice thanked her."),
        _passage("two-001", "The Chief Nurse came to Lattice, and Lattice thanked her."),
    )
    return [NETWORK in around.tags.own_concepts() for around in around_of(passages, lexicon)]


def test_a_name_counts_where_its_own_organisation_explains_it() -> None:
    """The second passage names the network by its name alone; another organisation's same words name nothing."""
    assert _named(load_knowledge(keywords_only=True).lexicon) == [True, True, False]
