"""The lexicon: concepts with their surface forms, and cues of stance and ownership, read from YAML.

Vocabulary is data (``taxonomy/lexicon/*.yml``): a synonym is a line there, never a line here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evidence_kit.errors import FrameworkInvalid
from evidence_kit.framework.yaml_source import Faults, Node, read_yaml
from evidence_kit.language.phrases import expand
from evidence_kit.language.plain import plain


class Sort(StrEnum):
    """What a concept is; decides how it is carried from clause to clause (``language/read.py``)."""

    STRAND = "strand"
    """A protected characteristic or other equality strand: race, disability, deprivation …"""
    BODY = "body"
    """A group that meets: board, committee, network, council."""
    ROLE = "role"
    ACT = "act"
    """Something done: attend, appoint, publish. Never carried from one clause to another."""
    THING = "thing"
    MEASURE = "measure"
    TOPIC = "topic"
    WORD = "word"
    """An ingredient of compound concepts, with no meaning of its own."""


class Meaning(StrEnum):
    """What a cue says of the text in which it stands; ``language/stance.py`` says how each bends a stance."""

    PLANNED = "planned"
    ASPIRATION = "aspiration"
    NEGATIVE = "negative"
    NOT_YET = "not_yet"
    WILL_NOT = "will_not"
    """Refusal or end: "will not be continued", "no longer"."""
    REQUIRED = "required"
    COMPLETE = "complete"
    OPEN_STATUS = "open_status"
    """Not started, in progress, on track: the status words of plans."""
    DONE = "done"
    HEARSAY = "hearsay"
    """What somebody heard or supposes."""
    HOLDS = "holds"
    """A rule that holds from the moment it is told, however it is worded: "who abuses staff will be asked to leave"."""
    OTHER = "other"
    """Another organisation's."""
    OWN = "own"
    WISHED = "wished"
    """A heading under which a wished-for state is told as if it were so: "Measures of success"."""
    ASKED = "asked"
    """A heading or stem under which readers are asked something: a poll, a survey."""
    STATUS_COLUMN = "status_column"
    ASKING_COLUMN = "asking_column"
    PLAN_COLUMN = "plan_column"


class Where(StrEnum):
    """What text a cue is looked for in."""

    TEXT = "text"
    """Clauses."""
    HEADING = "heading"
    """Headings, captions and list stems."""
    COLUMN = "column"
    """Header cells of tables."""
    SUBJECT = "subject"
    """The words with which a clause opens, behind those of time: who does it."""


_OF_COLUMNS = frozenset({Meaning.STATUS_COLUMN, Meaning.ASKING_COLUMN, Meaning.PLAN_COLUMN})
_OF_HEADINGS = frozenset(
    {
        Meaning.NEGATIVE,
        Meaning.PLANNED,
        Meaning.WISHED,
        Meaning.ASKED,
        Meaning.ASPIRATION,
        Meaning.REQUIRED,
        Meaning.OTHER,
    }
)
MEANINGS = {
    Where.TEXT: frozenset(Meaning) - _OF_COLUMNS - {Meaning.WISHED, Meaning.ASKED},
    Where.HEADING: _OF_HEADINGS,
    Where.COLUMN: _OF_COLUMNS,
    Where.SUBJECT: frozenset({Meaning.OTHER}),
}
"""The meanings that are asked for in each: a cue with another would never be heard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A compound: all of these concepts within so many words of each other, in one sentence.

    Attributes:
        within: Words between the first and the last of them, at most.
        not_between: None of these concepts may stand in the stretch.
    """

    all_of: tuple[str, ...]
    within: int
    not_between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A meaning with the words that carry it.

    Attributes:
        forms: Matched without regard to case; ``{,s}`` stands for alternatives (``phrases.py``).
        cased: Matched with regard to case (REACH is a network, reach is a verb).
        unless: Longer phrases inside which a form does not mean this.
        includes: Narrower concepts, each mention of which is also a mention of this one.
        learn_names: Names that the papers explain by the words of its compounds count as it (``own_names.py``).
        by_heading: An act that a heading can report for all that stands under it ("Present").
    """

    id: str
    label: str
    sort: Sort
    forms: tuple[str, ...] = ()
    cased: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()
    by_heading: bool = False
    learn_names: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CueRule:
    """Words that give a stance or an owner, as one compiled pattern.

    Attributes:
        name: Name of the cue, printed by ``explain``.
        meaning: Value of a :class:`Meaning`.
        where: Value of a :class:`Where`.
    """

    name: str
    meaning: str
    where: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All concepts and cues.

    Attributes:
        digest: SHA-256 over the files, for the run's record.
    """

    concepts: tuple[Concept, ...]
    cues: tuple[CueRule, ...]
    digest: str

    def ids(self) -> frozenset[str]:
        """Return the ids of all concepts."""
        return frozenset(concept.id for concept in self.concepts)

    def sorts(self) -> dict[str, Sort]:
        """Return each concept's sort."""
        return {concept.id: concept.sort for concept in self.concepts}


