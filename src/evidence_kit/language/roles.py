"""From the word that a role hangs on to the role: its id, its grade and its span.

Grades follow the custom of NHS boards. Chief officers, a medical director and the directors of nursing, finance, people,
workforce, human resources, organisational development, operations and strategy sit on the board as executives; every
other director directs a function or a service. A deputy chief executive is an executive; other deputies, associates,
assistants and directors of a division, a site or a programme are senior leaders. A lead, a sponsor or a champion has the
grade that its own words tell ("executive sponsor"), else none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from evidence_kit.language import role_patterns as p
from evidence_kit.records.reading import Grade, Person

_STATES = re.compile(
    r"\b(?:interim|acting|joint|group|trust|substantive|voting|new|newly appointed|lead|senior)\b(?![\w-])",
    re.IGNORECASE,
)
_EDI = re.compile(
    r"\b(?:equalit(?:y|ies)|diversity|inclusion|edib|edhr|ed&i|dei|d&i)(?:(?:,? (?:and|&) |, | & |,)(?:equalit(?:y|ies)|diversity|"
    r"inclusion|belonging|human rights|engagement))+|\b(?:edib|edhr|ed&i|dei|d&i)\b"
)
_RANKS = ("deputy", "associate", "assistant", "vice")


def read_role(text: str, low: int, start: int) -> Person | None:
    """Return the role that hangs on the word at ``start``, or none; nothing before ``low`` belongs to it."""
    word = _word_at(text, start)
    if word.upper() in p.ABBREVIATIONS and not word.islower():
        return _abbreviation(text, low, start, word)
    reader = _READERS.get(word.lower().rstrip("s") if word.lower() not in _READERS else word.lower())
    person = reader(text, low, start) if reader else None
    return person if person is not None and _acts(text, person) else None


def _word_at(text: str, start: int) -> str:
    match = re.compile(r"\w+").match(text, start)
    return match[0] if match else ""


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


def _person(text: str, role: str, grade: Grade, start: int, end: int) -> Person:
    return Person(role, grade, start, end, text[start:end])


def role_id(words: str) -> str:
    """Return the stable id of a role: its words without states ("interim"), in the singular, joined by underscores."""
    told = _STATES.sub(" ", words.lower().replace("’", "'"))
    told = _EDI.sub("edi", re.sub(r"\s+", " ", told))
    told = re.sub(r"\bhr\b", "human resources", re.sub(r"\bod\b", "organisational development", told))
    told = re.sub(
        r"\b(director|officer|head|manager|executive|lead|sponsor|champion|partner|nurse)s\b", r"\1", told
    )
    return "_".join(
        re.findall(r"[a-z0-9]+", told.replace("&", " and ").replace("organizational", "organisational"))
    )


def _modified(text: str, low: int, start: int) -> tuple[int, frozenset[str]]:
    """Return where the modifiers before a role begin ("Interim Deputy …"), and which they are."""
    match = p.MODIFIERS.search(text, max(low, start - 50), start)
    if match is None:
        return start, frozenset()
    return match.start(), frozenset(re.findall(r"[a-z]+", match[0].lower()))


def _abbreviation(text: str, low: int, start: int, word: str) -> Person | None:
    end = start + len(word)
    begin, ranks = _modified(text, low, start)
    role = p.ABBREVIATIONS[word.upper()]
    if word.upper().startswith(("CEO", "DCEO")):
        grade = Grade.CHIEF_EXECUTIVE if word == "CEO" and "deputy" not in ranks else Grade.EXECUTIVE_DIRECTOR
        role = "deputy_chief_executive" if "deputy" in ranks else role
    elif role.startswith(("non_executive", "senior_independent")):
        grade = Grade.NON_EXECUTIVE
        role = "associate_non_executive_director" if "associate" in ranks else role
    elif role == "senior_responsible_owner":
        grade = Grade.NONE
    elif role == "very_senior_manager":
        grade = Grade.SENIOR_LEADER
    else:
        rank = next((each for each in _RANKS if each in ranks), "")
        grade = Grade.SENIOR_LEADER if rank else Grade.EXECUTIVE_DIRECTOR
        role = f"{rank}_{role}" if rank else role
    if (
        re.search(r"[a-z]\s\($", text[max(0, begin - 3) : begin])
        and text[end : end + 1] == ")"
        and low >= begin - 2
    ):
        return None  # "Chief Executive Officer (CEO)" names one person
    person = _person(text, role, grade, begin, end)
    return person if _acts(text, person) else None


def _chief(text: str, low: int, start: int) -> Person | None:
    match = p.CHIEF.match(text, start)
    if match is None:
        return None
    begin, modifiers = _modified(text, low, start)
    rank = next((each for each in _RANKS if each in modifiers), "")
    below = p.SUBORDINATE_BEFORE.search(text, max(low, start - 40), start)
    if below is not None and not rank:
        begin, rank = below.start(), below["sub"].lower().replace(" ", "_")
    if match["executive"]:
        role = "chief_executive"
        grade = {"": Grade.CHIEF_EXECUTIVE, "deputy": Grade.EXECUTIVE_DIRECTOR}.get(rank, Grade.SENIOR_LEADER)
    else:
        role = (
            "chief_nurse" if match["nurse"] else role_id(match[0]).replace("chief_financial", "chief_finance")
        )
        grade = Grade.SENIOR_LEADER if rank or match["senior"] else Grade.EXECUTIVE_DIRECTOR
    return _person(text, f"{rank}_{role}" if rank else role, grade, begin, match.end())


def _director(text: str, low: int, start: int) -> Person | None:
    end = start + len(_word_at(text, start))
    if re.search(r"(?i)\b(?:board|council)\s+of\s+$", text[max(0, start - 12) : start]):
        return None
    if re.compile(r"(?i)\s+(?:general|level|role|post|posts|portfolio)\b|-level").match(text, end):
        return None
    left = max(low, start - 60)
    non = p.NON_EXECUTIVE_BEFORE.search(text, left, start)
    if non is not None:
        begin, modifiers = _modified(text, low, non.start())
        role = "associate_non_executive_director" if "associate" in modifiers else "non_executive_director"
        return _person(text, role, Grade.NON_EXECUTIVE, begin, end)
    independent = re.compile(r"(?i)\bsenior\s+independent\s+$").search(text, left, start)
    if independent is not None:
        return _person(text, "senior_independent_director", Grade.NON_EXECUTIVE, independent.start(), end)
    of = p.OF_FUNCTION.match(text, end)
    before = None if of else p.BOARD_FUNCTION_BEFORE.search(text, left, start)
    begin, modifiers = _modified(text, low, before.start() if before else start)
    function = " ".join((of or before)["function"].split()) if of or before else ""  # type: ignore[index]
    stop = of.end() if of else end
    rank = next((each for each in _RANKS if each in modifiers), "")
    below = p.SUBORDINATE_BEFORE.search(text, left, start)
    if below is not None and not rank:
        begin, rank = below.start(), below["sub"].lower().replace(" ", "_")
    if rank or p.OF_A_DIVISION.match(text, stop):
        return _person(text, _director_id(function, rank, ""), Grade.SENIOR_LEADER, begin, stop)
    executive = "executive" if "executive" in modifiers else ""
    if (
        not function
        and not executive
        and not modifiers
        and text[start].islower()
        and not _is_plain(text, start, end)
    ):
        return None
    return _person(
        text, _director_id(function, "", executive), _grade_of(function, bool(executive)), begin, stop
    )


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether a bare "director" is a person: "the directors", "a director"."""
    return (
        p.ARTICLE_BEFORE.search(text, max(0, start - 10), start) is not None
        and not text[end : end + 1].isalpha()
    )


