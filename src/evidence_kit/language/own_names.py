"""Names that the papers themselves explain: "Loom is the staff network of our global majority colleagues".

A trust's networks, councils and dashboards carry names that no lexicon can know. Where a paper says once what a name
stands for, the name counts in all papers of the pack, and the map lists it among its settings; table ``[names]`` of
the settings file goes first.

What explains is a noun phrase of its own: its head must be the thing ("our network of …", not "the chair of our
network"), and nothing may be listed beside it ("Unison, the BAME network and others" explains nobody).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from evidence_kit.language.lexicon import Concept, Lexicon
from evidence_kit.language.phrases import expand
from evidence_kit.language.plain import plain
from evidence_kit.records.document import BlockKind
from evidence_kit.records.passage import Passage

_NO_NAME = (
    r"(?!(?:The|Our|Its|This|That|These|Those|It|He|She|We|They|Here|There|What|Which|Who|Where|When|If|As"
    r"|NHS|ICB|ICS|CQC)\b)"
)
_CAPITALS = r"[A-Z]{3,}\b"
_ONE_WORD = r"[A-Z][a-z]{3,}\b"
_WORDS = r"[A-Z][a-z]+['’]?(?:\s[A-Z][a-z]+['’]?){1,2}(?!\w)"
_NAME = rf"[\"“‘']?(?:[Tt]he\s+)?{_NO_NAME}(?P<name>{_CAPITALS}|{_WORDS}|{_ONE_WORD})[\"”’']?"
_LONG = r"\s*(?P<long>\([^()]{4,90}\))?\s*"
_OURS = r"(?P<what>(?:the|our|its|a|an)\b[^.;:()\n]{4,110})"
_WHAT = r"\b(?P<what>(?:[Tt]he|[Oo]ur|[Ii]ts)\b[^.;:()\n]{4,90}?)"
_IS = r"is(?:\s+what\s+we\s+call|\s+the\s+name\s+(?:of|for|that\s+we\s+give|we\s+give|given)(?:\s+to)?)?"
_SAID = (
    r"(?:(?:which\s+is\s+)?known\s+(?:here\s+)?as|which\s+we\s+call|(?:which\s+is\s+)?called|named"
    r"|by\s+the\s+name\s+of)"
)

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # Few texts have these signs; each pattern is tried only where its sign stands.
    (" is ", re.compile(rf"(?<![\w’'-]){_NAME}{_LONG}\s*{_IS}\s+{_OURS}")),
    (", ", re.compile(rf"(?<!, )(?<![\w’'-]){_NAME}{_LONG},\s+(?:which\s+is\s+|as\s+we\s+call\s+)?{_OURS}")),
    (": ", re.compile(rf"(?<![\w’'-]){_NAME}{_LONG}:\s+{_OURS}")),
    (" – ", re.compile(rf"(?<![\w’'-]){_NAME}{_LONG}\s*–\s*{_OURS}")),
    ("—", re.compile(rf"(?<![\w’'-]){_NAME}{_LONG}\s*—\s*{_OURS}")),
    (" - ", re.compile(rf"(?<![\w’'-]){_NAME}{_LONG}\s+-\s+{_OURS}")),
    ("(", re.compile(rf"(?<![\w’'-]){_NAME}\s*\({_OURS}\)")),
    # In brackets after a body often stands who chairs it: one word, capitals, or a name that says "the".
    (
        "(",
        re.compile(
            rf"{_WHAT}\s+\((?:the\s+{_NO_NAME}(?P<name>{_WORDS})|(?P<short>{_CAPITALS}|{_ONE_WORD}))\)"
        ),
    ),
    *((sign, re.compile(rf"{_WHAT},?\s+{_SAID}\s+{_NAME}")) for sign in ("call", "name", "known")),
    ("mean", re.compile(rf"\b[Bb]y\s+{_NAME}\s+(?:we|is)\s+mean(?:t)?\s+{_OURS}")),
)
_TITLE = re.compile(rf"^(?P<name>{_CAPITALS}|{_WORDS})\s*[:–—]\s+(?P<what>[^.;:()\n]{{4,110}})$")
_GLOSSARY = re.compile(
    r"""(?:name|term|word|title|what\ we\ (?:say|call\ it)|abbreviation|acronym|initials)s?
    \t(?:what\ it\ (?:is|means)|what\ we\ mean|meaning|explanation|definition|description|stands\ for|in\ full)""",
    re.IGNORECASE | re.VERBOSE,
)
_HEAD_ENDS = re.compile(
    r"""[,]|\b(?:of|for|to|that|which|who|where|by|with|in|at|on|from|and|or|is|are|was|were|has|run|led|open|set|made|held
    |begun|founded|formed|\w{2,}ing)\b""",
    re.VERBOSE,
)
_ANOTHER_CLAUSE = re.compile(r",\s+and\s+(?:this|that|it)\b.*")
"""After it no list goes on: "into Kiln, the race equality plan, and this was agreed"."""
_LISTED = re.compile(r"\b(?:and|or)\s+(?:the|our|its|their|an?|all|others?|both)\b")
_OTHERS = re.compile(
    r"(?<!the )\bTrust\b|\b(?:Hospitals?|ICB|University|Borough|NHS England)\b|\b[A-Z]\w+['’]s\b"
)


class _Explained(NamedTuple):
    """A name with the words that explain it."""

    name: str
    what: str


def learn_names(passages: Iterable[Passage], lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return pairs of name and concept id, sorted, for concepts that may be learnt (``learn_names`` in the lexicon).

    A name counts when the words that explain it are headed by a form of the concept or by a part of one of its
    compounds whose other parts stand there too. A name that papers explain in two meanings, a word of the lexicon, and
    a word that the papers write without a capital more often than with one, is none.
    """
    wanted = [concept for concept in lexicon.concepts if concept.learn_names]
    if not wanted:
        return ()
    rules = _Rules(lexicon)
    meanings: dict[str, set[str]] = defaultdict(set)
    texts: list[str] = []
    for passage in passages:
        text = plain(passage.text)
        texts.append(text)
        for name, what in _explained(text, passage):
            for concept in wanted:
                if rules.fits(concept, what) and not rules.knows(name):
                    meanings[name].add(concept.id)
    return tuple(
        (name, next(iter(found)))
        for name, found in sorted(meanings.items())
        if len(found) == 1 and _is_a_name(name, texts)
    )


