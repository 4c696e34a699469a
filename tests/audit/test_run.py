"""An audit finds what was put in, does nothing twice, and gives the same bytes however it is run."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidence_kit.audit import folder, work
from evidence_kit.audit import run as running
from evidence_kit.audit.dataset import write_tables
from evidence_kit.audit.engines import InProcess, Lost
from evidence_kit.audit.manifest import Submission, read_source
from evidence_kit.audit.record import read_run
from evidence_kit.audit.run import AuditResult
from evidence_kit.audit.tables import TABLES
from evidence_kit.audit.work import Settings
from evidence_kit.errors import OutputUnwritable, UsageError
from evidence_kit.pipeline import conclude, keeping
from evidence_kit.pipeline.knowledge import load_knowledge
from evidence_kit.pipeline.ours import Ours
from evidence_kit.records.packing import unpacked
from evidence_kit.resources import framework_root, model_root

Audit = Callable[..., AuditResult]
Rows = Callable[[Path, str], list[dict[str, Any]]]
Dataset = Callable[[Path], dict[str, bytes]]


@pytest.fixture
def copy(audited: Path, tmp_path: Path) -> Path:
    return shutil.copytree(audited, tmp_path / "audit")


@pytest.fixture
def papers(collection: Path, tmp_path: Path) -> Path:
    """A copy of the collection whose files have the same times, so that what was audited there counts here."""
    return shutil.copytree(collection, tmp_path / "collection")


def test_the_inventory_is_right(
    audited: Path, truth: dict[tuple[str, str], dict[str, str]], rows: Rows
) -> None:
    found = {(row["code"], row["year"]): row for row in rows(audited, "inventory")}
    assert {key: row["state"] for key, row in found.items()} == {
        key: row["state"] for key, row in truth.items()
    }
    assert {row["state"] for row in truth.values()} == {
        "present", "missing", "wrong_year", "wrong_organisation", "summary_only",
    }  # fmt: skip
    assert any("doubled" in row["remark"] and row["files_used"] == 1 for row in found.values())
    assert any(row["unread_pages"] == 1 and "could not be read" in row["remark"] for row in found.values())


def test_what_was_put_in_is_evidenced_and_nothing_else(
    audited: Path, truth: dict[tuple[str, str], dict[str, str]], rows: Rows
) -> None:
    findings = rows(audited, "findings")
    shown = {(row["code"], row["year"], row["criterion"]) for row in findings if row["shown"]}
    put_in = {(*key, name) for key, row in truth.items() for name in row["criteria"].split()}
    assert shown <= put_in
    assert len(shown) >= 0.9 * len(put_in) > 20
    used = {key for key, row in truth.items() if row["state"] in ("present", "summary_only")}
    assert {(row["code"], row["year"]) for row in findings} == used


def test_tables_have_the_columns_of_the_codebook(audited: Path, rows: Rows) -> None:
    with (audited / "data" / "codebook.csv").open(encoding="utf-8-sig", newline="") as stream:
        told = [(row["table"], row["column"]) for row in csv.DictReader(stream)]
    assert told == [(table, column.name) for table, columns in TABLES.items() for column in columns]
    for table, columns in TABLES.items():
        with (audited / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
            in_csv = list(csv.reader(stream))
        assert in_csv[0] == [column.name for column in columns]
        in_parquet = rows(audited, table)
        assert len(in_parquet) == len(in_csv) - 1


def test_a_second_run_does_nothing_again(
    copy: Path, collection: Path, audit: Audit, dataset: Dataset, audited: Path
) -> None:
    result = audit(collection, copy)
    assert (result.read, result.concluded) == (0, 0)
    assert result.read_before > 20
    assert dataset(copy) == dataset(audited)


def test_a_changed_file_costs_its_submission(copy: Path, collection: Path, audit: Audit) -> None:
    report = next(iter(sorted((collection / "reports").glob("M001*.pdf"))))
    before = report.stat()
    os.utime(report, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000_000))
    try:
        result = audit(collection, copy)
    finally:
        os.utime(report, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (result.read, result.concluded) == (1, 1)


def test_a_changed_framework_concludes_again_and_reads_no_file(
    copy: Path, collection: Path, audit: Audit, rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shutil.copytree(framework_root(), tmp_path / "framework")
    shutil.copytree(model_root(), own / "model")
    criterion = own / "criteria" / "B2.s1.yml"
    text = criterion.read_text(encoding="utf-8")
    criterion.write_text(text + "applies_to: [acute, community]\n", encoding="utf-8")
    monkeypatch.setattr(work, "read_pack", lambda *_, **__: pytest.fail("a file was read again"))
    monkeypatch.setattr(conclude._Listener, "hear", lambda *_: pytest.fail("a passage was read again"))
    result = audit(collection, copy, settings=Settings(framework=own, guarded=False))
    assert result.read == 0
    assert result.concluded > 20
    asked = {row["type"]: row["applies"] for row in rows(copy, "findings") if row["criterion"] == "B2.s1"}
    assert asked == {"acute": True, "mental health": False, "community": True}
    assert "n/a" in (copy / "audit-report.html").read_text(encoding="utf-8")
    assert not (copy / "changes.csv").exists(), "no status changed"


def test_a_changed_model_classifies_again_and_reads_no_file(
    copy: Path, collection: Path, audit: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shutil.copytree(framework_root(), tmp_path / "framework")
    weights = shutil.copytree(model_root(), own / "model") / "weights.npz"
    with np.load(weights) as file:
        arrays = dict(file)
    name = next(name for name, array in sorted(arrays.items()) if array.dtype.kind == "f" and array.size)
    arrays[name].flat[0] += 1e-6
    np.savez_compressed(weights, **arrays)
    heard: list[str] = []
    hear = conclude._Listener.hear
    monkeypatch.setattr(work, "read_pack", lambda *_, **__: pytest.fail("a file was read again"))
    monkeypatch.setattr(conclude, "split_passages", lambda *_: pytest.fail("a document was cut up again"))
    monkeypatch.setattr(conclude._Listener, "hear", lambda *args: heard.append("") or hear(*args))
    result = audit(collection, copy, settings=Settings(framework=own, guarded=False))
    assert result.read == 0
    assert len(heard) >= result.concluded > 20


class Hands(InProcess):
    """Hands the kept results of one submission to all, so that an audit of very many takes seconds."""

    def __init__(self, audited: Path, one: Submission) -> None:
        place = audited / "work" / one.id
        facts = unpacked((place / "facts.bin").read_bytes(), folder._KeptFacts)
        rows = unpacked((place / "rows.bin").read_bytes(), folder._KeptRows)
        assert facts and rows
        documents, kept = ((place / name).read_bytes() for name in ("documents.bin", "kept.bin"))
        self.read = work.ReadDone(facts=facts.facts, documents=documents, kept=kept)
        self.rows = rows.rows
        self.kept = kept

    def run(self, function: Any, jobs: Any) -> Iterator[Any]:
        for job in jobs:
            if function is work.read_submission:
                yield job, self.read
                continue
            who = (job.submission.organisation, job.submission.code)
            own = {
                name: tuple((*who, *row[2:]) for row in self.rows[name]) for name in ("inventory", "findings")
            }
            rest = {
                name: tuple((who[1], *row[1:]) for row in those)
                for name, those in self.rows.items()
                if name not in own
            }
            yield job, work.ConcludeDone(evidence_map=b"", rows=own | rest, kept=self.kept)


def test_memory_does_not_grow_with_the_number_of_submissions(
    audited: Path, collection: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = next(one for one in read_source(str(collection / "manifest.csv")) if one.id == "M001/2021-22")
    monkeypatch.setattr("evidence_kit.audit.dataset.ROWS_A_GROUP", 1_000)
    # The page's grid holds every submission.
    monkeypatch.setattr(running, "_write_report", lambda _: None)
    peaks = []
    for number in (40, 240):
        many = tmp_path / f"{number}.csv"
        rows = [f"Trust {n} NHS Trust,T{n},acute,,2021-22,{one.paths[0]}" for n in range(number)]
        many.write_text("\n".join(["organisation,code,type,region,year,path", *rows]))
        tracemalloc.start()
        running.run_audit(str(many), tmp_path / str(number), engine=Hands(audited, one))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (tmp_path / str(number) / "data" / "findings.csv").read_text().count("\n") == 42 * number + 1
    grown = (peaks[1] - peaks[0]) / 200
    assert grown < 5_000, f"{grown:,.0f} bytes a submission"


def test_what_finds_passages_makes_other_readings_and_what_weighs_them_does_not() -> None:
    knowledge = load_knowledge()

    def key(**changed: Any) -> str:
        first, *others = knowledge.framework.criteria
        framework = replace(knowledge.framework, criteria=(replace(first, **changed), *others))
        return keeping.knowledge_key(replace(knowledge, framework=framework), Ours())

    assert key() == key(window_months=3) == key(elements=()) == key(plain="other")
    finding = {"wordings": (), "bears": (), "bears_not": ("x",), "bears_unless": ("x",), "concepts": ()}
    assert len({key(), *(key(**{name: value}) for name, value in finding.items())}) == 1 + len(finding)


class StopsAfter(InProcess):
    """Stands for a run that is cut off."""

    def __init__(self, number: int) -> None:
        self.left = number

    def run(self, function: Any, jobs: Any) -> Iterator[Any]:
        for pair in super().run(function, jobs):
            yield pair
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt


@pytest.mark.parametrize("after", [1, 17, 40])
def test_a_run_that_is_cut_off_goes_on_where_it_was(
    collection: Path, audit: Audit, dataset: Dataset, audited: Path, tmp_path: Path, after: int
) -> None:
    out = tmp_path / "audit"
    with pytest.raises(KeyboardInterrupt):
        audit(collection, out, engine=StopsAfter(after))
    result = audit(collection, out)
    every = json.loads((audited / "run.json").read_text())["done"]
    # What ended under the last yield was not kept yet: it is the one that may be done a second time.
    assert result.read_before + result.concluded_before >= after - 1
    assert result.read + result.read_before == every["read"]
    assert dataset(out) == dataset(audited)


class LosesOne(InProcess):
    """Stands for a worker that dies under one submission."""

    def run(self, function: Any, jobs: Any) -> Iterator[Any]:
        for job in jobs:
            lost = job.submission.id == "M001/2021-22" and function is work.conclude_submission
            yield job, Lost("the process that worked on it ended") if lost else function(job)


def test_a_submission_that_is_lost_is_listed_and_tried_again(
    collection: Path, audit: Audit, dataset: Dataset, audited: Path, rows: Rows, tmp_path: Path
) -> None:
    out = tmp_path / "audit"
    result = audit(collection, out, engine=LosesOne())
    assert [name for name, _ in result.lost] == ["M001/2021-22"]
    assert not result.complete
    assert any(row["code_of_problem"] == "crashed" for row in rows(out, "problems"))
    again = audit(collection, out)
    assert (again.read, again.concluded, again.lost) == (0, 1, ())
    assert dataset(out) == dataset(audited)


def test_a_worker_with_other_code_refuses(collection: Path, audit: Audit, tmp_path: Path) -> None:
    class Other(InProcess):
        def run(self, function: Any, jobs: Any) -> Iterator[Any]:
            yield from super().run(
                function, (replace(job, settings=replace(job.settings, code="other")) for job in jobs)
            )

    with pytest.raises(UsageError, match="another version"):
        audit(collection, tmp_path / "audit", engine=Other())


@pytest.mark.parametrize("workers", [1, 2])
def test_local_processes_give_the_same_bytes(
    collection: Path, dataset: Dataset, audited: Path, tmp_path: Path, workers: int
) -> None:
    out = tmp_path / "audit"
    done = command(collection, out, "--workers", str(workers))
    assert done.returncode == 7, done.stderr
    assert dataset(out) == dataset(audited)


def command(collection: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evidence_kit", "audit", "run", str(collection / "manifest.csv"),
         "--out", str(out), *more],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_a_file_in_the_place_of_the_folder_is_refused(collection: Path, audit: Audit, tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("mine")
    with pytest.raises(OutputUnwritable, match="is a file"):
        audit(collection, tmp_path / "audit")


def test_an_output_among_the_reports_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Alder Trust").mkdir()
    with pytest.raises(UsageError, match="take it for an organisation"):
        running.run_audit(str(tmp_path), tmp_path / "audit", engine=InProcess())


def mounted(place: Path, *options: str) -> None:
    place.mkdir()
    done = subprocess.run(["mount", *options, str(place)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this machine does not let us mount")


def test_a_full_disk_is_told_and_loses_nothing_finished(
    collection: Path, audit: Audit, dataset: Dataset, audited: Path, tmp_path: Path
) -> None:
    place = tmp_path / "small"
    mounted(place, "-t", "tmpfs", "-o", "size=700k", "tmpfs")
    try:
        with pytest.raises(OutputUnwritable, match="No space left"):
            audit(collection, place / "audit")
        finished = len(list((place / "audit" / "work").glob("*/*/facts.bin")))
        assert finished > 3
        assert not list(place.rglob("*.part"))
        subprocess.run(["mount", "-o", "remount,size=40m", str(place)], check=True)
        result = audit(collection, place / "audit")
        assert result.read_before == finished
        assert dataset(place / "audit") == dataset(audited)
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_disk_that_is_full_under_the_dataset_leaves_the_old_one(tmp_path: Path) -> None:
    place = tmp_path / "small"
    mounted(place, "-t", "tmpfs", "-o", "size=200k", "tmpfs")
    words = iter(random.Random(13).randbytes(400_000).hex(" ").split(" "))
    rows = [tuple(next(words) * 20 for _ in range(7)) for _ in range(2_000)]
    try:
        write_tables(place, ["problems"], [{"problems": rows[:50]}])
        before = {path.name: path.read_bytes() for path in place.iterdir()}
        with pytest.raises(OutputUnwritable, match="No space left"):
            write_tables(place, ["problems"], [{"problems": rows}])
        assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_read_only_output_is_told_before_the_work(collection: Path, audit: Audit, tmp_path: Path) -> None:
    place = tmp_path / "fixed"
    mounted(place, "-t", "tmpfs", "-o", "ro", "tmpfs")
    try:
        with pytest.raises(OutputUnwritable, match="Read-only"):
            audit(collection, place / "audit")
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_the_run_is_recorded(audited: Path) -> None:
    record = json.loads((audited / "run.json").read_text())
    assert record["lost"] == {}
    assert all(len(digest) == 64 for digest in record["files"].values())
    assert set(record["seconds"]) == {"reading", "inventory", "concluding", "dataset", "report"}
    assert read_run(audited).kinds == ("annual report",)
