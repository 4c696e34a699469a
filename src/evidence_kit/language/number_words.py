"""Numbers as British documents write them, in figures and in words, and the noun phrases that they count."""

from __future__ import annotations

import re

from evidence_kit.language.scan import words_of

_ONES = words_of("""one two three four five six seven eight nine""")
_TEENS = words_of("""ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen""")
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES: dict[str, int] = {
    **{word: value for value, word in enumerate([*_ONES, *_TEENS], start=1)},
    **{word: 10 * value for value, word in enumerate(_TENS, start=2)},
    "a": 1,
    "dozen": 12,
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES)}))?|{'|'.join([*_TEENS, *_ONES])})(?![\w])"
WORDS = (
    rf"(?:(?:a|{_SMALL})\s+(?:hundred|thousand|million)\b(?:(?:\s+and|,)?\s+{_SMALL}(?:\s+hundred\b)?)*(?:\s+and\s+{_SMALL})?"
    rf"|(?:a\s+)?dozen\b|{_SMALL})"
)
"""A number in words, from one to the millions."""
FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMBER_OPENERS = (*_ONES, *_TEENS, *_TENS, "dozen")
NUMBER = rf"(?:{FIGURES}|{WORDS})"


def value_of(words: str) -> float:
    """Return the value of a number in figures or words; the words must match :data:`NUMBER`."""
    if words[0].isdigit():
        return float(words.replace(",", ""))
    total, current = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0
        elif word != "and":
            # "a dozen" is twelve, not one and twelve.
            current = 12 if word == "dozen" else current + _VALUES[word]
    return float(total + current)


_TOKEN = re.compile(r"[\s-]*(?:\s|(?<=\s)|^)([A-Za-z0-9][A-Za-z0-9]*(?:[-/&][A-Za-z0-9]+)*)([’'])?")
_STOP = frozenset(
    words_of(
        """a an the this that these those its their our his her my your of in on at to for by with from into over
    under within across between during since until after before per each every all both any some no not nor
    and or but than as if when while where which who whom whose what how so also only just then there here
    now again already still yet is are was were be been being am has have had having do does did done will
    would shall should can could may might must attended attend attends sent took take takes met meet meets
    gave give gives held hold holds made make makes went go goes came come comes left said say says led lead
    leads ran run runs won got get gets saw kept wrote chose became become began felt feel found told
    brought paid set put rose rise fell fall grew showed shown remain remains said sat sits spoke speak know
    think thought include includes including excluding plus minus more less fewer most least last next past
    previous first second other out up down off about around against because via through throughout without
    towards toward among amongst above below he she it they we you i them us him receive receives need needs
    want agree agrees"""
    )
)
"""Words that end a noun phrase after a number: function words, and verbs that often follow a subject."""
_COLLECTIVE = frozenset(
    words_of("""people staff women men children personnel midwives alumni clergy personnel criteria""")
)
_SINGULAR_S = frozenset(
    words_of(
        """business process progress news various serious previous continuous religious campus bonus status bias
    analysis basis crisis access address class series diagnosis always ethics afterwards towards perhaps"""
    )
)
_MEMBERS_OF = re.compile(
    r"\s+of\s+(?:(?:the|our|its)\s+)?(?:[a-z]+\s+){0,2}(?:staff|board|team|directors|network|council|committee)\b",
    re.IGNORECASE,
)
_WHOLE_BOARD = re.compile(
    r"\s*(?:executives?\s+and\s+non[-\s]executives?|non[-\s]executives?\s+and\s+executives?)(?:\s+(?:directors?|members?))?\b",
    re.IGNORECASE,
)
_SPEAK_UP = re.compile(r"\s*freedom\s+to\s+speak\s+up\b", re.IGNORECASE)
_MAX_WORDS = 4


def unit_after(text: str, position: int, *, singular: bool = False) -> tuple[str, int]:
    """Return the noun phrase that begins after a number, lower-cased, and where it ends; empty if none follows.

    It ends with its first plural noun ("seven executive directors"), at a function word or a verb, or after four words.
    """
    board = _WHOLE_BOARD.match(text, position)
    if board is not None:
        return " ".join(board[0].lower().split()), board.end()
    tokens: list[tuple[str, int]] = []
    speak_up = _SPEAK_UP.match(text, position)
    at = position
    if speak_up is not None:
        at = speak_up.end()
        tokens.append(("freedom to speak up", at))
    while len(tokens) < _MAX_WORDS:
        match = _TOKEN.match(text, at)
        if match is None or (tokens and text[at : match.start(1)].strip()):
            break
        word = match[1].lower()
        if word in _STOP or word.isdigit() or (tokens and _ends_phrase(word)):
            break
        tokens.append((word, match.end(1)))
        at = match.end(1)
        if match[2]:
            break
    stop = _last_noun([word for word, _ in tokens], singular=singular)
    if stop == 0 or (stop == 1 and _ends_phrase(tokens[0][0])):
        return "", position
    end = tokens[stop - 1][1]
    unit = " ".join(word for word, _ in tokens[:stop])
    if unit.endswith(("member", "members")) and (more := _MEMBERS_OF.match(text, end)):
        return " ".join((unit, *more[0].lower().split())), more.end()
    return unit, end


def _ends_phrase(word: str) -> bool:
    return (word.endswith("ed") and "-" not in word and len(word) > 4) or (
        word.endswith("ly") and len(word) > 4
    )


def is_plural(word: str) -> bool:
    """Whether a lower-cased word is a plural or a collective noun, by its look."""
    if word in _COLLECTIVE:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and word not in _SINGULAR_S
    )


def _last_noun(words: list[str], *, singular: bool) -> int:
    """Return how many of the words belong to the phrase."""
    if singular:
        for index, word in enumerate(words):
            if index and is_plural(word) and word not in _COLLECTIVE:
                return index
        return min(len(words), 3)
    for index, word in enumerate(words):
        if not is_plural(word):
            continue
        if word in _COLLECTIVE:
            later = [at for at in range(index + 1, min(index + 3, len(words))) if is_plural(words[at])]
            return (later[0] if later else index) + 1
        while index + 1 < len(words) and is_plural(words[index + 1]):
            index += 1
        return index + 1
    return min(len(words), 3)
