"""Screens one application: the map of its documents, then every claim held against it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence_kit.errors import UsageError
from evidence_kit.language.lexicon import Lexicon
from evidence_kit.language.nlp import Tagger
from evidence_kit.options import MapOptions
from evidence_kit.pipeline.cited import look_up
from evidence_kit.pipeline.conclude import Progress
from evidence_kit.pipeline.filled import Citation
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.pipeline.ours import Names, ours_of
from evidence_kit.pipeline.run import MapResult, map_evidence
from evidence_kit.readers.hidden.unseen import LOOKED_AT, Look, unseen_words
from evidence_kit.readers.walk import find_files
from evidence_kit.records.document import Document
from evidence_kit.records.finding import Status
from evidence_kit.rendering.sources import SourceError, bytes_of
from evidence_kit.reports.findings import FindingView
from evidence_kit.reports.quotes import QuoteView
from evidence_kit.reports.view import MapView, build
from evidence_kit.reports.words import STATUS_WORDS
from evidence_kit.screening.citations import Citer, Pages
from evidence_kit.screening.claims import ClaimsForm, names_in, read_claims
from evidence_kit.screening.grounds import Grounds
from evidence_kit.screening.intake import Intake, Personal, check_intake
from evidence_kit.screening.suspects import instructions_in, suspects_of
from evidence_kit.screening.tables import read_tables
from evidence_kit.screening.verdicts import ClaimVerdict, Judging, Screened, judge, uncited
from evidence_kit.workers import Limits, run_guarded

FindPersonal = Callable[[Sequence[Document]], Sequence[Personal]]
"""Finds the files that a panel perhaps should not read."""
LOOKED_AT_AGAIN = 12_000
"""Characters of cited pages that are read by themselves: some three pages. Who cites a whole pack points at no page."""
_SHORT = frozenset({ClaimVerdict.NOT_FOUND, ClaimVerdict.PLANNED})
"""Verdicts under which the cited page is read once more by itself."""
_MORE = frozenset({Status.EVIDENCED, Status.PARTLY})
"""Statuses of a page by itself that are more than such a verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenOptions:
    """What a screening needs to know.

    Attributes:
        mapped: What the map needs: the application's folder among it.
        claims: The form with the claims; it is never evidence, wherever it lies.
        columns: Headings of the form, where they are not ours.
        wording: The variant that decides; the other is always shown.
        accepted: The applicant's own names that the coordinator accepts.
        sources: The application as seen from where the reports go, for links.
    """

    mapped: MapOptions
    claims: Path
    columns: Mapping[str, str]
    wording: str = "table"
    accepted: tuple[str, ...] = ()
    sources: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """A screened application.

    Attributes:
        view: The map of its documents.
        result: The same, with the documents' text.
        screened: Every claim with its verdict, in the form's order.
        uncited: Evidence that no claim cites, by criterion.
    """

    view: MapView
    result: MapResult
    form: ClaimsForm
    screened: tuple[Screened, ...]
    uncited: tuple[tuple[FindingView, tuple[QuoteView, ...]], ...]
    intake: Intake
    wording: str


def screen(
    options: ScreenOptions,
    *,
    personal: FindPersonal = lambda _: (),
    progress: Progress | None = None,
    knowledge: Knowledge | None = None,
) -> Application:
    """Screen an application.

    Args:
        options: What to read, and by which rules.
        personal: The check of the round for files that are too personal.
        progress: As for :func:`evidence_kit.pipeline.run.map_evidence`.
        knowledge: The same.

    Raises:
        EvidenceKitError: As :func:`evidence_kit.pipeline.run.map_evidence` and
            :func:`evidence_kit.screening.claims.read_claims` do.
    """
    mapped = options.mapped
    knowledge = knowledge or load_knowledge(mapped.framework)
    taggers = _Taggers()
    forms = read_tables(options.claims, limits=mapped.limits, workers=mapped.workers)
    form = read_claims(forms, knowledge.framework, options.columns)
    names = _names(names_in(forms), options.accepted)
    copies = _copies(options.claims, mapped.pack, mapped.skip)
    result = map_evidence(
        replace(
            mapped,
            skip=(*mapped.skip, options.claims, *(path for path, _ in copies)),
            names=(*mapped.names, *((name, _concept(means)) for name, means, taken in names if taken)),
        ),
        progress,
        knowledge=knowledge,
        tagger=taggers,
    )
    view = build(result.evidence_map, sources=options.sources)
    tagger = taggers(knowledge.lexicon, ours_of(result.evidence_map).names)
    by = _judging(view, result, options, knowledge, tagger)
    citer = Citer(result.evidence_map, result.documents, options.claims.name)
    findings = {finding.criterion.id: finding for finding in view.findings}
    cited = [(claim, citer.cited(claim)) for claim in form.claims]
    screened = [judge(claim, one, findings[claim.criterion], by) for claim, one in cited]
    return Application(
        view=view,
        result=result,
        form=form,
        screened=tuple(_with_leads(screened, result, knowledge, tagger)),
        uncited=tuple(_uncited(view.findings, screened, by.suspects)),
        intake=check_intake(
            view,
            form,
            cited,
            personal=personal(result.documents),
            tricks=tuple(instructions_in(result.documents)),
            copies=[name for _, name in copies],
            names=names,
        ),
        wording=options.wording,
    )


