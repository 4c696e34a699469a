"""Support: which acts are shown to the reader, out of all that show something."""

from __future__ import annotations

from collections.abc import Iterable

from evidence_kit.checks.base import Witness
from evidence_kit.checks.catalogue import ACT_CHECKS
from evidence_kit.checks.elements import Matrix
from evidence_kit.records.document import BlockKind
from evidence_kit.records.finding import Outcome

_OF_A_KIND = 3

Support = tuple[tuple[Witness, tuple[str, ...]], ...]
"""Acts that show something, each with the ids of the elements that it shows."""


def support_of(matrix: Matrix, used: Iterable[tuple[str, tuple[Witness, ...]]]) -> Support:
    """Choose the acts to show: those behind the elements, and others that name the thing itself and show most of it.

    Nothing is shown where no act shows the thing itself.

    Args:
        matrix: Acts against elements.
        used: Element ids with the acts behind them.
    """
    if not matrix.core:
        return ()
    behind = _collect(used)
    there = {witness.id for witness, _ in behind}
    required = frozenset(element.id for element in matrix.elements if element.required)
    others = tuple(
        (witness, shows)
        for witness in matrix.core
        if witness.id not in there
        and witness.cap is None
        and matrix.names_core(witness)
        and 2 * len(required & set(shows := _by_itself(matrix, witness))) > len(required)
        and not _has_fuller(behind, witness, required & set(shows), required)
    )
    return _few_of_a_kind((*_without_lesser(behind, matrix, required), *others))


def _collect(used: Iterable[tuple[str, tuple[Witness, ...]]]) -> Support:
    shows: dict[str, list[str]] = {}
    witnesses: dict[str, Witness] = {}
    for element, acts in used:
        for witness in acts:
            witnesses[witness.id] = witness
            shows.setdefault(witness.id, []).append(element)
    return tuple((witnesses[name], tuple(ids)) for name, ids in shows.items())


def _without_lesser(support: Support, matrix: Matrix, required: frozenset[str]) -> Support:
    """Leave out acts that show only what a fuller act of their paper shows: they hide what a reader wants to see.

    Acts that name the thing itself stay, and so do acts that show half of what is required.
    """
    kept = []
    for witness, shows in support:
        mine = required & set(shows)
        named = bool(mine & set(matrix.core_ids)) and matrix.names_core(witness)
        if named or 2 * len(mine) >= len(required) or not _has_fuller(support, witness, mine, required):
            kept.append((witness, shows))
    return tuple(kept)


def _few_of_a_kind(support: Support) -> Support:
    """Keep three at most of the acts of one paper and day that show the same: whole sentences before rows.

    A procedure shows its steps in every line; dated acts that are counted are each of their own day.
    """
    kinds: dict[tuple[object, ...], list[Witness]] = {}
    for witness, shows in support:
        kinds.setdefault((witness.paper.id, witness.when, frozenset(shows)), []).append(witness)
    kept = {
        witness.id for alike in kinds.values() for witness in sorted(alike, key=_is_no_sentence)[:_OF_A_KIND]
    }
    return tuple(pair for pair in support if pair[0].id in kept)


def _is_no_sentence(witness: Witness) -> tuple[bool, bool]:
    return witness.passage.kind is BlockKind.TABLE_ROW, not witness.passage.text[:1].isupper()


def _has_fuller(support: Support, witness: Witness, mine: frozenset[str], required: frozenset[str]) -> bool:
    """Tell whether an act of the same paper shows all that this one shows, and more."""
    return any(
        mine < required & set(others) and other.paper.id == witness.paper.id for other, others in support
    )


def _by_itself(matrix: Matrix, witness: Witness) -> tuple[str, ...]:
    return tuple(
        element.id
        for element in matrix.elements
        if element.check in ACT_CHECKS and matrix.results[element.id, witness.id].outcome is Outcome.SHOWN
    )
