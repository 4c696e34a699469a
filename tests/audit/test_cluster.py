"""The same audit on Dask clusters of processes of their own, some of which are killed, some on another host."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import ModuleType
from typing import Any

import psutil
import pytest

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")]
Dataset = Callable[[Path], dict[str, bytes]]
Rows = Callable[[Path, str], list[dict[str, Any]]]
Start = Callable[..., "subprocess.Popen[bytes]"]
WaitFor = Callable[[Callable[[], bool]], None]
Cluster = Callable[..., AbstractContextManager[tuple[str, list["subprocess.Popen[bytes]"]]]]


def read_by(out: Path) -> int:
    return len(list((out / "work").glob("*/*/facts.bin")))


def test_a_cluster_gives_the_same_bytes_and_survives_a_killed_worker(
    collection: Path, tmp_path: Path, dataset: Dataset, audited: Path, start: Start, wait_for: WaitFor,
    cluster: Cluster,
) -> None:  # fmt: skip
    out = tmp_path / "audit"
    with cluster() as (address, (_, worker, _)):
        process = start(collection, out, "--scheduler", address)
        wait_for(lambda: read_by(out) >= 3)
        children = psutil.Process(worker.pid).children()
        own = next(one for one in children if "spawn_main" in " ".join(one.cmdline()))
        os.kill(own.pid, signal.SIGKILL)
        assert process.wait(timeout=400) == 7
    assert dataset(out) == dataset(audited)


def test_a_killed_scheduler_is_told_and_the_run_is_taken_up_again(
    collection: Path, tmp_path: Path, dataset: Dataset, audited: Path, start: Start, wait_for: WaitFor,
    cluster: Cluster,
) -> None:  # fmt: skip
    out = tmp_path / "audit"
    with cluster() as (address, (scheduler, *_)):
        process = start(collection, out, "--scheduler", address)
        wait_for(lambda: read_by(out) >= 3)
        scheduler.kill()
        _, told = process.communicate(timeout=400)
    assert process.returncode == 2, told
    assert b"no longer answers" in told
    before = read_by(out)
    assert start(collection, out, "--workers", "2").wait(timeout=400) == 7
    assert json.loads((out / "run.json").read_text())["done"]["read before"] >= before
    assert dataset(out) == dataset(audited)


DEADLY = """
import os, signal, sys

def kill(event, args):
    if event == "open" and args[1] in ("r", "rb"):
        path = str(args[0])
        copied = f"{os.sep}evidence-kit-" in path
        if path.endswith("kills-who-reads-it.pdf") and copied or path.endswith("kills-who-fetches-it.pdf"):
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(kill)
"""
"""Python's own hook, in every process that is started with this folder in its path: it ends one that opens a file."""


@pytest.fixture(scope="module")
def deadly(tmp_path_factory: pytest.TempPathFactory, maker: ModuleType) -> Path:
    """Four submissions: one has a file more, which kills who reads it; one has only one that kills who fetches it."""
    folder = tmp_path_factory.mktemp("deadly")
    maker.make(folder, 2, 2, 4, 6)
    (folder / "sitecustomize.py").write_text(DEADLY)
    for name in ("kills-who-reads-it.pdf", "kills-who-fetches-it.pdf"):
        shutil.copy(next((folder / "reports").glob("M000*2021-22.pdf")), folder / "reports" / name)
    manifest = (folder / "manifest.csv").read_text()
    first = next(line for line in manifest.splitlines() if "M000" in line and "2021-22" in line)
    manifest += first.rpartition(",")[0] + ",reports/kills-who-reads-it.pdf\n"
    last = next(line for line in manifest.splitlines() if "M001" in line and "2022-23" in line)
    manifest = manifest.replace(last, last.rpartition(",")[0] + ",reports/kills-who-fetches-it.pdf")
    (folder / "manifest.csv").write_text(manifest)
    return folder


def path_with(folder: Path) -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))}


