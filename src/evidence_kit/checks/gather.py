"""From readings to witnesses: which acts may speak for a criterion, and which only look as if they did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from evidence_kit.checks.base import Witness
from evidence_kit.checks.dates import act_date, has_lapsed, inside_window, only_future, without_day_of_figures
from evidence_kit.language.stance import PROVISION
from evidence_kit.language.surroundings import OTHER_PAPER
from evidence_kit.records.criterion import Criterion, NearMiss, NearMissEffect
from evidence_kit.records.passage import Paper, PaperKind, Passage
from evidence_kit.records.reading import Act, By, Prediction, Reading, Stance, Whose

NEVER_EVIDENCE = {
    PaperKind.APPLICATION: "an applicant's own narrative may claim, never show",
    PaperKind.GUIDANCE: "guidance says what is asked, not what was done",
    PaperKind.OFFER: "a supplier's offer says what would be done, and what was done elsewhere",
}

LEAST_PAGE, LEAST_ACT, LEAST_FIGURE = 0.9, 0.88, 0.8
"""Confidence of text recognition, as ``benchmarks/ocr.py`` measures it: pages below the first hold a wrong word in
every ten or more; and an act whose words are less sure on average than the second, or one of whose words with a figure
in it is less sure than the third, may say something else."""
UNSURE = NearMiss(
    looks_like="text that was recognised in a picture with little confidence",
    because="read by text recognition with low confidence: compare the words with the page",
    effect=NearMissEffect.CAP_AT_PARTLY,
)

LEAD = "the model takes it to bear on this; no rule of ours finds it: read it"
"""Why an act that keywords do not find speaks for nothing: the checks know only what keywords know."""

ANOTHERS_PAPER = NearMiss(
    looks_like="a paper that names another organisation",
    because="the paper names another organisation and not this one: see whose it is",
    effect=NearMissEffect.CAP_AT_PARTLY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """A passage that bears on a criterion, with all that was made of it."""

    passage: Passage
    paper: Paper
    prediction: Prediction
    reading: Reading


@dataclass(frozen=True, slots=True)
class Gathered:
    """Acts that may speak for a criterion, and near-misses (their remark says why)."""

    witnesses: tuple[Witness, ...]
    near_misses: tuple[Witness, ...]


def gather(criterion: Criterion, bearings: Iterable[Bearing], as_of: date) -> Gathered:
    """Sort the acts of all passages that bear on a criterion.

    Args:
        criterion: Its window and near-misses are used.
        bearings: In order of document and place.
        as_of: Windows are measured back from here; what lies after it is planned.
    """
    witnesses: list[Witness] = []
    near_misses: list[Witness] = []
    for bearing in bearings:
        for act in bearing.reading.acts:
            witness = _witness(criterion, bearing, act, as_of)
            out = _why_out(criterion, witness)
            if out:
                near_misses.append(replace(witness, remark=out))
            else:
                witnesses.append(_with_doubt(_with_near_misses(criterion, witness)))
    return Gathered(tuple(witnesses), tuple(near_misses))


def _witness(criterion: Criterion, bearing: Bearing, act: Act, as_of: date) -> Witness:
    if criterion.window_of_publication:
        act = without_day_of_figures(act, bearing.passage, bearing.paper)
    when, from_paper = act_date(act, bearing.passage, bearing.paper, as_of)
    ahead = only_future(act, bearing.paper, as_of) or (when is not None and when > as_of)
    only_laid_down = (
        act.stance is Stance.DONE
        and any(cue.name == PROVISION for cue in act.cues)
        and bearing.paper.profile.kind.value not in criterion.rules_in
    )
    timely, tolerance_used = inside_window(when, as_of, criterion.window_months)
    return Witness(
        act=act,
        passage=bearing.passage,
        paper=bearing.paper,
        prediction=bearing.prediction,
        stance=Stance.PLANNED if (ahead and act.stance is Stance.DONE) or only_laid_down else act.stance,
        when=when,
        from_paper=from_paper,
        timely=timely,
        lapsed=has_lapsed(bearing.paper, as_of),
        tolerance_used=tolerance_used,
    )


def _why_out(criterion: Criterion, witness: Witness) -> str:
    """Say why an act cannot speak for a criterion; empty if it can."""
    kind = witness.paper.profile.kind
    if kind in NEVER_EVIDENCE:
        return NEVER_EVIDENCE[kind]
    if witness.act.whose is Whose.OTHER:
        return "another organisation's act"
    if witness.stance is Stance.MENTION:
        return "says what is asked or names a topic; reports nothing done"
    for near_miss in criterion.near_misses:
        if near_miss.effect is NearMissEffect.EXCLUDE and _fits(near_miss, witness):
            return near_miss.because
    return LEAD if witness.prediction.by is By.MODEL else ""


def _with_near_misses(criterion: Criterion, witness: Witness) -> Witness:
    """Put a cap or a remark on an act that a near-miss fits."""
    for near_miss in criterion.near_misses:
        if near_miss.effect is NearMissEffect.EXCLUDE or not _fits(near_miss, witness):
            continue
        if near_miss.effect is NearMissEffect.CAP_AT_PARTLY:
            return replace(witness, cap=near_miss, remark=near_miss.because)
        witness = replace(witness, remark=near_miss.because)
    return witness


def _with_doubt(witness: Witness) -> Witness:
    """Put a cap on an act that recognition may have read wrong, or that may be another organisation's."""
    of_others = any(cue.name == OTHER_PAPER for cue in witness.act.cues)
    for doubt, holds in ((UNSURE, is_unsure(witness.passage, witness.act)), (ANOTHERS_PAPER, of_others)):
        if holds:
            remark = f"{witness.remark}; {doubt.because}" if witness.remark else doubt.because
            witness = replace(witness, cap=witness.cap or doubt, remark=remark)
    return witness


def is_unsure(passage: Passage, act: Act) -> bool:
    """Tell whether recognition may have read an act wrong; see :data:`LEAST_PAGE`."""
    if passage.confidence is None:
        return False
    words = [word for word in passage.recognised if word.start < act.end and word.end > act.start]
    figures = [
        word.confidence for word in words if any(map(str.isdigit, passage.text[word.start : word.end]))
    ]
    mean = sum(word.confidence for word in words) / len(words) if words else 1.0
    return passage.confidence < LEAST_PAGE or mean < LEAST_ACT or min(figures, default=1.0) < LEAST_FIGURE


def _fits(near_miss: NearMiss, witness: Witness) -> bool:
    if not near_miss.when_any and not near_miss.when_all:
        return False
    if near_miss.unless and witness.has(near_miss.unless, own=True):
        return False
    if near_miss.when_any and not witness.has(near_miss.when_any, own=True):
        return False
    return all(witness.has((concept,), own=True) for concept in near_miss.when_all)