class _Taggers:
    """Makes taggers, each once: the map's reads the claims as well."""

    def __init__(self) -> None:
        self._made: dict[Names, Tagger] = {}

    def __call__(self, lexicon: Lexicon, names: Names = ()) -> Tagger:
        """Return the tagger of the screening's lexicon with these names."""
        if names not in self._made:
            self._made[names] = Tagger(lexicon, names)
        return self._made[names]


def _judging(
    view: MapView, result: MapResult, options: ScreenOptions, knowledge: Knowledge, tagger: Tagger
) -> Judging:
    evidence_map = result.evidence_map
    unseen = _unseen(view, result, options.mapped)
    return Judging(
        wording=options.wording,
        suspects=suspects_of(evidence_map, view.findings, result.documents, unseen),
        grounds=Grounds(
            result.documents,
            evidence_map.papers,
            tagger,
            knowledge.lexicon.sorts(),
        ),
        levels=tuple(level.label for level in evidence_map.framework.levels),
        as_of=evidence_map.as_of,
    )


def _names(supplied: Sequence[tuple[str, str]], accepted: Sequence[str]) -> tuple[tuple[str, str, bool], ...]:
    unknown = sorted(set(accepted) - {name for name, _ in supplied})
    if unknown:
        raise UsageError(
            f"The form supplies no name {unknown[0]!r}, so none can be accepted.",
            next_step="Supplied are: " + (", ".join(name for name, _ in supplied) or "none") + ".",
        )
    return tuple((name, means, name in accepted) for name, means in supplied)


def _concept(means: str) -> str:
    return "_".join(means.casefold().split())


def _copies(claims: Path, pack: Path, skip: tuple[Path, ...]) -> list[tuple[Path, str]]:
    """Return the files of the application with the same bytes as the form: it is not evidence under another name."""
    size, own = claims.stat().st_size, hashlib.sha256(claims.read_bytes()).digest()
    return [
        (found.path, found.name)
        for found in find_files(pack, skip)
        if not found.error
        and found.path.stat().st_size == size
        and hashlib.sha256(found.path.read_bytes()).digest() == own
    ]


def _unseen(view: MapView, result: MapResult, mapped: MapOptions) -> dict[tuple[str, int], str | None]:
    """Return the words that nobody sees on the pages on which support stands; ``None`` for a page not looked at."""
    wanted: dict[str, set[int]] = {}
    media = {document.id: document.media for document in result.documents}
    for quote in (quote for finding in view.findings for quote in finding.support):
        for place in quote.quote.places:
            if media[place.document] in LOOKED_AT:
                wanted.setdefault(place.document, set()).add(place.page_index)
    found: dict[tuple[str, int], str | None] = dict.fromkeys(
        (name, at) for name, those in wanted.items() for at in sorted(those)
    )
    with tempfile.TemporaryDirectory(prefix="evidence-kit-") as scratch:
        looks = dict(_looks(result, wanted, mapped.pack, mapped.limits, Path(scratch)))
        outcomes = run_guarded(
            unseen_words, list(looks.values()), workers=mapped.workers, limits=mapped.limits
        )
        for document, outcome in zip(looks, outcomes, strict=True):
            found |= {(document, index): words for index, words in (outcome.result or {}).items()}
    return found


def _looks(
    result: MapResult, wanted: Mapping[str, set[int]], pack: Path, limits: Limits, scratch: Path
) -> Iterator[tuple[str, Look]]:
    """Yield what to look at: the very bytes that were read, out of archives too."""
    folder = pack if pack.is_dir() else pack.parent
    for document in result.evidence_map.documents:
        if document.id not in wanted:
            continue
        copy = scratch / document.id
        try:
            copy.write_bytes(bytes_of(document, folder))
        except SourceError:
            continue
        yield document.id, Look(str(copy), document.media, tuple(sorted(wanted[document.id])), limits)


def _with_leads(
    screened: Sequence[Screened], result: MapResult, knowledge: Knowledge, tagger: Tagger
) -> Iterator[Screened]:
    """Read the cited pages of claims that fell short by themselves: a person should see a page that looks like more."""
    texts = {document.id: document.pages for document in result.documents}
    short = [
        one
        for one in screened
        if one.verdict in _SHORT
        and not one.cited.only_claims
        and 0 < sum(len(texts[name][index].text) for name, index in one.cited.pages) <= LOOKED_AT_AGAIN
    ]
    citations = [
        Citation(
            cell=one.claim.cell, criterion=one.claim.criterion, document=document, page=one.claim.page, why=""
        )
        for one in short
        for document in dict.fromkeys(one.cited.documents)
    ]
    looked = look_up(citations, result.evidence_map, result.documents, knowledge, tagger)
    more = {
        (one.citation.cell, one.citation.criterion): one.finding.status
        for one in looked
        if one.finding is not None and one.keys and one.finding.status in _MORE
    }
    for one in screened:
        status = more.get((one.claim.cell, one.claim.criterion))
        if status is None:
            yield one
        else:
            words = f"By themselves the cited pages read as “{STATUS_WORDS[status]}”: read them."
            yield replace(one, lead=True, remarks=(*one.remarks, words))


def _uncited(
    findings: Sequence[FindingView], screened: Sequence[Screened], suspects: Mapping[str, str]
) -> Iterator[tuple[FindingView, tuple[QuoteView, ...]]]:
    for finding in findings:
        pages: Pages = frozenset().union(
            *(one.cited.pages for one in screened if one.claim.criterion == finding.criterion.id)
        )
        quotes = uncited(finding, pages, suspects)
        if quotes:
            yield finding, quotes