def _explained(text: str, passage: Passage) -> Iterator[_Explained]:
    for sign, pattern in _PATTERNS:
        if sign in text:
            for match in pattern.finditer(text):
                groups = match.groupdict()
                name, what = groups["name"] or groups["short"], groups["what"]
                if groups.get("long"):
                    yield _Explained(name, f"the {groups['long'][1:-1]}")
                yield _Explained(name, what)
    if passage.kind is BlockKind.HEADING and (title := _TITLE.match(text)):
        yield _Explained(title["name"], f"the {title['what']}")
    if _GLOSSARY.match("\t".join(passage.context.header)) and passage.text.count("\t"):
        cells = [cell.strip() for cell in text.split("\t")]
        if re.fullmatch(_NAME, cells[0]):
            name = re.sub(r"^[Tt]he\s+", "", cells[0])
            yield _Explained(name, re.sub(r"^(?!(?:The|Our|Its|An?)\b)", "the ", cells[1]))


def _is_a_name(name: str, texts: list[str]) -> bool:
    """Tell whether the papers write it as a name: with its capitals in mid-sentence, and seldom without."""
    if name.isupper():
        return True
    inside = re.compile(rf"(?<=[a-z0-9,(“‘]\s){re.escape(name)}(?!\w)|(?<=[(“‘]){re.escape(name)}(?!\w)")
    small = re.compile(rf"(?<!\w){re.escape(name.lower())}(?!\w)")
    named = sum(len(inside.findall(text)) for text in texts if name in text)
    return named > 0 and named >= sum(len(small.findall(text)) for text in texts)


class _Rules:
    """Looks for concepts and for the parts of compounds in a phrase."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._concepts = {concept.id: concept for concept in lexicon.concepts}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def knows(self, name: str) -> bool:
        """Tell whether a name is a word of the lexicon; one in capitals ("REACH") is not the verb of its letters."""
        return name in self._as_written if name.isupper() else name.casefold() in self._in_any_case

    @cached_property
    def _as_written(self) -> frozenset[str]:
        return frozenset(phrase for concept in self._concepts.values() for phrase in _phrases_of(concept))

    @cached_property
    def _in_any_case(self) -> frozenset[str]:
        return frozenset(phrase.casefold() for phrase in self._as_written)

    def fits(self, concept: Concept, what: str) -> bool:
        """Tell whether a noun phrase is the concept: its head, with all that the concept asks for beside it."""
        phrase = re.sub(r"^(?:the|our|its|an?)\s+", "", _ANOTHER_CLAUSE.sub("", what), flags=re.IGNORECASE)
        end = cut.start() if (cut := _HEAD_ENDS.search(phrase)) else len(phrase)
        head = re.sub(r"[\s\d/–-]+$", "", phrase[:end])
        if (
            phrase[end : end + 1] == ","
        ):  # What follows is no part of it: "the council, schools, the BAME community".
            phrase = phrase[: end + 6]
        if re.match(r",?\s*(?:and|or)\b", phrase[end:]) or _LISTED.search(phrase) or _OTHERS.search(phrase):
            return False
        return self._ends_in(concept.id, head) or any(
            all(self._names(part, phrase) for part in near.all_of)
            and any(self._ends_in(part, head) for part in near.all_of)
            and not any(self._names(part, phrase) for part in near.not_between)
            for near in concept.near
        )

    def _names(self, concept_id: str, phrase: str) -> bool:
        return self._pattern(concept_id).search(phrase) is not None

    def _ends_in(self, concept_id: str, head: str) -> bool:
        return any(match.end() == len(head) for match in self._pattern(concept_id).finditer(head))

    def _pattern(self, concept_id: str) -> re.Pattern[str]:
        if concept_id not in self._patterns:
            forms = sorted(self._forms(concept_id, frozenset()), key=lambda form: (-len(form), form))
            words = "|".join(re.escape(form) for form in forms) or r"(?!)"
            self._patterns[concept_id] = re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)
        return self._patterns[concept_id]

    def _forms(self, concept_id: str, seen: frozenset[str]) -> set[str]:
        """Collect the forms of a concept and of the narrower ones."""
        concept = self._concepts[concept_id]
        forms = set(_phrases_of(concept))
        for narrower in concept.includes:
            if narrower not in seen:
                forms |= self._forms(narrower, seen | {concept_id})
        return forms


def _phrases_of(concept: Concept) -> Iterable[str]:
    return (phrase for form in (*concept.forms, *concept.cased) for phrase in expand(form))
