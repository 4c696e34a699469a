"""Acts of labelled passages: what people said of them, what the rules read, and what could be learnt from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evidence_kit.classify.features import HEADINGS_USED, Around
from evidence_kit.language.dates import find_dates
from evidence_kit.language.facts import sure_date
from evidence_kit.language.lexicon import CueRule
from evidence_kit.language.plain import plain
from evidence_kit.language.read import Reader
from evidence_kit.language.stance import find_cues
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.records.document import Span
from evidence_kit.records.passage import Paper, PaperKind, PaperStatus, Passage, Profile
from evidence_kit.records.reading import Act, Origin, Stance, Whose
from evidence_kit.training.corpus import LabelledPassage
from evidence_kit.training.examples import as_passage

DONE, MENTION = Stance.DONE.value, Stance.MENTION.value
OWN, OTHER = Whose.OWN.value, Whose.OTHER.value
ALONE = "no cue: a verb or a figure"
NOTHING = "nothing that reports"
NOBODY = "nobody"
"""Whose act a requirement is, a question, or the description of a standard."""

_WORDS = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d[\d.,/]*|[%:;?|]")
_DRAFT = re.compile(r"\bdraft\b", re.IGNORECASE)
_MINUTES = frozenset({PaperKind.BOARD_MINUTES, PaperKind.COMMITTEE_MINUTES, PaperKind.NETWORK_MINUTES})
_FIGURE = "0"
_LENGTH = 2.0
"""Of the words of one place together, where a flag is 1."""
_VERB_FORMS = {
    "future": re.compile(r"\b(?:will|shall)\b|['’]ll\b", re.IGNORECASE),
    "perfect": re.compile(r"\b(?:has|have|had)\s+(?:\w+\s+)?(?:been\s+)?\w+(?:ed|en|n|t|d)\b", re.IGNORECASE),
    "passive": re.compile(r"\b(?:is|are|was|were)\s+(?:\w+\s+)?\w+(?:ed|en|n|t)\b", re.IGNORECASE),
    "past": re.compile(r"\b(?!need|exceed|proceed|indeed)\w{2,}ed\b", re.IGNORECASE),
    "modal": re.compile(r"\b(?:would|could|should|might|may|must|can)\b", re.IGNORECASE),
    "opens with -ing": re.compile(r"\W*\w+ing\b", re.IGNORECASE),
    "denial": re.compile(r"\b(?:no|not|never|none|nobody|nothing|without)\b|n['’]t\b", re.IGNORECASE),
}

Features = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An act of a labelled passage: its stance and owner as people labelled them, and as the rules read them.

    What another body does is ``mention`` on both sides: it shows nothing. ``by`` names the cue that the rules went by;
    without one they call *done* what a verb or a figure reports, and say nothing of the rest (``mention``).
    """

    organisation: str
    stance: str
    whose: str
    read: str
    read_whose: str
    by: str
    features: Features


def acts_told(
    passages: Iterable[LabelledPassage], around: Iterable[Around], knowledge: Knowledge
) -> Iterator[Told]:
    """Yield the act of each passage with a stance: of several, the one that names most of what its criteria name."""
    about = {criterion.id: frozenset(criterion.concepts) for criterion in knowledge.framework.criteria}
    readers: dict[str, Reader] = {}
    for labelled, each in zip(passages, around, strict=True):
        if labelled.stance is None:
            continue
        name = labelled.organisation.replace("-", " ").title()
        reader = readers.setdefault(name, Reader(knowledge.lexicon, name))
        concepts = frozenset().union(*(about[criterion] for criterion in (*labelled.bears, *labelled.near)))
        yield told_of(labelled, each, reader, concepts, knowledge.lexicon.cues)


def told_of(
    labelled: LabelledPassage,
    around: Around,
    reader: Reader,
    concepts: frozenset[str],
    cues: tuple[CueRule, ...],
) -> Told:
    """Read one labelled passage; ``concepts`` are those of its criteria."""
    passage = as_passage(labelled)
    if labelled.header:
        passage = replace(passage, cells=_cells(labelled.text))
    paper = _paper(labelled)
    acts = reader.read(passage, around.tags, paper).acts
    act = max(acts, key=lambda act: len(act.concepts() & concepts), default=None)
    stance = labelled.stance.value if labelled.stance else MENTION
    whose = labelled.whose.value if labelled.whose else OWN
    read, read_whose = (act.stance.value, act.whose.value) if act else (MENTION, OWN)
    return Told(
        organisation=labelled.organisation,
        stance=MENTION if whose == OTHER else stance,
        whose=_owner(stance, whose),
        read=MENTION if read_whose == OTHER else read,
        read_whose=_owner(read, read_whose),
        by=decided_by(act),
        features=features_of(passage, paper, acts, act, cues),
    )


