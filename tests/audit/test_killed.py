"""Audits whose processes are killed at moments that nobody chose: what is finished stays, and is not done again."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")]
Dataset = Callable[[Path], dict[str, bytes]]
Start = Callable[..., "psutil.Popen"]
WaitFor = Callable[[Callable[[], bool]], None]
CHANCE = random.Random(13)


def finished(out: Path, name: str) -> dict[Path, int]:
    """Return the files of a name that stand there, with their times."""
    return {path: path.stat().st_mtime_ns for path in (out / "work").glob(f"*/*/{name}")}


def processes_of(run: psutil.Popen) -> list[psutil.Process]:
    return [one for one in psutil.Process(run.pid).children() if "spawn_main" in " ".join(one.cmdline())]


@pytest.mark.parametrize(("name", "number"), [("facts.bin", 4), ("rows.bin", 7)])
def test_a_killed_run_leaves_no_process_and_is_taken_up_again(
    collection: Path, tmp_path: Path, dataset: Dataset, audited: Path, start: Start, wait_for: WaitFor,
    name: str, number: int,
) -> None:  # fmt: skip
    out = tmp_path / "audit"
    process = start(collection, out, "--workers", "2")
    wait_for(lambda: len(finished(out, name)) >= number)
    time.sleep(CHANCE.random() / 2)
    family = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive, "processes outlive the run that started them"
    before = {one: finished(out, one) for one in ("documents.bin", "facts.bin", "rows.bin")}
    # What was being written when it ended has no facts or rows yet, and is made anew.
    whole = {path.parent for path in before["facts.bin"]}
    before["documents.bin"] = {
        path: at for path, at in before["documents.bin"].items() if path.parent in whole
    }
    assert len(before[name]) >= number
    assert start(collection, out, "--workers", "2").wait(timeout=400) == 7
    for one, those in before.items():
        assert finished(out, one) | those == finished(out, one), f"{one} that was finished was written again"
    assert dataset(out) == dataset(audited)


def test_a_killed_worker_costs_nothing(
    collection: Path, tmp_path: Path, dataset: Dataset, audited: Path, start: Start, wait_for: WaitFor
) -> None:
    out = tmp_path / "audit"
    process = start(collection, out, "--workers", "2")
    for name, number in (("facts.bin", 3), ("rows.bin", 5)):
        wait_for(lambda name=name, number=number: len(finished(out, name)) >= number)  # type: ignore[misc]
        os.kill(CHANCE.choice(processes_of(process)).pid, signal.SIGKILL)
    assert process.wait(timeout=400) == 7
    assert dataset(out) == dataset(audited)
