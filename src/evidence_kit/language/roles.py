"""From the word that a role hangs on to the role: its id, its grade and its span.

Grades follow the custom of NHS boards. Chief officers, a medical director and the directors of nursing, finance,
people, workforce, human resources, organisational development, operations and strategy sit on the board as executives;
every other director directs a function or a service. A deputy chief executive is an executive; other deputies,
associates, assistants and directors of a division, a site or a programme are senior leaders. A lead, a sponsor or a
champion has the grade that its own words tell ("executive sponsor"), else none.
"""

from __future__ import annotations

from collections.abc import Callable

from evidence_kit.language import role_patterns as p
from evidence_kit.language.board_roles import (
    abbreviation,
    read_chief,
    read_director,
    read_executive,
    read_governor,
    read_non_executive,
    read_officer,
    read_secretary,
)
from evidence_kit.language.chair_roles import read_chair
from evidence_kit.language.role_ids import word_at
from evidence_kit.language.staff_roles import (
    read_band,
    read_champion,
    read_head,
    read_lead,
    read_leader,
    read_manager,
    read_member,
    read_partner,
    read_sponsor,
    read_staff,
)
from evidence_kit.records.reading import Person


def read_role(text: str, low: int, start: int) -> Person | None:
    """Return the role that hangs on the word at ``start``, or none; nothing before ``low`` belongs to it."""
    word = word_at(text, start)
    if word.upper() in p.ABBREVIATIONS and not word.islower():
        person = abbreviation(text, low, start, word)
    else:
        reader = _READERS.get(word.lower()) or _READERS.get(word.lower().rstrip("s"))
        person = reader(text, low, start) if reader else None
    return person if person is not None and _acts(text, person) else None


def _acts(text: str, person: Person) -> bool:
    """Whether the words name somebody in office, not a document, an office or a former holder."""
    if p.DOCUMENT_AFTER.match(text, person.end) or (
        person.form.endswith("s")
        and p.DOCUMENT_AFTER.match(text, person.end - 1)
        and text[person.end : person.end + 1] in "’'"
    ):
        return False
    low = max(0, person.start - 24)
    return not (p.PAST.search(text, low, person.start) or p.OFFICE_OF.search(text, low, person.start))


_READERS: dict[str, Callable[[str, int, int], Person | None]] = {
    "chief": read_chief,
    "director": read_director,
    "executive": read_executive,
    "exec": read_executive,
    "non": read_non_executive,
    "nonexecutive": read_non_executive,
    "chair": read_chair,
    "chairman": read_chair,
    "chairmen": read_chair,
    "chairwoman": read_chair,
    "chairperson": read_chair,
    "head": read_head,
    "manager": read_manager,
    "lead": read_lead,
    "sponsor": read_sponsor,
    "owner": read_officer,
    "officer": read_officer,
    "champion": read_champion,
    "ambassador": read_champion,
    "guardian": read_champion,
    "governor": read_governor,
    "partner": read_partner,
    "secretary": read_secretary,
    "leader": read_leader,
    "band": read_band,
    "8a": read_band,
    "8b": read_band,
    "8c": read_band,
    "8d": read_band,
    "8": read_band,
    "member": read_member,
    "staff": read_staff,
    "colleague": read_staff,
    "employee": read_staff,
}
