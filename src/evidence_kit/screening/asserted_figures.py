"""Figures and dates of a claim, held against the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from evidence_kit.language.amounts_alike import (
    OCCASIONS,
    Ordinal,
    Says,
    head_of,
    labels_in,
    ordinals_in,
    says_of_amount,
)
from evidence_kit.language.content_words import content_words
from evidence_kit.language.dates import find_dates
from evidence_kit.language.people import find_people
from evidence_kit.language.proper_names import find_names
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.finding import Role
from evidence_kit.records.reading import DateMention, DatePrecision, Quantity, QuantityKind
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.screening.grounds import Grounds, Told
from evidence_kit.screening.weighing import ANYWHERE, OFTEN, Unshown, Weighing

SLACK = 3
"""For dates: a report names the day of a thing once, and its other days elsewhere."""
MONTH, YEAR = 31, 366
"""Days at most."""
EXACT = frozenset({DatePrecision.DAY, DatePrecision.MONTH})
"""Precisions of a date that speaks against another, and of which a longer period is of several months."""


def figures(
    weighing: Weighing, asked: str, quotes: Sequence[QuoteView], grounds: Grounds
) -> Iterator[Unshown]:
    """Yield the numbers, numbered things and ordinals of a claim that the pages do not carry.

    Args:
        weighing: The claim.
        asked: The criterion's words: as much as it asks for itself needs no other proof.
        quotes: What shows it: dated acts tell the number of meetings.
        grounds: Who is who.
    """
    claim = weighing.claim
    amounts = find_quantities(claim)
    known = find_quantities(asked)
    counted = _Counted(
        claim,
        quotes,
        grounds,
        most=max((one.value for one in known if one.kind is QuantityKind.PER_YEAR), default=0),
    )
    for amount in amounts:
        single = (amount.value, amount.total, amount.kind) == (1.0, None, QuantityKind.COUNT)
        if (
            (single and not amount.unit)
            or any(_is_asked(amount, one) for one in known)
            or counted.has(amount)
        ):
            continue
        others = [each for each in amounts if each is not amount]
        yield from weighing.unshown(
            claim[amount.start : amount.end],
            partial(_says, amount, others, claim),
            least=OFTEN if amount.kind is QuantityKind.PER_YEAR else ANYWHERE,
            silent=single,
        )
    for label, number in labels_in(claim):
        yield from weighing.unshown(f"{label} {number}", partial(_says_label, (label, number)))
    for ordinal in ordinals_in(claim):
        yield from weighing.unshown(
            ordinal.words,
            partial(_says_ordinal, ordinal),
        )


def _says(asked: Quantity, others: Sequence[Quantity], claim: str, one: Told) -> tuple[Says, str]:
    """Tell what a sentence says to a number; a number that the claim tells as well is no other one."""
    says, instead = says_of_amount(asked, claim, one.text)
    if says is Says.OTHER and any(says_of_amount(each, claim, one.text)[0] is Says.SAME for each in others):
        return Says.NOTHING, ""
    return says, instead


def _says_label(asked: tuple[str, str], one: Told) -> tuple[Says, str]:
    found = labels_in(one.text)
    if asked in found:
        return Says.SAME, ""
    other = next((each for each in found if each[0] == asked[0]), None)
    return (Says.OTHER, " ".join(other)) if other else (Says.NOTHING, "")


def _says_ordinal(asked: Ordinal, one: Told) -> tuple[Says, str]:
    same = any((each.value, each.thing) == (asked.value, asked.thing) for each in ordinals_in(one.text))
    return (Says.SAME if same else Says.NOTHING), ""


def _is_asked(amount: Quantity, asked: Quantity) -> bool:
    """Tell whether the criterion itself asks for as much, so that showing it shows this."""
    if amount.kind is not asked.kind:
        return False
    if amount.kind is QuantityKind.PER_YEAR:
        return asked.value == amount.value
    if amount.kind is QuantityKind.ALL and amount.total is None:
        return content_words(amount.unit) <= content_words(asked.unit)
    return False


class _Counted:
    """Dated acts of those whom a claim names.

    Args:
        claim: Its words.
        quotes: What shows the criterion.
        grounds: Who is who.
        most: How many a year the criterion asks for.
    """

    def __init__(self, claim: str, quotes: Sequence[QuoteView], grounds: Grounds, *, most: float) -> None:
        self._most = most
        names = [claim[low:high] for low, high in find_names(claim) if grounds.roles_of(claim[low:high])]
        names += [person.form for person in find_people(claim)]
        roles = {role for name in names for role in grounds.roles_of(name)}
        self._days = sorted(
            {
                view.quote.act_date
                for view in quotes
                if view.quote.role is Role.SUPPORT
                and view.quote.act_date
                and (not names or _names_one(view.text, names, roles))
            }
        )

    def has(self, amount: Quantity) -> bool:
        """Tell whether there are as many, where the criterion itself asks for several a year."""
        if self._most < 2:
            return False
        if amount.kind is QuantityKind.COUNT and head_of(amount) in OCCASIONS:
            return len(self._days) >= amount.value
        return (
            amount.kind is QuantityKind.PER_YEAR
            and amount.value <= self._most
            and any(
                sum(start <= day < start + timedelta(days=YEAR) for day in self._days) >= amount.value
                for start in self._days
            )
        )


def _names_one(text: str, names: Sequence[str], roles: set[str]) -> bool:
    folded = text.casefold()
    return any(name.casefold() in folded for name in names) or bool(
        roles & {one.role for one in find_people(text)}
    )


def dates(weighing: Weighing, as_of: date) -> Iterator[Unshown]:
    """Yield the dates of a claim that the pages do not carry; without a year it is the last before ``as_of``."""
    claimed = find_dates(weighing.claim, paper_date=as_of)
    for mention in claimed:
        yield from weighing.unshown(
            weighing.claim[mention.start : mention.end],
            partial(_says_when, mention, claimed),
            slack=SLACK,
        )


def _says_when(asked: DateMention, claimed: Sequence[DateMention], one: Told) -> tuple[Says, str]:
    """Tell whether a sentence is of a date: by its own words, its heading, or else its paper's date."""
    day, paper = one.sentence.day, one.sentence.paper
    own = find_dates(one.text, paper_date=day)
    if any(_lies_in(each, asked) for each in (*own, *find_dates(one.sentence.heads, paper_date=day))):
        return Says.SAME, ""
    exact = [
        each
        for each in own
        if each.precision in EXACT and not each.deadline and not (day and each.first > day)
    ]
    if exact:
        told = any(_lies_in(each, other) for each in exact for other in claimed)
        return (Says.NOTHING, "") if told else (Says.OTHER, one.text[exact[0].start : exact[0].end])
    dated = [each for each in (day, paper.published, paper.document_date) if each]
    short = (asked.last - asked.first).days <= YEAR
    return (
        Says.SAME if short and any(asked.first <= each <= asked.last for each in dated) else Says.NOTHING
    ), ""


def _lies_in(found: DateMention, asked: DateMention) -> bool:
    """Tell whether a date lies in the period of a claim; a period of several months must be the same."""
    days = (asked.last - asked.first).days
    if days > YEAR or (asked.precision in EXACT and days > MONTH):
        return (asked.first, asked.last) == (found.first, found.last)
    return asked.first <= found.first and found.last <= asked.last
