"""The vocabulary of roles in the NHS and in councils: functions, ranks, bodies, and what speaks against a role."""

from __future__ import annotations

import re

from evidence_kit.language.scan import openers, words_of

HEADS = openers(
    words_of(
        """chief director directors executive executives exec execs non nonexecutive nonexecutives chair chairs chairman
        chairwoman chairperson chairmen head heads manager managers lead leads sponsor sponsors owner owners officer
        officers governor governors guardian guardians champion champions ambassador ambassadors partner partners
        secretary leader leaders band bands member members staff colleagues employees employee"""
    )
) | frozenset(
    words_of(
        "CEO DCEO CPO CFO COO CNO CMO CIO CDIO CSO HRD DoN DON DoF DOF NED NEDs NEDS SRO SROs VSM VSMs SID 8"
    )
)
"""The words that a role hangs on; what stands before and after them is read from there."""

CORPORATE = frozenset(
    {
        "nursing",
        "finance",
        "people",
        "workforce",
        "human resources",
        "organisational development",
        "operations",
        "strategy",
    }
)
"""Functions whose director usually sits on the board of an NHS trust."""

_FUNCTIONS = r"""
    people|nursing|midwifery|finance|financial|workforce|human\s+resources|HR|
    organi[sz]ational\s+(?:development|effectiveness)|OD|operations|operational|operating|strategy|strategic|governance|
    corporate|affairs|communications?|engagement|transformation|digital|information|technology|performance|quality|safety|
    patients?|estates|facilities|inclusion|inclusive|equality|equalities|equity|diversity|EDIB?|EDHR|ED&I|DEI|D&I|culture|
    well-?being|education|learning|development|research|innovation|partnerships?|planning|improvement|integration|
    integrated|public|health|community|communities|mental|services?|therapies|allied|professionals|professions|AHPs?|
    pharmacy|medicine|surgery|care|adults?|children|leadership|talent|resourcing|recruitment|belonging|human|rights|race|
    racial|anti-?racism|anti-?racist|inequalities|delivery|commissioning|place|primary|legal|procurement|data|analytics|
    experience|organi[sz]ational|change|sustainability|employee|relations|training|social|psychological|psychology|
    infection|prevention|control|clinical|medical|WRES|WDES|ethnic|minority|staff|network|networks|charity|charities|
    assurance|compliance|audit|internal|capital|projects?|programmes?|spiritual|chaplaincy|volunteering|maternity|neonatal|urgent|
    emergency|planned|elective|cancer|women|population|system|insight|business|intelligence|IT|IM&T|ICT
"""
_NOT_A_FUNCTION = (
    r"(?!(?:Chief|Director|Directors|Head|Deputy|Chair|Vice|Non|Executive|Executives|Trust|The|This|These|A|An|Mr|Mrs|Ms|"
    r"Dr|Prof|Professor|Our|Its|It|In|On|At|NHS|For|Associate|Assistant|Interim|Acting|Company|Lead|Senior|Governor|"
    r"Managers?|Staff|Council|Board|He|She|They|We)\b)"
)
_KNOWN = rf"(?i:{_FUNCTIONS})(?![\w])"
_JOIN = r"(?:\s+(?:and|&)\s+(?:of\s+)?|\s*,\s*(?:and\s+|&\s+)?|\s+|\s*[/&]\s*)"
FUNCTION = rf"(?:{_KNOWN}|{_NOT_A_FUNCTION}[A-Z][\w&-]+)(?:{_JOIN}{_KNOWN})*"
"""What somebody directs or heads; only its first word may be unknown, and then has a capital letter."""

