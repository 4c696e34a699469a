"""Words that tell what a sentence is about, cut so that a claim and a report of the same thing share them."""

from __future__ import annotations

import re
from functools import lru_cache

from evidence_kit.language.scan import words_of

_WORD = re.compile(r"[^\W\d_]{3,}")
SMALL_WORDS = frozenset(
    words_of(
        """the and for that with has have had was were are is been being its this our their from which must can should
        shall will within least any all out not but who"""
    )
)
"""Words that bind others and tell nothing themselves."""


@lru_cache(maxsize=20_000)
def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that are of its matter, without the endings that tell a plan from a report."""
    return frozenset(stem_of(word) for word in _WORD.findall(text.casefold()) if word not in SMALL_WORDS)


def stem_of(word: str) -> str:
    """Return a lower-cased word without its ending ("attend", "attended", "attending" are one)."""
    return re.sub(r"(?:ings?|ed|es|s|e)$", "", word) if len(word) > 4 else word
