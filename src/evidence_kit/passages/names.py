"""Names of organisations and of the bodies that meet, as papers write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

ORG_END = re.compile(
    r"\b(?=[ A-Zp])(?:"
    r"(?:University )?(?:Teaching )?(?:Hospitals? |Healthcare |Health |Care |Community |Partnership |Ambulance "
    r"|Services? |and |& ){0,6}NHS (?:Foundation )?Trust|Integrated Care (?:Board|Partnership)"
    r"|Health and Care Partnership"
    r"|(?:City|County|Borough|District|Metropolitan)? ?Council|Clinical Commissioning Group|Combined Authority"
    r"|Care Trust|Community Interest Company|CIC\b|PLC\b|plc\b|Limited\b|Ltd\b\.?|Inc\b\.?|AG\b"
    r"|NHS FT\b)"
)
_NAME_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w'\u2019.-]*|&|\d+to\d+),?(?: (?:and|of|for|the|with|in|on|upon|de|le)){0,2} ){1,9}$"
)
_NOT_NAMES = """
    accept contact cookies menu reject search skip home login
    about across agenda aims all also although annual appendix approved as assistant associate at because
    before board both by chair chief colleagues committee contents council date dear deputy director
    directors draft each edi equality every executive foreword framework from governance governors guide
    held hello if introduction issued it job lead leaders medical meeting meetings members minutes more
    network non-executive officer organisation other our page people plan policy presented procedure
    published purpose race report role secretary services since staff statement strategy team terms than
    that their they this title to together trust under until version we welcome what when where which
    while who within workforce working you your
"""
_NOT_IN_NAME = frozenset(_NOT_NAMES.split())
_NOT_ORGANISATIONS = re.compile(
    r"^(?:the )?(?:Pty (?:Ltd|Limited)\.?|NHS (?:Foundation )?Trust|(?:the )?Council|Limited|Ltd\.?"
    r"|plc|PLC|Inc\.?|AG|CIC|(?:NHS )?Integrated Care (?:Board|Partnership)|(?:Health and )?Care Partnership|Care Trust"
    r"|(?:City|County|Borough|District) Council|(?:Trust|Partnership) Council"
    r"|(?:Leadership|Staff|Youth|Students?|Community|Race|General Medical|National) .{0,40}Council)$"
)
_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"\n\s*\n|\t")
"""Between blocks and cells: no name runs over it."""
NATIONAL = re.compile(
    r"\b(?:NHS England|NHS Improvement|NHS Employers|NHS Confederation|Department of Health(?: and Social Care)?"
    r"|Care Quality Commission|North West (?:Black|BAME|BME)[\w, ]{0,40} Assembly|Health Education England"
    r"|NHS Providers|National Institute for Health)"
)

BODY = re.compile(
    r"\b(?:(?:Public |Trust |Part (?:1|2|one|two) |Extraordinary )?Board of Directors|(?:Public |Private "
    r"|Trust |Unitary )?Trust Board|Public Board"
    r"|Board of (?:Governors|Trustees)|Council of Governors|Executive (?:Team|Committee|Group|Board"
    r"|Management (?:Team|Committee|Group))"
    r"|Integrated Care Board(?= (?:meeting|\())|(?:[A-Z][\w&'\u2019-]*,? (?:and |& |of |for )?){1,6}?"
    r"(?:Sub-?[Cc]ommittee|Committee|(?:Staff |staff )?[Nn]etwork|Scrutiny Board|Steering Group|Working Group"
    r"|Policy Group|Assurance Group"
    r"|Policy Forum|Forum|Panel|Leadership Council|Group|Programme Board|Partnership Board|Board)"
    r"|Board(?= (?:meeting|in public|held in))|(?<=\bthe )Board)\b"
)
_BOARD = re.compile(
    r"board of directors|trust board|public board|^(?:the )?board$|integrated care board|unitary board"
    r"|^(?!.*\b(?:scrutiny|partnership|programme|project|safeguarding|management|executive|editorial|divisional"
    r"|advisory|wellbeing)\b).*\bboard$",
    re.IGNORECASE,
)
_NETWORK = re.compile(r"\bnetwork\b|\bstaff (?:forum|group)\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def organisations_in(text: str) -> tuple[str, ...]:
    """Return the names of trusts, boards, councils and companies in a text, as written, white space made one blank."""
    return tuple(_organisations_in(text))


def _organisations_in(text: str) -> Iterator[str]:
    flat = " ".join(_BREAK.sub(" | ", text).split())
    for end in ORG_END.finditer(flat):
        before = _NAME_BEFORE.search(flat, max(0, end.start() - 90), end.start())
        name = _trimmed((before[0] if before else "") + end[0])
        if name:
            yield name


def _trimmed(name: str) -> str:
    """Drop the words in front that belong to the sentence, not to the name; nothing if no name is left."""
    words = name.split()
    cut = 0
    for index, word in enumerate(words[:-2]):
        plain = word.strip(",.").casefold()
        if plain in _NOT_IN_NAME or word.endswith((".", ":")):
            cut = index + 1
    words = words[cut:]
    while words and words[0].casefold() in ("and", "of", "for", "the", "with", "in", "on", "&"):
        words = words[1:]
    name = " ".join(words)
    if len(words) < 2 or _NOT_ORGANISATIONS.match(name):
        return ""
    return name


def most_named(names: Iterable[str]) -> tuple[str, int]:
    """Return the name that comes most often with its count; of equals the first. Capitals make no difference.

    A name that only puts words in front of one that is at least as frequent ("Boardroom, Example NHS Trust") is that.
    """
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for name in names:
        key = name.casefold().replace("&", "and").rstrip(".")
        counts[key] += 1
        written.setdefault(key, name)
    if not counts:
        return "", 0
    for longer in sorted(counts, key=lambda key: (-len(key), key)):
        shorter = next((key for key in counts if key != longer and longer.endswith(" " + key)), None)
        if shorter and counts[shorter] >= counts[longer]:
            counts[shorter] += counts.pop(longer)
    key, count = counts.most_common(1)[0]
    return written[key], count


def body_in(text: str) -> str:
    """Return the first body that a text names ("People Committee"), else empty."""
    match = BODY.search(_SPACE.sub(" ", text))
    if not match:
        return ""
    words = match[0].split()
    while len(words) > 2 and words[0].casefold() in _LEADING:
        words = words[1:]
    return " ".join(words)


_LEADING_WORDS = (
    "minutes of the notes draft approved agenda report from and for to our this a chair's meeting item paper"
)
_LEADING = frozenset(_LEADING_WORDS.split())


def is_board(body: str) -> bool:
    """Say whether a body is the board of directors of an organisation (or an integrated care board)."""
    return _BOARD.search(body.strip()) is not None


def is_network(body: str) -> bool:
    """Say whether a body is a staff network."""
    return _NETWORK.search(body) is not None
