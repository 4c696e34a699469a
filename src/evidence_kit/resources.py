"""The only module that knows where ``taxonomy/``, ``models/`` and the demo pack live: in a wheel or a checkout."""

from __future__ import annotations

from pathlib import Path

from evidence_kit.errors import EvidenceKitError, UsageError

DEFAULT_FRAMEWORK = "nw-anti-racist"


def _packaged() -> Path | None:
    data = Path(__file__).parent / "_data"
    return data if data.is_dir() else None


def _checkout() -> Path:
    return Path(__file__).resolve().parents[2]


def _find(packaged: str, checkout: str) -> Path:
    data = _packaged()
    found = data / packaged if data else _checkout() / checkout
    if not found.exists():
        raise EvidenceKitError(
            f"evidence-kit's own data is missing: {found}.",
            next_step="Install it again: pip install --force-reinstall evidence-kit.",
        )
    return found


def framework_root(name: str = DEFAULT_FRAMEWORK) -> Path:
    """Return the folder of a framework that ships with the tool."""
    return _find(f"taxonomy/{name}", f"taxonomy/{name}")


def lexicon_root() -> Path:
    """Return the folder of the shared lexicon."""
    return _find("taxonomy/lexicon", "taxonomy/lexicon")


def model_root(name: str = DEFAULT_FRAMEWORK) -> Path:
    """Return the folder of a model that ships with the tool."""
    return _find(f"models/{name}", f"models/{name}")


def passages_root() -> Path:
    """Return the folder of the labelled passages, which a checkout alone has.

    Raises:
        UsageError: This is no checkout.
    """
    found = _checkout() / "corpus_samples" / "passages"
    if not found.is_dir():
        raise UsageError(
            "The project's labelled passages are not installed with it.",
            next_step="Name a folder of labelled passages: --passages FOLDER.",
        )
    return found


def demo_root() -> Path:
    """Return the folder of the sample pack's papers."""
    return _find("demo", "corpus_samples/pack/papers")


def demo_settings() -> Path:
    """Return the settings file of the sample pack: its organisation and as-of date."""
    return _find("demo.toml", "corpus_samples/demo.toml")
