"""Labels of rows and columns that count people: ethnic groups, totals, and what is no count at all.

What stands under a label is counted by the paper; nobody's ethnicity is inferred.
"""

from __future__ import annotations

import re
from enum import StrEnum

_LONGEST_LABEL = 8
"""Words; what is longer is a sentence."""
_NO_COUNT = re.compile(
    r"%|\b(?:per\s?cent|percentage|share|rate|ratio|gap|likelihood|average|mean|median|change|wte|fte)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand |overall )?totals?(?: (?:staff|workforce|headcount|number))?|all(?: (?:staff|bands|groups|employees))?"
    r"|overall|headcount|(?:whole )?workforce",
    re.IGNORECASE,
)
_UNSTATED = re.compile(
    r"\bnot (?:stated|known|declared|disclosed|recorded|given)\b|\bprefer(?:red)? not\b|\bunknown\b|\bundisclosed\b"
    r"|\bundeclared\b|\bunspecified\b|\bmissing\b|\bnull\b|\bblank\b",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"\b(?:non|not|other than)[\s-]+white\b|\bwhite and (?:black|asian)\b|\bmixed\b", re.IGNORECASE
)
_OF_WHITE = r"white|irish|gypsy|traveller"
_OF_ALL = r"bme|bame|ethnic minorit(?:y|ies)|minority ethnic|global majority|racialised|minoritised|non-white"
_OF_ONE = r"black|asian|mixed|arab|chinese|indian|pakistani|bangladeshi|african|caribbean|filipino|roma"
_WHITE = re.compile(rf"\b(?:{_OF_WHITE})\b", re.IGNORECASE)
_AGGREGATE = re.compile(rf"\b(?:{_OF_ALL})\b", re.IGNORECASE)
_DETAIL = re.compile(rf"\b(?:{_OF_ONE}|multiple|white and|any other|other ethnic)\b|^other\b", re.IGNORECASE)
_ETHNICITY = re.compile(rf"\b(?:ethnic\w*|not stated|{_OF_WHITE}|{_OF_ALL}|{_OF_ONE})\b", re.IGNORECASE)


class Group(StrEnum):
    """What a row or column of headcounts counts."""

    WHITE = "white"
    MINORITY = "minority"
    UNSTATED = "unstated"


def group_of(label: str) -> Group | None:
    """Return the ethnic group that a label names; ``None`` for other labels, and for shares, ratios and gaps."""
    if not is_countable(label) or label.count(" ") >= _LONGEST_LABEL:
        return None
    if _UNSTATED.search(label):
        return Group.UNSTATED
    mixed = bool(_MIXED.search(label))
    white = bool(_WHITE.search(label)) and not mixed
    if white and _AGGREGATE.search(label):
        return None  # "White to BME" holds one against the other
    if white:
        return Group.WHITE
    return Group.MINORITY if mixed or is_aggregate(label) or _DETAIL.search(label) else None


def is_aggregate(label: str) -> bool:
    """Tell whether a label names all ethnic minority people, not one group of them."""
    return _AGGREGATE.search(label) is not None


def is_total(label: str) -> bool:
    """Tell whether a label names a total."""
    return _TOTAL.fullmatch(label.strip(" :*")) is not None


def is_countable(label: str) -> bool:
    """Tell whether what stands under a label may be headcounts: no shares, rates or full-time equivalents."""
    return not _NO_COUNT.search(label)


def names_ethnicity(label: str) -> bool:
    """Tell whether a label has any word of ethnicity, whatever it names: for those who must miss none."""
    return _ETHNICITY.search(label) is not None
