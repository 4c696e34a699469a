"""The kinds of a check's parameters: what each may hold, so that a misspelt one does not pass in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any

from evidence_kit.records.passage import PaperKind
from evidence_kit.records.reading import Grade, QuantityKind


class ParameterKind(StrEnum):
    """What a parameter holds; lists may be written as one word where they hold one."""

    CONCEPTS = "concepts"
    """Ids of the lexicon's concepts."""
    NUMBER = "number"
    """Above 0."""
    FLAG = "flag"
    GRADE = "grade"
    GRADES = "grades"
    ROLES = "roles"
    """Ids of roles, which are made of their words: ``executive_sponsor``."""
    PAPER_KINDS = "paper_kinds"
    QUANTITY_KINDS = "quantity_kinds"
    WORDS = "words"
    """As they stand in papers."""
    TEXT = "text"
    """For the reader of a report."""


CheckParameters = Mapping[str, Mapping[str, ParameterKind]]
"""For each check, the kinds of its parameters by name."""

_ROLE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_NAMES: dict[ParameterKind, tuple[str, ...]] = {
    ParameterKind.GRADE: tuple(Grade),
    ParameterKind.GRADES: tuple(Grade),
    ParameterKind.PAPER_KINDS: tuple(PaperKind),
    ParameterKind.QUANTITY_KINDS: tuple(QuantityKind),
}
"""The names that a parameter of these kinds may hold."""
_ONE = frozenset({ParameterKind.GRADE, ParameterKind.TEXT})


def faults_of(kind: ParameterKind, value: Any, concepts: Collection[str]) -> tuple[str, ...]:
    """Return what is wrong with a parameter's value, as the ends of sentences that begin with its name.

    Args:
        kind: Of the parameter.
        value: As the YAML gives it.
        concepts: Ids of the concepts in the lexicon.
    """
    if kind is ParameterKind.FLAG:
        return () if isinstance(value, bool) else ("must be true or false",)
    if kind is ParameterKind.NUMBER:
        right = isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0
        return () if right else ("must be a number above 0",)
    if isinstance(value, str):
        items: Sequence[Any] = (value,)
    elif kind in _ONE or not isinstance(value, Sequence):
        return ("must be text" if kind in _ONE else "must be a list",)
    else:
        items = value
    return tuple(fault for item in items if (fault := _fault_of(kind, item, concepts)))


def _fault_of(kind: ParameterKind, item: Any, concepts: Collection[str]) -> str:
    if not isinstance(item, str):
        return f"must hold text only, not {item!r}"
    if kind is ParameterKind.CONCEPTS and item not in concepts:
        return f"names an unknown concept `{item}`; concepts stand in taxonomy/lexicon/*.yml"
    if kind is ParameterKind.ROLES and not _ROLE.fullmatch(item):
        return f"holds `{item}`, which is no id of a role: small letters, words joined by `_`"
    names = _NAMES.get(kind)
    if names is not None and item not in names:
        return f"holds `{item}`; known: {', '.join(names)}"
    return ""
