"""``evidence-map.html``: the map as one file that opens anywhere, without network and without scripts."""

from __future__ import annotations

from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.pages import render_page
from evidence_kit.reports.view import build


def render(evidence_map: EvidenceMap) -> str:
    """Return the page: summary, what to do next, every criterion with its quotes, annexes.

    Raises:
        UsageError: The map does not fit its framework.
    """
    return render_page("map.html", view=build(evidence_map), map=evidence_map)
