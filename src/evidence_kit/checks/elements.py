"""Elements: which acts show which element, held together by the groups of one act, one passage, one paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from evidence_kit.checks.base import PoolResult, Result, Setting, Witness
from evidence_kit.checks.catalogue import ACT_CHECKS, POOL_CHECKS
from evidence_kit.language.stance import NEGATIVE
from evidence_kit.language.subjects import another_thing
from evidence_kit.records.criterion import Criterion, Element, Parameter
from evidence_kit.records.document import BlockKind
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Origin, Stance

Hits = dict[str, tuple[Witness, ...]]
"""For each element, the acts that show it."""

_OF_CHANGE = ("gaps.", "series.")
"""Checks of criteria that ask for better figures."""
_GOT_WORSE = re.compile(
    r"\b(?:wors\w+|deteriorat\w+|widen\w+|fell\s+short|wrong\s+(?:direction|way)|gr[eo]wn?|rose|risen|increas\w+)\b",
    re.IGNORECASE,
)
_INTENDS = frozenset({Stance.PLANNED, Stance.ASPIRATION})
_SAID = frozenset({Origin.TEXT, Origin.STEM, Origin.CARRIED})
"""What an act names itself or takes up from the sentence before, not what it stands under."""


@dataclass(frozen=True)
class Matrix:
    """All acts of one criterion under one wording against all its elements.

    Attributes:
        criterion: Gives groups.
        elements: Those of the wording.
        witnesses: In order of document and place.
        setting: As-of date and window, for checks that look at several acts.
    """

    criterion: Criterion
    elements: tuple[Element, ...]
    witnesses: tuple[Witness, ...]
    setting: Setting

    @cached_property
    def results(self) -> dict[tuple[str, str], Result]:
        """What each act check says of each act: by element id and witness id."""
        return {
            (element.id, witness.id): ACT_CHECKS[element.check](witness, parameters_of(element))
            for element in self.elements
            if element.check in ACT_CHECKS
            for witness in self.witnesses
        }

    def taking_over(self, other: Matrix) -> Matrix:
        """Return this matrix with what another has worked out of the same acts: no act check asks about age."""
        self.__dict__["results"] = other.results
        self.__dict__["_other_things"] = other._other_things
        return self

    def hits(self, accept: Callable[[Witness], bool], *, thing_itself: bool = False) -> Hits:
        """Return the acts that show each act-checked element, after the groups have been held together.

        A complete figure that falls short counts as a hit here: it is the thing itself, with a wrong number.

        Args:
            accept: Which witnesses take part.
            thing_itself: Ask only what names the thing itself: the groups of one act. Passage and paper hold together
                what proves it, not what it is.
        """
        accepted = [(witness, witness.id) for witness in self.witnesses if accept(witness)]
        found: Hits = {
            element.id: tuple(
                witness
                for witness, name in accepted
                if self.results[element.id, name].outcome is not Outcome.NOT_SHOWN
            )
            for element in self.elements
            if element.check in ACT_CHECKS
        }
        for group in self.criterion.same_act:
            _hold_together(found, group, _act_key)
        if not thing_itself:
            self._without_other_things(found)
            for group in self.criterion.same_passage:
                _hold_together(found, group, _passage_key, core=self.core_ids)
            for group in self.criterion.same_paper:
                _hold_together(found, group, _paper_key, core=self.core_ids)
        return found

    def _without_other_things(self, found: Hits) -> None:
        """Leave out, of what proves the thing from beside it, acts that are about another: "The smoking policy …"."""
        for name in self._proving:
            if name in found and name not in self.core_ids:
                found[name] = tuple(each for each in found[name] if each.id not in self._other_things)

    @cached_property
    def _proving(self) -> tuple[str, ...]:
        """Ids of the elements that must stand in one passage or paper with a core element."""
        groups = (*self.criterion.same_passage, *self.criterion.same_paper)
        return tuple(
            dict.fromkeys(name for each in groups if set(each) & set(self.core_ids) for name in each)
        )

    @cached_property
    def _other_things(self) -> frozenset[str]:
        """Ids of acts that open with a thing that nothing before named, and that no element asks for."""
        asked = {
            concept
            for element in self.elements
            if element.id in self._proving
            for value in parameters_of(element).values()
            if isinstance(value, tuple)
            for concept in value
        }
        return frozenset(each.id for each in self.witnesses if self._is_of_another_thing(each, asked))

    def _is_of_another_thing(self, witness: Witness, asked: Set[str]) -> bool:
        passage, act = witness.passage, witness.act
        if passage.kind is BlockKind.TABLE_ROW:
            return False
        context = " ".join((*passage.context.headings, passage.context.stem, passage.text[: act.start]))
        end = act.start + another_thing(passage.text[act.start : act.end], context)
        opens = (each for each in witness.mentions(own=True) if act.start <= each.start < end)
        asked_for = any(each.concept in asked for each in opens)
        return end > act.start and not asked_for and not self.names_core(witness)

    @cached_property
    def core_ids(self) -> tuple[str, ...]:
        """Ids of the core elements."""
        return tuple(element.id for element in self.elements if element.core)

    def core_of(self, hits: Hits) -> tuple[Witness, ...]:
        """Return the acts that show a core element, in order of place."""
        chosen = {witness.id for name in self.core_ids for witness in hits.get(name, ())}
        return tuple(witness for witness in self.witnesses if witness.id in chosen)

    def pool(self, element: Element, witnesses: Sequence[Witness]) -> PoolResult:
        """Run a check that looks at several acts."""
        return POOL_CHECKS[element.check](witnesses, dict(element.parameters), self.setting)

    @cached_property
    def fresh(self) -> Hits:
        """What is shown by acts that were done, count today and have no cap."""
        return self.hits(
            lambda witness: witness.stance is Stance.DONE and witness.fresh and witness.cap is None
        )

    @cached_property
    def core(self) -> tuple[Witness, ...]:
        """Acts that were done and show the thing itself, whatever else is missing, old or capped."""
        return self.core_of(self.hits(lambda witness: witness.stance is Stance.DONE, thing_itself=True))

    @cached_property
    def plans(self) -> tuple[Witness, ...]:
        """Acts that plan, promise or hope for the thing itself."""
        hits = self.hits(lambda witness: witness.stance in _INTENDS, thing_itself=True)
        return self.core_of(hits)

    @cached_property
    def denials(self) -> tuple[Witness, ...]:
        """Acts that say that the thing itself is not so, and name it: a "not" under its heading denies more.

        A figure that got worse denies only what asks for better figures: it was presented, published, reviewed.
        """
        hits = self.hits(lambda witness: witness.stance is Stance.CONTRADICTS, thing_itself=True)
        asks_better = any(element.check.startswith(_OF_CHANGE) for element in self.elements)
        return tuple(
            witness
            for witness in self.core_of(hits)
            if self.names_core(witness) and (asks_better or not _only_got_worse(witness))
        )

    def names_core(self, witness: Witness) -> bool:
        """Tell whether an act shows a core element by what it says, not only by what it stands under."""
        said = tuple(each for each in witness.act.mentions if each.origin in _SAID)
        alone = replace(witness, act=replace(witness.act, mentions=said))
        return any(
            ACT_CHECKS[element.check](alone, parameters_of(element)).outcome is not Outcome.NOT_SHOWN
            for element in self.elements
            if element.core and element.check in ACT_CHECKS
        )


def _only_got_worse(witness: Witness) -> bool:
    denials = [cue for cue in witness.act.cues if cue.name == NEGATIVE]
    return bool(denials) and all(_GOT_WORSE.search(cue.text) for cue in denials)


def parameters_of(element: Element) -> dict[str, Parameter]:
    """Return an element's parameters; a core element counts what an act says itself, unless told otherwise."""
    parameters = dict(element.parameters)
    if element.core:
        parameters.setdefault("own", True)
    return parameters


