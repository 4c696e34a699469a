"""Text as the language room sees it: line breaks are blanks, words that a line end broke are whole.

The result has the same length as the page's text, so that every span holds for both.
"""

from __future__ import annotations

import re

from evidence_kit.language.misread import mended

_SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " "}
)
"""Apostrophes, hyphens and blanks of typesetters, as a keyboard writes them."""
_BROKEN = re.compile(r"([a-z]{2,})-[ ]?\n[ ]?([a-z]+)")


def plain(text: str) -> str:
    """Return the text with every line end a blank, broken words whole, and typesetters' signs as a keyboard's.

    The room that a hyphen and a line end took is given back as blanks behind the joined word: offsets of all other
    words stay as they are.
    """
    text = text.translate(_SAME)
    if "\n" not in text:
        return mended(text)
    joined = _BROKEN.sub(lambda match: (match.group(1) + match.group(2)).ljust(len(match.group())), text)
    return mended(joined.replace("\n", " "))


def whole_end(text: str, made: str, end: int) -> int:
    """Return where a stretch of the plain text that ends at ``end`` ends in the text itself.

    The same place, unless the last word is one that a line end broke: its letters stand further on in the text.

    Args:
        text: As on the page.
        made: :func:`plain` of it.
        end: Character after the last of the stretch in ``made``.
    """
    while end < len(text) and made[end] == " " and not text[end].isspace():
        end += 1
    return end
