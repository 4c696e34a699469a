"""Parts told apart from their whole: "Of the six meetings …, one", "41 (82%) of the 50", "every one of our seven"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidence_kit.language.number_words import NUMBER, value_of
from evidence_kit.language.quantity_patterns import DETERMINERS
from evidence_kit.records.reading import Quantity, QuantityKind

_OPENS = re.compile(rf"(?:^|[.;:(–\n]\s*|\b(?:and|but|that),?\s+)of\s+{DETERMINERS}{{0,3}}$", re.IGNORECASE)
_PART = re.compile(
    rf"\b(?:(?P<all>all|every\s+one|both)|(?P<none>none|no\s?one|nobody|neither)|(?P<number>{NUMBER}))"
    r"(?=\s*(?:[.;,)]|$|\()|\s+(?:of\s+(?:them|these|those|whom)\b|(?:\w+ly\s+)?(?:has|have|had|was|were|is|are|did|met|held|took"
    r"|went|came|gave|said|made|set|\w{2,}ed)\b))",
    re.IGNORECASE,
)
"""What a part is told by: it ends its clause, or does something itself."""
_OF_ONES = re.compile(rf"\s+of\s+{DETERMINERS}{{0,3}}", re.IGNORECASE)
_BRACKETED_OF = re.compile(rf"\s?\)\s+of\s+{DETERMINERS}{{0,3}}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[;:\n]|\.\s|\.$")


def with_wholes(text: str, quantities: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield a text's quantities, in order, where a part that stands apart from its whole is told as a part of it."""
    found = list(quantities)
    index = 0
    while index < len(found):
        whole, taken = _whole(text, found[index : index + 3])
        if taken == 1 and (part := _part_after(text, whole, found[index + 1 :])) is not None:
            whole = part
            while index + 1 < len(found) and found[index + 1].start < part.end:
                index += 1
        yield whole
        index += taken


def _whole(text: str, ahead: list[Quantity]) -> tuple[Quantity, int]:
    """Join "41 (82%) of the 50" and "every one of our seven"; say how many quantities that took."""
    first = ahead[0]
    if (
        len(ahead) == 3
        and (first.kind, ahead[1].kind, ahead[2].kind)
        == (QuantityKind.COUNT, QuantityKind.PERCENT, QuantityKind.COUNT)
        and text[first.end : ahead[1].start].strip() == "("
        and _BRACKETED_OF.fullmatch(text, ahead[1].end, ahead[2].start)
        and first.value <= ahead[2].value
    ):
        last = ahead[2]
        return replace(last, start=first.start, kind=QuantityKind.OF, value=first.value, total=last.value), 3
    if (
        len(ahead) > 1
        and (first.kind, first.total) == (QuantityKind.ALL, 1.0)
        and ahead[1].kind is QuantityKind.COUNT
        and _OF_ONES.fullmatch(text, first.end, ahead[1].start)
    ):
        last = ahead[1]
        return replace(last, start=first.start, kind=QuantityKind.ALL, total=last.value), 2
    return first, 1


def _part_after(text: str, whole: Quantity, later: list[Quantity]) -> Quantity | None:
    """Return the part of "Of the six meetings that …, one": told behind a comma, in the same sentence."""
    if whole.kind is not QuantityKind.COUNT or not whole.unit or whole.value < 2:
        return None
    if _OPENS.search(text, max(0, whole.start - 40), whole.start) is None:
        return None
    end = stop.start() if (stop := _SENTENCE_END.search(text, whole.end)) else len(text)
    comma = text.find(",", whole.end, end)
    if comma < 0:
        return None
    counted = [each for each in later if each.start < end and each.kind is not QuantityKind.COUNT]
    for match in _PART.finditer(text, comma, end):
        if any(each.start <= match.start() < each.end for each in counted):
            continue
        value = whole.value if match["all"] else 0.0 if match["none"] else value_of(match["number"])
        if value <= whole.value:
            kind = QuantityKind.ALL if match["all"] else QuantityKind.OF
            return replace(whole, end=match.end(), kind=kind, value=value, total=whole.value)
    return None
