"""Characters that print nothing: the one list of them, as parts of a class of a regular expression.

White space is not among them. The sources are Unicode's general categories Cc, Cf and Cs, its default ignorable
characters (DerivedCoreProperties) and, for :data:`TURNING`, its bidirectional algorithm (UAX #9).
"""

from __future__ import annotations

import re

LINE_ENDS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""End a line, beside ``\\n`` and ``\\r``."""
SILENT = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\xad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufe00-\ufe0f\ufeff"  # soft hyphen, joiners, marks
    "\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff"  # annotations, tags, halves of characters
)
"""Show nothing, and a text means the same without them: readers drop them, or the words around them are not found."""
TURNING = "\u202a-\u202e\u2066-\u2069"
"""Turn the order in which the text behind them is shown. Readers keep them and reports spell them out, since without
them the text would read otherwise than its page."""

_SILENT = re.compile(f"[{SILENT}]")


def without_silent(text: str) -> str:
    """Return the text without the characters of :data:`SILENT`."""
    return _SILENT.sub("", text)
