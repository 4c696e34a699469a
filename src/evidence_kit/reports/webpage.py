"""``evidence-map.html``: the map as one file that opens anywhere, without network and without scripts."""

from __future__ import annotations

from evidence_kit.reports.pages import render_page
from evidence_kit.reports.view import MapView


def render(view: MapView) -> str:
    """Return the page: summary, what to do next, every criterion with its quotes, annexes."""
    return render_page("map.html", view=view, map=view.map)
