"""Mutators: general changes of a text after which it must no longer show what it showed. They know no criterion.

Each returns the changed case, or ``None`` where there is nothing in it that it could change.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from evidence_kit.language.surroundings import RULE_MAKING
from evidence_kit.pipeline.cases import Case
from evidence_kit.records.passage import PaperStatus

Mutator = Callable[[Case], Case | None]
OTHER_TRUST = "Kelderwick NHS Foundation Trust"


def _retold(case: Case, text: str) -> Case | None:
    return None if text == case.text else replace(case, text=text)


def _substituted(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Replace words, all alternatives in one pass, so that nothing is replaced twice; keep an opening capital."""
    pattern = re.compile("|".join(f"(?P<g{number}>{words})" for number, (words, _) in enumerate(pairs)), re.I)

    def new(match: re.Match[str]) -> str:
        word = pairs[int((match.lastgroup or "g0")[1:])][1]
        opens = match.start() == 0 or text[: match.start()].rstrip(" *#").endswith((".", "\n", "|", "-"))
        return word[:1].upper() + word[1:] if opens and match.group()[:1].isupper() else word

    return pattern.sub(new, text)


# Tense ------------------------------------------------------------------------------------------------------------

_FORMS = """
    went:go gone:go came:come took:take taken:take gave:give given:give held:hold met:meet set:set led:lead
    brought:bring made:make wrote:write written:write began:begin begun:begin ran:run heard:hear spoke:speak
    spoken:speak saw:see seen:see said:say told:tell grew:grow fell:fall fallen:fall rose:rise kept:keep
    left:leave put:put sent:send built:build drew:draw drawn:draw became:become stood:stand got:get cut:cut
    won:win chose:choose chosen:choose sat:sit found:find paid:pay taught:teach read:read shown:show done:do
    grown:grow had:have been:be run:run meets:meet sits:sit gives:give takes:take makes:make runs:run
    goes:go comes:come leads:lead holds:hold has:have does:do reports:report receives:receive attends:attend
    chairs:chair reviews:review presents:present sees:see answers:answer covers:cover includes:include
    shows:show tells:tell asks:ask sets:set uses:use helps:help works:work contains:contain supports:support
    offers:offer brings:bring publishes:publish belongs:belong serves:serve provides:provide speaks:speak
    hears:hear gets:get goes:go monitors:monitor checks:check discusses:discuss introduces:introduce
    contributes:contribute challenges:challenge applies:apply requires:require states:state advises:advise
    decides:decide joins:join names:name commits:commit agrees:agree tracks:track earns:earn
"""
_IRREGULAR = dict(pair.split(":") for pair in _FORMS.split())
_ED = {"agreed": "agree", "freed": "free", "died": "die"}
_AS_E = re.compile(
    r"(?:[^aeiou]u|at|it|[^aeo]iv|[^o]in|[^aeiou]ir|[ei]c|[nr]c|is|us|as|[^aeiou]os|ag|ng|dg|rg|[^e]et|ar|ol|[bcdgkpt]l|ut|ot|in|v|iz"
    r"|qu|[cs]h?ap|yp|[^aeiou]ok|ak|ub|us|erv|os|ur|iv|id|ud|ad)$"
)
_NO_E = re.compile(
    r"(?:visit|edit|audit|benefit|credit|enter|offer|answer|limit|exhibit|prohibit|commit|await|attain|train|explain|maintain"
    r"|contain|gain|join|mean|appoint|repeat|treat|heat|seat|meet|succeed|proceed|exceed|lead|read|head|add|guid|award"
    r"|discuss|address|progress|pass|process|assess|express|focus|bring|belong|question|stand|appear|hear|clear|sign|design"
    r"|assign|develop|upload|need|appeal|reveal|launch|gather|consider|monitor|honour|favour|answer|record|reward|cover"
    r"|deliver|remember|listen|happen|open|widen|strengthen|broaden)$"
)


def _base(verb: str) -> str:
    """Return a verb's base form; not always right ("changd"), never a past form."""
    low = verb.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low in _ED:
        return _ED[low]
    if not low.endswith("ed"):
        return low
    stem = low[:-2]
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt":
        return stem[:-1]
    return stem if _NO_E.search(stem) or not _AS_E.search(stem) else stem + "e"


