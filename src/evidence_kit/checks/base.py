"""What a check sees and says.

A check answers one question about one act (:data:`ActCheck`) or about all acts that show the thing itself
(:data:`PoolCheck`). It never asks about stance or age: those are the same for every element, and are weighed in
``checks/elements.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_kit.records.criterion import NearMiss, Parameter
from evidence_kit.records.days import day_words
from evidence_kit.records.finding import Outcome, Trend
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import Act, Mention, Origin, Prediction, Stance

Parameters = Mapping[str, Parameter]
_LONGEST_QUOTE = 110
_OWN = (Origin.TEXT, Origin.STEM)
"""Where an act's own words stand: in it, or in its list's stem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """An act with all that a check may ask about it.

    Attributes:
        stance: The act's, unless the as-of date changes it (a date in the future makes a plan).
        when: Date of the act, or of its paper (then ``from_paper``), or ``None``.
        timely: Inside the criterion's window, or younger than the house rule's 36 months where it has none.
        lapsed: The paper's review date has passed, or it was superseded.
        cap: A near-miss that lets the act count no further than *partly*.
        remark: What the reader should mind.
    """

    act: Act
    passage: Passage
    paper: Paper
    prediction: Prediction
    stance: Stance
    when: date | None
    from_paper: bool = False
    timely: bool = True
    lapsed: bool = False
    tolerance_used: bool = False
    cap: NearMiss | None = None
    remark: str = ""

    @property
    def id(self) -> str:
        """Passage id and start of the act."""
        return f"{self.passage.id}+{self.act.start}"

    @property
    def fresh(self) -> bool:
        """Whether it can show an element today."""
        return self.timely and not self.lapsed

    def has(self, concepts: Sequence[str], *, own: bool = False) -> bool:
        """Tell whether the act has one of the concepts.

        Args:
            concepts: Ids.
            own: In its own words or its list's stem, not taken from headings or from the sentence before.
        """
        return any(
            mention.concept in concepts and (not own or mention.origin in _OWN)
            for mention in self.act.mentions
        )

    def mentions(self, *, own: bool = False) -> tuple[Mention, ...]:
        """Return the act's mentions, all or only those of its own words and its list's stem."""
        if not own:
            return self.act.mentions
        return tuple(each for each in self.act.mentions if each.origin in _OWN)


@dataclass(frozen=True, slots=True)
class Result:
    """What a check says of one act. ``reason`` completes "because …"; ``step`` is as in :class:`PoolResult`."""

    outcome: Outcome
    reason: str
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolResult:
    """What a check says of several acts together, and which of them it used.

    Attributes:
        step: What would make it shown, where the check can tell exactly ("one more … by …"); else empty.
        remarks: What the reader should mind of the figures behind it, each with their words.
        trends: Measures whose figures were recomputed.
    """

    outcome: Outcome
    reason: str
    used: tuple[Witness, ...] = ()
    step: str = ""
    remarks: tuple[str, ...] = ()
    trends: tuple[Trend, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a pool check needs to know of the run.

    Attributes:
        window_months: The criterion's window, ``None`` if it has none.
        beside: All acts that bear on the criterion and report what is so, the thing itself or not: a share of the
            population, a row of a table. In order of document and place.
    """

    as_of: date
    window_months: int | None
    beside: tuple[Witness, ...] = ()


ActCheck = Callable[[Witness, Parameters], Result]
PoolCheck = Callable[[Sequence[Witness], Parameters, Setting], PoolResult]


def shown(reason: str) -> Result:
    """Say that the act shows it."""
    return Result(Outcome.SHOWN, reason)


def not_shown(reason: str) -> Result:
    """Say that the act does not show it."""
    return Result(Outcome.NOT_SHOWN, reason)


def concepts_of(parameters: Parameters, name: str) -> tuple[str, ...]:
    """Return a parameter that is a list of names, or one name, as a tuple."""
    value = parameters.get(name, ())
    return value if isinstance(value, tuple) else (str(value),)


def number_of(parameters: Parameters, name: str, default: float) -> float:
    """Return a parameter that is a number."""
    value = parameters.get(name, default)
    return float(value) if isinstance(value, (int, float)) else default


def flag_of(parameters: Parameters, name: str, default: bool) -> bool:
    """Return a parameter that is true or false."""
    value = parameters.get(name, default)
    return value if isinstance(value, bool) else default


def quoted(words: str, paper: Paper, when: date | None) -> str:
    """Name some words for the reader, cut where they are long, with their paper and a date."""
    words = " ".join(words.split())
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    where = ", ".join(part for part in (paper.profile.name, day_words(when) if when else "") if part)
    return f"“{words}” ({where})"


def said(concepts: Sequence[str]) -> str:
    """Write concept ids as words."""
    return " or ".join(concept.replace("_", " ") for concept in concepts)
