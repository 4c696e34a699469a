"""What in a text tells of one person: addresses, numbers, and, by guess, names and personal accounts of racism.

Addresses and numbers have a form and are found by it. Names and accounts are guessed from the look of the words: what
these rules miss is measured and told in ``docs/sharing.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evidence_kit.records.sharing import Kind


class Found(NamedTuple):
    """Something personal in a text, with its half-open span."""

    kind: Kind
    start: int
    end: int


_EMAIL = re.compile(r"(?<![\w.+-])(?P<local>[\w.+'-]{1,64})@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
_TEAM_WORD = (
    r"(?:info|information|enquir(?:y|ies)|contact(?:us)?|help(?:desk|line)?|foi|comms|communications|edi|equality"
    r"|inclusion|diversity|hr|people|press|media|pals|complaints|feedback|freedomtospeakup|ftsu|recruitment|networks?"
    r"|team|office|mailbox|website|web|no-?reply|hello|membership|governors?|secretary|wres|workforce|england|and|the"
    r"|trust|desk|service|services|staff|race|anti-?racism|board)"
)
_TEAM = re.compile(rf"{_TEAM_WORD}(?:[._+-]?{_TEAM_WORD})*(?![^\W\d_])", re.IGNORECASE)
"""The beginning of an address that belongs to a team: whole words, since "edith" begins like "edi"."""
_PHONE = re.compile(
    r"(?<![\w£.,/-])(?:\+44(?:[\s-]?\(0\))?(?:[\s-]?\d){9,10}|\(?0[12]\d{1,4}\)?(?:[\s-]?\d){5,8}|0[37](?:[\s-]?\d){9})"
    r"(?![\w-]|[.,]\d)"
)
_DESK = re.compile(
    r"\b(?:switchboard|reception|advice|team|office|helpline|media|press|membership|enquir\w+|trust secretary|service"
    r"|main number)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
"""Stands before the number of a desk, which is nobody's own."""
_NHS_NUMBER = re.compile(r"(?<![\d+.,/-])\d{3}([ -]?)\d{3}\1\d{4}(?![\d/-])(?!\.\d)")
_BARE_NHS = re.compile(r"nhs\s*(?:no\b|num|#)", re.IGNORECASE)

_NAME_PART = r"[A-Z][a-zà-ÿ]+(?:[-’'][A-Z]?[a-zà-ÿ]+)*"
_TITLED = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sister|Nurse)\.?\s+(?:[A-Z]\.?\s+)?{_NAME_PART}(?:\s+{_NAME_PART})?"
)
_FULL = re.compile(
    rf"(?<![\w.’'-])(?:[A-Z]\.|[B-HJ-Z](?=[ ])|{_NAME_PART})(?:[ ](?:[A-Z]\.?|{_NAME_PART})){{1,2}}(?![\w’'-])"
)
_SENSITIVE = re.compile(
    r"\b(?:grievances?|disciplinary|suspen(?:ded|sion)|dismiss(?:ed|al)|misconduct|tribunal|settlement"
    r"|investigat(?:ed|ion) (?:in)?to (?:the )?(?:conduct|behaviour|allegation|complaint)|alleg(?:ed|ation|ations)"
    r"|complain(?:t|ts|ed|ant)|bull(?:ied|ying)|harass(?:ed|ment)|victimis(?:ed|ation)|whistleblow\w*"
    r"|racially abused|racial abuse|racist (?:remark|comment|abuse|language|incident)s?|called (?:him|her|them) "
    r"|sick(?:ness absence| leave)|occupational health|mental health|depress(?:ed|ion)|anxiety|pregnan(?:t|cy)"
    r"|(?:has|have|had|with|her|his|their) (?:a )?disability|diagnos(?:ed|is)|cancer|hiv"
    r"|convict(?:ed|ion)|arrest(?:ed)?|immigration status|visa"
    r"|(?:is|was|who is|identif(?:ies|ied) as) (?:a )?(?:black|asian|mixed|white|muslim|gay|lesbian|trans)\b)",
    re.IGNORECASE,
)
NEAR = 120
"""Characters between a name and a sensitive word that make them one matter."""
_NOT_A_NAME = re.compile(
    r"\b(?:an?|and|any|are|as|at|by|each|from|her|his|in|is|its?|no|of|on|our|she|he|the|their|these|this|they|to|we|when"
    r"|where|you|your|just|speak|up|freedom|respect|dignity|culture|fair|zero|tolerance|great|new|east|west|north|south"
    r"|general|global|united|kingdom|england|english|europe|london|manchester|christmas"
    r"|january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|bronze|silver|gold"
    r"|black|asian|african|caribbean|white|mixed|minority|majority|ethnic|british|indian|pakistani|bangladeshi|chinese"
    r"|arab|irish|traveller|muslim|christian|hindu|sikh|jewish|racial|racist|race|human|people|staff|history|heritage"
    r"|nhs|care|quality|commission|public|acute|community|medical|nursing|health\w*|royal|infirmary|clinical|patient"
    r"|safety|employment|executive|deputy|chief|senior|minutes|meeting|office|appendix|table|figure|page|item|paper"
    r"|section|part|level|action|inclusion|equality|learning|experience|disability|confident|forces|violence"
    r"|prevention|reduction|prize|scheme|award|privacy|accessibility|cookies?|contact|telephone|under)\b",
    re.IGNORECASE,
)
"""Words that begin with a capital and are no names, beside those that the same text writes small elsewhere."""
_ROLE_WORD = re.compile(
    r"\b(?:Officer|Director|Nurse|Lead|Chair|Manager|Head|President|Secretary|Governor|Board|Trust|Network|Team|Policy"
    r"|Group|Committee|Programme|Report|Plan|Survey|Standard|Council|Service|Guardian|Act|Procedure|Hospital|Centre"
    r"|Department|Unit|Ward|Forum|University|College|Partnership|Framework|Strategy|Review|Month|Week|Day|Charter)s?\b"
)

