"""Web pages from templates: everything that comes in is escaped, and nothing is fetched from anywhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from evidence_kit.reports import words
from evidence_kit.reports.documents import ranges

CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a page may load: its own style sheet inside the file, and nothing else. There is no script in it."""


MOST_OPEN = 4
"""So many quotes of one role stand open under a criterion; more are folded, so that the next criterion is in reach."""


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
    }
    environment.globals |= {"words": words, "content_policy": CONTENT_POLICY, "MOST_OPEN": MOST_OPEN}
    return environment


def render_page(template: str, **values: Any) -> str:
    """Return a template of this package filled with values; a value that is missing is a fault, never a gap."""
    return _environment().get_template(template).render(**values)
