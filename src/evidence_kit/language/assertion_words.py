"""Words that assert the same, as a claim says it and as a page tells it: deeds, changes, scope, denials."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Words that assert the same.

    Attributes:
        asserts: As a claim says it.
        tells: As a page says it, at least as wide.
    """

    asserts: re.Pattern[str]
    tells: re.Pattern[str]


def _family(asserts: str, also: str = "") -> Family:
    """Return a family of forms, each a pattern, parted by "; "."""
    mine = "|".join(asserts.split("; "))
    tells = "|".join((mine, *filter(None, also.split("; "))))
    return Family(
        re.compile(rf"\b(?:{mine})\b", re.IGNORECASE), re.compile(rf"\b(?:{tells})\b", re.IGNORECASE)
    )


_GROUPS = (
    r"(?:staff|sites?|directorates?|divisions?|departments?|teams?|wards?|services?|hospitals?|areas?|levels?|members?"
    r"|directors?|executives?|managers?|leaders?|employees|colleagues|meetings?|people|patients|bands?|cases?|panels?"
    r"|interviews?|hearings?)"
)
_BODIES = "(?:board|trust|organi[sz]ation|team|workforce|council|network|committee|executive)"
_ACROSS = r"across (?:all|every|each|the (?:whole |entire )?(?:trust|organi[sz]ation|workforce|board))"
_WIDE = (
    r"whole; entire; full; fully; entirely; throughout; [a-z]+[- ]wide; everyone; everybody; always; universal\w*; "
    rf"without exception; no exceptions; {_ACROSS}; (?:all|every|each|both)(?: \w+){{0,3}}? {_GROUPS}"
)
_FROM_TO = "from .{1,40} to"