def touches_core(criterion: Criterion, witness: Witness) -> bool:
    """Tell whether an act looks like the thing itself, whatever its stance."""
    return any(
        ACT_CHECKS[element.check](witness, parameters_of(element)).outcome is not Outcome.NOT_SHOWN
        for element in criterion.elements
        if element.core and element.check in ACT_CHECKS
    )


def _hold_together(
    hits: Hits, group: Iterable[str], key: Callable[[Witness], str], *, core: Sequence[str] = ()
) -> None:
    """Keep, of the group's hits, those in units (acts, passages, papers) that show every element of the group.

    Args:
        hits: Changed in place.
        group: Ids of elements.
        key: The unit of a witness.
        core: Where these are given and no unit is complete, the unit that comes nearest is kept: the one with most
            elements, and with a core element if the group has one. What it lacks stays missing, and the report says so.
    """
    members = [name for name in group if name in hits]
    if not members:
        return
    units = {name: {key(witness) for witness in hits[name]} for name in members}
    shared = set.intersection(*units.values())
    if not shared and core:
        there = sorted(set.union(*units.values()))
        shown = {unit: [name for name in members if unit in units[name]] for unit in there}
        if any(name in core for name in members):
            there = [unit for unit in there if any(name in core for name in shown[unit])]
        nearest = max(there, key=lambda unit: len(shown[unit]), default=None)
        shared = {nearest} if nearest is not None else set()
    for name in members:
        hits[name] = tuple(witness for witness in hits[name] if key(witness) in shared)


def _act_key(witness: Witness) -> str:
    return witness.id


def _passage_key(witness: Witness) -> str:
    return witness.passage.id


def _paper_key(witness: Witness) -> str:
    return witness.paper.id
