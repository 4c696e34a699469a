"""The patterns of numbers in British documents; what a match means is told in ``quantities``."""

from __future__ import annotations

import re

from evidence_kit.language.date_patterns import MONTHS
from evidence_kit.language.number_words import FIGURES, NUMBER, NUMBER_OPENERS, WORDS
from evidence_kit.language.scan import openers, words_of

FREQUENCIES = {
    "quarterly": 4, "monthly": 12, "bi-monthly": 6, "bimonthly": 6, "two-monthly": 6, "three-monthly": 4,
    "four-monthly": 3, "six-monthly": 2, "half-yearly": 2, "twice-yearly": 2, "bi-annual": 2, "biannual": 2,
    "bi-annually": 2, "biannually": 2, "annual": 1, "annually": 1, "yearly": 1, "weekly": 52, "fortnightly": 26,
    "bi-weekly": 26, "daily": 365, "termly": 3, "biennial": 0.5, "biennially": 0.5,
}  # fmt: skip
"""Times a year."""
PERIODS = {
    "year": 1, "annum": 1, "a.": 1, "quarter": 4, "month": 12, "fortnight": 26, "week": 52, "day": 365, "term": 3,
    "yearly": 1, "annually": 1, "quarterly": 4, "monthly": 12, "weekly": 52,
}  # fmt: skip
FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
STEPS = {"other": 2, "second": 2, "alternate": 2, "third": 3, "fourth": 4, "fifth": 5}
SCALE = {
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "thousand": 1e3,
    "k": 1e3,
    "hundred": 100,
}