_RACISM = re.compile(
    r"\b(?:racis[tm]\w*|racial(?:ly)? (?:abus|harass|slur|insult|aggress)\w*|microaggress\w*|(?:the )?[nN]-word|p-word"
    r"|monkey|hijab|headscarf|turban|(?:that|this|the wrong) colour|(?:a|another|for|to) white \w+|of the only"
    r"|(?:say|pronounce|learn) (?:my|her|his|their) name"
    r"|(?:my|our|his|her|their) (?:skin|colour|race|ethnicity|accent|hair)"
    r"|go(?:ing)? back to (?:my|your|her|his|their|where|africa|pakistan|india)|where (?:i am|i'm|are you) really from"
    r"|(?:black|brown|asian|foreign) (?:nurse|doctor|person|one|staff|people|face|hands)|because i(?:’|'| a)?m? "
    r"(?:black|asian|brown|african|muslim|foreign))",
    re.IGNORECASE,
)
_MYSELF = re.compile(r"\b(?:I|me|my|myself|mine)\b|\bI['’](?:m|ve|d|ll)\b")
_LIVED = re.compile(
    r"\b(?:(?:I|he|she|they)(?:['’]ve| have| had| was| were|['’]d)?(?: been| being| also| often| once| never| still)? "
    r"(?:was|were|been|felt|feel|experienced|experience|faced|face|suffered|heard|cried|cry|left|reported|complained"
    r"|told|called|asked|ignored|passed over|overlooked|treated|made|spat|shouted|abused|refused|stopped|dread(?:ed)?"
    r"|had to|could not|couldn['’]t)"
    r"|(?:called|told|asked|made|left|treated|ignored|refused|shouted at|spat at|said to|touched|mocked|mimicked) "
    r"(?:me|him|her|my)\b"
    r"|(?:said|happened|done|spoke|shouted) to me|(?:at|behind|against|towards) me|to my face"
    r"|(?:about|behind) my (?:back|accent|hair|colour))",
    re.IGNORECASE,
)
_TOLD_US = re.compile(
    r"\b(?:one|another|a) (?:\w+ ){0,3}(?:nurse|midwife|doctor|colleague|member|porter|consultant|patient|carer|student"
    r"|worker|assistant|staff member|healthcare assistant|physiotherapist|registrar|midwive)s?\b[^.]{0,60}"
    r"\b(?:told|said|shared|described|recalled|spoke|recounted|was called|was told|was asked|was spat)\b",
    re.IGNORECASE,
)
_DONE_TO_ME = re.compile(r"\b(?:me|my (?:face|back|accent|hair|skin|colour))\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')]*\s+(?=[“‘\"'A-Z])")
_PLEDGE = re.compile(
    r"\bI (?:am|was|feel|felt|have been|['’]m) (?:really |very |so |absolutely )?(?:proud|pleased|delighted|committed"
    r"|clear|determined|grateful|honoured|confident|encouraged|heartened)\b",
    re.IGNORECASE,
)
"""A leader's foreword speaks of racism in the first person and tells of nothing done to anybody."""


