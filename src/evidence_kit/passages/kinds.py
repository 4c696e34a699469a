"""What sort of paper a paper is: from its title, declared type, cover, control table, file name and structure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evidence_kit.passages import fields as f
from evidence_kit.passages import names
from evidence_kit.passages.fields import Field
from evidence_kit.passages.kind_words import (
    APOLOGIES,
    APPLICATION,
    APPLICATION_INTRO,
    CHAIRS_REPORT,
    DECLARED,
    LETTER_OPENS,
    LEVEL,
    MINUTES,
    NATIONAL_TITLE,
    NEWSLETTER_LINE,
    NO_SUBJECT,
    NOT_AN_APPLICATION,
    OFFER,
    OFFER_TERMS,
    ON_THE_WEB,
    PRESENT,
    TEMPLATE,
    THE_FRAMEWORK,
    TITLES,
    WITH_A_SUBJECT,
    rx,
)
from evidence_kit.records.passage import PaperKind

K = PaperKind
Found = tuple[PaperKind, str]
"""A kind and the reason for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the kind of a paper is told from.

    Attributes:
        title: Of the paper.
        stem: Name of the file without suffix; empty for a part of a pack.
        fields: Labelled fields of its first pages.
        opening: Texts of its first blocks.
        headings: Texts of its first headings.
        body: The body that met or received it, else empty.
        in_pack: It is an item of a pack.
        web: It is a web page.
        mail: It is an e-mail message.
        captions: Its text is that of meeting captions.
        action_share: Share of its words that stand in tables of actions with owners and dates.
        claim_share: Share of its words that stand in tables of requirements with the trust's own evidence.
        national: How often national bodies are named, and (``own``) its own organisation.
        slides: Its pages have the shape and the few words of slides.
    """

    title: str
    stem: str = ""
    fields: tuple[Field, ...] = ()
    opening: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    body: str = ""
    in_pack: bool = False
    web: bool = False
    mail: bool = False
    captions: bool = False
    action_share: float = 0.0
    claim_share: float = 0.0
    national: int = 0
    own: int = 0
    slides: bool = False


MAIN_CONTENT = 0.5
"""A table that holds this share of a paper's words is what the paper is about."""

_COVER = frozenset({f.ITEM, f.BODY, f.MEETING_DATE, f.PERSON, f.PURPOSE, f.TITLE, f.SUMMARY, f.DATE})
_COVER_ONLY = frozenset({f.ITEM, f.BODY, f.MEETING_DATE})
COVER_FIELDS = 3


def is_cover(fields: Sequence[Field]) -> bool:
    """Say whether the fields are those of a meeting paper's cover sheet."""
    seen = {each.name for each in fields}
    if seen & {f.APPROVED, f.RATIFIER, f.REVIEW} and not seen & {f.ITEM, f.MEETING_DATE}:
        return False
    strong = bool(seen & _COVER_ONLY) or {f.PURPOSE, f.PERSON, f.SUMMARY} <= seen
    enough = COVER_FIELDS - 1 if f.MEETING_DATE in seen else COVER_FIELDS
    return strong and len(seen & _COVER) >= enough


def kind_of(traits: Traits) -> Found:
    """Return the kind of a paper and the reason for it; the first rule that fits decides."""
    rules: tuple[Callable[[Traits], Found | None], ...] = (
        _mail,
        _declared,
        _template,
        _application,
        _offer,
        _minutes,
        _guidance,
        _meeting_paper,
        _by_body_in_title,
        _by_title,
        _by_file_name,
        _by_content,
        _by_heading,
    )
    for rule in rules:
        found = rule(traits)
        if found:
            return found
    return (K.WEB_PAGE, "a web page") if traits.web else (K.OTHER, "nothing tells its kind")


def is_application_title(title: str) -> bool:
    """Say whether a title is that of an applicant's own submission, not of a paper about one."""
    return APPLICATION.search(title) is not None and NOT_AN_APPLICATION.search(title) is None


def by_body(body: str, *, minutes: bool) -> PaperKind:
    """Return the kind of a body's minutes or papers."""
    if names.is_board(body):
        return K.BOARD_MINUTES if minutes else K.BOARD_PAPER
    if minutes:
        return K.NETWORK_MINUTES if names.is_network(body) else K.COMMITTEE_MINUTES
    return K.COMMITTEE_PAPER


