"""Checks of where something was published, presented or written down."""

from __future__ import annotations

from evidence_kit.checks.base import Parameters, Result, Witness, concepts_of, flag_of, not_shown, said, shown
from evidence_kit.records.finding import Outcome
from evidence_kit.records.passage import STATED_BY_TRUST, PaperKind
from evidence_kit.records.reading import Origin

_BOARD = frozenset({PaperKind.BOARD_PAPER, PaperKind.BOARD_MINUTES})
_COMMITTEE = frozenset({PaperKind.COMMITTEE_PAPER, PaperKind.COMMITTEE_MINUTES})
_MINUTES = frozenset({PaperKind.BOARD_MINUTES, PaperKind.COMMITTEE_MINUTES})
_ALWAYS_PUBLIC = frozenset({PaperKind.ANNUAL_REPORT, PaperKind.WEB_PAGE})


def published(witness: Witness, parameters: Parameters) -> Result:
    """The act says that it was published, or stands in a paper that the public can read.

    What only the trust's register states is open: a claim shows nothing, and a person must look.

    Parameters: ``any_of`` (concepts that say so), ``public_paper: false`` to accept only the act's own words,
    ``not_in`` (kinds of public papers that tell of the thing and do not print it).
    """
    wanted = concepts_of(parameters, "any_of")
    found = next((each for each in witness.mentions(own=True) if each.concept in wanted), None)
    if found is not None:
        return shown(f"“{found.form}”")
    if not flag_of(parameters, "public_paper", True):
        return not_shown("nothing says that it was published")
    profile = witness.paper.profile
    claimed = bool(profile.public) and dict(profile.reasons).get("public") == STATED_BY_TRUST
    if profile.kind.value in concepts_of(parameters, "not_in"):
        return not_shown(f"{profile.name} tells of it and does not print it")
    if (profile.public and not claimed) or (profile.public is not False and profile.kind in _ALWAYS_PUBLIC):
        return shown(f"it stands in a public paper ({profile.name})")
    if claimed:
        return Result(Outcome.OPEN, f"published, as {STATED_BY_TRUST}; a person must look")
    return not_shown("nothing says that it was published")


def presented_to(witness: Witness, parameters: Parameters) -> Result:
    """The act names the body that it was presented to, or stands in that body's papers.

    Parameters: ``any_of`` (concepts of bodies; ``board`` accepts board papers and minutes, ``committee`` those of
    committees), ``own_words: true`` to accept only what the act says, ``paper_if`` (concepts; papers that are no
    minutes count only if the act says one of these: what stands in a paper was not all laid before the body),
    ``with_any`` (one of these must be what went there, wherever it is named), ``none_of`` (none of these in its own
    words).
    """
    wanted = concepts_of(parameters, "any_of")
    beside = concepts_of(parameters, "with_any")
    if beside and not witness.has(beside):
        return not_shown(f"{said(beside)} is not said to have gone there")
    if witness.has(concepts_of(parameters, "none_of"), own=True):
        return not_shown(f"something else is said to have gone to {said(wanted)}")
    found = next((each for each in witness.mentions(own=True) if each.concept in wanted), None)
    if found is not None:
        return shown(f"“{found.form}”")
    kind = witness.paper.profile.kind
    if not flag_of(parameters, "own_words", False):
        laid = concepts_of(parameters, "paper_if")
        if laid and kind not in _MINUTES and not witness.has(laid, own=True):
            return not_shown(f"not said to have gone to {said(wanted)}")
        if ("board" in wanted and kind in _BOARD) or ("committee" in wanted and kind in _COMMITTEE):
            return shown(f"it stands in {kind.value.replace('_', ' ')}s")
        if any(each.concept in wanted and each.origin is Origin.PAPER for each in witness.act.mentions):
            return shown(f"the paper is of {said(wanted)}")
    return not_shown(f"not said to have gone to {said(wanted)}")


def in_paper(witness: Witness, parameters: Parameters) -> Result:
    """The act stands in a paper of a certain kind.

    Parameters: ``kinds`` (paper kinds), ``any_of`` (one of these concepts in the paper's title, if given).
    """
    kinds = concepts_of(parameters, "kinds")
    kind = witness.paper.profile.kind.value
    if kind not in kinds:
        return not_shown(f"it stands in a {kind.replace('_', ' ')}, not in {said(kinds)}")
    titled = concepts_of(parameters, "any_of")
    if titled and not any(
        each.origin is Origin.PAPER and each.concept in titled for each in witness.act.mentions
    ):
        return not_shown(f"the paper's title does not name {said(titled)}")
    return shown(f"in “{witness.paper.profile.title or kind}”")
