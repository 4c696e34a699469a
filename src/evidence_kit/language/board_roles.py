"""Chief officers, directors, executives, non-executives and others of the board, read from the word they hang on."""

from __future__ import annotations

import re

from evidence_kit.language import role_patterns as p
from evidence_kit.language.role_ids import RANKS, modified_start, person_of, role_id, word_at
from evidence_kit.records.reading import Grade, Person


def read_chief(text: str, low: int, start: int) -> Person | None:
    """Read chief executives, chief officers, chief nurses and what else begins with "chief"."""
    match = p.CHIEF.match(text, start)
    if match is None:
        return None
    begin, modifiers = modified_start(text, low, start)
    rank = next((each for each in RANKS if each in modifiers), "")
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
    return person_of(text, f"{rank}_{role}" if rank else role, grade, begin, match.end())


def read_director(text: str, low: int, start: int) -> Person | None:
    """Read directors: of the board, of a function, of a division, and non-executives."""
    end = start + len(word_at(text, start))
    if re.search(r"(?i)\b(?:board|council)\s+of\s+$", text[max(0, start - 12) : start]):
        return None
    if re.compile(r"(?i)\s+(?:general|level|role|post|posts|portfolio)\b|-level").match(text, end):
        return None
    left = max(low, start - 60)
    non = p.NON_EXECUTIVE_BEFORE.search(text, left, start)
    if non is not None:
        begin, modifiers = modified_start(text, low, non.start())
        role = "associate_non_executive_director" if "associate" in modifiers else "non_executive_director"
        return person_of(text, role, Grade.NON_EXECUTIVE, begin, end)
    independent = re.compile(r"(?i)\bsenior\s+independent\s+$").search(text, left, start)
    if independent is not None:
        return person_of(text, "senior_independent_director", Grade.NON_EXECUTIVE, independent.start(), end)
    of = p.OF_FUNCTION.match(text, end)
    before = None if of else p.BOARD_FUNCTION_BEFORE.search(text, left, start)
    begin, modifiers = modified_start(text, low, before.start() if before else start)
    function = " ".join((of or before)["function"].split()) if of or before else ""  # type: ignore[index]
    stop = of.end() if of else end
    rank = next((each for each in RANKS if each in modifiers), "")
    below = p.SUBORDINATE_BEFORE.search(text, left, start)
    if below is not None and not rank:
        begin, rank = below.start(), below["sub"].lower().replace(" ", "_")
    if rank or p.OF_A_DIVISION.match(text, stop):
        return person_of(text, _director_id(function, rank, ""), Grade.SENIOR_LEADER, begin, stop)
    executive = "executive" if modifiers & {"executive", "exec"} else ""
    if (
        not function
        and not executive
        and not modifiers
        and text[start].islower()
        and not _is_plain(text, start, end)
    ):
        return None
    return person_of(
        text, _director_id(function, "", executive), _grade_of(function, bool(executive)), begin, stop
    )


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether a bare "director" is a person: "a director", "all directors"."""
    if text[end - 1] in "sS":
        return True
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


def read_executive(text: str, low: int, start: int) -> Person | None:
    """Read "executives", "an executive" and "the executive team"; directors and sponsors hang on their own words."""
    word = word_at(text, start).lower()
    end = start + len(word)
    if re.search(r"(?i)(?:chief|non)[-–\s]*$", text[max(0, start - 8) : start]):
        return None
    if re.compile(r"(?i)\s+member\s+for\b").match(text, end):
        return None  # a councillor with a portfolio
    team = p.EXECUTIVE_TEAM.match(text, start)
    if team is not None:
        is_team = team[0].lower().endswith("team")
        stop = team.end() if is_team else end
        return person_of(
            text, "executive_team" if is_team else "executive_director", Grade.EXECUTIVE_DIRECTOR, start, stop
        )
    if word in ("executives", "execs"):
        return person_of(text, "executive_director", Grade.EXECUTIVE_DIRECTOR, start, end)
    noun = p.EXECUTIVE_NOUN_BEFORE.search(text, max(low, start - 14), start)
    if noun is None or not p.EXECUTIVE_NOUN_AFTER.match(text, end):
        return None
    article = noun[0].lower().strip()
    if article in ("the", "board"):
        return None  # "the executive" is the team, or an adjective cut short
    return person_of(text, "executive_director", Grade.EXECUTIVE_DIRECTOR, start, end)


def read_non_executive(text: str, low: int, start: int) -> Person | None:
    """Read "non-executives" and those whose second word is no director."""
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
    begin, modifiers = modified_start(text, low, start)
    role = {"chair": "chair", "lead": "non_executive_lead", "champion": "non_executive_champion"}.get(
        noun.rstrip("s"), ""
    )
    role = role or ("non_executive_sponsor" if noun.startswith("sponsor") else "non_executive_director")
    if "associate" in modifiers and role == "non_executive_director":
        role = "associate_non_executive_director"
    return person_of(text, role, Grade.NON_EXECUTIVE, begin, match.end())


def abbreviation(text: str, low: int, start: int, word: str) -> Person | None:
    """Read "CEO", "NED", "SRO" and the like."""
    end = start + len(word)
    begin, ranks = modified_start(text, low, start)
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
        rank = next((each for each in RANKS if each in ranks), "")
        grade = Grade.SENIOR_LEADER if rank else Grade.EXECUTIVE_DIRECTOR
        role = f"{rank}_{role}" if rank else role
    if (
        re.search(r"[a-z]\s\($", text[max(0, begin - 3) : begin])
        and text[end : end + 1] == ")"
        and low >= begin - 2
    ):
        return None  # "Chief Executive Officer (CEO)" names one person
    return person_of(text, role, grade, begin, end)


def read_officer(text: str, low: int, start: int) -> Person | None:
    """Read officers that are no chief officers."""
    end = start + len(word_at(text, start))
    left = max(low, start - 60)
    responsible = re.compile(r"(?i)\bsenior\s+responsible\s+$").search(text, left, start)
    if responsible is not None:
        return person_of(text, "senior_responsible_owner", Grade.NONE, responsible.start(), end)
    accountable = re.compile(r"(?i)\baccountable\s+$").search(text, left, start)
    if accountable is not None:
        return person_of(text, "accountable_officer", Grade.CHIEF_EXECUTIVE, accountable.start(), end)
    function = re.compile(r"(?<![\w-])(?:EDI|[Ii]nclusion|[Ee]quality|[Dd]iversity|HR)\s+$").search(
        text, left, start
    )
    if function is not None:
        return person_of(text, f"{role_id(function[0])}_officer", Grade.STAFF, function.start(), end)
    return None


def read_secretary(text: str, low: int, start: int) -> Person | None:
    """Read the secretary of the trust or its board."""
    match = re.compile(r"(?i)(?<![\w-])(?:company|trust|board|corporate|foundation\s+trust)\s+$").search(
        text, max(low, start - 20), start
    )
    if match is None:
        return None
    return person_of(text, "company_secretary", Grade.SENIOR_LEADER, match.start(), start + len("secretary"))


def read_governor(text: str, low: int, start: int) -> Person | None:
    """Read governors; a council of governors is a body."""
    end = start + len(word_at(text, start))
    if re.search(r"(?i)\b(?:council|board)\s+of\s+$", text[max(0, start - 12) : start]):
        return None
    kind = re.compile(r"(?i)(?<![\w-])(?:lead|staff|public|appointed|elected)\s+$").search(
        text, max(low, start - 12), start
    )
    role = f"{kind[0].strip().lower()}_governor" if kind else "governor"
    return person_of(text, role, Grade.NONE, kind.start() if kind else start, end)
