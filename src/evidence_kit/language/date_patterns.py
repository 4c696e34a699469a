"""The vocabulary and the patterns of dates in British documents; what a match means is told in ``date_forms``."""

from __future__ import annotations

import re

from evidence_kit.language.scan import openers

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each season of three months; a winter belongs to the year in which it begins."""
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
}
NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty-six": 36, "couple of": 2,
}  # fmt: skip

_MONTH = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)(?![a-z])|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])(?:\.(?=\s?(?:\d|[a-z,;)–-])))?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:\s?(?:st|nd|rd|th)\b)?"
_YEAR = r"(?:19|20)\d\d(?![\d%]|[.,]\d|[/–-]\d)"
_YEAR_2 = r"(?:19|20)\d\d(?!\d)|[’'‘]\d\d(?!\d)|\d\d(?![\d/.,:%–-])(?!\s*(?:[a-z(]|per\b))"
_SPAN = r"(?:19|20)\d\d\s?[/–—-]\s?(?:(?:19|20)\d\d|\d\d)(?![\d/%]|[.,-]\d)"
_SHORT_SPAN = r"[12345]\d\s?/\s?[12345]\d(?![\d/%]|[.,-]\d)"
_YEARISH = rf"(?:FY\s?)?(?:{_SPAN}|{_SHORT_SPAN}|{_YEAR})"
_UNIT = r"(?:day|week|month|quarter|(?:financial|calendar)\s+year|year)"
_NUMBER = (
    r"(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|twenty-four|thirty-six)"
)

_DIGITS = rf"""(?<![\w£$€\#:+.,/])(?:(?<![A-Za-z]-)|(?<=mid-))(?:
  (?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d))
 |(?P<figures>\d{{1,2}}(?P<sep>[/.-])\d{{1,2}}(?P=sep)(?:(?:19|20)\d\d|\d\d)(?![\d/]|\.\d))
 |(?P<days>{_DAY}(?:\s*(?:,|and\b|&|,\s*and\b)\s*(?:the\s+)?{_DAY})+\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?)
 |(?P<day_range>{_DAY}\s*(?:to|until|[–—-])\s*(?:the\s+)?{_DAY}\s*(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?)
 |(?P<day_month>{_DAY}[\s-]*(?:of\s+)?{_MONTH}(?:[,\s-]*\s*(?:{_YEAR_2}))?)
 |(?<!\d[–-])(?P<span>{_SPAN})
 |(?<!\d[–-])(?P<year_month>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d/-]))
 |(?<!\d[–-])(?P<short_span>{_SHORT_SPAN})
 |(?P<month_year>(?:0?[1-9]|1[0-2])/20\d\d(?![\d/%]|[.,]\d))
 |(?P<ago>{_NUMBER}\s+(?:day|week|month|year)s?\s+ago\b)
 |(?<!\d[–-])(?P<year>{_YEAR})
)"""
_WORDS = rf"""\b(?:
  (?P<month_day>{_MONTH}\s+{_DAY},?\s+{_YEAR}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)\b)
 |(?P<month>{_MONTH}(?:[,\s-]*(?:of\s+)?(?:{_YEAR}|(?:(?<=\s)|(?<=-)|(?<=\.))[’'‘]\d\d(?!\d))|[’'‘]\d\d(?!\d)|-\d\d(?![\d-])|\s\d\d(?=\s*(?:$|[\n|,;).–-]|to\b|and\b)))?)
 |(?P<fy>FY\s?(?:(?:19|20)\d\d|\d\d)(?:\s?[/–-]\s?(?:20)?\d\d)?(?!\d))
 |(?P<quarters>(?:quarters?\s+|Q)(?:[1-4]|one|two|three)(?:\s*(?:,|and\b|&|,\s*and\b|to\b|[–-])\s*Q?(?:[1-4]|two|three|four)\b(?![/%]|\.\d))+
   (?:[,\s]*(?:of\s+)?{_YEARISH})?)
 |(?P<quarter>Q[1-4]\b(?:[,\s]*(?:of\s+)?{_YEARISH})?
   |quarters?\s+(?:[1-4]\b(?!\s*%)|one|two|three|four)\b(?:[,\s]*(?:of\s+)?{_YEARISH})?
   |(?:first|second|third|fourth|final)\s+quarter\b(?:\s+of(?:\s+the\s+(?:financial\s+)?year)?)?(?:\s+{_YEARISH})?)
 |(?P<season>(?:spring|summer|autumn|winter)\b(?:[,\s]*(?:of\s+)?{_YEARISH})?)
 |(?P<today>today|yesterday|tomorrow)\b
 |(?P<relative>(?:last|past|previous|preceding|this|current|present|next(?!\s+(?:working\s+)?day\b)|coming|forthcoming)\s+
     (?:(?:couple\s+of|{_NUMBER})\s+)?(?:{_UNIT}s?|spring|summer|autumn|winter)\b)
 |(?P<word_ago>(?:{_NUMBER}|a|an|one)\s+(?:day|week|month|year)s?\s+ago\b)
 |(?P<to_date>year[\s-]to[\s-]date)\b
)"""
FORM = re.compile(f"{_DIGITS}|{_WORDS}", re.IGNORECASE | re.VERBOSE)

_RELATIVE = [
    "last",
    "past",
    "previous",
    "preceding",
    "this",
    "current",
    "present",
    "next",
    "coming",
    "forthcoming",
]
OPENERS = openers(
    [*MONTHS, *SEASONS, *ORDINALS, *_RELATIVE, "quarter", "quarters", "FY", "Q", "today", "yesterday"]
) | (openers(["tomorrow", "year"]))
"""The words with which a date may begin."""
OPENERS_AGO = OPENERS | openers([*NUMBERS, "one", "a", "an", "twenty", "thirty"])
"""The same where somebody may write "three years ago"."""
THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
PHONE = re.compile(r"(?<![\d.,/£])(?:\+44|\(?0\d{2,4}\)?)[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)")
LINK = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
LAW_BEFORE = re.compile(
    r"(?:\b(?:Acts?|Regulations?|Order|Rules|Directive|Bill|Measure|Statute|Instrument|Code|SI)|"
    r"\bCode of (?:Practice|Conduct|Governance))(?:\s*\([^()]*\))?\s*,?\s*\(?(?:of\s+)?"
    r"(?:(?:19|20)\d\d\s*(?:,|and|&)\s*)*$|"
    r"\b(?:EDS|Equality Delivery System(?:\s*\(EDS\))?|GDPR|ISO|BS|Windows|Office|Excel)\s+$"
)
LAW_AFTER = re.compile(r"\s+(?:Act|Regulations|Order|Directive|Bill)\b")
NOT_A_YEAR = re.compile(
    r"\s+(?:people|patients|respondents|responses|members|employees|colleagues|referrals|appointments|calls|"
    r"attendances|visits|pounds|hours|miles|words|nurses|doctors|leaders|children|women|men|births|beds|posts|cases|"
    r"contacts|families|residents|places|views|users|volunteers|managers|participants|staff\s+(?:members?|took|"
    r"completed|attended|were|had|have|responded))\b"
)
TIME_WORD = re.compile(r"\b(?:in|since|during|by|until|the|year|calendar|our|this)\s+$", re.IGNORECASE)
NUMBERED = re.compile(
    r"(?:\b(?:section|paragraph|para|page|pages|item|items|appendix|annex|table|figure|chapter|part|version|room|ward|"
    r"ref|reference|no|number|band|code|extension|ext|bleep|tel|clause|minute|risk|action)\.?\s*|[#£]\s?)$",
    re.IGNORECASE,
)
MONTH_CONTEXT = re.compile(
    r"\b(?:in|since|from|until|till|to|by|during|last|next|this|early|late|mid|of|before|after|the|its|our|at|for|"
    r"between|through|on|around|end|beginning|start|previous|every|each|and|or)[\s-]+$|[(\[|:,/–-]\s*$|\t$|\n\s*$",
    re.IGNORECASE,
)
SMALL_MONTH_CONTEXT = re.compile(r"\b(?:in|since|until|during|last|next|of|early|late|by|from)\s+$")
EACH_YEAR = re.compile(r"\s+(?:(?:of|in)\s+)?(?:each|every)\s+year\b|\s+annually\b", re.IGNORECASE)
EACH = re.compile(r"\b(?:each|every)\s+$", re.IGNORECASE)
NAME_BEFORE = re.compile(r"\b(?:to|and|by|for|or)\s+$|[,:(|]\s*$")
"""A month before a capital letter is a first name here: "approved by April Jones"."""
NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+\b")
SEASON_CONTEXT = re.compile(
    r"\b(?:in|during|last|next|this|by|since|from|until|over|after|before|late|early|for|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
SEASON_NOUN = re.compile(
    r"\s+(?:school|schools|holiday|holidays|camp|camps|pressures?|plan|plans|planning|break|clean|term|period|vaccin\w+|"
    r"flu|months?|resilience|fair|fayre|programme|scheme|illness\w*|demand|surge)\b"
)
SHORT_SPAN_BEFORE = re.compile(
    r"\b(?:in|for|during|of|FY|year|financial|the|by|since|from|to|end|our|Q[1-4]|until)[\s(]+$",
    re.IGNORECASE,
)
SHORT_SPAN_AFTER = re.compile(
    r"\s*(?:financial|year|annual|out-?turn|plan|report|budget|results?|survey|WRES|\)|$|\||\n|to\b|and\b|[–,.;-])"
)