OF_FUNCTION = re.compile(rf"\s+(?:of|for)\s+(?P<function>{FUNCTION})", re.VERBOSE)
ON_FUNCTION = re.compile(rf"\s+(?:for|on)\s+(?P<function>{FUNCTION})", re.VERBOSE)
HEAD_OF = re.compile(rf"(?i:heads?)\s+of\s+(?P<function>{FUNCTION}|(?i:service|department)s?\b)", re.VERBOSE)
CHIEF = re.compile(
    r"chief\s+(?:(?P<executive>executives?(?:\s+officers?)?|execs?)|(?P<nurse>nurses?|nursing\s+officers?)|"
    r"(?P<senior>midwife|midwifery\s+officer|pharmacist|ahp|allied\s+health\s+professional|scientist|of\s+(?:staff|services?|surgery|"
    r"medicine|division)|information\s+security\s+officer|(?:clinical|nursing|medical)\s+information\s+officer)|"
    r"(?P<officer>(?:(?!executive|nurse|officer|of\b|the\b|to\b|is\b|was\b|director)[A-Za-z&-]+,?\s+){1,5}?officers?))\b",
    re.IGNORECASE,
)
FUNCTION_BEFORE = re.compile(
    rf"(?<![\w-])(?P<function>{_KNOWN}(?:{_JOIN}{_KNOWN}){{0,4}})[\s-]+$", re.VERBOSE
)
BOARD_FUNCTION_BEFORE = re.compile(
    r"(?<![\w-])(?P<function>medical|nursing|finance|financial|workforce|people|HR|human\s+resources|OD|operations|operational|"
    r"strategy|managing|quality|digital|communications|estates|inclusion|EDI|transformation|commercial|"
    r"(?:equality,?\s+)?diversity\s+and\s+inclusion|governance)\s+$",
    re.IGNORECASE,
)
MODIFIERS = re.compile(
    r"(?<![\w-])(?:(?:interim|acting|joint|group|trust|deputy|associate|assistant|vice|executive|exec|substantive|voting|new|"
    r"newly\s+appointed|senior|lead)[\s-]+)+$",
    re.IGNORECASE,
)
SUBORDINATE_BEFORE = re.compile(
    r"(?<![\w-])(?P<sub>clinical|divisional|division|directorate|programme|project|regional|service|site|hospital|place|care\s+group|"
    r"area|locality|associate|deputy|assistant|network|portfolio|delivery|campus|locality|unit|business\s+unit)[\s-]+"
    r"(?:(?:medical|nursing|finance|executive|operations|people|managing)\s+)?$",
    re.IGNORECASE,
)
OF_A_DIVISION = re.compile(
    r"\s*+(?:,|\(|for|of|in|–|-)?\s*+(?:the\s+)?(?:[A-Z][\w&]+\s+(?:and\s+)?){1,4}(?i:division|care\s+group|directorate|business\s+unit|clinical\s+unit)\b"
)
NON_EXECUTIVE = re.compile(
    r"non[-–\s]?executives?(?:\s+(?:board\s+)?(?P<noun>directors?|members?|chair|champions?|leads?|sponsors?|colleagues))?\b",
    re.IGNORECASE,
)
NON_EXECUTIVE_BEFORE = re.compile(r"(?<!\w)non[-–\s]?executive[\s-]+(?:and\s+executive\s+)?$", re.IGNORECASE)
EXECUTIVE_BEFORE = re.compile(
    r"(?<![\w–])(?<!non-)(?<!non )(?:executive|exec)(?:[\s-]level)?\s+(?:board\s+|team\s+)?$", re.IGNORECASE
)

