"""The verdict on a claim, by the same conclusions as a map. A false confirmation is what this module fears most.

A claim is *confirmed* only where its criterion is evidenced under the wording that decides, the cited pages themselves
carry the core of it, nothing of that rests on words that nobody sees or that speak to the reader, and every figure of
the claim stands in what was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from evidence_kit.checks.catalogue import ACT_CHECKS
from evidence_kit.records.criterion import Criterion
from evidence_kit.records.finding import Outcome, Role, Status
from evidence_kit.reports.findings import ConclusionView, FindingView
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.words import listed
from evidence_kit.screening.asserted import unshown
from evidence_kit.screening.citations import Cited, Pages
from evidence_kit.screening.claims import Claim
from evidence_kit.screening.grounds import Grounds
from evidence_kit.screening.weighing import Unshown


class ClaimVerdict(StrEnum):
    """What the documents say to a claim."""

    CONFIRMED = "confirmed"
    ELSEWHERE = "confirmed_elsewhere"
    PARTLY = "partly"
    PLANNED = "planned"
    OUT_OF_DATE = "out_of_date"
    CONTRADICTED = "contradicted"
    MISSING = "document_missing"
    NOT_FOUND = "not_found"


CLAIM_WORDS: Mapping[ClaimVerdict, str] = {
    ClaimVerdict.CONFIRMED: "confirmed",
    ClaimVerdict.ELSEWHERE: "confirmed elsewhere",
    ClaimVerdict.PARTLY: "partly",
    ClaimVerdict.PLANNED: "planned, not done",
    ClaimVerdict.OUT_OF_DATE: "out of date",
    ClaimVerdict.CONTRADICTED: "contradicted by",
    ClaimVerdict.MISSING: "document missing",
    ClaimVerdict.NOT_FOUND: "not found in these documents",
}
_OF_STATUS = {
    Status.PARTLY: ClaimVerdict.PARTLY,
    Status.NEEDS_PERSON: ClaimVerdict.PARTLY,
    Status.PLANNED: ClaimVerdict.PLANNED,
    Status.STALE: ClaimVerdict.OUT_OF_DATE,
    Status.CONTRADICTED: ClaimVerdict.CONTRADICTED,
    Status.NOT_FOUND: ClaimVerdict.NOT_FOUND,
}
_ROLE_OF = {
    ClaimVerdict.PLANNED: Role.PLAN,
    ClaimVerdict.CONTRADICTED: Role.AGAINST,
}
_GOOD = frozenset({ClaimVerdict.CONFIRMED, ClaimVerdict.ELSEWHERE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """A claim with its verdict.

    Attributes:
        cited: What it cites.
        quotes: The words behind the verdict, those on cited pages first.
        here: Those of them that stand on cited pages.
        shown, missing: Questions of the required elements under the deciding wording.
        other_wording: What the other wording gives, where that differs; empty otherwise.
        remarks: What a reader should mind.
        lead: The cited page by itself looks like more than the verdict says: read it.
        unshown: What the claim says beside its criterion, and the pages do not show.
        suspect: Words were passed over that nobody sees, that speak to the reader or that repeat the criterion.
    """

    claim: Claim
    verdict: ClaimVerdict
    reason: str
    cited: Cited
    quotes: tuple[QuoteView, ...] = ()
    here: tuple[QuoteView, ...] = ()
    shown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    other_wording: str = ""
    remarks: tuple[str, ...] = ()
    lead: bool = False
    unshown: tuple[Unshown, ...] = ()
    suspect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What all claims of an application are judged by.

    Attributes:
        wording: The variant that decides.
        suspects: Why a quote may not speak for a claim, by its id.
        grounds: The application's pages.
        levels: Names of the framework's levels.
        as_of: The day that is looked back from.
    """

    wording: str
    suspects: Mapping[str, str]
    grounds: Grounds
    levels: tuple[str, ...]
    as_of: date


def conclusion_of(finding: FindingView, wording: str) -> ConclusionView:
    """Return the conclusion under the wording that decides; the first where the criterion has one wording alone."""
    return next((one for one in finding.conclusions if one.variant == wording), finding.conclusions[0])


