"""Which dates a paper states about itself: meeting, approval, review; each with the reason for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from evidence_kit.language.dates import find_dates
from evidence_kit.passages import fields as f
from evidence_kit.passages import names
from evidence_kit.passages.fields import Field
from evidence_kit.records.reading import DateMention, DatePrecision

EXACT = frozenset({DatePrecision.DAY, DatePrecision.MONTH})
_LONGEST_MONTH = 31
_LINE_LENGTH = 200
_DATE_LINE_LENGTH = 40
_TOP_LINES = 12
"""Blocks in which a paper still speaks of itself and not of its subject."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A day and why it is that day."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where a paper speaks of itself.

    Attributes:
        title: Of the paper, with what stands in brackets.
        stem: Name of the file without folder and suffix; empty for a part of a pack.
        fields: Labelled fields of cover, front matter and control tables.
        opening: Texts of the first blocks, furniture included.
        closing: Texts of the last blocks.
        headings: Texts of the first headings.
    """

    title: str
    stem: str
    fields: tuple[Field, ...]
    opening: tuple[str, ...]
    closing: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    _memory: dict[str, tuple[DateMention, ...]] = field(default_factory=dict, repr=False)

    def dates(self, text: str) -> tuple[DateMention, ...]:
        """Return the dates in the beginning of a text; remembered, since several questions are put to one line."""
        key = text[:_LINE_LENGTH].replace("_", " ")
        if key not in self._memory:
            self._memory[key] = find_dates(key) if any(map(str.isdigit, key)) else ()
        return self._memory[key]

    def day(self, text: str) -> date | None:
        """Return the first exact day in a text, else the first day of the first month."""
        mentions = [each for each in self.dates(text) if each.precision in EXACT and not _is_range(each)]
        exact = [each for each in mentions if each.precision is DatePrecision.DAY]
        return (exact or mentions)[0].first if mentions else None


def _is_range(mention: DateMention) -> bool:
    return (mention.last - mention.first).days > _LONGEST_MONTH


# The day of the meeting -----------------------------------------------------------------------------------------------

_HELD = re.compile(r"\b(?:held|meeting|met|meets)\b", re.IGNORECASE)
_HELD_REACH = 160
_SENTENCE_END = re.compile(r"[.;]\s+(?=[A-Z])")
_OTHER_MEETING = re.compile(r"\b(?:previous|last|next|earlier|future|approval (?:on|at))\b", re.IGNORECASE)
_MINUTES_OF = re.compile(r"\bminutes\b", re.IGNORECASE)
_MEETING_AHEAD = re.compile(
    r"\b(?:forward|work|annual) (?:plan|programme|look)|\bnext meeting\b", re.IGNORECASE
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE_LINE = re.compile(
    rf"[\W_]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b"
    rf"|{_MONTH} \d"
    rf"|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}-\d\d-\d\d)",
    re.IGNORECASE,
)


def meeting_date(sources: Sources, *, is_minutes: bool, behind_cover: bool, in_pack: bool) -> Stated | None:
    """Return the day of the meeting that a meeting's paper went to, or that minutes record.

    Args:
        sources: Where to look.
        is_minutes: They record a meeting: what they say of it ("held on") comes before a cover sheet.
        behind_cover: The fields are those of a meeting paper's cover: for minutes, of the meeting after theirs.
        in_pack: An item of a pack: a date line in it is that of its subject; the pack knows the meeting's.
    """
    held = _held(sources, is_minutes=is_minutes)
    line = _date_line(sources, longest=_LINE_LENGTH)
    title = _from_text(sources, sources.title, "in the title")
    stem = _from_text(sources, sources.stem, "in the file's name")
    cover = _from_fields(sources, f.MEETING_DATE, f.DATE, f.BODY, why="cover")
    running = _meeting_line(sources)
    published = _from_fields(sources, f.PUBLISHED, why="cover")
    looks: tuple[Stated | None, ...]
    if in_pack and not is_minutes:
        ahead = _MEETING_AHEAD.search(sources.title)
        looks = (cover if behind_cover else None, None if ahead else title)
    elif not is_minutes:
        looks = (cover, held, title, running, line, stem, published)
    elif behind_cover:
        looks = (held, title, line, stem)
    else:
        looks = (held, cover, title, line, running, stem, published)
    return next((found for found in looks if found), None)


def _held(sources: Sources, *, is_minutes: bool) -> Stated | None:
    """Find "held in public on 30 July 2026" and its like in title and opening lines."""
    labels = tuple(each.label for each in sources.fields)  # a cover's fields are looked at for themselves
    for text in (sources.title, *sources.opening[:_TOP_LINES]):
        match = _HELD.search(text[:_LINE_LENGTH])
        if match is None or text.startswith(labels):
            continue
        if not is_minutes and _MINUTES_OF.search(
            text[: match.end()]
        ):  # an agenda's item: of the meeting before
            continue
        reach = _SENTENCE_END.split(text[match.end() : match.end() + _HELD_REACH])[0]
        other = _OTHER_MEETING.search(text[: match.end()] + reach)
        if other and not (is_minutes and other[0].casefold() == "previous"):
            continue
        day = sources.day(reach)
        if day:
            return Stated(day, f"\u201c{(match[0] + reach)[:50].strip()} \u2026\u201d")
    return None


def _meeting_line(sources: Sources) -> Stated | None:
    """A line or running header that names a body and its day ("People Committee, 13 August 2026")."""
    for text in sources.opening:
        if len(text) < _LINE_LENGTH and (body := names.body_in(text)) and text.startswith(body):
            day = sources.day(text)
            if day:
                return Stated(day, "a line that names the meeting")
    return None


def _date_line(sources: Sources, *, longest: int) -> Stated | None:
    """A line near the top that opens with a date ("Thursday 30 July 2026, 9.30am, Lecture Theatre").

    A record of several days, each with a heading of its own, is dated by none of them.
    """
    if len({sources.day(each) for each in sources.headings if _DATE_LINE.match(each)} - {None}) > 1:
        return None
    for text in sources.opening[:_TOP_LINES]:
        if len(text) <= longest and _DATE_LINE.match(text):
            day = sources.day(text)
            if day:
                return Stated(day, "the line with the date near the top")
    return None


_NUMBER_IN_FRONT = re.compile(r"^\W*v?\d+(?:\.\d+)*\W+", re.IGNORECASE)


def _from_fields(sources: Sources, *wanted: str, why: str) -> Stated | None:
    for name in wanted:
        for each in sources.fields:
            if each.name == name:
                # "Version | 3, 8 February 2023": the version's number is no day.
                day = sources.day(_NUMBER_IN_FRONT.sub("", each.value) if name == f.VERSION else each.value)
                if day:
                    return Stated(day, f"{why}: field \u201c{each.label}\u201d")
    return None


def _from_text(sources: Sources, text: str, reason: str) -> Stated | None:
    day = sources.day(text)
    return Stated(day, reason) if day else None


# The day of the document ----------------------------------------------------------------------------------------------

_MADE = re.compile(
    r"(?P<amended>\b(?:amended|revised)\b)"
    r"|(?P<approved>\b(?:approved|ratified|adopted|agreed|signed off|endorsed)\b)"
    r"|(?P<effective>\b(?:effective (?:from|date)|in force(?: from| since)?|valid from|with effect from)\b)"
    r"|(?P<published>\b(?:(?:page )?last (?:updated|reviewed|modified)|published|issued|posted|date of issue)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"[\W\d]*(?:this (?:\w+ ){1,3}(?:was|has been|is) |page |v(?:ersion)? ?[\d.]+[ ,:;|\u2013-]+)?",
    re.IGNORECASE,
)
_NOT_MADE_YET = re.compile(
    r"\b(?:for|to be|be|awaiting|subject to|not(?: yet)?|until|when|pending|being) (?:formally )?$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[();]")
_REACH = 140
"""Characters after "ratified" in which its date stands ("ratified by the Workforce Policy Group on …")."""


def document_date(sources: Sources) -> Stated | None:
    """Return the day on which a paper was last amended or approved, else took effect, was published, or is dated."""
    made = _made(sources)
    looks = (
        made.get("amended"),
        _from_fields(sources, f.APPROVED, f.RATIFIER, why="document control"),
        made.get("approved"),
        _from_fields(sources, f.EFFECTIVE, why="document control"),
        made.get("effective"),
        _from_fields(sources, f.PUBLISHED, why="document control"),
        made.get("published"),
        _from_fields(sources, f.DATE, f.VERSION, f.MEETING_DATE, why="front matter"),
        _from_text(sources, sources.title, "in the title"),
        _date_line(sources, longest=_DATE_LINE_LENGTH),
        _signed(sources),
        _from_text(sources, sources.stem, "in the file's name"),
    )
    found = [look for look in looks if look]
    if not found:
        return None
    # "ratified February 2026" beside "Date: 11 February 2026": the day is better than the month's first.
    closer = next(
        (look for look in found if look.day > found[0].day and _same_month(look.day, found[0].day)), None
    )
    return closer if closer and found[0].day.day == 1 else found[0]


def _same_month(one: date, two: date) -> bool:
    return (one.year, one.month) == (two.year, two.month)


def _made(sources: Sources) -> dict[str, Stated]:
    """Find the paper's own statements: in its title, or lines that open with "Ratified", "Published" and their like."""
    found: dict[str, Stated] = {}
    for part in _BRACKETS.split(sources.title):
        for match in _MADE.finditer(part):
            _note(found, sources, part, match, "in the title")
    for text in (*sources.opening, *sources.closing):
        opening = _OPENS.match(text)
        verb = _MADE.match(text, opening.end() if opening else 0)
        if verb:
            _note(found, sources, text, verb, f"\u201c{verb[0]} \u2026\u201d")
    return found


