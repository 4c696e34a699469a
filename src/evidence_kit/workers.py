"""The guarded process pool: every opening of a user's file goes through it.

A task that runs out of time or memory, or that kills its process, costs that task alone: it is cut into smaller
tasks until the part that does the harm stands alone, and everything else is had. Workers start by *spawn* on every
system, so they hold nothing of the caller but what they are given.
"""

from __future__ import annotations

import importlib
import multiprocessing
import multiprocessing.process
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, TypeVar

from evidence_kit.errors import MainGuardMissing, UsageError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

TIME_LIMIT = "time_limit"
MEMORY_LIMIT = "memory_limit"
CRASHED = "crashed"

LEAST_PART_SECONDS = 5.0
"""A part of a task that was cut gets half the time of the whole, but no less than this or the limit itself: finding
one endless page among 64 then takes under three limits instead of seven."""
LEAST_PART_SHARE = 0.25
POLL_SECONDS = 0.25
"""How often the parent looks at its workers' memory where the system cannot hold it."""
BREAKS_BEFORE_BLAME = 2
"""How often the pool may break down under a task before the task is held to be the reason."""

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one task of the guard may use.

    Attributes:
        seconds: Wall time of one task (a range of pages, or a file).
        memory_mib: Address space of a worker.
        pages: Pages of one file.
        decompressed_mib: Bytes that a packed file may unpack to; of an archive, with all archives in it.
        member_mib: Bytes that one file in an archive or attached to a message may unpack to.
        members: Files in an archive, with those of all archives in it.
        nesting: How deep files may lie within files: 1 for the files of an archive.
        pixels: Of the picture of one page, for text recognition.
    """

    seconds: float = 60.0
    memory_mib: int = 2048
    pages: int = 5000
    decompressed_mib: int = 512
    member_mib: int = 256
    members: int = 2000
    nesting: int = 4
    pixels: int = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[Task, Result]):
    """How a task, or a part of one, ended.

    Attributes:
        result: What the function returned; ``None`` where it failed.
        failure: Empty, or ``time_limit``, ``memory_limit`` or ``crashed``.
        detail: For a log: the exception or exit code behind ``crashed``.
    """

    task: Task
    result: Result | None = None
    failure: str = ""
    detail: str = ""


@dataclass(slots=True)
class _Job(Generic[Task]):
    """A task with its place in the order of results: number of the task, of the part, of the part's part and so on."""

    task: Task
    place: tuple[int, ...]
    breaks: int = 0


Split = Callable[[Task], Sequence[Task]]
"""Cuts a task that failed into smaller ones, in order; returns nothing for one that cannot be cut."""
Progress = Callable[[Outcome[Task, Result]], None]
"""Told of every task or part that ended for good, in the caller's thread, in order of ending."""


