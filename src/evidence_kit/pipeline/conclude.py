"""From documents to conclusions: the stages between reading files and laying out the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from evidence_kit.checks.conclude import Concluded, conclude
from evidence_kit.checks.gather import Bearing
from evidence_kit.classify.keywords import THRESHOLD
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.read import Reader
from evidence_kit.passages.duplicates import mark_duplicates
from evidence_kit.passages.framework_copies import WordingIndex, find_copies
from evidence_kit.passages.papers import split_papers
from evidence_kit.passages.split import split_passages
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.records.document import Document
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import Prediction

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""

_TELL_EVERY = 200


def unheard(stage: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The pack as papers and passages, in order of document and place."""

    papers: tuple[Paper, ...]
    passages: tuple[Passage, ...]


def cut(documents: Iterable[Document]) -> Cut:
    """Split documents into papers with profiles, and papers into passages; mark papers that stand in it twice."""
    papers: list[Paper] = []
    passages: list[Passage] = []
    for document in documents:
        of_document = split_papers(document)
        papers.extend(of_document)
        passages.extend(split_passages(document, of_document))
    return Cut(mark_duplicates(tuple(papers), tuple(passages)), tuple(passages))


def bearings_of(
    pack: Cut,
    knowledge: Knowledge,
    tagger: Tagger,
    *,
    organisation: str,
    progress: Progress = unheard,
) -> dict[str, list[Bearing]]:
    """Tag every passage, predict what it bears on, and read those that bear on something.

    Args:
        pack: Papers and passages.
        knowledge: Framework, lexicon and classifier.
        tagger: Of the same lexicon, with the organisation's own names.
        organisation: Whose papers they are; empty if unknown.
        progress: Told how many passages are read.

    Returns:
        For each criterion id, the passages that bear on it, in order of document and place.
    """
    reader = Reader(knowledge.lexicon, organisation)
    wordings = WordingIndex.of(
        tuple(wording.text for criterion in knowledge.framework.criteria for wording in criterion.wordings)
    )
    papers = {paper.id: paper for paper in pack.papers}
    found: defaultdict[str, list[Bearing]] = defaultdict(list)
    for number, passage in enumerate(pack.passages):
        if number % _TELL_EVERY == 0:
            progress("reading passages", number, len(pack.passages))
        paper = papers[passage.paper]
        if paper.duplicate_of:
            continue
        tags = tagger.tag(passage, _title(paper))
        predictions = [each for each in knowledge.classifier.predict(tags) if each.probability >= THRESHOLD]
        if not predictions:
            continue
        reading = reader.read(passage, tags, paper, find_copies(passage, wordings))
        for prediction in predictions:
            found[prediction.criterion].append(
                Bearing(passage=passage, paper=paper, prediction=prediction, reading=reading)
            )
    return dict(found)


def conclude_all(
    bearings: dict[str, list[Bearing]], knowledge: Knowledge, as_of: date
) -> tuple[Concluded, ...]:
    """Conclude every criterion, in the framework's order."""
    return tuple(
        conclude(criterion, bearings.get(criterion.id, ()), as_of)
        for criterion in knowledge.framework.criteria
    )


def predictions_of(bearings: dict[str, list[Bearing]]) -> tuple[Prediction, ...]:
    """Return all predictions, in order of criterion and place."""
    return tuple(each.prediction for criterion in sorted(bearings) for each in bearings[criterion])


def _title(paper: Paper) -> str:
    """What a paper is called, and the body that it belongs to: both give its passages their context."""
    return " · ".join(part for part in (paper.profile.title, paper.profile.body) if part)
