"""``evidence-map.html``: the map as one file that opens anywhere, without network; a script only filters."""

from __future__ import annotations

from evidence_kit.reports.changes import Changes
from evidence_kit.reports.pages import own_script, render_page
from evidence_kit.reports.view import MapView


def render(view: MapView, *, changes: Changes | None = None) -> str:
    """Return the page: summary, what to do next, pictures, every criterion with its quotes, annexes.

    Args:
        view: What the page says.
        changes: Since the last map, for the first screen.
    """
    script, policy = own_script("filter.js")
    return render_page("map.html", view=view, map=view.map, changes=changes, script=script, policy=policy)