class Guard:
    """A pool of worker processes with limits, kept for several runs; a context manager.

    Args:
        workers: Number of processes. 0 runs tasks in this process, for tests and notebooks: order and cutting are the
            same, but neither time nor memory is limited and a crash takes this process with it.
        limits: What one task may use.
        preload: Modules that workers import as they start: one that waits for its first task does so meanwhile.
        lasting: Keep the workers through :meth:`release`, for a caller that runs many packs one after another.

    Raises:
        MainGuardMissing: Worker processes were asked for while the caller's own script is being imported by one.
        UsageError: This process may not have children of its own.
    """

    def __init__(
        self, *, workers: int, limits: Limits, preload: tuple[str, ...] = (), lasting: bool = False
    ) -> None:
        if workers < 0:
            raise UsageError(
                f"{workers} workers cannot be started.", next_step="Use 0 or more; 0 reads in this process."
            )
        self._workers = workers
        self._limits = limits
        self._preload = preload
        self._lasting = lasting
        self._pool: Any = None
        self._watch: _MemoryWatch | None = None
        self._worked = False
        self._released = False
        self._opened = ExitStack()

    def __enter__(self) -> Guard:
        if self._workers:
            _check_may_start()
            self._opened.enter_context(_main_without_file())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._opened:
            self._close(at_once=kind is not None)

    def run(
        self,
        function: Callable[[Task], Result],
        tasks: Sequence[Task],
        *,
        split: Split[Task] | None = None,
        progress: Progress[Task, Result] | None = None,
    ) -> tuple[Outcome[Task, Result], ...]:
        """Run ``function`` on every task and return the outcomes in the order of the tasks.

        Args:
            function: Importable by name from a worker; so are task and result picklable.
            split: Cuts a failed task; its parts' outcomes stand in the place of the task's.
        """
        jobs = [_Job(task, (number,)) for number, task in enumerate(tasks)]
        run = self._run_here if self._workers == 0 else self._run_in_pool
        done: dict[tuple[int, ...], Outcome[Task, Result]] = {}
        for job, outcome in run(function, jobs, split or _uncut):
            done[job.place] = outcome
            if progress:
                progress(outcome)
        return tuple(done[place] for place in sorted(done))

    def release(self) -> None:
        """Let the workers go after the last run, without waiting for it: they end while the caller goes on."""
        self._released = not self._lasting
        if self._released and self._pool is not None:
            self._pool.stop()

    def _run_here(
        self, function: Callable[[Task], Result], jobs: list[_Job[Task]], split: Split[Task]
    ) -> Iterator[tuple[_Job[Task], Outcome[Task, Result]]]:
        waiting = jobs[::-1]
        while waiting:
            job = waiting.pop()
            outcome: Outcome[Task, Result]
            try:
                outcome = Outcome(task=job.task, result=function(job.task))
            except MemoryError:
                outcome = Outcome(task=job.task, failure=MEMORY_LIMIT)
            except Exception as error:  # noqa: BLE001 - parsers raise anything; it becomes a problem of the file
                outcome = Outcome(task=job.task, failure=CRASHED, detail=repr(error))
            parts = _parts(job, split) if outcome.failure else []
            if parts:
                waiting.extend(reversed(parts))
            else:
                yield job, outcome

    def _run_in_pool(
        self, function: Callable[[Task], Result], jobs: list[_Job[Task]], split: Split[Task]
    ) -> Iterator[tuple[_Job[Task], Outcome[Task, Result]]]:
        running: dict[Future[Result], _Job[Task]] = {}
        waiting = jobs
        while waiting or running:
            for job in waiting:
                running[self._schedule(function, job)] = job
            waiting = []
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for job, future in sorted(((running.pop(one), one) for one in finished), key=_by_place):
                outcome = self._outcome(job, future)
                if outcome is None:
                    waiting.append(job)
                    continue
                parts = _parts(job, split) if outcome.failure else []
                waiting.extend(parts)
                if not parts:
                    yield job, outcome

    def _schedule(self, function: Callable[[Task], Result], job: _Job[Task]) -> Future[Result]:
        if self._pool is None:
            self._open()
        seconds = self._limits.seconds
        cuts = len(job.place) - 1
        if cuts:
            part = seconds * max(0.5**cuts, LEAST_PART_SHARE)
            seconds = min(seconds, max(part, LEAST_PART_SECONDS))
        future: Future[Result] = self._pool.schedule(function, args=(job.task,), timeout=seconds)
        return future

    def _outcome(self, job: _Job[Task], future: Future[Result]) -> Outcome[Task, Result] | None:
        """Return how the job ended, or ``None`` if it must be tried again because the pool broke under it."""
        from pebble import ProcessExpired

        error = future.exception()
        if error is None:
            self._worked = True
            return Outcome(task=job.task, result=future.result())
        if isinstance(error, BrokenProcessPool):
            self._blame_start(error)
            self._close(at_once=True)
            job.breaks += 1
            if job.breaks < BREAKS_BEFORE_BLAME:
                return None
            return Outcome(task=job.task, failure=CRASHED, detail=repr(error))
        self._worked = True
        if isinstance(error, (TimeoutError, FutureTimeout)):
            return Outcome(task=job.task, failure=TIME_LIMIT)
        if isinstance(error, MemoryError):
            return Outcome(task=job.task, failure=MEMORY_LIMIT)
        if isinstance(error, ProcessExpired):
            ended = self._watch is not None and error.pid in self._watch.ended
            detail = f"exit code {error.exitcode}"
            return Outcome(task=job.task, failure=MEMORY_LIMIT if ended else CRASHED, detail=detail)
        return Outcome(task=job.task, failure=CRASHED, detail=repr(error))

    def _blame_start(self, error: BaseException) -> None:
        """Raise if no worker ever came to work: then the script that they import is the reason."""
        if self._worked:
            return
        raise MainGuardMissing(
            "The worker processes ended before they could start. The usual reason: the script that called "
            'evidence-kit does so at its top level, without `if __name__ == "__main__":`, so every worker that '
            "imports the script starts it anew.",
            next_step='Put the call below `if __name__ == "__main__":`, or read in one process with workers=0.',
        ) from error

    def _open(self) -> None:
        from pebble import ProcessPool

        others = {process.pid for process in multiprocessing.active_children()}
        self._pool = ProcessPool(
            max_workers=self._workers,
            context=multiprocessing.get_context("spawn"),
            initializer=_start_worker,
            initargs=(self._limits.memory_mib, self._preload),
        )
        if not _memory_is_held():
            self._watch = _MemoryWatch(self._limits.memory_mib, others)
            self._watch.start()

    def _close(self, *, at_once: bool) -> None:
        if self._watch is not None:
            self._watch.stop()
        if self._pool is not None:
            if at_once or self._released:
                self._pool.stop()
            else:
                self._pool.close()
            self._pool.join()
        self._pool = None


