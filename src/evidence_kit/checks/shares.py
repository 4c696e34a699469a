"""Shares of a group held against another share: the members of a board against the people it serves.

Nobody's ethnicity is inferred: only figures that documents state are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from evidence_kit.checks.base import Parameters, PoolResult, Setting, Witness, concepts_of
from evidence_kit.language.number_words import value_of
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.finding import Outcome
from evidence_kit.records.reading import Mention, Origin, Quantity, QuantityKind

Seats = tuple[int, int]
"""So many members of so many."""

SMALLEST_BOARD, LARGEST_BOARD = 7, 25
"""Sizes that are tried where only a percentage is told; a result counts only if all of them agree."""
_HALF_A_SEAT = 0.5
"""A share seldom comes to whole seats: the next whole number below or above is as close as seats can come."""
_NONE = frozenset({"no", "none", "nobody", "neither"})
_WHITE = re.compile(r"\b(?:White|white)\b")
_OTHER_MEMBERS = re.compile(
    r"\b(?:staff|network|public|governors?|council|committee|team|panel|workforce|governing|community)\b"
)
_MINORITY_WHITE = re.compile(r"\b(?:not|other than|non)[\s-]+white\b", re.IGNORECASE)


def members_match_population(
    witnesses: Sequence[Witness], parameters: Parameters, setting: Setting
) -> PoolResult:
    """As many members of a body come from the group as its share of the population asks for, and at least one.

    Seats are whole: a share counts as matched when the members are no more than half a seat below it. Several shares
    (two boroughs), or a percentage without the body's size, count only if all readings come to the same result.

    Parameters: ``members`` (concepts of "so many members are from the group"), ``count`` (concept of a number of
    members), ``units`` (words that members are called by), ``population`` (concept of the population's share),
    ``group`` (concepts of the group), ``others`` (concepts of other groups).
    """
    told = sorted(witnesses, key=lambda each: (each.when or date.min, each.id), reverse=True)
    found = ((each, seats) for each in told if (seats := _seats(each, parameters)))
    member, seats = next(found, (None, ()))
    shares = [
        (each, share) for each in setting.beside for share in _population_shares(each, parameters, member)
    ]
    if not shares:
        return PoolResult(outcome=Outcome.NOT_SHOWN, reason="no share of the local population is given")
    if member is None:
        return PoolResult(outcome=Outcome.OPEN, reason="how many members there are could not be read")
    used = (member, *dict.fromkeys(each for each, _ in shares))
    asked = " or ".join(f"{share:g}%" for share in dict.fromkeys(share for _, share in shares))
    has = f"{seats[0][0]} of {seats[0][1]} members" if len(seats) == 1 else "the members' share"
    results = {_matches(each, share) for each in seats for _, share in shares}
    if results == {True}:
        return PoolResult(
            outcome=Outcome.SHOWN, reason=f"{has}, the population's share is {asked}", used=used
        )
    if results == {False}:
        reason = f"{has}, fewer than the population's share of {asked} asks for"
        return PoolResult(outcome=Outcome.SHORT, reason=reason, used=used, step=_more_members(seats, shares))
    reason = f"a person must compare: {has}, the population's share is {asked}"
    return PoolResult(outcome=Outcome.OPEN, reason=reason, used=used)


def _more_members(seats: Sequence[Seats], shares: Sequence[tuple[Witness, float]]) -> str:
    """Say how many more members would match the largest share, where the body's size is told."""
    if len(seats) != 1:
        return ""
    members, size = seats[0]
    largest = max(share for _, share in shares)
    missing = next(each for each in range(size + 1) if _matches((members + each, size), largest))
    noun = "member" if missing == 1 else "members"
    return f"{missing} more {noun} of {size} would match {largest:g}%."


def _matches(seats: Seats, share: float) -> bool:
    members, size = seats
    return members >= 1 and members >= share * size / 100 - _HALF_A_SEAT


def _seats(witness: Witness, parameters: Parameters) -> tuple[Seats, ...]:
    """Return what an act can mean by its figures: one pair, or several where the size has to be guessed."""
    stretches = [
        mention
        for concept in concepts_of(parameters, "members")
        for mention in witness.act.mentions
        if mention.concept == concept and mention.origin is Origin.TEXT
    ]
    for stretch in stretches:
        found = _seats_in(stretch, witness, parameters)
        if found:
            return found
    return ()


def _seats_in(stretch: Mention, witness: Witness, parameters: Parameters) -> tuple[Seats, ...]:
    units = concepts_of(parameters, "units")
    parts = [each for each in witness.act.quantities if each.kind is QuantityKind.OF and each.total]
    for each in parts:
        near = each.start < stretch.end and stretch.start < each.end and not each.unit
        if near or (_named(each, units) and (len(parts) == 1 or each.end > stretch.start)):
            return _sound((int(each.value), int(each.total or 0)))
    percent = next((each for each in witness.act.quantities if _is_members_share(each, stretch, units)), None)
    number, place = _members(stretch, witness, parameters)
    if number is None:
        return _guessed(percent.value) if percent is not None else ()
    if place is not None and (size := _size(witness, units, place)):
        return _sound((number, size))
    if percent is None or not number:
        return ()
    return tuple(pair for pair in _guessed(percent.value) if pair[0] == number)


def _members(stretch: Mention, witness: Witness, parameters: Parameters) -> tuple[int | None, Mention | None]:
    """Return the number of members from the group: the last number before the words for the group."""
    group = concepts_of(parameters, "group")
    inside = [
        each
        for each in witness.act.mentions
        if each.origin is Origin.TEXT and stretch.start <= each.start and each.end <= stretch.end
    ]
    named = max((each.start for each in inside if each.concept in group), default=stretch.end)
    units = concepts_of(parameters, "units")
    numbers = [
        each
        for each in inside
        if each.concept in concepts_of(parameters, "count")
        and _number(each.form) is not None
        and not _part_of(each, witness.act.quantities, units)
    ]
    before = [each for each in numbers if each.start < named] or numbers[:1]
    if not before:
        return None, None
    return _number(before[-1].form), before[-1]


def _part_of(mention: Mention, quantities: Sequence[Quantity], units: Sequence[str]) -> bool:
    """Tell whether a number is part of a percentage, or counts the whole body ("fourteen directors")."""
    return any(
        each.start <= mention.start < each.end
        and (each.kind is QuantityKind.PERCENT or (each.kind is QuantityKind.COUNT and _named(each, units)))
        for each in quantities
    )


def _number(form: str) -> int | None:
    word = form.casefold()
    if word in _NONE:
        return 0
    try:
        return int(value_of(word))
    except (KeyError, ValueError):
        return None


def _size(witness: Witness, units: Sequence[str], number: Mention) -> int:
    """Return how many members the body has, as the act or its passage says; 0 if neither does."""
    quantities = (*witness.act.quantities, *find_quantities(witness.passage.text))
    sizes = (
        int(each.total or each.value)
        for each in quantities
        if each.kind in (QuantityKind.COUNT, QuantityKind.ALL)
        and _named(each, units)
        and not each.start <= number.start < each.end
    )
    return next((size for size in sizes if size), 0)


def _is_members_share(quantity: Quantity, stretch: Mention, units: Sequence[str]) -> bool:
    return (
        quantity.kind is QuantityKind.PERCENT
        and quantity.start < stretch.end
        and stretch.start < quantity.end
        and (not quantity.unit or _named(quantity, units))
    )


def _named(quantity: Quantity, units: Sequence[str]) -> bool:
    """Tell whether a figure counts members of the body; "members of staff" are members of something else."""
    return any(unit in quantity.unit for unit in units) and not _OTHER_MEMBERS.search(quantity.unit)


def _guessed(percent: float) -> tuple[Seats, ...]:
    """Return all pairs of members and size that a rounded percentage can stand for."""
    sizes = range(SMALLEST_BOARD, LARGEST_BOARD + 1)
    pairs = ((round(percent * size / 100), size) for size in sizes)
    return tuple(pair for pair in pairs if abs(100 * pair[0] / pair[1] - percent) <= _HALF_A_SEAT)


def _sound(pair: Seats) -> tuple[Seats, ...]:
    return (pair,) if 0 <= pair[0] <= pair[1] <= LARGEST_BOARD else ()


def _population_shares(witness: Witness, parameters: Parameters, member: Witness | None) -> Iterator[float]:
    """Yield the shares of the population that an act gives for the group."""
    population = concepts_of(parameters, "population")
    stretches = [
        each for each in witness.act.mentions if each.concept in population and each.origin is Origin.TEXT
    ]
    group = concepts_of(parameters, "group")
    beside = member is not None and witness.passage.id == member.passage.id
    if not stretches or not (witness.has(group, own=True) or (beside and witness.has(group))):
        return
    if witness.has(concepts_of(parameters, "others"), own=True):
        return
    with_members = witness.has(concepts_of(parameters, "members"), own=True)
    for quantity in witness.act.quantities:
        if quantity.kind is not QuantityKind.PERCENT or _is_of_white_people(quantity, witness):
            continue
        inside = any(each.start < quantity.end and quantity.start < each.end for each in stretches)
        if inside or not with_members:
            yield quantity.value


def _is_of_white_people(quantity: Quantity, witness: Witness) -> bool:
    """Tell whether a share is said of White people: "77% of residents are White"."""
    following = witness.passage.text[quantity.end : witness.act.end]
    following = re.split(r"\d", following, maxsplit=1)[0]
    return bool(_WHITE.search(following)) and not _MINORITY_WHITE.search(following)
