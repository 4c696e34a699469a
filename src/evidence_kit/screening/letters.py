"""Questions to the applicant, and a draft of feedback: sentences, each with what it rests on.

Questions are neutral: what the form says, what was found and where, and what would help. They judge nothing and name no
level. Feedback is drafted from decisions of named people alone; what nobody decided is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_kit.records.criterion import Criterion, Framework
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.records.finding import Role
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.word_base import finished, open_base
from evidence_kit.reports.words import count, day, listed, one_line, sentence
from evidence_kit.screening.claims import Claim, Claimed
from evidence_kit.screening.merge import SideBySide
from evidence_kit.screening.verdicts import ClaimVerdict, Screened

MOST_QUOTED = 3
_LONGEST = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence to an applicant, and what it rests on.

    Attributes:
        rests_on: A claim ("C3, Claims!A5"), pages of documents, or decisions of people.
    """

    text: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question to the applicant about one claim."""

    criterion: str
    claim: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The whole question."""
        return " ".join(sentence.text for sentence in self.sentences)


def questions(screened: Sequence[Screened], criteria: Sequence[Criterion]) -> tuple[Ask, ...]:
    """Return a question for every claim that the documents leave open, in the framework's order."""
    plain = {criterion.id: criterion.plain for criterion in criteria}
    order = {criterion.id: number for number, criterion in enumerate(criteria)}
    asked = [one for one in screened if one.claim.criterion in plain and _is_open(one)]
    return tuple(
        Ask(
            criterion=one.claim.criterion,
            claim=one.claim.id,
            sentences=tuple(_question(one, plain[one.claim.criterion])),
        )
        for one in sorted(asked, key=lambda one: order[one.claim.criterion])
    )


def _is_open(one: Screened) -> bool:
    """What the applicant itself calls planned, and the documents too, needs no question."""
    if one.verdict is ClaimVerdict.CONFIRMED:
        return False
    expected = (ClaimVerdict.PLANNED, ClaimVerdict.NOT_FOUND)
    return not (one.claim.claimed is Claimed.PLANNED and one.verdict in expected)


def _question(one: Screened, plain: str) -> Iterator[Sentence]:
    claim = (f"{one.claim.id}, {one.claim.cell}",)
    yield Sentence(text=_form_says(one.claim, plain), rests_on=claim)
    if one.verdict is ClaimVerdict.MISSING:
        yield from _missing(one, claim)
        return
    quotes = one.quotes[:MOST_QUOTED] if one.verdict is not ClaimVerdict.NOT_FOUND else ()
    if quotes:
        yield _found(quotes, claim)
    else:
        where = f" in {one.cited.words} or elsewhere" if one.cited.words else ""
        yield Sentence(
            text=f"In the documents supplied we did not find this{where}.",
            rests_on=(*claim, *((one.cited.words,) if one.cited.words else ())),
        )
    for each in one.unshown:
        if each.instead and each.where:
            yield Sentence(
                text=f"Your form says ‘{each.words}’; {each.where} says ‘{each.instead}’.",
                rests_on=(*claim, each.where),
            )
    if one.missing and one.verdict is ClaimVerdict.PARTLY:
        yield Sentence(
            text=f"We did not find an answer to: {' '.join(map(one_line, one.missing))}", rests_on=claim
        )
    yield Sentence(text=_ask(one), rests_on=claim)


def _found(quotes: Sequence[QuoteView], claim: tuple[str, ...]) -> Sentence:
    return Sentence(
        text=f"In the documents supplied we found: {'; '.join(map(_quoted, quotes))}.",
        rests_on=(*claim, *(quote.place for quote in quotes)),
    )


def _form_says(claim: Claim, plain: str) -> str:
    page = one_line(claim.page)
    at = f", {page if page[:1] in ('p', 'P') else f'p. {page}'}" if page else ""
    where = f" ({one_line(claim.document)}{at})" if claim.document else ""
    if claim.text:
        return f"On {claim.criterion}, your form says “{one_line(claim.text).rstrip('.')}”{where}."
    return (
        f"On {claim.criterion}, your form says that this is in place: “{one_line(plain).rstrip('.')}”{where}."
    )


def _quoted(quote: QuoteView) -> str:
    words = quote.text if len(quote.text) <= _LONGEST else quote.text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{words}” ({quote.spot})"


