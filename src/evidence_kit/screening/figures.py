"""Figures of a claim, held against the words that were found for it: a larger figure is another claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from evidence_kit.language.dates import date_spans
from evidence_kit.language.people import find_people
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.finding import Role
from evidence_kit.records.reading import Quantity, QuantityKind
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.words import one_line

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w])")
_DATED = frozenset({"meeting", "time", "occasion", "session", "attendance"})
"""What dated acts tell the number of."""
_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z'-]+\b")
_COUNTED = frozenset({QuantityKind.COUNT, QuantityKind.ALL})
"""Kinds whose number means nothing without what is counted: five attendances of three people are not five meetings."""


def unaccounted(claim: str, quotes: Sequence[QuoteView], reasons: Iterable[str]) -> tuple[str, ...]:
    """Return the figures of a claim, in its words, that neither a quote nor a reason has.

    What is counted must be the same thing; a number of meetings is also told by as many dated acts of those whom the
    claim names.

    Args:
        claim: The applicant's words.
        quotes: Of the documents.
        reasons: Why elements are shown: what was counted stands there.
    """
    told = find_quantities(claim)
    if not told:
        return ()
    days = len(_days(claim, quotes))
    known: set[float] = set()
    counted: set[tuple[float, str]] = set()
    for text in (*(view.text for view in quotes), *reasons):
        found = find_quantities(text)
        known |= {value for quantity in found for value in _values(quantity)}
        known |= {float(number) for number in _NUMBER.findall(_without_dates(text))}
        counted |= {(value, _thing(quantity)) for quantity in found for value in _values(quantity)}
    return tuple(
        dict.fromkeys(
            f"‘{one_line(claim[quantity.start : quantity.end])}’"
            for quantity in told
            if _states(quantity)
            and not _is_told(quantity, known, counted)
            and not (
                quantity.kind is QuantityKind.COUNT and _thing(quantity) in _DATED and quantity.value <= days
            )
        )
    )


def _days(claim: str, quotes: Iterable[QuoteView]) -> frozenset[date]:
    """Return the days on which those whom a claim names did something, by the quotes; of all, if it names nobody."""
    names = frozenset(_NAME.findall(claim)) | {person.form for person in find_people(claim)}
    return frozenset(
        view.quote.act_date
        for view in quotes
        if view.quote.act_date
        and view.quote.role is Role.SUPPORT
        and (not names or any(name.casefold() in view.text.casefold() for name in names))
    )


def _is_told(quantity: Quantity, known: set[float], counted: set[tuple[float, str]]) -> bool:
    if quantity.kind in _COUNTED and quantity.unit:
        return (quantity.value, _thing(quantity)) in counted
    return set(_values(quantity)) <= known


def _thing(quantity: Quantity) -> str:
    """Return what is counted, in the singular."""
    return " ".join(word.removesuffix("s") for word in quantity.unit.casefold().split())


def _without_dates(text: str) -> str:
    """Return a text without its dates: "14 January" accounts for no fourteen meetings."""
    kept, at = [], 0
    for start, end in sorted(date_spans(text)):
        kept.append(text[at:start])
        at = max(at, end)
    return " ".join((*kept, text[at:]))


def _states(quantity: Quantity) -> bool:
    """Tell whether a number is a figure; "one of our directors" is none, nor is "all executives"."""
    if quantity.kind is QuantityKind.ALL:
        return quantity.value > 1
    return (quantity.value, quantity.total) != (1.0, None)


def _values(quantity: Quantity) -> Iterator[float]:
    yield quantity.value
    if quantity.total is not None:
        yield quantity.total
