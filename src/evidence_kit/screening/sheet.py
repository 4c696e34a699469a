"""The pre-screen sheet: at most two pages that tell a panel where reading matters most. It decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence_kit.reports.pages import render_page
from evidence_kit.reports.word_base import finished, open_base
from evidence_kit.reports.word_parts import Table
from evidence_kit.reports.words import DISCLAIMER, count, listed, one_line
from evidence_kit.screening.round import Ruling
from evidence_kit.screening.screen import Application
from evidence_kit.screening.verdicts import CLAIM_WORDS, ClaimVerdict, Screened

READ_FIRST, LISTED, UNCITED, RULINGS = 8, 12, 4, 14
"""So many lines of each part fit on two pages; the workbook has them all. A ruling beyond two takes a claim's line."""
_ORDER = (
    ClaimVerdict.CONTRADICTED,
    ClaimVerdict.MISSING,
    ClaimVerdict.PARTLY,
    ClaimVerdict.NOT_FOUND,
    ClaimVerdict.OUT_OF_DATE,
    ClaimVerdict.PLANNED,
    ClaimVerdict.ELSEWHERE,
    ClaimVerdict.CONFIRMED,
)
_SHORT, _SHORT_PLACE = 110, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A claim in a line.

    Attributes:
        link: To the page of the first quote; empty where that is not known.
    """

    claim: str
    criterion: str
    verdict: str
    where: str
    why: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the sheet says, worked out once for both formats."""

    title: str
    organisation: str
    facts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    intake: tuple[str, ...]
    first: tuple[Line, ...]
    others: tuple[Line, ...]
    more: int
    uncited: tuple[Line, ...]
    more_uncited: int
    rulings: tuple[Ruling, ...]
    more_rulings: int


def reading_order(screened: Sequence[Screened]) -> list[Screened]:
    """Return claims, first those where a person's look at the page matters most."""

    def rank(one: Screened) -> tuple[bool, bool, int, str]:
        return (
            not (one.suspect or one.verdict is ClaimVerdict.CONTRADICTED),
            not (one.lead or one.unshown or one.other_wording),
            _ORDER.index(one.verdict),
            one.claim.id.rjust(8),
        )

    return sorted(screened, key=rank)


def line_of(one: Screened) -> Line:
    """Return a claim in a line."""
    quote = (one.here or one.quotes or (None,))[0]
    good = one.verdict in (ClaimVerdict.CONFIRMED, ClaimVerdict.ELSEWHERE)
    cited = one.cited.words or one_line(f"{one.claim.document} {one.claim.page}") or "cites no document"
    where = quote.spot if quote and (good or one.verdict is ClaimVerdict.CONTRADICTED) else cited
    return Line(
        claim=one.claim.id,
        criterion=one.claim.criterion,
        verdict=CLAIM_WORDS[one.verdict],
        where=_cut(where, _SHORT_PLACE),
        why=_cut(" ".join((one.reason, *one.remarks))),
        link=quote.link if quote else "",
    )


def sheet_of(
    application: Application, rulings: Sequence[Ruling], settings: Sequence[tuple[str, str]]
) -> Sheet:
    """Return what the sheet of an application says."""
    view = application.view
    ordered = reading_order(application.screened)
    plain = [
        one
        for one in ordered
        if one.verdict is not ClaimVerdict.CONFIRMED or one.suspect or one.other_wording
    ]
    rest = plain[READ_FIRST:]
    room = max(0, LISTED - max(0, len(rulings) - 2))
    counts = Counter(one.verdict for one in application.screened)
    uncited = [
        Line(
            claim="",
            criterion=finding.criterion.id,
            verdict=finding.status_words,
            where=_cut(quotes[0].spot, _SHORT_PLACE),
            why=_cut(quotes[0].text),
            link=quotes[0].link,
        )
        for finding, quotes in application.uncited
    ]
    return Sheet(
        title="Pre-screen sheet",
        organisation=one_line(view.map.organisation) or "Organisation not named",
        facts=(
            ("As at", view.as_of),
            ("Target", view.target.label),
            ("Searched", view.searched.words),
            ("Claims", f"{len(application.screened)}; wording that decides: {application.wording}"),
            *settings,
        ),
        counts=tuple((CLAIM_WORDS[verdict], counts[verdict]) for verdict in _ORDER if counts[verdict]),
        intake=tuple(_intake(application)),
        first=tuple(map(line_of, plain[:READ_FIRST])),
        others=tuple(map(line_of, rest[:room])),
        more=max(0, len(rest) - room),
        uncited=tuple(uncited[:UNCITED]),
        more_uncited=max(0, len(uncited) - UNCITED),
        rulings=tuple(rulings[:RULINGS]),
        more_rulings=max(0, len(rulings) - RULINGS),
    )