def _mail(traits: Traits) -> Found | None:
    """A message is no more than a message, whatever its subject says is attached: "Minutes of the network"."""
    if not traits.mail:
        return None
    if _title_kind(traits.title) is K.NEWSLETTER or any(
        NEWSLETTER_LINE.match(text) for text in traits.opening[:5]
    ):
        return K.NEWSLETTER, "a newsletter sent by e-mail"
    return K.LETTER, "an e-mail message"


def _declared(traits: Traits) -> Found | None:
    field = f.first_value(traits.fields, f.KIND)
    if field is None:
        return None
    reason = f"field \u201c{field.label}\u201d: {field.value}"
    if traits.body and _REPORT_TO.search(field.value):
        return by_body(traits.body, minutes=False), reason
    for kind, pattern in DECLARED:
        if not pattern.search(field.value):
            continue
        if kind is K.COMMITTEE_MINUTES:
            return by_body(traits.body or traits.title, minutes=True), reason
        if kind is K.BOARD_PAPER:
            return _declared_paper(traits, field.value), reason
        finer = _by_title(replace(traits, web=traits.web or kind is K.WEB_PAGE))
        if kind in (K.POLICY, K.WEB_PAGE) and finer and finer[0] in ON_THE_WEB:
            return finer[0], f"{reason}; {finer[1]}"
        return kind, reason
    return None


def _declared_paper(traits: Traits, value: str) -> PaperKind:
    if MINUTES.search(traits.title) and not rx(r"\bboard paper\b").search(value):
        return by_body(traits.body, minutes=True)
    if rx(r"\bterms of reference\b").search(traits.title):
        return K.TERMS_OF_REFERENCE
    committee = traits.body and not names.is_board(traits.body) and not CHAIRS_REPORT.search(traits.title)
    if committee or rx(r"\bcommittee\b").search(value):
        return K.COMMITTEE_PAPER
    return K.BOARD_PAPER


def _template(traits: Traits) -> Found | None:
    match = TEMPLATE.search(traits.title)
    if match and not is_cover(traits.fields):
        return K.GUIDANCE, f"title says \u201c{match[0]}\u201d"
    return None


def _application(traits: Traits) -> Found | None:
    if is_cover(traits.fields) or MINUTES.search(traits.title):
        return None
    for where, text in (("title", traits.title), ("file name", traits.stem)):
        if is_application_title(text) and (
            where == "title" or not traits.title or not _title_kind(traits.title)
        ):
            return K.APPLICATION, f"{where} is that of an applicant's own submission"
    if traits.web or _title_kind(traits.title) not in (None, K.REPORT):
        return None
    if any(APPLICATION_INTRO.search(text) for text in traits.opening[:8]):
        return K.APPLICATION, "opens as an applicant's own submission"
    if traits.claim_share >= MAIN_CONTENT and not traits.in_pack and rx(LEVEL).search(traits.title):
        return K.APPLICATION, "mostly a table of requirements and the applicant's own evidence"
    return None


def _offer(traits: Traits) -> Found | None:
    """A supplier's offer says so near its top, and speaks of money: a board paper that proposes something does not."""
    if is_cover(traits.fields) or traits.in_pack:
        return None
    top = (traits.title, *traits.opening[:8])
    terms = (*traits.opening, *traits.headings)
    if any(OFFER.search(text) for text in top) and any(OFFER_TERMS.search(text) for text in terms):
        return K.OFFER, "opens as an offer, and speaks of its price or terms"
    return None


def _title_kind(title: str) -> PaperKind | None:
    return next((kind for kind, pattern in TITLES if pattern.search(title)), None)


def _minutes(traits: Traits) -> Found | None:
    if MINUTES.search(traits.title):
        return by_body(traits.body, minutes=True), "title"
    if traits.captions and (traits.body or any("meeting" in text.casefold() for text in traits.opening)):
        return by_body(traits.body, minutes=True), "captions of a meeting"
    if is_cover(traits.fields) and not traits.headings:
        return None
    present = any(PRESENT.match(text) for text in traits.opening)
    others = any(APOLOGIES.match(text) for text in traits.opening)
    if present and others and not rx(r"^\W*agenda\b").search(traits.title):
        return by_body(traits.body, minutes=True), "opens with those present and apologies"
    if not traits.title and MINUTES.search(traits.stem):
        return by_body(traits.body, minutes=True), "file name"
    return None


