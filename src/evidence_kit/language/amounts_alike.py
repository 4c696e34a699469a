"""Whether two numbers tell the same: what a claim says of a thing, and what a page says of it."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from evidence_kit.language.content_words import content_words, stem_of
from evidence_kit.language.quantities import find_quantities
from evidence_kit.language.quantity_patterns import LABELS
from evidence_kit.language.scan import words_of
from evidence_kit.records.reading import Quantity, QuantityKind

OCCASIONS = frozenset(map(stem_of, words_of("time occasion meeting session attendance event")))
"""Things of which dated acts tell the number, and that stand for each other: "met five times", "five meetings"."""
_ORDINALS = {
    word: value
    for value, word in enumerate(
        words_of(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        ),
        start=1,
    )
}
_ORDINAL = re.compile(
    rf"\b(?:({'|'.join(_ORDINALS)})|(\d{{1,2}})(?:st|nd|rd|th))\s+((?:[a-z-]+\s+){{0,2}}?[a-z-]+)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:(?P<least>at least|over|more than|above|no fewer than|not less than|no less than|upwards of)"
    r"|(?P<most>at most|under|fewer than|less than|below|up to|no more than)"
    r"|(?P<about>about|around|some|approximately|roughly|nearly|almost|close to|just over|just under))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ABOUT = 0.1
_EACH = re.compile(r"\b(?:all|every|each)\b", re.IGNORECASE)
_NON = re.compile(r"\bnon\b", re.IGNORECASE)
_COUNTS = frozenset({QuantityKind.COUNT, QuantityKind.ALL, QuantityKind.OF})
_LABELLED = re.compile(rf"\b({'|'.join(LABELS)})\s+(\d+(?:\.\d+)?[a-z]?)\b", re.IGNORECASE)


class Ordinal(NamedTuple):
    """An ordinal, in its words, and the stem of what it numbers."""

    words: str
    value: int
    thing: str


class Says(Enum):
    """What a sentence says to an assertion."""

    SAME = "same"
    OTHER = "other"
    NOTHING = "nothing"


@lru_cache(maxsize=50_000)
def amounts_in(text: str) -> tuple[Quantity, ...]:
    """Return the numbers of a sentence; many claims are held against one."""
    return find_quantities(text)


def says_of_amount(asked: Quantity, text: str, sentence: str) -> tuple[Says, str]:
    """Tell what a sentence says to a number of a claim, and in which words where it says another.

    Args:
        asked: The number.
        text: The claim in which it stands: "more than", "about" before it widen it.
        sentence: Of a page.
    """
    other = ""
    for found in amounts_in(sentence):
        says = _compared(asked, _bound(asked, text), found, sentence)
        if says is Says.SAME or (says is Says.NOTHING and _stands_beside(asked, found, sentence)):
            return Says.SAME, ""
        if says is Says.OTHER:
            other = other or sentence[found.start : found.end]
    for one in ordinals_in(sentence) if asked.kind in _COUNTS else ():
        if one.thing == head_of(asked) or {one.thing, head_of(asked)} <= OCCASIONS:
            if one.value == asked.value:
                return Says.SAME, ""
            other = other or one.words
    return (Says.OTHER, " ".join(other.split())) if other else (Says.NOTHING, "")


def ordinals_in(text: str) -> tuple[Ordinal, ...]:
    """Return the ordinals of a text with the thing that they number ("the third Gathering")."""
    found = []
    for match in _ORDINAL.finditer(text):
        value = _ORDINALS.get((match[1] or "").lower()) or int(match[2] or 0)
        found.append(Ordinal(" ".join(match[0].split()), value, _head(match[3])))
    return tuple(found)


def labels_in(text: str) -> tuple[tuple[str, str], ...]:
    """Return the numbered things of a text, label and number ("risk", "7")."""
    return tuple((stem_of(match[1].casefold()), match[2].casefold()) for match in _LABELLED.finditer(text))


def head_of(quantity: Quantity) -> str:
    """Return the stem of the word that names what is counted; empty where nothing does."""
    return _head(quantity.unit)


def _head(unit: str) -> str:
    words = unit.casefold().split()
    if not words:
        return ""
    last = words[-1]
    return stem_of(last.removesuffix("s") if len(last) > 3 and not last.endswith("ss") else last)


def _compared(asked: Quantity, bound: str, found: Quantity, sentence: str) -> Says:
    """Compare two numbers of a kind; those of different kinds or things say nothing to each other."""
    kinds = (asked.kind, found.kind)
    if QuantityKind.PERCENT in kinds or QuantityKind.PER_YEAR in kinds:
        return _rates(asked, bound, found)
    if asked.kind not in _COUNTS or found.kind not in _COUNTS:
        same = asked.kind is found.kind
        return (
            (Says.SAME if _equal(asked.value, found.value, bound) else Says.OTHER) if same else Says.NOTHING
        )
    if not same_thing(asked, found):
        bare = asked.kind is found.kind is QuantityKind.ALL and asked.total is None
        return Says.SAME if bare and content_words(asked.unit) <= content_words(sentence) else Says.NOTHING
    if asked.kind is QuantityKind.ALL:
        return _whole(asked, found, sentence)
    if asked.kind is QuantityKind.OF:
        if found.kind is QuantityKind.COUNT:
            return Says.NOTHING
        whole = found.total if found.total is not None else found.value
        same = (asked.value, asked.total) == (found.value, whole)
    else:
        if found.kind is QuantityKind.ALL and found.total is None:
            return Says.NOTHING
        same = _equal(asked.value, found.value, bound)
    return Says.SAME if same else Says.OTHER


def _whole(asked: Quantity, found: Quantity, sentence: str) -> Says:
    """Compare "all seven directors" or "every site" with another number of the same thing."""
    if found.kind is QuantityKind.ALL or (found.kind is QuantityKind.OF and found.value == found.total):
        told = found.total if found.total is not None else 0.0
        return Says.SAME if asked.total is None or told == asked.total else Says.OTHER
    if found.kind is QuantityKind.OF:
        return Says.OTHER
    if asked.total is None:
        return Says.NOTHING
    if found.value != asked.value:
        return Says.OTHER
    return Says.SAME if _EACH.search(sentence, max(0, found.start - 24), found.start) else Says.NOTHING


def _rates(asked: Quantity, bound: str, found: Quantity) -> Says:
    """Compare shares with shares, and how often a year with how often a year."""
    if asked.kind is QuantityKind.PERCENT and found.kind is QuantityKind.OF and found.total:
        same = abs(100 * found.value / found.total - asked.value) <= 0.5
        return Says.SAME if same and _may_be_same(asked, found) else Says.NOTHING
    if asked.kind is QuantityKind.PERCENT and found.kind is QuantityKind.ALL:
        return Says.SAME if asked.value == 100 and same_thing(asked, found) else Says.NOTHING
    if asked.kind is QuantityKind.PER_YEAR and found.kind is QuantityKind.COUNT:
        same = head_of(found) in OCCASIONS and asked.value == found.value
        return Says.SAME if same else Says.NOTHING
    if asked.kind is not found.kind or not _may_be_same(asked, found):
        return Says.NOTHING
    return Says.SAME if _equal(asked.value, found.value, bound) else Says.OTHER


def same_thing(one: Quantity, other: Quantity) -> bool:
    """Tell whether two numbers count the same thing, by its last word."""
    heads = {head_of(one), head_of(other)}
    if bool(_NON.search(one.unit)) != bool(_NON.search(other.unit)):
        return False
    return len(heads) == 1 or heads <= OCCASIONS


def _may_be_same(one: Quantity, other: Quantity) -> bool:
    return same_thing(one, other) or "" in (head_of(one), head_of(other))


def _stands_beside(asked: Quantity, found: Quantity, sentence: str) -> bool:
    """Tell whether a bare number of a sentence is the one asked for: equal, and the thing is named beside it."""
    if (
        asked.kind is not QuantityKind.COUNT
        or found.kind is not QuantityKind.COUNT
        or asked.value != found.value
    ):
        return False
    return not asked.unit or (
        not found.unit and head_of(asked) in {_head(word) for word in re.findall(r"[^\W\d_]+", sentence)}
    )


def _bound(quantity: Quantity, text: str) -> str:
    match = _BOUND.search(text, max(0, quantity.start - 24), quantity.start)
    return (match.lastgroup or "") if match else ""


def _equal(asked: float, found: float, bound: str) -> bool:
    if bound == "least":
        return found >= asked
    if bound == "most":
        return found <= asked
    if bound == "about":
        return abs(found - asked) <= _ABOUT * max(asked, found)
    return abs(found - asked) < 1e-9 or (
        asked == int(asked) and found != int(found) and round(found) == asked
    )