BODY_WORDS = (
    r"network|networks|committee|committees|sub-?committee|council|group|groups|forum|board|trust|panel|governors|"
    r"taskforce|assembly|staff[-\s]side|meeting|session"
)
CHAIR_OF = re.compile(
    rf"\s+(?:of|for|to)\s+(?:the\s+|our\s+|its\s+|a\s+|each\s+)?(?:[\w’'&/,-]+\s+){{0,8}}?(?P<body>{BODY_WORDS})\b",
    re.IGNORECASE,
)
CHAIR_OF_NAME = re.compile(r"\s+of\s+(?:the\s+)?[A-Z@]")
BODY_BEFORE = re.compile(
    rf"(?P<name>(?:(?<![\w-])[A-Z][\w’&-]+\s+(?:(?:and|of|&)\s+)?){{0,5}})(?<![\w-])(?P<body>(?i:{BODY_WORDS}|audit))(?:[’']s?)?[\s-]+$"
)
BODY_BEFORE_SMALL = re.compile(rf"(?<![\w-])(?P<body>{BODY_WORDS})(?:[’']s?)?[\s-]+$", re.IGNORECASE)
BODIES = re.compile(rf"\b(?:{BODY_WORDS})\b", re.IGNORECASE)
POSSESSIVE_BEFORE = re.compile(r"\b(?:its|their|whose)\s+$", re.IGNORECASE)
CHAIR_PREFIX = re.compile(r"(?<!\w)(?P<prefix>co|vice|deputy)[-\s]+$", re.IGNORECASE)
VERB_BEFORE = re.compile(
    r"\b(?:to|will|would|can|could|may|might|must|shall|should|who|which|they|we|I|you|and\s+will|not|also|helps?|help\s+to)\s+$"
)
NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|our|all|both|of|network|networks|committee|staff|group|forum|trust|council|two|three|four|and|other)|co-?|,|[(:])\s*$",
    re.IGNORECASE,
)
OBJECT_AFTER = re.compile(
    r"\s+(?:the|a|an|our|its|their|this|these|on|by|to|all|each|and\s+(?:supports|drives))\b"
)

