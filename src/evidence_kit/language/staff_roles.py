"""Leads, sponsors, champions, managers, senior leaders and staff, read from the word they hang on."""

from __future__ import annotations

import re

from evidence_kit.language import role_patterns as p
from evidence_kit.language.role_ids import RANKS, modified_start, person_of, role_id, word_at
from evidence_kit.records.reading import Grade, Person


def read_head(text: str, low: int, start: int) -> Person | None:
    """Read heads of a function or a service."""
    match = p.HEAD_OF.match(text, start)
    if match is None:
        return None
    begin, modifiers = modified_start(text, low, start)
    rank = next((each for each in RANKS if each in modifiers), "")
    role = f"head_of_{role_id(match['function'])}"
    grade = Grade.MANAGER if rank else Grade.SENIOR_LEADER
    return person_of(text, f"{rank}_{role}" if rank else role, grade, begin, match.end())


def read_manager(text: str, low: int, start: int) -> Person | None:
    """Read managers by their kind or function."""
    end = start + len(word_at(text, start))
    kind = p.MANAGER_BEFORE.search(text, max(low, start - 30), start)
    if kind is not None:
        told = re.sub(r"\s+", " ", kind["kind"].lower())
        grade = Grade.SENIOR_LEADER if told in ("senior", "very senior") else Grade.MANAGER
        return person_of(text, f"{told.replace(' ', '_')}_manager", grade, kind.start(), end)
    function = p.FUNCTION_BEFORE.search(text, max(low, start - 60), start)
    if function is not None:
        role = f"{role_id(function['function'])}_manager"
        return person_of(text, role, Grade.MANAGER, function.start(), end)
    return person_of(text, "manager", Grade.MANAGER, start, end)


def read_lead(text: str, low: int, start: int) -> Person | None:
    """Read a lead that is named by what it leads; a bare "lead" is mostly a verb."""
    word = word_at(text, start)
    end = start + len(word)
    before = text[max(low, start - 60) : start]
    if p.VERB_BEFORE.search(before) or (word == "leads" and p.OBJECT_AFTER.match(text, end)):
        return None
    shift = max(low, start - 60)
    executive = p.EXECUTIVE_BEFORE.search(before)
    if executive is not None:
        return person_of(text, "executive_lead", Grade.EXECUTIVE_DIRECTOR, shift + executive.start(), end)
    kind = p.LEAD_BEFORE.search(before)
    function = p.FUNCTION_BEFORE.search(before)
    on = p.ON_FUNCTION.match(text, end)
    if kind is not None and (word[0].isupper() or on or re.compile(r"\s*[,.;:)]|\s*$").match(text, end)):
        told = re.sub(r"[\s-]+", "_", kind["kind"].lower())
        grade, role = _LEADS.get(told, (Grade.NONE, f"{told}_lead"))
        return person_of(text, role, grade, shift + kind.start(), end)
    if function is not None and (
        above := _EXECUTIVE_BEFORE_FUNCTION.search(text, 0, shift + function.start())
    ):
        return person_of(text, "executive_lead", Grade.EXECUTIVE_DIRECTOR, above.start(), end)
    if function is not None and (word[0].isupper() or not p.OBJECT_AFTER.match(text, end)):
        role = f"{role_id(function['function'])}_lead"
        grade = Grade.STAFF if role.endswith("network_lead") else Grade.NONE
        grade = Grade.SENIOR_LEADER if role == "clinical_lead" else grade
        return person_of(text, role, grade, shift + function.start(), end)
    if on is not None and (word[0].isupper() or p.ARTICLE_BEFORE.search(before)) and not word.endswith("s"):
        return person_of(text, f"{role_id(on['function'])}_lead", Grade.NONE, start, on.end())
    return None


