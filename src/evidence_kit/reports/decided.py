"""Puts people's decisions back in their places in a map, whatever has changed since they were taken.

A decision about a quote is placed where its words stand again as a quote for its criterion: by the words, by the words
around them and by the paper's text, never by an id. What finds no place is listed with the reason; where people
differ, both stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_kit.records.decision import (
    CONTEXT_WORDS,
    Decision,
    Question,
    QuoteKey,
    Verdict,
    comparable,
)
from evidence_kit.records.evidence_map import CitedPage, EvidenceMap
from evidence_kit.records.finding import Finding, Quote, Status
from evidence_kit.reports.words import STATUS_WORDS, VERDICT_WORDS, day, one_line, visible

LEAST_PART = 20
"""Characters that two cuts of a quote must have in common to be the same place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A decision that has no place in this map, and why."""

    decision: Decision
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """People who differ about one thing: the last word of each. ``quote`` is the quote's id, empty for a criterion."""

    criterion: str
    quote: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Decisions in their places: each person's last word, by time.

    Attributes:
        criteria: By criterion; answers to every question of :class:`evidence_kit.records.decision.Question`.
        quotes: By criterion and quote id.
        recut: Criterion and quote id of quotes that are longer or shorter now than the words that were decided about.
    """

    criteria: Mapping[str, tuple[Decision, ...]]
    quotes: Mapping[tuple[str, str], tuple[Decision, ...]]
    recut: frozenset[tuple[str, str]] = frozenset()
    unplaced: tuple[Unplaced, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anybody decided anything."""
        return bool(self.criteria or self.quotes or self.unplaced)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision in the words of a report.

    Attributes:
        since: What the machine's status was when the person decided, where it is another one now; else empty.
    """

    verdict: Verdict
    words: str
    person: str
    when: str
    comment: str
    since: str

    @property
    def line(self) -> str:
        """The decision in a line: "confirmed by Priya Nair, 3 March 2026"."""
        return f"{self.words} by {self.person}, {self.when}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Decisions that want a look, in words: people who differ, or a decision without a place in this map.

    Attributes:
        anchor: Of the criterion or quote in a web page; empty where there is none.
        text: The words that were decided about, where they are not in the map.
        reason: Why there is no place for it.
    """

    title: str
    decisions: tuple[DecisionView, ...]
    anchor: str = ""
    text: str = ""
    reason: str = ""


def decision_view(decision: Decision, status: Status | None = None) -> DecisionView:
    """Return a decision in words.

    Args:
        decision: A decision that was not withdrawn.
        status: The machine's status of the criterion today.
    """
    words = VERDICT_WORDS[decision.verdict]
    seen = next((one for one in Status if one.value == decision.status_seen), None)
    return DecisionView(
        verdict=decision.verdict,
        words=f"{words}: {visible(decision.belongs_to)}" if decision.belongs_to else words,
        person=one_line(decision.person),
        when=_day_of(decision.at),
        comment=one_line(decision.comment),
        since=STATUS_WORDS[seen] if seen and status and seen is not status else "",
    )


def quote_key(quote: Quote, evidence_map: EvidenceMap) -> QuoteKey:
    """Return the key under which a decision about a quote is kept."""
    return _Keys(evidence_map).of(quote)


def quote_keys(evidence_map: EvidenceMap) -> Mapping[tuple[str, str], QuoteKey]:
    """Return the keys of all quotes of a map, by id and text."""
    keys = _Keys(evidence_map)
    return {(quote.id, quote.text): keys.of(quote) for one in evidence_map.findings for quote in one.quotes}


def fit(key: QuoteKey, other: QuoteKey) -> int:
    """Return how surely two keys with the same words are one place; 0: the same words of another text."""
    same_paper = bool(key.paper) and key.paper == other.paper
    around = sum(
        bool(one) and comparable(one) == comparable(two)
        for one, two in ((key.before, other.before), (key.after, other.after))
    )
    alone = not (key.before or key.after or other.before or other.after)
    return 4 * same_paper + around + alone


