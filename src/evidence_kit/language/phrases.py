"""Phrases: finds the forms of concepts in a text's tokens without writing out every combination of their alternatives.

A form such as ``{each,every} {of the ,}quarter{s,} of {2024,2025}`` stands for sixteen phrases, and some stand for
thousands. Here a form is a chain of segments, cut where a blank must stand, and only each segment's own alternatives
are written out. The chains of all forms make one automaton, whose sets of states are put together when a text first
reaches them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_PART = re.compile(r"\{([^{}]*)\}|( +)|([^{} ]+|[{}])")
"""An alternation, blanks, or other signs of a form."""


def expand(form: str) -> tuple[str, ...]:
    """Write out a form's alternatives: ``attend{,s,ed}`` is ``attend``, ``attends``, ``attended``, left to right."""
    made = [""]
    for match in _PART.finditer(form):
        options = [match.group()] if match.group(1) is None else match.group(1).split(",")
        made = [before + option for before in made for option in options]
    return tuple(" ".join(each.split()) for each in made)


def segments(form: str) -> tuple[str, ...]:
    """Cut a form where every phrase that it stands for has a blank (or begins): the cuts part no word."""
    found: list[str] = []
    now = ""
    for match in _PART.finditer(form):
        if match.group(2):
            found.append(now)
            now = ""
        elif not now and match.group(1) is not None and _is_whole_words(match.group(1).split(",")):
            found.append(match.group())
        else:
            now += match.group()
    return tuple(each for each in (*found, now) if each)


def _is_whole_words(options: list[str]) -> bool:
    return all(not option or option.endswith(" ") for option in options)


@dataclass(slots=True)
class _Step:
    """A set of states that a text has reached.

    Attributes:
        keys: Of the forms that end here.
        ways: By the next token, the states that it leads to.
        known: The steps that were taken from here before.
    """

    keys: tuple[str, ...]
    ways: dict[str, list[int]]
    known: dict[str, _Step]


class PhraseFinder:
    """Finds forms in tokens.

    Args:
        tokenise: Makes the tokens of a phrase, as they will stand in the texts.
    """

    def __init__(self, tokenise: Callable[[str], Sequence[str]]) -> None:
        self._tokenise = tokenise
        self._tokens: dict[str, Sequence[str]] = {}
        self._ways: list[dict[str, list[int]]] = [{}]
        self._keys: list[set[str]] = [set()]
        self._steps: dict[frozenset[int], _Step] = {}

    def add(self, key: str, form: str) -> None:
        """Take a form in; several may have one key, and one form several keys."""
        self._add_chain(key, tuple(expand(segment) for segment in segments(form)))

    def add_phrase(self, key: str, phrase: str) -> None:
        """Take in a phrase letter by letter, braces and all."""
        self._add_chain(key, ((phrase,),))

    def find(self, tokens: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Yield key, first token and the token after the last, for every form at every place, overlapping or not."""
        root = self._step(frozenset({0}))
        count = len(tokens)
        for first in [place for place, token in enumerate(tokens) if token in root.ways]:
            step, last = root, first
            while last < count:
                token = tokens[last]
                following = step.known.get(token)
                if following is None:
                    reached = step.ways.get(token)
                    if reached is None:
                        break
                    following = step.known[token] = self._step(frozenset(reached))
                step, last = following, last + 1
                for key in step.keys:
                    yield key, first, last

    def _add_chain(self, key: str, chain: tuple[tuple[str, ...], ...]) -> None:
        ends = {0}
        for phrases in chain:
            ends = self._add_segment(ends, phrases)
        for end in ends - {0}:
            self._keys[end].add(key)
        self._steps.clear()

    def _add_segment(self, starts: set[int], phrases: tuple[str, ...]) -> set[int]:
        end = self._new_state()
        for phrase in dict.fromkeys(phrases):
            tokens = self._tokens_of(phrase)
            if not tokens:
                continue
            entry = end
            for token in reversed(tokens[1:]):
                before = self._new_state()
                self._ways[before].setdefault(token, []).append(entry)
                entry = before
            for start in starts:
                self._ways[start].setdefault(tokens[0], []).append(entry)
        return {end, *starts} if "" in phrases else {end}

    def _tokens_of(self, phrase: str) -> Sequence[str]:
        if phrase not in self._tokens:
            self._tokens[phrase] = self._tokenise(phrase) if phrase else ()
        return self._tokens[phrase]

    def _new_state(self) -> int:
        self._ways.append({})
        self._keys.append(set())
        return len(self._ways) - 1

    def _step(self, states: frozenset[int]) -> _Step:
        if states in self._steps:
            return self._steps[states]
        keys = sorted(set().union(*(self._keys[state] for state in states)))
        ways: dict[str, list[int]] = {}
        if len(states) == 1:
            ways = self._ways[next(iter(states))]
        else:
            for state in sorted(states):
                for token, following in self._ways[state].items():
                    ways.setdefault(token, []).extend(following)
        step = _Step(keys=tuple(keys), ways=ways, known={})
        self._steps[states] = step
        return step