def _director_id(function: str, rank: str, executive: str) -> str:
    prefix = rank or ("" if function else executive)
    if function.lower() in ("medical", "managing"):
        role = f"{function.lower()}_director"
    elif function:
        role = f"director_of_{role_id(function).replace('financial', 'finance')}"
    else:
        role = "director"
    return f"{prefix}_{role}" if prefix else role


def _grade_of(function: str, executive: bool) -> Grade:
    if executive or function.lower() == "medical":
        return Grade.EXECUTIVE_DIRECTOR
    items = re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+|\s*[/&]\s*", function.lower())
    names = {
        role_id(item).replace("_", " ").replace("financial", "finance").replace("operational", "operations")
        for item in items
    }
    return Grade.EXECUTIVE_DIRECTOR if names & p.CORPORATE else Grade.DIRECTOR


def _executive(text: str, low: int, start: int) -> Person | None:
    """Read "executives", "an executive" and "the executive team"; directors and sponsors hang on their own words."""
    word = _word_at(text, start).lower()
    end = start + len(word)
    if re.search(r"(?i)(?:chief|non)[-–\s]*$", text[max(0, start - 8) : start]):
        return None
    team = p.EXECUTIVE_TEAM.match(text, start)
    if team is not None:
        is_team = team[0].lower().endswith("team")
        stop = team.end() if is_team else end
        return _person(
            text, "executive_team" if is_team else "executive_director", Grade.EXECUTIVE_DIRECTOR, start, stop
        )
    if word in ("executives", "execs"):
        return _person(text, "executive_director", Grade.EXECUTIVE_DIRECTOR, start, end)
    noun = p.EXECUTIVE_NOUN_BEFORE.search(text, max(low, start - 14), start)
    if noun is None or not p.EXECUTIVE_NOUN_AFTER.match(text, end):
        return None
    article = noun[0].lower().strip()
    if article in ("the", "board"):
        return None  # "the executive" is the team, or an adjective cut short
    return _person(text, "executive_director", Grade.EXECUTIVE_DIRECTOR, start, end)


