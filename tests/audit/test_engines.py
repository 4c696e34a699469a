"""Jobs in processes of this machine: results come as they end, few jobs wait, and a dying process costs its own job."""

from __future__ import annotations

import time
from collections.abc import Iterator

from evidence_kit.audit.engines import AHEAD, ENDED, LocalProcesses, Lost

WORKERS = 2
DEADLY = "__import__('os')._exit(1)"


def test_a_large_job_does_not_hold_up_the_others() -> None:
    jobs = [3.0, *[0.01] * 8]
    ended = [job for job, _ in LocalProcesses(WORKERS).run(time.sleep, jobs)]
    assert ended == [*jobs[1:], 3.0]


def test_jobs_are_drawn_as_there_is_room() -> None:
    drawn = 0

    def jobs() -> Iterator[float]:
        nonlocal drawn
        for _ in range(20):
            drawn += 1
            yield 0.0

    for done, _ in enumerate(LocalProcesses(WORKERS).run(time.sleep, jobs())):
        assert drawn <= done + WORKERS + AHEAD
    assert drawn == 20


def test_a_job_that_ends_its_process_is_lost_and_no_other() -> None:
    jobs = ["1 + 1", DEADLY, "2 + 2", "3 + 3", "1 / 0"]
    found = dict(LocalProcesses(WORKERS).run(eval, jobs))
    assert found.pop("1 / 0") == Lost("ZeroDivisionError('division by zero')")
    assert found == {"1 + 1": 2, DEADLY: Lost(ENDED), "2 + 2": 4, "3 + 3": 6}
