"""Bad input on the command line: each with its message and its exit code."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from evidence_kit.cli.main import cli
from evidence_kit.cli.mapping import run_map as run_map_function
from evidence_kit.cli.summary import exit_code_of, summary_text
from evidence_kit.errors import ExitCode
from evidence_kit.options import MapOptions
from evidence_kit.workers import Limits

MINUTES = "The Board met on 3 March 2026.\n\nThe Chief Executive went to the Race Equality Network on 4 February 2026."


def pdf(text: str = MINUTES, *, pages: int = 1, encrypt: StandardEncryption | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, encrypt=encrypt)
    for _ in range(pages):
        for number, line in enumerate(text.splitlines()):
            canvas.drawString(72, 720 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scan() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.rect(72, 72, 400, 400, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def jpeg() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "grey").save(buffer, "JPEG")
    return buffer.getvalue()


def endless_page() -> bytes:
    """Return a PDF of three pages; the second draws forms within forms, 8 to the power of 23 of them."""
    deep, wide, first = 24, 8, 10
    resources = b"/Resources<</Font<</F1 6 0 R>>/XObject<</X %d 0 R>>>>"
    text = b"BT /F1 12 Tf 72 700 Td (%s) Tj ET"

    def stream(entries: bytes, content: bytes) -> bytes:
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)

    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3>>"]
    for contents in (7, 8, 9):
        entries = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R" % contents
        objects.append(b"<<%s%s>>" % (entries, resources % first))
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    objects += [
        stream(b"", text % b"The Board met."),
        stream(b"", b"/X Do"),
        stream(b"", text % b"It closed at noon."),
    ]
    for number in range(deep):
        inner = number + 1 < deep
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources % (first + number + inner)
        objects.append(stream(entries, b" ".join([b"/X Do"] * wide) if inner else text % b"x"))
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


BAD = {
    "encrypted": ("locked.pdf", pdf(encrypt=StandardEncryption("secret", canPrint=0))),
    "damaged": ("short.pdf", pdf(pages=3)[:300]),
    "empty_file": ("nothing.pdf", b""),
    "renamed": ("photo.pdf", jpeg()),
}
"""What is wrong: the file's name and its bytes."""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def run_map(pack: Path, *more: str | Path) -> Result:
    return run(
        "map", pack, "--organisation", "Example NHS Trust", "--as-of", "2026-10-01", "--workers", "0", *more
    )


def no_traceback(result: Result) -> None:
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception


def test_a_missing_folder(tmp_path: Path) -> None:
    result = run_map(tmp_path / "nope")
    assert result.exit_code == 2
    assert "There is no folder or file" in result.stderr
    assert "nope" in result.stderr
    no_traceback(result)


def test_an_empty_folder(pack: Path, tmp_path: Path) -> None:
    result = run_map(pack)
    assert result.exit_code == 3
    assert str(pack) in result.stderr
    no_traceback(result)
    assert list((tmp_path / "here").iterdir()) == [], "an output folder was left behind"


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_alone_is_nothing_read(pack: Path, what: str) -> None:
    name, content = BAD[what]
    (pack / name).write_bytes(content)
    result = run_map(pack)
    assert result.exit_code == 3
    assert name in result.stderr
    no_traceback(result)


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_costs_itself_and_nothing_else(pack: Path, what: str) -> None:
    name, content = BAD[what]
    (pack / name).write_bytes(content)
    (pack / "minutes.pdf").write_bytes(pdf())
    result = run_map(pack, "--json")
    assert result.exit_code == 7
    no_traceback(result)
    summary = json.loads(result.stdout)
    assert summary["exit_code"] == 7
    assert summary["documents"] == 2
    problems = [problem for problem in summary["problems"] if problem["file"] == name]
    assert problems
    if what != "renamed":
        assert what in {problem["code"] for problem in problems}
    page = Path("evidence-map/evidence-map.html").read_text(encoding="utf-8")
    assert name in page
    assert problems[0]["message"].split()[0] in page


def test_the_summary_names_the_problem_and_the_way_out(pack: Path) -> None:
    (pack / "locked.pdf").write_bytes(BAD["encrypted"][1])
    (pack / "minutes.pdf").write_bytes(pdf())
    said = run_map(pack).stdout
    (line,) = [line for line in said.splitlines() if "locked.pdf" in line]
    assert "password" in line


