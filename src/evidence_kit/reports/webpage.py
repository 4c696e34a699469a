"""``evidence-map.html``: the map as one file that opens anywhere, without network; a script only filters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from evidence_kit.reports.changes import Changes
from evidence_kit.reports.material import Material
from evidence_kit.reports.pages import own_script, render_page
from evidence_kit.reports.pictures import Picture, pictures_of
from evidence_kit.reports.view import MapView


def render_all(material: Material) -> str:
    """Return the page with all that stands beside a map: what changed, and pictures of the cited places."""
    return render(material.view, changes=material.changes, pictures=pictures_of(material))


def render(
    view: MapView, *, changes: Changes | None = None, pictures: Mapping[str, Picture] = MappingProxyType({})
) -> str:
    """Return the page: summary, what to do next, evidence in time, every criterion with its quotes, annexes.

    Args:
        view: What the page says.
        changes: Since the last map, for the first screen.
        pictures: Of cited places, by the anchors of their quotes.
    """
    script, policy = own_script("filter.js")
    return render_page(
        "map.html",
        view=view,
        map=view.map,
        changes=changes,
        pictures=pictures,
        script=script,
        policy=policy,
    )