def _non_executive(text: str, low: int, start: int) -> Person | None:
    match = p.NON_EXECUTIVE.match(text, start)
    if match is None:
        return None
    noun = (match["noun"] or "").lower()
    if not noun and not match[0].lower().endswith("s"):
        paired = re.compile(r"(?i)\s+(?:and|or|&)\s+executive\s+directors?").match(text, match.end())
        named = p.EXECUTIVE_NOUN_BEFORE.search(text, max(low, start - 14), start) or p.ARTICLE_BEFORE.search(
            text, max(low, start - 8), start
        )
        if not paired and not (named and p.EXECUTIVE_NOUN_AFTER.match(text, match.end())):
            return None
    begin, modifiers = _modified(text, low, start)
    role = {"chair": "chair", "lead": "non_executive_lead", "champion": "non_executive_champion"}.get(
        noun.rstrip("s"), ""
    )
    role = role or ("non_executive_sponsor" if noun.startswith("sponsor") else "non_executive_director")
    if "associate" in modifiers and role == "non_executive_director":
        role = "associate_non_executive_director"
    return _person(text, role, Grade.NON_EXECUTIVE, begin, match.end())


def _chair(text: str, low: int, start: int) -> Person | None:
    word = _word_at(text, start)
    end = start + len(word)
    plural = word.lower() in ("chairs", "chairmen")
    prefix = p.CHAIR_PREFIX.search(text, max(low, start - 8), start)
    begin = prefix.start() if prefix else start
    before = text[max(low, begin - 60) : begin]
    verb = p.VERB_BEFORE.search(before) or (plural and not p.NOUN_BEFORE.search(before))
    if word.islower() and prefix is None and verb:
        return None
    shift = max(low, begin - 60)
    of = p.CHAIR_OF.match(text, end)
    near = p.BODY_BEFORE.search(before) or p.BODY_BEFORE_SMALL.search(before)
    kind = prefix["prefix"].lower() if prefix else ""
    if near is not None:
        at = (
            near.start("body")
            if near.re is p.BODY_BEFORE_SMALL or not near["name"].strip()
            else near.start("name")
        )
        return _chair_of(text, near["body"], shift + at, end, kind)
    if of is not None:
        return _chair_of(text, of["body"], begin, of.end(), kind)
    if p.CHAIR_OF_NAME.match(text, end):
        return _person(text, "chair", Grade.NONE, begin, end)
    if p.POSSESSIVE_BEFORE.search(before):
        bodies = list(p.BODIES.finditer(text, max(0, start - 120), start))
        if bodies:
            return _chair_of(text, bodies[-1][0], begin, end, kind)
    if plural and not prefix:
        return _person(text, "chair", Grade.NONE, begin, end)
    return _person(
        text, "vice_chair" if kind in ("vice", "deputy") else "chair", Grade.NON_EXECUTIVE, begin, end
    )


