"""``report``: any report again from a map's folder, what is missing said, in a user's own form too."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import docx
import pikepdf
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from reportlab.pdfgen.canvas import Canvas

from evidence_kit import outputs
from evidence_kit.cli.main import cli
from evidence_kit.records.decision import Decision, Verdict
from evidence_kit.store.decisions import append_decisions

MINUTES = """# Minutes of the Board of Directors, 26 March 2026

## 9.1 Equality, diversity and inclusion

The Board of Anyshire Hospitals NHS Trust appointed Dr Ada Penhallow, Medical Director, as executive sponsor for race
equality on 26 March 2026.

The Trust will publish a stretch goal for ethnic minority representation by March 2027.
"""
POLICY = """# Zero tolerance of racist abuse

On 2 February 2026 Anyshire Hospitals NHS Trust told every patient in writing that racist abuse is not tolerated.
"""
REPORTS = {outputs.PAGE, outputs.WORKBOOK, outputs.PACK, outputs.CITED}


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert "Traceback" not in result.output
    return result


@dataclass(frozen=True)
class Place:
    """A folder of papers and the map of it, side by side."""

    papers: Path
    map: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "papers").mkdir()
    (folder / "papers" / "minutes.md").write_text(MINUTES, encoding="utf-8")
    (folder / "papers" / "policy.md").write_text(POLICY, encoding="utf-8")
    result = run(
        "map", folder / "papers", "--organisation", "Anyshire Hospitals NHS Trust", "--as-of", "2026-10-01",
        "--out", folder / "map", "--workers", "0", "--no-cache",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    shutil.copytree(made, tmp_path / "here")
    return Place(tmp_path / "here" / "papers", tmp_path / "here" / "map")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_map_prints_every_report_and_report_writes_them_the_same(place: Place) -> None:
    before = files(place.map)
    assert set(before) == REPORTS
    for path in place.map.iterdir():
        if path.is_file():
            path.unlink()
    result = run("report", place.map)
    assert result.exit_code == 0 and not result.stderr
    assert files(place.map) == before
    assert [line.split()[-1] for line in result.stdout.splitlines()] == [
        str(place.map / name) for name in (outputs.PAGE, outputs.WORKBOOK, outputs.PACK, outputs.CITED)
    ]


def test_what_people_decided_since_stands_in_the_reports(place: Place) -> None:
    said = Decision(criterion="B1", verdict=Verdict.CONFIRMED, person="Priya Nair", at="2026-11-24T09:30:00Z")
    append_decisions(place.map / outputs.DECISIONS, "Priya Nair", [said])
    assert run("report", place.map, "--only", "pack").exit_code == 0
    texts = [one.text for one in docx.Document(str(place.map / outputs.PACK)).paragraphs]
    assert any("Confirmed by Priya Nair, 24 November 2026" in text for text in texts)
    assert "Priya Nair" not in (place.map / outputs.PAGE).read_text(encoding="utf-8")


def test_only_what_is_named_goes_elsewhere(place: Place, tmp_path: Path) -> None:
    before = files(place.map)
    result = run("report", place.map, "--only", "workbook", "--only", "page", "--out", tmp_path / "other")
    assert result.exit_code == 0, result.output
    assert set(files(tmp_path / "other")) == {outputs.PAGE, outputs.WORKBOOK}
    assert 'href="../here/papers/minutes.md"' in (tmp_path / "other" / outputs.PAGE).read_text(
        encoding="utf-8"
    )
    assert files(place.map) == before


def test_a_pack_that_somebody_wrote_in_is_kept(place: Place) -> None:
    (place.map / outputs.PACK).write_bytes(b"with our statements")
    result = run("report", place.map)
    kept = place.map / outputs.KEPT / "evidence-pack-1.docx"
    assert kept.read_bytes() == b"with our statements" and str(kept) in result.stdout
    assert not run("report", place.map).stdout.count("kept")


def test_papers_that_moved_are_said_and_found_again(place: Place, tmp_path: Path) -> None:
    place.papers.rename(tmp_path / "moved")
    for _ in range(2):
        result = run("report", place.map)
        assert result.exit_code == 0 and "--papers" in result.stderr and str(place.papers) in result.stderr
    assert "papers/minutes.md" not in (place.map / outputs.PAGE).read_text(encoding="utf-8")
    result = run("report", place.map, "--papers", tmp_path / "moved")
    assert not result.stderr
    assert "../../moved/minutes.md" in (place.map / outputs.PAGE).read_text(encoding="utf-8")
    assert not run("report", place.map).stderr, "the map remembers where they are now"


def test_missing_and_changed_papers_and_texts_are_said(place: Place) -> None:
    (place.papers / "minutes.md").unlink()
    (place.papers / "policy.md").write_text("something else", encoding="utf-8")
    (place.map / outputs.DATA / outputs.TEXTS).unlink()
    result = run("report", place.map)
    assert result.exit_code == 0
    assert f"minutes.md is not in {place.map / '../papers'}." in result.stderr
    assert "policy.md is changed since the map was made" in result.stderr
    assert outputs.TEXTS in result.stderr


def test_letters_and_calendar_alone(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "to-send"
    result = run("report", place.map, "--letters", "--calendar", "--out", out)
    assert result.exit_code == 0, result.output
    assert {path.name for path in out.iterdir()} == {outputs.LETTERS, outputs.CALENDAR}
    letters = list((out / outputs.LETTERS).iterdir())
    assert letters and all(path.read_text(encoding="utf-8").startswith("To: ") for path in letters)
    assert all(str(path) in result.stdout for path in letters)
    events = Calendar.from_ical((out / outputs.CALENDAR).read_bytes()).walk("VEVENT")
    assert any(
        "falls out of date" in str(event["summary"]) or "due" in str(event["summary"]) for event in events
    )


def test_a_letter_that_somebody_changed_is_kept(place: Place) -> None:
    run("report", place.map, "--letters")
    (letter, *_) = sorted((place.map / outputs.LETTERS).iterdir())
    letter.write_text("Dear all", encoding="utf-8")
    run("report", place.map, "--letters")
    assert letter.read_text(encoding="utf-8").startswith("To: ")
    assert (place.map / outputs.KEPT / f"{letter.stem}-1.txt").read_text(encoding="utf-8") == "Dear all"


def test_a_template_of_ones_own(place: Place, tmp_path: Path) -> None:
    template = tmp_path / "board.html.j2"
    template.write_text("<p>{{ view.map.organisation }}: {{ view.levels[0].line }}</p>", encoding="utf-8")
    before = files(place.map)
    result = run("report", place.map, "--template", template)
    assert result.exit_code == 0, result.output
    page = (place.map / "board.html").read_text(encoding="utf-8")
    assert page.startswith("<p>Anyshire Hospitals NHS Trust: Bronze: ")
    assert {name: content for name, content in files(place.map).items() if name != "board.html"} == before


def test_a_wrong_template_is_named_with_its_line(place: Place, tmp_path: Path) -> None:
    template = tmp_path / "board.html.j2"
    template.write_text("<p>\n{{ view.nothing }}\n</p>", encoding="utf-8")
    result = run("report", place.map, "--template", template)
    assert result.exit_code == 2 and "board.html.j2, line 2:" in result.stderr
    assert not (place.map / "board.html").exists()


@pytest.mark.parametrize("name", [outputs.PAGE, "evidence-map.html.j2", "evidence-dates.ics.jinja"])
def test_a_template_cannot_take_the_place_of_a_report(place: Place, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("x", encoding="utf-8")
    result = run("report", place.map, "--template", tmp_path / name)
    assert result.exit_code == 2 and "a name of its own" in result.stderr


def test_a_template_is_never_written_over(place: Place) -> None:
    template = place.map / "board.html"
    template.write_text("{{ view.as_of }}", encoding="utf-8")
    result = run("report", place.map, "--template", template)
    assert result.exit_code == 2 and "over itself" in result.stderr
    assert template.read_text(encoding="utf-8") == "{{ view.as_of }}"


def test_a_word_document_gives_the_pack_its_styles(place: Place, tmp_path: Path) -> None:
    house = docx.Document()
    house.styles["Heading 1"].font.name = "Georgia"
    house.save(str(tmp_path / "house.docx"))
    out = tmp_path / "out"
    result = run("report", place.map, "--template", tmp_path / "house.docx", "--out", out)
    assert result.exit_code == 0, result.output
    assert set(files(out)) == {outputs.PACK}
    assert docx.Document(str(out / outputs.PACK)).styles["Heading 1"].font.name == "Georgia"


def test_nothing_is_written_where_the_next_map_would_read_it(place: Place, tmp_path: Path) -> None:
    result = run("report", place.map, "--out", place.papers / "reports")
    assert result.exit_code == 2 and "in the folder of papers" in result.stderr
    assert not (place.papers / "reports").exists()
    inside = place.papers / "map"
    shutil.move(place.map, inside)
    (tmp_path / "own.txt").write_text("x", encoding="utf-8")
    assert run("report", inside, "--papers", place.papers).exit_code == 0
    assert run("report", inside, "--template", tmp_path / "own.txt").exit_code == 2


def test_a_map_by_itself_gets_its_reports_beside_it(place: Place, tmp_path: Path) -> None:
    alone = tmp_path / "alone" / outputs.MAP
    alone.parent.mkdir()
    shutil.copy(place.map / outputs.MARK, alone)
    result = run("report", alone)
    assert result.exit_code == 0, result.output
    assert set(files(alone.parent)) == {*REPORTS, outputs.MAP}
    assert "not known" in result.stderr


def test_what_is_no_map_is_refused(tmp_path: Path) -> None:
    assert run("report", tmp_path).exit_code == 2
    assert run("report", tmp_path, "--only", "poem").exit_code == 2
    assert run("report", tmp_path, "--papers", tmp_path / "nowhere").exit_code == 2


def test_whole_copies_of_cited_papers(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    canvas = Canvas(str(papers / "minutes.pdf"), invariant=1)
    for page in (["An agenda."], MINUTES.splitlines(), ["The next meeting is in May."]):
        for number, line in enumerate(page):
            canvas.drawString(60, 780 - 14 * number, line.removeprefix("## ").removeprefix("# "))
        canvas.showPage()
    canvas.save()
    arguments = ("--as-of", "2026-10-01", "--workers", "0", "--no-cache")
    assert run("map", papers, *arguments, "--out", papers / "map").exit_code == 0
    result = run("report", papers / "map", "--whole-copies")
    assert result.exit_code == 0, result.output
    copy = papers / "map" / outputs.COPIES / "minutes.pdf"
    assert str(copy) in result.stdout
    with pikepdf.open(copy) as pdf:
        assert len(pdf.pages) == 1 + 3
        assert ["/Annots" in page.obj for page in pdf.pages] == [True, False, True, False]
    elsewhere = tmp_path / "not there yet" / "deep"
    assert (
        run("report", papers / "map", "--whole-copies", "--only", "cited", "--out", elsewhere).exit_code == 0
    )
    assert (elsewhere / outputs.COPIES / copy.name).read_bytes() == copy.read_bytes()
    assert (elsewhere / outputs.CITED).read_bytes() == (papers / "map" / outputs.CITED).read_bytes()
    again = run("map", papers, *arguments, "--out", papers / "map", "--json")
    assert json.loads(again.stdout)["documents"] == 1, "a copy is no paper"


def test_that_no_paper_could_be_copied_whole_is_said(place: Place) -> None:
    result = run("report", place.map, "--whole-copies")
    assert result.exit_code == 0 and not result.stdout.strip()
    assert "No cited PDF could be copied whole" in result.stderr