def load_lexicon(*folders: Path) -> Lexicon:
    """Read every ``*.yml`` of the folders; later folders may add concepts, never redefine one.

    Raises:
        FrameworkInvalid: Something is wrong; every fault is listed with file and line.
    """
    faults = Faults()
    digest = hashlib.sha256()
    concepts: dict[str, Concept] = {}
    cues: list[CueRule] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.yml"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
        node = Node(read_yaml(path, faults), path, faults)
        for child in node.children("concepts"):
            concept = _concept(child)
            if concept.id in concepts:
                child.fault(f"concept `{concept.id}` is defined twice", "id")
            concepts[concept.id] = concept
        cues.extend(rule for child in node.children("cues") if (rule := _cue(child)) is not None)
        node.refuse_unknown()
    _check_names(concepts, faults, folders)
    if faults.lines:
        raise FrameworkInvalid(tuple(faults.lines))
    ordered = tuple(concepts[name] for name in sorted(concepts))
    return Lexicon(concepts=ordered, cues=tuple(cues), digest=digest.hexdigest())


def _as_written(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(form) for form in forms))


def _concept(node: Node) -> Concept:
    concept = Concept(
        id=node.text("id"),
        label=node.text("label", node.text("id")),
        sort=node.one_of("sort", Sort),
        forms=_as_written(node.words("forms")),
        cased=_as_written(node.words("cased")),
        unless=_as_written(node.words("unless")),
        includes=node.words("includes"),
        near=tuple(_near(child) for child in node.children("near")),
        by_heading=node.flag("by_heading", False),
        learn_names=node.flag("learn_names", False),
    )
    node.refuse_unknown()
    if not (concept.forms or concept.cased or concept.includes or concept.near):
        node.fault(f"concept `{concept.id}` has no forms, so that nothing can ever match it")
    return concept


def _near(node: Node) -> Near:
    near = Near(
        all_of=node.words("all"), within=node.number("within") or 6, not_between=node.words("not_between")
    )
    node.refuse_unknown()
    return near


def _cue(node: Node) -> CueRule | None:
    name, meaning = node.text("name"), node.one_of("meaning", Meaning)
    where = node.one_of("where", Where, Where.TEXT)
    written = _as_written(node.words("forms"))
    forms = [re.escape(phrase).replace(r"\ ", r"\s+") for form in written for phrase in expand(form)]
    parts = [rf"\b(?:{'|'.join(sorted(forms, key=len, reverse=True))})\b"] if forms else []
    parts.extend(node.words("patterns"))
    node.refuse_unknown()
    if meaning not in MEANINGS[where]:
        heard = ", ".join(each for each in Meaning if each in MEANINGS[where])
        node.fault(f"cue `{name}`: `{meaning}` is never heard in `{where}`; heard there: {heard}", "meaning")
    if not parts:
        node.fault(f"cue `{name}` has neither forms nor patterns")
        return None
    try:
        pattern = re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
    except re.error as error:
        node.fault(f"cue `{name}`: not a regular expression: {error}", "patterns")
        return None
    return CueRule(name=name, meaning=meaning.value, where=where.value, pattern=pattern)


def _check_names(concepts: dict[str, Concept], faults: Faults, folders: tuple[Path, ...]) -> None:
    for concept in concepts.values():
        named = [
            *concept.includes,
            *(part for near in concept.near for part in (*near.all_of, *near.not_between)),
        ]
        for name in named:
            if name not in concepts:
                faults.add(folders[0], None, f"concept `{concept.id}` names an unknown concept `{name}`")
