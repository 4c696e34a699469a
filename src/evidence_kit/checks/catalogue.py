"""The table of checks that a criterion's elements may use. A new check is one function and its lines here."""

from __future__ import annotations

from typing import Final

from evidence_kit.checks import (
    acts,
    amounts,
    bodies,
    gaps,
    open_questions,
    people,
    series,
    shares,
    sharing,
    timing,
)
from evidence_kit.checks.base import ActCheck, PoolCheck
from evidence_kit.framework.parameters import CheckParameters, ParameterKind

ACT_CHECKS: Final[dict[str, ActCheck]] = {
    "acts.does": acts.does,
    "acts.mentions": acts.mentions,
    "amounts.count_at_least": amounts.count_at_least,
    "amounts.share_at_least": amounts.share_at_least,
    "amounts.states": amounts.states,
    "amounts.whole_group": amounts.whole_group,
    "bodies.is": bodies.is_body,
    "gaps.smaller": gaps.smaller,
    "gaps.told": gaps.told,
    "people.holds_level": people.holds_level,
    "sharing.in_paper": sharing.in_paper,
    "sharing.presented_to": sharing.presented_to,
    "sharing.published": sharing.published,
    "timing.states_frequency": timing.states_frequency,
}
"""Checks of one act."""

POOL_CHECKS: Final[dict[str, PoolCheck]] = {
    "amounts.topics": amounts.topics,
    "open.not_yet_checked": open_questions.not_yet_checked,
    "open.person_judges": open_questions.person_judges,
    "series.better_twice": series.better_twice,
    "shares.members_match_population": shares.members_match_population,
    "timing.count_in_period": timing.count_in_period,
    "timing.in_window": timing.in_window,
    "timing.recurs": timing.recurs,
}
"""Checks of all acts that show the thing itself."""

CHECK_NAMES: Final[frozenset[str]] = frozenset(ACT_CHECKS) | frozenset(POOL_CHECKS)

_CONCEPTS, _NUMBER, _FLAG = ParameterKind.CONCEPTS, ParameterKind.NUMBER, ParameterKind.FLAG
_WORDS, _TEXT = ParameterKind.WORDS, ParameterKind.TEXT

PARAMETERS: Final[CheckParameters] = {
    "acts.does": {"any_of": _CONCEPTS, "with_any": _CONCEPTS, "none_of": _CONCEPTS, "whole": _FLAG},
    "acts.mentions": {"any_of": _CONCEPTS, "all_of": _CONCEPTS, "none_of": _CONCEPTS, "own": _FLAG},
    "amounts.count_at_least": {"at_least": _NUMBER, "units": _WORDS, "whole": _NUMBER},
    "amounts.share_at_least": {"percent": _NUMBER, "units": _WORDS},
    "amounts.states": {"kinds": ParameterKind.QUANTITY_KINDS, "at_least": _NUMBER},
    "amounts.topics": {"topics": _CONCEPTS, "at_least": _NUMBER},
    "amounts.whole_group": {"units": _WORDS, "any_of": _CONCEPTS},
    "bodies.is": {"body": _CONCEPTS, "none_of": _CONCEPTS, "meeting": _FLAG, "attended_by": _CONCEPTS},
    "gaps.smaller": {
        "any_of": _CONCEPTS,
        "with_any": _CONCEPTS,
        "none_of": _CONCEPTS,
        "gap": _CONCEPTS,
        "harm": _CONCEPTS,
        "benefit": _CONCEPTS,
    },
    "gaps.told": {"any_of": _CONCEPTS, "with_any": _CONCEPTS, "none_of": _CONCEPTS, "gap": _CONCEPTS},
    "open.not_yet_checked": {"what": _TEXT},
    "open.person_judges": {"what": _TEXT},
    "people.holds_level": {
        "at_least": ParameterKind.GRADE,
        "excludes": ParameterKind.GRADES,
        "roles": ParameterKind.ROLES,
        "doer_of": _CONCEPTS,
    },
    "series.better_twice": {
        "at_least": _NUMBER,
        "of": _NUMBER,
        "closer_to_one": _CONCEPTS,
        "closer_to_zero": _CONCEPTS,
        "lower": _CONCEPTS,
        "higher": _CONCEPTS,
    },
    "shares.members_match_population": {
        "members": _CONCEPTS,
        "count": _CONCEPTS,
        "units": _WORDS,
        "population": _CONCEPTS,
        "group": _CONCEPTS,
        "others": _CONCEPTS,
    },
    "sharing.in_paper": {"kinds": ParameterKind.PAPER_KINDS, "any_of": _CONCEPTS},
    "sharing.presented_to": {
        "any_of": _CONCEPTS,
        "own_words": _FLAG,
        "paper_if": _CONCEPTS,
        "with_any": _CONCEPTS,
        "none_of": _CONCEPTS,
    },
    "sharing.published": {"any_of": _CONCEPTS, "public_paper": _FLAG, "not_in": ParameterKind.PAPER_KINDS},
    "timing.count_in_period": {
        "at_least": _NUMBER,
        "months": _NUMBER,
        "units": _WORDS,
        "any_of": _CONCEPTS,
        "apart_days": _NUMBER,
        "counted": _TEXT,
    },
    "timing.in_window": {},
    "timing.recurs": {
        "per_year": _NUMBER,
        "any_of": _CONCEPTS,
        "at_least": _NUMBER,
        "months": _NUMBER,
        "apart_days": _NUMBER,
        "of": _CONCEPTS,
        "at": _CONCEPTS,
    },
    "timing.states_frequency": {"per_year": _NUMBER, "any_of": _CONCEPTS},
}
"""The parameters that each check takes and what they hold; the loader refuses any other."""
