"""A framework in text and JSON: what it asks, element by element."""

from __future__ import annotations

import json
from collections.abc import Iterator

import msgspec

from evidence_kit.errors import UsageError
from evidence_kit.records.criterion import Criterion, CriterionKind, Element, Framework
from evidence_kit.reports.explain import check_words
from evidence_kit.reports.findings import together
from evidence_kit.reports.words import BASIS_WORDS, EFFECT_WORDS, FORCE_WORDS, KIND_WORDS, count, listed

SHOW_SCHEMA = "evidence-kit/framework"
SHOW_SCHEMA_VERSION = 1


def find_criterion(framework: Framework, criterion_id: str) -> Criterion:
    """Return a criterion; its id may be written in small letters.

    Raises:
        UsageError: The framework has no such criterion.
    """
    for criterion in framework.criteria:
        if criterion.id.casefold() == criterion_id.strip().casefold():
            return criterion
    known = listed([criterion.id for criterion in framework.criteria])
    raise UsageError(f"This framework has no criterion {criterion_id}.", next_step=f"It has {known}.")


def counted(framework: Framework) -> str:
    """Word how many criteria of each kind there are."""
    deliverables = sum(criterion.kind is CriterionKind.DELIVERABLE for criterion in framework.criteria)
    actions = len(framework.criteria) - deliverables
    return f"{count(deliverables, 'deliverable')}, {count(actions, 'supporting action')}"


def framework_text(framework: Framework) -> str:
    """Return all criteria in order, one line each."""
    return "\n".join(_framework(framework))


def _framework(framework: Framework) -> Iterator[str]:
    yield f"{framework.title}, {framework.edition}: {counted(framework)}"
    yield framework.attribution
    for level in framework.levels:
        yield ""
        yield level.label
        for criterion in framework.criteria:
            if criterion.level == level.id:
                indent = "    " if criterion.parent else "  "
                yield f"{indent}{criterion.id:6} {criterion.plain}"


def criterion_text(framework: Framework, criterion: Criterion) -> str:
    """Return one criterion with everything that decides about it."""
    return "\n".join(_criterion(framework, criterion))


def _criterion(framework: Framework, criterion: Criterion) -> Iterator[str]:
    levels = {level.id: level.label for level in framework.levels}
    drivers = {driver.id: driver.label for driver in framework.drivers}
    principles = {principle.id: principle.label for principle in framework.principles}
    yield f"{criterion.id}: {levels.get(criterion.level, criterion.level)} {KIND_WORDS[criterion.kind]}"
    yield f"Driver: {drivers.get(criterion.driver, criterion.driver)}"
    yield f"Principle: {principles.get(criterion.principle, criterion.principle)}"
    for wording in criterion.wordings:
        yield f"{wording.variant}: “{wording.text}”"
    yield framework.attribution
    if FORCE_WORDS[criterion.force]:
        yield FORCE_WORDS[criterion.force]
    yield f"Our reading: {criterion.plain}"
    if criterion.window_months:
        yield f"Window: {criterion.window_months} months back from the as-of date"
    yield "Elements:"
    for element in criterion.elements:
        yield from _element(element)
    for sentence in together(criterion):
        yield f"  {sentence}"
    for name in ("expected_in", "typical_evidence", "assumptions"):
        if getattr(criterion, name):
            yield f"{name.replace('_', ' ').capitalize()}: {'; '.join(getattr(criterion, name))}"
    for near_miss in criterion.near_misses:
        yield f"Near-miss: {near_miss.looks_like}, because {near_miss.because} ({EFFECT_WORDS[near_miss.effect]})"


def _element(element: Element) -> Iterator[str]:
    marks = ["required" if element.required else "strengthens only"]
    marks += ["core"] if element.core else []
    marks += [f"only in the {listed(element.variants)} wording"] if element.variants else []
    yield f"  {element.id}: {element.asks}"
    yield f"      {', '.join(marks)}; basis: {BASIS_WORDS[element.basis]}; check: {check_words(element)}"
    if element.short:
        yield f"      a complete figure that falls short is {element.short.value}"


def framework_json(framework: Framework, criterion: Criterion | None = None) -> str:
    """Return the framework, or one of its criteria, for programs."""
    body = {"schema": SHOW_SCHEMA, "schema_version": SHOW_SCHEMA_VERSION}
    record = {"framework": framework} if criterion is None else {"criterion": criterion}
    return json.dumps(body | msgspec.to_builtins(record), indent=2)
