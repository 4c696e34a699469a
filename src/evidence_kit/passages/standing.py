"""Where a paper stands in its life (draft, in force, superseded), and whether the public can see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_kit.passages import fields as f
from evidence_kit.passages.paper_dates import Sources
from evidence_kit.records.passage import PaperKind, PaperStatus

_SUPERSEDED = re.compile(
    r"\b(?:superseded|archived|withdrawn|obsolete|rescinded|no longer (?:in force|current|in use|valid)|replaced by|"
    r"(?:has|have) expired|out of date version)\b",
    re.IGNORECASE,
)
_SUPERSEDES_OTHERS = re.compile(
    r"\b(?:supersedes|replaces|which (?:has|have) been)\b|superseded (?:documents?|polic|versions?)",
    re.IGNORECASE,
)
_DRAFT = re.compile(
    r"\bdraft\b(?!ing)|\bfor consultation\b|\bconsultation (?:version|draft)\b|\bv(?:ersion)? ?0\.\d",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"\b(?:approved|ratified|final|published|adopted|in force|live|signed off|current|agreed)\b",
    re.IGNORECASE,
)
_NOT_FINAL = re.compile(
    r"\b(?:for|to be|be|awaiting|subject to|not(?: yet)?|until|pending|unless|being|previously) (?:\w+ )?$",
    re.IGNORECASE,
)
_DRAFT_LINE = re.compile(
    r"[\W_]*(?:\d+\W+)?(?:(?:final |first |second |working )?draft\b|status: draft|consultation (?:version|draft))",
    re.IGNORECASE,
)
_SUPERSEDED_LINE = re.compile(
    r"[\W_]*(?:(?:this|the) (?:\w+ ){1,4}(?:has been |is |was )(?:now )?)?(?:superseded|archived|withdrawn"
    r"|obsolete|no longer in force|replaced by)",
    re.IGNORECASE,
)
_FINAL_LINE = re.compile(
    r"[\W_]*(?:this (?:\w+ ){1,3}(?:was|has been|is) )?(?:approved|ratified|adopted|in force|final version)\b",
    re.IGNORECASE,
)
_SHORT = 160
"""Characters; a longer line is prose about something, not a mark on the paper."""
_VERSION_ZERO = re.compile(r"v?\s*0\.\d|.*\bdraft\b", re.IGNORECASE)


def status_of(sources: Sources, kind: PaperKind) -> tuple[PaperStatus, str]:
    """Return the status that a paper states of itself, with the reason; unknown if it states none."""
    for text, where in _marks(sources):
        if _SUPERSEDED.search(text) and not _SUPERSEDES_OTHERS.search(text):
            return PaperStatus.SUPERSEDED, where
        if _DRAFT.search(text):
            return PaperStatus.DRAFT, where
        match = _FINAL.search(text)
        if match and not _NOT_FINAL.search(text[: match.start()]):
            return PaperStatus.IN_FORCE, where
    line = _line_mark(sources)
    if line:
        return line
    if any(each.name in (f.APPROVED, f.RATIFIER) for each in sources.fields):
        return PaperStatus.IN_FORCE, "its control table says who approved it, and when"
    if kind in (PaperKind.WEB_PAGE, PaperKind.NEWSLETTER) or _is_published_report(sources, kind):
        return PaperStatus.IN_FORCE, f"a published {kind.value.replace('_', ' ')}"
    return PaperStatus.UNKNOWN, ""


def _is_published_report(sources: Sources, kind: PaperKind) -> bool:
    """An annual report is published, unless it says that it was written for a meeting."""
    for_meeting = any(each.name in (f.BODY, f.ITEM, f.MEETING_DATE, f.PURPOSE) for each in sources.fields)
    return (
        kind is PaperKind.ANNUAL_REPORT and not for_meeting and _OF_THE_WHOLE.match(sources.title) is not None
    )


# Of the organisation, or on equality (the law has it published); an annual report on training stays inside.
_OF_THE_WHOLE = re.compile(
    r"(?:.{0,80}\bNHS (?:foundation )?trust\W*|.{0,80}\b(?:plc|limited|ltd|inc|council"
    r"|care board)\b\W*)?(?:(?:the|our|trust|full|draft|final|equality|diversity|inclusion|edi|and|&|psed"
    r"|\d{4}\S*)\W+)*"
    r"(?:annual report|quality account)",
    re.IGNORECASE,
)


def _marks(sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield what states a status by its place: fields, title, file name."""
    for each in sources.fields:
        if each.name == f.STATUS:
            yield each.value, f"field \u201c{each.label}\u201d"
        elif each.name == f.VERSION and _VERSION_ZERO.match(each.value):
            yield "draft", f"field \u201c{each.label}\u201d: {each.value}"
    yield sources.title, "in the title"
    yield re.sub(r"[_-]+", " ", sources.stem), "in the file's name"


