"""The report of an audit: what it counts, what it says and what it does not, and the examples of the docs."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from evidence_kit.audit import figures as figuring
from evidence_kit.audit.changes import read_changes, write_changes
from evidence_kit.audit.checked import NOT_SHOWN, SHOWN, write_answers
from evidence_kit.audit.counting import By
from evidence_kit.audit.dataset import read_table, write_tables
from evidence_kit.audit.figures import figures_of
from evidence_kit.audit.report import book, page, write_report
from evidence_kit.audit.tables import TABLES
from evidence_kit.records.criterion import Framework

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("annual report",)
YEARS = ("2023-24", "2024-25")
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>\u202e'
Rows = Callable[[Path, str], list[dict[str, Any]]]
Made = Callable[..., Path]


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, framework: Framework) -> Made:
    """Write a dataset of made findings, no file read: organisations and two years."""

    def write(number: int, status: Callable[[int, str], str], *, prefix: str = "Trust") -> Path:
        who = [
            (
                f"{prefix} {at:03}",
                f"T{at}",
                ("acute", "community")[at % 2],
                ("North West", "Midlands")[at % 3 == 0],
                year,
            )
            for at in range(number)
            for year in YEARS
        ]
        there = [(one, status(int(one[1][1:]), one[4])) for one in who]
        tables: dict[str, list[Any]] = {
            "inventory": [
                (*one, "present" if told else "missing", "" if told else "nothing was handed in", 1, int(bool(told)),
                 90 * bool(told), 0, "2025-05-31", one[3] == "North West", bool(told))
                for one, told in there
            ],
            "findings": [
                (*one, criterion.id, criterion.kind.value, criterion.driver, told, told == "evidenced",
                 int(one[1][1:]) % 5 > 0, True, one[3] == "North West", False, False, 1, "", None, None, 0, 90, 0)
                for one, told in there
                if told
                for criterion in framework.criteria
            ],
        }  # fmt: skip
        root = tmp_path_factory.mktemp("made")
        write_tables(root / "data", TABLES, [tables])
        return root

    return write


@pytest.fixture(scope="module")
def large(made: Made, framework: Framework) -> Path:
    """Two hundred and fifty organisations, every fifth of a type that no criterion applies to."""
    root = made(250, lambda at, _: "evidenced" if at % 2 else "not_found")
    write_report(root, framework, KINDS)
    return root


def test_the_report_names_no_level_and_ranks_nobody(audited: Path, framework: Framework) -> None:
    figures = figures_of(audited, framework, KINDS)
    text = words_of(page(figures))
    assert not re.search(
        r"\b(?:bronze|silver|gold) (?:status|level)?: \d|\branked? \d|\bleague\b", text, re.IGNORECASE
    )
    for rows in figures.listing.grid.values():
        names = [row.organisation for row in rows]
        assert names == sorted(names)
    assert "reading error not measured" in text
    assert book(figures) == book(figures)


def test_the_inventory_is_part_of_the_report(audited: Path, rows: Rows) -> None:
    html = (audited / "audit-report.html").read_text(encoding="utf-8")
    part = words_of(html[html.index("Organisation by organisation") : html.index('id="error"')])
    for row in rows(audited, "inventory"):
        own = part.split(row["organisation"])[1]
        state = f"{row['pages']} pages" if row["state"] == "present" else row["state"].replace("_", " ")
        assert state.removesuffix(" only") in own


def test_what_does_not_apply_is_counted_nowhere(large: Path, framework: Framework) -> None:
    for one in figures_of(large, framework, KINDS).criteria:
        for year in one.years:
            assert (year.shown, year.of) == (100, 200)
            assert year.words == "100 of 200 reports show it; reading error not measured"
        assert [(line.name, line.years) for line in one.lines[By.TYPE]] == [
            ("acute", ((0, 100),) * 2),
            ("community", ((100, 100),) * 2),
        ]
        assert {line.name for line in one.lines[By.REGION]} == {"North West", "Midlands"}
        assert [line.name for line in one.lines[By.STATUS]] == ["evidenced", "not found in these documents"]


def test_years_are_compared_over_the_organisations_read_in_both(made: Made, framework: Framework) -> None:
    """Of 24, the first twelve handed in only later, and show everything: nothing has changed at those read in both."""
    root = made(24, lambda at, year: ("evidenced" if year == YEARS[1] else "") if at < 12 else "not_found")
    for one in figures_of(root, framework, KINDS).criteria:
        first, second = one.years
        assert (first.shown, first.change) == (0, None)
        assert second.shown == 9, "every fifth is not counted"
        assert second.change and (second.change.before, second.change.now) == (0, 0)
        assert second.change.words == "no change"


@pytest.mark.parametrize(("wrong", "greyed"), [(0, False), (15, True)])
def test_a_change_within_the_reading_error_is_grey(
    made: Made, framework: Framework, wrong: int, greyed: bool
) -> None:
    """From none to twenty of 48: certain if people uphold all that they checked, not if they uphold half of it."""
    root = made(
        60, lambda at, year: "evidenced" if year == YEARS[1] and at % 5 < 3 and at < 50 else "not_found"
    )
    name = framework.criteria[0].id
    asked = {True: f"T{{}}/{YEARS[1]}/{name}", False: f"T{{}}/{YEARS[0]}/{name}"}
    shown = [at for at in range(50) if at % 5 in (1, 2)]
    others = [at for at in range(60) if at % 5]
    answers = {
        asked[True].format(at): NOT_SHOWN if place < wrong else SHOWN for place, at in enumerate(shown)
    }
    answers |= {
        asked[False].format(at): SHOWN if place < wrong else NOT_SHOWN for place, at in enumerate(others)
    }
    write_answers(root, {"one": answers})
    figures = figures_of(root, framework, KINDS)
    change = figures.criteria[0].years[1].change
    assert change
    assert (change.before, change.now, change.of, change.greyed) == (0, 20, 48, greyed)
    assert "0 → 20 of the 48 read in both years" in page(figures)
    assert ("0 → 20 of 48 ≈" in page(figures)) is greyed
    assert (", which is within the reading error" in page(figures)) is greyed


def test_examples_lead_to_the_page(
    audited: Path, framework: Framework, browser: Any, program: Callable[[str, str], str]
) -> None:
    figures = figures_of(audited, framework, KINDS)
    examples = [example for one in figures.criteria for example in one.examples]
    assert examples
    for one in figures.criteria:
        assert len({example.organisation for example in one.examples}) == len(one.examples)
    for example in examples:
        path, _, number = example.link.partition("#page=")
        assert example.place.endswith(f", page {number}")
        command = [
            program("pdftotext", "poppler-utils"),
            "-f",
            number,
            "-l",
            number,
            str(audited / unquote(path)),
            "-",
        ]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert example.words in " ".join(text.split())
    opened = browser.new_page()
    opened.goto((audited / "audit-report.html").as_uri())
    there = opened.eval_on_selector_all("figcaption a", "links => links.map(link => link.href)")
    opened.close()
    assert len(there) == len(examples)
    assert all(link.startswith("file:///") and "#page=" in link for link in there)


def test_hostile_names_are_words(made: Made, framework: Framework) -> None:
    root = made(3, lambda *_: "evidenced", prefix=HOSTILE)
    write_report(root, framework, KINDS)
    html = (root / "audit-report.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "\u202e" not in html
    assert "&lt;script&gt;" in html
    for sheet in openpyxl.load_workbook(root / "audit-report.xlsx"):
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
            assert not any(cell.hyperlink for cell in row)
    with (root / "data" / "findings.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert all(row["organisation"].startswith("'=") for row in csv.DictReader(stream))


def test_too_many_organisations_are_counted_and_not_listed(
    large: Path, framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = figures_of(large, framework, KINDS)
    monkeypatch.setattr(figuring, "MOST_LISTED", 249)
    figures = figures_of(large, framework, KINDS)
    assert figures.criteria == whole.criteria
    text = page(figures)
    assert "Trust 001" not in text
    assert "too many organisations to be listed" in text
    assert book(figures)


def test_changes_are_those_since_the_version_before(made: Made, framework: Framework) -> None:
    root = made(2, lambda *_: "not_found")
    assert not read_changes(root), "a first version has none"
    column = [one.name for one in TABLES["findings"]].index("status")
    versions = ("partly", "partly", "evidenced", "not_found")
    listed = (["partly"], ["partly"], ["evidenced"], [])
    name = f"T1/{YEARS[0]}/{framework.criteria[0].id}"
    for status, now in zip(versions, listed, strict=True):
        rows: list[tuple[Any, ...]] = [tuple(row.values()) for row in read_table(root / "data", "findings")]
        place = next(at for at, row in enumerate(rows) if f"{row[1]}/{row[4]}/{row[5]}" == name)
        rows[place] = (*rows[place][:column], status, *rows[place][column + 1 :])
        write_changes(root, root / "data", rows)
        write_tables(root / "data", ["findings"], [{"findings": rows}])
        assert read_changes(root) == [(name, "not_found", one) for one in now]
        write_report(root, framework, KINDS)
        html = (root / "audit-report.html").read_text(encoding="utf-8")
        assert ("not found in these documents → " in words_of(html)) is bool(now)


def test_the_page_has_no_axe_violation_and_holds_250_organisations(
    audited: Path, large: Path, violations: Callable[..., object]
) -> None:
    # Contrast is looked at on the small page: the large one has the same colours in twenty thousand cells.
    quick = {"color-contrast": {"enabled": False}}
    for root, width, rules in ((audited, 360, {}), (audited, 1280, {}), (large, 1280, quick)):
        assert not violations(root / "audit-report.html", width, rules)


def test_the_grid_stays_readable_where_it_is_scrolled(large: Path, browser: Any) -> None:
    """Headings and organisations stay in sight, and a printed grid is not cut off."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto((large / "audit-report.html").as_uri())
    places = opened.evaluate("""() => {
        const frame = document.querySelector('.letters');
        frame.scrollTo(200, 3000);
        const box = frame.getBoundingClientRect();
        const row = [...frame.querySelectorAll('tbody tr')].find(one => one.getBoundingClientRect().top > box.top + 99);
        return [frame.querySelector('thead th:nth-child(9)').getBoundingClientRect().top - box.top,
                row.querySelector('th').getBoundingClientRect().left - box.left];
    }""")
    assert all(0 <= place <= 2 for place in places)
    opened.emulate_media(media="print")
    opened.set_viewport_size(
        {"width": 1000, "height": 700}
    )  # of A4 across, less its margins, at 96 dots an inch
    assert opened.evaluate("document.querySelector('.letters table').getBoundingClientRect().width") <= 1000
    opened.close()


