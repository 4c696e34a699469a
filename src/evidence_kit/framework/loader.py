"""Reads a framework from its folder: ``framework.yml`` and one YAML file a criterion.

Everything is validated with file and line. The checks with their parameters and the names of concepts are handed in,
since the rooms that know them stand above or beside this one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_kit.errors import FrameworkInvalid
from evidence_kit.framework.parameters import CheckParameters, faults_of
from evidence_kit.framework.yaml_source import Faults, Node, read_yaml
from evidence_kit.records.criterion import (
    Basis,
    Criterion,
    CriterionKind,
    Driver,
    Element,
    Force,
    Framework,
    Level,
    NearMiss,
    NearMissEffect,
    Parameter,
    Principle,
    Short,
    Wording,
)
from evidence_kit.records.passage import PaperKind

HEAD_FILE = "framework.yml"
CRITERIA_FOLDER = "criteria"


@dataclass(frozen=True, slots=True)
class _Names:
    """What names a criterion may use."""

    checks: CheckParameters
    concepts: Collection[str]


def load_framework(folder: Path, *, checks: CheckParameters, concepts: Collection[str]) -> Framework:
    """Read and validate a framework.

    Args:
        folder: Holds ``framework.yml`` and ``criteria/*.yml``.
        checks: The known checks with the kinds of their parameters.
        concepts: Ids of the concepts in the lexicon.

    Raises:
        FrameworkInvalid: Something is wrong; every fault is listed with file and line.
    """
    faults = Faults()
    names = _Names(checks, concepts)
    head_path = folder / HEAD_FILE
    if not head_path.is_file():
        raise FrameworkInvalid((f"{head_path}: missing; a framework folder needs this file",))
    head = Node(read_yaml(head_path, faults), head_path, faults)
    criteria = tuple(
        _criterion(Node(read_yaml(path, faults), path, faults), names)
        for path in sorted((folder / CRITERIA_FOLDER).glob("*.yml"))
    )
    framework = _framework(head, criteria)
    _check_references(head, framework)
    if faults.lines:
        raise FrameworkInvalid(tuple(faults.lines))
    return framework


def label_digest(criteria: tuple[Criterion, ...]) -> str:
    """Return the SHA-256 over criterion ids and normalised wordings: what a trained model is bound to."""
    digest = hashlib.sha256()
    for criterion in sorted(criteria, key=lambda each: each.id):
        digest.update(criterion.id.encode())
        for wording in criterion.wordings:
            digest.update(f"\0{wording.variant}\0{normalise_wording(wording.text)}".encode())
        digest.update(b"\n")
    return digest.hexdigest()


def normalise_wording(text: str) -> str:
    """Fold case, white space and punctuation, so that a changed apostrophe is not a changed wording."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _framework(head: Node, criteria: tuple[Criterion, ...]) -> Framework:
    levels = tuple(_level(node) for node in head.children("levels"))
    order = [level.id for level in levels]

    def rank(criterion: Criterion) -> tuple[int, str, str]:
        level = order.index(criterion.level) if criterion.level in order else len(order)
        return (level, criterion.parent or criterion.id, criterion.id)

    ordered = tuple(sorted(criteria, key=rank))
    framework = Framework(
        id=head.text("id"),
        title=head.text("title"),
        edition=head.text("edition"),
        publisher=head.text("publisher"),
        source=head.text("source"),
        attribution=head.text("attribution"),
        aliases=head.words("aliases"),
        regions=head.words("regions"),
        untested=head.words("untested"),
        levels=levels,
        principles=tuple(_principle(node) for node in head.children("principles")),
        drivers=tuple(_driver(node) for node in head.children("drivers")),
        criteria=ordered,
        digest=label_digest(ordered),
    )
    head.refuse_unknown()
    return framework


def _level(node: Node) -> Level:
    level = Level(
        id=node.text("id"),
        label=node.text("label"),
        cumulative=node.flag("cumulative", True),
        text=node.text("text", ""),
        asks_more=node.words("asks_more"),
    )
    node.refuse_unknown()
    return level


def _principle(node: Node) -> Principle:
    principle = Principle(node.text("id"), node.text("label"))
    node.refuse_unknown()
    return principle


def _driver(node: Node) -> Driver:
    driver = Driver(
        id=node.text("id"),
        label=node.text("label"),
        principle=node.text("principle"),
        in_table=node.flag("in_table", True),
        aliases=node.words("aliases"),
        note=node.text("note", ""),
    )
    node.refuse_unknown()
    return driver


def _criterion(node: Node, names: _Names) -> Criterion:
    window = node.child("window")
    months = window.number("months")
    of_publication = window.flag("of_publication", False)
    window.refuse_unknown()
    elements = tuple(_element(child, names) for child in node.children("elements"))
    criterion = Criterion(
        id=node.text("id"),
        level=node.text("level"),
        driver=node.text("driver"),
        principle=node.text("principle"),
        kind=node.one_of("kind", CriterionKind),
        force=node.one_of("force", Force),
        gates_level=node.flag("gates_level", True),
        parent=node.text("parent", ""),
        wordings=tuple(Wording(name, str(text)) for name, text in node.mapping("wordings").items()),
        plain=node.text("plain"),
        elements=elements,
        same_act=_groups(node, "same_act"),
        same_passage=_groups(node, "same_passage"),
        same_paper=_groups(node, "same_paper"),
        window_months=months,
        window_of_publication=of_publication,
        bears=_groups(node, "bears"),
        bears_not=node.words("bears_not"),
        bears_unless=node.words("bears_unless"),
        near_misses=tuple(_near_miss(child, names) for child in node.children("near_misses")),
        expected_in=node.words("expected_in"),
        typical_evidence=node.words("typical_evidence"),
        concepts=node.words("concepts"),
        assumptions=node.words("assumptions"),
        applies_to=node.words("applies_to"),
        rules_in=node.words("rules_in"),
    )
    node.refuse_unknown()
    for unknown in sorted(set(criterion.rules_in) - {kind.value for kind in PaperKind}):
        node.fault(f"unknown kind of paper `{unknown}`", "rules_in")
    _check_criterion(node, criterion, names)
    return criterion


def _groups(node: Node, key: str) -> tuple[tuple[str, ...], ...]:
    """Read a list of names, or a list of such lists, as groups."""
    groups = node.groups(key)
    if groups and all(isinstance(group, str) for group in groups):
        return (tuple(str(name) for name in groups),)
    if any(isinstance(group, str) for group in groups):
        node.fault(f"`{key}` must be a list of names or a list of such lists, not both", key)
        return ()
    return tuple(tuple(str(name) for name in group) for group in groups)


def _element(node: Node, names: _Names) -> Element:
    given = node.mapping("with")
    element = Element(
        id=node.text("id"),
        asks=node.text("asks"),
        check=node.text("check"),
        basis=node.one_of("basis", Basis),
        required=node.flag("required", False),
        core=node.flag("core", False),
        suffices=node.flag("suffices", False),
        parameters=tuple((name, _parameter(given[name])) for name in sorted(given)),
        short=node.one_of("short", Short) if node.has("short") else None,
        variants=node.words("variants"),
    )
    node.refuse_unknown()
    if element.check and element.check not in names.checks:
        node.fault(f"unknown check `{element.check}`; known: {', '.join(sorted(names.checks))}", "check")
    if element.required and element.basis is not Basis.WORDING:
        node.fault("only an element with basis `wording` may be required", "required")
    if element.core and not element.required:
        node.fault("a core element must be required", "core")
    if element.suffices and not element.required:
        node.fault("an element that suffices must be required", "suffices")
    if element.check in names.checks:
        _check_parameters(node, element.check, given, names)
    return element


def _parameter(value: Any) -> Parameter:
    if isinstance(value, (bool, int, float, str)):
        return value
    return tuple(str(item) for item in value or ())


def _check_parameters(node: Node, check: str, given: Mapping[str, Any], names: _Names) -> None:
    """Note every parameter that the check does not have, and every value that it cannot take."""
    kinds = names.checks[check]
    where = node.child("with")
    for name, value in given.items():
        if name in kinds:
            for fault in faults_of(kinds[name], value, names.concepts):
                where.fault(f"`{name}` of `{check}` {fault}", name)
        else:
            known = ", ".join(sorted(kinds)) or "none"
            where.fault(f"unknown parameter `{name}` of `{check}`; known: {known}", name)


def _near_miss(node: Node, names: _Names) -> NearMiss:
    near_miss = NearMiss(
        looks_like=node.text("looks_like"),
        because=node.text("because"),
        effect=node.one_of("effect", NearMissEffect),
        when_any=node.words("when_any"),
        when_all=node.words("when_all"),
        unless=node.words("unless"),
    )
    node.refuse_unknown()
    for key, concepts in (
        ("when_any", near_miss.when_any),
        ("when_all", near_miss.when_all),
        ("unless", near_miss.unless),
    ):
        _check_concepts(node, concepts, names, key)
    return near_miss


def _check_concepts(node: Node, concepts: Collection[str], names: _Names, key: str) -> None:
    for concept in concepts:
        if concept not in names.concepts:
            node.fault(
                f"unknown concept `{concept}` in `{key}`; concepts stand in taxonomy/lexicon/*.yml", key
            )


def _check_criterion(node: Node, criterion: Criterion, names: _Names) -> None:
    ids = [element.id for element in criterion.elements]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        node.fault(f"element `{name}` stands here twice", "elements")
    for key, groups in (
        ("same_act", criterion.same_act),
        ("same_passage", criterion.same_passage),
        ("same_paper", criterion.same_paper),
    ):
        for name in (name for group in groups for name in group if name not in ids):
            node.fault(f"`{key}` names an element that is not there: `{name}`", key)
    if not any(element.core for element in criterion.elements):
        node.fault("no element is `core`: say which act the rest means nothing without", "elements")
    if not criterion.wordings:
        node.fault("`wordings` must quote at least one wording", "wordings")
    if not criterion.bears:
        node.fault("`bears` must name at least one group of concepts", "bears")
    variants = {wording.variant for wording in criterion.wordings}
    for element in criterion.elements:
        for variant in (variant for variant in element.variants if variant not in variants):
            node.fault(f"element `{element.id}` names a wording that is not there: `{variant}`", "elements")
    _check_concepts(node, [name for group in criterion.bears for name in group], names, "bears")
    for key, concepts in (
        ("bears_not", criterion.bears_not),
        ("bears_unless", criterion.bears_unless),
        ("concepts", criterion.concepts),
    ):
        _check_concepts(node, concepts, names, key)


def _check_references(head: Node, framework: Framework) -> None:
    levels = {level.id for level in framework.levels}
    drivers = {driver.id for driver in framework.drivers}
    principles = {principle.id for principle in framework.principles}
    ids = [criterion.id for criterion in framework.criteria]
    if not ids:
        head.fault(f"no criteria: `{CRITERIA_FOLDER}/*.yml` is empty")
    for driver in framework.drivers:
        if driver.principle not in principles:
            head.fault(f"driver `{driver.id}` names an unknown principle `{driver.principle}`", "drivers")
    for name in framework.untested:
        if name not in ids:
            head.fault(f"`untested` names an unknown criterion `{name}`", "untested")
    for criterion in framework.criteria:
        for kind, name, known in (
            ("level", criterion.level, levels),
            ("driver", criterion.driver, drivers),
            ("principle", criterion.principle, principles),
            ("parent", criterion.parent, {"", *ids}),
        ):
            if name not in known:
                head.fault(f"criterion `{criterion.id}` names an unknown {kind} `{name}`")
        if ids.count(criterion.id) > 1:
            head.fault(f"criterion id `{criterion.id}` is used twice")
