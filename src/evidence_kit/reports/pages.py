"""Web pages from templates: everything that comes in is escaped, and nothing is fetched from anywhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from evidence_kit.reports import charts, words
from evidence_kit.reports.documents import ranges
from evidence_kit.reports.findings import anchor_of

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a page may load: its own style sheet inside the file, and nothing else."""


MOST_OPEN = 4
"""So many quotes of one role stand open under a criterion; more are folded, so that the next criterion is in reach."""


FIRST_GAPS = 5
"""So many deliverables stand under "Missing first" on the first screen of the page."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evidence_kit.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "visible": words.visible,
        "day": words.day,
        "listed": words.listed,
        "page_ranges": ranges,
        "anchor": anchor_of,
    }
    environment.globals |= {
        "words": words,
        "charts": charts,
        "content_policy": CONTENT_POLICY,
        "MOST_OPEN": MOST_OPEN,
        "FIRST_GAPS": FIRST_GAPS,
    }
    return environment


def own_script(name: str) -> tuple[Markup, str]:
    """Return a script of ours as it stands in a page, and the policy of a page that may run it and no other."""
    text = _environment().get_template(name).render()
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Markup(text), f"{CONTENT_POLICY}; script-src 'sha256-{digest}'; img-src data:"  # noqa: S704 - ours alone


def render_page(template: str, **values: Any) -> str:
    """Return a template of this package filled with values; a value that is missing is a fault, never a gap."""
    return _environment().get_template(template).render(**values)
