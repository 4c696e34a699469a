"""The cache gives back what was put in, or nothing: whatever was done to its file, and however many use it."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_kit.store import cache as module
from evidence_kit.store.cache import FILE_NAME, Cache
from evidence_kit.store.code import LIBRARIES, code_digest
from evidence_kit.store.place import FOLDER_VARIABLE, default_folder

VALUE = b"The network met on 9 June 2026. " * 200


def put(folder: Path, **values: bytes) -> None:
    with Cache(folder) as cache:
        shelf = cache.shelf("pages", "code 1")
        for key, value in values.items():
            shelf.put(key, value)
        assert cache.notes == []


def got(folder: Path, *keys: str) -> tuple[list[bytes | None], list[str]]:
    with Cache(folder) as cache:
        shelf = cache.shelf("pages", "code 1")
        return [shelf.get(key) for key in keys], cache.notes


def test_what_was_put_comes_back_in_another_run_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path / "new" / "folder", a=VALUE, b=b"")
    with Cache(tmp_path / "new" / "folder") as cache:
        shelf = cache.shelf("pages", "code 1")
        assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (VALUE, b"", None)
        assert cache.shelf("pages", "code 2").get("a") is None
        assert cache.shelf("page", "scode 1").get("a") is None
        assert cache.notes == []


@given(st.binary(max_size=2000), st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=30, deadline=None)
def test_any_bytes_under_any_key(
    tmp_path_factory: pytest.TempPathFactory, value: bytes, key: str, other: str
) -> None:
    with Cache(tmp_path_factory.mktemp("cache")) as cache:
        shelf = cache.shelf("pages")
        shelf.put(key, value)
        assert shelf.get(key) == value
        assert other == key or shelf.get(other) is None


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders by other means")
def test_folder_and_file_are_this_users_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    put(folder, a=VALUE)
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / FILE_NAME).stat().st_mode & 0o077 == 0


WRITER = """
import sys
from pathlib import Path
from evidence_kit.store.cache import Cache

with Cache(Path(sys.argv[1])) as cache:
    shelf = cache.shelf("pages")
    for number in range(100):
        shelf.put(f"{sys.argv[2]} {number}", sys.argv[2].encode() * 5000 + b"%d" % number)
        shelf.put(f"shared {number}", b"shared %d" % number)
        value = shelf.get(f"shared {number}")
        assert value == b"shared %d" % number, value
