"""Audits whose processes are killed at moments that nobody chose, and a Dask cluster of processes of its own."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")]
Dataset = Callable[[Path], dict[str, bytes]]
CHANCE = random.Random(13)


def started(collection: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = ["audit", "run", str(collection / "manifest.csv"), "--out", str(out), "--quiet", *more]
    return subprocess.Popen([sys.executable, "-m", "evidence_kit", *command])


def finished(out: Path, name: str) -> int:
    return len(list((out / "work").glob(f"*/*/{name}")))


def wait_for(condition: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.05)


def whole_family(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@pytest.mark.parametrize(("name", "number"), [("facts.bin", 4), ("rows.bin", 7)])
def test_a_killed_run_leaves_no_process_and_is_taken_up_again(
    collection: Path, tmp_path: Path, dataset: Dataset, audited: Path, name: str, number: int
) -> None:
    out = tmp_path / "audit"
    process = started(collection, out, "--workers", "2")
    wait_for(lambda: finished(out, name) >= number)
    time.sleep(CHANCE.random() / 2)
    family = whole_family(process)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert not alive, "processes outlive the run that started them"
    before = {path: path.stat().st_mtime_ns for path in out.glob("work/*/*/*.bin")}
    assert started(collection, out, "--workers", "2").wait(timeout=200) == 7
    facts = {path: when for path, when in before.items() if path.name == "facts.bin"}
    assert facts
    assert {path: path.stat().st_mtime_ns for path in facts} == facts, "what was finished was done again"
    assert dataset(out) == dataset(audited)


def test_a_killed_worker_costs_nothing(
    collection: Path, tmp_path: Path, dataset: Dataset, audited: Path
) -> None:
    out = tmp_path / "audit"
    process = started(collection, out, "--workers", "2")
    for name, number in (("facts.bin", 3), ("rows.bin", 5)):
        wait_for(lambda name=name, number=number: finished(out, name) >= number)  # type: ignore[misc]
        workers = [
            one for one in psutil.Process(process.pid).children() if "spawn_main" in " ".join(one.cmdline())
        ]
        os.kill(CHANCE.choice(workers).pid, signal.SIGKILL)
    assert process.wait(timeout=200) == 7
    assert dataset(out) == dataset(audited)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each started as a user would, with a folder of its own."""
    dask = shutil.which("dask", path=str(Path(sys.executable).parent))
    if dask is None:
        pytest.skip("Dask is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    with ExitStack() as stack:

        def start(*words: str) -> subprocess.Popen[bytes]:
            process = subprocess.Popen(
                [dask, *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
            return process

        start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        workers = [
            start("worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory",
                  str(tmp_path_factory.mktemp("worker")))
            for _ in range(2)
        ]  # fmt: skip
        yield address, workers


def test_a_cluster_gives_the_same_bytes_and_survives_a_killed_worker(
    collection: Path,
    tmp_path: Path,
    dataset: Dataset,
    audited: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, workers = cluster
    out = tmp_path / "audit"
    process = started(collection, out, "--scheduler", address)
    wait_for(lambda: finished(out, "facts.bin") >= 3)
    own = [
        one for one in psutil.Process(workers[0].pid).children() if "spawn_main" in " ".join(one.cmdline())
    ]
    os.kill(own[0].pid, signal.SIGKILL)
    assert process.wait(timeout=200) == 7
    assert dataset(out) == dataset(audited)


def test_an_address_without_a_scheduler_is_told(collection: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from evidence_kit.audit import cluster; cluster.WAIT_SECONDS = 2\n"
         "cluster.DaskCluster('tcp://127.0.0.1:9')"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
