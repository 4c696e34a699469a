"""What a claim asserts beside its criterion, held against the pages: a figure, a date or a name more is another claim.

A claim can be false beside a criterion that is shown: "met eight times", where the page says five. Every number, date,
name, role, deed and denial of its words, how often and how wide, must be carried by a sentence that shows the
criterion, by one beside it, or by one on these pages that speaks of the same matter, and not be spoken against by one
that is likelier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from evidence_kit.language.amounts_alike import Says
from evidence_kit.language.assertion_words import (
    CHANGES,
    DEEDS,
    DENIALS,
    SCOPES,
    Family,
    deed_is_told,
    looks_ahead,
)
from evidence_kit.language.content_words import content_words
from evidence_kit.language.number_words import NUMBER_OPENERS
from evidence_kit.records.criterion import Criterion
from evidence_kit.records.document import Span
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.screening.asserted_figures import dates, figures
from evidence_kit.screening.asserted_names import names_and_roles
from evidence_kit.screening.grounds import ON_PAGE, Grounds, Told
from evidence_kit.screening.weighing import ANYWHERE, NEAR, Unshown, Weighing

LIKEST, SHARE = 6, 0.3
"""So many sentences speak to the words of a clause, each of which shares such a part of them."""
STEM = 6
"""Letters by which words are taken for forms of one word ("appointed", "appointment")."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_CLAUSE_ENDS = re.compile(
    r"[;:.]\s+|,\s+(?:and|with|which|so|who)\b"
    r"|\band\b(?=\s+(?:is|was|has|have|had|were|are|so|chairs|sits|reviews|met|asked|gave|took|came|went)\b)"
)
_PLAIN = content_words(" ".join(NUMBER_OPENERS)) | content_words(
    """hundred thousand per cent first second third web website tell tells told explain explains describe
    describes see sees saw seen been our we your show shows shown evidence document documents page pages see
    attached section text paper papers report reports trust organisation staff also now here there they
    their them these those both each every over more than about into onto after before during since until
    while where when which whose what how say says said year years month months week weeks day days time
    times went goes gone come comes came give gives gave given take takes took taken make makes made put
    puts send sends sent stand stands did does done got get use used uses very well much many most some any
    other such only just still yet through from between under called include includes including clear
    clearly part place together"""
)
"""Words of anybody who fills in a form; they assert nothing."""


def unshown(
    claim: str,
    criterion: Criterion,
    quotes: Sequence[QuoteView],
    grounds: Grounds,
    told: Sequence[Told],
    *,
    levels: Sequence[str],
    as_of: date,
) -> tuple[Unshown, ...]:
    """Return what a claim asserts and no sentence carries.

    Args:
        claim: The applicant's words.
        criterion: What its wording says needs no other proof once it is shown.
        quotes: What shows it.
        grounds: The application's pages.
        told: Sentences of the pages cited and of those that show it.
        levels: Names of the framework's levels.
        as_of: Dates without a year are the last before it.
    """
    asked = " ".join((*(one.text for one in criterion.wordings), criterion.plain))
    weighing = Weighing(claim, told, frozenset().union(*map(content_words, levels)))
    near = [one for one in told if one.near is not ON_PAGE]
    same = _same_meaning(claim, near, grounds)
    found = [
        *figures(weighing, asked, quotes, grounds),
        *dates(weighing, as_of),
        *names_and_roles(weighing, asked, grounds, same),
        *_families(weighing, asked),
    ]
    return tuple(dict.fromkeys(found)) or tuple(_strange(weighing, criterion, asked, grounds))


def _same_meaning(claim: str, near: Sequence[Told], grounds: Grounds) -> tuple[Span, ...]:
    """Return the words of a claim whose meaning sentences have in words of their own."""
    known = {mention.concept for one in near for mention in grounds.meanings(one.text)}
    return tuple((each.start, each.end) for each in grounds.meanings(claim) if each.concept in known)


def _strange(weighing: Weighing, criterion: Criterion, asked: str, grounds: Grounds) -> Iterator[Unshown]:
    """Yield the words of a claim's clauses that the likest sentences do not have, in these words or others."""
    claim = weighing.claim
    questions = content_words(f"{asked} {' '.join(element.asks for element in criterion.elements)}")
    for start, end in _clauses(claim):
        clause = content_words(claim[start:end]) - _PLAIN
        likest = _likest(weighing.told, clause)
        known = questions.union(
            *(one.sentence.words | content_words(one.sentence.paper.title) for one in likest)
        )
        begins = {word[:STEM] for word in known}
        same = _same_meaning(claim, likest, grounds)
        strange = [
            match[0]
            for match in _WORD.finditer(claim, start, end)
            if (words := content_words(match[0])) <= clause
            and words
            and not words <= known
            and match[0].casefold()[:STEM] not in begins
            and not any(low <= match.start() < high for low, high in same)
        ]
        if strange:
            yield Unshown(" … ".join(dict.fromkeys(strange)))


def _likest(told: Sequence[Told], clause: frozenset[str]) -> tuple[Told, ...]:
    """Return the sentences that share most with a clause; of the same, those near the evidence."""
    least = max(1, SHARE * len(clause))
    scored = [
        (-len(one.sentence.words & clause), -one.near, number)
        for number, one in enumerate(told)
        if len(one.sentence.words & clause) >= least
    ]
    return tuple(told[number] for _, _, number in sorted(scored)[:LIKEST])


def _clauses(claim: str) -> Iterator[Span]:
    start = 0
    for match in _CLAUSE_ENDS.finditer(claim):
        yield start, match.start()
        start = match.end()
    yield start, len(claim)


def _families(weighing: Weighing, asked: str) -> Iterator[Unshown]:
    ahead = looks_ahead(weighing.claim)
    for family in (*DEEDS, *CHANGES, *SCOPES, *DENIALS):
        match = family.asserts.search(weighing.claim)
        if match is None or (family not in DENIALS and family.tells.search(asked)):
            continue
        yield from weighing.unshown(
            match[0],
            partial(_tells, family, ahead),
            least=NEAR if family in SCOPES else ANYWHERE,
        )


def _tells(family: Family, ahead: bool, one: Told) -> tuple[Says, str]:
    text = f"{one.sentence.heads} {one.text}"
    found = family.tells.search(text) is not None
    if found and family in DEEDS and not ahead:
        found = deed_is_told(family, text)
    return (Says.SAME if found else Says.NOTHING), ""