print(cache.notes)
"""


def test_several_runs_at_once_on_a_new_file(tmp_path: Path) -> None:
    names = ["one", "two", "three"]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in names
    ]
    for process in started:
        output, error = process.communicate(timeout=120)
        assert process.returncode == 0, error.decode()
        assert output.strip() == b"[]"
    with Cache(tmp_path) as cache:
        shelf = cache.shelf("pages")
        for number in range(100):
            assert shelf.get(f"shared {number}") == b"shared %d" % number
            for name in names:
                assert shelf.get(f"{name} {number}") == name.encode() * 5000 + b"%d" % number


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_truncated_file_is_thrown_away_with_a_note(tmp_path: Path, tenth: int) -> None:
    values = {f"k{number}": os.urandom(3000) for number in range(30)}
    put(tmp_path, **values)
    file = tmp_path / FILE_NAME
    file.write_bytes(file.read_bytes()[: file.stat().st_size * tenth // 10])
    found, notes = got(tmp_path, *values)
    assert all(value in (None, values[key]) for key, value in zip(values, found, strict=True))
    assert None in found
    assert any("thrown away" in note for note in notes)
    put(tmp_path, a=VALUE)
    assert got(tmp_path, "a") == ([VALUE], [])


@pytest.mark.parametrize(
    "content", [b"not a database " * 500, b"SQLite format 3\0" + b"\xff" * 4000, b"\0" * 5000]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    found, notes = got(tmp_path, "a")
    assert found == [None]
    assert len(notes) == 1
    assert "was damaged; it was thrown away" in notes[0]
    put(tmp_path, a=VALUE)
    assert got(tmp_path, "a") == ([VALUE], [])


def test_flipped_bytes_never_come_back_as_a_value(tmp_path: Path) -> None:
    values = {f"k{number}": os.urandom(5000) for number in range(8)}
    put(tmp_path, **values)
    file = tmp_path / FILE_NAME
    whole = file.read_bytes()
    damaged = 0
    for place in range(4096, len(whole), 1009):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        found, _ = got(tmp_path, *values)
        assert all(value in (None, values[key]) for key, value in zip(values, found, strict=True))
        damaged += None in found
    assert damaged > 10


@pytest.mark.parametrize("pragma", ["user_version = 999", "application_id = 12345"])
def test_a_cache_of_another_version_or_program(tmp_path: Path, pragma: str) -> None:
    put(tmp_path, a=VALUE)
    with sqlite3.connect(tmp_path / FILE_NAME) as base:
        base.execute(f"PRAGMA {pragma}")
    base.close()
    found, notes = got(tmp_path, "a")
    assert found == [None]
    assert "another version or another program; it was thrown away" in notes[0]
    assert got(tmp_path, "a") == ([None], [])


def test_a_damaged_file_is_not_removed_twice(tmp_path: Path) -> None:
    """Two runs that find it damaged: the second must not remove what the first began."""
    (tmp_path / FILE_NAME).write_bytes(b"no database " * 500)
    slow = Cache(tmp_path)
    put_by_other = b"kept by the other run"
    with Cache(tmp_path) as quick:
        quick.shelf("pages").put("a", put_by_other)
    slow._discard("was damaged")
    assert slow.shelf("pages").get("a") == put_by_other
    slow._close()


def test_a_folder_that_cannot_be_made_costs_a_note(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    found, notes = got(tmp_path / "file", "a")
    assert found == [None]
    assert "went on without it" in notes[0]
    put_notes = Cache(tmp_path / "file")
    with put_notes as cache:
        cache.shelf("pages").put("a", VALUE)
    assert len(cache.notes) == 1


def test_a_cache_that_another_run_holds_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    put(tmp_path, a=VALUE)
    holder = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Cache(tmp_path) as cache:
        shelf = cache.shelf("pages", "code 1")
        shelf.put("b", VALUE)
        assert shelf.get("a") == VALUE
        assert shelf.get("b") is None
        assert cache.notes == []
    holder.execute("ROLLBACK")
    holder.close()


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1000, 2000))
    monkeypatch.setattr(module, "_now", lambda: next(clock))
    values = {f"k{number}": os.urandom(10_000) for number in range(10)}
    put(tmp_path, **values)
    got(tmp_path, "k0", "k3")
    size = (tmp_path / FILE_NAME).stat().st_size
    with Cache(tmp_path) as cache:
        assert cache.content().entries == 10
        assert cache.prune(41_000) == 6
        assert cache.content().stored <= 41_000
    found, notes = got(tmp_path, *values)
    assert [key for key, value in zip(values, found, strict=True) if value] == ["k0", "k3", "k8", "k9"]
    assert notes == []
    assert (tmp_path / FILE_NAME).stat().st_size < size * 0.6


def test_a_cache_over_its_limit_is_pruned_when_it_is_closed(tmp_path: Path) -> None:
    with Cache(tmp_path, limit=50_000) as cache:
        for number in range(20):
            cache.shelf("pages").put(f"k{number}", os.urandom(10_000))
    with Cache(tmp_path) as cache:
        assert 0 < cache.content().stored <= 40_000
        assert cache.content().kinds[0][0] == "pages"


def test_clearing_leaves_no_text_on_the_disk(tmp_path: Path) -> None:
    secret = os.urandom(50_000)
    put(tmp_path, a=secret)
    with Cache(tmp_path) as cache:
        assert cache.clear() == 1
        assert cache.content().entries == 0
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert secret[1000:1100] not in left
    assert len(left) < 40_000


def test_clearing_does_not_disturb_a_run(tmp_path: Path) -> None:
    with Cache(tmp_path) as running:
        running.shelf("pages").put("a", VALUE)
        with Cache(tmp_path) as other:
            other.clear()
        assert running.shelf("pages").get("a") is None
        running.shelf("pages").put("b", VALUE)
        assert running.shelf("pages").get("b") == VALUE
        assert running.notes == []


def test_the_folder_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv(FOLDER_VARIABLE, "OFF")
    assert default_folder() is None


@pytest.mark.parametrize(
    ("system", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere/evidence-kit"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "~/.cache/evidence-kit"),
        ("linux", {}, "~/.cache/evidence-kit"),
        ("darwin", {}, "~/Library/Caches/evidence-kit"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/evidence-kit"),
        ("win32", {}, "~/AppData/Local/evidence-kit"),
    ],
)
def test_the_folder_by_the_custom_of_the_system(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], expected: str
) -> None:
    for name in (FOLDER_VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", system)
    assert default_folder() == Path(expected).expanduser()


def test_the_digest_of_the_code_follows_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "evidence_kit"
    (package / "readers").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "readers" / "pdf.py").write_text("A = 1\n", encoding="utf-8")
    (package / "cli.py").write_text("", encoding="utf-8")
    monkeypatch.setattr("evidence_kit.__file__", str(package / "__init__.py"))
    whole, readers = code_digest(), code_digest("readers")
    assert (whole, readers) == (code_digest(), code_digest("readers"))
    (package / "cli.py").write_text("B = 1\n", encoding="utf-8")
    assert code_digest("readers") == readers
    assert code_digest() != whole
    (package / "readers" / "pdf.py").write_text("A = 2\n", encoding="utf-8")
    assert code_digest("readers") != readers
    monkeypatch.setattr("evidence_kit.store.code.version", lambda name: "0")
    changed = code_digest("readers")
    monkeypatch.setattr("evidence_kit.store.code.version", lambda name: "1")
    assert code_digest("readers") != changed


def test_every_library_that_shows_in_a_result_counts(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [*project["dependencies"], *project["optional-dependencies"]["ocr"]]
    names = {re.match(r"[\w-]+", line)[0].casefold() for line in needed}  # type: ignore[index]
    # They show commands, pages and progress, carry bytes, and write reports; none of them reads a paper.
    names -= {"click", "jinja2", "msgspec", "pebble", "psutil", "pyyaml"}
    names -= {"icalendar", "pikepdf", "python-docx", "reportlab", "xlsxwriter"}
    assert names <= {name.casefold() for name in LIBRARIES}
