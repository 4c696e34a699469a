"""Counting what an act counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_kit.checks.amounts import count_at_least
from evidence_kit.checks.base import Witness
from evidence_kit.records.finding import Outcome

PARAMETERS = {"at_least": 5, "units": ("indicator", "measure"), "whole": 9}


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Six WRES indicators improved.", Outcome.SHOWN),
        ("Seven of the nine improved.", Outcome.SHOWN),
        ("All the indicators improved.", Outcome.SHOWN),
        ("Indicators 2, 3, 5, 6 and 8 improved.", Outcome.SHOWN),
        ("Only three of the nine improved.", Outcome.SHORT),
        ("Three of our nine indicators improved.", Outcome.SHORT),
        ("Only indicators 2 and 6 improved.", Outcome.SHORT),
        ("Just four measures improved.", Outcome.SHORT),
        # Four are told of; nobody says that there were no more.
        ("Four measures improved.", Outcome.NOT_SHOWN),
        ("Indicators 2 and 6 improved.", Outcome.NOT_SHOWN),
        ("Seven committees met.", Outcome.NOT_SHOWN),
        ("Indicators improved.", Outcome.NOT_SHOWN),
    ],
)
def test_what_is_counted(read_witness: Callable[..., Witness], text: str, outcome: Outcome) -> None:
    assert count_at_least(read_witness(text, {}), PARAMETERS).outcome is outcome
