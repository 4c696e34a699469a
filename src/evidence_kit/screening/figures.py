"""Figures of a claim, held against the words that were found for it: a larger figure is another claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence_kit.language.dates import date_spans
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.reading import Quantity, QuantityKind
from evidence_kit.reports.words import one_line

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])")
_UNTOLD = frozenset({QuantityKind.ALL})
"""Kinds that state no figure of their own ("all executives"): the elements ask for them."""


def unaccounted(claim: str, quotes: Iterable[str], reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the figures of a claim, in its words, that neither a quote nor a reason has.

    Args:
        claim: The applicant's words.
        quotes: Words of the documents.
        reasons: Why elements are shown: what was counted stands there.
    """
    told = find_quantities(claim)
    if not told:
        return ()
    known: set[float] = set()
    for text in (*quotes, *reasons):
        known |= {value for quantity in find_quantities(text) for value in _values(quantity)}
        known |= {float(number) for number in _NUMBER.findall(_without_dates(text))}
    return tuple(
        dict.fromkeys(
            f"‘{one_line(claim[quantity.start : quantity.end])}’"
            for quantity in told
            if _states(quantity) and not set(_values(quantity)) <= known
        )
    )


def _without_dates(text: str) -> str:
    """Return a text without its dates: "14 January" accounts for no fourteen meetings."""
    kept, at = [], 0
    for start, end in sorted(date_spans(text)):
        kept.append(text[at:start])
        at = max(at, end)
    return " ".join((*kept, text[at:]))


def _states(quantity: Quantity) -> bool:
    """Tell whether a number is a figure; "one of our directors" is none."""
    return quantity.kind not in _UNTOLD and (quantity.value, quantity.total) != (1.0, None)


def _values(quantity: Quantity) -> Iterator[float]:
    yield quantity.value
    if quantity.total is not None:
        yield quantity.total
