"""Chairs: of the trust, of a committee, of a staff network."""

from __future__ import annotations

from evidence_kit.language import role_patterns as p
from evidence_kit.language.role_ids import person_of, word_at
from evidence_kit.records.reading import Grade, Person


def read_chair(text: str, low: int, start: int) -> Person | None:
    """Read chairs by the body they chair; a bare chair is the trust's."""
    word = word_at(text, start)
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
        return person_of(text, "chair", Grade.NONE, begin, end)
    if p.POSSESSIVE_BEFORE.search(before) or kind == "co":
        bodies = list(p.BODIES.finditer(text, max(0, start - 200), start))
        if bodies:
            return _chair_of(text, bodies[-1][0], begin, end, kind)
    if kind == "co" or (plural and not prefix):
        return person_of(text, "chair", Grade.NONE, begin, end)
    return person_of(
        text, "vice_chair" if kind in ("vice", "deputy") else "chair", Grade.NON_EXECUTIVE, begin, end
    )


def _chair_of(text: str, body: str, start: int, end: int, kind: str) -> Person:
    """Return the chair of a body: of the trust or its board a non-executive, of a staff network a member of staff."""
    body = body.lower().replace("-", " ")
    deputy = "vice_" if kind in ("vice", "deputy") else ""
    if body.startswith("network"):
        return person_of(text, f"{deputy}network_chair", Grade.STAFF, start, end)
    if body == "staff side":
        return person_of(text, "staff_side_chair", Grade.STAFF, start, end)
    if body in ("trust", "board", "governors", "audit"):
        return person_of(text, f"{deputy}chair", Grade.NON_EXECUTIVE, start, end)
    if body in ("meeting", "session", "panel"):
        return person_of(text, "meeting_chair", Grade.NONE, start, end)
    role = "council_chair" if body == "council" else "committee_chair"
    return person_of(text, deputy + role, Grade.NONE, start, end)