DEEDS = (
    _family(
        r"approv\w+; ratif\w+; sign(?:ed|s)[- ]off; adopted; endors\w+; agreed",
        r"agrees?; agreement; resolv\w+; resolution; adopts?; accepted; accepts; confirm\w*; signed; decided; "
        "set by the board",
    ),
    _family(
        r"publish\w*; publication; on (?:our|the) (?:public )?website; online; publicly",
        "website; web page; public; posted",
    ),
    _family(
        r"implement(?:ed|ing|s); embed(?:ded|s); rolled[- ]out; in use; in force; operational; went live; launched",
        r"implement\w*; embed\w*; roll\w*[- ]out; in place; introduc\w+; live; began; begun; start\w*; set up; "
        r"establish\w*; operat\w+; running; runs; uses?; used; part of; since; into force; takes? effect; went up",
    ),
    _family(
        "complet(?:e|ed|es|ion); finished; concluded; fully delivered",
        r"complet\w*; finish\w*; conclud\w*; fulfil\w*; done; been through; gone through; all .{1,40} delivered",
    ),
    _family(
        r"fund(?:ed|s|ing)?; budget\w*; resourced; financed; paid for; invest\w*",
        r"£[\d,.]+\w*; pays?; pay for; moved; grants?; money; resourc\w+; financ\w+",
    ),
    _family(
        r"achieved; exceeded; reached; met (?:the|our|its|every|all) \w+; delivered",
        r"achiev\w*; exceed\w*; reach\w*; attain\w*; met; deliver\w*; complet\w*",
    ),
    _family("mandatory; compulsory", "must; required; requirement; obligatory"),
    _family("independent(?:ly)?; external(?:ly)?", "outside"),
    _family(
        r"evaluat\w+; review(?:ed|s); audited; assessed",
        r"evaluat\w*; review\w*; audit\w*; assess\w*; looked at; went through; gone through; learn\w*; monitor\w*",
    ),
    _family(
        r"co-?produc\w+; co-?design\w+; co-?creat\w+; jointly",
        "together with; written with; designed with; made with; worked with; joint",
    ),
    _family(r"consult\w+", r"asked; views; feedback; engag\w+; listen\w*; co-?produc\w+; co-?design\w+"),
    _family("elect(?:ed|s|ion)s?", "ballot; voted; votes?; chosen"),
    _family("voting; (?:a|the) vote", "votes?"),
    _family("unanimous(?:ly)?"),
    _family("chairs; chaired; chairing", "in the chair; chair of"),
    _family("minuted; recorded in the minutes", "minutes?; noted"),
    _family(r"award(?:ed|s)?; accredit\w+; won; recogni[sz]ed", r"prize; shortlist\w*; attain\w*; achiev\w*"),
    _family("audit", r"audit\w*"),
    _family(r"dismiss(?:ed|als?); disciplin(?:ed|ary); prosecut\w+; sanction\w*", r"disciplin\w+"),
    _family("permanent(?:ly)?; substantive", "open-ended"),
    _family("full[- ]time", "whole[- ]time; WTE"),
    _family("(?:whole|full|half(?: an?)?)[- ](?:day|week|year)"),
    _family("protected time; paid time; released"),
    _family(
        r"monitor\w*; track(?:ed|s|ing)", r"review\w*; report\w*; measur\w*; dashboard; receiv\w*; watch\w*"
    ),
)
"""What was done with a thing, and to what degree."""
CHANGES = (
    _family("doubled"),
    _family("halved", "half; halving"),
    _family("trebled; tripled"),
    _family("eliminated; closed the gap; no gap; gaps? .{0,60}closed", "parity; nil; closed; closes"),
    _family(
        "reduced; fallen; fell; narrowed; decreased; declined; lower(?:ed)?; cut; dropped; less(?:ened)?; smaller",
        r"reduc\w+; fall\w*; narrow\w*; decreas\w+; declin\w+; down; fewer; drop\w*; shr[au]nk; improv\w+; better; "
        + _FROM_TO,
    ),
    _family(
        "increased; risen; rose; grown; grew; raised; widened; higher; larger",
        rf"increas\w+; rais\w+; up; more; wid\w+; grow\w*; above; improv\w+; better; {_FROM_TO}",
    ),
    _family(
        "improved; better; best",
        r"improv\w+; reduc\w+; increas\w+; narrow\w*; rose; fell; risen; fallen; lower; higher; closer; "
        + _FROM_TO,
    ),
    _family("worse(?:ned)?", r"wors\w+; wid\w+; fell; rose"),
)
"""Which way a figure went."""
SCOPES = (
    _family(rf"(?:whole|full|entire)\s+(?={_BODIES})", _WIDE),
    _family(
        rf"(?:trust|organi[sz]ation|board|system|region)[- ]wide; throughout; {_ACROSS}; always; everyone; everybody; "
        r"without exception; fully; entirely; at all (?:levels|sites|times); universal\w*",
        _WIDE,
    ),
    _family("solely; exclusively; the only", "only; sole"),
    _family(
        "the first (?:trust|in the); award-winning; nationally; regionally",
        r"national\w*; regional\w*; first",
    ),
    _family("standing (?:agenda )?item", "every meeting; each meeting; at every; standing"),
)
"""How wide a thing is."""
DENIALS = (
    _family(
        "no; not(?! only); never; none; nobody; no one; nothing; without(?! exception); nor; neither",
        r"\w+n[’']t; nil; zero",
    ),
)

_INTENT = "will; shall; should; would; plans? to; planned; intends?; intended; aims? to"
_AHEAD_WORDS = (
    rf"{_INTENT}; must; to be; is to; are to; due to; planning; intention; propos\w+; hopes?; expects? to; "
    r"expected to; for; before; until; pending; once; if; when; subject to; draft\w*; being; yet to; not; never; "
    r"await\w*; consider\w*; seek\w*; ask\w*; recommend\w*; invited? to; forward to; request\w*"
)
_BEFORE_A_DEED = re.compile(
    rf"\b(?:{'|'.join(_AHEAD_WORDS.split('; '))})\b(?:\W+\w+){{0,3}}?\W*$|\bto\s+$", re.IGNORECASE
)
"""Words before a deed that put it off or deny it."""
_LOOK_BACK = 60
_PLAN_WORDS = (
    rf"{_INTENT}; proposed; proposals?; hopes? to; to be \w+ed; due (?:to|by); in draft; drafted; target"
)
_PLANS = re.compile(rf"\b(?:{'|'.join(_PLAN_WORDS.split('; '))})\b", re.IGNORECASE)


def looks_ahead(text: str) -> bool:
    """Tell whether a sentence speaks of what is to come."""
    return _PLANS.search(text) is not None


def deed_is_told(family: Family, sentence: str) -> bool:
    """Tell whether a sentence tells a deed as done: nothing right before it puts it off or denies it."""
    return any(
        not _BEFORE_A_DEED.search(sentence[max(0, match.start() - _LOOK_BACK) : match.start()])
        for match in family.tells.finditer(sentence)
    )
