"""The output folder: refused before the long work, never taken for evidence, never left half made."""

from pathlib import Path

import pytest

from evidence_kit import outputs
from evidence_kit.cli.output import prepared, refuse_pack
from evidence_kit.errors import ExitCode, OutputUnwritable, UsageError
from evidence_kit.records.evidence_map import SCHEMA


def earlier_map(folder: Path) -> None:
    (folder / outputs.DATA).mkdir(parents=True)
    (folder / outputs.PAGE).write_text("page", encoding="utf-8")
    (folder / outputs.DATA / outputs.MAP).write_text(f'{{"schema": "{SCHEMA}"}}', encoding="utf-8")


def test_the_folder_is_made(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    with prepared(out):
        assert (out / outputs.DATA).is_dir()
        (out / outputs.PAGE).write_text("page", encoding="utf-8")
    assert (out / outputs.PAGE).is_file()


def test_what_was_made_goes_away_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), prepared(tmp_path / "a" / "b"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_before_stays_when_the_work_fails(tmp_path: Path) -> None:
    earlier_map(tmp_path / "out")
    with pytest.raises(RuntimeError), prepared(tmp_path / "out"):
        raise RuntimeError
    assert (tmp_path / "out" / outputs.PAGE).read_text("utf-8") == "page"
    assert (tmp_path / "out" / outputs.DATA / outputs.MAP).is_file()


@pytest.mark.parametrize(
    "name",
    [
        outputs.PAGE,
        f"{outputs.DATA}/README.txt",
        f"{outputs.DATA}/findings.csv",
        f"{outputs.DATA}/{outputs.MAP}",
    ],
)
def test_a_users_own_file_of_our_name_is_left_alone(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    (out / name).parent.mkdir(parents=True, exist_ok=True)
    (out / name).write_text("mine", encoding="utf-8")
    before = sorted(out.rglob("*"))
    with pytest.raises(OutputUnwritable, match="was not written by evidence-kit") as caught, prepared(out):
        pytest.fail("the work started")
    assert caught.value.next_step == "Name another folder with --out, or move the file away."
    assert (out / name).read_text("utf-8") == "mine"
    assert sorted(out.rglob("*")) == before


def test_an_earlier_map_is_written_over_and_other_files_are_no_hindrance(tmp_path: Path) -> None:
    earlier_map(tmp_path / "out")
    (tmp_path / "out" / outputs.DATA / "README.txt").write_text("ours", encoding="utf-8")
    (tmp_path / "out" / outputs.DATA / "notes.txt").write_text("mine", encoding="utf-8")
    with prepared(tmp_path / "out"):
        pass
    assert (tmp_path / "out" / outputs.DATA / "notes.txt").read_text("utf-8") == "mine"


def test_a_run_that_was_cut_off_after_its_first_file_is_ours(tmp_path: Path) -> None:
    (tmp_path / outputs.DATA).mkdir()
    (tmp_path / outputs.DATA / "README.txt").write_text(f"Schema: {SCHEMA}, version 1.", encoding="utf-8")
    with prepared(tmp_path):
        pass


@pytest.mark.parametrize("place", ["out", f"out/{outputs.DATA}"])
def test_a_file_in_the_folders_place(tmp_path: Path, place: str) -> None:
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputUnwritable, match="cannot be written") as caught, prepared(tmp_path / "out"):
        pytest.fail("the work started")
    assert caught.value.exit_code is ExitCode.OUTPUT_UNWRITABLE
    assert (tmp_path / place).read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "name", [outputs.PAGE, f"{outputs.DATA}/{outputs.MAP}", f"{outputs.DATA}/findings.csv"]
)
def test_a_folder_in_a_files_place(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir(parents=True)
    with pytest.raises(OutputUnwritable), prepared(tmp_path):
        pytest.fail("the work started")


def test_a_file_above_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputUnwritable), prepared(tmp_path / "file" / "out"):
        pytest.fail("the work started")


def test_the_pack_cannot_be_the_output_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is the folder of papers"):
        refuse_pack(tmp_path, tmp_path / "x" / "..")


def test_the_data_cannot_be_written_into_the_pack(tmp_path: Path) -> None:
    pack = tmp_path / outputs.DATA
    pack.mkdir()
    with pytest.raises(UsageError, match="written into the folder of papers"):
        refuse_pack(pack, tmp_path)


def test_a_folder_inside_the_pack_can(tmp_path: Path) -> None:
    refuse_pack(tmp_path, tmp_path / "map")


def test_the_folder_of_a_single_file_can(tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("text", encoding="utf-8")
    refuse_pack(paper, tmp_path)