_PAST = "|".join(word for word in _IRREGULAR if word not in ("read", "put", "set", "cut", "run"))
_ADVERB = r"(?:(?:now|also|each|all|both|since|already|recently|formally|first|then|again|jointly|together|\w+ly)\s+)*"
_AUXILIARY = re.compile(
    rf"\b(?P<perfect>has|have|had)\s+(?P<a>{_ADVERB})(?P<been>been\b\s*)?(?P<verb>\w+ed|{_PAST}|put|set|read|cut|run)\b"
    rf"|\b(?P<have>has|have|had)\b"
    rf"|\b(?P<be>is|are|was|were)\b"
    rf"|(?<!\bto )(?<!\bof )(?<!\bby )(?<!\bbe )(?<!\bthe )(?<!\ba )(?<!\ban )"
    rf"(?<![b-np-z]-)\b(?P<past>(?:[a-z]{{3,}}ed|{_PAST}|set(?=\s+up)))\b"
    r"(?!\s+by\b)"
    r"|(?<=hairs|mbers|agers|aders|agues|pions)\s+(?P<plural>report|meet|answer|advise|speak|introduce|sit|attend|support)\b",
    re.IGNORECASE,
)
_NO_VERBS = """
    need based named united shared related detailed called led mixed dedicated advanced joined red used shed
    ethnic minoritised racialised written weighted declared disabled experienced reserved led-by hundred
"""
_ADJECTIVES = frozenset(_NO_VERBS.split())


def future(case: Case) -> Case | None:
    """Was, has and did become will. Not in papers that set something up: there "will" states what holds."""
    if case.profile.kind in RULE_MAKING:
        return None
    text = case.text
    out, at = [], 0
    for match in _AUXILIARY.finditer(text):
        new = _to_come(match)
        if new is None:
            continue
        out += [text[at : match.start()], new]
        at = match.end()
    return _retold(case, "".join([*out, text[at:]]))


def _to_come(match: re.Match[str]) -> str | None:
    if match["perfect"]:
        verb = f"be {match['verb']}" if match["been"] else _base(match["verb"])
        return f"will {match['a']}{verb}"
    if match["have"]:
        return "will have"
    if match["be"]:
        return "will be"
    if match["plural"]:
        return f" will {match['plural']}"
    word = match["past"]
    if word.lower() in _ADJECTIVES or _AFTER_BE.search(match.string[: match.start()]):
        return None
    return f"will {_base(word)}"


_AFTER_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|as|when|where|if|not)\s+(?:(?:now|also|\w+ly)\s+)?$"
    r"|\b(?:is|are|was|were|be|been|being)\b[^.;,]{0,30}\b(?:and|or|,)\s+(?:\w+ly\s+)?$"
    r"|\b(?:have|has|had)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


def as_draft(case: Case) -> Case | None:
    """The paper is a draft. Only for papers that set something up: minutes in draft still report."""
    if case.profile.kind not in RULE_MAKING:
        return None
    return replace(case, profile=replace(case.profile, status=PaperStatus.DRAFT))


# Dates ------------------------------------------------------------------------------------------------------------

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_DAYS = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d(?:[/–-]\d{2,4})?"
_ONE_DATE = (
    rf"(?:{_DAYS}\s+{_MONTH}\b(?:,?\s+{_YEAR})?|{_MONTH}\s+{_YEAR}|{_YEAR}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
    rf"|\b{_MONTH}\b|Q[1-4]\b)"
)
_NEAR = (
    r"(?:last|this|past|previous)\s+(?:autumn|spring|summer|winter|year|month|week|quarter|twelve\s+months|12\s+months)"
    r"(?:['’]s)?|yesterday|today"
)
_DATES = re.compile(
    rf"(?:,?\s*\b(?:on|in|by|of|from|since|for|during|between|until|over|at|with\s+effect\s+from)\s+)?(?:the\s+)?"
    rf"\b(?:{_ONE_DATE}|{_NEAR})(?:(?:,\s*|\s+and\s+|\s+to\s+|\s*[–-]\s*)(?:on\s+|in\s+)?(?:{_ONE_DATE}|{_DAYS}(?=\s+(?:and\s+\d+\s+)?{_MONTH})))*",
    re.IGNORECASE,
)


def undated(case: Case) -> Case | None:
    """Every date is taken out, of the text and of its paper."""
    text = re.sub(r"[ \t]{2,}", " ", _DATES.sub("", case.text))
    profile = replace(case.profile, meeting_date=None, document_date=None, period_start=None, period_end=None)
    return replace(case, text=text, profile=profile)


def years_later(case: Case) -> Case | None:
    """The same papers, looked at ten years later."""
    if case.profile.date is None:
        return None
    return replace(case, as_of=case.as_of.replace(year=case.as_of.year + 10))


