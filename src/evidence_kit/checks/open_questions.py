"""Elements that documents cannot show, or that this version does not check yet: left to a person, and said so."""

from __future__ import annotations

from collections.abc import Sequence

from evidence_kit.checks.base import Parameters, PoolResult, Setting, Witness
from evidence_kit.records.finding import Outcome


def not_yet_checked(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """This version does not check it. Parameters: ``what`` (words for the reader)."""
    what = str(parameters.get("what", "this element"))
    return PoolResult(outcome=Outcome.OPEN, reason=f"not yet checked by this version: {what}")


def person_judges(witnesses: Sequence[Witness], parameters: Parameters, setting: Setting) -> PoolResult:
    """Documents cannot show it. Parameters: ``what`` (words for the reader)."""
    return PoolResult(
        outcome=Outcome.OPEN, reason=f"a person must judge: {parameters.get('what', 'this element')}"
    )