def _chair_of(text: str, body: str, start: int, end: int, kind: str) -> Person:
    """Return the chair of a body: of the trust or its board a non-executive, of a staff network a member of staff."""
    body = body.lower().replace("-", " ")
    deputy = "vice_" if kind in ("vice", "deputy") else ""
    if body.startswith("network"):
        return _person(text, f"{deputy}network_chair", Grade.STAFF, start, end)
    if body == "staff side":
        return _person(text, "staff_side_chair", Grade.STAFF, start, end)
    if body in ("trust", "board", "governors", "audit"):
        return _person(text, f"{deputy}chair", Grade.NON_EXECUTIVE, start, end)
    if body in ("meeting", "session", "panel"):
        return _person(text, "meeting_chair", Grade.NONE, start, end)
    role = "council_chair" if body == "council" else "committee_chair"
    return _person(text, deputy + role, Grade.NONE, start, end)


def _head(text: str, low: int, start: int) -> Person | None:
    match = p.HEAD_OF.match(text, start)
    if match is None:
        return None
    begin, modifiers = _modified(text, low, start)
    rank = next((each for each in _RANKS if each in modifiers), "")
    role = f"head_of_{role_id(match['function'])}"
    grade = Grade.MANAGER if rank else Grade.SENIOR_LEADER
    return _person(text, f"{rank}_{role}" if rank else role, grade, begin, match.end())


def _manager(text: str, low: int, start: int) -> Person | None:
    end = start + len(_word_at(text, start))
    kind = p.MANAGER_BEFORE.search(text, max(low, start - 30), start)
    if kind is not None:
        told = re.sub(r"\s+", " ", kind["kind"].lower())
        grade = Grade.SENIOR_LEADER if told in ("senior", "very senior") else Grade.MANAGER
        return _person(text, f"{told.replace(' ', '_')}_manager", grade, kind.start(), end)
    function = p.FUNCTION_BEFORE.search(text, max(low, start - 60), start)
    if function is not None:
        role = f"{role_id(function['function'])}_manager"
        return _person(text, role, Grade.MANAGER, function.start(), end)
    return _person(text, "manager", Grade.MANAGER, start, end)


def _lead(text: str, low: int, start: int) -> Person | None:
    """Read a lead that is named by what it leads; a bare "lead" is mostly a verb."""
    word = _word_at(text, start)
    end = start + len(word)
    before = text[max(low, start - 60) : start]
    if p.VERB_BEFORE.search(before) or (word == "leads" and p.OBJECT_AFTER.match(text, end)):
        return None
    shift = max(low, start - 60)
    executive = p.EXECUTIVE_BEFORE.search(before)
    if executive is not None:
        return _person(text, "executive_lead", Grade.EXECUTIVE_DIRECTOR, shift + executive.start(), end)
    kind = p.LEAD_BEFORE.search(before)
    function = p.FUNCTION_BEFORE.search(before)
    on = p.ON_FUNCTION.match(text, end)
    if kind is not None and (word[0].isupper() or on or re.compile(r"\s*[,.;:)]|\s*$").match(text, end)):
        told = re.sub(r"[\s-]+", "_", kind["kind"].lower())
        grade, role = _LEADS.get(told, (Grade.NONE, f"{told}_lead"))
        return _person(text, role, grade, shift + kind.start(), end)
    if function is not None and (word[0].isupper() or not p.OBJECT_AFTER.match(text, end)):
        role = f"{role_id(function['function'])}_lead"
        grade = Grade.STAFF if role.endswith("network_lead") else Grade.NONE
        return _person(text, role, grade, shift + function.start(), end)
    if on is not None and (word[0].isupper() or p.ARTICLE_BEFORE.search(before)) and not word.endswith("s"):
        return _person(text, f"{role_id(on['function'])}_lead", Grade.NONE, start, on.end())
    return None