def _missing(one: Screened, claim: tuple[str, ...]) -> Iterator[Sentence]:
    names = [f"‘{name}’" for name, _ in one.cited.missing]
    if names:
        text = f"Among the files that we received we did not find {listed(names)}."
    else:
        text = f"We could not read what it cites{f': {one.cited.words}' if one.cited.words else ''}."
    yield Sentence(text=text, rests_on=claim)
    supporting = [quote for quote in one.quotes[:MOST_QUOTED] if quote.quote.role is Role.SUPPORT]
    if supporting:
        yield _found(supporting, claim)
    near = list(dict.fromkeys(path for _, paths in one.cited.missing for path in paths))
    ask = "Could you send it, or say which file is meant?"
    if near:
        ask = f"Is {listed(near, 'or')} meant, or could you send it?"
    yield Sentence(text=ask, rests_on=claim)


def _ask(one: Screened) -> str:
    if one.cited.only_claims:
        return "What you cite is your own application: which of your other documents shows it?"
    if one.unshown:
        words = listed([f"‘{each.words}’" for each in one.unshown])
        return f"Where do the documents show {words}, or which is right?"
    return {
        ClaimVerdict.ELSEWHERE: "Is this the page that you mean?",
        ClaimVerdict.PARTLY: "Which pages show the rest?",
        ClaimVerdict.PLANNED: "Has this been done since, and which document says so?",
        ClaimVerdict.OUT_OF_DATE: "Is there a newer document?",
        ClaimVerdict.CONTRADICTED: "How do the two fit together, or which is right?",
        ClaimVerdict.NOT_FOUND: "Which page shows it?",
    }[one.verdict]


_DECIDED = {
    Verdict.CONFIRMED: "the panel’s reviewers found that your documents show it.",
    Verdict.PARTLY: "the panel’s reviewers found that your documents show part of it.",
    Verdict.NOT_SHOWN: "the panel’s reviewers did not find that your documents show it.",
    Verdict.MORE_INFORMATION: "the panel’s reviewers would like to see more.",
}


def feedback(rows: Sequence[SideBySide], framework: Framework) -> tuple[Sentence, ...]:
    """Return the sentences of a feedback letter: only what people decided, and only where they agree."""
    plain = {criterion.id: criterion.plain for criterion in framework.criteria}
    return tuple(
        told
        for row in rows
        if not row.reviewers_differ
        for told in _decided(row.criterion, plain[row.criterion], row.decisions)
    )


def _decided(criterion: str, plain: str, decisions: Sequence[Decision]) -> Iterator[Sentence]:
    people = tuple(f"{one_line(one.person)}, {one.at[:10]}" for one in decisions)
    what = one_line(plain).rstrip(".")
    yield Sentence(text=f"On {criterion} (“{what}”), {_DECIDED[decisions[0].verdict]}", rests_on=people)
    for one in decisions:
        if one.comment:
            yield Sentence(
                text=f"A reviewer writes: “{one_line(one.comment).rstrip('.')}.”",
                rests_on=(f"{one_line(one.person)}, {one.at[:10]}",),
            )


def questions_document(asks: Sequence[Ask], organisation: str, as_of: date) -> bytes:
    """Return the questions as a Word document for the coordinator to send."""
    title = "Questions about your application"
    base = open_base(None, foot=title)
    body = base.body
    body.paragraph(title, "Title")
    body.paragraph(one_line(organisation) or "Applicant", "Subtitle")
    body.paragraph(
        f"We have read the documents that you sent, as at {day(as_of)}, and held them against your form. "
        f"{count(len(asks), 'point')} would help us to read them rightly. A question says nothing about the outcome."
    )
    for number, ask in enumerate(asks, start=1):
        body.heading(f"{number}. {ask.criterion}, {ask.claim}", 2)
        body.paragraph(ask.text)
    return finished(base, title=title, made=as_of)


def feedback_document(sentences: Sequence[Sentence], organisation: str, as_of: date) -> bytes:
    """Return a draft of the feedback letter as a Word document."""
    title = "Draft: feedback on your application"
    base = open_base(None, foot=title)
    body = base.body
    body.paragraph(title, "Title")
    body.paragraph(one_line(organisation) or "Applicant", "Subtitle")
    for one in sentences:
        body.paragraph(sentence(one.text))
    return finished(base, title=title, made=as_of)
