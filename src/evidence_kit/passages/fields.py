"""What a paper states about itself in labelled fields: cover sheets, front matter, document control tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evidence_kit.passages.flow import Piece, cells_of
from evidence_kit.records.document import BlockKind, Document

TITLE = "title"
BODY = "body"
MEETING_DATE = "meeting date"
DATE = "date"
APPROVED = "approved"
EFFECTIVE = "effective"
PUBLISHED = "published"
REVIEW = "review"
STATUS = "status"
VERSION = "version"
KIND = "kind"
ORGANISATION = "organisation"
ITEM = "item"
PERSON = "person"
PURPOSE = "purpose"
SUMMARY = "summary"
PERIOD = "period"
RATIFIER = "ratifier"
CYCLE = "review cycle"

_OF_PAPER = "(?: of (?:the )?(?:report|paper|document|policy|procedure|item))?"
_LABELS: dict[str, str] = {
    TITLE: r"title"
    + _OF_PAPER
    + r"|(?:report|paper|document|policy|item|agenda item|procedure) title|subject(?: of report)?"
    r"|(?:document|policy|paper|report) name|name of (?:the )?(?:document|policy|paper|report)|report on|re",
    BODY: r"meeting(?: title| name)?|name of (?:the )?(?:meeting|committee)|committee|(?:report|paper"
    r"|presented) (?:to|for)"
    r"|meeting of|forum|report to(?: the)?(?: board| committee)?|meeting / committee|board / committee",
    MEETING_DATE: r"(?:date|day) (?:and time |& time )?of (?:the )?(?:meeting|board|committee)"
    r"|meeting (?:held on|date)(?: and time)?|(?:board|committee) (?:meeting )?date|date and time|date / time",
    DATE: r"date(?: of (?:the )?(?:report|paper|document|letter))?|(?:document|report|paper) date|dated",
    APPROVED: r"(?:date )?(?:approved|ratified|agreed|adopted|signed off)(?: on| date)?"
    r"|date of (?:approval|ratification|adoption|sign[- ]off)"
    r"|(?:approval|ratification|ratified|sign[- ]off) date|date (?:policy )?(?:approved"
    r"|ratified)(?: by [a-z ]{1,40})?",
    EFFECTIVE: r"effective (?:from|date)|date effective(?: from)?|in force (?:from|since)|(?:implementation"
    r"|start|commencement) date"
    r"|date of implementation|valid from|live date",
    PUBLISHED: r"(?:date )?(?:published|issued|posted)(?: on| date)?|(?:publication|issue|release) date"
    r"|date of (?:issue|publication)"
    r"|(?:page )?last (?:updated|reviewed|modified)(?: on)?|first published|created",
    REVIEW: r"(?:next |date of next |date for |due for |policy |planned |target )?review(?: date| due| by| on"
    r"| due date)?"
    r"|(?:next |full )?review due(?: by)?|date (?:of|for|due for) (?:next )?review|(?:to be"
    r"|for) reviewed?(?: by| on)?"
    r"|review (?:due )?date|reviewed by date|renewal date|valid (?:until|to)|expiry(?: date)?|expires(?: on)?"
    r"|expiration date"
    r"|next (?:planned )?review(?: date)?",
    CYCLE: r"review (?:cycle|period|frequency|interval)|frequency of review",
    STATUS: r"(?:document |version |paper |policy |current )?status",
    VERSION: r"(?:document |policy )?version(?: number| no\.?)?|issue (?:number|no\.?)|revision",
    KIND: r"(?:document|type of document|paper|report|document kind|type of paper) ?(?:type|kind)"
    r"|type of (?:document|paper|report)"
    r"|document category|document|type|kind|category",
    ORGANISATION: r"(?:name of )?(?:the )?(?:organisation|trust|provider|employer|publisher|issued by"
    r"|issuing body)(?: name)?",
    ITEM: r"(?:agenda )?item(?: (?:no\.?|number|ref(?:erence)?))?|agenda (?:no\.?|number|ref(?:erence)?)"
    r"|enclosure(?: no\.?| number)?",
    PERSON: r"(?:report |paper |policy |document |lead )?authors?(?:\(s\))?(?: and (?:job )?title)?|(?:prepared"
    r"|presented|written|report|submitted|sponsored) by"
    r"|presenters?|(?:executive|lead|responsible|accountable) (?:lead|director|executive|sponsor|officer)"
    r"|lead executive|lead"
    r"|(?:director|executive) (?:lead|sponsor)|(?:document|policy|report|paper) (?:owner|lead|sponsor)|owner"
    r"|sponsor|from|author \(name and title\)"
    r"|accountable executive|responsible officer",
    PURPOSE: r"purpose(?: of (?:the )?(?:report|paper))?|paper is for|(?:action|decision) (?:required"
    r"|requested)|action|recommendations?"
    r"|(?:the board|the committee) is asked to|for (?:approval|information|decision|assurance|discussion|noting)",
    SUMMARY: r"executive summary|summary(?: of (?:the )?(?:report|paper|key issues))?|key (?:issues|points"
    r"|messages)|strategic (?:objectives?|aims?|goals?)"
    r"|(?:equality|risk|legal|financial|quality|resource)s? (?:and [a-z]+ )?(?:implications?|impact)"
    r"|previously considered(?: by)?"
    r"|board assurance framework|link to (?:strategy|strategic objectives?|baf)|appendices|confidentiality"
    r"|assurance level",
    PERIOD: r"(?:reporting |report )?period(?: covered)?|(?:financial|reporting) year|year",
    RATIFIER: r"(?:approved|ratified|agreed|adopted|endorsed) by|(?:approving|ratifying) (?:body|committee"
    r"|group)|approval (?:body|committee|group)",
}
_WHOLE = re.compile(
    "|".join(f"(?P<f{number}>{pattern})" for number, pattern in enumerate(_LABELS.values())), re.IGNORECASE
)
_NAMES = tuple(_LABELS)
_LINE = re.compile(
    r"[\W_]{0,4}(?P<label>[A-Za-z][A-Za-z&/().' -]{1,44}?)[*_]{0,2}\s{0,3}(?::[*_]{0,2}|\t|\s{3,}"
    r"|\s[\u2013\u2014-]\s)\s{0,20}(?P<value>\S.*)"
)
_BARE = re.compile(
    r"(?P<label>agenda item|item|date|meeting date|date of meeting|review date|next review|effective from|version"
    r"|(?:date )?ratified|(?:date )?approved|(?:page )?last (?:updated|reviewed)|published|issued|valid until"
    r"|review due)"
    r"(?: (?:on|no\.?|number|by|date))? (?P<value>(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day )?v?\d.*)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:\||\u00b7|\u2022|\n|;\s)\s*")
_LABEL_END = " :*_#.\t?"
VALUE_LENGTH = 240
"""Characters of a value that are looked at."""
_LABEL_LENGTH = 48
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Field:
    """A field's name (one of this module's constants), label as written, value and page index."""

    name: str
    label: str
    value: str
    page: int


@lru_cache(maxsize=4096)
def field_name(label: str) -> str:
    """Return the name of the field that a label stands for, or nothing."""
    plain = " ".join(label.split()).strip(_LABEL_END)
    if not plain or len(plain) > _LABEL_LENGTH:
        return ""
    match = _WHOLE.fullmatch(plain)
    return _NAMES[int((match.lastgroup or "f0")[1:])] if match else ""


def read_fields(document: Document, pieces: Sequence[Piece]) -> tuple[Field, ...]:
    """Return the fields of some pieces, in reading order."""
    found: list[Field] = []
    pending: Piece | None = None  # a label that stands alone, its value in the next block
    for piece in pieces:
        raw = document.pages[piece.page].text[piece.start : piece.end]
        if piece.kind is BlockKind.TABLE_ROW and len(piece.block.cells) > 1:
            if not (piece.block.header and len(piece.block.cells) > _PAIR):  # names of columns are no fields
                found.extend(_of_row(piece, raw))
            pending = None
            continue
        own = list(_of_text(raw, piece.page))
        label = piece.kind is BlockKind.PARAGRAPH and not own and field_name(piece.text) != ""
        label = label and not (pending and field_name(pending.text) == STATUS)
        if pending and not own and not label:
            found.append(
                Field(
                    field_name(pending.text),
                    pending.text.strip(_LABEL_END),
                    piece.text[:VALUE_LENGTH],
                    piece.page,
                )
            )
        pending = piece if label else None
        found.extend(own)
    return tuple(found)


def _of_row(piece: Piece, raw: str) -> Iterator[Field]:
    """A row holds label and value side by side, once or several times."""
    texts = [raw[start:end].strip() for start, end in cells_of(piece)]
    index = 0
    while index < len(texts):
        name = field_name(texts[index])
        value = texts[index + 1] if name and index + 1 < len(texts) else ""
        # "Status | Approved": the second of two cells is a value, even if it could be a label.
        if value and (len(texts) == _PAIR or not field_name(value)):
            yield Field(name, texts[index], value[:VALUE_LENGTH], piece.page)
            index += 2
            continue
        if not name:
            yield from _of_text(texts[index], piece.page)
        index += 1


def _of_text(raw: str, page: int) -> Iterator[Field]:
    """Lines and parts of lines of the form "Label: value"; a value runs on until the next label."""
    pending: Field | None = None
    for part in _PARTS.split(raw[: 20 * VALUE_LENGTH]):
        match = _LINE.match(part) or _BARE.match(part)
        name = field_name(match["label"]) if match else ""
        if match and name:
            if pending:
                yield pending
            pending = Field(name, match["label"].strip(), match["value"].strip(" *_")[:VALUE_LENGTH], page)
        elif pending and pending.name in (TITLE, BODY) and "\n" in raw and part.strip():
            pending = Field(
                pending.name, pending.label, f"{pending.value} {part.strip()}"[:VALUE_LENGTH], page
            )
    if pending:
        yield pending


def first_value(fields: Sequence[Field], *names: str) -> Field | None:
    """Return the first field with one of the names, the order of names before the order on the page."""
    for name in names:
        for field in fields:
            if field.name == name:
                return field
    return None
