"""``audit run``: what is there, what it says, and one dataset over all. Reads as a table of contents of an audit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidence_kit import __version__
from evidence_kit.audit import dataset, inventory
from evidence_kit.audit.changes import write_changes
from evidence_kit.audit.engines import Engine, Lost
from evidence_kit.audit.folder import AuditFolder, ReadKeys
from evidence_kit.audit.inventory import Facts, State
from evidence_kit.audit.manifest import Submission, read_source
from evidence_kit.audit.record import RunRecord, write_run
from evidence_kit.audit.report import write_report
from evidence_kit.audit.rows import inventory_row, is_in_region
from evidence_kit.audit.sources import SourceFile, files_of_each
from evidence_kit.audit.tables import SCHEMA, SCHEMA_VERSION, TABLES, Row
from evidence_kit.audit.work import (
    ConcludeJob,
    ReadDone,
    ReadJob,
    Settings,
    code_of_process,
    conclude_submission,
    digest_of,
    knowledge_of,
    read_submission,
)
from evidence_kit.audit.writers import Writers
from evidence_kit.errors import OutputUnwritable, UsageError
from evidence_kit.pipeline.keeping import READING_CODE, key_of
from evidence_kit.pipeline.knowledge import Knowledge
from evidence_kit.records.document import Problem
from evidence_kit.store.code import code_digest

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """What a run did.

    Attributes:
        states: How many submissions ended in each state of the inventory.
        read, read_before: Submissions whose files were read in this run, and those that an earlier one had read.
        concluded, concluded_before: The same of conclusions.
        lost: Submissions on which the work failed, with the reason; the next run tries them again.
        complete: Whether every page of what was handed in was read.
    """

    states: dict[State, int]
    read: int
    read_before: int
    concluded: int
    concluded_before: int
    lost: tuple[tuple[str, str], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Brief:
    """What is remembered of a submission: whatever the number of them, their facts stay on disk."""

    state: State
    used: bool
    pages: int
    whole: bool


@dataclass(slots=True)
class _Run:
    """An audit under way.

    Attributes:
        briefs: What is remembered of each submission.
        unkept: Facts that the folder does not hold, since the next run shall find out again.
    """

    folder: AuditFolder
    engine: Engine
    settings: Settings
    knowledge: Knowledge
    reading_code: str
    submissions: tuple[Submission, ...]
    files: dict[str, tuple[SourceFile, ...]]
    tell: Progress
    briefs: dict[str, _Brief] = field(default_factory=dict)
    unkept: dict[str, Facts] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)


def run_audit(
    source: str,
    out: Path,
    *,
    engine: Engine,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> AuditResult:
    """Read, list, conclude and write the dataset; what an earlier run finished from the same is not done again.

    Args:
        source: A manifest, or a folder of folders; see :func:`evidence_kit.audit.manifest.read_source`.
        out: The audit's folder.
        engine: Who does the work; never shows in the dataset.
        settings: Digests in it are filled in here.
        progress: Called with stage, done and total.

    Raises:
        UsageError: The source has faults, or the output would lie in it.
        OutputUnwritable: The folder cannot be written; what was finished stays finished.
        DependencyMissing: pyarrow or fsspec is not installed.
    """
    run = _begun(source, out, engine, settings or Settings(), progress or (lambda *_: None))
    _timed(run, "reading", _read)
    _timed(run, "inventory", _write_inventory)
    _timed(run, "concluding", _conclude)
    _timed(run, "dataset", _write_dataset)
    _timed(run, "report", _write_report)
    _write_run(run, source)
    return _result(run)


def _begun(source: str, out: Path, engine: Engine, settings: Settings, tell: Progress) -> _Run:
    dataset.check_parquet()
    if Path(source).is_dir() and out.resolve().is_relative_to(Path(source).resolve()):
        raise UsageError(
            f"{out} lies in {source}, where the next run would take it for an organisation.",
            next_step="Name a folder outside it with --out.",
        )
    submissions = read_source(source)
    folder = AuditFolder(out)
    folder.check()
    knowledge = knowledge_of(settings.framework)
    settings = replace(settings, code=code_of_process(), knowledge=digest_of(knowledge))
    files: dict[str, tuple[SourceFile, ...]] = {}
    looked_up = files_of_each([one.paths for one in submissions])
    for number, (submission, found) in enumerate(zip(submissions, looked_up, strict=True), start=1):
        tell("looking for files", number, len(submissions))
        files[submission.id] = found
    return _Run(folder, engine, settings, knowledge, code_digest(*READING_CODE), submissions, files, tell)


def _timed(run: _Run, stage: str, work: Callable[[_Run], None]) -> None:
    started = time.monotonic()
    work(run)
    run.seconds[stage] = round(time.monotonic() - started, 3)


def _read(run: _Run) -> None:
    """Read every submission that is not read yet, the largest first, so that no large one is begun last."""
    todo: list[Submission] = []
    for submission in run.submissions:
        files = run.files[submission.id]
        before = run.folder.read(submission, _read_keys(run, submission)) if files else None
        if not files:
            _note(run, submission, inventory.missing(submission))
        elif before:
            _note(run, submission, before)
        else:
            todo.append(submission)
    run.done["read before"] = sum(bool(run.files[one.id]) for one in run.submissions) - len(todo)
    todo.sort(key=lambda one: (-sum(file.size for file in run.files[one.id]), one.id))

    def jobs() -> Iterator[ReadJob]:
        for submission in todo:
            yield ReadJob(
                submission=submission,
                files=run.files[submission.id],
                settings=run.settings,
                documents=run.folder.documents(submission, _read_keys(run, submission)),
            )

    with Writers() as writers:
        for number, (job, done) in enumerate(run.engine.run(read_submission, jobs()), start=1):
            run.tell("reading", number, len(todo))
            _take_in(run, job.submission, done, writers)
    run.done["read"] = len(todo)


def _take_in(run: _Run, submission: Submission, done: ReadDone | Lost, writers: Writers) -> None:
    if isinstance(done, ReadDone) and done.documents:
        writers.write(run.folder.keep_read, submission, _read_keys(run, submission), done)
        _note(run, submission, done.facts)
        return
    if isinstance(done, Lost):
        facts = Facts(state=State.UNREAD, words=done.why)
        run.lost[submission.id] = done.why
    else:
        facts = done.facts
        run.lost[submission.id] = "; ".join(problem.message for problem in facts.problems[:3])
    run.unkept[submission.id] = facts
    _note(run, submission, facts)


def _note(run: _Run, submission: Submission, facts: Facts) -> None:
    run.briefs[submission.id] = _Brief(
        state=facts.state,
        used=facts.used,
        pages=sum(file.pages for file in facts.files),
        whole=all(file.reading == "read" and not file.unread_pages for file in facts.files),
    )


def _facts(run: _Run, submission: Submission) -> Facts:
    """Return what was found out about a submission.

    Raises:
        OutputUnwritable: What was kept of it is gone.
    """
    if not run.files[submission.id]:
        return inventory.missing(submission)
    found = run.unkept.get(submission.id) or run.folder.read(submission, _read_keys(run, submission))
    if found is None:
        raise _gone(run, submission)
    return found


def _gone(run: _Run, submission: Submission) -> OutputUnwritable:
    return OutputUnwritable(
        f"What was kept of {submission.id} is no longer in {run.folder.root}.",
        next_step="Let one run at a time work in a folder; the same command goes on from what is there.",
    )


def _read_keys(run: _Run, submission: Submission) -> ReadKeys:
    settings = run.settings
    stamps = tuple((file.url, file.name, file.stamp) for file in run.files[submission.id])
    documents = key_of(stamps, settings.ocr, settings.limits, run.reading_code)
    about = (submission.organisation, submission.year.label)
    return ReadKeys(documents, key_of(documents, about, settings.code))


def _write_inventory(run: _Run) -> None:
    """Write what is there, before anything is concluded from it."""
    rows = (
        inventory_row(
            one, _facts(run, one), in_region=is_in_region(one, run.knowledge.framework), concluded=False
        )
        for one in run.submissions
    )
    dataset.write_codebook(run.folder.data)
    dataset.write_tables(run.folder.data, ("inventory",), ({"inventory": (row,)} for row in rows))


def _conclude(run: _Run) -> None:
    todo = [one for one in run.submissions if run.folder.rows(one, _rows_key(run, one)) is None]
    work = [one for one in todo if run.briefs[one.id].used]
    run.done["concluded"] = len(work)
    run.done["concluded before"] = sum(one.used for one in run.briefs.values()) - len(work)
    work.sort(key=lambda one: (-run.briefs[one.id].pages, one.id))
    jobs = (_conclude_job(run, submission) for submission in work)
    with Writers() as writers:
        for submission in todo:
            if not run.briefs[submission.id].used:
                nothing = conclude_submission(_conclude_job(run, submission))
                writers.write(run.folder.keep_rows, submission, _rows_key(run, submission), nothing)
        for number, (job, done) in enumerate(run.engine.run(conclude_submission, jobs), start=1):
            run.tell("concluding", number, len(work))
            if isinstance(done, Lost):
                run.lost[job.submission.id] = done.why
                done = conclude_submission(_without_documents(job, done))
            writers.write(run.folder.keep_rows, job.submission, _rows_key(run, job.submission), done)


def _conclude_job(run: _Run, submission: Submission) -> ConcludeJob:
    facts = _facts(run, submission)
    return ConcludeJob(
        submission=submission,
        facts=facts,
        settings=run.settings,
        documents=run.folder.documents(submission, _read_keys(run, submission)) if facts.used else b"",
        kept=run.folder.kept(submission) if facts.used else b"",
    )


def _without_documents(job: ConcludeJob, lost: Lost) -> ConcludeJob:
    """Return the job of a submission that could not be concluded: its rows say so, and hold no findings."""
    problem = Problem(
        code="crashed",
        file="",
        message=f"Nothing could be concluded from this submission: {lost.why}.",
        next_step="Run the audit again; if it happens again, please report it.",
    )
    return replace(
        job, facts=replace(job.facts, problems=(*job.facts.problems, problem)), documents=b"", kept=b""
    )


def _rows_key(run: _Run, submission: Submission) -> str:
    """Return what the rows of a submission are made from; one that was lost is tried again by the next run."""
    settings = run.settings
    about = (submission.organisation, submission.code, submission.type, submission.region)
    return key_of(
        _read_keys(run, submission).facts,
        about,
        submission.paths if not run.files[submission.id] else (),
        settings.knowledge,
        settings.kinds,
        run.lost.get(submission.id, ""),
    )


def _write_dataset(run: _Run) -> None:
    findings = (row for rows in _every_row(run) for row in rows.get("findings", ()))
    write_changes(run.folder.root, run.folder.data, findings)
    dataset.write_tables(run.folder.data, TABLES, _every_row(run))


def _every_row(run: _Run) -> Iterator[dict[str, tuple[Row, ...]]]:
    """Yield the rows of all tables, those of one submission in memory at a time."""
    for number, submission in enumerate(run.submissions, start=1):
        rows = run.folder.rows(submission, _rows_key(run, submission))
        if rows is None:
            raise _gone(run, submission)
        run.tell("writing the dataset", number, len(run.submissions))
        yield rows


def _write_report(run: _Run) -> None:
    write_report(run.folder.root, run.knowledge.framework, run.settings.kinds)


def _write_run(run: _Run, source: str) -> None:
    knowledge, settings = run.knowledge, run.settings
    record = RunRecord(
        schema=SCHEMA,
        schema_version=SCHEMA_VERSION,
        tool_version=__version__,
        code=settings.code,
        framework=f"{knowledge.framework.title}, {knowledge.framework.edition}",
        framework_folder=str(settings.framework or ""),
        kinds=settings.kinds,
        framework_digest=knowledge.framework.digest,
        lexicon_digest=knowledge.lexicon.digest,
        classifier=knowledge.classifier.name,
        source=source,
        engine=run.engine.name,
        options={
            "text recognition": settings.ocr,
            "limits": str(settings.limits),
        },
        seconds=run.seconds,
        done=run.done,
        lost=dict(sorted(run.lost.items())),
        files={
            file.source: file.sha256
            for one in run.submissions
            for file in _facts(run, one).files
            if file.source
        },
    )
    write_run(run.folder.root, record)


def _result(run: _Run) -> AuditResult:
    every = run.briefs.values()
    return AuditResult(
        states={state: found for state in State if (found := sum(one.state is state for one in every))},
        read=run.done["read"],
        read_before=run.done["read before"],
        concluded=run.done["concluded"],
        concluded_before=run.done["concluded before"],
        lost=tuple(sorted(run.lost.items())),
        complete=not run.lost and all(one.whole for one in every),
    )
