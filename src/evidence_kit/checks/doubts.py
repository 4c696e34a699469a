"""Doubts: what a careful reader would raise beside the support. They change no status; a finding's notes tell of them.

Every doubt names the words that it rests on, and where they stand: two that disagree, or a claim and the want of proof.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from evidence_kit.checks.base import Setting, Witness, quoted
from evidence_kit.checks.catalogue import ACT_CHECKS, POOL_CHECKS
from evidence_kit.checks.elements import parameters_of, touches_core
from evidence_kit.checks.gather import Gathered
from evidence_kit.checks.slips import slips_of
from evidence_kit.checks.verdict import Judged
from evidence_kit.records.criterion import Criterion, Element
from evidence_kit.records.finding import Outcome, Status
from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import DateMention, Origin, Quantity, QuantityKind, Stance, Whose

MOST_OF_A_KIND = 3
"""So many doubts of one kind are told; more hide the rest."""
_NO_DATE = "no_completion_date"
_COMPARED = frozenset({QuantityKind.PERCENT, QuantityKind.RATIO, QuantityKind.OF, QuantityKind.MONEY})
_ALIKE = 0.75
"""Share of two passages' words that they must have in common to tell of one measure."""
_LEAST_WORDS = 4
_SAME = 0.95
_BOILERPLATE_WORDS = 8
"""Shorter statements are worded alike without being copied."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_WITH_DIGIT = re.compile(r"\w*\d[\w.]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SMALL = """
    the a an and or of in on at to for by from as is are was were has have had been be it its this that with
"""
_SMALL_WORDS = frozenset(_SMALL.split())


def doubts(criterion: Criterion, gathered: Gathered, judged: Judged, as_of: date) -> tuple[str, ...]:
    """Return the doubts about one criterion, kind by kind, each at most :data:`MOST_OF_A_KIND` times.

    Args:
        criterion: What was judged.
        gathered: All that may speak for it, and what only looks so.
        judged: Its conclusion under the first wording.
        as_of: The date of the assessment.
    """
    kinds = (
        _said_otherwise(judged),
        _short_beside(criterion, gathered, judged, as_of),
        _disagreeing(gathered.witnesses),
        _claimed_only(criterion, gathered, judged),
        _complete_without_date(gathered.witnesses),
        _unchanged(gathered.witnesses, judged),
        iter(judged.remarks),
        _slips(judged),
    )
    return tuple(note for kind in kinds for note in list(kind)[:MOST_OF_A_KIND])


def named(witness: Witness) -> str:
    """Name an act for the reader: its words, its paper and its date."""
    act = witness.act
    return quoted(witness.passage.text[act.start : act.end], witness.paper, witness.when)


def _said_otherwise(judged: Judged) -> Iterator[str]:
    """A statement against, beside support: a vacant post, a "not"."""
    if not judged.support:
        return
    support, _ = max(judged.support, key=lambda pair: len(pair[1]))
    for denial in judged.denials:
        yield f"Said otherwise: {named(denial)}, beside {named(support)}."


def _short_beside(criterion: Criterion, gathered: Gathered, judged: Judged, as_of: date) -> Iterator[str]:
    """A figure that falls short, beside one that suffices: "two of six meetings"."""
    results = {each.element: each for each in judged.conclusion.elements}
    setting = Setting(as_of=as_of, window_months=criterion.window_months)
    for element in criterion.elements:
        result = results.get(element.id)
        if result is None or not element.required or result.outcome is not Outcome.SHOWN:
            continue
        shows = [witness for witness, shown in judged.support if element.id in shown]
        for witness in gathered.witnesses:
            if witness.stance is Stance.DONE and shows and _falls_short(criterion, element, witness, setting):
                yield f"A figure falls short: {named(witness)}, beside {named(shows[0])}."


def _falls_short(criterion: Criterion, element: Element, witness: Witness, setting: Setting) -> bool:
    if element.check in ACT_CHECKS:
        outcome = ACT_CHECKS[element.check](witness, parameters_of(element)).outcome
    elif witness.act.quantities:
        outcome = POOL_CHECKS[element.check]((witness,), parameters_of(element), setting).outcome
    else:
        return False
    return outcome is Outcome.SHORT and is_the_thing(criterion, witness)


def is_the_thing(criterion: Criterion, witness: Witness) -> bool:
    """Tell whether one act names the thing itself: a core element, and all that must stand in one act with it."""
    grouped = {name for group in criterion.same_act for name in group}
    results = {
        element.id: ACT_CHECKS[element.check](witness, parameters_of(element)).outcome
        for element in criterion.elements
        if element.check in ACT_CHECKS and (element.core or element.id in grouped)
    }
    core = [element.id for element in criterion.elements if element.core and element.id in results]
    return any(results[name] is not Outcome.NOT_SHOWN for name in core) and all(
        results[name] is not Outcome.NOT_SHOWN for name in grouped & set(results)
    )


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure of one period with the words around it."""

    witness: Witness
    quantity: Quantity
    words: frozenset[str]
    groups: frozenset[str]


