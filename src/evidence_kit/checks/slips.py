"""Slips: figures and dates of a passage that cannot all be right. They change no status; the reader is told.

Only what is wrong by the passage's own words is told: a sum that does not come out, a part that is larger than its
whole, a fall that rises, a year that cannot be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_kit.checks.base import Witness
from evidence_kit.checks.figures import signed
from evidence_kit.records.reading import QuantityKind

_POINTS = 1.5
"""Percentages are rounded, and sometimes cut off."""
_NUMBER = r"£?(\d[\d,]*(?:\.\d+)?)\s*(?:%|per\s?cent|percentage\s+points|points)?"
_YEAR = r"(?:\s*(?:\(|in\s+)(?:19|20)\d\d(?:[/–-]\d\d)?\)?)?"
_DOWN = r"fell|fallen|dropped|decreased|declined|reduced|came\s+down|gone\s+down|went\s+down"
_UP = r"rose|risen|increased|grew|grown|went\s+up|gone\s+up"
_FROM_TO = re.compile(
    rf"\b(?:(?P<down>{_DOWN})|(?P<up>{_UP}))\b[^.;:\d]{{0,50}}?\bfrom\s+{_NUMBER}{_YEAR}\s+to\s+{_NUMBER}(?!\s*\w)",
    re.IGNORECASE,
)
_SUM = re.compile(r"\s*(?:[a-z-]+\s+){0,4}?\(\s*(\d+(?:\.\d+)?)\s?(?:%|per\s?cent)\s*\)", re.IGNORECASE)
"""Behind "36 of 44": its share in brackets, at most a few words on."""


_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MORE_THAN_ALL = re.compile(
    rf"(?<![\d.,/-])(?P<part>\d{{1,5}})\s+(?:out\s+)?of\s+(?:the\s+|our\s+|these\s+|all\s+)?(?P<whole>\d{{1,5}})"
    rf"(?![\d.,/%-]*\d|%|\s+{_MONTH})"
)
_NO_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:1[0-8]\d\d|19[0-3]\d|20[7-9]\d|2[1-9]\d\d)\b")
"""A month of a year in which no trust did, or will soon do, anything."""


def slips_of(witness: Witness) -> tuple[str, ...]:
    """Return what cannot be right in an act, as remarks for the reader, in order of kind."""
    return (*_sums(witness), *_directions(witness), *_years(witness))


def _sums(witness: Witness) -> Iterator[str]:
    text = witness.passage.text
    for match in _MORE_THAN_ALL.finditer(text, witness.act.start, witness.act.end):
        if int(match["part"]) > int(match["whole"]):
            yield f"check the figures: “{match.group()}” is more than the whole"
    for quantity in witness.act.quantities:
        if quantity.kind is not QuantityKind.OF or not quantity.total:
            continue
        told = _SUM.match(text, quantity.end, witness.act.end)
        share = 100 * quantity.value / quantity.total
        if told and abs(float(told[1]) - share) > _POINTS:
            words = text[quantity.start : quantity.end]
            yield f"check the figures: “{words}” is {share:.0f}%, not {told[1]}%"


def _directions(witness: Witness) -> Iterator[str]:
    for match in _FROM_TO.finditer(witness.passage.text, witness.act.start, witness.act.end):
        first, last = map(signed, match.groups()[2:4])
        if (match["down"] and last > first) or (match["up"] and last < first):
            yield f"check the figures: “{' '.join(match.group().split())}” goes the other way"


def _years(witness: Witness) -> Iterator[str]:
    for match in _NO_YEAR.finditer(witness.passage.text, witness.act.start, witness.act.end):
        yield f"check the date: “{match.group()}” cannot be meant"