@pytest.fixture(scope="module")
def deadly_audited(deadly: Path, tmp_path_factory: pytest.TempPathFactory, start: Start) -> Path:
    out = tmp_path_factory.mktemp("deadly-audited") / "audit"
    assert start(deadly, out, "--workers", "2", **path_with(deadly)).wait(timeout=400) == 7
    return out


def test_a_document_that_kills_its_process_costs_that_document(deadly_audited: Path, rows: Rows) -> None:
    assert list(json.loads((deadly_audited / "run.json").read_text())["lost"]) == ["M001/2022-23"]
    found = {(row["code"], row["year"]): row for row in rows(deadly_audited, "inventory")}
    assert found["M000", "2021-22"]["concluded"]
    assert {key for key, row in found.items() if not row["concluded"]} == {("M001", "2022-23")}
    crashed = {row["path"] for row in rows(deadly_audited, "problems") if row["code_of_problem"] == "crashed"}
    assert crashed == {"kills-who-reads-it.pdf"}


def test_it_costs_no_more_on_a_cluster(
    deadly: Path, deadly_audited: Path, tmp_path: Path, dataset: Dataset, start: Start, cluster: Cluster
) -> None:
    out = tmp_path / "audit"
    environment = path_with(deadly) | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with cluster(**environment) as (address, _):
        assert start(deadly, out, "--scheduler", address).wait(timeout=400) == 7
    assert dataset(out) == dataset(deadly_audited)


@pytest.fixture
def hosts() -> Iterator[list[tuple[list[str], str]]]:
    """Two hosts with a network each and a wire between them: how a command is started on each, and its address."""
    if shutil.which("ip") is None or os.geteuid() != 0:
        pytest.skip("hosts are made with `ip netns`, by root")
    names = [f"ek{os.getpid()}{letter}" for letter in "ab"]
    wires = [f"ev{os.getpid()}{letter}" for letter in "ab"]

    def ip(*words: str) -> bool:
        return subprocess.run(["ip", *words], capture_output=True, check=False).returncode == 0

    found = [([*("ip", "netns", "exec"), name], f"10.213.7.{number}") for number, name in enumerate(names, 1)]
    try:
        made = all(ip("netns", "add", name) for name in names)
        made = made and ip("link", "add", wires[0], "type", "veth", "peer", "name", wires[1])
        for name, wire, (_, address) in zip(names, wires, found, strict=True):
            made = made and ip("link", "set", wire, "netns", name)
            made = made and ip("-n", name, "address", "add", f"{address}/24", "dev", wire)
            made = (
                made
                and ip("-n", name, "link", "set", wire, "up")
                and ip("-n", name, "link", "set", "lo", "up")
            )
        if not made:
            pytest.skip("this machine does not let us make hosts with networks of their own")
        yield found
    finally:
        for name in names:
            ip("netns", "delete", name)


WHO_WORKED = """
import sys
from distributed import Client

def worked():
    return "evidence_kit.audit.work" in sys.modules

with Client(sys.argv[1], timeout=60) as client:
    print(*(address for address, did in client.run(worked).items() if did))
"""


def test_two_hosts_that_share_a_folder_give_the_same_bytes(
    collection: Path, tmp_path: Path, dataset: Dataset, audited: Path, start: Start, cluster: Cluster,
    hosts: list[tuple[list[str], str]],
) -> None:  # fmt: skip
    out = tmp_path / "audit"
    first, second = hosts
    with cluster([first, first, second]) as (address, _):
        run = start(collection, out, "--scheduler", address, before=first[0])
        assert run.wait(timeout=400) == 7
        told = subprocess.run(
            [*first[0], sys.executable, "-c", WHO_WORKED, address], capture_output=True, text=True, check=True
        )
    assert all(f"//{address}:" in told.stdout for _, address in hosts), "a host did nothing"
    assert dataset(out) == dataset(audited)


def test_an_address_without_a_scheduler_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from evidence_kit.audit import cluster; cluster.WAIT_SECONDS = 2\n"
         "cluster.DaskCluster('tcp://127.0.0.1:9')"],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "No Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
