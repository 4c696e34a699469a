"""evidence-kit: read a trust's papers and write an evidence map.

Names are exposed lazily, so that ``import evidence_kit`` and ``evidence-kit --help`` stay light and an
import that runs through this file cannot hide from the layer contract.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence_kit.options import MapOptions
    from evidence_kit.pipeline import map_evidence

__version__ = "0.1.0"

_LAZY = {
    "MapOptions": "evidence_kit.options",
    "map_evidence": "evidence_kit.pipeline",
}

__all__ = ["MapOptions", "__version__", "map_evidence"]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
