"""``cache``: where results are kept, how much, and that they go when they are told to; ``--no-cache`` keeps none."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evidence_kit.cli.main import cli
from evidence_kit.store.cache import FILE_NAME, Cache

NEWS = "# News\n\nThe Medical Director attended the Race Equality Network on 14 January 2026.\n"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "news.md"
    path.parent.mkdir()
    path.write_text(NEWS, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(cli, [*map(str, arguments)])
    assert "Traceback" not in result.output
    return result


def info() -> dict[str, object]:
    found: dict[str, object] = json.loads(run("cache", "info", "--json").stdout)
    return found


def test_nothing_is_kept_at_first_and_looking_makes_nothing(cache_folder: Path) -> None:
    result = run("cache", "info")
    assert result.exit_code == 0
    assert f"Nothing is kept. The cache would be in {cache_folder}." in result.stdout
    assert info()["entries"] == 0
    assert run("cache", "clear").stdout == "Removed 0 kept results; 0 are left.\n"
    assert not list(cache_folder.iterdir())


def test_reading_keeps_pages_and_clearing_removes_them(cache_folder: Path, paper: Path) -> None:
    first = run("read", paper)
    assert info()["kinds"]["pages"]["entries"] == 1
    assert run("read", paper).stdout == first.stdout == run("read", paper, "--no-cache").stdout
    text = run("cache", "info").stdout
    assert str(cache_folder / FILE_NAME) in text
    assert "pages: 1" in text
    assert json.loads(run("cache", "clear", "--json").stdout) == {"removed": 1, "left": 0}
    assert info()["entries"] == 0


def test_no_cache_neither_uses_nor_keeps(cache_folder: Path, paper: Path) -> None:
    run("read", paper, "--no-cache")
    assert not list(cache_folder.iterdir())


def test_pruning(cache_folder: Path) -> None:
    with Cache(cache_folder) as cache:
        for number in range(3):
            cache.shelf("pages").put(str(number), bytes(10))
    assert run("cache", "prune").stdout == "Removed 0 kept results; 3 are left.\n"
    assert json.loads(run("cache", "prune", "--to", "0", "--json").stdout) == {"removed": 3, "left": 0}


def test_a_map_uses_the_cache_says_what_is_wrong_with_it_and_stays_the_same(
    cache_folder: Path, paper: Path, tmp_path: Path
) -> None:
    told = tmp_path / "out" / "data" / "written.json"

    def mapped(*flags: str) -> tuple[Result, dict[str, bytes]]:
        told.unlink(missing_ok=True)  # else nothing has changed, and nothing is done
        result = run(
            "map", paper.parent, "--out", tmp_path / "out", "--as-of", "2026-10-01", "--workers", "0", *flags
        )
        assert result.exit_code == 0
        files = (path for path in (tmp_path / "out").rglob("*") if path.is_file() and path != told)
        return result, {path.name: path.read_bytes() for path in files}

    without, files = mapped("--no-cache")
    assert not list(cache_folder.iterdir())
    assert mapped()[1] == files
    assert set(info()["kinds"]) == {"pages", "papers and passages", "readings"}
    (cache_folder / FILE_NAME).write_bytes(b"no database " * 1000)
    damaged, same = mapped()
    assert same == files
    assert damaged.stdout == without.stdout
    assert "was damaged; it was thrown away" in damaged.stderr
    assert mapped()[0].stderr == ""


def test_the_cache_can_be_off(monkeypatch: pytest.MonkeyPatch, paper: Path) -> None:
    monkeypatch.setenv("EVIDENCE_KIT_CACHE", "off")
    assert run("read", paper).exit_code == 0
    assert "There is no cache" in run("cache", "info").stdout
    assert info()["folder"] is None
    assert run("cache", "clear").exit_code == 0


def test_a_cache_that_cannot_be_used_is_told(
    monkeypatch: pytest.MonkeyPatch, cache_folder: Path, paper: Path
) -> None:
    (cache_folder / FILE_NAME).mkdir()
    result = run("read", paper)
    assert result.exit_code == 0
    assert "went on without it" in result.stderr


def mapped(paper: Path, *more: str) -> bool:
    """Map the folder of a paper, and tell whether the run found that nothing had changed."""
    out = paper.parents[1] / "map"
    result = run(
        "map", paper.parent, "--as-of", "2026-10-01", "--workers", "0", "--out", out, "--json", *more
    )
    return bool(json.loads(result.stdout)["unchanged"])


def test_where_nothing_has_changed_nothing_is_written(paper: Path, cache_folder: Path) -> None:
    assert not mapped(paper)
    page = paper.parents[1] / "map" / "evidence-map.html"
    before = page.stat().st_mtime_ns
    assert mapped(paper)
    assert page.stat().st_mtime_ns == before
    assert not mapped(paper, "--no-cache")
    assert not mapped(paper)  # the run before told nothing of what it was made from


@pytest.mark.parametrize(
    "change",
    ["a paper", "another paper", "a name", "a report", "a report gone", "a decision", "a setting"],
)
def test_whatever_has_changed_is_seen(paper: Path, cache_folder: Path, change: str) -> None:
    mapped(paper)
    home = paper.parents[1] / "map"
    if change == "a paper":
        paper.write_text(NEWS.replace("14 January", "15 January"), encoding="utf-8")
    elif change == "another paper":
        (paper.parent / "more.md").write_text("# More\n", encoding="utf-8")
    elif change == "a name":
        paper.rename(paper.with_name("other.md"))
    elif change == "a report":
        (home / "evidence-map.xlsx").write_bytes(b"filled in")
    elif change == "a report gone":
        (home / "cited-pages.pdf").unlink()
    elif change == "a decision":
        (home / "decisions").mkdir()
        (home / "decisions" / "a.jsonl").write_bytes(b"{}\n")
    assert not mapped(paper, *(["--target", "gold"] if change == "a setting" else []))
    assert mapped(paper, *(["--target", "gold"] if change == "a setting" else []))
