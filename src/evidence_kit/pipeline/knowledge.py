"""What the tool knows before it reads anything: framework, lexicon, checks, classifier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_kit.checks.catalogue import PARAMETERS
from evidence_kit.classify.joined import Classifier
from evidence_kit.classify.meta import META
from evidence_kit.framework.loader import load_framework
from evidence_kit.language.lexicon import Lexicon, load_lexicon
from evidence_kit.records.criterion import Framework
from evidence_kit.resources import framework_root, lexicon_root, model_root

MODEL_FOLDER = "model"
"""In a framework's folder: its model."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A framework with the lexicon that its concepts name, and a classifier for its criteria."""

    framework: Framework
    lexicon: Lexicon
    classifier: Classifier


def load_knowledge(folder: Path | None = None, *, keywords_only: bool = False) -> Knowledge:
    """Load a framework and everything that it needs.

    Args:
        folder: The framework's folder; ``None`` for the one that ships with the tool. Its own ``lexicon/``, if it has
            one, is read after the shared lexicon; its own ``model/`` classifies beside the keywords.
        keywords_only: Leave the model out.

    Raises:
        FrameworkInvalid: Framework or lexicon break the rules.
        ModelUnusable: The model cannot be read, or was made for another framework.
    """
    root = folder or framework_root()
    own = root / "lexicon"
    lexicon = load_lexicon(lexicon_root(), *((own,) if own.is_dir() else ()))
    framework = load_framework(root, checks=PARAMETERS, concepts=lexicon.ids())
    model = None if keywords_only else own_model(folder)
    return Knowledge(framework, lexicon, Classifier(framework, model, lexicon.digest))


def own_model(folder: Path | None) -> Path | None:
    """Return the folder of a framework's model, if there is one; arguments as in :func:`load_knowledge`."""
    model = model_root() if folder is None else folder / MODEL_FOLDER
    return model if (model / META).is_file() else None
