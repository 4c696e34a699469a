"""What the tool knows before it reads anything: framework, lexicon, checks, classifier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence_kit.checks.catalogue import PARAMETERS
from evidence_kit.classify.keywords import KeywordClassifier
from evidence_kit.framework.loader import load_framework
from evidence_kit.language.lexicon import Lexicon, load_lexicon
from evidence_kit.records.criterion import Framework
from evidence_kit.resources import framework_root, lexicon_root


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A framework with the lexicon that its concepts name, and a classifier for its criteria."""

    framework: Framework
    lexicon: Lexicon
    classifier: KeywordClassifier


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Load a framework and everything that it needs.

    Args:
        folder: The framework's folder; ``None`` for the one that ships with the tool. Its own ``lexicon/``, if it has
            one, is read after the shared lexicon.

    Raises:
        FrameworkInvalid: Framework or lexicon break the rules.
    """
    root = folder or framework_root()
    own = root / "lexicon"
    lexicon = load_lexicon(lexicon_root(), *((own,) if own.is_dir() else ()))
    framework = load_framework(root, checks=PARAMETERS, concepts=lexicon.ids())
    return Knowledge(framework, lexicon, KeywordClassifier(framework))
