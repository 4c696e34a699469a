"""``read``: nothing that was read is hidden from the person who asks."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_kit.cli.main import cli
from evidence_kit.resources import demo_root

PAPERS = [
    "ren-minutes-2026-04-14.pdf",
    "ren-minutes-2025-12-09.docx",
    "anti-racism-web-page.html",
    "the-bridge-2026-07.md",
]
"""One of each format."""


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, ["read", *map(str, arguments)])
    assert "Traceback" not in result.output
    return result


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", PAPERS)
def test_text_and_json_show_the_same_words(name: str) -> None:
    path = demo_root() / name
    text, data = run(path), run(path, "--json")
    assert (text.exit_code, data.exit_code) == (0, 0)
    shown = squeezed(text.stdout)
    document = json.loads(data.stdout)
    blocks = 0
    for page in document["pages"]:
        for block in page["blocks"]:
            blocks += 1
            spans = block["cells"] or [(block["start"], block["end"])]
            for start, end in spans:
                assert squeezed(page["text"][start:end]) in shown
    assert blocks > 5
    assert document["path"] == name
    assert document["sha256"] in text.stdout
    for paper in document["papers"]:
        assert f"Paper {paper['id']}" in text.stdout


def test_pages_and_their_papers_can_be_chosen() -> None:
    path = demo_root() / "board-pack-2026-09-24.pdf"
    every, some = (
        json.loads(run(path, "--json").stdout),
        json.loads(run(path, "--json", "--pages", "2,4-5").stdout),
    )
    assert [page["position"] for page in some["pages"]] == [2, 4, 5]
    assert some["pages"] == [every["pages"][index] for index in (1, 3, 4)]
    text = run(path, "--pages", "2,4-5").stdout
    assert text.count("\n--- Page ") == 3
    assert text.count("\nPaper ") < run(path).stdout.count("\nPaper ")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_pages_beyond_the_end_are_refused(tmp_path: Path, form: tuple[str, ...]) -> None:
    path = tmp_path / "one.txt"
    path.write_text("The network met in March.\n", encoding="utf-8")
    result = run(path, "--pages", "9,12-14", *form)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "one.txt has 1 section." in result.stderr
    several = run(demo_root() / "ren-minutes-2026-04-14.pdf", "--pages", "500")
    assert (several.exit_code, "has 2 pages." in several.stderr or "has 1 page." in several.stderr) == (
        2,
        True,
    )


def test_of_pages_asked_for_those_that_are_there_are_shown() -> None:
    result = run(demo_root() / "ren-minutes-2026-04-14.pdf", "--pages", "1-500", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["pages"]


def test_files_in_an_archive_follow_it(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.md", "# Minutes\n\nThe network met in March.\n")
        archive.writestr("b.bin", b"\x00\x01\x02\x03" * 50)
    text, data = run(path), run(path, "--json")
    assert (text.exit_code, data.exit_code) == (7, 7)
    assert "pack.zip: archive, read" in text.stdout
    assert "pack.zip/a.md: markdown, read" in text.stdout
    assert "The network met in March." in text.stdout
    assert "pack.zip/b.bin: unknown, not read" in text.stdout
    document = json.loads(data.stdout)
    assert document["path"] == "pack.zip"
    assert [member["path"] for member in document["members"]] == ["pack.zip/a.md", "pack.zip/b.bin"]
    assert document["members"][0]["papers"]
    assert "members" not in json.loads(run(demo_root() / PAPERS[3], "--json").stdout)
