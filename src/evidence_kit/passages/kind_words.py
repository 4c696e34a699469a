"""The words by which kinds of papers are told: in titles, declared types, first lines."""

from __future__ import annotations

import re

from evidence_kit.records.passage import PaperKind

K = PaperKind


def rx(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for which capitals make no difference."""
    return re.compile(pattern, re.IGNORECASE)


LEVEL = r"(?:bronze|silver|gold|assembly|anti-?racis[tm]|framework|recognition|accreditation)"
_RACE_LEVEL = r"(?:bronze|silver|gold|assembly|anti-?racis[tm])"
APPLICATION = rx(
    rf"\b(?:re-?)?(?:application|submission|bid)s? (?:for|to)\b.{{0,60}}\b{LEVEL}\b"
    rf"|\b{LEVEL}\b.{{0,40}}\b(?:application|submission|evidence (?:narrative|pack|portfolio|statement"
    rf"|submission)|self[- ]assessment|claims?)\b"
    rf"|\bself[- ]assessment\b.{{0,60}}\b{LEVEL}\b|^\W*self[- ]assessment\W*$"
    rf"|\b(?:portfolio of evidence|our evidence|our case|how we (?:meet|have met|satisfy))\b.{{0,40}}\b{_RACE_LEVEL}\b"
    rf"|\b{_RACE_LEVEL}\b.{{0,40}}\b(?:our evidence|our case|how we (?:meet|have met|satisfy))\b"
    r"|\bevidence narrative\b|\bour claims?\b|\bstatement of claims\b|\bnarrative of evidence\b"
)
NOT_AN_APPLICATION = rx(
    r"\b(?:update|timetable|progress|feedback|outcome|contact|report|approval|approve|decision|action plan|process|"
    r"guidance|how to|template|gap analysis|lessons|support for|request|review|minutes|agenda|policy|form|news"
    r"|next steps)\b"
)
_SUBMITTED = r"(?:document|narrative|portfolio|evidence pack)"
APPLICATION_INTRO = rx(
    rf"^(?:this {_SUBMITTED}\b(?=.{{0,240}}\b{_RACE_LEVEL}\b)"
    rf".{{0,240}}\b(?:application|applying|submission|submit|self[- ]assess|claim)"
    rf"|this (?:submission|application|self[- ]assessment)\b.{{0,200}}\b{_RACE_LEVEL}\b"
    rf"|we (?:are applying|hereby apply|are submitting)\b.{{0,120}}\b{_RACE_LEVEL}\b)"
)
OFFER = rx(
    r"^\W*(?:(?:a|an|our|the)\s+)?(?:[\w&’'-]+\s+){0,3}?(?:proposal|quotation|quote|tender|pitch)\s+(?:to|for)\b"
)
OFFER_TERMS = rx(
    r"\bcommercial(?:ly)?[\s-]+(?:in[\s-]+confidence|sensitive)\b"
    r"|\b(?:plus|excluding|including|ex\.?|exclusive of)\s+VAT\b"
    r"|\b(?:our|day|daily|fixed)\s+(?:fees?|rates?|price)\b|^\W*(?:fees?|price|investment|costs?\s+and\s+terms)\W*$"
    r"|\bwhat\s+we\s+offer\b|\bour\s+(?:offer|credentials|clients)\b|\bterms\s+of\s+business\b"
)
TEMPLATE = rx(r"\b(?:template|application form|guidance for applicants|how to apply|blank form|pro ?forma)\b")
NATIONAL_TITLE = rx(
    r"\b(?:guidance|framework|standards?(?! operating)|code of|specification|toolkit|handbook|planning|manual"
    r"|contract|checklist|"
    r"long term plan|people plan|improvement plan|how to)\b"
)
THE_FRAMEWORK = rx(r"\banti-?racis[tm] framework\b")
MINUTES = rx(
    r"(?<!\d )(?<!five )(?<!ten )(?<!two )\bminutes\b(?! (?:with|and action log)\b)|\bnotes of\b"
    r"|\bmeeting notes\b|\baction notes\b"
    r"|\btranscript\b|\brecord of (?:the )?(?:meeting|discussion)\b|\bnotes:? (?:\d|from the meeting)"
)
PRESENT = rx(
    r"^(?:(?:board )?members )?(?:present|attendees|attendance|those present|in the chair)\b(?!ed)[: ]*"
)
APOLOGIES = rx(r"^\W*(?:\d+\W+)?(?:apologies|in attendance|also present|not present|absent)\b")
CHAIRS_REPORT = rx(
    r"\b(?:chair[’']?s (?:highlight |assurance )?report|highlight report|alert,? advise|escalation report)\b"
)
_DAY = (
    r"(?:\W*(?:\w+day )?(?:\d{1,2}(?:st|nd|rd|th)? \w+ \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}))"
)
_SESSION = r"(?:\W*\(?(?:in |held in )?(?:public|private)(?: session)?\)?|\W*meeting)*"
NO_SUBJECT = rx(rf"{_SESSION}{_DAY}?\W*")
WITH_A_SUBJECT = rx(rf"{_SESSION}{_DAY}?(?: pack\b|[:,] ?item \d|: \w|\W*item \d| (?:pack|papers)\b)")
NEWSLETTER_LINE = rx(r"^(?:\w+ ){0,3}(?:newsletter|magazine|bulletin)\b(?!.{120})")
LETTER_OPENS = rx(r"^dear (?:[A-Z]|colleague|sir|madam|all\b|chair)")

A_FRAMEWORK = rx(r"\b(?:framework|guidance|guide|handbook)\b")
TITLES: tuple[tuple[PaperKind, re.Pattern[str]], ...] = (
    (K.TERMS_OF_REFERENCE, rx(r"\bterms of reference\b|\bToR\b")),
    (
        K.ROLE_DESCRIPTION,
        rx(r"\b(?:role|job) (?:description|profile|specification)\b|\bperson specification\b"),
    ),
    (
        K.ACTION_PLAN,
        rx(
            r"^(?!.*\b(?:report|update|progress|review|how (?:it|they)|self[- ]assessment|policy|strategy"
            r"|closure)\b).*"
            r"\b(?:action (?:plan|list|tracker|log)|improvement plan|delivery plan|implementation plan"
            r"|work ?plan|tracker|gap list|"
            r"annual plan|edi plan)\b"
        ),
    ),
    (
        K.NEWSLETTER,
        rx(
            r"\b(?:newsletter|bulletin|magazine|staff news|round-?up|blog|e-?news|digest|gazette"
            r"|weekly|monday message|news)\b"
        ),
    ),
    (K.AGENDA, rx(r"^\W*agenda\b|\bagenda\W*$")),
    (
        K.ANNUAL_REPORT,
        rx(
            r"\bannual report\b(?! (?:to|drafting)\b)(?!.{0,20}\b(?:outline"
            r"|drafting)\b)|\bquality account\b"
        ),
    ),
    (
        K.STRATEGY,
        rx(
            r"\b(?:strategy|strategic plan|road ?map|people plan|\w+-year plan|equality objectives"
            r"|equality scheme)\b(?! (?:refresh|update|day|group|committee|session)\b)"
        ),
    ),
    (
        K.POLICY,
        rx(
            r"\b(?:policy|policies|procedures?|protocol|SOP|standard operating procedure|guidelines?"
            r"|operating guide|code of conduct|charter)\b(?! (?:group|forum|committee|team|update)\b)"
        ),
    ),
    (K.STATEMENT, rx(r"\b(?:statement|declaration|pledge)s?\b")),
    (K.LETTER, rx(r"\bletter\b")),
    (K.POSTER, rx(r"\b(?:poster|flyer|leaflet)\b")),
    (K.SLIDES, rx(r"\b(?:slides?|slide deck|presentation)\b")),
    (
        K.REPORT,
        rx(
            r"\b(?:reports?|review|dashboard|scorecard|update|analysis|survey|WRES|WDES|pay gap|audit"
            r"|evaluation|return|"
            r"data|findings|results|profile|action plan|monitoring|briefing)\b"
        ),
    ),
    (K.POLICY, A_FRAMEWORK),
)
ON_THE_WEB = frozenset(
    {
        K.TERMS_OF_REFERENCE,
        K.ROLE_DESCRIPTION,
        K.ANNUAL_REPORT,
        K.STRATEGY,
        K.POLICY,
        K.STATEMENT,
        K.ACTION_PLAN,
    }
)
DECLARED: tuple[tuple[PaperKind, re.Pattern[str]], ...] = (
    (K.APPLICATION, rx(r"\b(?:application|self[- ]assessment|submission|narrative)\b")),
    (K.GUIDANCE, rx(r"\b(?:national guidance|template|framework document|guidance)\b")),
    (K.COMMITTEE_MINUTES, rx(r"\b(?:minutes|meeting notes|transcript)\b")),
    (K.AGENDA, rx(r"\bagenda\b")),
    (K.BOARD_PAPER, rx(r"\bboard (?:paper|report)\b|\bpaper\b|\bcommittee (?:paper|report)\b")),
    (K.ANNUAL_REPORT, rx(r"\bannual report\b")),
    (K.TERMS_OF_REFERENCE, rx(r"\bterms of reference\b")),
    (K.ROLE_DESCRIPTION, rx(r"\b(?:role|job) (?:description|profile)\b")),
    (K.ACTION_PLAN, rx(r"\b(?:action|improvement|delivery) plan\b|\btracker\b")),
    (K.STRATEGY, rx(r"\bstrategy\b")),
    (K.POLICY, rx(r"\b(?:policy|procedure|protocol|sop|guideline|charter)\b")),
    (K.STATEMENT, rx(r"\bstatement\b")),
    (K.WEB_PAGE, rx(r"\bweb ?(?:page|site)\b|\bintranet\b|\bonline\b")),
    (K.NEWSLETTER, rx(r"\b(?:newsletter|bulletin|magazine|blog|news)\b")),
    (K.LETTER, rx(r"\b(?:letter|e-?mail)\b")),
    (K.SLIDES, rx(r"\b(?:slides?|presentation)\b")),
    (K.POSTER, rx(r"\b(?:poster|flyer|leaflet)\b")),
    (K.REPORT, rx(r"\b(?:report|dashboard|survey|data)\b")),
)