def features_of(
    passage: Passage, paper: Paper, acts: Sequence[Act], act: Act | None, rules: tuple[CueRule, ...]
) -> Features:
    """Return what a learned stance sees of an act, by name.

    Its own words, one and two in a row; its concepts, cues and forms of verbs; its dates against the paper's; headings,
    stem and table header; the paper's kind; what else its passage says. Words of one place share a fixed length.
    """
    start, end = (act.start, act.end) if act else (0, len(passage.text))
    text, context = plain(passage.text[start:end]), passage.context
    words = _words(text)
    headings = " ".join(context.headings[-HEADINGS_USED:])
    places = {
        "word": words,
        "words": [" ".join(pair) for pair in pairwise(words)],
        "heading": _words(headings),
        "stem": _words(context.stem),
        "header": _words(" | ".join(context.header)),
        "beside": _words(f"{passage.text[:start]} {passage.text[end:]}"),
        "concept": [each.concept for each in act.mentions if each.origin is Origin.TEXT] if act else [],
    }
    cues = find_cues(text, rules, where="text")
    flags = {
        f"opens {' '.join(words[:2])}",
        f"kind {paper.profile.kind.value}",
        *(f"cue {name}" for name in cues),
        *(f"cue {name}: {cue.text.casefold()}" for name, cue in cues.items()),
        *(f"heading cue {name}" for name in find_cues(headings, rules, where="heading")),
        *(f"stem cue {name}" for name in find_cues(context.stem, rules, where="heading")),
        *(f"form {name}" for name, pattern in _VERB_FORMS.items() if pattern.search(text)),
        *(f"beside {each.stance.value}" for each in acts if each is not act),
        *(f"date {name}" for name in _dates(act, paper)),
        *(("owner cue",) if act and any(cue.name == OTHER for cue in act.cues) else ()),
        *(("figures",) if act and act.quantities else ()),
        *(("row",) if passage.cells else ()),
    }
    made = dict.fromkeys(flags, 1.0)
    for place, names in places.items():
        made.update({f"{place}: {name}": _LENGTH / len(set(names)) ** 0.5 for name in names})
    return made


def decided_by(act: Act | None) -> str:
    """Return what the rules went by: the owner's cue, that of the stance, or none."""
    if act is None:
        return NOTHING
    if act.whose is Whose.OTHER:
        return OTHER
    if act.cues:
        return act.cues[0].name
    return ALONE if act.stance is Stance.DONE else NOTHING


def _words(text: str) -> list[str]:
    return [_FIGURE if word[0].isdigit() else word for word in _WORDS.findall(plain(text).casefold())]


def _dates(act: Act | None, paper: Paper) -> Iterator[str]:
    """Yield where an act's dates lie, seen from its paper's."""
    for each in act.dates if act else ():
        if each.deadline:
            yield "deadline"
        elif (told := sure_date(paper.profile)) is not None:
            yield "ahead" if each.first > told else "behind"


def _owner(stance: str, whose: str) -> str:
    if whose == OTHER:
        return OTHER
    return NOBODY if stance == MENTION else OWN


def _cells(text: str) -> tuple[Span, ...]:
    """Return where the cells of a labelled row stand, which bars part."""
    return tuple(cell.span() for cell in re.finditer(r"[^|\s](?:[^|]*[^|\s])?", text))


def _paper(labelled: LabelledPassage) -> Paper:
    """Return a labelled passage's paper: of the day or period, and in the state, that its title names."""
    told = [each for each in find_dates(labelled.title) if not each.deadline]
    minutes = labelled.kind in _MINUTES
    day = told[-1].last if told else None
    return Paper(
        id=labelled.organisation,
        document=labelled.organisation,
        first_page=0,
        last_page=0,
        profile=Profile(
            title=labelled.title,
            kind=labelled.kind,
            status=PaperStatus.DRAFT if _DRAFT.search(labelled.title) else PaperStatus.UNKNOWN,
            meeting_date=day if minutes else None,
            document_date=day,
        ),
    )
