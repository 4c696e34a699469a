"""Words of a text as spaCy's blank English tokenizer cuts them. The only home of spaCy.

The tokenizer decides by what stands between two blanks, and a pack says the same few ten thousand things over and
over: each is cut once, and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

GAP = " "
"""The token of a gap wider than a blank: of the cells of a row, of columns. No phrase spans it."""
_PLAIN_WORD = re.compile(r"[A-Za-z]+")
_WIDE = re.compile(r"\s{2,}|[^\S ]")


class Tokenizer:
    """Cuts text into tokens."""

    def __init__(self) -> None:
        # Here and not above: a run that finds all its readings kept cuts no words, and spaCy takes half a second.
        import spacy

        language = spacy.blank("en")
        language.vocab.lex_attr_getters = {}  # of a word we ask nothing but its letters
        cut = language.tokenizer
        rules = frozenset(cut.rules)

        @cache
        def tokens_of(piece: str) -> tuple[str, ...]:
            if not piece:
                return (GAP,)
            if _PLAIN_WORD.fullmatch(piece) and piece not in rules:
                return (piece,)
            return tuple(token.text for token in cut(piece))

        self._tokens_of = tokens_of

    def tokens(self, text: str) -> list[str]:
        """Return the tokens of a text, in order, :data:`GAP` among them."""
        tokens_of = self._tokens_of
        return [token for piece in _WIDE.sub("  ", text).split(" ") for token in tokens_of(piece)]


def starts_of_tokens(text: str, tokens: Sequence[str]) -> list[int]:
    """Return where each token of a text begins; a gap, where the token before it ends."""
    starts, end = [], 0
    for token in tokens:
        if token == GAP:
            starts.append(end)
        else:
            starts.append(text.index(token, end))
            end = starts[-1] + len(token)
    return starts