def render_html(sheet: Sheet) -> str:
    """Return the sheet as a web page."""
    return render_page("prescreen.html", sheet=sheet)


def render_word(sheet: Sheet, application: Application) -> bytes:
    """Return the sheet as a Word document."""
    title = f"{sheet.title}: {sheet.organisation}"
    base = open_base(None, foot=f"{title} · the panel decides")
    body = base.body
    body.paragraph(title, "Title")
    body.paragraph(". ".join(f"{label}: {text}" for label, text in sheet.facts) + ".")
    body.paragraph("Claims: " + listed([f"{number} {words}" for words, number in sheet.counts]) + ".")
    for line in sheet.intake:
        body.bullet(line)
    for caption, lines, more in (
        ("Where reading the page matters most", sheet.first, 0),
        ("Other claims", sheet.others, sheet.more),
        ("Evidence that no claim cites", sheet.uncited, sheet.more_uncited),
    ):
        if lines:
            rows = [
                (f"{one.claim} {one.criterion}".strip(), one.verdict, one.where, one.why) for one in lines
            ]
            body.table(
                Table(
                    caption=caption,
                    columns=("Claim", "Reading", "Where", "Why"),
                    widths=(2, 3, 5, 7),
                    rows=rows,
                )
            )
        if more:
            body.paragraph(f"And {more} more in the workbook.")
    for ruling in sheet.rulings:
        body.bullet(f"Ruling of {ruling.date}: {ruling.question} {ruling.ruling}")
    body.paragraph(DISCLAIMER, "Evidence Source")
    return finished(base, title=title, made=application.view.map.as_of)


def _intake(application: Application) -> Iterator[str]:
    intake = application.intake
    if intake.problems:
        files = list(dict.fromkeys(one_line(problem.file) for problem in intake.problems))
        yield f"Not read, wholly or in part: {_few(files)}."
    if intake.missing:
        names = list(dict.fromkeys(name for _, those in intake.missing for name, _ in those))
        yield f"Cited and not there: {_few(names)}."
    if intake.unmatched:
        cells = [one.cell for one in intake.unmatched]
        yield f"{count(len(cells), 'row')} of the form without a criterion of this framework: {_few(cells)}."
    if intake.personal:
        yield f"Perhaps too personal for a panel: {_few([one.file for one in intake.personal])}."
    if intake.tricks:
        told = [f"{one.file}{f' page {one.page}' if one.page else ''}" for one in intake.tricks]
        yield f"Words that tell the reader what to conclude: {_few(list(dict.fromkeys(told)))}."
    if intake.copies:
        yield f"Copies of the form, not read as evidence: {_few(list(intake.copies))}."
    supplied = [
        f"{name} = {means} ({'accepted' if taken else 'not accepted'})" for name, means, taken in intake.names
    ]
    if supplied:
        yield f"Names that the applicant supplied: {_few(supplied)}."


def _few(words: Sequence[str]) -> str:
    shown = [one_line(word) for word in words[:4]]
    return listed(shown if len(words) <= 4 else [*shown, f"{len(words) - 4} more"])


def _cut(text: str, most: int = _SHORT) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