PAST = re.compile(
    r"\b(?:former|formerly|previous|previously|ex|then|retired|past|late|erstwhile|prospective)[\s-]+(?:the\s+|as\s+)?$",
    re.IGNORECASE,
)
OFFICE_OF = re.compile(r"\boffices?\s+of\s+(?:the\s+)?$", re.IGNORECASE)
DOCUMENT_AFTER = re.compile(
    r"(?:s?[’']s?\s+(?:(?:monthly|quarterly|annual|verbal|written|opening|public|joint)\s+)?"
    r"(?:reports?|updates?|remarks|message|foreword|statement|introduction|office|review|briefing|welcome|opening|overview|"
    r"summary|actions?|column|blog|awards?|responsibilit\w+|business|log|assistant|bulletin)\b"
    r"|\s+(?:Report|Update|Foreword|Introduction|Office|Briefing|office|Responsibilities|level|Level)\b"
    r"|-level\b|\s+(?:report|update|summary)\b(?!\s+(?:to|on|their|his|her|back|in|directly|quarterly|monthly|annually)\b))"
)
STAFF_NOUN = re.compile(
    r"(?:\s+|-)(?:networks?|surveys?|sides?|stor(?:y|ies)|governors?|experiences?|groups?|forums?|bod(?:y|ies)|intranet|"
    r"engagement|development|turnover|wellbeing|health|training|induction|recruitment|retention|data|records?|numbers?|"
    r"magazine|newsletter|bulletin|awards?|costs?|sickness|absence|morale|bank|handbook|conference|event|events|profile|"
    r"profiles|ratio|council|councils|room|rooms|nurse|nurses|grade|grades|report|list|support|representation|side|"
    r"champions?|ambassadors?|lead|leads|sponsor|app|briefing|briefings|voice|feedback|facing|led|wide|members?|"
    r"partnership|friends|vacancies|satisfaction|composition|diversity|equality|disparities|mix|pledge|charter|"
    r"forum|meetings?|policy|policies|safety|responses?|involvement|communications?|portal|card|room)\b",
    re.IGNORECASE,
)
BAND_8 = re.compile(
    r"(?:bands?\s*)?8\s?[a-d](?:\s?(?:\+|(?:and|or|&)\s+(?:above|over|higher))|\s?(?:to|–|-)\s?(?:band\s+)?(?:9|8\s?[b-d]|VSM)\b)?",
    re.IGNORECASE,
)
BAND_9 = re.compile(r"bands?\s*9\b", re.IGNORECASE)
LEADERS_AT_BAND = re.compile(
    r"\s+(?:who\s+are\s+)?(?:at|in|of|on)\s+(?:(?:Agenda\s+for\s+Change|AfC)\s+)?(?:pay\s+)?(?:bands?\s*)?(?:8\s?[a-d]|9)(?:\s?\+|\s+(?:and|or|&)\s+(?:above|over|higher))?",
    re.IGNORECASE,
)
EXECUTIVE_NOUN_BEFORE = re.compile(
    r"\b(?:an|one|each|every|another|no|named|accountable|voting|lead|responsible|the|board|single)\s+$",
    re.IGNORECASE,
)
EXECUTIVE_NOUN_AFTER = re.compile(
    r"\s*[.,;:)]|\s*$|\s+(?:is|was|has|had|will|would|to|who|from|attended|attends|attend|at|in|on|of|with|for|should|must|and|or|"
    r"joined|joins|came|present|took|takes|sent|did|does|may|can|could)\b"
)
EXECUTIVE_TEAM = re.compile(
    r"(?:executive|exec)\s+(?:(?:leadership|management)\s+)?team\b|executive\s+(?:attendance|presence|representation|attendees?|"
    r"members?|colleagues|leadership)\b|executive\s+(?:and|or|&)\s+non[-\s]?executive\b",
    re.IGNORECASE,
)
SPEAK_UP = re.compile(r"(?:freedom\s+to\s+speak\s+up|FTSU|F2SU|speak(?:ing)?[\s-]up)\s+$", re.IGNORECASE)
MANAGER_BEFORE = re.compile(
    r"(?<![\w-])(?P<kind>very\s+senior|senior|line|ward|service|general|operational|operations|divisional|team|middle|people|project|"
    r"programme|deputy|department|departmental|case|bed|clinical|practice|recruiting|hiring|appointing|HR)\s+$",
    re.IGNORECASE,
)
LEADER_BEFORE = re.compile(
    r"(?<![\w-])(?P<kind>senior|most\s+senior|clinical|team|divisional|executive|system|operational|medical|nursing|service)\s+$",
    re.IGNORECASE,
)
LEAD_BEFORE = re.compile(
    r"(?<![\w-])(?P<kind>board[\s-]level|board|clinical|network|programme|project|team|divisional|trust|strategic|operational|professional|policy|"
    r"named|senior|director[\s-]level|executive[\s-]level|non[-\s]?executive)\s+(?:EDI\s+)?$",
    re.IGNORECASE,
)
SPONSOR_BEFORE = re.compile(
    r"(?<![\w-])(?P<kind>executive|exec|executive[\s-]level|director[\s-]level|board|board[\s-]level|non[-\s]?executive|senior|network|"
    r"staff\s+network|named|corporate|trust)\s+(?:(?:staff\s+)?network\s+|EDI\s+)?$",
    re.IGNORECASE,
)
ARTICLE_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|our|its|as|is|new|named|their|each|every|no|one)\s+|[,:(]\s*)$", re.IGNORECASE
)
MEMBERS_OF = re.compile(
    r"members?\s+of\s+(?:(?:the|our|its)\s+)?(?:(?P<executive>executive\s+(?:leadership\s+|management\s+)?(?:team|board))|"
    r"(?P<board>(?:trust\s+)?board(?:\s+of\s+directors)?)|(?P<staff>staff)|(?P<network>(?:[\w-]+\s+){0,5}?networks?))\b",
    re.IGNORECASE,
)
MEMBER_BEFORE = re.compile(
    r"(?<![\w-])(?P<kind>board|executive\s+(?:leadership\s+)?team|executive|staff|network|council)\s+$",
    re.IGNORECASE,
)
ABBREVIATIONS = {
    "CEO": "chief_executive",
    "DCEO": "deputy_chief_executive",
    "CPO": "chief_people_officer",
    "CFO": "chief_finance_officer",
    "COO": "chief_operating_officer",
    "CNO": "chief_nurse",
    "CMO": "chief_medical_officer",
    "CIO": "chief_information_officer",
    "CDIO": "chief_digital_and_information_officer",
    "CSO": "chief_strategy_officer",
    "HRD": "director_of_human_resources",
    "DON": "director_of_nursing",
    "DOF": "director_of_finance",
    "NED": "non_executive_director",
    "NEDS": "non_executive_director",
    "SID": "senior_independent_director",
    "SRO": "senior_responsible_owner",
    "SROS": "senior_responsible_owner",
    "VSM": "very_senior_manager",
    "VSMS": "very_senior_manager",
}
