"""Which files of a folder are papers, and that nothing beside an earlier map is left out in silence."""

from __future__ import annotations

import re
from pathlib import Path

from evidence_kit import outputs
from evidence_kit.readers.walk import extended, find_files, find_left_out, own_outputs


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")


def names(folder: Path, *skip: Path) -> list[str]:
    return [found.name for found in find_files(folder, skip)]


def test_papers_beside_an_earlier_map_are_read(tmp_path: Path) -> None:
    put(tmp_path, *(f"old/{name}" for name in outputs.FILES))
    put(tmp_path, "a.md", "old/minutes.md", "old/data/population.md", "old/sub/plan.md")
    assert names(tmp_path) == ["a.md", "old/data/population.md", "old/minutes.md", "old/sub/plan.md"]


def test_files_named_as_ours_are_papers_where_there_is_no_map(tmp_path: Path) -> None:
    put(tmp_path, "cited-pages.pdf", "sub/data/README.txt", "sub/evidence-map.html")
    assert names(tmp_path) == ["cited-pages.pdf", "sub/data/README.txt", "sub/evidence-map.html"]


def test_every_file_that_is_written_has_its_name_in_the_one_list(checkout: Path) -> None:
    """One with a name of its own would not be known as ours, and the next run would read it as a paper."""
    literal = re.compile(r'/ "[^"/]+\.(?:html|xlsx|docx|pdf|csv|json|txt|gz)"')
    for room in ("reports", "cli"):
        for path in (checkout / "src/evidence_kit" / room).glob("*.py"):
            assert literal.findall(path.read_text("utf-8")) == [], path


def test_our_own_outputs_among_names() -> None:
    found = ["x/data/evidence-map.json", "x/cited-pages.pdf", "x/minutes.pdf", "cited-pages.pdf"]
    assert own_outputs(found) == {"x/data/evidence-map.json", "x/cited-pages.pdf"}
    assert own_outputs(["data/evidence-map.json", "evidence-map.html", "a.md"]) == {
        "data/evidence-map.json",
        "evidence-map.html",
    }


def test_what_is_left_out_by_its_name_can_be_listed(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.md",
        ".hidden.md",
        ".git/config",
        "sub/~$plan.docx",
        "sub/Thumbs.db",
        "out/.x",
        "out/b.md",
    )
    assert find_left_out(tmp_path, (tmp_path / "out",)) == (
        ".git/",
        ".hidden.md",
        "sub/Thumbs.db",
        "sub/~$plan.docx",
    )
    assert names(tmp_path, tmp_path / "out") == ["a.md"]
    assert find_left_out(tmp_path / "a.md") == ()


def test_windows_paths_without_a_limit_of_length() -> None:
    assert extended("C:\\papers\\a.pdf") == "\\\\?\\C:\\papers\\a.pdf"
    assert extended("\\\\server\\share\\a.pdf") == "\\\\?\\UNC\\server\\share\\a.pdf"
    assert extended(extended("C:\\a.pdf")) == extended("C:\\a.pdf")


def test_long_and_odd_names_are_found(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a" * 60] * 6)
    odd = "ünïcode “quotes” & 100% #1 [final] (2).md"
    put(folder, odd, "b" * 200 + ".md")
    assert names(tmp_path) == sorted(
        f"{'/'.join(['a' * 60] * 6)}/{name}" for name in (odd, "b" * 200 + ".md")
    )
