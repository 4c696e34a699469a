"""Reading: the acts that a passage reports, made once for passages that bear on something.

An act is a clause with a stance, an owner, people, dates, quantities and concepts. What a clause does not say
itself it takes from its surroundings, by sort of concept: the strand from the heading, the body from the sentence
before; never the act itself, which only its own words (or the stem of its list) can report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from evidence_kit.language import stance as st
from evidence_kit.language.denials import confined
from evidence_kit.language.facts import Facts, dated_by_heading, sure_date
from evidence_kit.language.goes_on import (
    on_that_day,
    with_plans_beside,
    with_what_was_taken_back,
    with_what_was_told,
)
from evidence_kit.language.lexicon import Lexicon, Sort
from evidence_kit.language.owner import Owner
from evidence_kit.language.plain import plain, whole_end
from evidence_kit.language.rows import RowReader, answered, only_told, people_of_columns, told_in
from evidence_kit.language.sentences import split_clauses, split_sentences
from evidence_kit.language.subjects import goes_on, refers_back
from evidence_kit.language.surroundings import Surroundings, surroundings_of
from evidence_kit.records.document import BlockKind, Span
from evidence_kit.records.passage import Paper, Passage
from evidence_kit.records.reading import (
    Act,
    Cue,
    DateMention,
    Mention,
    Origin,
    Person,
    QuantityKind,
    Reading,
    Stance,
    Tags,
    Whose,
)

_CARRIED_ALWAYS = frozenset({Sort.STRAND, Sort.BODY})
_CARRIED_BY_PRONOUN = frozenset({Sort.THING, Sort.MEASURE, Sort.TOPIC, Sort.ROLE})
_PLURAL_SUBJECT = re.compile(
    r"\b(?!(?:across|this|its|as|is|was|has|does|various|previous)\b)[a-z]{2,}s\s+"
    r"(?:(?:also|now|each|all|both|regularly|actively)\s+)?$",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\s+(?:the|an?|our|their|its|your|any|all|each|every|those|anyone|anybody|people|staff|colleagues|them|us|one|with"
    r"|to|in|on|from|for|whoever)\b",
    re.IGNORECASE,
)
"""What stands around a plural verb of the present, which ends in nothing."""
_FIGURES = frozenset({QuantityKind.PERCENT, QuantityKind.OF, QuantityKind.RATIO, QuantityKind.MONEY})
_NAMES_WHAT_WAS_NAMED = frozenset({"it", "its", "they", "their", "both"})
"""Where a clause opens with these, it is about the body named before, whatever other body it names ("It advises …")."""
_LONGEST_TERM = 5
"""A longer mention is a stretch of words near each other: a "not" in it is the clause's own."""
_OF_THE_PAPER = frozenset({Sort.THING, Sort.ROLE, Sort.TOPIC})
_INHERITED = (Origin.STEM, Origin.HEADER, Origin.HEADING, Origin.PAPER)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, whether it opens its sentence, and the sentence before."""

    start: int
    end: int
    text: str
    first: bool
    before: str


class Reader:
    """Makes readings.

    Args:
        lexicon: Sorts of concepts and cue rules.
        organisation: Whose papers these are; empty if unknown.
        others: Short names of other organisations.
    """

    def __init__(self, lexicon: Lexicon, organisation: str = "", others: tuple[str, ...] = ()) -> None:
        self._sorts = lexicon.sorts()
        self._by_heading = frozenset(concept.id for concept in lexicon.concepts if concept.by_heading)
        self._cues = lexicon.cues
        self._owner = Owner(lexicon.cues, organisation, others)
        self._rows = RowReader(lexicon.cues)

    def read(self, passage: Passage, tags: Tags, paper: Paper, copies: tuple[Span, ...] = ()) -> Reading:
        """Return the acts of a passage, in order of place.

        Args:
            passage: What is read.
            tags: Its concepts.
            paper: The paper that it stands in: date, kind, status.
            copies: Spans that repeat the framework's own words; they can ask, never show.
        """
        stem_acts = any(
            mention.origin is Origin.STEM and self._sorts.get(mention.concept) is Sort.ACT
            for mention in tags.mentions
        )
        around = surroundings_of(passage, paper, self._cues, self._owner, stem_acts=stem_acts)
        text = plain(passage.text)
        row = passage.kind is BlockKind.TABLE_ROW and bool(passage.cells)
        told = told_in(passage, self._cues) if row and around.only_planned is None else None
        if row and told is None:
            acts: Iterable[Act] = self._row_acts(passage, tags, paper, around)
        else:
            if told is not None:
                text, tags = only_told(text, tags, told)
            acts = (
                replace(act, end=whole_end(passage.text, text, act.end))
                for act in self._prose_acts(text, tags, paper, around)
            )
        if (under := dated_by_heading(passage)) and passage.kind is not BlockKind.HEADING:
            acts = [act if act.dates else on_that_day(act, under) for act in acts]
        if around.doubt is not None:
            acts = [replace(act, cues=(*act.cues, around.doubt)) for act in acts]
        parts = (part for act in acts for part in confined(act, text, self._cues))
        return Reading(passage.id, tuple(self._without_copies(part, copies) for part in parts))

    def _prose_acts(self, text: str, tags: Tags, paper: Paper, around: Surroundings) -> list[Act]:
        acts: list[Act] = []
        facts = Facts.of(text, paper.profile, ahead=around.ahead)
        carried: dict[Sort, tuple[Mention, ...]] = {}
        people: tuple[Person, ...] = ()
        whose = around.whose
        announced = st.offered(text)
        before = ""
        for sentence in split_sentences(text):
            if self._owner.goes_on_about(text[slice(*sentence)], before):
                whose = Whose.OTHER
            for index, (start, end, turned) in enumerate(self._clauses(text, sentence)):
                clause = _Clause(start, end, text[start:end], index == 0, before)
                until_now = Whose.OTHER if turned else whose
                owner, owner_cue = self._owner.of(clause.text, until_now, theirs=around.theirs)
                whose = whose if turned else owner
                act = self._act(clause, tags, paper, around, carried, people, facts.within(start, end))
                act = replace(act, whose=owner, cues=(*act.cues, *_shift(owner_cue, start)))
                if announced is not None and act.stance is Stance.DONE:
                    act = replace(act, stance=announced.stance, cues=(*announced.cues, *act.cues))
                acts.append(with_what_was_told(act, clause.text, acts, inside=index > 0))
                carried = self._carry(act, carried)
                people = tuple(person for person in act.people if not person.absent) or people
            before = text[slice(*sentence)]
            announced = st.announced(before, self._cues) or announced
        return with_what_was_taken_back(with_plans_beside(acts), text)

    def _clauses(self, text: str, sentence: Span) -> Iterator[tuple[int, int, bool]]:
        """Yield the clauses of a sentence, cut where one turns to another body's acts, and whether it does so."""
        for start, end in split_clauses(text, *sentence):
            turn = self._owner.turn_of(text[start:end])
            if turn is None:
                yield start, end, False
            else:
                yield start, start + turn, False
                yield start + turn, end, True

    def _act(
        self,
        clause: _Clause,
        tags: Tags,
        paper: Paper,
        around: Surroundings,
        carried: dict[Sort, tuple[Mention, ...]],
        people: tuple[Person, ...],
        facts: Facts,
    ) -> Act:
        own = tuple(
            mention
            for mention in tags.mentions
            if mention.origin is Origin.TEXT and clause.start <= mention.start and mention.end <= clause.end
        )
        listed = any(self._reports_act(each) and each.origin is Origin.HEADING for each in tags.mentions)
        found = self._stance(clause, own, facts, paper, around, listed=listed)
        anaphoric = not clause.first or refers_back(clause.text, clause.before)
        takes_subject = not facts.people and goes_on(clause.text, first=clause.first)
        return Act(
            start=clause.start,
            end=clause.end,
            stance=found.stance,
            whose=Whose.OWN,
            cues=tuple(_shift(found.cues, clause.start)),
            mentions=self._with_context(
                own,
                tags,
                carried,
                anaphoric,
                same_body=_first_word(clause.text) in _NAMES_WHAT_WAS_NAMED,
                is_the_paper=around.itself,
            ),
            people=facts.people or (people if takes_subject else ()),
            dates=facts.dates,
            quantities=facts.quantities,
            carried=takes_subject and bool(people),
        )

    def _stance(
        self,
        clause: _Clause,
        own: tuple[Mention, ...],
        facts: Facts,
        paper: Paper,
        around: Surroundings,
        *,
        listed: bool,
    ) -> st.Found:
        inside = tuple(
            (mention.start - clause.start, mention.end - clause.start)
            for mention in own
            if self._is_term(mention)
        )
        cues = st.find_cues(clause.text, self._cues, where="text", but_not_in=inside)
        verb = any(
            self._sorts.get(mention.concept) is Sort.ACT and _is_finite(mention, clause) for mention in own
        )
        labelled = ":" in clause.text
        figures = any(
            each.kind in _FIGURES or (labelled and each.kind is QuantityKind.ALL) for each in facts.quantities
        )
        found = st.stance_of(clause.text, cues, provision=around.provision, verb=verb, figures=figures)
        if found == st.Found(Stance.MENTION, ()) and listed:
            found = st.Found(Stance.DONE, (Cue(st.ATTENDANCE_LIST, "", 0, 0),))
        found = _future(found, clause, facts.dates, sure_date(paper.profile))
        return st.under_label(around.weigh(found, cues), clause.text, self._cues)

    def _is_term(self, mention: Mention) -> bool:
        """Tell whether a mention is a term of its own, whose "not" denies nothing."""
        if mention.origin is not Origin.TEXT or mention.form.count(" ") >= _LONGEST_TERM:
            return False
        return self._sorts.get(mention.concept) is not Sort.WORD

    def _row_acts(self, passage: Passage, tags: Tags, paper: Paper, around: Surroundings) -> list[Act]:
        terms = tuple(mention.form for mention in tags.mentions if self._is_term(mention))
        row = self._rows.read(passage, paper, around, terms)
        text = plain(passage.text)
        own = tuple(
            replace(mention, origin=Origin.HEADER)
            if any(start <= mention.start < end for start, end in row.asking)
            else mention
            for mention in tags.mentions
            if mention.origin is Origin.TEXT
        )
        tags = replace(tags, mentions=tuple(self._of_columns(passage, tags.mentions)))
        whose, owner_cue = self._owner.of(text.replace("\t", "|"), around.whose, theirs=around.theirs)
        facts = Facts.of(text, paper.profile, ahead=around.ahead)
        act = Act(
            start=0,
            end=len(passage.text),
            stance=row.stance,
            whose=whose,
            cues=(*row.cues, *owner_cue),
            mentions=self._with_context(own, tags, {}, anaphoric=False, is_the_paper=around.itself),
            people=facts.people or people_of_columns(passage),
            dates=facts.dates,
            quantities=facts.quantities,
        )
        return [act]

    def _of_columns(self, passage: Passage, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """Yield a row's mentions: what heads a column with a "yes" the row says, what heads a "no" is left out."""
        for mention in mentions:
            said = answered(passage, mention) if mention.origin is Origin.HEADER else None
            if said:
                yield replace(mention, origin=Origin.STEM)
            elif said is not False:
                yield mention

    def _with_context(
        self,
        own: tuple[Mention, ...],
        tags: Tags,
        carried: dict[Sort, tuple[Mention, ...]],
        anaphoric: bool,
        *,
        same_body: bool = False,
        is_the_paper: bool = False,
    ) -> tuple[Mention, ...]:
        """Add what the clause takes from around it, a sort at a time, from the nearest that has it.

        A clause of a paper that is itself the thing (``is_the_paper``: a policy, a role description) keeps that.
        """
        have = {self._sorts[mention.concept] for mention in own if mention.concept in self._sorts}
        result = list(own)
        sources = [(sort, mentions) for sort, mentions in carried.items() if self._may_carry(sort, anaphoric)]
        for origin in _INHERITED:
            by_sort: dict[Sort, list[Mention]] = {}
            for mention in tags.mentions:
                if mention.origin is origin:
                    by_sort.setdefault(self._sorts[mention.concept], []).append(mention)
            sources.extend((sort, tuple(mentions)) for sort, mentions in by_sort.items())
        for sort, mentions in sources:
            if sort is Sort.ACT:
                # What a heading reports for all that stands under it, it reports as a list's stem would.
                mentions = tuple(
                    replace(each, origin=Origin.STEM) for each in mentions if self._reports_act(each)
                )
            elif sort in have and not (
                (same_body and sort is Sort.BODY and mentions[0].origin is Origin.CARRIED)
                or (is_the_paper and sort in _OF_THE_PAPER and mentions[0].origin is Origin.PAPER)
            ):
                continue
            result.extend(mentions)
            have.add(sort)
        return tuple(result)

    def _reports_act(self, mention: Mention) -> bool:
        """Only a list's stem, or a heading that is itself a report ("Present"), can report an act for others."""
        if mention.origin is Origin.STEM:
            return True
        return mention.origin in (Origin.HEADING, Origin.HEADER) and mention.concept in self._by_heading

    def _may_carry(self, sort: Sort, anaphoric: bool) -> bool:
        return sort in _CARRIED_ALWAYS or (anaphoric and sort in _CARRIED_BY_PRONOUN)

    def _carry(self, act: Act, before: dict[Sort, tuple[Mention, ...]]) -> dict[Sort, tuple[Mention, ...]]:
        now: dict[Sort, list[Mention]] = {}
        for mention in act.mentions:
            sort = self._sorts.get(mention.concept)
            if mention.origin is Origin.TEXT and sort is not None and sort not in (Sort.ACT, Sort.WORD):
                now.setdefault(sort, []).append(replace(mention, origin=Origin.CARRIED))
        return {**before, **{sort: tuple(mentions) for sort, mentions in now.items()}}

    def _without_copies(self, act: Act, copies: tuple[Span, ...]) -> Act:
        """Take the framework's own words out of an act: they ask, they do not report."""
        touching = [(start, end) for start, end in copies if start < act.end and end > act.start]
        if not touching:
            return act
        kept = tuple(
            mention
            for mention in act.mentions
            if mention.origin is not Origin.TEXT
            or not any(start <= mention.start < end for start, end in touching)
        )
        covered = sum(min(end, act.end) - max(start, act.start) for start, end in touching)
        if covered >= 0.7 * (act.end - act.start):
            cue = Cue("framework_copy", "", act.start, act.start)
            return replace(act, stance=Stance.MENTION, mentions=kept, cues=(*act.cues, cue))
        return replace(act, mentions=kept)


def _future(
    found: st.Found, clause: _Clause, dates: tuple[DateMention, ...], paper_date: date | None
) -> st.Found:
    """A clause whose every date lies after its paper reports no deed: it tells of the future."""
    if found.stance is not Stance.DONE or paper_date is None:
        return found
    if not dates or any(each.first <= paper_date or each.deadline for each in dates):
        return found
    start, end = dates[0].start - clause.start, dates[0].end - clause.start
    return st.Found(Stance.PLANNED, (Cue("future_date", clause.text[start:end], start, end),))


def _is_finite(mention: Mention, clause: _Clause) -> bool:
    """Tell whether an act's form is a verb that reports: "supports", "supported", or "champions support the …"."""
    if mention.form.casefold().endswith(("s", "ed")):
        return True
    start, end = mention.start - clause.start, mention.end - clause.start
    return bool(_PLURAL_SUBJECT.search(clause.text[:start]) and _OBJECT.match(clause.text, end))


def _first_word(text: str) -> str:
    words = text.split(maxsplit=1)
    return words[0].casefold().strip(",;:") if words else ""


def _shift(cues: tuple[Cue, ...], offset: int) -> tuple[Cue, ...]:
    return tuple(replace(cue, start=cue.start + offset, end=cue.end + offset) for cue in cues)