_MONTH = "|".join(
    sorted((month for month in MONTHS if len(month) > 3 or month == "may"), key=len, reverse=True)
)
_ADVERBS = "|".join(sorted(map(re.escape, FREQUENCIES), key=len, reverse=True))
START = re.compile(
    rf"""(?P<money>[£]\s?{FIGURES}(?:\s?(?:million|billion|thousand|bn|mn|m|k)\b)?)
    |(?<![\w$€\#:.,/£–])(?<![A-Za-z]-)(?<!\d-)(?P<figures>{FIGURES})
    |\b(?:(?P<all>all|both|every|each|alternate)\b
    |(?P<none>none|neither)\s+of\b
    |(?P<fraction>(?:an?|one|two|three|four|five)[\s-](?:third|quarter|fifth|sixth|eighth|tenth)s?(?=\s+of\b)|half(?=\s+(?:of|the|our|its|their|all)\b))
    |(?P<frequency>{_ADVERBS})\b
    |(?P<twice>twice|once)\b
    |(?P<words>{WORDS}))""",
    re.IGNORECASE | re.VERBOSE,
)
OPENERS = openers(
    [
        *NUMBER_OPENERS,
        *FREQUENCIES,
        "all",
        "both",
        "every",
        "each",
        "alternate",
        "none",
        "neither",
        "half",
        "twice",
        "once",
        "bi",
    ]
)
OPENERS_A = OPENERS | openers(["a", "an"])
AFTER_A = re.compile(
    r"\ban?\s+(?:third|quarter|fifth|sixth|eighth|tenth|dozen|hundred|thousand|million)\b", re.IGNORECASE
)
LABELS = words_of(
    """section sections paragraph paragraphs para paras page pages p pp item items appendix appendices annex
    table tables figure figures fig figs chart charts chapter chapters part parts band bands grade grades
    level levels step steps stage stages phase phases principle principles objective objectives goal goals
    priority priorities standard standards indicator indicators domain domains question questions action
    actions risk risks ref refs reference references no nos number numbers version versions v ward wards
    room rooms floor floors tier tiers category categories type types nhs baf regulation regulations article
    articles clause clauses schedule schedules criterion criteria deliverable deliverables year week day
    month covid tel telephone phone ext id line row slide volume issue edition model form code wave cohort
    minute ring call dial option theme pillar commitment commitments key hia act unit block building
    recommendation recommendations outcome outcomes element aim module lot"""
)
"""What a number names when it stands after one of these words."""
LABEL = re.compile(
    rf"(?:\b(?:{'|'.join(LABELS)})\.?\s*|[#]\s?)(?:\d+(?:\.\d+)*[a-z]?\s*(?:,|and|to|of|&|–|-)\s*)*$",
    re.IGNORECASE,
)
LABEL_ENDS = frozenset({*LABELS, "and", "to", "of"})
LAST_WORD = re.compile(r"([A-Za-z]+|[\d,&#–-])\.?\s*$")
LIST_NUMBER = re.compile(r"(?:^|\n)[\s(]*$")
AFTER_LIST_NUMBER = re.compile(r"[.)](?:\s|$)|\s+[A-Z](?:[a-z]|\s)")
NOT_A_COUNT = re.compile(
    r"\w|[:/]\d|\.\d|-[A-Za-z]|\s?(?:am|pm|a\.m|p\.m|hrs|noon|o’clock)\b|[°]|\s*=", re.IGNORECASE
)
DETERMINERS = (
    r"(?:(?:the|our|its|their|these|those|all|a\s+total\s+of|a\s+possible|other|his|her|last|past|latest|previous|"
    r"\w+[’']s)\s+)"
)
PERCENT = re.compile(r"(?:\s?[–-]\s?\d+(?:\.\d+)?)?\s?(?:%|per\s?cent\b|percent\b)", re.IGNORECASE)
OF = re.compile(rf"\s+(?:out\s+)?of\s+{DETERMINERS}{{0,3}}({NUMBER})(?![\w%]|[/:.]\d|-\w)", re.IGNORECASE)
OUT_OF = re.compile(
    rf"((?:\s+[a-z][\w-]*){{0,3}}?)\s*[,(]?\s*(?:\bout\s+of|(?<=\()of)\s+{DETERMINERS}{{0,3}}({NUMBER})(?![\w%]|[/:.]\d)",
    re.IGNORECASE,
)
SLASH = re.compile(r"\s?/\s?(\d{1,5})(?![\w/.%-])")
IN = re.compile(
    rf"\s+in\s+({NUMBER})(?![\w%]|[/:.]\d)(?!\s+(?:day|week|month|year|hour|minute)s?\b)", re.IGNORECASE
)
TO_ONE = re.compile(r"\s*(?:to|:)\s*1(?:\.0+)?(?!\d|\.\d|,\d)", re.IGNORECASE)
TIMES = re.compile(r"\s+times\b", re.IGNORECASE)
COMPARED = re.compile(
    r"\s+(?:more|less|as|higher|lower|greater|better|larger|the|that|likelier)\b", re.IGNORECASE
)
PER = re.compile(
    rf"\s*,?\s*(?:in\s+)?(?:(?:a|per|each|every|any)\s+(?:financial\s+|calendar\s+|rolling\s+)?"
    rf"(?:(?P<step>{NUMBER}|other|second|third)\s+)?(?P<period>year|annum|quarter|month|fortnight|week|day|term)s?\b"
    r"(?!\s+(?:ago|before|earlier|previously|later)\b)"  # "1.61 a year ago" is no frequency
    r"|p\.?(?P<pa>a\.)|/\s?(?P<slash>year|month|quarter|week)\b|(?P<adverb>yearly|annually|monthly|weekly|quarterly)\b)",
    re.IGNORECASE,
)
EVERY = re.compile(
    rf"\s+(?:(?P<step>{NUMBER}|other|second|third|fourth)\s+)?(?:(?:financial|calendar)\s+)?"
    rf"(?P<period>year|quarter|month|fortnight|week|day|term)s?\b|\s+(?:{_MONTH})\b|"
    r"\s+(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    re.IGNORECASE,
)
GROUP = re.compile(rf"\s+(?:of\s+)?{DETERMINERS}{{0,3}}(?:({NUMBER})(?![\w%]|[/:.-]\w))?", re.IGNORECASE)
ALL_BUT = re.compile(rf"\s+but\s+({NUMBER})\b(?:\s+of\s+{DETERMINERS}{{0,3}}({NUMBER})\b)?", re.IGNORECASE)
NOT_ALL = re.compile(
    r"\b(?:not|nearly|almost|virtually|practically|hardly|above|after|from|than|n[’']t)\s+(?:quite\s+)?$",
    re.IGNORECASE,
)
EVENTS = frozenset(
    words_of(
        """times meetings occasions sessions events reports updates reviews visits papers workshops audits briefings
        seminars attendances presentations conversations forums dates issues cycles bulletins surveys"""
    )
)
"""What is done so often a year; other things a year ("1,200 patients a year", "2 days a week") are amounts."""
OTHER = re.compile(r"\s+(?:other|second|third)\b", re.IGNORECASE)
SAYS_WHAT = re.compile(r"\s+(?:a|an|the|their|its|one|two|his|her|our)\b", re.IGNORECASE)
ABSTRACT = frozenset(
    words_of(
        """effort opportunity reason aspect way sense chance confidence step other one body thing time single case
    day respect intention possible"""
    )
)
SCORE = re.compile(r"\b(?:scores?|average|mean|median|rating|engagement)\b[^.;|]{0,25}$", re.IGNORECASE)
RATIO_WORDS = re.compile(r"ratio|likel|disparit|wres|indicator|relative", re.IGNORECASE)
OF_GROUP = re.compile(rf"\s+of\s+{DETERMINERS}{{0,3}}", re.IGNORECASE)
SCALE_AFTER = re.compile(r"\s(million|billion|thousand|hundred)\b|(m|bn|k)(?!\w)", re.IGNORECASE)
POUNDS = re.compile(r"\s+pounds\b", re.IGNORECASE)
ANNUAL_NOUNS = re.compile(
    r"\s+(?:accounts|leave|general|governance|budgets?|plans?|planning|income|salary|salaries|turnover|costs?|"
    r"expenditure|fees?|allowance|increment|pay|spend|savings?)\b",
    re.IGNORECASE,
)
ONCE = re.compile(r"\s*(?:[.,;)]|$)|\s+(?:in\s+(?!post|place|role|force|use)|during|since|only)\b")
BOTH_AND = re.compile(r"[^.;,]{0,40}\band\b", re.IGNORECASE)
PLAIN_ONE = re.compile(
    r"\b(?:no|any|some|every|each|this|that|which|another|the|last|next|number|by|day|phase|and)\s+$",
    re.IGNORECASE,
)