def _note(found: dict[str, Stated], sources: Sources, text: str, match: re.Match[str], reason: str) -> None:
    name = match.lastgroup or ""
    if name in found or _NOT_MADE_YET.search(text[: match.start()]):
        return
    rest = text[match.end() : match.end() + _REACH]
    stop = _REVIEW.search(rest)
    mentions = sources.dates(rest[: stop.start()] if stop else rest)
    exact = [each for each in mentions if each.precision in EXACT]
    if exact:
        found[name] = Stated(exact[0].first, reason)


_PROSE = re.compile(r"[a-z]{2}[.;:]\s")
_SIGNED = re.compile(rf",\s(?:\d{{1,2}} )?{_MONTH} \d{{4}}\W*$", re.IGNORECASE)


def _signed(sources: Sources) -> Stated | None:
    """A signature with its date ("A. Name, Director of Workforce, October 2021")."""
    for text in (*sources.opening, *sources.closing):
        match = _SIGNED.search(text) if len(text) < _LINE_LENGTH else None
        if match and not _PROSE.search(text[: match.start()]):
            day = sources.day(match[0])
            if day:
                return Stated(day, f"signed \u201c{match[0].strip(' ,.')}\u201d")
    return None


# The day after which it has lapsed ------------------------------------------------------------------------------------