# Who --------------------------------------------------------------------------------------------------------------

_FUNCTIONS = (
    r"(?:Medical|Finance|Nursing|Strategy|Operations|Workforce|People|Therapies|Transformation|Clinical|Estates"
    r"|HR)"
)
_EXECUTIVE = (
    rf"(?:Group\s+|Interim\s+|Acting\s+)?Chief\s+(?:Executive|Nurse|{_FUNCTIONS}|Operating|Financial|Information|Digital|Medical|AHP)"
    r"(?:\s+(?:and\s+\w+\s+)?Officer)?"
    r"|(?:[Cc]o-)?[Cc]hairs?\s+of\s+(?:the|our)\s+(?:[\w-]+\s+){1,5}?(?:staff\s+)?[Nn]etwork|Network\s+(?:Co-)?Chair"
    rf"|{_FUNCTIONS}\s+Director|(?:Executive\s+)?Director\s+of\s+(?:the\s+)?[A-Z]\w+(?:\s+(?:and|&)\s+[A-Z]\w+)?|CEO|CFO|COO|CPO"
    r"|Chief\s+Exec"
)


def non_executive(case: Case) -> Case | None:
    """Executives become non-executives."""
    text = re.sub(
        r"\bexecutive\s+and\s+non-executive\s+directors?", "non-executive directors", case.text, flags=re.I
    )
    text = re.sub(rf"\b(?:{_EXECUTIVE})\b", "Non-Executive Director", text)
    text = re.sub(
        r"(?<![-\w])(?:executive\s+(director|lead|colleague|member)|executive(?=s\b))",
        _plain_ned,
        text,
        flags=re.I,
    )
    return _retold(case, re.sub(r"\b(a)n (Non-Executive)", r"\1 \2", text))


def _plain_ned(match: re.Match[str]) -> str:
    return f"non-executive {match[1]}" if match[1] else "non-executive"


_DEED = (
    r"(?P<have>has|have)?\s*(?P<adverb>also |now |\w+ly )?(?P<verb>attended|joined|came|chaired|presented|led|gave|met"
    r"|meets|reviews|reviewed|answers|reports|attends|spoke|completed|took|finished|contributed|introduced|was\s+at"
    r"|was\s+present|sits|asked)\b"
)
_ROLE_DID = re.compile(
    rf"(?P<the>\b(?:[Tt]he|[Oo]ur|[Aa]n?|[Ee]ach\s+of\s+the)\s+)?(?P<role>{_EXECUTIVE}|[Ee]xecutive\s+director)\s+{_DEED}"
)


def somebody_else(case: Case) -> Case | None:
    """The deed moves to another person's sentence; the role stays named in a sentence of its own."""
    said = r"\g<the>\g<role> was told of it. A communications assistant \g<have> \g<verb>"
    text = _ROLE_DID.sub(lambda match: match.expand(said).replace("  ", " "), case.text)
    return _retold(case, text.replace("None", ""))


# How many ---------------------------------------------------------------------------------------------------------

_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def fewer_dates(case: Case) -> Case | None:
    """Of dates and rows that are counted, three are left at most; four becomes three, in words and figures."""
    text = re.sub(r"\ball\s+four\s+quarters\b", "three of the four quarters", case.text, flags=re.I)
    text = re.sub(r"\b(?:each|every)\s+quarter\b", "twice a year", text, flags=re.I)
    text = re.sub(r"\bquarterly\b", "twice-yearly", text, flags=re.I)
    text = re.sub(r"\bfourth\s+consecutive\s+quarter\b", "third consecutive quarter", text, flags=re.I)
    text = re.sub(
        r"\ball\s+(?:of\s+the\s+)?(\w+)\s+meetings\b", r"three of the \1 meetings", text, flags=re.I
    )
    text = re.sub(
        r"\b(?:each|every\s+one)\s+of\s+the\s+(\w+)\s+meetings\b",
        r"three of the \1 meetings",
        text,
        flags=re.I,
    )
    text = re.sub(
        r"\b(?:four|five|six|4|5|6)\s+of\s+(?:the\s+)?(\w+)\s+(?=\w+)", r"three of the \1 ", text, flags=re.I
    )
    text = re.sub(r"\bfour\s+times\b", "three times", text, flags=re.I)
    return _retold(case, _without_fourth_date(text))