_LEADS = {
    "network": (Grade.STAFF, "network_lead"),
    "clinical": (Grade.SENIOR_LEADER, "clinical_lead"),
    "team": (Grade.MANAGER, "team_lead"),
    "director_level": (Grade.DIRECTOR, "director_level_lead"),
    "executive_level": (Grade.EXECUTIVE_DIRECTOR, "executive_lead"),
    "non_executive": (Grade.NON_EXECUTIVE, "non_executive_lead"),
}


def _sponsor(text: str, low: int, start: int) -> Person | None:
    word = _word_at(text, start)
    end = start + len(word)
    before = text[max(low, start - 60) : start]
    shift = max(low, start - 60)
    if p.VERB_BEFORE.search(before) or (word == "sponsors" and p.OBJECT_AFTER.match(text, end)):
        return None
    kind = p.SPONSOR_BEFORE.search(before)
    if kind is not None:
        told = re.sub(r"[\s-]+", "_", kind["kind"].lower())
        grade, role = _SPONSORS.get(told, (Grade.NONE, f"{told}_sponsor"))
        return _person(text, role, grade, shift + kind.start(), end)
    function = p.FUNCTION_BEFORE.search(before)
    if function is not None:
        return _person(
            text, f"{role_id(function['function'])}_sponsor", Grade.NONE, shift + function.start(), end
        )
    if word[0].isupper() or p.ARTICLE_BEFORE.search(before):
        return _person(text, "sponsor", Grade.NONE, start, end)
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


def _officer(text: str, low: int, start: int) -> Person | None:
    """Read officers that are no chief officers."""
    end = start + len(_word_at(text, start))
    left = max(low, start - 60)
    responsible = re.compile(r"(?i)\bsenior\s+responsible\s+$").search(text, left, start)
    if responsible is not None:
        return _person(text, "senior_responsible_owner", Grade.NONE, responsible.start(), end)
    accountable = re.compile(r"(?i)\baccountable\s+$").search(text, left, start)
    if accountable is not None:
        return _person(text, "accountable_officer", Grade.CHIEF_EXECUTIVE, accountable.start(), end)
    function = re.compile(r"(?<![\w-])(?:EDI|[Ii]nclusion|[Ee]quality|[Dd]iversity|HR)\s+$").search(
        text, left, start
    )
    if function is not None:
        return _person(text, f"{role_id(function[0])}_officer", Grade.STAFF, function.start(), end)
    return None


def _champion(text: str, low: int, start: int) -> Person | None:
    word = _word_at(text, start)
    end = start + len(word)
    noun = word.lower().rstrip("s")
    left = max(low, start - 60)
    speak = p.SPEAK_UP.search(text, left, start)
    if speak is not None:
        return _person(text, f"freedom_to_speak_up_{noun}", Grade.STAFF, speak.start(), end)
    if noun == "guardian":
        safe = re.compile(r"(?i)\s+of\s+safe\s+working(?:\s+hours)?").match(text, end)
        return _person(text, "guardian_of_safe_working", Grade.STAFF, start, safe.end()) if safe else None
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
        return _person(text, f"{told}_{noun}", grades.get(told, Grade.STAFF), kind.start(), end)
    function = p.FUNCTION_BEFORE.search(text, left, start)
    if function is None or (word == "champions" and p.OBJECT_AFTER.match(text, end)):
        return None
    return _person(text, f"{role_id(function['function'])}_{noun}", Grade.STAFF, function.start(), end)


def _governor(text: str, low: int, start: int) -> Person | None:
    end = start + len(_word_at(text, start))
    if re.search(r"(?i)\b(?:council|board)\s+of\s+$", text[max(0, start - 12) : start]):
        return None
    kind = re.compile(r"(?i)(?<![\w-])(?:lead|staff|public|appointed|elected)\s+$").search(
        text, max(low, start - 12), start
    )
    role = f"{kind[0].strip().lower()}_governor" if kind else "governor"
    return _person(text, role, Grade.NONE, kind.start() if kind else start, end)


def _partner(text: str, low: int, start: int) -> Person | None:
    match = re.compile(
        r"(?i)(?<![\w-])(?P<kind>HR|human resources|people|EDI|workforce|finance|inclusion)\s+business\s+$"
    ).search(text, max(low, start - 40), start)
    if match is None:
        return None
    kind = "hr" if match["kind"].lower() in ("hr", "human resources") else match["kind"].lower()
    end = start + len(_word_at(text, start))
    return _person(text, f"{kind}_business_partner", Grade.MANAGER, match.start(), end)