def personal(text: str, *, small_words: frozenset[str] = frozenset()) -> tuple[Found, ...]:
    """Return what is personal in a text (a paragraph, a row), in order of kind and place.

    Args:
        small_words: Words that the whole document also writes without a capital: they are no names.
    """
    return tuple(sorted((*addresses(text), *_names(text, small_words), *_accounts(text))))


def addresses(text: str) -> Iterator[Found]:
    """Yield addresses and numbers of people: what has a form."""
    for match in _EMAIL.finditer(text):
        if not _TEAM.match(match["local"]):
            yield Found(Kind.EMAIL, *match.span())
    for match in _NHS_NUMBER.finditer(text):
        if _is_nhs_number(match[0], text[max(0, match.start() - 25) : match.start()]):
            yield Found(Kind.NHS_NUMBER, *match.span())
    for match in _PHONE.finditer(text):
        if not _DESK.search(text, max(0, match.start() - 45), match.start()):
            yield Found(Kind.PHONE, *match.span())


def is_account(text: str) -> bool:
    """Guess whether somebody tells of racism that was done to them or that they saw."""
    sentences = _SENTENCE_END.split(text)
    return any(_tells(" ".join(sentences[number : number + 2])) for number in range(len(sentences)))


def _tells(text: str) -> bool:
    """Guess it of two sentences that follow each other."""
    if not _RACISM.search(text):
        return False
    if _TOLD_US.search(text):
        return True
    is_pledge = _PLEDGE.search(text) and not _DONE_TO_ME.search(text)
    return bool(_MYSELF.search(text) and _LIVED.search(text)) and not is_pledge


def small_words_of(text: str) -> frozenset[str]:
    """Return the words of a document that it writes without a capital."""
    return frozenset(re.findall(r"\b[a-z][a-zà-ÿ]+\b", text))


def _accounts(text: str) -> Iterator[Found]:
    if is_account(text):
        yield Found(Kind.ACCOUNT, 0, len(text))


def _names(text: str, small_words: frozenset[str]) -> Iterator[Found]:
    matters = [match.span() for match in _SENSITIVE.finditer(text)]
    if not matters:
        return
    taken = -1
    spans = sorted({match.span() for rule in (_TITLED, _FULL) for match in rule.finditer(text)})
    for start, end in spans:
        if start < taken or not any(low - NEAR <= end and start <= high + NEAR for low, high in matters):
            continue
        titled = _TITLED.match(text, start)
        if (titled and not _NOT_A_NAME.search(titled[0])) or _looks_like_a_name(text[start:end], small_words):
            yield Found(Kind.NAME, start, end)
            taken = end


def _looks_like_a_name(words: str, small_words: frozenset[str]) -> bool:
    parts = (part.lower() for part in re.split(r"[ .]+", words))
    return not (
        _ROLE_WORD.search(words) or _NOT_A_NAME.search(words) or any(part in small_words for part in parts)
    )


def _is_nhs_number(number: str, before: str) -> bool:
    """Tell whether the check digit is right; ten digits in a row must be called an NHS number, too."""
    digits = [int(mark) for mark in number if mark.isdigit()]
    if not any(mark in " -" for mark in number) and not _BARE_NHS.search(before):
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check != 10 and check % 11 == digits[9] and len(set(digits)) > 1
