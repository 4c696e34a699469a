"""From documents to conclusions: the stages between reading files and laying out the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol

from evidence_kit.checks.across import Across, counts, look_across
from evidence_kit.checks.attainment import Claim, Claims
from evidence_kit.checks.conclude import Concluded, conclude
from evidence_kit.checks.gather import Bearing
from evidence_kit.classify.features import Around, surrounded
from evidence_kit.collection import no_collection
from evidence_kit.language.other_names import short_names
from evidence_kit.language.owner import Owner
from evidence_kit.language.read import Reader
from evidence_kit.passages.confidence import mark_confidence
from evidence_kit.passages.duplicates import mark_duplicates
from evidence_kit.passages.framework_copies import WordingIndex, find_copies
from evidence_kit.passages.papers import split_papers
from evidence_kit.passages.split import split_passages
from evidence_kit.pipeline.keeping import (
    NOTHING,
    DocumentParts,
    Heard,
    Kept,
    key_of,
    knowledge_key,
    put_by,
    take,
)
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.decision import CITED, comparable
from evidence_kit.records.document import Document
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import Prediction
from evidence_kit.records.reading import Tags as PassageTags

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""
_TELL_EVERY = 200
_NOTHING_ACROSS = Across()


def unheard(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The pack as papers and passages, in order of document and place."""

    papers: tuple[Paper, ...]
    passages: tuple[Passage, ...]


class Tags(Protocol):
    """What tagging asks for; :class:`evidence_kit.language.nlp.Tagger` and what stands in for one."""

    def tag(self, passage: Passage, paper_title: str = "") -> PassageTags:
        """Return the concepts of a passage."""


class LateTagger:
    """Makes its tagger when the first passage comes: a run that finds all its readings kept needs none."""

    def __init__(self, make: Callable[[], Tags]) -> None:
        self._make = make
        self._tagger: Tags | None = None

    def tag(self, passage: Passage, paper_title: str = "") -> PassageTags:
        """Return the concepts of a passage."""
        if self._tagger is None:
            self._tagger = self._make()
        return self._tagger.tag(passage, paper_title)


@no_collection()
def cut(documents: Sequence[Document], kept: Kept = NOTHING) -> Cut:
    """Split documents into papers with profiles, and papers into passages; mark papers that stand in it twice."""
    parts, keys = [], []
    for document in documents:
        key = key_of(document) if kept.parts else ""
        found = take(kept.parts, key, DocumentParts)
        if found is None:
            papers = split_papers(document)
            passages = mark_confidence(document, split_passages(document, papers))
            found = DocumentParts(papers, passages)
            put_by(kept.parts, key, found)
        parts.append(found)
        keys.append(key)
    every_paper = tuple(paper for part in parts for paper in part.papers)
    every = tuple(passage for part in parts for passage in part.passages)
    key = key_of("duplicates", keys) if all(keys) else ""
    marked = take(kept.parts, key, tuple[Paper, ...])
    if marked is None:
        marked = mark_duplicates(every_paper, every)
        put_by(kept.parts, key, marked)
    return Cut(marked, every)


def others_named(pack: Cut, organisation: str) -> tuple[str, ...]:
    """Return short names of other organisations that the papers name in full."""
    return short_names([passage.text for passage in pack.passages], organisation)


@no_collection()
def bearings_of(
    pack: Cut,
    knowledge: Knowledge,
    tagger: Tags,
    ours: Ours,
    *,
    progress: Progress = unheard,
    kept: Kept = NOTHING,
) -> dict[str, list[Bearing]]:
    """Tag every passage, predict what it bears on, and read those that bear on something.

    Args:
        pack: Papers and passages.
        knowledge: Framework, lexicon and classifier.
        tagger: Of the same lexicon, with the organisation's own names.
        ours: Whose papers they are.
        progress: Told how many passages are read.
        kept: Where readings are looked up and put by, document by document.

    Returns:
        For each criterion id, the passages that bear on it, in order of document and place.
    """
    listener = _Listener(knowledge, tagger, ours)
    about = knowledge_key(knowledge, ours) if kept.readings else ""
    papers = {paper.id: paper for paper in pack.papers}
    found: defaultdict[str, list[Bearing]] = defaultdict(list)
    done = 0
    for _, group in groupby(pack.passages, key=lambda passage: passage.document):
        passages = tuple(group)

        def tell(number: int, before: int = done) -> None:
            progress("reading passages", before + number, len(pack.passages))

        own = {name: papers[name] for name in dict.fromkeys(passage.paper for passage in passages)}
        key = key_of(about, passages, tuple(own.values())) if kept.readings and about else ""
        heard = take(kept.readings, key, tuple[Heard, ...])
        if heard is None:
            heard = tuple(listener.hear(passages, own, tell))
            put_by(kept.readings, key, heard)
        for each in heard:
            passage = passages[each.number]
            for prediction in each.predictions:
                found[prediction.criterion].append(
                    Bearing(
                        passage=passage,
                        paper=own[passage.paper],
                        prediction=prediction,
                        reading=each.reading,
                    )
                )
        done += len(passages)
    return dict(found)