_REVIEW = re.compile(
    r"\b(?:(?:next |due for |for )?review(?: date| due)?(?: by| on| in| before)?"
    r"|(?:be|is|due to be) (?:formally )?reviewed (?:again )?(?:by|in|on|before|(?:no|not) later than|during)"
    r"|valid (?:until|to)|expires?(?: on)?|(?:remains? )?in force until|current until)"
    r"(?: the end of)?[:,]? (?=\S)",
    re.IGNORECASE,
)
_ANOTHER_REVIEW = re.compile(
    r"(?:last|annual|half[- ]year|mid[- ]year|in|under|peer|this|the|a|our|of|literature|months?|\d{4})\s$",
    re.IGNORECASE,
)
_FORCE = re.compile(r"\b(?:in force|valid|effective)\b(?: from)?[: ]+(?P<span>[^);]{0,80})", re.IGNORECASE)
_COUNTED = r"(?P<number>one|two|three|four|five|[1-9])[ -]years?\b"
_TERM = re.compile(rf"\b{_COUNTED}|\b(?P<word>annual(?:ly)?|yearly|biennial(?:ly)?)\b", re.IGNORECASE)
_TERM_IN_TEXT = re.compile(
    rf"\b(?:valid|reviewed?|review (?:cycle|period)) (?:for |every |after |in |of )?{_COUNTED}", re.IGNORECASE
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "annual": 1, "annually": 1, "yearly": 1}
_REVIEW_REACH = 24
_REVIEW_GAP = 4
"""Characters between "review date" and its date."""


def review_date(sources: Sources, made: date | None) -> Stated | None:
    """Return the day after which the paper has lapsed; of a month or year its last day.

    Args:
        sources: Where to look.
        made: When it was approved; a review "every three years" counts from it.
    """
    for each in sources.fields:
        if each.name == f.REVIEW:
            mentions = sources.dates(each.value)
            if mentions:
                return Stated(mentions[0].last, f"field \u201c{each.label}\u201d")
        if each.name in (f.REVIEW, f.CYCLE) and made:
            term = _TERM.search(each.value)
            if term:
                return Stated(_later(made, term), f"field \u201c{each.label}\u201d: {each.value[:40]}")
    texts = (sources.title, *sources.opening, *sources.closing)
    looks = [_review_in(sources, text) or _end_of_force(sources, text) for text in texts]
    found = next((look for look in looks if look), None)
    if found or not made:
        return found
    told = next((match for text in texts if (match := _TERM_IN_TEXT.search(text))), None)
    return Stated(_later(made, told), f"\u201c{told[0]}\u201d") if told else None


def _review_in(sources: Sources, text: str) -> Stated | None:
    if "20" not in text:
        return None
    for match in _REVIEW.finditer(text):
        if _ANOTHER_REVIEW.search(text[: match.start()]):
            continue
        mentions = sources.dates(text[match.end() : match.end() + _REVIEW_REACH])
        if mentions and mentions[0].start <= _REVIEW_GAP:
            return Stated(mentions[0].last, f"\u201c{text[match.start() : match.end()].strip()} \u2026\u201d")
    return None


def _end_of_force(sources: Sources, text: str) -> Stated | None:
    """Find "in force April 2025 to April 2028": the second date ends it."""
    match = _FORCE.search(text)
    mentions = sources.dates(match["span"]) if match else ()
    if match and mentions and _is_range(mentions[0]) and mentions[0].precision in EXACT:
        return Stated(mentions[0].last, f"\u201c{match[0].strip()[:60]}\u201d")
    return None


def _later(day: date, term: re.Match[str]) -> date:
    """Return the same day so many years later (29 February becomes 28)."""
    groups = term.groupdict()
    word = (groups.get("number") or groups.get("word") or "").casefold()
    years = int(word) if word.isdigit() else _NUMBERS.get(word, 2)
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def iso_day(text: str) -> date | None:
    """Return the day of an ISO 8601 text of a file's properties, if it is one."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
