"""What people found when they checked a sample: how often the tool is right, with intervals, and how far they agree."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from evidence_kit.audit.forms import name_of
from evidence_kit.errors import UsageError
from evidence_kit.reports.words import count
from evidence_kit.reports.writing import write_file

ANSWERS = "sample/answers.json"
"""In the audit's folder."""
SHOWN, NOT_SHOWN, CANNOT_SAY, UNSETTLED = "shown", "not shown", "cannot say", "unsettled"
CHOICES = (SHOWN, NOT_SHOWN, CANNOT_SAY)
ENOUGH = 10
"""Findings of one criterion that must be checked before its own shares are used; else those of all criteria are."""
Z = 1.959964
"""Of the normal distribution, for intervals of 95 %."""
TAIL = 0.025
"""What an interval of 95 % leaves out on either side."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95 % interval of E. B. Wilson (1927).

    Attributes:
        open: Further ones on which people do not agree: the lower bound takes none of them, the upper bound all.
    """

    number: int
    of: int
    open: int = 0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound; everything is possible where nothing was checked."""
        every = self.of + self.open
        return (_wilson(self.number, every)[0], _wilson(self.number + self.open, every)[1])

    @property
    def words(self) -> str:
        """The share with its interval, as reports print it."""
        if not self.of + self.open:
            return "not checked"
        low, high = self.interval
        more = f", {self.open} more not settled" if self.open else ""
        return f"{self.number} of {self.of}{more} ({low:.0%} to {high:.0%})"


def _wilson(number: int, of: int) -> tuple[float, float]:
    if not of:
        return (0.0, 1.0)
    share, spread = number / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return (max(0.0, middle - half), min(1.0, middle + half))


NOT_CHECKED = Share(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errors:
    """Reading error, as people measured it on a sample.

    Attributes:
        upheld: Of the findings that say *evidenced*, those that people uphold; by criterion, and ``""`` for all.
        missed: Of the others, those that people find shown all the same; the same.
        agreed: Findings on which two readers say the same, of those that two have answered.
        kappa: Cohen's, of the first two readers; ``None`` if it cannot be told.
        unsettled: Findings on which readers differ; they widen the intervals.
        readers: How many people answered.
    """

    upheld: Mapping[str, Share] = field(default_factory=dict)
    missed: Mapping[str, Share] = field(default_factory=dict)
    agreed: Share = NOT_CHECKED
    kappa: float | None = None
    unsettled: tuple[str, ...] = ()
    readers: int = 0

    @property
    def measured(self) -> bool:
        """Whether both shares were measured at all."""
        return all(shares.get("", NOT_CHECKED).of for shares in (self.upheld, self.missed))

    @property
    def agreement(self) -> str:
        """How far the first two readers agree, in words; empty where two have not answered the same findings."""
        if not self.agreed.of:
            return ""
        told = "cannot be told, since both give one answer throughout"
        kappa = told if self.kappa is None else f"{self.kappa:.2f}"
        differ = f" On {count(len(self.unsettled), 'finding')} readers differ, which widens the intervals."
        return (
            f"Two readers say the same of {self.agreed.words} findings; Cohen’s kappa {kappa}."
            f"{differ if self.unsettled else ''}"
        )

    def between(self, criterion: str, shown: int, of: int) -> tuple[int, int] | None:
        """Return from how many to how many reports show a criterion, allowing for reading error; ``None`` if unknown.

        Reports show it that are shown and upheld, and those missed among the others. How many these are is a matter of
        chance even where both shares are known: the lower number is the 2.5 % quantile of the binomial distributions
        at the lower bounds of both shares, the upper number the 97.5 % quantile at their upper bounds.
        """
        if not self.measured:
            return None
        (low, high), (few, many) = self._of(self.upheld, criterion), self._of(self.missed, criterion)
        rest = of - shown
        return (
            quantile(shown, low, TAIL) + quantile(rest, few, TAIL),
            quantile(shown, high, 1 - TAIL) + quantile(rest, many, 1 - TAIL),
        )

    def _of(self, shares: Mapping[str, Share], criterion: str) -> tuple[float, float]:
        own = shares.get(criterion, NOT_CHECKED)
        return (own if own.of + own.open >= ENOUGH else shares[""]).interval


def quantile(number: int, share: float, level: float) -> int:
    """Return the quantile of a binomial distribution: the least count that is not exceeded with this probability."""
    if share in (0, 1):
        return round(number * share)
    below = 0.0
    for some in range(number):
        ways = math.lgamma(number + 1) - math.lgamma(some + 1) - math.lgamma(number - some + 1)
        below += math.exp(ways + some * math.log(share) + (number - some) * math.log1p(-share))
        if below >= level:
            return some
    return number


Answers = dict[str, dict[str, str]]
"""By reader and finding (``CODE/YEAR/CRITERION``), what the documents show."""


def read_answers(root: Path) -> Answers:
    """Return the answers that were read back so far."""
    try:
        return msgspec.json.decode((root / ANSWERS).read_bytes(), type=Answers)
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{root / ANSWERS} cannot be read: {error}.") from error


def write_answers(root: Path, answers: Answers) -> None:
    """Keep answers, in the order of readers and findings."""
    ordered = {reader: dict(sorted(answers[reader].items())) for reader in sorted(answers)}
    write_file(root / ANSWERS, msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n")


def errors_of(answers: Answers, findings: Iterable[Mapping[str, Any]]) -> Errors:
    """Hold people's answers against what the findings say now."""
    if not answers:
        return Errors()
    readers = sorted(reader for reader, own in answers.items() if own)
    asked = {name for reader in readers for name in answers[reader]}
    counts: defaultdict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    unsettled = []
    for row in findings:
        name = name_of(row)
        if name not in asked:
            continue
        said = {answers[reader][name] for reader in readers if name in answers[reader]} - {CANNOT_SAY}
        if len(said) > 1:
            unsettled.append(name)
        for criterion in ("", row["criterion"]) if said else ():
            counts[row["shown"], criterion][UNSETTLED if len(said) > 1 else min(said)] += 1
    both = _answered_by_two(answers, readers)
    return Errors(
        upheld=_shares(counts, shown=True),
        missed=_shares(counts, shown=False),
        agreed=Share(sum(one == other for one, other in both), len(both)),
        kappa=_kappa(both),
        unsettled=tuple(sorted(unsettled)),
        readers=len(readers),
    )


def _shares(counts: Mapping[tuple[bool, str], Counter[str]], *, shown: bool) -> dict[str, Share]:
    return {
        criterion: Share(number[SHOWN], number[SHOWN] + number[NOT_SHOWN], number[UNSETTLED])
        for (claimed, criterion), number in sorted(counts.items())
        if claimed == shown
    }


def _answered_by_two(answers: Answers, readers: Sequence[str]) -> list[tuple[str, str]]:
    if len(readers) < 2:
        return []
    first, second = answers[readers[0]], answers[readers[1]]
    return [(first[name], second[name]) for name in sorted(first.keys() & second.keys())]


def _kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    if not pairs:
        return None
    number = len(pairs)
    alike = sum(one == other for one, other in pairs) / number
    firsts, seconds = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(firsts[choice] * seconds[choice] for choice in CHOICES) / number**2
    return None if by_chance == 1 else (alike - by_chance) / (1 - by_chance)