_EXECUTIVE_BEFORE_FUNCTION = re.compile(r"(?<!non-)(?<!non )(?<!chief )\bexec(?:utive)?\s+$", re.IGNORECASE)
"""What makes the "EDI lead" of a function an executive."""
_LEADS = {
    "network": (Grade.STAFF, "network_lead"),
    "board_level": (Grade.NONE, "board_lead"),
    "clinical": (Grade.SENIOR_LEADER, "clinical_lead"),
    "team": (Grade.MANAGER, "team_lead"),
    "director_level": (Grade.DIRECTOR, "director_level_lead"),
    "executive_level": (Grade.EXECUTIVE_DIRECTOR, "executive_lead"),
    "non_executive": (Grade.NON_EXECUTIVE, "non_executive_lead"),
}


def read_sponsor(text: str, low: int, start: int) -> Person | None:
    """Read sponsors by their level or by what they sponsor."""
    word = word_at(text, start)
    end = start + len(word)
    before = text[max(low, start - 60) : start]
    shift = max(low, start - 60)
    if p.VERB_BEFORE.search(before) or (word == "sponsors" and p.OBJECT_AFTER.match(text, end)):
        return None
    kind = p.SPONSOR_BEFORE.search(before)
    if kind is not None:
        told = re.sub(r"[\s-]+", "_", kind["kind"].lower())
        grade, role = _SPONSORS.get(told, (Grade.NONE, f"{told}_sponsor"))
        return person_of(text, role, grade, shift + kind.start(), end)
    function = p.FUNCTION_BEFORE.search(before)
    if function is not None:
        return person_of(
            text, f"{role_id(function['function'])}_sponsor", Grade.NONE, shift + function.start(), end
        )
    if word[0].isupper() or p.ARTICLE_BEFORE.search(before):
        return person_of(text, "sponsor", Grade.NONE, start, end)
    return None


_SPONSORS = {
    "executive": (Grade.EXECUTIVE_DIRECTOR, "executive_sponsor"),
    "exec": (Grade.EXECUTIVE_DIRECTOR, "executive_sponsor"),
    "executive_level": (Grade.EXECUTIVE_DIRECTOR, "executive_sponsor"),
    "director_level": (Grade.DIRECTOR, "director_level_sponsor"),
    "non_executive": (Grade.NON_EXECUTIVE, "non_executive_sponsor"),
    "board_level": (Grade.NONE, "board_sponsor"),
    "staff_network": (Grade.NONE, "network_sponsor"),
}


def read_champion(text: str, low: int, start: int) -> Person | None:
    """Read champions, ambassadors and guardians that are named by what they stand for."""
    word = word_at(text, start)
    end = start + len(word)
    noun = word.lower().rstrip("s")
    left = max(low, start - 60)
    speak = p.SPEAK_UP.search(text, left, start)
    if speak is not None:
        return person_of(text, f"freedom_to_speak_up_{noun}", Grade.STAFF, speak.start(), end)
    if noun == "guardian":
        safe = re.compile(r"(?i)\s+of\s+safe\s+working(?:\s+hours)?").match(text, end)
        return person_of(text, "guardian_of_safe_working", Grade.STAFF, start, safe.end()) if safe else None
    kind = re.compile(
        r"(?i)(?<![\w-])(?P<kind>board|executive|non[-\s]?executive|cultural|inclusion)\s+$"
    ).search(text, left, start)
    if kind is not None:
        told = re.sub(r"[\s-]+", "_", kind["kind"].lower())
        grades = {
            "executive": Grade.EXECUTIVE_DIRECTOR,
            "non_executive": Grade.NON_EXECUTIVE,
            "board": Grade.NONE,
        }
        return person_of(text, f"{told}_{noun}", grades.get(told, Grade.STAFF), kind.start(), end)
    function = p.FUNCTION_BEFORE.search(text, left, start)
    if function is None or (word == "champions" and p.OBJECT_AFTER.match(text, end)):
        return None
    return person_of(text, f"{role_id(function['function'])}_{noun}", Grade.STAFF, function.start(), end)


