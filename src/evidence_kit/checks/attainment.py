"""Claims of attainment: "we meet all bronze deliverables". They show nothing, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import Reading, Stance, Whose

_MET = (
    r"(?:meets?|met|meeting|fulfil(?:s|led)?|satisf(?:y|ies|ied)|achieve[sd]?|deliver(?:s|ed)?|completed?|attain(?:s|ed)?"
    r"|implement(?:s|ed)?|compl(?:y|ies|ied)|compliant|in\s+place)\b"
)
_WHOLE = r"(?<!\w)(?:(?:all|every|each)\b|100\s?%)"
_FULLY = r"\b(?:fully|wholly|entirely)"
_FEW = r"(?:[\s,]+[\w’'-]+){0,5}?\s+"
_NEAR = r"[^.;|]{0,60}?"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that claim a level whole, or all levels.

    Attributes:
        levels: Ids of the levels that it names; all of the framework's where it names none.
    """

    words: str
    passage: Passage
    paper: Paper
    levels: frozenset[str]

    def is_about(self, criterion: Criterion) -> bool:
        """Tell whether the claim covers a criterion: what supports a level's deliverables is not claimed with them."""
        return criterion.gates_level and criterion.level in self.levels


class Claims:
    """Knows a claim of a framework's levels when it sees one."""

    def __init__(self, framework: Framework) -> None:
        self._levels = {level.label.casefold(): level.id for level in framework.levels}
        labels, names = "|".join(map(_form, self._levels)), "|".join(map(_form, _names(framework)))
        things = r"(?:deliverables?|criteria|criterion|requirements?|standards?|actions?)"
        asked = (
            rf"(?:(?:{labels})(?:[\s-]level)?\s+{things}|{things}\s+(?:\w+\s+){{0,3}}?(?:{labels}|{names}))\b"
        )
        whole = rf"(?:{asked}|\b(?:{labels}|{names})\b)"
        self._label = re.compile(rf"\b(?:{labels})\b", re.IGNORECASE)
        self._claim = re.compile(
            rf"\b{_MET}{_FEW}{_WHOLE}{_FEW}{asked}|{_WHOLE}{_FEW}{asked}{_NEAR}\b{_MET}"
            rf"|{_FULLY}\s+{_MET}{_FEW}{whole}|\b{_MET}\s+in\s+full{_FEW}{whole}",
            re.IGNORECASE,
        )

    def may_stand_in(self, text: str) -> bool:
        """Tell whether a text has the words of a claim; whether it makes one, its reading tells."""
        return self._claim.search(text) is not None

    def of(self, passage: Passage, paper: Paper, reading: Reading) -> Iterable[Claim]:
        """Yield the claims that a passage makes for its own organisation: said to be so, not planned or asked."""
        for act in reading.acts:
            words = passage.text[act.start : act.end]
            if act.stance is Stance.DONE and act.whose is Whose.OWN and self.may_stand_in(words):
                named = {
                    self._levels[" ".join(match.group().casefold().split())]
                    for match in self._label.finditer(words)
                }
                yield Claim(words, passage, paper, frozenset(named or self._levels.values()))


def _form(name: str) -> str:
    """Return a pattern of a name, however its words are joined: by a hyphen, a blank or a line's end."""
    return re.escape(name).replace(r"\-", r"[-\s]?").replace(r"\ ", r"\s+")


def _names(framework: Framework) -> list[str]:
    """Return what a framework is called for short: its title, and the last two words of aliases that end as it does."""
    last = framework.title.split()[-1]
    short = (" ".join(alias.split()[-2:]) for alias in framework.aliases if alias.endswith(last))
    return list(dict.fromkeys((framework.title, *short)))