def _guidance(traits: Traits) -> Found | None:
    if is_cover(traits.fields) or traits.own > traits.national:
        return None
    if THE_FRAMEWORK.search(traits.title) and traits.national and traits.own <= 2:
        return K.GUIDANCE, "the framework itself: its title, and no applying organisation named"
    starts = names.NATIONAL.match(traits.title)
    if (starts or traits.national >= 3) and traits.own <= 2 and NATIONAL_TITLE.search(traits.title):
        return K.GUIDANCE, "title of a national document, and no applying organisation named"
    return None


def _meeting_paper(traits: Traits) -> Found | None:
    cover = is_cover(traits.fields)
    if rx(r"^\W*agenda\W*$|^agenda\b").search(traits.title):
        return K.AGENDA, "title"
    if not (cover or traits.in_pack):
        return None
    kind = by_body(traits.body, minutes=False) if traits.body else K.BOARD_PAPER
    if kind is K.COMMITTEE_PAPER and CHAIRS_REPORT.search(traits.title) and not traits.in_pack:
        kind = K.BOARD_PAPER
    if _title_kind(traits.title) is K.ACTION_PLAN and traits.action_share >= MAIN_CONTENT:
        return K.ACTION_PLAN, "title, and mostly a table of actions"
    if _title_kind(traits.title) is K.TERMS_OF_REFERENCE and not cover:
        return K.TERMS_OF_REFERENCE, "title"
    return kind, "cover sheet of a meeting paper" if cover else "item of a meeting pack"


def _by_body_in_title(traits: Traits) -> Found | None:
    """Titles that open with a body: with a subject ("Trust Board: dashboard") a paper, with none its minutes."""
    if traits.web or not traits.body or not traits.title.startswith(traits.body):
        return None
    rest = traits.title[len(traits.body) :]
    if rest and not WITH_A_SUBJECT.match(rest) and not NO_SUBJECT.fullmatch(rest):
        return None
    if NO_SUBJECT.fullmatch(rest):
        return by_body(traits.body, minutes=True), "the title is a body that meets, and no subject"
    if _title_kind(rest) in (K.TERMS_OF_REFERENCE, K.AGENDA):
        return None
    if CHAIRS_REPORT.search(rest):
        return K.BOARD_PAPER, "title: a committee's report to the board"
    return by_body(traits.body, minutes=False), "title: a body that meets, and a subject"


def _by_title(traits: Traits) -> Found | None:
    kind = _title_kind(traits.title)
    if kind is None or (traits.web and kind not in ON_THE_WEB):
        return None
    if (
        traits.web
        and kind is K.POLICY
        and not any(pattern.search(traits.title) for _, pattern in TITLES[:-1])
    ):
        return None  # "Anti-racist framework: where we are" is a page about a framework
    if kind is K.REPORT and (traits.slides or traits.action_share >= MAIN_CONTENT):
        return None
    if kind in (K.REPORT, K.ANNUAL_REPORT) and _REPORT_TO.search(traits.title) and traits.body:
        return by_body(traits.body, minutes=False), "title: a report to a body that meets"
    return kind, "title"


_REPORT_TO = rx(r"\b(?:report|paper|update) (?:to|for) (?:the )?")


def _by_file_name(traits: Traits) -> Found | None:
    if traits.web or not traits.stem:
        return None
    stem = re.sub(r"[_-]+", " ", traits.stem)
    if MINUTES.search(stem):
        return by_body(traits.body, minutes=True), "file name"
    kind = _title_kind(stem)
    return (kind, "file name") if kind not in (None, K.REPORT) else None


def _by_content(traits: Traits) -> Found | None:
    seen = {each.name for each in traits.fields}
    control = seen & {f.APPROVED, f.RATIFIER, f.EFFECTIVE}
    if f.REVIEW in seen and (control or f.VERSION in seen):
        return K.POLICY, "document control table"
    if traits.action_share >= MAIN_CONTENT:
        return K.ACTION_PLAN, "mostly a table of actions with owners and dates"
    if any(NEWSLETTER_LINE.match(text) for text in traits.opening[:5]):
        return K.NEWSLETTER, "a line near the top"
    if any(LETTER_OPENS.match(text) for text in traits.opening[:12]):
        return K.LETTER, "opens like a letter"
    if traits.slides:
        return K.SLIDES, "pages of the shape of slides, with few words"
    return None


def _by_heading(traits: Traits) -> Found | None:
    if traits.web:
        return None
    for kind, pattern in TITLES:
        if any(pattern.search(text) for text in (*traits.headings[:3], re.sub(r"[_-]+", " ", traits.stem))):
            return kind, "an early heading or the file name"
    return None
