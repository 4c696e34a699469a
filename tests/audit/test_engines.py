"""Jobs in processes of this machine: results come as they end, few jobs wait, and a dying process costs its own job."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from evidence_kit.audit.engines import AHEAD, ENDED, LocalProcesses, Lost
from evidence_kit.audit.writers import WRITERS, Writers

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


def test_few_results_are_written_at_a_time_and_all_in_the_end() -> None:
    room, written = threading.Semaphore(WRITERS), []

    def write(number: int) -> None:
        assert room.acquire(blocking=False), "too many at a time"
        time.sleep(0.01)
        written.append(number)
        room.release()

    with Writers() as writers:
        for number in range(20):
            writers.write(write, number)
    assert sorted(written) == list(range(20))


def test_what_cannot_be_written_is_told() -> None:
    def fail() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), Writers() as writers:
        writers.write(fail)
    with pytest.raises(OSError, match="disk full"), Writers() as writers:
        for _ in range(WRITERS + 1):
            writers.write(fail)
        pytest.fail("it went on")