def place(decisions: Iterable[Decision], evidence_map: EvidenceMap) -> Decided:
    """Return the decisions in their places in this map."""
    keys = _Keys(evidence_map)
    findings = {finding.criterion: finding for finding in evidence_map.findings}
    criteria: defaultdict[str, list[Decision]] = defaultdict(list)
    quotes: defaultdict[tuple[str, str], list[Decision]] = defaultdict(list)
    unplaced: list[Unplaced] = []
    recut: set[tuple[str, str]] = set()
    for decision in decisions:
        finding = findings.get(decision.criterion)
        if finding is None:
            unplaced.append(Unplaced(decision=decision, reason="This map does not judge the criterion."))
        elif decision.quote is None:
            criteria[decision.criterion].append(decision)
        else:
            same = _same_words(decision.quote, finding, keys)
            places = same or _other_cuts(decision.quote, finding, keys)
            if not places:
                unplaced.append(Unplaced(decision=decision, reason=_why_not(decision.quote, evidence_map)))
            for quote in places:
                quotes[decision.criterion, quote.id].append(decision)
                if not same and decision.verdict is not Verdict.CITED:
                    recut.add((decision.criterion, quote.id))
    last_criteria = {criterion: _last_words(those) for criterion, those in criteria.items()}
    last_quotes = {key: _last_words(those) for key, those in quotes.items()}
    return Decided(
        criteria={key: those for key, those in last_criteria.items() if those},
        quotes={key: those for key, those in last_quotes.items() if those},
        recut=frozenset(recut),
        unplaced=tuple(each for each in unplaced if each.decision.verdict is not Verdict.WITHDRAWN),
        conflicts=tuple(
            conflict
            for (criterion, quote), those in {
                **{(criterion, ""): those for criterion, those in last_criteria.items()},
                **last_quotes,
            }.items()
            for conflict in _differences(criterion, quote, those)
        ),
    )


class _Keys:
    """The keys of a map's quotes, and what is compared of them, worked out once each."""

    def __init__(self, evidence_map: EvidenceMap) -> None:
        self._pages: dict[tuple[str, int], CitedPage] = {
            (page.document, page.page_index): page for page in evidence_map.cited_pages
        }
        self._digests = {paper.id: paper.text_digest for paper in evidence_map.papers}
        self._known: dict[tuple[str, str], QuoteKey] = {}

    def of(self, quote: Quote) -> QuoteKey:
        known = (quote.id, quote.text)
        if known not in self._known:
            self._known[known] = QuoteKey(
                text=" ".join(quote.text.split()),
                before=self._before(quote),
                after=self._after(quote),
                paper=self._digests.get(quote.paper, ""),
            )
        return self._known[known]

    def _before(self, quote: Quote) -> str:
        first = quote.places[0]
        page = self._pages.get((first.document, first.page_index))
        return " ".join(page.text[: first.start].split()[-CONTEXT_WORDS:]) if page else ""

    def _after(self, quote: Quote) -> str:
        last = quote.places[-1]
        page = self._pages.get((last.document, last.page_index))
        return " ".join(page.text[last.end :].split()[:CONTEXT_WORDS]) if page else ""


def _same_words(key: QuoteKey, finding: Finding, keys: _Keys) -> tuple[Quote, ...]:
    """Return the quotes with the decided words that fit best: two that nothing tells apart both count."""
    words = comparable(key.text)
    scored = [
        (fit(key, keys.of(quote)), quote) for quote in finding.quotes if comparable(quote.text) == words
    ]
    best = max((fit for fit, _ in scored), default=0)
    return tuple(quote for fit, quote in scored if fit == best and fit > 0)


def _other_cuts(key: QuoteKey, finding: Finding, keys: _Keys) -> tuple[Quote, ...]:
    """Return quotes at the decided place that were cut longer or shorter by another model or taxonomy."""
    words = comparable(key.text)
    found = []
    for quote in finding.quotes:
        mine = comparable(quote.text)
        short, long = sorted((words, mine), key=len)
        if len(short) >= LEAST_PART and short in long and fit(key, keys.of(quote)):
            found.append(quote)
    return tuple(found)


def _why_not(key: QuoteKey, evidence_map: EvidenceMap) -> str:
    words = comparable(key.text)
    if any(words in comparable(page.text) for page in evidence_map.cited_pages):
        return "Its words stand in these papers, but they are no quote for this criterion in this map."
    return "Its words were not found again on the pages that this map cites."


def _last_words(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Return each person's last word to each question, by time; what was withdrawn is gone."""
    last: dict[tuple[str, Question], Decision] = {}
    for decision in sorted(decisions, key=lambda one: one.at):
        if decision.verdict is Verdict.WITHDRAWN:
            last = {key: one for key, one in last.items() if key[0] != decision.person}
        else:
            key = (decision.person, decision.verdict.question)
            last.pop(key, None)
            last[key] = decision
    return tuple(last.values())


def _differences(criterion: str, quote: str, decisions: Sequence[Decision]) -> Iterator[Conflict]:
    """Yield the questions to which people gave different answers."""
    for question in Question:
        answers = tuple(one for one in decisions if one.verdict.question is question)
        if len({(one.verdict, one.belongs_to) for one in answers}) > 1:
            yield Conflict(criterion=criterion, quote=quote, decisions=answers)


def _day_of(at: str) -> str:
    try:
        return day(date.fromisoformat(at[:10]))
    except ValueError:
        return visible(at)
