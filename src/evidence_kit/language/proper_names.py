"""Proper names in a text, and who bears them: the roles and titles that stand beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_kit.language.dates import date_spans
from evidence_kit.language.number_words import NUMBER_OPENERS
from evidence_kit.language.people import find_people
from evidence_kit.language.scan import words_of
from evidence_kit.records.document import Span

_CAPITAL = r"(?:[A-Z][\w’'&-]*\w|[A-Z]{2,}\d*)"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:(?:of|for|the|and|to|in|on)\s+){{0,2}}{_CAPITAL})*")
_OPENS = frozenset(
    words_of(
        """the our on in at we all by from see with since as an it its this these those their for to and
        every each over more both no not when while after before during under through also there they she he
        his her dr mr mrs ms prof professor sir dame following between about staff where what who new last
        between within until because although however finally further having being if but"""
    )
).union(NUMBER_OPENERS)
"""Words that are capital for opening a sentence, and titles: they begin no name."""
_TITLE = r"(?:Dr|Mr|Mrs|Ms|Mx|Prof|Professor|Sir|Dame)\.?\s+"


def find_names(text: str) -> tuple[Span, ...]:
    """Return the proper names of a text: capitalised words that open no sentence, or several together.

    Roles and dates are no names, nor are single words that may be capital only for opening a sentence.
    """
    return tuple(_names(text))


def _names(text: str) -> Iterator[Span]:
    taken = [*date_spans(text), *((person.start, person.end) for person in find_people(text))]
    for match in _NAME.finditer(text):
        start, end = match.span()
        opens = not text[:start].strip() or text[:start].rstrip()[-1:] in '.!?:;•\n“"'
        while (first := re.match(r"[\w’'-]+", text[start:end])) and first[0].casefold() in _OPENS:
            gap = re.match(r"\s*", text[start + first.end() : end])
            start, opens = start + first.end() + (gap.end() if gap else 0), False
        single = not re.search(r"\s", text[start:end])
        if start >= end or (opens and single and not text[start:end].isupper()):
            continue
        free = _without(text, (start, end), taken)
        if free is not None:
            yield free


def _without(text: str, span: Span, taken: list[Span]) -> Span | None:
    """Cut what is told otherwise off the ends of a name; ``None`` where nothing of it is left."""
    start, end = span
    for low, high in sorted(taken):
        if low <= start < high:
            start = high
        elif start < low < end:
            end = low
    start += len(text[start:end]) - len(text[start:end].lstrip(" ,(’'s-"))
    words = text[start:end].strip(" ,()-")
    words = re.sub(r"(?:\s+(?:of|for|the|and|to|in|on))+$", "", words)
    return (start, start + len(words)) if len(words) > 1 and words[0].isupper() else None


def roles_beside(name: str, text: str) -> tuple[str, ...]:
    """Return the roles that a text gives to a person by name ("Ada Obi, Chief Nurse"; "the Chief Nurse (Ada Obi)")."""
    found = []
    people = find_people(text)
    for match in re.finditer(rf"\b{re.escape(name)}\b", text):
        for person in people:
            gap = (
                text[match.end() : person.start]
                if person.start >= match.end()
                else text[person.end : match.start()]
            )
            if (
                re.fullmatch(r"[ ,(:–—-]*(?:(?:our|the|as|is|was|has been|who is|,) +)*[ (]*", gap)
                and len(gap) < 20
            ):
                found.append(person.role)
    return tuple(dict.fromkeys(found))


def is_titled(name: str, text: str) -> bool:
    """Tell whether a text puts a title before a name ("Dr Morrow")."""
    return re.search(rf"\b{_TITLE}(?:[A-Z][\w’'-]*\s+)?{re.escape(name)}\b", text) is not None


_INSTITUTIONS = frozenset(
    words_of(
        """board trust committee network council group forum team hospital hospitals centre service services university
        college house street road ward framework plan policy strategy report programme race equality standard inclusion
        assurance people executive leadership staff assembly england nhs care health public quality culture workforce
        chair director"""
    )
)


def is_person_like(name: str) -> bool:
    """Tell whether a name may be a person's: two words or three, none of an institution."""
    words = name.split()
    return 2 <= len(words) <= 3 and not any(
        word.casefold().strip(".,’'s") in _INSTITUTIONS or word.casefold() in _INSTITUTIONS or word.isupper()
        for word in words
    )
