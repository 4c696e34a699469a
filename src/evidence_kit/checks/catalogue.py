"""The table of checks: the names that a criterion's elements may use. A new check is one function and one line here."""

from __future__ import annotations

from typing import Final

from evidence_kit.checks import acts, amounts, bodies, open_questions, people, series, shares, sharing, timing
from evidence_kit.checks.base import ActCheck, PoolCheck

ACT_CHECKS: Final[dict[str, ActCheck]] = {
    "acts.does": acts.does,
    "acts.mentions": acts.mentions,
    "amounts.count_at_least": amounts.count_at_least,
    "amounts.share_at_least": amounts.share_at_least,
    "amounts.states": amounts.states,
    "amounts.whole_group": amounts.whole_group,
    "bodies.is": bodies.is_body,
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