def run_guarded(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    workers: int,
    limits: Limits,
    split: Split[Task] | None = None,
    progress: Progress[Task, Result] | None = None,
) -> tuple[Outcome[Task, Result], ...]:
    """Run tasks under guard and return their outcomes in order; see :class:`Guard` and :meth:`Guard.run`."""
    with Guard(workers=workers, limits=limits) as guard:
        return guard.run(function, tasks, split=split, progress=progress)


def _uncut(_: Task) -> Sequence[Task]:
    return ()


def _parts(job: _Job[Task], split: Split[Task]) -> list[_Job[Task]]:
    return [_Job(part, (*job.place, number)) for number, part in enumerate(split(job.task))]


def _by_place(ended: tuple[_Job[Any], Any]) -> tuple[int, ...]:
    return ended[0].place


def _check_may_start() -> None:
    process = multiprocessing.process.current_process()
    if getattr(process, "_inheriting", False):  # set by spawn while a child imports the caller's script
        raise MainGuardMissing(
            "evidence-kit was asked to start worker processes by a script that one of its own workers is importing: "
            'the script calls it at its top level, without `if __name__ == "__main__":`.',
            next_step='Put the call below `if __name__ == "__main__":`, or read in one process with workers=0.',
        )
    if process.daemon:
        raise UsageError(
            "This process is a daemon and may not start worker processes.",
            next_step="Read in one process with workers=0.",
        )


@contextmanager
def _main_without_file() -> Iterator[None]:
    """Hide the file name of a main module that is no file (``python < script`` says ``<stdin>``).

    Spawn would tell its children to run that file, and each would die looking for it.
    """
    main = sys.modules.get("__main__")
    file = getattr(main, "__file__", None)
    if main is None or file is None or Path(file).exists():
        yield
        return
    del main.__file__
    try:
        yield
    finally:
        main.__file__ = file


def _memory_is_held() -> bool:
    """Whether the system keeps a worker's address space under a limit; macOS takes the call and does not."""
    return resource is not None and sys.platform != "darwin"


def _start_worker(memory_mib: int, preload: tuple[str, ...] = ()) -> None:
    """Run in every worker before its first task."""
    if _memory_is_held():
        limit = memory_mib * 1024 * 1024
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    for module in preload:
        with suppress(ImportError, OSError, MemoryError):  # the task that needs it will say so
            importlib.import_module(module)


class _MemoryWatch(threading.Thread):
    """Ends workers that grow over the limit, where the system has no limit of its own.

    Attributes:
        ended: Process ids of the workers that it ended.
    """

    def __init__(self, memory_mib: int, others: set[int | None]) -> None:
        super().__init__(name="evidence-kit-memory-watch", daemon=True)
        self._limit = memory_mib * 1024 * 1024
        self._others = others
        self._over = threading.Event()
        self.ended: set[int] = set()

    def stop(self) -> None:
        """Stop watching."""
        self._over.set()

    def run(self) -> None:
        """Look at the workers until told to stop."""
        import psutil

        while not self._over.wait(POLL_SECONDS):
            for child in multiprocessing.active_children():
                if child.pid is None or child.pid in self._others:
                    continue
                try:
                    process = psutil.Process(child.pid)
                    if process.memory_info().rss > self._limit:
                        self.ended.add(child.pid)
                        process.kill()
                except psutil.Error:
                    continue  # it ended by itself in the meantime
