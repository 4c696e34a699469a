"""Reports that lie in an object store: a real server that speaks S3."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("s3fs")
moto_server = pytest.importorskip("moto.server")

pytestmark = pytest.mark.slow
Rows = Callable[[Path, str], list[dict[str, Any]]]
Start = Callable[..., Any]


@pytest.fixture(scope="module")
def store() -> Iterator[dict[str, str]]:
    """Start a server; gives the environment in which whoever opens ``s3://`` finds it."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.stop()


@pytest.fixture(scope="module")
def stored(collection: Path, store: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A manifest whose reports lie in the store alone."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in store.items():
            patch.setenv(name, value)
        import s3fs

        system = s3fs.S3FileSystem(skip_instance_cache=True)
        system.mkdir("reports")
        system.put([str(path) for path in (collection / "reports").iterdir()], "reports/")
    folder = tmp_path_factory.mktemp("stored")
    with (collection / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            [*row[:-1], f"s3://{row[-1]}" if row[-1].startswith("reports/") else row[-1]] for row in rows
        )
    return folder


def test_reports_in_a_store_say_the_same_and_are_read_once(
    stored: Path, store: dict[str, str], audited: Path, start: Start, rows: Rows, tmp_path: Path
) -> None:
    out = tmp_path / "audit"
    assert start(stored, out, "--workers", "2", **store).wait(timeout=400) == 7
    for table in ("inventory", "findings", "quotes", "elements"):
        assert rows(out, table) == rows(audited, table)
    sources = {row["source"] for row in rows(out, "documents")}
    assert all(source.startswith("s3://reports/") for source in sources)
    assert start(stored, out, "--workers", "2", **store).wait(timeout=400) == 7
    assert json.loads((out / "run.json").read_text())["done"]["read"] == 0


def test_a_store_that_says_no_is_told(
    stored: Path, store: dict[str, str], start: Start, tmp_path: Path
) -> None:
    shut = store | {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    run = start(stored, tmp_path / "audit", "--workers", "1", **shut)
    _, told = run.communicate(timeout=400)
    assert run.returncode == 2
    assert b"cannot be looked at" in told
    assert b"credentials" in told
