"""``map_evidence``: a pack of papers in, an evidence map out. Reads as a table of contents of the tool."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from evidence_kit import __version__
from evidence_kit.checks.gather import NEVER_EVIDENCE
from evidence_kit.errors import NothingRead, UsageError
from evidence_kit.language.lexicon import Lexicon, Sort
from evidence_kit.language.nlp import Tagger
from evidence_kit.language.own_names import learn_names
from evidence_kit.options import MapOptions
from evidence_kit.passages.register import Register, merge_register, read_register
from evidence_kit.pipeline import assemble, keeping
from evidence_kit.pipeline.cited import cited_passages
from evidence_kit.pipeline.conclude import (
    Cut,
    LateTagger,
    Progress,
    Tags,
    across_of,
    bearings_of,
    conclude_all,
    cut,
    others_named,
    unheard,
)
from evidence_kit.pipeline.keeping import Kept
from evidence_kit.pipeline.knowledge import Knowledge, load_knowledge
from evidence_kit.pipeline.ours import Names, Ours
from evidence_kit.readers.ocr.engines import engine_name
from evidence_kit.readers.pack import read_pack
from evidence_kit.readers.walk import find_left_out
from evidence_kit.records.document import Document, Problem
from evidence_kit.records.evidence_map import EvidenceMap, Run
from evidence_kit.store.decisions import read_decisions
from evidence_kit.workers import Limits

MakeTagger = Callable[[Lexicon, Names], Tags]
"""Makes what tags passages, or gives one made before of the same lexicon and names."""
LEFT_OUT_LISTED = 20
"""Names told of files that are no papers by their names."""


@dataclass(frozen=True, slots=True)
class MapResult:
    """The evidence map, and the documents whose text it rests on (for ``texts.jsonl.gz``).

    Attributes:
        notes: For the user, about the run and not about the papers: what was wrong with the cache.
    """

    evidence_map: EvidenceMap
    documents: tuple[Document, ...]
    notes: tuple[str, ...] = ()


def map_evidence(
    options: MapOptions,
    progress: Progress | None = None,
    *,
    knowledge: Knowledge | None = None,
    tagger: MakeTagger = Tagger,
) -> MapResult:
    """Read a pack and conclude every criterion of a framework from it.

    The result depends on the files, the options and the tool's own data alone: never on the clock, the number of
    workers or the size of page ranges.

    Args:
        options: What to read, for whom, as at when.
        progress: Called with stage, done and total.
        knowledge: What was loaded before of the same framework; else it is loaded.
        tagger: As for :func:`map_documents`.

    Raises:
        UsageError: The pack is missing, the target is no level of the framework, or a name is given for no concept.
        NothingRead: No document could be read.
        FrameworkInvalid: Framework or lexicon break the rules.
        DependencyMissing: Text recognition is forced and not installed.
    """
    notes: list[str] = []
    with keeping.opened(options.cache, notes) as kept:
        known = knowledge or load_knowledge(options.framework)
        result = _mapped(options, known, progress or unheard, kept, tagger)
    return replace(result, notes=tuple(notes))


def _mapped(
    options: MapOptions, knowledge: Knowledge, tell: Progress, kept: Kept, tagger: MakeTagger
) -> MapResult:
    _target(options, knowledge)  # a mistake is told before the long work
    _check_names(options, knowledge)
    found = read_pack(
        options.pack,
        workers=options.workers,
        limits=options.limits,
        pages_per_task=options.pages_per_task,
        skip=(*options.skip, *([options.cache] if options.cache else [])),
        ocr=options.ocr,
        shelf=kept.pages,
        progress=lambda path, done, total: tell(f"reading {Path(path).name}", done, total),
    )
    return map_documents(found, options, knowledge=knowledge, progress=tell, kept=kept, tagger=tagger)


def map_documents(
    found: tuple[Document, ...],
    options: MapOptions,
    *,
    knowledge: Knowledge,
    progress: Progress = unheard,
    kept: Kept = keeping.NOTHING,
    tagger: MakeTagger = Tagger,
) -> MapResult:
    """Conclude every criterion from documents that are read already; ``options.pack`` only names them.

    Args:
        found: As :func:`evidence_kit.readers.pack.read_pack` returns them, an evidence register among them too.
        options: Those of reading are told in the map and do nothing.
        knowledge: Framework, lexicon and classifier.
        progress: Called with stage, done and total.
        kept: Where papers, passages and readings are looked up and put by.
        tagger: Makes what tags passages, or gives one made before of the same lexicon and names.

    Raises:
        UsageError: The target is no level of the framework.
        NothingRead: There is no document, or none that could be read.
    """
    target = _target(options, knowledge)
    documents, register = _without_register(found, options)
    pack, doubts = _with_register(register, documents, cut(documents, kept))
    organisation, reason = assemble.organisation_of(options.organisation, pack.papers)
    ours = _ours(options, pack, knowledge, organisation)
    tags = LateTagger(lambda: tagger(knowledge.lexicon, ours.names))
    bearings = bearings_of(pack, knowledge, tags, ours, progress=progress, kept=kept)
    progress("concluding", 0, 0)
    across = across_of(pack, knowledge, tags, ours)
    concluded = conclude_all(bearings, knowledge, options.as_of, across)
    by_id = {document.id: document for document in documents}
    findings = tuple(assemble.finding_of(each, by_id) for each in concluded)
    evidence_map = EvidenceMap(
        organisation=organisation,
        organisation_reason=reason,
        as_of=options.as_of,
        target=target,
        framework=knowledge.framework,
        findings=findings,
        levels=assemble.level_lines(knowledge.framework, findings),
        documents=tuple(assemble.summary_of(document) for document in documents),
        papers=pack.papers,
        problems=assemble.problems_of(by_id, doubts, across, concluded),
        cited_pages=assemble.cited_pages_of(findings, by_id),
        run=_run(options, knowledge, register, ours),
    )
    return MapResult(evidence_map, documents)


def _with_register(
    register: Register, documents: tuple[Document, ...], pack: Cut
) -> tuple[Cut, tuple[Problem, ...]]:
    """Add to the papers what the evidence register states of them, and return what is unclear in it beside them."""
    papers, doubts = merge_register(register, documents, pack.papers)
    return replace(pack, papers=papers), (*register.problems, *doubts)


def _ours(options: MapOptions, pack: Cut, knowledge: Knowledge, organisation: str) -> Ours:
    """Gather what is known of the organisation; what the user says of a name goes before what papers say of it."""
    stated = {name for name, _ in options.names}
    own_evidence = {paper.id for paper in pack.papers if paper.profile.kind not in NEVER_EVIDENCE}
    passages = (passage for passage in pack.passages if passage.paper in own_evidence)
    learnt = learn_names(passages, knowledge.lexicon)
    return Ours(
        organisation=organisation,
        stated=options.names,
        learnt=tuple(pair for pair in learnt if pair[0] not in stated),
        others=tuple(name for name in others_named(pack, organisation) if name not in stated),
        cited=cited_passages(read_decisions(options.decisions).decisions) if options.decisions else {},
    )


def _target(options: MapOptions, knowledge: Knowledge) -> str:
    levels = [level.id for level in knowledge.framework.levels]
    target = options.target or levels[0]
    if target not in levels:
        raise UsageError(
            f"Unknown level: {target}.", next_step=f"Levels of this framework: {', '.join(levels)}."
        )
    return target


def _check_names(options: MapOptions, knowledge: Knowledge) -> None:
    """Refuse a name for a concept that nobody knows: it would change nothing, in silence."""
    known = knowledge.lexicon.ids()
    for name, concept in options.names:
        if concept not in known:
            raise UsageError(
                f"The name {name!r} is given for the concept {concept!r}, which the lexicon does not have.",
                next_step="Bodies and networks are: "
                + ", ".join(one.id for one in knowledge.lexicon.concepts if one.sort is Sort.BODY)
                + ".",
            )


def _without_register(
    found: tuple[Document, ...], options: MapOptions
) -> tuple[tuple[Document, ...], Register]:
    """Take out what the trust states in its evidence register: it is no evidence."""
    register = read_register(found)
    documents = tuple(document for document in found if document.path not in register.names)
    if not documents:
        raise NothingRead(
            f"There is no document in {options.pack}.",
            next_step="Put the papers (PDF, Word, e-mail, ZIP archives, HTML, Markdown or text) there and run again.",
        )
    if not assemble.anything_read(documents):
        problems = "\n".join(
            f"  {problem.file}: {problem.message} {problem.next_step}"
            for document in documents
            for problem in document.problems
        )
        raise NothingRead(f"None of the {len(documents)} files could be read:\n{problems}")
    return documents, register


def _left_out(options: MapOptions) -> dict[str, str]:
    """Name the files that nobody opened because of their names, so that none is left out in silence."""
    names = find_left_out(options.pack, options.skip)
    if not names:
        return {}
    more = f" and {len(names) - LEFT_OUT_LISTED} more" if len(names) > LEFT_OUT_LISTED else ""
    return {"left out by their names": ", ".join(names[:LEFT_OUT_LISTED]) + more}


def _recognition(options: MapOptions) -> str:
    """Say how pages were recognised, and by what: another engine may read other words."""
    if options.ocr == "off":
        return "off"
    return f"{options.ocr}: {engine_name() or 'not installed'}"


def _named(register: Register) -> str:
    rows = len(register.rows)
    return f"{', '.join(register.names)} ({rows} {'row' if rows == 1 else 'rows'}), stated by the trust"


def _limits(limits: Limits) -> dict[str, str]:
    """Return the limits that are not the defaults: they decide what is read."""
    usual = asdict(Limits())
    return {f"limit: {name}": f"{value:g}" for name, value in asdict(limits).items() if value != usual[name]}


def _run(options: MapOptions, knowledge: Knowledge, register: Register, ours: Ours) -> Run:
    """Record what made the map. Workers, page ranges and cache are left out: they never show in a result."""
    settings = {
        "as of": options.as_of.isoformat(),
        "framework": f"{knowledge.framework.title}, {knowledge.framework.edition}",
        "organisation": options.organisation or "taken from the papers",
        "target": options.target or "first level",
        "text recognition": _recognition(options),
        **ours.settings(),
        **{f"source: {name}": source for name, source in options.stated},
        **({"evidence register": _named(register)} if register.names else {}),
        **_left_out(options),
        **_limits(options.limits),
    }
    return Run(
        tool_version=__version__,
        framework_digest=knowledge.framework.digest,
        lexicon_digest=knowledge.lexicon.digest,
        classifier=knowledge.classifier.name,
        settings=tuple(sorted(settings.items())),
    )
