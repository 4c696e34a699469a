"""The guard: order, limits, cutting of tasks, and callers without a main guard or without a main file."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from evidence_kit.errors import MainGuardMissing, UsageError
from evidence_kit.workers import CRASHED, MEMORY_LIMIT, TIME_LIMIT, Guard, Limits, run_guarded

Numbers = tuple[int, int]

JOBS = """
import os, time

def act(task):
    for number in range(*task):
        if number == 3:
            time.sleep(600)
        if number == 9:
            os._exit(11)
        if number == 12:
            raise ValueError("no")
        if number == 14:
            bytearray(5_000_000_000)
    return list(range(*task))

def modules(task):
    import importlib, sys
    for name in task:
        importlib.import_module(name)
    return sorted(name for name in ("spacy", "sklearn", "evidence_kit.language") if name in sys.modules)
"""


@pytest.fixture
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module that workers can import; spawn hands the path on to them."""
    (tmp_path / "guard_jobs.py").write_text(JOBS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "guard_jobs"
    sys.modules.pop("guard_jobs", None)


def halves(task: Numbers) -> tuple[Numbers, ...]:
    first, last = task
    middle = (first + last) // 2
    return ((first, middle), (middle, last)) if last - first > 1 else ()


def double(task: int) -> int:
    if task == 3:
        raise ValueError(task)
    return 2 * task


def test_in_process_keeps_order_and_cuts() -> None:
    def act(task: Numbers) -> list[int]:
        return [double(number) for number in range(*task)]

    ended: list[Numbers] = []
    outcomes = run_guarded(
        act,
        [(0, 4), (4, 6)],
        workers=0,
        limits=Limits(),
        split=halves,
        progress=lambda o: ended.append(o.task),
    )
    assert [(o.task, o.result, o.failure) for o in outcomes] == [
        ((0, 2), [0, 2], ""),
        ((2, 3), [4], ""),
        ((3, 4), None, CRASHED),
        ((4, 6), [8, 10], ""),
    ]
    assert ended == [o.task for o in outcomes]
    assert "ValueError" in outcomes[2].detail


def test_a_task_that_cannot_be_cut_fails_alone() -> None:
    outcomes = run_guarded(double, [1, 3, 5], workers=0, limits=Limits())
    assert [o.result for o in outcomes] == [2, None, 10]


def test_time_memory_crash_and_error_cost_one_number_each(jobs: str) -> None:
    import guard_jobs

    outcomes = run_guarded(
        guard_jobs.act, [(0, 8), (8, 16), (16, 20)], workers=2, limits=Limits(seconds=1.0), split=halves
    )
    read = [number for o in outcomes for number in o.result or []]
    failures = {o.task[0]: o.failure for o in outcomes if o.failure}
    assert read == [number for number in range(20) if number not in failures]
    assert failures == {3: TIME_LIMIT, 9: CRASHED, 12: CRASHED, 14: MEMORY_LIMIT}
    assert [o.task[0] for o in outcomes] == sorted(o.task[0] for o in outcomes)


def test_one_pool_serves_several_runs(jobs: str) -> None:
    import guard_jobs

    with Guard(workers=1, limits=Limits(seconds=30.0)) as guard:
        first = guard.run(guard_jobs.act, [(0, 2)])
        second = guard.run(guard_jobs.act, [(4, 6)])
    assert [first[0].result, second[0].result] == [[0, 1], [4, 5]]


def test_readers_run_without_language_or_learning_libraries(jobs: str) -> None:
    import guard_jobs

    names = ("pack", "pdf.reader", "word.reader", "web.reader", "text.reader", "layout.structure")
    task = tuple(f"evidence_kit.readers.{name}" for name in names)
    (outcome,) = run_guarded(guard_jobs.modules, [task], workers=1, limits=Limits())
    assert outcome.result == []


def test_negative_workers_are_refused() -> None:
    with pytest.raises(UsageError):
        Guard(workers=-1, limits=Limits())


SCRIPT = """
import math
from evidence_kit.workers import run_guarded, Limits
{guard}
    print([o.result for o in run_guarded(math.sqrt, [4.0, 9.0], workers=2, limits=Limits())])
"""


def run_script(
    arguments: list[str], source: str = "", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        input=source,
        capture_output=True,
        text=True,
        timeout=90,
        cwd=cwd,
        check=False,
    )


def test_a_script_without_main_guard_gets_our_error(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(guard="if True:"), encoding="utf-8")
    ended = run_script([str(script)])
    assert ended.returncode == 1
    last = ended.stderr.strip().splitlines()[-1]
    assert last.startswith(f"{MainGuardMissing.__module__}.{MainGuardMissing.__name__}:")
    assert '`if __name__ == "__main__":`' in last
    assert "workers=0" in last


@pytest.mark.parametrize("way", ["file", "stdin", "command", "interactive"])
def test_callers_with_a_guard_or_without_a_file_just_work(tmp_path: Path, way: str) -> None:
    source = SCRIPT.format(guard='if __name__ == "__main__":')
    if way == "file":
        script = tmp_path / "script.py"
        script.write_text(source, encoding="utf-8")
        ended = run_script([str(script)])
    elif way == "stdin":
        ended = run_script(["-"], source, tmp_path)
    elif way == "interactive":
        ended = run_script(["-i", "-q"], source + "\n\n", tmp_path)
    else:
        ended = run_script(["-c", source])
    assert "[2.0, 3.0]" in ended.stdout, ended.stderr


def test_a_daemon_is_told_to_use_no_workers() -> None:
    code = textwrap.dedent(
        """
        import multiprocessing
        from evidence_kit.errors import UsageError
        from evidence_kit.workers import Guard, Limits
        multiprocessing.current_process().daemon  # a process of its own is not needed to look like one
        multiprocessing.current_process()._config["daemon"] = True
        try:
            Guard(workers=1, limits=Limits()).__enter__()
        except UsageError as error:
            print(error)
        """
    )
    assert "workers=0" in run_script(["-c", code]).stdout
