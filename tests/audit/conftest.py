"""A small made collection, audited once for all tests of this room."""

from __future__ import annotations

import csv
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from evidence_kit.audit import run as running
from evidence_kit.audit import work
from evidence_kit.audit.dataset import read_table
from evidence_kit.audit.engines import InProcess
from evidence_kit.audit.run import AuditResult, run_audit
from evidence_kit.audit.work import Settings
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.records.criterion import Framework

ROOT = Path(__file__).resolve().parents[2]
ORGANISATIONS, YEARS, LEAST, MOST = 8, 4, 4, 8
"""A tenth of the collection that is measured, of thinner reports; it holds every fault that the whole one does."""


@pytest.fixture(scope="session")
def maker() -> ModuleType:
    path = ROOT / "scripts" / "made_collection.py"
    spec = importlib.util.spec_from_file_location("made_collection", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["made_collection"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory, maker: ModuleType) -> Path:
    folder = tmp_path_factory.mktemp("collection")
    maker.make(folder, ORGANISATIONS, YEARS, LEAST, MOST)
    return folder


@pytest.fixture(scope="session", autouse=True)
def _steady_code() -> None:
    """The code does not change in the middle of a test, whatever an editor does meanwhile."""
    digest = work.code_of_process()
    running.code_digest = lambda *parts: f"{digest} {parts}"  # type: ignore[attr-defined]


Audit = Callable[..., AuditResult]


@pytest.fixture(scope="session")
def audit() -> Audit:
    """Audit a collection in this process."""

    def run(collection: Path, out: Path, **more: Any) -> AuditResult:
        more = {"engine": InProcess(), "settings": Settings(guarded=False), **more}
        return run_audit(str(collection / "manifest.csv"), out, **more)

    return run


@pytest.fixture(scope="session")
def audited(collection: Path, tmp_path_factory: pytest.TempPathFactory, audit: Audit) -> Path:
    """The collection, audited: to be looked at, and copied before it is changed."""
    out = tmp_path_factory.mktemp("audited") / "audit"
    audit(collection, out)
    return out


@pytest.fixture(scope="session")
def dataset() -> Callable[[Path], dict[str, bytes]]:
    """Read all files of a dataset."""
    return lambda out: {path.name: path.read_bytes() for path in sorted((out / "data").iterdir())}


@pytest.fixture(scope="session")
def truth(collection: Path) -> dict[tuple[str, str], dict[str, str]]:
    """What the collection was made with, by organisation and year."""
    with (collection / "truth.csv").open(encoding="utf-8") as stream:
        return {(row["code"], row["year"]): row for row in csv.DictReader(stream)}


@pytest.fixture(scope="session")
def rows() -> Callable[[Path, str], list[dict[str, Any]]]:
    """Read a table of a dataset."""
    return lambda out, table: list(read_table(out / "data", table))


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture(scope="session")
def start() -> Start:
    """Start an audit of a collection as a user would; ``before`` stands in front of the command."""

    def run(
        collection: Path, out: Path, *more: str, before: Sequence[str] = (), **environment: str
    ) -> subprocess.Popen[bytes]:
        command = ["audit", "run", str(collection / "manifest.csv"), "--out", str(out), "--quiet", *more]
        return subprocess.Popen(
            [*before, sys.executable, "-m", "evidence_kit", *command],
            env=os.environ | environment,
            stderr=subprocess.PIPE,
        )

    return run


@pytest.fixture(scope="session")
def wait_for() -> Callable[[Callable[[], bool]], None]:
    """Wait until something is so."""

    def wait(condition: Callable[[], bool]) -> None:
        end = time.monotonic() + 300
        while not condition():
            assert time.monotonic() < end, "nothing came"
            time.sleep(0.05)

    return wait


Cluster = Callable[..., AbstractContextManager[tuple[str, list["subprocess.Popen[bytes]"]]]]


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Cluster:
    """Start a scheduler and workers as a user would; gives the address, and the scheduler and workers as processes.

    Args of what is returned:
        hosts: For the scheduler's machine and each worker's: what stands before the command, and the address there.
    """
    dask = [sys.executable, "-m", "dask"]

    @contextmanager
    def begun(
        hosts: Sequence[tuple[Sequence[str], str]] = (((), "127.0.0.1"),) * 3, **environment: str
    ) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        address = f"tcp://{hosts[0][1]}:{port}"
        words = [
            ["scheduler", "--port", str(port)],
            *(["worker", address, "--nthreads", "1"] for _ in hosts[1:]),
        ]
        with ExitStack() as stack:
            processes = []
            for (before, host), own in zip(hosts, words, strict=True):
                folder = tmp_path_factory.mktemp("dask")
                if own[0] == "worker":
                    own += ["--local-directory", str(folder)]
                process = subprocess.Popen(
                    [*before, *dask, *own, "--host", host, "--no-dashboard"],
                    env=os.environ | {"DASK_DISTRIBUTED__WORKER__DAEMON": "False"} | environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                stack.callback(process.wait, 60)
                stack.callback(process.terminate)
                processes.append(process)
            yield address, processes

    return begun


@pytest.fixture(scope="session")
def framework() -> Framework:
    return load_knowledge().framework


@pytest.fixture
def copy(audited: Path, tmp_path: Path) -> Path:
    """The audited collection, to be changed."""
    return shutil.copytree(audited, tmp_path / "audit")
