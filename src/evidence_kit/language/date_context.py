"""What the words before a date say of it: whether it lies ahead, and whether it is a deadline."""

from __future__ import annotations

import re

from evidence_kit.language.date_forms import Form

_DEADLINE = re.compile(
    r"(?:\b(?:by|no\s+later\s+than|not\s+later\s+than|until|till|"
    r"(?:is|are|be|was|next|falls?|report)?\s*due(?:\s+(?:back|date|for\s+\w+|to\s+\w+))?|"
    r"(?:review|expiry|target|completion|renewal|due|end)\s+dates?|next\s+(?:review|meeting|report)(?:\s+date)?|"
    r"(?:to\s+be|be|for)\s+(?:fully\s+)?(?:review(?:ed)?|completed?|renewed|delivered|finished)|deadlines?|time-?scales?|"
    r"expires?|valid\s+(?:until|to)|target|ready\s+for|complete\s+by|review\s+by)"
    r"(?:\s+(?:is|of|in|on|by|before|at|set\s+for|end))*\s*[:–-]?\s*"
    r"(?:around\s+|approximately\s+)?(?:the\s+)?(?:(?:end|start|beginning|middle|close)\s+of\s+)?(?:the\s+)?"
    r"(?:early\s+|mid[\s-]?|late\s+)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+)?)$",
    re.IGNORECASE,
)


_NOT_DUE = re.compile(r"\b(?:last|previous|latest)\s+(?:review|meeting)", re.IGNORECASE)


_BY_THEN = re.compile(r"[^.;!?\n]{0,80}?\b(?:had|has\s+been|have\s+been|were|was)\b", re.IGNORECASE)


_DONE_BY = re.compile(
    r"(?<!\bbe )(?<!\bget )(?<!\bfor )\b(?:\w+[^\We]ed|begun|done|met|agreed|held|written|in\s+place)\s+$",
    re.IGNORECASE,
)
"""What was completed by a date has no deadline."""


_TENSE = re.compile(
    r"(?P<future>\b(?:will|shall|due|next|planned|scheduled|expected|expects?|hopes?|plans?|intends?|aims?|to\s+be|proposed|"
    r"would|starts?|begins?|commences?|opens|closes|ends|finishes|launches|"
    r"(?:is|are)\s+to|going\s+to|target|deadline|from\s+now)\b"
    # The participle belongs to its auxiliary: "will be launched" is no past.
    r"(?:\s+(?:not|also|then|be|\w+ly))*(?:\s+(?:\w+ed|held|made|set|taken|given|run|begun|led|sent))?\b)"
    r"|(?P<past>\b(?:was|were|has|have|had|did|met|held|took|gave|made|went|led|ran|began|came|saw|fell|rose|grew|"
    r"won|wrote|chose|became|told|said|left|kept|brought|sent|spoke|sat|last|since|attended|"
    r"completed|approved|launched|agreed|published|received|noted|\w+[^\We]ed)\b)",
    re.IGNORECASE,
)


STOP = re.compile(r"[.;!?](?=\s|$)|\n\s*\n|[•▪]")


_OPENING_WORDS = 3
"""A date after at most so many words opens its sentence ("By early May we will …"): its tense follows it."""


BEFORE = 120
"""Characters before a date that are looked at for tense, deadline and period words."""


_LABEL = re.compile(
    r"\s*[:–—-]\s+(?:(?:the|our|your|each|every|its)\s+)?(?:(?:we|they|you|I)\s+(?!were|had|did|met|held|took|gave|made|went|led|ran|saw"
    r"|won|wrote|told|kept|sent|heard|\w+ed\b)[a-z]+|(?:[a-z]+\s+){0,2}?(?:board|committee|council|trust|network|panel|group"
    r"|team|sponsor|chair|executives?|directors?|managers?|leaders?|forum|office|paper|scheme|course|programme|survey)\s+[a-z]+s)\b",
    re.IGNORECASE,
)
"""Behind a date that is an entry's label ("January: the board reviews …"): the present simple tells what is to come."""


_ONCE = re.compile(
    r"\b(?:we|they|I|board|committee|council|trust|panel|sponsor|network)\s+(?:\w+ly\s+)?(?:appl(?:y|ies)|submits?|launch(?:es)?|starts?|begins?"
    r"|adopts?|appoints?|reviews?|considers?|decides?|approves?)\b",
    re.IGNORECASE,
)
"""The present simple of what is done once, beside a month: "in February we apply to the Assembly"."""


def is_future(text: str, form: Form) -> bool:
    """Whether the last word of tense before a date points forward; where none stands before it, the first after it."""
    low = max(0, form.start - BEFORE)
    stops = list(STOP.finditer(text, low, form.start))
    low = stops[-1].end() if stops else low
    before = list(_TENSE.finditer(text, low, form.start))
    if before:
        return before[-1]["future"] is not None
    if is_deadline(text, form):
        return True
    if not text[low : form.start].strip(" -–•*") and _LABEL.match(text, form.end):
        return not is_past(text, form)
    stop = STOP.search(text, form.end)
    if _ONCE.search(text, low, stop.start() if stop else len(text)):
        return not is_past(text, form)
    if len(text[low : form.start].split()) > _OPENING_WORDS:
        return False
    after = _TENSE.search(text, form.end, min(stop.start() if stop else len(text), form.end + 60))
    return after is not None and after["future"] is not None


def is_past(text: str, form: Form) -> bool:
    """Whether a word of the past stands beside a date, in its sentence."""
    low = max(0, form.start - BEFORE)
    stops = list(STOP.finditer(text, low, form.start))
    low = stops[-1].end() if stops else low
    stop = STOP.search(text, form.end, form.end + BEFORE)
    high = stop.start() if stop else form.end + BEFORE
    return any(match["past"] is not None for match in _TENSE.finditer(text, low, high))


def is_deadline(text: str, form: Form) -> bool:
    """Whether a date is told as a deadline, a review or an expiry date."""
    before = text[max(0, form.start - BEFORE) : form.start]
    match = _DEADLINE.search(before[-70:])
    if match is None or _NOT_DUE.search(before):
        return False
    if not match[0].lower().startswith("by"):
        return True
    return not (_BY_THEN.match(text, form.end) or _DONE_BY.search(before, 0, len(before) - len(match[0])))
