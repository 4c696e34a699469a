"""The framework as records: carried in the evidence map, so that a report needs no second file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """Where an element comes from; only ``wording`` may be required or carry a window."""

    WORDING = "wording"
    LEVEL_TEXT = "level_text"
    NARRATIVE = "narrative"
    HOUSE = "house"


class Force(StrEnum):
    """The word that the criterion itself uses."""

    MUST = "must"
    SHOULD = "should"
    CAN = "can"
    NONE = "none"


class CriterionKind(StrEnum):
    """Deliverables may gate a level; supporting actions are shown apart."""

    DELIVERABLE = "deliverable"
    SUPPORTING_ACTION = "supporting_action"


class Short(StrEnum):
    """What a complete figure below the threshold means."""

    CONTRADICTED = "contradicted"
    PARTLY = "partly"


class NearMissEffect(StrEnum):
    """What a near-miss does to a passage."""

    EXCLUDE = "exclude"
    CAP_AT_PARTLY = "cap_at_partly"
    FLAG = "flag"


Parameter = str | int | float | bool | tuple[str, ...]
"""A value of a check's parameter, as the YAML gives it; lists become tuples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One checkable part of a criterion.

    Attributes:
        asks: The question in plain English.
        check: Name in the catalogue of checks.
        parameters: The check's parameters, sorted by name.
        core: The act without which the rest means nothing; of several, any one will do.
        suffices: Where it is shown, nothing else need be: figures that prove what other elements say in words.
        variants: The wordings that it belongs to; empty for all.
    """

    id: str
    asks: str
    check: str
    basis: Basis
    required: bool = False
    core: bool = False
    suffices: bool = False
    parameters: tuple[tuple[str, Parameter], ...] = ()
    short: Short | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """Something that looks like evidence and is not, or not quite.

    Attributes:
        when_any, when_all, unless: Concepts in the act's own words: at least one, all of them, none of them.
    """

    looks_like: str
    because: str
    effect: NearMissEffect
    when_any: tuple[str, ...] = ()
    when_all: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the framework's own wordings, quoted."""

    variant: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A deliverable or a supporting action.

    Attributes:
        id: Stable, never positional: ``S4``, ``S4.s1``.
        parent: The deliverable that a supporting action stands beside, else empty.
        plain: Our reading in one sentence.
        window_months: How recent the acts must be, back from the as-of date; ``None`` where the wording has no window.
        window_of_publication: The window is of when it was published, whatever day its figures are of.
        same_act, same_passage, same_paper: Groups of ids of elements that one act, one passage or one paper must
            show together.
        bears: Groups of concepts: a passage bears on the criterion when each group has a concept in it.
        applies_to: Types of organisation that the criterion asks anything of; empty for all.
        rules_in: Kinds of paper in force whose "will" and "must" show something here; elsewhere a rule only plans.
        bears_not: Concepts that take a passage away from the criterion when they stand in its own words and none of
            ``bears_unless`` does.
    """

    id: str
    level: str
    driver: str
    principle: str
    kind: CriterionKind
    force: Force
    gates_level: bool
    wordings: tuple[Wording, ...]
    plain: str
    elements: tuple[Element, ...]
    parent: str = ""
    window_months: int | None = None
    window_of_publication: bool = False
    same_act: tuple[tuple[str, ...], ...] = ()
    same_passage: tuple[tuple[str, ...], ...] = ()
    same_paper: tuple[tuple[str, ...], ...] = ()
    bears: tuple[tuple[str, ...], ...] = ()
    bears_not: tuple[str, ...] = ()
    bears_unless: tuple[str, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    expected_in: tuple[str, ...] = ()
    typical_evidence: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    rules_in: tuple[str, ...] = ()

    @property
    def variants(self) -> tuple[str, ...]:
        """The wordings that are concluded separately: those that an element names, else the first alone."""
        named = {variant for element in self.elements for variant in element.variants}
        chosen = tuple(wording.variant for wording in self.wordings if wording.variant in named)
        return chosen or (self.wordings[0].variant,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level, stage or band of a framework.

    Attributes:
        text: The paragraph above the level's table, quoted.
        asks_more: What the level text asks that no criterion covers, in our words; shown as *needs a person*.
    """

    id: str
    label: str
    cumulative: bool = True
    text: str = ""
    asks_more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A key driver; ``in_table`` is false for those that only the narrative has."""

    id: str
    label: str
    principle: str
    in_table: bool = True
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Principle:
    """One of the framework's principles."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """A standard as data.

    Attributes:
        digest: SHA-256 over criterion ids and wordings: what a trained model is bound to.
        attribution: Printed wherever a wording is quoted.
        regions: Where the framework is in use; organisations elsewhere read "as if it applied". Empty for anywhere.
        untested: Ids of criteria that no passage of the real documents used in tests bears on: how they are read was
            tested on made papers alone. Reports say so beside them.
    """

    id: str
    title: str
    edition: str
    publisher: str
    source: str
    attribution: str
    levels: tuple[Level, ...]
    principles: tuple[Principle, ...]
    drivers: tuple[Driver, ...]
    criteria: tuple[Criterion, ...]
    digest: str
    aliases: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the criterion with this id.

        Raises:
            KeyError: No criterion has it.
        """
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(criterion_id)