def _line_mark(sources: Sources) -> tuple[PaperStatus, str] | None:
    for text in sources.opening:
        if len(text) > _SHORT:
            continue
        quoted = f"a line near the top: \u201c{text[:60]}\u201d"
        if _SUPERSEDED_LINE.match(text) and not _SUPERSEDES_OTHERS.search(text):
            return PaperStatus.SUPERSEDED, quoted
        if _DRAFT_LINE.match(text):
            return PaperStatus.DRAFT, quoted
        match = _FINAL_LINE.match(text)
        if match and not _NOT_FINAL.search(text[: match.end()]) and not _DRAFT.search(text):
            return PaperStatus.IN_FORCE, quoted
    return None


_PRIVATE = re.compile(
    r"\b(?:private (?:board|session|meeting|papers?|part)|part (?:2|two|b|ii)\b|in private|confidential"
    r"|not for (?:publication|circulation)"
    r"|internal use only|official[- ]sensitive)",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\(public\)|\b(?:held in public|meeting in public|in public\b|public (?:board|session|meeting)|public part"
    r"|part 1\b"
    r"|published|for publication"
    r"|board of directors in public|public trust board)",
    re.IGNORECASE,
)
_WEB = re.compile(r"\bweb ?(?:page|site)\b", re.IGNORECASE)
_NOT_PUBLISHED = re.compile(r"\b(?:not|to be|be|for|un|will be|until|yet) (?:yet )?$", re.IGNORECASE)
_PUBLIC_LINES = 15


def is_public(sources: Sources, kind: PaperKind, *, web: bool) -> tuple[bool | None, str]:
    """Say whether the paper is shown to the public, with the reason; ``None`` where nothing says so."""
    short = tuple(text for text in sources.opening[:_PUBLIC_LINES] if len(text) <= _SHORT)
    values = tuple(
        each.value for each in sources.fields if each.name in (f.BODY, f.STATUS, f.TITLE, f.MEETING_DATE)
    )
    texts = (sources.title, sources.stem, *values, *short)
    for text in texts:
        match = _PRIVATE.search(text)
        if match:
            return False, f"says \u201c{match[0]}\u201d"
    if web or any(each.name == f.KIND and _WEB.search(each.value) for each in sources.fields):
        return True, "a web page"
    if kind is PaperKind.WEB_PAGE or _is_published_report(sources, kind):
        return True, f"a published {kind.value.replace('_', ' ')}"
    if any(each.name == f.PUBLISHED for each in sources.fields):
        return True, "says when it was published"
    for number, text in enumerate(texts):
        match = _PUBLIC.search(text)
        in_a_line = number >= len(texts) - len(short)
        if match and match[0].casefold() == "published" and in_a_line and match.start():
            continue  # "16 July: annual report published" tells of another paper
        if match and not _NOT_PUBLISHED.search(text[: match.start()]):
            return True, f"says \u201c{match[0]}\u201d"
    return None, ""
