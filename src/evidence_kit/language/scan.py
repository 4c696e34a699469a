"""Looking for the few words at which a pattern may begin: much faster than trying a long pattern at every word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_START = re.compile(r"[A-Za-z]+|\d+|£")


_LONG_GAP = re.compile(r"\s{40,}")


def without_long_gaps(text: str) -> str:
    """Return a text of the same length in which no pattern crosses a very long run of blanks.

    Such a run parts columns, never the words of a phrase; patterns with several optional blanks in a row would try
    every way of sharing it out.
    """
    return _LONG_GAP.sub(lambda gap: "\0" * len(gap[0]), text)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as text."""
    return tuple(text.split())


def openers(words: Iterable[str]) -> frozenset[str]:
    """Return the words in small letters, capitalised and in capitals, for :func:`starts_of`."""
    return frozenset(form for word in words for form in (word.lower(), word.capitalize(), word.upper()))


def starts_of(text: str, words: frozenset[str]) -> Iterator[int]:
    """Yield the places where a run of digits, a pound sign or one of the words begins."""
    for match in _START.finditer(text):
        found = match[0]
        if found[0] <= "9" or found == "£" or found in words:
            yield match.start()
