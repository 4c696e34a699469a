"""Table rows: which cell asks, which answers, and whether a status column says that it is done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence_kit.language import stance as st
from evidence_kit.language.dates import find_dates
from evidence_kit.language.facts import sure_date
from evidence_kit.language.lexicon import CueRule, Meaning
from evidence_kit.language.people import find_people
from evidence_kit.language.plain import plain
from evidence_kit.language.sentences import split_sentences
from evidence_kit.language.surroundings import Surroundings
from evidence_kit.records.document import Span
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import Cue, Mention, Origin, Person, Stance, Tags

_EMPTY = re.compile(r"(?:[\W\d_]|\b(?:tbc|tbd|n/?a|none|ref|[a-z]{0,2}\d+[a-z]?)\b)*", re.IGNORECASE)
"""Numbers, marks and "tbc" answer nothing."""
_NOBODY = re.compile(
    r"\W*(?:n|no|x|✗|✘|0|nil|absent|apol(?:s|ogies|ogised)?|did not attend|dna|n/?a|none|tbc|vacant)?\W*",
    re.IGNORECASE,
)
"""What a cell says where the person of its column was not there."""
_ASKS_WHO = re.compile(r"\b(?:owner|comments?|views?|questions?|actions?|to|for)\b", re.IGNORECASE)
"""In the head of a column that says something else of a role: "Comments of the Chief Nurse", "To Chief Nurse"."""
_IN_PART = re.compile(
    r"\b(?:part(?:ial|ially|ly)?|nearly|almost|largely|mostly|substantially|half|not\s+fully)\b|(?<![\d.])\d{1,2}\s?%",
    re.IGNORECASE,
)
"""What makes of "complete" something that is not."""
_NUMBER = re.compile(r"\s*[\d.,]+\s*%?\s*")
"""A count under "Completed" is how many did, no word on how it stands."""
_SAYS_YES = re.compile(
    r"\W*(?:y|yes|[✓✔☑]|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}\s+[A-Z][a-z]{2,8}\s+\d{2,4}|[A-Z][a-z]{2,8}\s+20\d\d"
    r"|[1-9]\d{0,4}(?:\s*\([\d.]+\s?%\))?|[1-9][\d.]*\s?%)\W*",
    re.IGNORECASE,
)
"""What a cell says where what its column names took place."""
_AFTER_A_STATUS = re.compile(
    r"\W*$|\s*[.,;:(–—-]|\s+(?:in|on|for|since|from|until|at)\b|\s+(?:to\s+)?(?:\d|(?:spring|summer|autumn|winter|jan|feb"
    r"|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\b|next\b)",
    re.IGNORECASE,
)
"""Behind a row's status that no column's name tells of: "Open. Paper being drafted", but not "Open to all"."""
_LONGEST_STATUS = 12
"""Words of a cell that is a status by its own words."""
_MINUTES = re.compile(
    r"\W*(?:item\s+and\s+)?(?:minutes?|discussion|decisions?|notes?|record|summary)\b", re.IGNORECASE
)
"""Heads a column of minutes, beside which "Action" holds initials and a month."""
_TELLS_WORDS = 18
_TELLS_SHARE = 0.7
"""A cell of at least so many words in more than one sentence, which is so much of its row, tells as prose does."""
_TICKED = re.compile(r"[✓✔☑]")
_LONGEST_NAME = 60
STATUS_COLUMN = Meaning.STATUS_COLUMN.value
ASKING_COLUMN = Meaning.ASKING_COLUMN.value
PLAN_COLUMN = Meaning.PLAN_COLUMN.value


@dataclass(frozen=True, slots=True)
class Row:
    """How a row is to be read.

    Attributes:
        asking: Spans of the cells that state a requirement.
    """

    stance: Stance
    cues: tuple[Cue, ...]
    asking: tuple[Span, ...] = ()


def people_of_columns(passage: Passage) -> tuple[Person, ...]:
    """Return the roles that head columns with an entry in this row: a date or "Y" under "Chief Nurse" is hers."""
    found: list[Person] = []
    for name, (start, end) in zip(passage.context.header, passage.cells, strict=False):
        if name and _NOBODY.fullmatch(passage.text, start, end) is None and not _ASKS_WHO.search(name):
            found.extend(replace(each, start=start, end=end) for each in find_people(name))
    return tuple(found)


def answered(passage: Passage, mention: Mention) -> bool | None:
    """Tell whether the cell under a mention of a row's header says yes (a date, a tick, a number) or no.

    Returns:
        ``None`` where it says something else, or where no column has these words.
    """
    said: bool | None = None
    for name, (start, end) in zip(passage.context.header, passage.cells, strict=False):
        if plain(name)[mention.start : mention.end].casefold() != mention.form.casefold():
            continue
        if _SAYS_YES.fullmatch(passage.text, start, end):
            return True
        if _NOBODY.fullmatch(passage.text, start, end):
            said = False
    return said


def told_in(passage: Passage, rules: tuple[CueRule, ...]) -> Span | None:
    """Return the cell of a row that tells in sentences, as minutes in a table do; beside it stand a number and names.

    ``None`` in a table that has a column for a status, a plan or a requirement and none of minutes.
    """
    header = passage.context.header
    index, (start, end) = max(enumerate(passage.cells), key=lambda each: each[1][1] - each[1][0])
    minutes = index < len(header) and _MINUTES.match(header[index]) is not None
    if not minutes and any(st.find_cues(name, rules, where="column") for name in header if name):
        return None
    text = passage.text[start:end]
    if len(text.split()) < _TELLS_WORDS or end - start < _TELLS_SHARE * len(passage.text):
        return None
    told = [text[low:high] for low, high in split_sentences(text)]
    return (start, end) if sum(map(st.has_finite_verb, told)) > 1 else None


def only_told(text: str, tags: Tags, told: Span) -> tuple[str, Tags]:
    """Leave of a row the cell that tells; what stands beside it ("Anti-racism plan") is over it like a heading."""
    start, end = told
    mentions = tuple(
        replace(each, origin=Origin.HEADER)
        if each.origin is Origin.TEXT and not start <= each.start < each.end <= end
        else each
        for each in tags.mentions
    )
    return "\n" * start + text[start:end] + "\n" * (len(text) - end), replace(tags, mentions=mentions)


class RowReader:
    """Reads rows by their header cells, with the cue rules of the lexicon."""

    def __init__(self, rules: tuple[CueRule, ...]) -> None:
        self._rules = rules

    def read(self, passage: Passage, paper: Paper, around: Surroundings, terms: tuple[str, ...] = ()) -> Row:
        """Return a row's stance and the cells that ask; a "not" in one of the terms is the term's own."""
        header = passage.context.header
        columns = {
            index: st.find_cues(name, self._rules, where="column")
            for index, name in enumerate(header)
            if name
        }
        cells = {index: passage.text[start:end] for index, (start, end) in enumerate(passage.cells)}
        asking = tuple(
            passage.cells[index]
            for index, cues in columns.items()
            if ASKING_COLUMN in cues and index in cells
        )
        answers = " . ".join(
            text for index, text in cells.items() if passage.cells[index] not in asking and text.strip()
        )
        status = [
            index
            for index, cues in columns.items()
            if STATUS_COLUMN in cues and index in cells and not _NUMBER.fullmatch(cells[index])
        ]
        if not status and (stated := self._states(cells, columns)) is not None:
            status = [stated]
        planned = any(PLAN_COLUMN in cues for cues in columns.values())
        if _EMPTY.fullmatch(answers) or _is_header(cells, header):
            return Row(Stance.MENTION, (), asking)
        if status:
            found = self._status(" . ".join(cells[index] for index in status), answers, paper)
            in_a_plan = planned or around.only_planned is not None
            if in_a_plan and found.cues and found.cues[0].name == st.NOT_YET:
                found = replace(found, stance=Stance.PLANNED)
        elif planned:
            found = st.Found(Stance.PLANNED, (Cue(PLAN_COLUMN, "", 0, 0),))
        else:
            inside = tuple(place.span() for term in terms for place in re.finditer(re.escape(term), answers))
            cues = st.find_cues(answers, self._rules, where="text", but_not_in=inside)
            found = around.weigh(st.stance_of(answers, cues, provision=around.provision, verb=True), cues)
        return Row(found.stance, found.cues, asking)

    def _states(self, cells: dict[int, str], columns: dict[int, dict[str, Cue]]) -> int | None:
        """Return the last cell if its words say how the row stands, where no column's name says what it is."""
        filled = [index for index, text in cells.items() if text.strip()]
        if len(filled) < 2 or columns.get(filled[-1]) or len(cells[filled[-1]].split()) > _LONGEST_STATUS:
            return None
        cell = cells[filled[-1]]
        cues = st.find_cues(cell, self._rules, where="text")
        for meaning in (st.COMPLETE, st.OPEN_STATUS, st.NOT_YET):
            if meaning in cues and _is_status(cell, cues[meaning]):
                return filled[-1]
        return None

    def _status(self, cell: str, answers: str, paper: Paper) -> st.Found:
        """A status cell shows a deed only with a completion and a date that is not in the future."""
        cues = st.find_cues(cell, self._rules, where="text")
        if not cell.strip():
            return st.Found(Stance.MENTION, ())
        found = st.stance_of(cell, cues, verb=_TICKED.search(cell) is not None)
        left, complete = cues.get(st.OPEN_STATUS), cues.get(st.COMPLETE)
        if left is not None and (complete is None or left.start <= complete.start < left.end):
            return st.Found(Stance.PLANNED, (left,))
        in_part = _IN_PART.search(cell)
        if found.stance is Stance.DONE and st.COMPLETE in cues and in_part is not None:
            return st.Found(Stance.PLANNED, (Cue(st.OPEN_STATUS, in_part.group(), *in_part.span()),))
        if found.stance is not Stance.DONE:
            return found if found.stance is not Stance.MENTION else st.Found(Stance.PLANNED, found.cues)
        dates = [each for each in find_dates(answers, paper_date=paper.profile.date) if not each.deadline]
        told = sure_date(paper.profile)
        past = [each for each in dates if told is None or each.first <= told]
        if not past:
            return st.Found(Stance.PLANNED, (Cue("no_completion_date", cell.strip(), 0, 0),))
        return st.Found(Stance.DONE, found.cues or (Cue(st.COMPLETE, cell.strip(), 0, 0),))


def _is_status(cell: str, cue: Cue) -> bool:
    """Tell whether a cell opens with a word of status that is not part of something else: "Open" of "Open to all"."""
    if cell[: cue.start].strip(" .:–-"):  # "Template issued; plans due in May"
        return cue.name == st.NOT_YET or cue.text[:1] in ";,."
    return " " in cue.text.strip() or _AFTER_A_STATUS.match(cell, cue.end) is not None


def _is_header(cells: dict[int, str], header: tuple[str, ...]) -> bool:
    """Tell whether a row is the table's own header: it names columns and reports nothing.

    A row with figures or a whole sentence in it may have been taken for a header by mistake.
    """
    named = [" ".join(name.split()) for name in header]
    if not any(named) or any(len(name) > _LONGEST_NAME or any(map(str.isdigit, name)) for name in named):
        return False
    return [" ".join(text.split()) for text in cells.values()] == named
