"""A small made collection, audited once for all tests of this room."""

from __future__ import annotations

import csv
import importlib.util
import sys
from collections.abc import Callable
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