_COUNTED = re.compile(
    rf"(?P<lead>(?:,\s*(?:and\s+)?|\s+and\s+)(?:on\s+|in\s+)?)?(?:{_DAYS}\s+{_MONTH}(?:\s+{_YEAR})?|{_DAYS}(?=\s+and\s+{_DAYS}\s+{_MONTH})"
    rf"|(?<!\d )\b{_MONTH}(?:\s+{_YEAR})?\b)"
)


def _without_fourth_date(text: str) -> str:
    """Leave the first three dates standing; of lines that open with a date (rows, bullets, headings) likewise."""
    seen = 0
    lines = []
    for line in text.split("\n"):
        opening = re.match(rf"^(?:[|#*-]+\s*){_DAYS}\s+{_MONTH}", line)
        if opening:
            seen += 1
            if seen > 3:
                continue
        lines.append(line)
    if seen:
        # Sections under dated headings: what stands under the fourth goes with it.
        parts = re.split(r"(?m)^(?=## \d)", "\n".join(lines))
        return _three_sections(text) if len(parts) > 3 else "\n".join(lines)
    spans = [match.span() for match in _COUNTED.finditer(text)]
    for start, end in reversed(spans[3:]):
        text = text[:start] + text[end:]
    return text


def _three_sections(text: str) -> str:
    return "".join(re.split(r"(?m)^(?=## \d)", text)[:4])


def smaller_share(case: Case) -> Case | None:
    """Shares of three quarters and more become 74 %; "42 of 52" becomes as few."""

    def percent(match: re.Match[str]) -> str:
        return "74%" if float(match[1]) >= 75 else match.group()

    def of(match: re.Match[str]) -> str:
        part, whole = float(match[1]), float(match[3])
        return f"{int(whole * 0.74)}{match[2]}{match[3]}" if part / max(whole, 1) >= 0.75 else match.group()

    text = re.sub(r"\b(\d+(?:\.\d+)?)\s?(?:%|per\s?cent\b)", percent, case.text)
    text = re.sub(r"\b(\d+)(\s+(?:out\s+)?of\s+(?:the\s+|these\s+|our\s+)?)(\d+)\b", of, text)
    text = re.sub(r"\bOf\s+(\d+)\b([^.]*?),\s+(\d+)\b", _of_before, text)
    whole = re.search(r"\bnumber\s+(\d+)\b", text)
    if whole:
        text = re.sub(rf"\b\d+(?=\s+of\s+these\s+{whole[1]}\b)", str(int(int(whole[1]) * 0.74)), text)
    return _retold(case, text)


def _of_before(match: re.Match[str]) -> str:
    return f"Of {match[1]}{match[2]}, {int(int(match[1]) * 0.74)}"


def not_all(case: Case) -> Case | None:
    """All become some: "all seven" is "five of the seven", "every" is "some of the"."""
    text = re.sub(
        rf"\b(all|each\s+of\s+(?:the|our))\s+(\d+|{'|'.join(_NUMBERS[3:])})\b(?!\s+(?:topics|courses|masterclasses))",
        _all_but_two,
        case.text,
        flags=re.I,
    )
    text = re.sub(r"\b(\w+) of \1\b(?!\s+(?:the|them))", r"two of \1", text)
    text = re.sub(r"\b100%", "81%", text)
    pairs = (
        (r"\bevery\s+one\s+of\s+the\s+(?=\d)", "half of the "),
        (r"\beveryone\b", "some people"),
        (
            r"\bevery\s+(?=(?:executive|director|division|department|care|team|leader|board|service|ward))",
            "one ",
        ),
        (
            r"\beach\s+(?=(?:executive|director|division|department|care|team|leader|board|service|ward))",
            "one ",
        ),
        (r"\bthe\s+whole\b", "part of the"),
        (r"\ball\s+(?=(?:executive|director|board|leader|member|of\s+our|our|the))", "some "),
    )
    return _retold(case, _substituted(text, pairs))


def _all_but_two(match: re.Match[str]) -> str:
    word = match[2].lower()
    number = int(word) if word.isdigit() else _NUMBERS.index(word) + 1
    fewer = str(number - 2) if word.isdigit() else _NUMBERS[number - 3]
    text = f"{fewer} of the {word}"
    return text[:1].upper() + text[1:] if match[1][:1].isupper() else text


# Whom it is about -------------------------------------------------------------------------------------------------

