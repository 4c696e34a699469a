"""From labelled passages to what a classifier sees of them, by the same tagger as papers go through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from evidence_kit.classify.features import (
    NO_SUBJECT,
    Around,
    Features,
    Subject,
    features_of,
    is_worth_scoring,
)
from evidence_kit.classify.keywords import KeywordClassifier
from evidence_kit.language.lexicon import Lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.own_names import learn_names
from evidence_kit.records.criterion import Framework
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Context, Passage
from evidence_kit.records.reading import Tags
from evidence_kit.training.corpus import LabelledPassage

Flags = npt.NDArray[np.bool_]


def any_of(flags: Flags) -> Flags:
    """Return, for each row, whether any column is true."""
    return np.asarray(flags.any(axis=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Passages as numbers; every array has one row a passage, and one column a criterion where it has columns.

    Attributes:
        names: Ids of the criteria, in order of the columns.
        features: By group.
        groups: What may not be parted between training and test: the organisation.
        bears: On which criteria it bears.
        near: Whether it is a near-miss of one and bears on none.
        ruled: What keywords say.
        scored: Whether a model would score it: see :func:`evidence_kit.classify.features.is_worth_scoring`.
    """

    names: tuple[str, ...]
    features: tuple[Features, ...]
    groups: tuple[str, ...]
    bears: Flags
    near: Flags
    ruled: Flags
    scored: Flags

    @property
    def bearing(self) -> Flags:
        """Whether it bears on any criterion."""
        return any_of(self.bears)

    def rows(self, chosen: Flags) -> Examples:
        """Return the chosen rows alone."""
        return Examples(
            names=self.names,
            features=tuple(each for each, taken in zip(self.features, chosen, strict=True) if taken),
            groups=tuple(each for each, taken in zip(self.groups, chosen, strict=True) if taken),
            bears=self.bears[chosen],
            near=self.near[chosen],
            ruled=self.ruled[chosen],
            scored=self.scored[chosen],
        )


def around_of(passages: Iterable[LabelledPassage], lexicon: Lexicon) -> tuple[Around, ...]:
    """Tag labelled passages and what stands next to them; names that an organisation explains count in all of its own.

    So a map does it, which learns them from the papers.
    """
    plain = Tagger(lexicon)
    made: list[Around] = []
    for _, group in groupby(passages, key=lambda each: each.organisation):
        own = tuple(group)
        names = learn_names(map(as_passage, own), lexicon)
        tagger = Tagger(lexicon, names) if names else plain
        made.extend(_tagged(each, tagger) for each in own)
    return tuple(made)


def _tagged(labelled: LabelledPassage, tagger: Tagger) -> Around:
    return Around(
        tags=tagger.tag(as_passage(labelled), labelled.title),
        before=_neighbour(labelled.before, tagger),
        after=_neighbour(labelled.after, tagger),
        kind=labelled.kind,
    )


def examples_of(
    passages: Sequence[LabelledPassage],
    around: Sequence[Around],
    framework: Framework,
    subject: Subject = NO_SUBJECT,
) -> Examples:
    """Make examples of labelled passages and what :func:`around_of` found in them."""
    names = tuple(criterion.id for criterion in framework.criteria)
    keywords = KeywordClassifier(framework)
    rules = [tuple(found.criterion for found in keywords.predict(each.tags)) for each in around]
    return Examples(
        names=names,
        features=tuple(features_of(each, ruled, subject) for each, ruled in zip(around, rules, strict=True)),
        groups=tuple(each.organisation for each in passages),
        bears=_flags([each.bears for each in passages], names),
        near=np.array([bool(each.near) and not each.bears for each in passages], dtype=bool),
        ruled=_flags(rules, names),
        scored=np.array(
            [is_worth_scoring(each, ruled, subject) for each, ruled in zip(around, rules, strict=True)],
            dtype=bool,
        ),
    )


def as_passage(labelled: LabelledPassage) -> Passage:
    """Return a labelled passage as the papers' passages are."""
    return Passage(
        id=labelled.id,
        document=labelled.organisation,
        paper=labelled.organisation,
        kind=BlockKind.TABLE_ROW if labelled.header else BlockKind.PARAGRAPH,
        segments=(),
        text=labelled.text,
        context=Context(headings=labelled.headings, stem=labelled.stem, header=labelled.header),
    )


def _neighbour(text: str, tagger: Tagger) -> Tags | None:
    if not text:
        return None
    return tagger.tag(Passage(id="", document="", paper="", kind=BlockKind.PARAGRAPH, segments=(), text=text))


def _flags(labels: Sequence[Iterable[str]], names: tuple[str, ...]) -> Flags:
    return np.array([[name in set(each) for name in names] for each in labels], dtype=bool)