class _Listener:
    """Hears what passages say."""

    def __init__(self, knowledge: Knowledge, tagger: Tags, ours: Ours) -> None:
        self._cited = ours.cited
        self._classifier = knowledge.classifier
        self._tagger = tagger
        self._reader = Reader(knowledge.lexicon, ours.organisation, ours.others)
        self._wordings = WordingIndex.of(
            tuple(
                wording.text for criterion in knowledge.framework.criteria for wording in criterion.wordings
            )
        )

    def hear(
        self, passages: Sequence[Passage], papers: Mapping[str, Paper], tell: Callable[[int], None]
    ) -> Iterator[Heard]:
        """Yield what the passages of a document say; papers that are counted elsewhere are passed over."""
        for name, group in groupby(enumerate(passages), key=lambda pair: pair[1].paper):
            paper = papers[name]
            if paper.duplicate_of:
                continue
            own = tuple(group)
            tags = (self._tagger.tag(passage, _title(paper)) for _, passage in own)
            around = surrounded(tags, paper.profile.kind)
            for (number, passage), each in zip(own, around, strict=True):
                if number % _TELL_EVERY == 0:
                    tell(number)
                predictions = self._predict(passage, each)
                if predictions:
                    copies = find_copies(passage, self._wordings)
                    yield Heard(number, predictions, self._reader.read(passage, each.tags, paper, copies))

    def _predict(self, passage: Passage, around: Around) -> tuple[Prediction, ...]:
        """Return what the passage bears on: what the classifier takes, then what people cite it for."""
        found = self._classifier.predict(around)
        if not self._cited:
            return found
        known = {each.criterion for each in found}
        added = sorted(self._cited.get(comparable(passage.text), frozenset()) - known)
        return (*found, *(Prediction(passage.id, one, 1.0, ((CITED, 1.0),)) for one in added))


@no_collection()
def conclude_all(
    bearings: dict[str, list[Bearing]], knowledge: Knowledge, as_of: date, across: Across = _NOTHING_ACROSS
) -> tuple[Concluded, ...]:
    """Conclude every criterion, in the framework's order; what the pack tells across papers goes into the notes."""
    return tuple(
        across.told(conclude(criterion, bearings.get(criterion.id, ()), as_of))
        for criterion in knowledge.framework.criteria
    )


def across_of(pack: Cut, knowledge: Knowledge, tagger: Tags, ours: Ours) -> Across:
    """Look through this organisation's own papers for figures to work out or doubt, and for claims of attainment.

    Args: as for :func:`bearings_of`.
    """
    owner = Owner(knowledge.lexicon.cues, ours.organisation, ours.others)
    own = {
        each.id: each
        for each in pack.papers
        if counts(each) and not owner.is_other(each.profile.organisation)
    }
    reader = Reader(knowledge.lexicon, ours.organisation, ours.others)
    claims = Claims(knowledge.framework)
    found: list[Claim] = []
    for passage in pack.passages:
        paper = own.get(passage.paper)
        if paper is not None and claims.may_stand_in(passage.text):
            reading = reader.read(passage, tagger.tag(passage, _title(paper)), paper)
            found.extend(claims.of(passage, paper, reading))
    return look_across(own, pack.passages, found)


def _title(paper: Paper) -> str:
    """What a paper is called, and the body that it belongs to: both give its passages their context."""
    return " · ".join(part for part in (paper.profile.own_title, paper.profile.body) if part)