def test_a_page_without_text_is_listed(pack: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    (pack / "scan.pdf").write_bytes(scan())
    result = run_map(pack, "--json")
    assert result.exit_code == 7
    summary = json.loads(result.stdout)
    assert summary["unread_pages"] == 1


@pytest.mark.slow
def test_a_page_that_never_ends_costs_itself(pack: Path) -> None:
    (pack / "endless.pdf").write_bytes(endless_page())
    options = MapOptions(pack=pack, as_of=date(2026, 10, 1), workers=1, limits=Limits(seconds=2.0))
    reported = run_map_function(options, Path("map"), quiet=True)
    evidence_map = reported.view.map
    assert exit_code_of(evidence_map) is ExitCode.PARTLY_READ
    (document,) = evidence_map.documents
    assert (document.page_count, document.unread_pages) == (3, (2,))
    (problem,) = evidence_map.problems
    assert (problem.code, problem.pages) == ("time_limit", (2,))
    said = summary_text(reported)
    assert "endless.pdf, page 2: Reading took longer than" in said and "(seconds = 2)" in said


def test_an_unreadable_file(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may run as root, whom file modes do not stop: reading is made to fail."""
    (pack / "minutes.pdf").write_bytes(pdf())
    (pack / "forbidden.pdf").write_bytes(pdf("Forbidden."))
    opened = Path.open

    def refuse(self: Path, *arguments: object, **more: object) -> object:
        if self.name == "forbidden.pdf":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    result = run_map(pack, "--json")
    assert result.exit_code == 7
    (problem,) = [
        problem for problem in json.loads(result.stdout)["problems"] if problem["file"] == "forbidden.pdf"
    ]
    assert problem["code"] == "unreadable"


def test_a_file_in_the_output_folders_place(pack: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    Path("map").write_text("mine", encoding="utf-8")
    result = run_map(pack, "--out", "map")
    assert result.exit_code == 6
    assert "map is a file" in result.stderr
    assert "--out" in result.stderr
    assert Path("map").read_text(encoding="utf-8") == "mine"
    no_traceback(result)


def test_the_output_is_checked_before_the_work(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    Path("map").write_text("mine", encoding="utf-8")
    monkeypatch.setattr("evidence_kit.pipeline.map_evidence", lambda *_: pytest.fail("the work started"))
    assert run_map(pack, "--out", "map").exit_code == 6


def test_the_folder_of_papers_as_output_folder(pack: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    result = run_map(pack, "--out", pack)
    assert result.exit_code == 2
    assert "is the folder of papers" in result.stderr


def test_a_map_inside_the_pack_is_not_read_the_next_time(pack: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    first = json.loads(run_map(pack, "--out", pack / "map", "--json").stdout)
    second = json.loads(run_map(pack, "--out", pack / "map", "--json").stdout)
    third = json.loads(run_map(pack, "--out", "elsewhere", "--json").stdout)
    assert first["documents"] == second["documents"] == third["documents"] == 1
    assert first["criteria"] == second["criteria"] == third["criteria"]


def test_a_level_that_is_none(pack: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    result = run_map(pack, "--target", "platinum")
    assert result.exit_code == 2
    assert "platinum" in result.stderr
    assert "bronze" in result.stderr
    no_traceback(result)


def test_a_date_that_is_none(pack: Path) -> None:
    result = run("map", pack, "--as-of", "1 October")
    assert result.exit_code == 2
    no_traceback(result)


def test_a_framework_folder_without_a_framework(pack: Path, tmp_path: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    (tmp_path / "empty").mkdir()
    result = run_map(pack, "--framework", tmp_path / "empty")
    assert result.exit_code == 4
    assert "framework.yml" in result.stderr


def test_a_name_for_a_concept_that_is_none(pack: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    Path("evidence-kit.toml").write_text('[names]\n"REACH" = "no_such_concept"\n', encoding="utf-8")
    result = run_map(pack)
    assert result.exit_code == 2
    assert "no_such_concept" in result.stderr


def test_settings_among_the_papers_steer_nothing(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    (pack / "evidence-kit.toml").write_text('target = "gold"\nas_of = 2020-01-01\n', encoding="utf-8")
    monkeypatch.chdir(pack)
    result = run("map", ".", "--out", "../map", "--workers", "0", "--json")
    summary = json.loads(result.stdout)
    assert summary["target"] != "gold"
    assert summary["as_of"] != "2020-01-01"


def test_settings_of_the_current_folder_do(pack: Path) -> None:
    (pack / "minutes.pdf").write_bytes(pdf())
    Path("evidence-kit.toml").write_text('target = "gold"\nas_of = 2026-01-31\n', encoding="utf-8")
    result = run("map", pack, "--workers", "0", "--json")
    summary = json.loads(result.stdout)
    assert (summary["target"], summary["as_of"]) == ("gold", "2026-01-31")
    page = Path("evidence-map/evidence-map.html").read_text(encoding="utf-8")
    assert "evidence-kit.toml" in page, "where a setting came from is shown in the map"


def test_read_a_missing_file_or_a_folder(pack: Path) -> None:
    for path in (pack / "nope.pdf", pack):
        result = run("read", path)
        assert result.exit_code == 2
        assert "There is no file" in result.stderr


@pytest.mark.parametrize("what", BAD)
def test_read_a_bad_file(pack: Path, what: str) -> None:
    name, content = BAD[what]
    (pack / name).write_bytes(content)
    result = run("read", pack / name)
    assert result.exit_code == 3
    assert "Problem (" in result.stdout
    no_traceback(result)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"not json", b'{"schema": "evidence-kit/evidence-map"}', b"\xff\xfe"]
)
def test_explain_what_is_no_map(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "evidence-map.json").write_bytes(content)
    result = run("explain", tmp_path, "S4")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: This")
    no_traceback(result)


def test_explain_without_a_map(tmp_path: Path) -> None:
    result = run("explain", tmp_path, "S4")
    assert result.exit_code == 2
    assert "There is no evidence map" in result.stderr
