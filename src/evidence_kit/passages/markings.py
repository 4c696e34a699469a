"""What a paper is marked as: confidential, and a part of something longer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from evidence_kit.records.document import Document

_WORD = (
    r"(?:official\s*[-–—:]?\s*sensitive|(?:strictly )?private (?:and|&) confidential|(?:strictly |highly )?confidential"
    r"|(?:(?:commercial(?:ly)?|management|staff|personal|personnel|medical)[- ])?in[- ]confidence"
    r"|in strictest confidence|restricted|(?:for )?internal use(?: only)?|internal only"
    r"|exempt from (?:publication|disclosure)"
    r"|not for (?:publication|circulation|onward (?:sharing|circulation|distribution)|wider (?:sharing|circulation)))"
)
_QUALIFIER = (
    r"(?:(?:commercial|personal|personnel|staff|patient|draft|circulation|document|paper|when complete(?:d)?"
    r"|until [\w ]{3,40}|to the [\w ]{3,30}|under [\w ,()]{3,40})\b)"
)
_MARKING = re.compile(
    r"[\W_]*(?:(?:security |protective |government |document )?(?:classification|marking|sensitivity)\W+)?"
    rf"(?P<marking>{_WORD}(?:[\s:;,|/–—-]+(?:{_WORD}|{_QUALIFIER}))*)[\W_]*(?:page \d+(?: of \d+)?)?[\W_]*",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:[\w ]{1,40}?\s*[:|,(–—-]\s*)?\b(?P<marking>(?:STRICTLY |HIGHLY )?CONFIDENTIAL|PRIVATE (?:AND|&) CONFIDENTIAL)"
    r"(?:\s*[:(–—-].*)?[\W_]*"
)
"""A line that such capitals begin or end: "DRAFT – CONFIDENTIAL", "CONFIDENTIAL: HR only"."""
_REACH = re.compile(
    r"[\W_]*(?:[\w ]{4,30}: ?)?(?P<marking>(?:strictly |highly )?confidential|official\W{1,3}sensitive)"
    r"\s*[:(–—-].*\b(?:only|not|personal|identifiable|sensitive)\b.*",
    re.IGNORECASE,
)
"""A marking that says for whom it is, or why."""
_SAID_OF_IT = re.compile(
    r"(?P<marking>this (?:document|paper|report|page|section|item|annex|appendix|letter|message|e-?mail) is"
    r" (?:strictly |highly |private and )?(?:confidential|restricted|not for (?:publication|circulation)))\b",
    re.IGNORECASE,
)
"""Opens a line of any length."""
_PRIVATE_PART = re.compile(
    r"\bprivate (?:session|meeting|board|part|items?|papers?|minutes|agenda)\b"
    r"|\b(?:held|meeting|session) in private\b"
    r"|\bconfidential (?:session|part|items?|minutes|matters|section|annex|appendix|business|agenda)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\bOFFICIAL\s*[-–—:]?\s*SENSITIVE(?:\s*[:–—-]\s*(?:COMMERCIAL|PERSONAL))?\b")
"""Nobody writes this in capitals in prose: it counts anywhere in a short line."""
_SHORT = 120
"""Characters; a longer line is prose about confidentiality, not a marking."""
_OF_TOTAL = re.compile(r"\bpage (\d{1,4}) of (\d{1,4})\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:extract|excerpt)s?\b(?: from\b)?|\b(?:pages?|pp?\.?) ?(?P<first>\d{1,4}) ?(?:-|–|to) ?(?P<last>\d{1,4})\b",
    re.IGNORECASE,
)
_CONSISTENT = 0.6
"""Share of the labelled pages that must be numbered in step."""


def marking_of(lines: Iterable[str]) -> str:
    """Return the marking of confidentiality that stands in a line by itself, as printed; empty for none."""
    for line in lines:
        text = " ".join(line.split())
        match = _SAID_OF_IT.match(text)
        if match is None and len(text) > _SHORT:
            continue
        match = match or _MARKING.fullmatch(text) or _HEADED.fullmatch(text) or _REACH.fullmatch(text)
        if match:
            return match["marking"].strip()
        capitals = _CAPITALS.search(text)
        if capitals:
            return capitals[0]
    return ""


def is_private_part(heading: str) -> bool:
    """Tell whether a heading opens what is not for everybody: "Part 2: private session", "Confidential items"."""
    return bool(_PRIVATE_PART.search(heading) or marking_of((heading,)))


def extract_of(document: Document, *, title: str, stem: str) -> str:
    """Say that a file is a part of a longer document, and how that is known; empty if nothing says so.

    Its printed page numbers begin later than at its first pages, or say "page 3 of 40" in a file of five; or its
    title or name says that it is an extract.
    """
    return _by_numbers(document) or _by_total(document) or _by_name(title, stem)


def _by_numbers(document: Document) -> str:
    labelled = [
        (index, int(page.label))
        for index, page in enumerate(document.pages)
        if page.number is not None and page.label and page.label.isdecimal() and len(page.label) < 5
    ]
    if len(labelled) < 2:
        return ""
    (ahead, count), *_ = Counter(label - index - 1 for index, label in labelled).most_common(1)
    if ahead < 1 or count < 2 or count < _CONSISTENT * len(labelled):
        return ""
    first, last = ahead + 1, ahead + len(document.pages)
    return f"pages {first} to {last} of a longer document, by the page numbers printed on it"


def _by_total(document: Document) -> str:
    """Read "page 3 of 40" where the printed number could not be told from the number of pages."""
    found = [match for page in document.pages for match in [_OF_TOTAL.search(page.text)] if match]
    totals = Counter(int(match[2]) for match in found)
    if not totals or len(found) < _CONSISTENT * len(document.pages):
        return ""
    (total, count), *_ = totals.most_common(1)
    if count < _CONSISTENT * len(found) or total <= len(document.pages):
        return ""
    return f"{len(document.pages)} of {total} pages, by what is printed on them"


def _by_name(title: str, stem: str) -> str:
    for text, where in ((title, "its title"), (re.sub(r"[_]+", " ", stem), "the file’s name")):
        match = _SAID.search(text)
        if match and (match["first"] is None or int(match["first"]) < int(match["last"])):
            return f"{where} says “{match[0]}”"
    return ""


def changes_of(document: Document) -> str:
    """Say that tracked changes wait in a file, if so: what it says may still be turned down."""
    count = document.metadata.tracked_changes
    return (
        f"{count:,} tracked {'change' if count == 1 else 'changes'} in the file, read as accepted"
        if count
        else ""
    )
