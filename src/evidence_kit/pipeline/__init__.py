"""The order of the stages; names are exposed lazily, so that importing one starts no other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
    from evidence_kit.pipeline.run import MapResult, map_evidence

_LAZY = {
    "Knowledge": "evidence_kit.pipeline.knowledge",
    "MapResult": "evidence_kit.pipeline.run",
    "load_knowledge": "evidence_kit.pipeline.knowledge",
    "map_evidence": "evidence_kit.pipeline.run",
}

__all__ = ["Knowledge", "MapResult", "load_knowledge", "map_evidence"]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