def _secretary(text: str, low: int, start: int) -> Person | None:
    match = re.compile(r"(?i)(?<![\w-])(?:company|trust|board|corporate|foundation\s+trust)\s+$").search(
        text, max(low, start - 20), start
    )
    if match is None:
        return None
    return _person(text, "company_secretary", Grade.SENIOR_LEADER, match.start(), start + len("secretary"))


def _leader(text: str, low: int, start: int) -> Person | None:
    end = start + len(_word_at(text, start))
    banded = p.LEADERS_AT_BAND.match(text, end)
    kind = p.LEADER_BEFORE.search(text, max(low, start - 20), start)
    begin = kind.start() if kind else start
    if banded is not None:
        return _person(text, "senior_leader", Grade.SENIOR_LEADER, begin, banded.end())
    if kind is None:
        band = re.compile(r"(?i)\bband\s*(?:8\s?[a-d]|9)\s?\+?\s+$").search(text, max(low, start - 12), start)
        if band is not None:
            return _person(text, "senior_leader", Grade.SENIOR_LEADER, band.start(), end)
        if re.compile(r"(?i)\s+of\s+(?:the\s+)?council\b").match(text, end) or re.search(
            r"(?i)council\s$", text[max(0, start - 8) : start]
        ):
            return None
        return _person(text, "leader", Grade.NONE, start, end)
    told = kind["kind"].lower()
    if told == "executive":
        return _person(text, "executive_director", Grade.EXECUTIVE_DIRECTOR, begin, end)
    grade = Grade.MANAGER if told == "team" else Grade.SENIOR_LEADER
    role = "team_leader" if told == "team" else "senior_leader" if "senior" in told else f"{told}_leader"
    return _person(text, role, grade, begin, end)


def _band(text: str, low: int, start: int) -> Person | None:
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
    return _person(
        text, "senior_leader", Grade.SENIOR_LEADER, start, leaders.end() if leaders else match.end()
    )


def _member(text: str, low: int, start: int) -> Person | None:
    of = p.MEMBERS_OF.match(text, start)
    if of is not None:
        kind = of.lastgroup or ""
        role, grade = _MEMBERS[kind]
        return _person(text, role, grade, start, of.end())
    before = p.MEMBER_BEFORE.search(text, max(low, start - 28), start)
    if before is None:
        return None
    kind = before["kind"].lower().split()[0]
    if kind not in _MEMBERS:
        return None
    role, grade = _MEMBERS[kind]
    return _person(text, role, grade, before.start(), start + len(_word_at(text, start)))


_MEMBERS = {
    "board": ("board_member", Grade.NONE),
    "executive": ("executive_team", Grade.EXECUTIVE_DIRECTOR),
    "staff": ("staff", Grade.STAFF),
    "network": ("network_member", Grade.STAFF),
}


def _staff(text: str, low: int, start: int) -> Person | None:
    end = start + len(_word_at(text, start))
    if p.STAFF_NOUN.match(text, end):
        return None
    return _person(text, "staff", Grade.STAFF, max(low, start), end)


_READERS: dict[str, Callable[[str, int, int], Person | None]] = {
    "chief": _chief,
    "director": _director,
    "executive": _executive,
    "exec": _executive,
    "non": _non_executive,
    "nonexecutive": _non_executive,
    "chair": _chair,
    "chairman": _chair,
    "chairmen": _chair,
    "chairwoman": _chair,
    "chairperson": _chair,
    "head": _head,
    "manager": _manager,
    "lead": _lead,
    "sponsor": _sponsor,
    "owner": _officer,
    "officer": _officer,
    "champion": _champion,
    "ambassador": _champion,
    "guardian": _champion,
    "governor": _governor,
    "partner": _partner,
    "secretary": _secretary,
    "leader": _leader,
    "band": _band,
    "8a": _band,
    "8b": _band,
    "8c": _band,
    "8d": _band,
    "8": _band,
    "member": _member,
    "staff": _staff,
    "colleague": _staff,
    "employee": _staff,
}