_MINORITY = (
    r"(?:people|persons?|staff|colleagues|women|men|nurses|leaders)\s+of\s+colou?r|of\s+colou?r",
    r"(?:from\s+)?(?:a\s+)?(?:Black,?\s+Asian,?\s+(?:and|or|&)\s+(?:other\s+)?minority\s+ethnic"
    r"|Black\s+(?:and|&)\s+minority\s+ethnic"
    r"|minority\s+ethnic|ethnic(?:ally)?\s+minorit(?:y|ies|ised)|minoritised\s+ethnic|global[ -]majority"
    r"|racially\s+minoritised|racialised|minoritised|ethnically\s+diverse|multicultural|BAME|BME|B\.A\.M\.E\.)(?:\s+(?:groups?|backgrounds?))?",
)
_TO_GENDER = (
    (r"\banti-?\s?racis[mt]\s+framework", "gender equality framework"),
    (
        r"\b(?:North\s+West\s+)?(?:BAME|BME|Race\s+Equity|Black,\s+Asian\s+and\s+Minority\s+Ethnic)\s+Assembly",
        "Gender Equality Assembly",
    ),
    (r"\banti-?\s?racis[mt]", "gender equality"),
    (rf"\b{_MINORITY[0]}\b", "women"),
    (rf"\b{_MINORITY[1]}(?=\s+(?:staff|colleagues|employees|applicants|candidates|members|nurses|leaders|network|people|talent|council|directors|\w+))",
     "female"),
    (rf"\b{_MINORITY[1]}\b", "women"),
    (r"\b(?:Black|Asian|South\s+Asian|Somali|Pakistani|Bangladeshi|Indian|Nigerian|African|Caribbean|Filipino|Chinese"
     r"|Gypsy|Roma|Traveller|White(?:\s+British)?)\b(?=\s+\w+)", "female"),
    (r"\bethnic(?:ity)?\s+pay\s+gap", "gender pay gap"),
    (r"\bethnic(?:ity)?\s+groups?|\bethnic\s+backgrounds?", "genders"),
    (r"\bethnicit(?:y|ies)|\bethnic\b|\brace\b|\bracial(?:ly)?\b", "gender"),
    (r"\bracis[mt](?:\s+abuse)?", "sexism"),
    (r"\bWRES\b|\bWorkforce\s+Race\s+Equality\s+Standard\b", "gender pay standard"),
    (r"\b(?:Black|Asian|White|Somali|Pakistani|Bangladeshi)\b", "women"),
)  # fmt: skip


def another_strand(case: Case) -> Case | None:
    """Race becomes gender, in the text and in the title of its paper."""
    profile = replace(
        case.profile, title=_substituted(case.profile.title, _TO_GENDER) if case.profile.title else ""
    )
    text = _substituted(case.text, _TO_GENDER)
    return None if text == case.text else replace(case, text=text, profile=profile)


# Whose ------------------------------------------------------------------------------------------------------------

_TO_OTHER = (
    (r"\b(?:the|this|our)\s+trust(?:['’]s)?(?:\s+board)?\b", OTHER_TRUST),
    (r"\b(?:the|our|trust)\s+board\s+of\s+directors\b", f"the board of {OTHER_TRUST}"),
    (r"\b(?:the|our|whole)\s+board\b", f"{OTHER_TRUST}’s board"),
    (r"\bwe\b", "they"),
    (r"\bus\b", "them"),
    (r"\b(?:our|ours)\b", "their"),
)


def another_trust(case: Case) -> Case | None:
    """Every sentence is told of another trust, and "we" is gone."""
    text = _substituted(case.text, _TO_OTHER)
    lines, wrapped = [], False
    for line in text.split("\n"):
        lines.append(line if wrapped or not line.strip() or line.startswith(("|", "#")) else _at_other(line))
        wrapped = bool(line.strip()) and not re.search(r"[.:]\s*$", line) and not line.startswith(("|", "#"))
        if wrapped is False and line.startswith("#"):
            lines[-1] = f"{line} at {OTHER_TRUST}"
    text = re.sub(r"(?<=[a-z0-9)%’”][.])(\s+)(?=[A-Z0-9])", rf"\1At {OTHER_TRUST}, ", "\n".join(lines))
    if re.search(r"(?m)^\|", text):
        text = text if "#" in text else f"## {OTHER_TRUST}\n\n{text.lstrip()}"
    return _retold(case, text)


def _at_other(line: str) -> str:
    bullet = re.match(r"^(\s*[-*]\s+)?", line)
    head = bullet.group() if bullet else ""
    return f"{head}At {OTHER_TRUST}, {line[len(head) :]}"


def their_paper(case: Case) -> Case | None:
    """The paper is another trust's from cover to cover: its "we" is theirs."""
    return replace(case, profile=replace(case.profile, organisation=OTHER_TRUST))
