"""Checks of the body to which, or in which, something is done."""

from __future__ import annotations

import re

from evidence_kit.checks.attended import attended_another_thing
from evidence_kit.checks.base import Parameters, Result, Witness, concepts_of, flag_of, not_shown, said, shown
from evidence_kit.language.stance import ATTENDANCE_LIST
from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import Origin

_MINUTES_OF_OTHERS = frozenset({PaperKind.BOARD_MINUTES, PaperKind.COMMITTEE_MINUTES})
_LISTS_PRESENT = re.compile(
    r"\W*(?:members\s+)?(?:present|in\s+attendance|attendees|attendance)\b\s*[:–-]", re.IGNORECASE
)


def is_body(witness: Witness, parameters: Parameters) -> Result:
    """The act is about this body: named in it, in the sentence before, the heading or the paper's title.

    Parameters: ``body`` (a concept or several), ``none_of`` (bodies that must not stand in its own words),
    ``meeting: true`` (it is the body that met: who was at a board was not at the network that he speaks for),
    ``attended_by`` (acts of attending: what was attended must be the body's meeting, not its party, nor a course).
    """
    wanted = concepts_of(parameters, "body")
    other = concepts_of(parameters, "none_of")
    found = next((each for each in witness.act.mentions if each.concept in wanted), None)
    if found is None:
        return not_shown(f"{said(wanted)} is not named")
    if (
        flag_of(parameters, "meeting", False)
        and _attended_elsewhere(witness)
        and found.origin is not Origin.PAPER
    ):
        return not_shown("it lists who was at a meeting of another body")
    attending = concepts_of(parameters, "attended_by")
    if attending and attended_another_thing(witness, attending, wanted):
        return not_shown("what was attended is something else")
    if other and witness.has(other, own=True) and not witness.has(wanted, own=True):
        return not_shown(f"it is about {said(other)}")
    return shown(f"“{found.form}”")


def _attended_elsewhere(witness: Witness) -> bool:
    """Tell whether the act lists who was at a meeting of a board or committee: the body met is that one."""
    if witness.paper.profile.kind not in _MINUTES_OF_OTHERS:
        return False
    text = witness.passage.text[witness.act.start : witness.act.end]
    return _LISTS_PRESENT.match(text) is not None or any(
        cue.name == ATTENDANCE_LIST for cue in witness.act.cues
    )
