"""Text as the language room sees it: line breaks are blanks, words that a line end broke are whole.

The result has the same length as the page's text, so that every span holds for both.
"""

from __future__ import annotations

import re

_BROKEN = re.compile(r"([a-z]{2,})-[ ]?\n[ ]?([a-z]+)")


def plain(text: str) -> str:
    """Return the text with every line end a blank, and broken words joined.

    The room that a hyphen and a line end took is given back as blanks behind the joined word: offsets of all other
    words stay as they are.
    """
    if "\n" not in text:
        return text
    joined = _BROKEN.sub(lambda match: (match.group(1) + match.group(2)).ljust(len(match.group())), text)
    return joined.replace("\n", " ")