def judge(claim: Claim, cited: Cited, finding: FindingView, by: Judging) -> Screened:
    """Judge a claim.

    Args:
        claim: What is claimed.
        cited: What it cites.
        finding: The map's finding for the criterion.
        by: What all claims are judged by.
    """
    suspects = by.suspects
    conclusion = conclusion_of(finding, by.wording)
    passed_over = [quote for quote in finding.support if quote.quote.id in suspects]
    status, weak = _weighed(finding.criterion, conclusion, suspects)
    core = _core_quotes(finding.criterion, conclusion, suspects)
    here = _standing_on(core, cited.pages)
    verdict, reason = _verdict(status, conclusion, cited, _carries(finding.criterion, conclusion, here))
    quotes = _quotes_for(verdict, finding, suspects)
    beside = _unshown(claim, cited, finding, quotes, by) if verdict in _GOOD else ()
    if beside:
        verdict = ClaimVerdict.PARTLY
        also = listed([one.told for one in beside])
        reason = f"The criterion is shown; the claim also says {also}, which the pages do not show."
    elif status is not conclusion.status:
        reason = "What seems to show it may not speak for it: see what was passed over."
    on_pages = _standing_on(quotes, cited.pages)
    result = Screened(
        claim=claim,
        verdict=verdict,
        reason=reason,
        cited=cited,
        quotes=(*on_pages, *(quote for quote in quotes if quote not in on_pages)),
        here=on_pages,
        shown=tuple(e.asks for e in conclusion.elements if e.required and not e.missing and e.id not in weak),
        missing=tuple(e.asks for e in conclusion.elements if e.required and (e.missing or e.id in weak)),
        other_wording="; ".join(
            f"{other.label.lower()}: {other.status_words}"
            for other in finding.conclusions
            if other.status is not conclusion.status
        ),
        unshown=beside,
        suspect=tuple(dict.fromkeys(f"{suspects[q.quote.id]}: {q.place}" for q in passed_over)),
    )
    return replace(result, remarks=tuple(_remarks(result, conclusion, core)))


def _unshown(
    claim: Claim, cited: Cited, finding: FindingView, quotes: Sequence[QuoteView], by: Judging
) -> tuple[Unshown, ...]:
    told = by.grounds.told(quotes, cited.pages)
    return unshown(claim.text, finding.criterion, quotes, by.grounds, told, levels=by.levels, as_of=by.as_of)


def uncited(finding: FindingView, pages: Pages, suspects: Mapping[str, str]) -> tuple[QuoteView, ...]:
    """Return the support for a criterion that stands on no page cited for it."""
    good = tuple(quote for quote in finding.support if quote.quote.id not in suspects and quote.refound)
    on_pages = _standing_on(good, pages)
    return tuple(quote for quote in good if quote not in on_pages)


def _weighed(
    criterion: Criterion, conclusion: ConclusionView, suspects: Mapping[str, str]
) -> tuple[Status, frozenset[str]]:
    """Return the status without the suspect words, and the elements that rested on them.

    One act shows an element of its own kind; what is counted over acts needs every one of them.
    """
    checks = {element.id: element.check for element in criterion.elements}
    weak = set()
    for element in conclusion.elements:
        shows = [quote for quote in element.quotes if quote.quote.role is Role.SUPPORT]
        sound = [quote for quote in shows if quote.quote.id not in suspects]
        if len(sound) < len(shows) and (not sound or checks.get(element.id) not in ACT_CHECKS):
            weak.add(element.id)
    required = {element.id for element in conclusion.elements if element.required}
    core = {element.id for element in criterion.elements if element.core and element.id in required}
    standing = {e.id for e in conclusion.elements if e.outcome is Outcome.SHOWN} - weak
    if not weak & required or conclusion.status not in (
        Status.EVIDENCED,
        Status.PARTLY,
        Status.NEEDS_PERSON,
        Status.STALE,
    ):
        return conclusion.status, frozenset(weak)
    return (Status.PARTLY if core & standing else Status.NOT_FOUND), frozenset(weak)


