"""What a whole passage names: people, dates and figures, found once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from evidence_kit.language.dates import find_dates
from evidence_kit.language.people import find_people_in_cells
from evidence_kit.language.quantities import find_quantities
from evidence_kit.records.passage import Passage, Profile
from evidence_kit.records.reading import DateMention, DatePrecision, Person, Quantity

_YEAR_OF = re.compile(r"\bcensus(?:\s+(?:of|in))?\s+$", re.IGNORECASE)
_NAMED_BY_YEAR = re.compile(r"\s*(?:census|edition|version|framework|guidance)\b", re.IGNORECASE)
"""What is named by its year: "the 2021 census" is no date of a deed."""
_OPENS = re.compile(
    r"\W*(?:(?:(?:notes?|record|minutes)\s+of\s+)?(?:the\s+)?(?:[a-z]+\s+)?(?:meeting|session)s?\b[\s:,–-]*(?:(?:of|on|held\s+on)\s+)?)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?",
    re.IGNORECASE,
)
"""What may stand before the date that a heading opens with."""
_HORIZON = re.compile(r"\b(?:to|until|till|for|through|plan|strategy|by)\s+(?:the\s+)?$", re.IGNORECASE)
"""What stands before a date that a deed looks forward to ("targets to 2030"), not the date of the deed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a whole passage names: found once, since a list of apologies or a year told once speaks for its clauses."""

    people: tuple[Person, ...]
    dates: tuple[DateMention, ...]
    quantities: tuple[Quantity, ...]

    @staticmethod
    def of(text: str, profile: Profile, *, ahead: bool = False) -> Facts:
        """Find them in a passage's text; its paper's date resolves what is told relative to it, or ``ahead`` of it."""
        dates = tuple(
            replace(each, deadline=each.deadline or _dates_no_deed(text, each, sure_date(profile)))
            for each in find_dates(text, paper_date=profile.date, ahead=ahead)
            if not _names_something(text, each)
        )
        return Facts(find_people_in_cells(text), dates, find_quantities(text))

    def within(self, start: int, end: int) -> Facts:
        """Return those of a clause."""
        return Facts(
            tuple(each for each in self.people if start <= each.start < end),
            tuple(each for each in self.dates if start <= each.start < end),
            tuple(each for each in self.quantities if start <= each.start < end),
        )


def dated_by_heading(passage: Passage) -> tuple[DateMention, ...]:
    """Return the day of a heading that opens with it ("14 January 2026, Chapel Room"), over the whole passage.

    Under it stands what took place on that day, as in a record of meetings.
    """
    for heading in reversed(passage.context.headings):
        for each in find_dates(heading)[:1]:
            if each.precision is DatePrecision.DAY and _OPENS.fullmatch(heading, 0, each.start):
                return (replace(each, start=0, end=len(passage.text)),)
    return ()


def sure_date(profile: Profile) -> date | None:
    """Return a paper's date unless only the file's metadata tells it: that is no measure of what lies ahead of it."""
    return None if profile.date_is_weak else profile.date


def _names_something(text: str, mention: DateMention) -> bool:
    """Tell whether a year only names something: "the 2021 census", "Census 2021"."""
    before = _YEAR_OF.search(text, max(0, mention.start - 16), mention.start)
    return before is not None or _NAMED_BY_YEAR.match(text, mention.end) is not None


def _dates_no_deed(text: str, mention: DateMention, paper_date: date | None) -> bool:
    """Tell whether a date is only what a deed looks forward to ("the plan for 2026/27")."""
    ahead = paper_date is not None and mention.first > paper_date
    return ahead and _HORIZON.search(text, max(0, mention.start - 20), mention.start) is not None
