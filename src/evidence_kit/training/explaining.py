"""Why a passage is taken for a criterion, or for none: what ``model explain`` prints. Needs no scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from evidence_kit.classify.features import Around
from evidence_kit.classify.joined import Classifier
from evidence_kit.language.nlp import Tagger
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Context, Passage


def explain_passage(
    text: str,
    *,
    folder: Path | None = None,
    headings: Sequence[str] = (),
    stem: str = "",
    before: str = "",
    after: str = "",
) -> str:
    """Say what a passage bears on, how surely, and what moved it.

    Args:
        text: The passage.
        folder: Of a framework; ``None`` for the one that ships with the tool.
        headings, stem: What it stands under.
        before, after: The passages next to it.

    Raises:
        ModelUnusable: The framework's model cannot be read.
    """
    knowledge = load_knowledge(folder)
    tagger = Tagger(knowledge.lexicon)
    around = Around(
        tags=tagger.tag(_passage(text, Context(headings=tuple(headings), stem=stem))),
        before=tagger.tag(_passage(before)) if before else None,
        after=tagger.tag(_passage(after)) if after else None,
    )
    return "\n".join(_lines(knowledge.classifier, around))


def _lines(classifier: Classifier, around: Around) -> Iterator[str]:
    yield f"classified by {classifier.name}"
    own = around.tags.own_concepts()
    under = around.tags.concepts() - own
    yield f"concepts in its words: {', '.join(sorted(own)) or 'none'}"
    if under:
        yield f"concepts that it stands under: {', '.join(sorted(under))}"
    bearing = classifier.bearing(around)
    if bearing is not None:
        yield f"bears on any criterion: {bearing:.2f} by the model"
    predictions = classifier.predict(around)
    if not predictions:
        yield "taken for no criterion"
    for each in predictions:
        yield f"{each.criterion}: {each.probability:.2f} by {each.by.value}"
        for name, weight in each.reasons:
            yield f"    {weight:+.2f}  {name}"


def _passage(text: str, context: Context | None = None) -> Passage:
    return Passage(
        id="passage",
        document="",
        paper="",
        kind=BlockKind.PARAGRAPH,
        segments=(),
        text=text,
        context=context or Context(),
    )