def _core_quotes(
    criterion: Criterion, conclusion: ConclusionView, suspects: Mapping[str, str]
) -> tuple[QuoteView, ...]:
    """Return the sound, timely support for the core elements."""
    core = {element.id for element in criterion.elements if element.core}
    found = {
        quote.quote.id: quote
        for element in conclusion.elements
        if element.id in core and element.outcome is Outcome.SHOWN
        for quote in element.quotes
        if quote.refound and quote.quote.role is Role.SUPPORT and quote.quote.in_window
    }
    return tuple(quote for name, quote in found.items() if name not in suspects)


def _standing_on(quotes: Sequence[QuoteView], pages: Pages) -> tuple[QuoteView, ...]:
    return tuple(
        quote
        for quote in quotes
        if any((place.document, place.page_index) in pages for place in quote.quote.places)
    )


def _carries(criterion: Criterion, conclusion: ConclusionView, here: Sequence[QuoteView]) -> bool:
    """Tell whether quotes on cited pages carry the core: it, and all that must stand in one act or passage with it."""
    required = {element.id for element in conclusion.elements if element.required}
    core = {element.id for element in criterion.elements if element.core} & required
    groups = [
        set(group) & required for group in (*criterion.same_act, *criterion.same_passage) if core & set(group)
    ]
    needed = set().union(*groups)
    shown = {name for quote in here for name in quote.quote.elements}
    return bool(core & shown) and needed - core <= shown


def _verdict(
    status: Status, conclusion: ConclusionView, cited: Cited, carried: bool
) -> tuple[ClaimVerdict, str]:
    notes = f"{listed(list(cited.notes))}. " if cited.notes else ""
    notes = notes[:1].upper() + notes[1:]
    shown = status is Status.EVIDENCED
    also = " What other documents show of the criterion is quoted." if shown else ""
    if cited.missing and not cited.documents:
        names = listed([f"‘{name}’" for name, _ in cited.missing])
        near = dict.fromkeys(path for _, paths in cited.missing for path in paths)
        hint = f" The nearest: {listed(list(near))}." if near else ""
        return ClaimVerdict.MISSING, f"{notes}Among the files there is no {names}.{hint}{also}"
    if cited.unreadable:
        return ClaimVerdict.MISSING, f"{notes}Nothing of what is cited could be read.{also}"
    if shown:
        if carried and not cited.only_claims:
            return ClaimVerdict.CONFIRMED, conclusion.reason
        where = "The pages cited do not carry it" if cited.pages else "No page that could be found is cited"
        return ClaimVerdict.ELSEWHERE, f"{notes}{where}; it stands elsewhere in these documents."
    return _OF_STATUS[status], f"{notes}{conclusion.reason}"


def _quotes_for(
    verdict: ClaimVerdict, finding: FindingView, suspects: Mapping[str, str]
) -> tuple[QuoteView, ...]:
    """Return the words behind a verdict; nothing found shows what came nearest."""
    if verdict is ClaimVerdict.NOT_FOUND or (verdict is ClaimVerdict.MISSING and not finding.support):
        chosen: Sequence[QuoteView] = finding.near_misses
    else:
        role = _ROLE_OF.get(verdict, Role.SUPPORT)
        chosen = [quote for quote in finding.quotes if quote.quote.role is role]
        if verdict is ClaimVerdict.CONTRADICTED:
            chosen = [*chosen, *finding.support]
    return tuple(quote for quote in chosen if quote.refound and quote.quote.id not in suspects)


def _remarks(screened: Screened, conclusion: ConclusionView, core: Sequence[QuoteView]) -> list[str]:
    """Say what a reader should mind: wordings that differ, tolerance, extracts, what stands on other pages."""
    found = []
    if screened.other_wording:
        found.append(f"Split by wording; {screened.other_wording}.")
    if conclusion.tolerance:
        found.append(conclusion.tolerance)
    if screened.cited.extracts:
        found.append(f"An extract: {listed(list(screened.cited.extracts))}.")
    if screened.cited.missing and screened.verdict is not ClaimVerdict.MISSING:
        names = listed([f"‘{name}’" for name, _ in screened.cited.missing])
        found.append(f"Among the files there is no {names}.")
    if screened.suspect:
        found.append(f"Passed over: {listed(list(screened.suspect))}.")
    if screened.verdict is ClaimVerdict.CONFIRMED and len(screened.here) < len(core):
        found.append("Part of what shows it stands on pages that the claim does not cite.")
    return found
