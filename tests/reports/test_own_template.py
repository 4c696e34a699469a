"""A user's own template prints what reports say; it reaches nothing else, and its faults are named by file and line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from evidence_kit.errors import UsageError
from evidence_kit.records.evidence_map import EvidenceMap
from evidence_kit.reports.own_template import public_words, render_own, written_name
from evidence_kit.reports.view import MapView, build

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(
    r"^```(?:jinja)\n(.*?)^```",
    (ROOT / "docs" / "reports.md").read_text(encoding="utf-8"),
    re.MULTILINE | re.DOTALL,
)


@pytest.fixture(scope="module")
def view(sample_map: EvidenceMap) -> MapView:
    return build(sample_map)


def written(folder: Path, text: str, name: str = "own.html.j2") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_of_the_docs_prints_every_gap(view: MapView, tmp_path: Path) -> None:
    (example,) = EXAMPLES
    page = render_own(written(tmp_path, example), view)
    assert view.gaps and all(gap.criterion.id in page for gap in view.gaps)
    assert view.levels[0].line in page


def test_what_it_prints_is_escaped_but_in_plain_text(view: MapView, tmp_path: Path) -> None:
    words = "{% for document in view.documents %}{{ document.file }};{% endfor %}"
    page = render_own(written(tmp_path, words), view)
    assert "<b onmouseover" not in page and "&lt;b onmouseover" in page
    assert "<b onmouseover" in render_own(written(tmp_path, words, "own.txt.j2"), view)


def test_words_and_tables_of_reports_are_at_hand(view: MapView, tmp_path: Path) -> None:
    text = "{{ words.day(view.map.as_of) }}: {{ words.STATUS_WORDS[view.gaps[0].status] }}"
    assert render_own(written(tmp_path, text), view) == f"1 October 2026: {view.gaps[0].status_words}"
    assert all(type(value).__name__ != "module" for value in public_words().values())


def test_it_may_use_files_of_its_own_folder(view: MapView, tmp_path: Path) -> None:
    written(tmp_path, "{{ view.as_of }}", "part.html")
    assert render_own(written(tmp_path, "{% include 'part.html' %}"), view) == view.as_of


@pytest.mark.parametrize("name", ["../secret.txt", "secret-link.txt", "/etc/hostname"])
def test_no_file_outside_is_read(view: MapView, tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    try:
        os.symlink(tmp_path / "secret.txt", home / "secret-link.txt")
    except OSError:
        pytest.skip("no links on this system")
    with pytest.raises(UsageError, match=r"own\.html\.j2, line 2: there is no template"):
        render_own(written(home, f"\n{{% include '{name}' %}}"), view)


@pytest.mark.parametrize(
    "attempt",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ words.day.__globals__ }}",
        "{{ words.re.enum.sys.modules.os.system('true') }}",
        "{{ view.__class__.__init__.__globals__ }}",
        "{{ view.map.__reduce__() }}",
        "{{ '{0.__class__}'.format(view) }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{{ self.__init__.__globals__ }}",
        "{{ range(100000000) | list }}",
        "{{ lipsum() }}",
        "{{ open('/etc/hostname') }}",
    ],
)
def test_the_sandbox_holds(view: MapView, tmp_path: Path, attempt: str) -> None:
    with pytest.raises(UsageError, match=r"own\.html\.j2, line 3: "):
        render_own(written(tmp_path, f"\n\n{attempt}"), view)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n{% for gap in view.gaps %}", r"own\.html\.j2, line 2: "),
        ("\n{{ view.gapps }}", r"own\.html\.j2, line 2: .*gapps"),
        ("\n\n{{ 1 / 0 }}", r"own\.html\.j2, line 3: ZeroDivisionError"),
        ("{{ view.as_of + 1 }}", r"own\.html\.j2, line 1: TypeError"),
        ("{{ 'x' | nothing }}", r"own\.html\.j2, line 1: .*nothing"),
    ],
)
def test_faults_are_named_by_file_and_line(view: MapView, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        render_own(written(tmp_path, text), view)


def test_a_fault_in_an_included_file_is_named_there(view: MapView, tmp_path: Path) -> None:
    written(tmp_path, "\n\n{{ view.nothing }}", "part.html")
    with pytest.raises(UsageError, match=r"part\.html, line 3"):
        render_own(written(tmp_path, "{% include 'part.html' %}"), view)


def test_a_file_that_is_no_text_is_refused(view: MapView, tmp_path: Path) -> None:
    path = tmp_path / "own.html.j2"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="not text in UTF-8"):
        render_own(path, view)


def test_names_of_what_is_written() -> None:
    assert written_name(Path("a/board.html.j2")) == "board.html"
    assert written_name(Path("board.txt.jinja")) == "board.txt"
    assert written_name(Path("board.html")) == "board.html"
