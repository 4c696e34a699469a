"""A map reduced to what may leave: open papers' quotes alone, masked where they tell of a person; no paths, no names.

Everything that is not known to be open is left out. Pages keep their length, so that every quote that stays is
re-found at its place: what is not quoted becomes blank, what is masked becomes blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evidence_kit.passages.markings import marking_of
from evidence_kit.pipeline.sharing.fields import known
from evidence_kit.pipeline.sharing.names import NOT_SHARED, Names, folded, is_open_quote, names_of
from evidence_kit.pipeline.sharing.personal import addresses, is_account
from evidence_kit.records.decision import Decision, QuoteKey
from evidence_kit.records.document import Problem
from evidence_kit.records.evidence_map import CitedPage, EvidenceMap
from evidence_kit.records.finding import Conclusion, ElementResult, Finding, Quote, Role
from evidence_kit.records.passage import STATED_BY_TRUST, Paper
from evidence_kit.reports.decided import place, quote_keys
from evidence_kit.reports.words import count

ACCOUNT = "[A personal account, not shared]"
BLOCK = "█"
RESTS = "It rests on words that are not shared."
SETTINGS = frozenset({"as of", "framework", "organisation", "target", "text recognition"})
"""What is told of how the map was made; other settings may hold paths."""
_QUOTED = re.compile(r"“([^”]*)”|‘([^’]*)’")
_PATH = re.compile(r"[\\/]")
_ON_THE_WEB = re.compile(r"https?://", re.IGNORECASE)

PageKey = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How much was left out.

    Attributes:
        papers, quotes: Of papers that are marked, internal or not known to be open.
        accounts: Quotes that were masked, since they seem to be personal accounts of racism.
        addresses: E-mail addresses, telephone and NHS numbers that were masked.
        decisions: Decisions about words that are not shared or not in this map.
    """

    papers: int
    quotes: int
    accounts: int
    addresses: int
    decisions: int

    @property
    def lines(self) -> tuple[str, ...]:
        """What was left out, in words."""
        return (
            f"{count(self.quotes, 'quote')} from {count(self.papers, 'paper')} that "
            f"{'is' if self.papers == 1 else 'are'} marked restricted or confidential, or stated to be internal",
            f"{count(self.accounts, 'quote')} masked that {'seems' if self.accounts == 1 else 'seem'} to be a personal "
            "account of racism",
            f"{count(self.addresses, 'address or number', 'addresses or numbers')} of people masked",
            f"{count(self.decisions, 'decision')} about words that are not shared",
            "the papers themselves, their full text, the cited pages, names of folders, comments of people",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareable:
    """A map as it may leave, the decisions that go with it, and what was left out."""

    map: EvidenceMap
    decisions: tuple[Decision, ...]
    left_out: LeftOut


def reduce(
    evidence_map: EvidenceMap,
    decisions: Iterable[Decision],
    *,
    with_names: bool = False,
    file_names: bool = True,
) -> Shareable:
    """Return what may leave of a map and of the decisions beside it.

    Args:
        with_names: Leave the names of the people who decided.
        file_names: Leave the names of the files, without their folders.
    """
    named = names_of(evidence_map, file_names=file_names)
    papers = {paper.id: _paper(paper, named) for paper in evidence_map.papers if paper.id in named.open}
    masked, masks = _pages(evidence_map, papers)
    findings = tuple(_finding(one, papers, masked, named) for one in evidence_map.findings)
    quotes = sum(len(one.quotes) for one in evidence_map.findings)
    shared = replace(
        known(evidence_map),
        organisation_reason="",
        findings=findings,
        documents=tuple(named.documents),
        papers=tuple(papers.values()),
        problems=tuple(_problem(one, named) for one in evidence_map.problems),
        cited_pages=tuple(masked.values()),
        run=replace(
            known(evidence_map.run),
            settings=tuple((name, value) for name, value in evidence_map.run.settings if name in SETTINGS),
        ),
    )
    kept, dropped = _decisions(evidence_map, shared, decisions, with_names=with_names)
    left_out = LeftOut(
        papers=len(evidence_map.papers) - len(papers),
        quotes=quotes - sum(len(one.quotes) for one in findings),
        accounts=sum(quote.text.startswith(ACCOUNT[:12]) for one in findings for quote in one.quotes),
        addresses=masks,
        decisions=dropped,
    )
    return Shareable(map=shared, decisions=kept, left_out=left_out)


def _paper(paper: Paper, named: Names) -> Paper:
    """Return a paper without its owner and without words of it among the reasons of its profile."""
    profile = paper.profile
    own = replace(
        known(profile),
        owner="",
        address=profile.address if profile.public and _ON_THE_WEB.match(profile.address) else "",
        title=_masked(profile.title),
        weak_title="",
        reasons=tuple(pair for pair in profile.reasons if pair[1] == STATED_BY_TRUST),
    )
    return replace(
        known(paper),
        profile=own,
        venues=_without((one for one in paper.venues if one not in named.venues), named),
        duplicate_of=paper.duplicate_of if paper.duplicate_of in named.open else "",
    )


def _pages(evidence_map: EvidenceMap, papers: Mapping[str, Paper]) -> tuple[dict[PageKey, CitedPage], int]:
    """Return the cited pages with nothing on them but what may leave, and how many addresses were masked."""
    pages = {
        (page.document, page.page_index): page
        for page in evidence_map.cited_pages
        if not marking_of(page.text.splitlines())
    }
    shown: dict[PageKey, list[str]] = {}
    accounts: list[tuple[PageKey, int, int]] = []
    for one in evidence_map.findings:
        for quote in one.quotes:
            if not is_open_quote(quote, papers):
                continue
            told = is_account(" ".join((*quote.headings[-1:], quote.stem, quote.text)))
            for at in quote.places:
                key = (at.document, at.page_index)
                page = pages.get(key)
                if page is None:
                    continue
                letters = shown.setdefault(key, [_blank(mark) for mark in page.text])
                letters[at.start : at.end] = page.text[at.start : at.end]
                if told:
                    accounts.append((key, at.start, at.end))
    masks = 0
    for letters in shown.values():
        for found in addresses("".join(letters)):
            letters[found.start : found.end] = BLOCK * (found.end - found.start)
            masks += 1
    for key, start, end in accounts:
        shown[key][start:end] = ACCOUNT[: end - start].ljust(end - start)
    return {key: replace(known(pages[key]), text="".join(letters)) for key, letters in shown.items()}, masks


def _blank(mark: str) -> str:
    return mark if mark in "\n\t" else " "


def _finding(
    finding: Finding, papers: Mapping[str, Paper], pages: Mapping[PageKey, CitedPage], named: Names
) -> Finding:
    """Return a finding with open quotes alone; its reasons keep what rests on these or on the framework's words."""
    quotes = tuple(
        shared
        for quote in finding.quotes
        if is_open_quote(quote, papers) and (shared := _quote(quote, pages, named))
    )
    lost = len(finding.quotes) - len(quotes)
    ids = {quote.id for quote in quotes}
    whole = {
        one.id for one in quotes if (one.id, one.text) in {(each.id, each.text) for each in finding.quotes}
    }
    words = "\n".join(
        (
            *(folded(" ".join((one.text, *one.headings, one.stem, *one.header))) for one in quotes),
            *(paper.profile.title for paper in papers.values()),
        )
    )
    notes = () if lost else tuple(note for note in finding.notes if _may_leave(note, words, named))
    acts = [one.act_date for one in quotes if one.act_date and one.role is Role.SUPPORT]
    return replace(
        known(finding),
        quotes=quotes,
        conclusions=tuple(_conclusion(one, ids, words, named) for one in finding.conclusions),
        next_steps=tuple(step for step in finding.next_steps if _may_leave(step, words, named)),
        notes=(*notes, *_lost_words(lost)),
        newest=max(acts, default=None) if lost else finding.newest,
        oldest=min(acts, default=None) if lost else finding.oldest,
        expires=None if lost else finding.expires,
        trends=tuple(known(trend) for trend in finding.trends if trend.quote in whole),
    )


def _lost_words(lost: int) -> tuple[str, ...]:
    if not lost:
        return ()
    verb = "is" if lost == 1 else "are"
    return (f"{count(lost, 'quote')} from papers that are not for everybody {verb} not shared.",)


def _conclusion(one: Conclusion, ids: set[str], words: str, named: Names) -> Conclusion:
    return replace(
        known(one),
        reason=one.reason if _may_leave(one.reason, words, named) else RESTS,
        elements=tuple(_element(result, ids, words, named) for result in one.elements),
    )


def _element(result: ElementResult, ids: set[str], words: str, named: Names) -> ElementResult:
    kept = tuple(quote for quote in result.quotes if quote in ids)
    whole = len(kept) == len(result.quotes) and _may_leave(result.reason, words, named)
    return replace(known(result), quotes=kept, reason=result.reason if whole else RESTS)


def _quote(quote: Quote, pages: Mapping[PageKey, CitedPage], named: Names) -> Quote | None:
    """Return a quote as its pages now show it; ``None`` where a page of it is missing or marked itself."""
    parts = []
    for at in quote.places:
        page = pages.get((at.document, at.page_index))
        if page is None:
            return None
        parts.append(page.text[at.start : at.end])
    text = " ".join(parts)
    is_whole = text == quote.text
    told = ACCOUNT[:12] in text
    return replace(
        known(quote),
        text=text,
        places=tuple(map(known, quote.places)),
        cues=quote.cues if is_whole else (),
        headings=() if told else _without(quote.headings, named),
        stem="" if told else _masked(quote.stem),
        header=tuple(map(_masked, quote.header)),
        remark="" if told or not _may_leave(quote.remark, folded(text), named) else quote.remark,
        reasons=(),
    )


def _without(texts: Iterable[str], named: Names) -> tuple[str, ...]:
    """Return titles and headings, masked, without those that name what is not shared."""
    return tuple(_masked(text) for text in texts if not named.tells(text, case=False))


def _may_leave(text: str, words: str, named: Names) -> bool:
    """Tell whether a sentence of ours quotes nothing but shared words, and names nothing that is not shared."""
    quoted = [one or two for one, two in _QUOTED.findall(text)]
    return (
        all(part.strip(" …") and folded(part.rstrip(" …")) in words for part in quoted)
        and not any(mark in _QUOTED.sub("", text) for mark in "“”‘")
        and not named.tells(text)
        and not any(True for _ in addresses(text))
    )


def _problem(problem: Problem, named: Names) -> Problem:
    """Return a problem under the file's shared name; words that may hold a path or a name are left out."""
    file = named.files.get(problem.file, "" if not problem.file else f"a file ({NOT_SHARED})")
    return replace(
        known(problem),
        file=file,
        message=_plain(problem.message, named, "What happened is told in the map that is not shared."),
        next_step=_plain(problem.next_step, named, ""),
    )


def _plain(text: str, named: Names, instead: str) -> str:
    return text if not _PATH.search(text) and _may_leave(text, "", named) else instead


def _decisions(
    whole: EvidenceMap, shared: EvidenceMap, decisions: Iterable[Decision], *, with_names: bool
) -> tuple[tuple[Decision, ...], int]:
    """Return the decisions that have a place in what is shared, without comments, and how many have none."""
    decided = place(decisions, whole)
    keys = quote_keys(shared)
    texts = {(one.criterion, quote.id): quote.text for one in shared.findings for quote in one.quotes}
    kept: list[Decision] = []
    dropped = len(decided.unplaced)
    for those in decided.criteria.values():
        kept += those
    for (criterion, quote), those in decided.quotes.items():
        text = texts.get((criterion, quote))
        if text is None:
            dropped += len(those)
            continue
        kept += [replace(one, quote=keys[quote, text]) for one in those]
    people = {
        name: f"person {number}" for number, name in enumerate(sorted({one.person for one in kept}), start=1)
    }
    return tuple(
        replace(known(one), comment="", person=one.person if with_names else people[one.person])
        for one in sorted(kept, key=_order)
    ), dropped


def _order(decision: Decision) -> tuple[str, str, str, str, str]:
    key = decision.quote or QuoteKey(text="")
    return decision.criterion, decision.at, decision.person, decision.verdict.value, key.text


def _masked(text: str) -> str:
    """Return a text with addresses and numbers of people as blocks."""
    letters = list(text)
    for found in addresses(text):
        letters[found.start : found.end] = BLOCK * (found.end - found.start)
    return "".join(letters)
