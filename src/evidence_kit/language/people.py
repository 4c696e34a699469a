"""Who a text names: roles with their grades, and who is listed under apologies."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence_kit.language.role_patterns import HEADS
from evidence_kit.language.roles import read_role
from evidence_kit.language.scan import starts_of, without_long_gaps
from evidence_kit.records.document import Span
from evidence_kit.records.reading import Person

_ABSENCE = re.compile(r"[Aa]pologies|APOLOGIES|[Aa]bsent|ABSENT|[Nn]ot present")
_LISTED = re.compile(
    r"(?<!no )\b(?:apologies(?:\s+for\s+absence)?(?:\s+(?:were|was|had\s+been|have\s+been)?\s*(?:also\s+)?"
    r"(?:received|noted|given|accepted|recorded))?(?:\s+from\b|\s*[:|–—-]\s|\s*[:|]|[ \t]*\n)|"
    r"absent\s*[:|]|not\s+present\s*[:|])",
    re.IGNORECASE,
)
_LIST_ENDS = re.compile(
    r"\b(?:Present|In [Aa]ttendance|Attendees|Attending|Attended|Quorum|Minutes|Welcome|Declarations?|Item|"
    r"Chair|Observers?|Members present)\b\s*[:|–-]|\b(?:PRESENT|IN ATTENDANCE)\b|\n\s*\n|"
    # A full stop ends the list, unless the next name follows it.
    r"(?<=[a-z)]{2}\.)\s+(?=[A-Z])(?!(?:Dr|Mr|Mrs|Ms|Mx|Prof|Professor|Sir|Dame|[A-Z])\b\.?\s+[A-Z])"
)
_SENT = re.compile(
    r"\b(?:sent|gave|gives?|tendered|offered|submitted|with|had\s+sent|had\s+given)\s+(?:(?:his|her|their|my)\s+)?apologies\b(?!\s+from)"
    r"|[(–—-]\s*apologies\b(?!\s*(?:from|for|:))",
    re.IGNORECASE,
)
_STANDS_IN_FOR = re.compile(
    r"(?:\b(?:in\s+(?:the\s+)?(?:place|absence)\s+of|instead\s+of|on\s+behalf\s+of|deputis(?:e[sd]?|ing)\s+for|"
    r"deputy\s+(?:for|to)|(?:stood|stands|standing|sat|sitting)\s+in\s+for|represent(?:s|ed|ing))|\(\s*for)\s+"
    r"(?:the\s+|our\s+)?(?:(?:Dr|Mr|Mrs|Ms|Mx|Prof|Professor)\.?\s+)?(?:[A-Z][\w’'-]*,?\s+){0,3}$"
)
"""Before the role of somebody who is not there: somebody else came."""
_SENT_ANOTHER = re.compile(
    r"\s*(?:['’]s?\s+(?:deputy|deputies|representative|nominee|delegate|alternate)\b|"
    r"(?:,?\s+(?:was|were)\s+|\s*\()represented\b)"
)
"""Behind it."""
_LOOK_BACK = 90
"""Characters before a role in which the words stand that take its holder away."""
_ABSENT_CELL = re.compile(
    r"\W*(?:(?:with\s+)?apolog(?:y|ies)(?:\s+for\s+absence)?(?:\s+(?:received|given|sent|noted|from))?|absent|absence"
    r"|not\s+(?:present|in\s+attendance)|did\s+not\s+attend|not\s+attended)\W*",
    re.IGNORECASE,
)
_PRESENT_CELL = re.compile(r"\W*(?:present|attended|in\s+attendance|yes|y|[✓✔x])\W*", re.IGNORECASE)
"""Cells of a list of attendance, as the label before the names or as the mark behind one."""
_CLAUSE_ENDS = re.compile(r"[.;\n]\s")
_JOINED = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:,|,?\s*and|&)\s*(?:the\s+|our\s+)?(?:(?:Dr|Mr|Mrs|Ms|Prof)\.?\s+)?(?:[A-Z][\w’.-]*\s*){0,3}[(,]?\s*",
    re.DOTALL,
)


def find_people(text: str) -> tuple[Person, ...]:
    """Return the roles that a text names, ordered and disjoint, each with its grade.

    Left out: document names ("Chief Executive's report"), offices, former holders, and verbs ("chaired by", "to lead").
    Who is listed under apologies, sent them, or sent somebody else, has ``absent`` set.
    """
    text = without_long_gaps(text)
    people: list[Person] = []
    low = 0
    for start in starts_of(text, HEADS):
        if start < low:
            continue
        person = read_role(text, low, start)
        if person is not None:
            people.append(person)
            low = person.end
    if people and _ABSENCE.search(text):
        people = _with_absent(text, people)
    return tuple(replace(each, absent=True) if _another_came(text, each) else each for each in people)


def find_people_in_cells(text: str) -> tuple[Person, ...]:
    """Return the roles in a table row whose cells are parted by tabs; in text without tabs, see :func:`find_people`.

    No role runs over the border of a cell. A row with a cell that says "Apologies", and none that says "Present", lists
    who was absent.
    """
    cells = text.split("\t")
    if len(cells) == 1:
        return find_people(text)
    absent = any(map(_ABSENT_CELL.fullmatch, cells)) and not any(map(_PRESENT_CELL.fullmatch, cells))
    found: list[Person] = []
    start = 0
    for cell in cells:
        found.extend(
            replace(each, start=each.start + start, end=each.end + start, absent=each.absent or absent)
            for each in find_people(cell)
        )
        start += len(cell) + 1
    return tuple(found)


def _with_absent(text: str, people: list[Person]) -> list[Person]:
    lists = _apology_lists(text)
    absent = {
        index for index, person in enumerate(people) if any(low <= person.start < high for low, high in lists)
    }
    for match in _SENT.finditer(text):
        absent |= _senders(text, people, match.start())
    return [
        replace(person, absent=True) if index in absent else person for index, person in enumerate(people)
    ]


def _another_came(text: str, person: Person) -> bool:
    """Tell whether somebody else came for the holder of a role."""
    before = text[max(0, person.start - _LOOK_BACK) : person.start]
    return _STANDS_IN_FOR.search(before) is not None or _SENT_ANOTHER.match(text, person.end) is not None


def _apology_lists(text: str) -> list[Span]:
    """Return the stretches that list who is absent."""
    stretches = []
    for match in _LISTED.finditer(text):
        end = _LIST_ENDS.search(text, match.end())
        stretches.append((match.end(), end.start() if end else len(text)))
    return stretches


def _senders(text: str, people: list[Person], position: int) -> set[int]:
    """Return who sent the apologies told at a place: the last person before it and who is joined to that one."""
    ends = list(_CLAUSE_ENDS.finditer(text, 0, position))
    low = ends[-1].end() if ends else 0
    senders: set[int] = set()
    for index in range(len(people) - 1, -1, -1):
        person = people[index]
        if person.end > position:
            continue
        if person.start < low or (
            senders and not _JOINED.fullmatch(text, person.end, people[index + 1].start)
        ):
            break
        senders.add(index)
    return senders
