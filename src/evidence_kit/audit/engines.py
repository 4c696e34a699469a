"""Who does the work: processes of this machine. A few jobs are under way at a time, and results come as they end."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection
from typing import Protocol, TypeVar

from evidence_kit.errors import EvidenceKitError

AHEAD = 1
"""Jobs that wait beside those that are worked on: more would fill the memory, none would let workers wait."""
ENDED = "the process that worked on it ended, and so did those that tried again"
"""Why a job is lost under which processes die: the same words whoever does the work, since the dataset prints them."""

Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lost:
    """A job that gave nothing.

    Attributes:
        why: In words, for the list of problems.
    """

    why: str


class Engine(Protocol):
    """Runs a function on jobs."""

    name: str

    def run(
        self, function: Callable[[Job], Result], jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Result | Lost]]:
        """Yield each job with its result, in order of ending; jobs are drawn as there is room.

        Raises:
            EvidenceKitError: A job raised it: it concerns the whole run.
        """


class InProcess:
    """Runs jobs in this process, one after another."""

    name = "this process"

    def run(
        self, function: Callable[[Job], Result], jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Result | Lost]]:
        """See :class:`Engine`."""
        for job in jobs:
            try:
                yield job, function(job)
            except EvidenceKitError:
                raise
            except Exception as error:  # noqa: BLE001 - one submission must not cost the others; it is told
                yield job, Lost(repr(error))


class LocalProcesses:
    """Runs jobs in processes of this machine.

    A process that dies takes the jobs under way with it; they are then run again one by one, and the one under which a
    process dies again is lost.

    Args:
        workers: Number of processes, from 1. They may have children of their own (the guard's).
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self.name = f"{workers} local {'process' if workers == 1 else 'processes'}"

    def run(
        self, function: Callable[[Job], Result], jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Result | Lost]]:
        """See :class:`Engine`."""
        waiting = iter(jobs)
        suspects: list[Job] = []
        running: dict[Future[Result], Job] = {}
        pool = self._pool()
        try:
            while True:
                alone = bool(suspects)
                if alone and not running:
                    _submit(pool, function, [suspects.pop()], running)
                elif not alone:
                    _submit(pool, function, islice(waiting, self._workers + AHEAD - len(running)), running)
                if not running:
                    return
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                if any(isinstance(one.exception(), BrokenProcessPool) for one in ended):
                    pool.shutdown(wait=False, cancel_futures=True)
                    pool = self._pool()
                    left = list(running.values())
                    running.clear()
                    if alone:
                        yield left[0], Lost(ENDED)
                    else:
                        suspects = left
                    continue
                for one in ended:
                    job, result = running.pop(one), _result(one)
                    yield job, result
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self._workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start
        )


def _submit(
    pool: ProcessPoolExecutor,
    function: Callable[[Job], Result],
    jobs: Iterable[Job],
    running: dict[Future[Result], Job],
) -> None:
    """Hand jobs over; those for a pool that broke meanwhile count as under way in it."""
    for job in jobs:
        try:
            future = pool.submit(function, job)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        running[future] = job


def _result(future: Future[Result]) -> Result | Lost:
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, EvidenceKitError):
        raise error
    return Lost(repr(error))


def _start() -> None:
    """Run in every process before its first job: it must not outlive the one that started it, however that ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