def _disagreeing(witnesses: Sequence[Witness]) -> Iterator[str]:
    """Two papers give one measure of one period two values."""
    by_period: defaultdict[tuple[object, ...], list[_Figure]] = defaultdict(list)
    for witness in witnesses:
        figure = _figure(witness)
        if figure is not None:
            mention = witness.act.dates[0]
            key = (figure.quantity.kind, figure.quantity.unit, mention.first, mention.last, figure.groups)
            by_period[key].append(figure)
    for figures in by_period.values():
        for one, other in combinations(figures, 2):
            if one.witness.paper.id != other.witness.paper.id and _disagree(one, other):
                yield f"Two values for one measure: {named(one.witness)}, and {named(other.witness)}."


def _figure(witness: Witness) -> _Figure | None:
    """Take the only figure of an act of one period; an act of several cannot be held against another."""
    act, text = witness.act, witness.passage.text
    figures = [each for each in act.quantities if each.kind in _COMPARED]
    if len(figures) != 1 or len(act.dates) != 1 or act.whose is Whose.OTHER:
        return None
    (figure,), (period,) = figures, act.dates
    rest = _without(text, act.start, act.end, figure, period)
    words = frozenset(word.casefold() for word in _WORD.findall(rest)) - _SMALL_WORDS
    marks = {token.casefold() for token in _WITH_DIGIT.findall(rest)} | (words & {"white", "black", "asian"})
    return _Figure(witness, figure, words, frozenset(marks | _strands(witness)))


def _strands(witness: Witness) -> set[str]:
    """Bodies and groups that an act names: what differs in them is another measure."""
    return {
        each.concept
        for each in witness.act.mentions
        if each.origin is Origin.TEXT and "network" in each.concept
    }


def _without(text: str, start: int, end: int, *parts: Quantity | DateMention) -> str:
    kept, at = [], start
    for part in sorted(parts, key=lambda each: each.start):
        kept.append(text[at : part.start])
        at = max(at, part.end)
    return " ".join((*kept, text[at:end]))


def _disagree(one: _Figure, other: _Figure) -> bool:
    if (one.quantity.value, one.quantity.total) == (other.quantity.value, other.quantity.total):
        return False
    both, either = one.words & other.words, one.words | other.words
    return len(both) >= _LEAST_WORDS and len(both) >= _ALIKE * len(either)


def _claimed_only(criterion: Criterion, gathered: Gathered, judged: Judged) -> Iterator[str]:
    """An application says that the thing is done, and no other paper shows it."""
    if judged.conclusion.status not in (Status.NOT_FOUND, Status.PLANNED):
        return
    for witness in gathered.near_misses:
        applied = witness.paper.profile.kind is PaperKind.APPLICATION
        if applied and witness.stance is Stance.DONE and touches_core(criterion, witness):
            yield f"Claimed, and shown by no other paper: {named(witness)}."


def _complete_without_date(witnesses: Iterable[Witness]) -> Iterator[str]:
    """A status column says that it is done, and nobody says since when."""
    for witness in witnesses:
        if any(cue.name == _NO_DATE for cue in witness.act.cues):
            yield f"Said to be complete, without a date: {named(witness)}."


def _unchanged(witnesses: Sequence[Witness], judged: Judged) -> Iterator[str]:
    """The words of a support stood in a paper of an earlier year already, figures and all."""
    for support, _ in judged.support:
        words = _words_of(support)
        told = support.paper.profile.date
        if len(words) < _BOILERPLATE_WORDS or told is None:
            continue
        earlier = [
            (each.paper.profile.date, each)
            for each in witnesses
            if each.paper.profile.date is not None and each.paper.profile.date.year < told.year
        ]
        same = [pair for pair in earlier if _same_words(words, _words_of(pair[1]))]
        if same:
            first, witness = min(same, key=lambda pair: (pair[0], pair[1].id))
            where = f"{witness.paper.profile.name}, {first.year}"
            yield f"Unchanged since {first.year}: {named(support)} stands in the same words in {where}."


def _words_of(witness: Witness) -> frozenset[str]:
    """Return the words and figures of an act, years left out: a copied paragraph gets the new year first of all."""
    text = witness.passage.text[witness.act.start : witness.act.end].casefold()
    return frozenset(_WORD.findall(text)) | {
        token for token in _WITH_DIGIT.findall(text) if not _YEAR.fullmatch(token.rstrip("."))
    }


def _same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME * len(one | other)


def _slips(judged: Judged) -> Iterator[str]:
    """Figures and dates of the support that cannot be right by their own words."""
    for witness, _ in judged.support:
        for slip in slips_of(witness):
            yield f"{slip[0].upper()}{slip[1:]}: {named(witness)}."
