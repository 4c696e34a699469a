"""What training and evaluation start from: framework, passages, recipe, and the passages as examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_kit.classify.features import Around, Subject
from evidence_kit.pipeline.knowledge import MODEL_FOLDER, Knowledge, load_knowledge
from evidence_kit.resources import model_root, passages_root
from evidence_kit.training.corpus import Corpus, load_corpus
from evidence_kit.training.examples import Examples, around_of, examples_of
from evidence_kit.training.recipe import Recipe, load_recipe
from evidence_kit.training.train import enough

RECIPE = "recipe.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A framework with its labelled passages and a recipe, ready to be learnt from.

    Attributes:
        examples: Without the criteria that have too few passages.
        left_out: Those criteria.
    """

    knowledge: Knowledge
    corpus: Corpus
    recipe: Recipe
    around: tuple[Around, ...]
    examples: Examples
    left_out: tuple[str, ...]


def prepare(
    *, framework: Path | None = None, passages: Path | None = None, recipe: Path | None = None
) -> Prepared:
    """Load and tag everything.

    Args:
        framework: Folder; ``None`` for the framework that ships with the tool.
        passages: Folder of labelled passages; ``None`` for the project's own.
        recipe: File; ``None`` for the one of the model that ships with the tool.

    Raises:
        CorpusInvalid: Labelled passages break the rules.
        UsageError: The recipe cannot be read, or no criterion has passages enough.
    """
    knowledge = load_knowledge(framework, keywords_only=True)
    chosen = load_recipe(recipe or model_root() / RECIPE)
    criteria = tuple(criterion.id for criterion in knowledge.framework.criteria)
    corpus = load_corpus(passages or passages_root(), criteria=criteria)
    around = around_of(corpus.passages, knowledge.lexicon)
    subject = Subject(frozenset(chosen.subject), frozenset(chosen.wider))
    examples = enough(examples_of(corpus.passages, around, knowledge.framework, subject), chosen)
    return Prepared(
        knowledge=knowledge,
        corpus=corpus,
        recipe=chosen,
        around=around,
        examples=examples,
        left_out=tuple(name for name in criteria if name not in examples.names),
    )


def folder_of(framework: Path | None) -> Path:
    """Return where a framework's model lies."""
    return framework / MODEL_FOLDER if framework else model_root()
