"""The words that all reports use, so that two reports cannot name one thing differently (``docs/verdicts.md`` §7)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from evidence_kit.characters import LINE_ENDS, SILENT, TURNING
from evidence_kit.records.criterion import Basis, CriterionKind, Force, NearMissEffect
from evidence_kit.records.days import day_words
from evidence_kit.records.decision import Verdict
from evidence_kit.records.document import DocumentState, Media
from evidence_kit.records.finding import Outcome, Role, Status
from evidence_kit.records.passage import PaperKind, PaperStatus
from evidence_kit.records.reading import Stance, Whose

STATUS_WORDS = {
    Status.EVIDENCED: "evidenced",
    Status.PARTLY: "partly evidenced",
    Status.PLANNED: "planned only",
    Status.CONTRADICTED: "contradicted",
    Status.STALE: "out of date",
    Status.NOT_FOUND: "not found in these documents",
    Status.NEEDS_PERSON: "needs a person",
}
STATUS_MEANINGS = {
    Status.EVIDENCED: "Every required element is shown by things done, in time where the wording sets a time. "
    "A person still has to agree.",
    Status.PARTLY: "The heart of it is shown as done; something else is missing, vague, short or old.",
    Status.PLANNED: "The thing itself is only planned, proposed or promised. "
    "“Intention only” means a bare commitment without plan, owner or date.",
    Status.CONTRADICTED: "A figure or statement in these documents goes against something required, and it is as new "
    "as the newest support, or newer, or stands alone.",
    Status.STALE: "Everything required is shown, and time alone is wrong: the acts or the papers are too old.",
    Status.NOT_FOUND: "Nothing in these documents shows it. That says nothing about what the organisation does, "
    "only about the papers that were read.",
    Status.NEEDS_PERSON: "All that documents can show is shown; what is left is for a person to judge, or this "
    "version does not check it yet.",
}
GAP_ORDER = (
    Status.CONTRADICTED,
    Status.NOT_FOUND,
    Status.PLANNED,
    Status.STALE,
    Status.PARTLY,
    Status.NEEDS_PERSON,
    Status.EVIDENCED,
)
"""Gaps first: the order in which reports list criteria that want something done."""

STATUS_ORDER = (
    Status.EVIDENCED,
    Status.PARTLY,
    Status.PLANNED,
    Status.CONTRADICTED,
    Status.STALE,
    Status.NOT_FOUND,
    Status.NEEDS_PERSON,
)
"""The order of columns and of the explanation, as in ``docs/verdicts.md``."""

RULES = {
    1: ("not found", "Nothing direct in these documents."),
    2: (
        "contradicted",
        "A figure or statement goes against a required element, and is as new as the newest support for it, or newer, "
        "or there is no support. “Not yet” beside a plan is planned only; a complete figure just short can be partly "
        "evidenced; a lacking part beside a shown core is a missing element.",
    ),
    3: (
        "evidenced",
        "Every required element is shown by done acts, inside the window where the wording has one, and elements that "
        "belong together are shown by one and the same act.",
    ),
    4: (
        "out of date",
        "As rule 3 but for time alone: outside the criterion’s own window, or resting on papers that have lapsed, or, "
        "by our own rule, on papers over 36 months old where the wording sets no window.",
    ),
    5: (
        "needs a person",
        "Every required element that documents can show is shown; one that they cannot show, or that this version "
        "does not check yet, is open.",
    ),
    6: (
        "partly evidenced",
        "The core, the act without which the rest means nothing, is shown by a done act; something else is missing, "
        "vague, short or old, or a near-miss caps it.",
    ),
    7: ("planned only", "The thing itself is only planned, proposed, promised or committed to."),
    8: ("not found", "Anything else; what was seen is shown as near-misses."),
}
"""The rules of ``docs/verdicts.md`` §4 in order: the first that fits decides. Status words and meaning."""

OUTCOME_WORDS = {
    Outcome.SHOWN: "shown",
    Outcome.SHOWN_OLD: "shown, but old",
    Outcome.PLANNED: "planned",
    Outcome.NOT_SHOWN: "not shown",
    Outcome.AGAINST: "speaks against",
    Outcome.SHORT: "falls short",
    Outcome.OPEN: "open",
}
BASIS_WORDS = {
    Basis.WORDING: "framework wording",
    Basis.LEVEL_TEXT: "level text",
    Basis.NARRATIVE: "narrative",
    Basis.HOUSE: "our own reading",
}
BASIS_MEANINGS = {
    Basis.WORDING: "The criterion’s own words. Only these can be required.",
    Basis.LEVEL_TEXT: "The paragraph above the level’s table. It strengthens and never changes a status.",
    Basis.NARRATIVE: "The framework’s text about the driver. It strengthens and never changes a status.",
    Basis.HOUSE: "What we and others usually look for. It strengthens and never changes a status.",
}
STANCE_WORDS = {
    Stance.DONE: "reported as done",
    Stance.PLANNED: "a plan",
    Stance.ASPIRATION: "an intention",
    Stance.CONTRADICTS: "speaks against",
    Stance.MENTION: "only mentioned",
}
ROLE_WORDS = {
    Role.SUPPORT: "support",
    Role.PLAN: "plan",
    Role.AGAINST: "against",
    Role.NEAR_MISS: "near-miss",
}
VERDICT_WORDS = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.WRONG_CRITERION: "belongs to another criterion",
    Verdict.NEEDS_MORE: "needs more",
    Verdict.CITED: "cited",
    Verdict.CONFIRMED: "confirmed",
    Verdict.PARTLY: "partly",
    Verdict.NOT_SHOWN: "not shown",
    Verdict.MORE_INFORMATION: "more information needed",
    Verdict.IN_PLACE: "in place",
    Verdict.DEVELOPMENT_AREA: "development area",
    Verdict.NETWORK_AGREES: "agree",
    Verdict.NETWORK_DISAGREES: "disagree",
    Verdict.WITHDRAWN: "withdrawn",
}
"""What people decided; machine status and people's words are always shown apart."""
WHOSE_WORDS = {Whose.OWN: "this organisation", Whose.OTHER: "another organisation"}
KIND_WORDS = {CriterionKind.DELIVERABLE: "deliverable", CriterionKind.SUPPORTING_ACTION: "supporting action"}
FORCE_WORDS = {
    Force.MUST: "The wording says must.",
    Force.SHOULD: "The wording says should.",
    Force.CAN: "The wording says can.",
    Force.NONE: "",
}
EFFECT_WORDS = {
    NearMissEffect.EXCLUDE: "does not count",
    NearMissEffect.CAP_AT_PARTLY: "counts, but no further than partly evidenced",
    NearMissEffect.FLAG: "counts, with a remark",
}
PAPER_KIND_WORDS = {kind: kind.value.replace("_", " ") for kind in PaperKind} | {
    PaperKind.APPLICATION: "application (may claim, never show)",
    PaperKind.OFFER: "a supplier's offer (never shows)",
    PaperKind.GUIDANCE: "guidance (says what is asked, never what was done)",
}
PAPER_STATUS_WORDS = {
    PaperStatus.DRAFT: "draft",
    PaperStatus.IN_FORCE: "approved, final or published",
    PaperStatus.SUPERSEDED: "superseded",
    PaperStatus.UNKNOWN: "",
}
MEDIA_WORDS = {
    Media.PDF: "PDF",
    Media.WORD: "Word",
    Media.OPENDOCUMENT: "OpenDocument text",
    Media.WORKBOOK: "workbook",
    Media.CSV: "table of values",
    Media.SLIDES: "slides",
    Media.HTML: "web page",
    Media.MARKDOWN: "Markdown",
    Media.TEXT: "plain text",
    Media.MAIL: "e-mail",
    Media.ARCHIVE: "ZIP archive",
    Media.IMAGE: "picture",
    Media.UNKNOWN: "unknown format",
}
UNIT_WORDS = dict.fromkeys(Media, "section") | {
    Media.PDF: "page",
    Media.IMAGE: "page",
    Media.WORKBOOK: "sheet",
    Media.SLIDES: "slide",
}
"""What a document of each format is counted in."""
DOCUMENT_STATE_WORDS = {
    DocumentState.READ: "read",
    DocumentState.PARTLY_READ: "partly read",
    DocumentState.NOT_READ: "not read",
}
DISCLAIMER = (
    "evidence-kit is independent, open-source software. It is not made, endorsed, approved or checked by the "
    "publisher of the framework, by any assessing panel or by any health body, and it grants nothing. It reads "
    "documents and says what they show; people decide. What is not found in these documents may still be done, and "
    "what a document says may still be wrong."
)


