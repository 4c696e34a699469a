"""What passages say: concepts, predictions, and readings made of acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PROBABILITY_DIGITS = 4
"""Probabilities and weights are rounded to this many digits, so that the same input gives the same bytes."""


class Origin(StrEnum):
    """Where a concept that counts for a passage was found."""

    TEXT = "text"
    STEM = "stem"
    HEADING = "heading"
    HEADER = "header"
    """Table header or caption."""
    PAPER = "paper"
    """Title of the paper."""
    CARRIED = "carried"
    """The clause or sentence before, in the same passage."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A lexicon concept at a place.

    Attributes:
        concept: Id of the concept.
        start, end: In the passage's text for :attr:`Origin.TEXT`; elsewhere in the text of that origin.
        form: The words that were matched, as written; line ends are blanks, words that one broke are whole.
    """

    concept: str
    start: int
    end: int
    form: str
    origin: Origin = Origin.TEXT


@dataclass(frozen=True, slots=True)
class Tags:
    """All concept mentions of one passage, its context included, sorted by origin and place.

    Attributes:
        words: The lower-cased tokens of the passage and of each text of its context, by origin; headings innermost
            first.
    """

    passage: str
    mentions: tuple[Mention, ...]
    words: tuple[tuple[Origin, tuple[str, ...]], ...] = ()

    def concepts(self) -> frozenset[str]:
        """Return the ids of all concepts mentioned."""
        return frozenset(mention.concept for mention in self.mentions)

    def own_concepts(self) -> frozenset[str]:
        """Return the ids of those mentioned in the passage's own words."""
        return frozenset(mention.concept for mention in self.mentions if mention.origin is Origin.TEXT)


class By(StrEnum):
    """What made a prediction."""

    KEYWORDS = "keywords"
    MODEL = "model"
    """The model alone: keywords have no rule that fits."""
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Prediction:
    """How likely a passage bears on a criterion.

    Attributes:
        probability: Between 0 and 1, rounded.
        reasons: Terms or concepts that moved it, with their weights, heaviest first.
        by: What made it; a probability of keywords alone is a fixed scale, one of the model is calibrated.
    """

    passage: str
    criterion: str
    probability: float
    reasons: tuple[tuple[str, float], ...] = ()
    by: By = By.KEYWORDS


class Stance(StrEnum):
    """What an act claims to be; meanings in ``docs/verdicts.md`` §2."""

    DONE = "done"
    PLANNED = "planned"
    ASPIRATION = "aspiration"
    CONTRADICTS = "contradicts"
    MENTION = "mention"


class Whose(StrEnum):
    """Whose act it is."""

    OWN = "own"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that gave a stance or an owner. Spans as in :class:`Mention`."""

    name: str
    text: str
    start: int
    end: int


class DatePrecision(StrEnum):
    """How exactly a date is told."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    FINANCIAL_YEAR = "financial_year"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date or period in a passage, resolved to first and last day (the same day for an exact date)."""

    start: int
    end: int
    first: date
    last: date
    precision: DatePrecision
    deadline: bool = False
    """Told as a deadline or a review date ("by March 2027"), not as the time of an act."""


class QuantityKind(StrEnum):
    """What sort of number a number is."""

    COUNT = "count"
    OF = "of"
    """n of N."""
    ALL = "all"
    """"all seven executives": value and total are equal."""
    PERCENT = "percent"
    RATIO = "ratio"
    MONEY = "money"
    PER_YEAR = "per_year"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a passage.

    Attributes:
        value: The number; for ``of`` the numerator.
        total: The denominator of ``of`` and ``all``, where told.
        unit: The words that it counts ("meetings", "executive directors"), lower-cased, else empty.
    """

    start: int
    end: int
    kind: QuantityKind
    value: float
    total: float | None = None
    unit: str = ""


class Grade(StrEnum):
    """The level of a role, highest first; ``none`` for roles without one."""

    CHIEF_EXECUTIVE = "chief_executive"
    EXECUTIVE_DIRECTOR = "executive_director"
    NON_EXECUTIVE = "non_executive"
    DIRECTOR = "director"
    """Of a service or a function, not of the board."""
    SENIOR_LEADER = "senior_leader"
    """Associate or deputy director, head of, band 8A and above."""
    MANAGER = "manager"
    STAFF = "staff"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """A role that an act names; never an ethnicity. ``form`` is the role as written."""

    role: str
    grade: Grade
    start: int
    end: int
    form: str
    absent: bool = False
    """Listed under apologies, or somebody else came in the place of this person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one clause or sentence reports.

    Attributes:
        start, end: Its span in the passage's text.
        mentions: Concepts in its own words and those that it takes from stem, header, heading or title.
        people: Roles in it, in order.
        dates, quantities: In its own words.
        carried: The subject was carried over from the sentence before ("She attended …").
    """

    start: int
    end: int
    stance: Stance
    whose: Whose
    cues: tuple[Cue, ...] = ()
    mentions: tuple[Mention, ...] = ()
    people: tuple[Person, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    carried: bool = False

    def concepts(self) -> frozenset[str]:
        """Return the ids of all concepts that the act has, inherited ones included."""
        return frozenset(mention.concept for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one passage reports, made once."""

    passage: str
    acts: tuple[Act, ...]