EXAMPLES = re.findall(
    r"^```python\n(.*?)^```",
    (ROOT / "docs" / "audit.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_of_the_docs_run(number: int, audited: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EXAMPLES[number]],
        cwd=audited.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "B1" in done.stdout or "criterion" in done.stdout


def test_the_docs_list_the_tables_and_r_knows_every_type() -> None:
    text = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    classes = set(re.findall(r'"([a-z ]+)" = "', text))
    for table, columns in TABLES.items():
        part = text.split(f"### `{table}`")[1].split("###")[0]
        assert re.findall(r"^\| `(\w+)` \| (.*?) \| (.*) \|$", part, re.MULTILINE) == [
            (column.name, column.type, column.meaning) for column in columns
        ]
        assert {column.type for column in columns} <= classes


READ_AS: dict[str, Callable[[str], object]] = {
    "text": str,
    "whole number": int,
    "number": float,
    "true or false": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


def test_every_cell_of_every_csv_is_of_the_type_in_the_codebook(audited: Path, rows: Rows) -> None:
    """What R, or any other program, is told by the codebook holds for all cells; an empty cell is an unknown."""

    def read(name: str) -> list[dict[str, str]]:
        with (audited / "data" / name).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    codebook = read("codebook.csv")
    assert {row["table"] for row in codebook} == {path.stem for path in (audited / "data").glob("*.parquet")}
    for table in TABLES:
        types = {row["column"]: row["type"] for row in codebook if row["table"] == table}
        cells, kept = read(f"{table}.csv"), rows(audited, table)
        assert len(cells) == len(kept)
        for row, same in zip(cells, kept, strict=True):
            assert list(row) == list(types) == list(same)
            for column, cell in row.items():
                value = READ_AS[types[column]](cell) if cell else None
                if types[column] == "text":
                    assert cell.removeprefix("'") == same[column].removeprefix("'")
                else:
                    assert value == same[column]
