"""Stance by rules against stance by label, over the passages that bear on something."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from evidence_kit.classify.features import Around
from evidence_kit.language.read import Reader
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.records.passage import Paper, Profile
from evidence_kit.records.reading import Act
from evidence_kit.training.corpus import LabelledPassage
from evidence_kit.training.examples import as_passage

NO_ACT = "no act"


def stance_confusion(
    passages: Sequence[LabelledPassage], around: Sequence[Around], knowledge: Knowledge
) -> dict[str, dict[str, int]]:
    """Return, for each stance of the labels, how many passages were read as what.

    A passage of several acts is read as the act that names most of what its criteria are about.
    """
    reader = Reader(knowledge.lexicon, "")
    about = {criterion.id: frozenset(criterion.concepts) for criterion in knowledge.framework.criteria}
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for labelled, each in zip(passages, around, strict=True):
        if not labelled.bears or labelled.stance is None:
            continue
        acts = reader.read(as_passage(labelled), each.tags, _paper(labelled)).acts
        concepts = frozenset().union(*(about[name] for name in labelled.bears))
        act = max(acts, key=lambda act: len(act.concepts() & concepts), default=None)
        found[labelled.stance.value][_read_as(act)] += 1
    return {stance: dict(sorted(counts.items())) for stance, counts in sorted(found.items())}


def _read_as(act: Act | None) -> str:
    return act.stance.value if act else NO_ACT


def _paper(labelled: LabelledPassage) -> Paper:
    return Paper(
        id=labelled.organisation,
        document=labelled.organisation,
        first_page=0,
        last_page=0,
        profile=Profile(title=labelled.title, kind=labelled.kind),
    )