def read_partner(text: str, low: int, start: int) -> Person | None:
    """Read business partners."""
    match = re.compile(
        r"(?i)(?<![\w-])(?P<kind>HR|human resources|people|EDI|workforce|finance|inclusion)\s+business\s+$"
    ).search(text, max(low, start - 40), start)
    if match is None:
        return None
    kind = "hr" if match["kind"].lower() in ("hr", "human resources") else match["kind"].lower()
    end = start + len(word_at(text, start))
    return person_of(text, f"{kind}_business_partner", Grade.MANAGER, match.start(), end)


def read_leader(text: str, low: int, start: int) -> Person | None:
    """Read leaders; those at Band 8A and above are senior."""
    end = start + len(word_at(text, start))
    banded = p.LEADERS_AT_BAND.match(text, end)
    kind = p.LEADER_BEFORE.search(text, max(low, start - 20), start)
    begin = kind.start() if kind else start
    if banded is not None:
        return person_of(text, "senior_leader", Grade.SENIOR_LEADER, begin, banded.end())
    if kind is None:
        band = re.compile(r"(?i)\bband\s*(?:8\s?[a-d]|9)\s?\+?\s+$").search(text, max(low, start - 12), start)
        if band is not None:
            return person_of(text, "senior_leader", Grade.SENIOR_LEADER, band.start(), end)
        if re.compile(r"(?i)\s+of\s+(?:the\s+)?council\b").match(text, end) or re.search(
            r"(?i)council\s$", text[max(0, start - 8) : start]
        ):
            return None
        return person_of(text, "leader", Grade.NONE, start, end)
    told = kind["kind"].lower()
    if told == "executive":
        return person_of(text, "executive_director", Grade.EXECUTIVE_DIRECTOR, begin, end)
    grade = Grade.MANAGER if told == "team" else Grade.SENIOR_LEADER
    role = "team_leader" if told == "team" else "senior_leader" if "senior" in told else f"{told}_leader"
    return person_of(text, role, grade, begin, end)


def read_band(text: str, _low: int, start: int) -> Person | None:
    """Read "Band 8A and above" and its like as the senior leaders they mean."""
    match = p.BAND_8.match(text, start) or p.BAND_9.match(text, start)
    if match is None:
        return None
    bare = not match[0].lower().startswith("band")
    if bare and not re.search(r"(?i)\+|above|over|higher|9$|VSM$", match[0]):
        return None
    before = text[start - 1 : start] if start else " "
    if bare and (before.isalnum() or before in "/.,-"):
        return None
    leaders = re.compile(r"(?i)\s+(?:leaders|managers|staff|colleagues|posts?|roles?)\b").match(
        text, match.end()
    )
    if leaders is not None and re.search(r"(?i)post|role", leaders[0]):
        return None
    return person_of(
        text, "senior_leader", Grade.SENIOR_LEADER, start, leaders.end() if leaders else match.end()
    )


def read_member(text: str, low: int, start: int) -> Person | None:
    """Read members of the board, of the executive team, of staff and of a network."""
    of = p.MEMBERS_OF.match(text, start)
    if of is not None:
        kind = of.lastgroup or ""
        role, grade = _MEMBERS[kind]
        return person_of(text, role, grade, start, of.end())
    before = p.MEMBER_BEFORE.search(text, max(low, start - 28), start)
    if before is None:
        return None
    kind = before["kind"].lower().split()[0]
    if kind not in _MEMBERS:
        return None
    role, grade = _MEMBERS[kind]
    return person_of(text, role, grade, before.start(), start + len(word_at(text, start)))


_MEMBERS = {
    "board": ("board_member", Grade.NONE),
    "executive": ("executive_team", Grade.EXECUTIVE_DIRECTOR),
    "staff": ("staff", Grade.STAFF),
    "network": ("network_member", Grade.STAFF),
}


def read_staff(text: str, low: int, start: int) -> Person | None:
    """Read staff, colleagues and employees, unless the word belongs to a noun after it ("staff survey")."""
    end = start + len(word_at(text, start))
    if p.STAFF_NOUN.match(text, end):
        return None
    return person_of(text, "staff", Grade.STAFF, max(low, start), end)
