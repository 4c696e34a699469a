"""The same work on a Dask cluster: its workers are handed submissions, and this process alone keeps what comes back."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from typing import Any

from evidence_kit.audit.engines import ENDED, Job, Lost, Result
from evidence_kit.errors import DependencyMissing, EvidenceKitError, UsageError

AHEAD = 2
"""Jobs a worker: one that it works on, and one that waits beside it."""
WAIT_SECONDS = 30
_FORGETFUL = {"distributed.admin.low-level-log-length": 10}
"""Dask keeps the last thousand messages that it sent, for whoever looks for a fault: here, the text of submissions."""
_UNWARNED = {"distributed.admin.large-graph-warning-threshold": 1 << 50}
"""What a job holds is the text of a submission, which may be large; Dask would tell the user to program otherwise."""
DAEMON = "DASK_DISTRIBUTED__WORKER__DAEMON=False"


class DaskCluster:
    """Runs jobs on the workers of a Dask scheduler; a context manager.

    Each worker opens files in a process of its own, under the limits, so a document that kills that process costs that
    document. A job whose Dask worker dies is run again elsewhere, as often as Dask's ``allowed-failures`` says, and
    then as often with nothing beside it.

    Args:
        address: Of the scheduler, such as ``tcp://host:8786``.
        guarded: Whether workers start such processes; they must then be allowed to.

    Raises:
        DependencyMissing: Dask is not installed.
        UsageError: No scheduler or no worker answers, or the workers are set up otherwise.
    """

    def __init__(self, address: str, *, guarded: bool = True) -> None:
        self._address = address
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise DependencyMissing(
                f"Dask is not installed: {error}.", next_step='pip install "evidence-kit[audit]"'
            ) from error
        try:
            with dask.config.set(_FORGETFUL):
                self._client: Any = Client(address, timeout=WAIT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                f"No Dask scheduler answers at {address}: {error}.",
                next_step="Start one (`dask scheduler`) and give its address, such as tcp://host:8786.",
            ) from error
        try:
            self._check(guarded)
        except BaseException:
            self._client.close()
            raise
        self.name = f"Dask cluster, {self._workers()} workers"

    def __enter__(self) -> DaskCluster:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # the scheduler may be gone
            self._client.close()

    def run(
        self, function: Callable[[Job], Result], jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Result | Lost]]:
        """See :class:`evidence_kit.audit.engines.Engine`.

        Raises:
            UsageError: The scheduler is gone.
        """
        suspects: list[Job] = []
        for job, result in self._run(function, jobs):
            if result == Lost(ENDED):
                suspects.append(job)
            else:
                yield job, result
        # To Dask, what waited beside the job under which a worker died is as suspect as that job.
        for job in suspects:
            yield from self._run(function, (job,))

    def _run(
        self, function: Callable[[Job], Result], jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Result | Lost]]:
        import dask
        from distributed import as_completed

        waiting = iter(jobs)
        running: dict[Any, Job] = {}
        ended = as_completed(loop=self._client.loop)

        def fill() -> None:
            while len(running) < max(AHEAD * self._workers(), AHEAD):
                job = next(waiting, None)
                if job is None:
                    return
                with dask.config.set(_UNWARNED):
                    future = self._client.submit(_work, pickle.dumps((function, job)), pure=False)
                running[future.key] = job
                ended.add(future)

        try:
            fill()
            while running:
                future = next(ended)
                if future.cancelled():  # Dask does so with all futures when it loses the scheduler
                    raise self._gone()
                job = running.pop(future.key)
                result = _result(future)
                future.release()
                fill()
                yield job, result
        except (OSError, CancelledError) as error:  # or one of its calls notices first
            raise self._gone() from error

    def _workers(self) -> int:
        try:
            return len(self._client.scheduler_info(n_workers=-1)["workers"])
        except OSError as error:
            raise self._gone() from error

    def _gone(self) -> UsageError:
        return UsageError(
            f"The Dask scheduler at {self._address} no longer answers.",
            next_step="Start it again, with its workers, and give the same command: what is finished is kept.",
        )

    def _check(self, guarded: bool) -> None:
        from distributed import TimeoutError as DaskTimeout

        try:
            self._client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except (TimeoutError, DaskTimeout) as error:
            raise UsageError(
                f"The scheduler at {self._address} has no worker.",
                next_step=f"Start some: {DAEMON} dask worker {self._address} --nthreads 1",
            ) from error
        about = self._client.scheduler_info(n_workers=-1)["workers"].values()
        if any(worker["nthreads"] != 1 for worker in about):
            raise UsageError(
                "A Dask worker has several threads; the libraries that read PDF are not made for that.",
                next_step="Start the workers with --nthreads 1, as many as there are processors.",
            )
        if guarded and any(self._client.run(_is_daemon).values()):
            raise UsageError(
                "The Dask workers may not start the processes in which documents are opened under limits.",
                next_step=f"Start them with {DAEMON} in their environment (or with --no-nanny).",
            )


def _work(packed: bytes) -> Any:
    """Run a function on a job; runs in a worker.

    Both come as bytes: whatever is submitted otherwise, the scheduler unpacks, and would load all that it needs.
    """
    function, job = pickle.loads(packed)  # noqa: S301 - they come from the process that runs the audit
    return function(job)


def _is_daemon() -> bool:
    """Tell whether this process may not have children; runs in a worker."""
    return multiprocessing.current_process().daemon


def _result(future: Any) -> Any:
    from distributed import KilledWorker

    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, EvidenceKitError):
        raise error
    return Lost(ENDED if isinstance(error, KilledWorker) else repr(error))