def day(value: date | None, *, none: str = "") -> str:
    """Word a day the British way ("12 March 2026"), whatever the machine's language is."""
    return day_words(value) if value else none


def count(number: int, noun: str, plural: str = "") -> str:
    """Word a count: "1 page", "1,120 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Word a list: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def level_line(label: str, *, evidenced: int, total: int, confirmed: int) -> str:
    """Word how a level stands (``docs/verdicts.md`` §6); the only place that does."""
    verb = "shows" if 1 in (evidenced, total) else "show"
    noun = "deliverable" if total == 1 else "deliverables"
    return (
        f"{label}: {evidenced} of {total} {noun} {verb} every element in these documents; "
        f"{confirmed} of {total} confirmed by a person"
    )


_INVISIBLE = re.compile(f"[{LINE_ENDS}{SILENT}{TURNING}\ufffe\uffff]")
"""What prints nothing, with the two characters that no XML may hold."""


def visible(text: str) -> str:
    """Return the text with characters that hide or turn text round spelt out, as ``[U+202E]``."""
    return _INVISIBLE.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)


def one_line(text: str) -> str:
    """Return the text with all runs of white space folded to one blank, and hidden characters spelt out."""
    return visible(" ".join(text.split()))


def sentence(text: str) -> str:
    """Return the text as a sentence: a capital first, a full stop last unless it ends in a stop of its own."""
    plain = text.strip()
    closed = plain.rstrip("”’)\"'")[-1:] in (".", "!", "?", "…")
    return plain[:1].upper() + plain[1:] + ("" if closed or not plain else ".")


_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")


def cell(text: str) -> str:
    r"""Return the text safe as a spreadsheet cell.

    A cell that a spreadsheet could take for a formula (first character ``= + - @``, their full-width twins, tab or
    carriage return, also behind white space or characters that print nothing) gets a leading apostrophe, which
    spreadsheets read as "this is text". The list is that of OWASP's page on CSV injection.
    """
    first = next((mark for mark in text if unicodedata.category(mark)[0] not in "ZC"), "")
    risky = bool(_FORMULA.match(first)) or text[:1] in ("\t", "\r", "\n")
    return f"'{text}" if risky else text
